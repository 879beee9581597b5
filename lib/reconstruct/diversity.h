/* SPDX-License-Identifier: MIT */
/** @file diversity.h Orders of candidates: every beginning as diverse as it can be, or the nearest to the input. */
#ifndef DICREC_RECONSTRUCT_DIVERSITY_H
#define DICREC_RECONSTRUCT_DIVERSITY_H

#include "reconstruct/candidate.h"

/**
 * Bring the first n_first of n candidates in an order in which each is the farthest from those before it, in
 * conductances divided by their `deviations` [n_channels]; 0 there: not counted. The first one stays the first.
 * `nearest` is room for n numbers. Costs O(n n_first). OK or E_CANCELLED.
 */
dicrec_status dicrec__diversity_order(dicrec_context *context, dicrec__candidate *candidates, size_t n, size_t n_first,
                                      const double *deviations, size_t n_channels, double *nearest);

/** Sort by mismatch; streams decide between equals, so that the order is the same everywhere. `order`: room for n. */
void dicrec__nearest_order(dicrec__candidate *candidates, size_t n, size_t *order);

#endif
