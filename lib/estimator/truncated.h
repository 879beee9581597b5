/* SPDX-License-Identifier: MIT */
/**
 * @file truncated.h
 * The law of a posterior: a mixture of Gaussians in the plane, truncated to a rectangle and renormalised. All its
 * numbers follow from this one law. `range` is lowest and highest of either axis.
 */
#ifndef DICREC_ESTIMATOR_TRUNCATED_H
#define DICREC_ESTIMATOR_TRUNCATED_H

#include "estimator/mixture.h"

/** How much of the mixture lies in the rectangle, 0 to 1; absolute error some 1e-15. */
double dicrec__truncated_mass(const dicrec__mixture *mixture, const double range[2][2]);

/** The same of each component, with its weight: [mixture->n]. */
void dicrec__truncated_masses(const dicrec__mixture *mixture, const double range[2][2], double *masses);

/** Distribution function of one axis. */
double dicrec__truncated_cdf(const dicrec__mixture *mixture, const double range[2][2], int axis, double x);

/** Where the distribution function of one axis is p, 0 < p < 1. */
double dicrec__truncated_quantile(const dicrec__mixture *mixture, const double range[2][2], int axis, double p);

/** Logarithm of the density at n points [n][2]; -infinity outside. */
void dicrec__truncated_log_density(const dicrec__mixture *mixture, const double range[2][2], const double *points,
                                   size_t n, double *log_density);

void dicrec__truncated_sample(const dicrec__mixture *mixture, const double range[2][2], dicrec__random *random,
                              double point[2]);

#endif
