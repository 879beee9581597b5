/* SPDX-License-Identifier: MIT */
/** @file reserve.h The nearest of the candidates that do not match, for when too few do. */
#ifndef DICREC_RECONSTRUCT_RESERVE_H
#define DICREC_RECONSTRUCT_RESERVE_H

#include "reconstruct/candidate.h"

/** Holds at least the `most` nearest of what was added; in order when they are taken. */
typedef struct dicrec__reserve {
  dicrec__candidate *candidates; /**< [n] of 2 most, so that a sort serves many additions */
  size_t *order;                 /**< room for their order */
  size_t n, most;
} dicrec__reserve;

/** Released by the caller in any case. False without memory. */
bool dicrec__reserve_create(const dicrec__allocator *allocator, size_t most, dicrec__reserve *reserve);

void dicrec__reserve_release(dicrec__reserve *reserve, const dicrec__allocator *allocator);

void dicrec__reserve_add(dicrec__reserve *reserve, const dicrec__candidate *candidate);

/** How many of the nearest, n at most, have a mismatch up to the tolerance. */
size_t dicrec__reserve_count(dicrec__reserve *reserve, size_t n, double tolerance);

/** Take up to n of the nearest, each once; how many. */
size_t dicrec__reserve_take(dicrec__reserve *reserve, size_t n, dicrec__candidate *taken);

#endif
