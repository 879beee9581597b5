/* SPDX-License-Identifier: MIT */
/** @file truncated_part.h One Gaussian of a mixture, seen along an axis of the rectangle that it is truncated to. */
#ifndef DICREC_ESTIMATOR_TRUNCATED_PART_H
#define DICREC_ESTIMATOR_TRUNCATED_PART_H

#include "estimator/mixture.h"

/** A component as seen along an axis: lengths in its own standard deviations, the other axis given this one. */
typedef struct dicrec__part {
  double weight, mean, deviation;
  double correlation, rest;  /**< r, sqrt(1 - r^2) */
  double edges[2], other[2]; /**< of the rectangle, low and high, on this axis and on the other */
  double other_mean, other_deviation;
  bool is_whole; /**< the other axis cuts nothing off */
  double cut;    /**< probability below the lower edge, inside on the other axis */
} dicrec__part;

dicrec__part dicrec__part_along(const dicrec__component *component, const double range[2][2], int axis);

/** In standard deviations from the mean, limited to where the normal law ends. */
double dicrec__part_standardised(double x, double mean, double deviation);

/** Probability of the component inside the rectangle. */
double dicrec__part_mass(const dicrec__part *part);

/** Probability of the component below u and inside the rectangle. */
double dicrec__part_below(const dicrec__part *part, double u);

/** Density of the component at u on this axis, inside on the other; its slope if that is not NULL. */
double dicrec__part_density(const dicrec__part *part, double u, double *slope);

/** Edges of the other axis given u on this one, in standard deviations of what is left to vary. */
void dicrec__part_edges_given(const dicrec__part *part, double u, double edges[2]);

#endif
