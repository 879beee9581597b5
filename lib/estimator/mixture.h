/* SPDX-License-Identifier: MIT */
/**
 * @file mixture.h
 * Mixtures as the network puts them out: of Gaussians in the plane of the DICs, each with its own law of the noise
 * current.
 */
#ifndef DICREC_ESTIMATOR_MIXTURE_H
#define DICREC_ESTIMATOR_MIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/random.h"
#include "network/format.h"

/** Noise of a component: none, or a Gaussian of its logarithm, cut off at the ends of the range and renormalised. */
typedef struct dicrec__noise_part {
  double noiseless;       /**< probability that there is none */
  double mean, deviation; /**< of the logarithm of the standard deviation in uA/cm2 */
} dicrec__noise_part;

/** A Gaussian with covariance L L', and what noise goes with it. */
typedef struct dicrec__component {
  double log_weight, weight;
  double mean[2];
  double l11, l21, l22;
  dicrec__noise_part noise;
} dicrec__component;

typedef struct dicrec__mixture {
  size_t n;
  dicrec__component *components;
} dicrec__mixture;

/** Units of the network's targets and the ranges that they were trained on. */
typedef struct dicrec__target {
  double center[2], dic_unit[2], range[2][2]; /**< g_s and g_u; outputs are in units of dic_unit from the center */
  double log_noise[2];                        /**< logarithms of the least and the largest noise, uA/cm2 */
} dicrec__target;

/** Make mixture->n components of the network's outputs; false if an output is not finite. */
bool dicrec__mixture_from_head(dicrec__mixture *mixture, const float *head, const dicrec__target *target);

/** Fill one component that is flat on the training range. */
void dicrec__mixture_from_range(dicrec__mixture *mixture, const dicrec__target *target);

/** Logarithm of the weight of a component times its density at a point. */
double dicrec__component_log_density(const dicrec__component *component, const double point[2]);

double dicrec__mixture_log_density(const dicrec__mixture *mixture, const double point[2]);

void dicrec__mixture_sample(const dicrec__mixture *mixture, dicrec__random *random, double point[2]);

#endif
