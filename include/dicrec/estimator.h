/* SPDX-License-Identifier: MIT */
/**
 * @file estimator.h
 * From spike times to a posterior over the slow and the ultraslow DIC and the noise current.
 */
#ifndef DICREC_ESTIMATOR_H
#define DICREC_ESTIMATOR_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "model.h"
#include "spikes.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A trained network for one model; immutable, shareable between threads. */
typedef struct dicrec_estimator dicrec_estimator;

/**
 * Posterior over (g_s, g_u) and the noise current of one train; immutable, shareable between threads.
 *
 * One law, which moments, quantiles, density and samples all follow: the network's mixture, truncated to the ranges of
 * DICs and noise that it was trained on and renormalised. A component is Gaussian over the DICs, and over the noise
 * either none or Gaussian in its logarithm.
 */
typedef struct dicrec_posterior dicrec_posterior;

/** Options of dicrec_estimator_create(); see dicrec_estimator_options_init(). */
typedef struct dicrec_estimator_options {
  uint32_t struct_size;     /**< sizeof(dicrec_estimator_options) of the caller */
  uint32_t reserved;        /**< must be 0 */
  const char *weights_path; /**< safetensors file, or NULL */
  const void *weights_data; /**< safetensors bytes, or NULL; copied. Set at most one of the two */
  uint64_t weights_size;    /**< bytes at weights_data */
} dicrec_estimator_options;

/**
 * Fill options with their defaults: the weights compiled into the library.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_estimator_options_init(dicrec_estimator_options *options, size_t size);

/**
 * Create an estimator for a model.
 *
 * @param context    Context.
 * @param model      Model.
 * @param options    Options, or NULL for the built-in weights.
 * @param estimator  Receives the handle; free with dicrec_estimator_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_OPTION, E_FILE, E_WEIGHTS, E_MISMATCH (weights of another model), E_NAME (no built-in
 *         weights for this model), E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_estimator_create(dicrec_context *context, const dicrec_model *model,
                                                 const dicrec_estimator_options *options, dicrec_estimator **estimator);

/**
 * One more owner of an estimator: it is freed when dicrec_estimator_free() was called for every owner, in any order, on
 * any thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_estimator *dicrec_estimator_retain(const dicrec_estimator *estimator);

/** Free an estimator; NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_estimator_free(dicrec_estimator *estimator);

/** The model that an estimator reads for, lent: valid as long as the estimator. NULL for NULL. Threads: any. Since 0.1.
 */
DICREC_API const dicrec_model *dicrec_estimator_model(const dicrec_estimator *estimator);

/**
 * Copy one entry of the metadata of the weights.
 *
 * @param estimator  Estimator.
 * @param key        "model", "version", "seed", "n_train", ... as listed in docs/weights.md.
 * @param text       Receives at most `size` bytes, always terminated if `size` > 0.
 * @param size       Bytes at `text`.
 * @return Length of the whole entry; 0 if there is none.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_estimator_metadata(const dicrec_estimator *estimator, const char *key, char *text,
                                            size_t size);

/** Options of dicrec_estimate(); see dicrec_estimate_options_init(). */
typedef struct dicrec_estimate_options {
  uint32_t struct_size; /**< sizeof(dicrec_estimate_options) of the caller */
  int32_t auto_scale;   /**< 1: choose the time scale with the highest support, 1 whenever 1 is supported */
  double time_scale;    /**< spike times are divided by it. Not with auto_scale */
  double support_limit; /**< support below which W_SUPPORT is answered; 0: never */
  int32_t n_threads;    /**< worker threads of dicrec_estimate_many() */
  uint32_t reserved;    /**< must be 0 */
} dicrec_estimate_options;

