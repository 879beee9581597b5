/* SPDX-License-Identifier: MIT */
/**
 * @file noise_law.h
 * The law of the noise current of a mixture: none, or a Gaussian of its logarithm inside the trained range,
 * component by component; over all DICs or given them.
 */
#ifndef DICREC_ESTIMATOR_NOISE_LAW_H
#define DICREC_ESTIMATOR_NOISE_LAW_H

#include "estimator/mixture.h"

typedef struct dicrec__noise_law {
  size_t n;
  double log_range[2]; /**< logarithms of the least and the largest noise, uA/cm2 */
  double weights[DICREC__MAX_COMPONENTS];
  dicrec__noise_part parts[DICREC__MAX_COMPONENTS];
} dicrec__noise_law;

/** Over all DICs in their range; log_range as in dicrec__target. */
void dicrec__noise_law_marginal(dicrec__noise_law *law, const dicrec__mixture *mixture, const double range[2][2],
                                const double log_range[2]);

/** Given the DICs [2]. */
void dicrec__noise_law_given(dicrec__noise_law *law, const dicrec__mixture *mixture, const double log_range[2],
                             const double point[2]);

/** Probability that there is no noise. */
double dicrec__noise_law_noiseless(const dicrec__noise_law *law);

/** Where the distribution function is p, 0 < p < 1, uA/cm2; 0 if p is below the probability of no noise. */
double dicrec__noise_law_quantile(const dicrec__noise_law *law, double p);

/** Density at a noise above 0, per uA/cm2; at 0 the probability that there is none; 0 outside the range. */
double dicrec__noise_law_density(const dicrec__noise_law *law, double noise_std);

/**
 * Mean of the noise under a mixture, mean[2], and its covariances with g_s, g_u and itself [3]; mean[0] and mean[1] are
 * those of the DICs already.
 */
void dicrec__noise_moments(const dicrec__mixture *mixture, const double range[2][2], const double log_range[2],
                           double mean[3], double covariance[3]);

double dicrec__noise_law_sample(const dicrec__noise_law *law, dicrec__random *random);

/**
 * Weigh the components of a mixture by how probable a noise is under each, 0: none; how probable it was in all: a
 * probability if there is none, else a density in its logarithm. If it was impossible the weights stay.
 */
double dicrec__mixture_given_noise(dicrec__mixture *mixture, const double log_range[2], double noise_std);

#endif
