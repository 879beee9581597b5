/* SPDX-License-Identifier: MIT */
/** @file intervals.h Intervals of a train in ascending order, and how far two such samples are from each other. */
#ifndef DICREC_SPIKES_INTERVALS_H
#define DICREC_SPIKES_INTERVALS_H

#include <stddef.h>

#include "spikes/segments.h"

/** The intervals of a train, ascending. */
void dicrec__intervals_sorted(dicrec__train train, double *intervals_ms);

/** Distances between the distributions of two samples. */
typedef struct dicrec__interval_distance {
  double kolmogorov_smirnov; /**< largest difference of the distribution functions */
  double moved;              /**< earth mover's distance over the mean of the first sample */
} dicrec__interval_distance;

/** Of two ascending samples, none empty. */
dicrec__interval_distance dicrec__intervals_compare(const double *a, size_t n_a, const double *b, size_t n_b);

/** The middle one of n values, the upper one of two; NaN of none. Sorts them. */
double dicrec__median(double *values, size_t n);

#endif