/**
 * Fill options with their defaults.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_estimate_options_init(dicrec_estimate_options *options, size_t size);

/**
 * Read the DICs of a neuron from its spikes.
 *
 * @param context    Context.
 * @param estimator  Estimator.
 * @param spikes     Train; with fewer than two intervals the answer is that of silent neurons, and W_SILENT.
 * @param options    Options, or NULL for the defaults.
 * @param posterior  Receives the handle; free with dicrec_posterior_free(). NULL on failure.
 * @return OK, W_SILENT, W_SUPPORT, E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY, E_CANCELLED (long trains ask the progress
 *         callback some 50 times a second).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_estimate(dicrec_context *context, const dicrec_estimator *estimator,
                                         const dicrec_spikes *spikes, const dicrec_estimate_options *options,
                                         dicrec_posterior **posterior);

/**
 * Read the DICs of many neurons: the very answers of dicrec_estimate(), faster.
 *
 * Besides the posteriors and a byte for each the memory does not grow with the number of trains. The answers do not
 * depend on the number of threads. A call that is cancelled keeps the posteriors of the trains that were read and
 * answers W_PARTIAL; the others are NULL and have the status E_CANCELLED.
 * @param context     Context.
 * @param estimator   Estimator.
 * @param trains      [n], none of them NULL. NULL only if n is 0.
 * @param n           Number of trains.
 * @param options     Options for every train, or NULL for the defaults.
 * @param posteriors  [n], receives the handles; free each with dicrec_posterior_free(). All NULL on failure. NULL only
 *                    if n is 0.
 * @param statuses    [n], receives what dicrec_estimate() would answer for each train, on failure the failure; or
 *                    NULL.
 * @return The highest of the statuses (OK, W_SUPPORT, W_SILENT), or W_PARTIAL (cancelled), E_ARGUMENT, E_RANGE,
 *         E_OPTION, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_estimate_many(dicrec_context *context, const dicrec_estimator *estimator,
                                              const dicrec_spikes *const *trains, size_t n,
                                              const dicrec_estimate_options *options, dicrec_posterior **posteriors,
                                              dicrec_status *statuses);

/**
 * One more owner of a posterior: it is freed when dicrec_posterior_free() was called for every owner, in any order, on
 * any thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_posterior *dicrec_posterior_retain(const dicrec_posterior *posterior);

/** Free a posterior; NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_posterior_free(dicrec_posterior *posterior);

/**
 * Number of quantities that a posterior is of, its parameters: 3, g_s, g_u and noise_std; a later version may append
 * more.
 *
 * Arrays with a column for each parameter come with their number of columns, n_parameters: the first so many parameters
 * are meant, so that a caller who knows of fewer is served by a library that knows more.
 * @return The number; 0 for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_posterior_parameter_count(const dicrec_posterior *posterior);

/**
 * Name of a parameter: "g_s", "g_u", "noise_std".
 *
 * noise_std is the standard deviation of a noise current that is band-limited and Gaussian as in
 * dicrec_simulate_options, uA/cm2. No noise has a probability of its own, so that its low quantiles, maybe the median,
 * are 0.
 * @return The name, static; NULL beyond the last.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_posterior_parameter_name(const dicrec_posterior *posterior, size_t parameter);

/**
 * Mean and covariance.
 *
 * @param posterior     Posterior.
 * @param n_parameters  Columns, 1 to dicrec_posterior_parameter_count().
 * @param mean          [n_parameters], receives the means; or NULL.
 * @param covariance    [n_parameters][n_parameters], receives the covariances; or NULL.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_moments(const dicrec_posterior *posterior, size_t n_parameters, double *mean,
                                                  double *covariance);

/**
 * Marginal quantiles.
 *
 * The marginal median (p = 0.5) is the point estimate with the least expected absolute error.
 * @param posterior     Posterior.
 * @param p             Probability, above 0 and below 1.
 * @param n_parameters  Columns, 1 to dicrec_posterior_parameter_count().
 * @param quantiles     [n_parameters], receives the quantiles.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_quantile(const dicrec_posterior *posterior, double p, size_t n_parameters,
                                                   double *quantiles);

/**
 * Log density at points, of the first parameters, whatever the others are.
 *
 * With the noise among them it is the density in noise_std, uA/cm2, where that is above 0, and where it is 0 the
 * probability of no noise.
 * @param posterior     Posterior.
 * @param points        [n][n_parameters], finite.
 * @param n             Number of points.
 * @param n_parameters  Columns, 2 to dicrec_posterior_parameter_count().
 * @param log_density   [n], receives natural logarithms; -infinity outside the range.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_log_density(const dicrec_posterior *posterior, const double *points, size_t n,
                                                      size_t n_parameters, double *log_density);

/**
 * Draw samples of the joint law.
 *
 * Sample i depends on the seed and i alone, and its first columns do not depend on how many there are.
 * @param posterior     Posterior.
 * @param seed          Seed.
 * @param n             Number of samples.
 * @param n_parameters  Columns, 2 to dicrec_posterior_parameter_count().
 * @param samples       [n][n_parameters], receives the samples.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_sample(const dicrec_posterior *posterior, uint64_t seed, size_t n,
                                                 size_t n_parameters, double *samples);

/** Probability that the neuron has no noise current; NaN for NULL. Threads: any. Since 0.1. */
DICREC_API double dicrec_posterior_noiseless_probability(const dicrec_posterior *posterior);

/** Activity class of the train, DICREC_ACTIVITY_*; silent for NULL, -1 if it is not known, of plain numbers. Threads:
 * any. Since 0.1. */
DICREC_API int32_t dicrec_posterior_activity(const dicrec_posterior *posterior);

/**
 * Probabilities of what the neuron would do with steady input, without a noise current.
 *
 * @param posterior      Posterior.
 * @param n_classes      Number of classes asked for, 1 to 4 in this version.
 * @param probabilities  [n_classes], receives those of the classes in the order of DICREC_ACTIVITY_LIST; 1, 0, 0, 0 for
 *                       silent trains.
 * @return OK, E_ARGUMENT (also: not known, of a posterior made of plain numbers), E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_class_probabilities(const dicrec_posterior *posterior, size_t n_classes,
                                                              double *probabilities);

/**
 * Support: share of training trains that are at least as unusual as this one.
 *
 * @return 0 (unlike anything known) to 1 (entirely usual); 0 for silent trains.
 * Threads: any. Since 0.1.
 */
DICREC_API double dicrec_posterior_support(const dicrec_posterior *posterior);

