/* SPDX-License-Identifier: MIT */
/** @file binormal.h Two normal numbers that are correlated. */
#ifndef DICREC_ESTIMATOR_BINORMAL_H
#define DICREC_ESTIMATOR_BINORMAL_H

/** Beyond so many standard deviations nothing is left of a normal law, in double precision. */
#define DICREC__FAR 38.0

/** Density and distribution function of the standard normal law. */
double dicrec__normal_density(double z);
double dicrec__normal_below(double z);

/** Share between two places, low <= high; exact far out as well. */
double dicrec__normal_between(double low, double high);

/** Where the distribution function is p, 0 < p < 1; within 4.5e-4. */
double dicrec__rough_normal_quantile(double p);

/** The place between low and high below which a part (0 to 1) of what is between them lies; within rounding. */
double dicrec__normal_part(double low, double high, double part);

/**
 * Probability that both of two standard normal numbers are below h and k, absolute error some 1e-15
 * (Drezner and Wesolowsky 1990, as improved by Genz, Statistics and Computing 14:251, 2004).
 * @param correlation  r, above -1 and below 1.
 * @param rest         sqrt(1 - r^2), above 0; given because it is more exact where it comes from.
 */
double dicrec__binormal_below(double h, double k, double correlation, double rest);

#endif
