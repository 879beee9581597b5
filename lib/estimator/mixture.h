/* SPDX-License-Identifier: MIT */
/** @file mixture.h Mixtures of Gaussians in the plane, as the network says them: density, samples. */
#ifndef DICREC_ESTIMATOR_MIXTURE_H
#define DICREC_ESTIMATOR_MIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/random.h"

/** A Gaussian with covariance L L'. */
typedef struct dicrec__component {
  double log_weight, weight;
  double mean[2];
  double l11, l21, l22;
} dicrec__component;

/** Components that a mixture may have. */
#define DICREC__MAX_COMPONENTS 64

typedef struct dicrec__mixture {
  size_t n;
  dicrec__component *components;
} dicrec__mixture;

/** Units of the network's targets and the range that they were trained on. */
typedef struct dicrec__target {
  double center[2], scale[2], range[2][2];
} dicrec__target;

/** Make mixture->n components of the network's 6 n outputs; false if an output is not finite. */
bool dicrec__mixture_from_head(dicrec__mixture *mixture, const float *head, const dicrec__target *target);

/** Fill one component that is flat on the training range. */
void dicrec__mixture_from_range(dicrec__mixture *mixture, const dicrec__target *target);

double dicrec__mixture_log_density(const dicrec__mixture *mixture, const double point[2]);

void dicrec__mixture_sample(const dicrec__mixture *mixture, dicrec__random *random, double point[2]);

#endif