/** Time scale that was used or found; NaN for NULL. Threads: any. Since 0.1. */
DICREC_API double dicrec_posterior_time_scale(const dicrec_posterior *posterior);

/**
 * Lowest and highest time scale that fit.
 *
 * @param posterior  Posterior.
 * @param interval   [2], receives both. A given time scale is both; with auto_scale they bound the time scales around
 *                   the one found that have at least half of its support, and are 1 and 1 where 1 is chosen.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_time_scale_interval(const dicrec_posterior *posterior, double *interval);

/**
 * A posterior as plain numbers: a mixture of Gaussians over the DICs, each with a law of the noise current that is none
 * or Gaussian in its natural logarithm; truncated to ranges and renormalised.
 */
typedef struct dicrec_mixture {
  uint32_t struct_size;    /**< sizeof(dicrec_mixture) of the caller */
  int32_t n_dics;          /**< columns of means, covariances and ranges: 2, g_s and g_u */
  uint64_t n_components;   /**< number of components, up to 64; when copied out first the room, then the number */
  double *weights;         /**< [n_components], positive; they need not sum to 1 */
  double *means;           /**< [n_components][n_dics] */
  double *covariances;     /**< [n_components][n_dics][n_dics], positive definite */
  double *dic_ranges;      /**< [n_dics][2], lowest and highest; NULL: -DICREC_MAX_DIC to DICREC_MAX_DIC */
  double *noiseless;       /**< [n_components], probability of no noise; NULL: there is none */
  double *log_noise_means; /**< [n_components], of the logarithm of noise_std in uA/cm2; NULL with noiseless NULL */
  double *log_noise_stds;  /**< [n_components], its standard deviation, positive; NULL with noiseless NULL */
  double *noise_range;     /**< [2], least, above 0, and largest noise_std, uA/cm2; NULL: 1e-6 to DICREC_MAX_CURRENT */
  double time_scale;       /**< of the train that it describes; 0: 1 */
} dicrec_mixture;

/**
 * Fill a mixture with zeros, but for its size and the number of DICs.
 *
 * @param mixture  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *mixture as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_mixture_init(dicrec_mixture *mixture, size_t size);

/**
 * Make a posterior of plain numbers: of another method, of a paper, or what dicrec_posterior_copy_mixture() has kept.
 *
 * It has a support of 1. What networks read of the spikes besides is not in it, so that the base draws of members that
 * are reconstructed from it are those of any neuron.
 * @param context    Context.
 * @param mixture    Mixture; its arrays are copied.
 * @param posterior  Receives the handle; free with dicrec_posterior_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE (also: nothing of the mixture lies in the ranges), E_OPTION, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_create(dicrec_context *context, const dicrec_mixture *mixture,
                                                 dicrec_posterior **posterior);

/**
 * Make a posterior that is sure of its parameters, to nine digits.
 *
 * @param context       Context.
 * @param parameters    [n_parameters], g_s, g_u and maybe noise_std, uA/cm2; DICs within DICREC_MAX_DIC,
 *                      of either sign.
 * @param n_parameters  2 (no noise) or 3.
 * @param posterior     Receives the handle; free with dicrec_posterior_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_create_at(dicrec_context *context, const double *parameters,
                                                    size_t n_parameters, dicrec_posterior **posterior);

/** Number of components of a posterior's mixture; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_posterior_component_count(const dicrec_posterior *posterior);

/**
 * Copy a posterior out as plain numbers, in the order of its components.
 *
 * @param posterior  Posterior.
 * @param mixture    Its arrays that are not NULL receive the numbers, each with room for n_components; struct_size,
 *                   n_dics and n_components are set by the caller. Receives the number of components and the time
 *                   scale.
 * @return OK, E_ARGUMENT (also: n_dics is not 2), E_BUFFER (n_components is less than
 *         dicrec_posterior_component_count()).
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_copy_mixture(const dicrec_posterior *posterior, dicrec_mixture *mixture);

/** Number of bytes that dicrec_posterior_copy_bytes() writes; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_posterior_byte_count(const dicrec_posterior *posterior);

/**
 * Copy all of a posterior out as bytes, for a file or another process: an exact copy of every number.
 *
 * The bytes are the same on every machine. Later versions read those of this one.
 * @param posterior  Posterior.
 * @param bytes      [size], receives the bytes.
 * @param size       Room, at least dicrec_posterior_byte_count().
 * @return OK, E_ARGUMENT, E_BUFFER; after a failure nothing is written.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_copy_bytes(const dicrec_posterior *posterior, uint8_t *bytes, size_t size);

/**
 * Make a posterior of the bytes that dicrec_posterior_copy_bytes() wrote, which may come from strangers.
 *
 * @param context    Context.
 * @param bytes      [size], the bytes; they are copied.
 * @param size       Their number.
 * @param posterior  Receives the handle; free with dicrec_posterior_free(). NULL on failure.
 * @return OK, E_ARGUMENT (also: not a posterior, a format of a later version, truncated, damaged), E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_create_from_bytes(dicrec_context *context, const uint8_t *bytes, size_t size,
                                                            dicrec_posterior **posterior);

#ifdef __cplusplus
}
#endif

#endif
