/* SPDX-License-Identifier: MIT */
/** @file posterior.h Inside of a posterior: a mixture, the range it is kept in, and how it came about. */
#ifndef DICREC_ESTIMATOR_POSTERIOR_H
#define DICREC_ESTIMATOR_POSTERIOR_H

#include "core/context.h"
#include "core/owners.h"
#include "dicrec/estimator.h"
#include "estimator/code.h"
#include "estimator/mixture.h"

struct dicrec_posterior {
  dicrec__allocator allocator;
  dicrec__owners owners;
  double range[2][2];  /**< lowest and highest g_s, then g_u */
  double log_noise[2]; /**< logarithms of the least and the largest noise, uA/cm2 */
  int32_t activity;
  double support, time_scale, time_scale_interval[2];
  double classes[DICREC__N_CLASSES]; /**< probabilities */
  bool has_code;                     /**< false: nothing more is known of the members than the mixture */
  size_t n_code;
  float *code; /**< [n_code], what the law of the base draw depends on */
  dicrec__mixture mixture;
  dicrec__component components[]; /**< and the code behind them */
};

/** What a posterior is made of. */
typedef struct dicrec__reading {
  const float *head;    /**< outputs of the network for `n_components` */
  const float *classes; /**< [DICREC__N_CLASSES] logits, or NULL: surely silent */
  const float *code;    /**< of the network, or NULL: there is none */
  size_t n_components;
  int32_t activity;
  double support, time_scale, time_scale_interval[2];
} dicrec__reading;

/**
 * Memory for a posterior of up to `n_components` and `n_code` numbers of a code, of the training range until it is set.
 * OK or E_MEMORY.
 */
dicrec_status dicrec__posterior_create(dicrec_context *context, const dicrec__target *target, size_t n_components,
                                       size_t n_code, dicrec_posterior **posterior);

/** Whether enough of the mixture is in the range to renormalise; mostly a glance is enough. */
bool dicrec__posterior_reaches_range(const dicrec_posterior *posterior);

/**
 * Set all numbers of a posterior. Outputs that are not finite, or a mixture that is nowhere near the training
 * range, make it the training range without support, logits that
 * are not finite make the classes equally probable.
 */
void dicrec__posterior_set(dicrec_posterior *posterior, const dicrec__target *target, const dicrec__reading *reading);

/**
 * The posterior given a noise current, uA/cm2, 0: none. `density` receives how probable that noise was: a probability
 * if there is none, else a density in its logarithm. Free with dicrec_posterior_free(). OK or E_MEMORY.
 */
dicrec_status dicrec__posterior_given_noise(dicrec_context *context, const dicrec_posterior *posterior,
                                            double noise_std, dicrec_posterior **given, double *density);

/** Sample `index` of a posterior's stream: the DICs [2]. */
void dicrec__posterior_sample_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index, double *sample);

/** The noise of sample `index`, uA/cm2, whose DICs are given. */
double dicrec__posterior_noise_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index,
                                  const double *sample);

#endif
