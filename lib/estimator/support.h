/* SPDX-License-Identifier: MIT */
/** @file support.h Is a train like those that the network was trained on? */
#ifndef DICREC_ESTIMATOR_SUPPORT_H
#define DICREC_ESTIMATOR_SUPPORT_H

#include "estimator/weights.h"

#define DICREC__SUPPORT_MAX_AXES 128

/** Features are projected on a few axes and compared with prototypes; the numbers belong to the weights. */
typedef struct dicrec__support {
  const float *mean, *projection, *prototypes, *quantiles;
  size_t n_features, n_axes, n_prototypes, n_quantiles;
} dicrec__support;

/** Find the tensors in the weights and check that they fit a network with `n_features`. */
dicrec_status dicrec__support_bind(dicrec_context *context, const dicrec__weights *weights, size_t n_features,
                                   dicrec__support *support);

/** Share of training trains at least as far from the prototypes: 0 to 1; 0 if features are not finite. */
double dicrec__support_of(const dicrec__support *support, const float *features);

#endif
