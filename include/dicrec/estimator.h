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
 * @param spikes     Train; with fewer than three spikes the answer is that of silent neurons, and W_SILENT.
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
 * Besides the posteriors the memory does not grow with the number of trains. The answers do not depend on the number of
 * threads.
 * @param context     Context.
 * @param estimator   Estimator.
 * @param trains      [n], none of them NULL. NULL only if n is 0.
 * @param n           Number of trains.
 * @param options     Options for every train, or NULL for the defaults.
 * @param posteriors  [n], receives the handles; free each with dicrec_posterior_free(). All NULL on failure. NULL only
 *                    if n is 0.
 * @param statuses    [n], receives what dicrec_estimate() would answer for each train, on failure the failure; or
 *                    NULL.
 * @return The highest of the statuses (OK, W_SUPPORT, W_SILENT), or E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY,
 *         E_CANCELLED.
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
 * Mean and covariance.
 *
 * @param posterior   Posterior.
 * @param mean        [2], receives g_s and g_u; or NULL.
 * @param covariance  [2][2], receives the covariance; or NULL.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_moments(const dicrec_posterior *posterior, double *mean, double *covariance);

/**
 * Marginal quantiles.
 *
 * The marginal median (p = 0.5) is the point estimate with the least expected absolute error.
 * @param posterior  Posterior.
 * @param p          Probability, above 0 and below 1.
 * @param quantiles  [2], receives the quantiles of g_s and g_u.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_quantile(const dicrec_posterior *posterior, double p, double *quantiles);

/**
 * Log density at points.
 *
 * @param posterior    Posterior.
 * @param points       [n][2], g_s and g_u, finite.
 * @param n            Number of points.
 * @param log_density  [n], receives natural logarithms; -infinity outside the range.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_log_density(const dicrec_posterior *posterior, const double *points, size_t n,
                                                      double *log_density);

/**
 * Draw samples.
 *
 * Sample i depends on the seed and i alone.
 * @param posterior  Posterior.
 * @param seed       Seed.
 * @param n          Number of samples.
 * @param samples    [n][2], receives g_s and g_u.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_sample(const dicrec_posterior *posterior, uint64_t seed, size_t n,
                                                 double *samples);

/**
 * Noise currents of the same samples: sample i of dicrec_posterior_sample() with this one is a draw from the joint law.
 *
 * @param posterior  Posterior.
 * @param seed       Seed.
 * @param n          Number of samples.
 * @param noise_std  [n], receives standard deviations, uA/cm2; 0: no noise.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_sample_noise_std(const dicrec_posterior *posterior, uint64_t seed, size_t n,
                                                           double *noise_std);

/**
 * Quantile of the noise current's standard deviation.
 *
 * The noise is band-limited and Gaussian as in dicrec_simulate_options. No noise has a probability of its own, so that
 * low quantiles, maybe the median, are 0.
 * @param posterior  Posterior.
 * @param p          Probability, above 0 and below 1.
 * @param noise_std  Receives the quantile, uA/cm2.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_noise_std_quantile(const dicrec_posterior *posterior, double p,
                                                             double *noise_std);

/** Probability that the neuron has no noise current; NaN for NULL. Threads: any. Since 0.1. */
DICREC_API double dicrec_posterior_noiseless_probability(const dicrec_posterior *posterior);

/** Activity class of the train, DICREC_ACTIVITY_*; silent for NULL. Threads: any. Since 0.1. */
DICREC_API int32_t dicrec_posterior_activity(const dicrec_posterior *posterior);

/**
 * Probabilities of what the neuron would do with steady input, without a noise current.
 *
 * @param posterior      Posterior.
 * @param probabilities  [4], receives those of the classes DICREC_ACTIVITY_SILENT, _SPIKING, _BURSTING and _IRREGULAR;
 *                       1, 0, 0, 0 for silent trains.
 * @return OK, E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_posterior_class_probabilities(const dicrec_posterior *posterior, double *probabilities);

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

#ifdef __cplusplus
}
#endif

#endif
