/* SPDX-License-Identifier: MIT */
/** @file posterior.h Inside of a posterior: a mixture, the range it is kept in, and how it came about. */
#ifndef DICREC_ESTIMATOR_POSTERIOR_H
#define DICREC_ESTIMATOR_POSTERIOR_H

#include "core/context.h"
#include "dicrec/estimator.h"
#include "estimator/mixture.h"
#include "estimator/network.h"

struct dicrec_posterior {
  dicrec__allocator allocator;
  double range[2][2]; /**< lowest and highest g_s, then g_u */
  int32_t activity;
  double support, time_scale, time_scale_interval[2];
  double classes[DICREC__N_CLASSES]; /**< probabilities */
  dicrec__mixture mixture;
  dicrec__component components[];
};

/** What a posterior is made of. */
typedef struct dicrec__reading {
  const float *head;    /**< outputs of the network for `n_components` */
  const float *classes; /**< [DICREC__N_CLASSES] logits, or NULL: surely silent */
  size_t n_components;
  int32_t activity;
  double support, time_scale, time_scale_interval[2];
} dicrec__reading;

/** Memory for a posterior of up to `n_components`, of the training range until it is set. OK or E_MEMORY. */
dicrec_status dicrec__posterior_create(dicrec_context *context, const dicrec__target *target, size_t n_components,
                                       dicrec_posterior **posterior);

/**
 * Set all that a posterior says. Outputs that are not finite, or a mixture that is nowhere near the training
 * range, make it the training range without support, logits that
 * are not finite make the classes equally probable.
 */
void dicrec__posterior_set(dicrec_posterior *posterior, const dicrec__target *target, const dicrec__reading *reading);

#endif
