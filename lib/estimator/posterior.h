/* SPDX-License-Identifier: MIT */
/** @file posterior.h Inside of a posterior: a mixture, the range it is kept in, and how it came about. */
#ifndef DICREC_ESTIMATOR_POSTERIOR_H
#define DICREC_ESTIMATOR_POSTERIOR_H

#include "core/context.h"
#include "dicrec/estimator.h"
#include "estimator/mixture.h"

struct dicrec_posterior {
  dicrec__allocator allocator;
  double range[2][2]; /**< lowest and highest g_s, then g_u */
  int32_t activity;
  double support, time_scale;
  dicrec__mixture mixture;
  dicrec__component components[];
};

/**
 * Make a posterior of the network's outputs for `n_components`; the caller sets activity, support and time scale.
 * With head = NULL, or with outputs that are not finite, it is the training range, and the support is to be 0.
 */
dicrec_status dicrec__posterior_create(dicrec_context *context, const dicrec__target *target, const float *head,
                                       size_t n_components, dicrec_posterior **posterior, bool *is_range);

#endif
