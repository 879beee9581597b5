/* SPDX-License-Identifier: MIT */
/**
 * @file current.h
 * An injected current that is linear between points: point k starts segment k + 1, segment 0 lies before the first.
 * Two points at one time are a jump; there the segment on its left and the one on its right are both exact.
 */
#ifndef DICREC_SIMULATOR_CURRENT_H
#define DICREC_SIMULATOR_CURRENT_H

#include <math.h>

#include "core/context.h"

/** Points; zeroed: no current. */
typedef struct dicrec__current {
  size_t n;
  double *times_ms, *values; /**< [n] */
} dicrec__current;

/** Check the points, called by their names in the options, and keep them. */
dicrec_status dicrec__current_create(dicrec_context *context, const double *times_ms, const double *values, uint64_t n,
                                     dicrec__current *current);

void dicrec__current_release(const dicrec__allocator *allocator, dicrec__current *current);

/** The time at which a segment ends; INFINITY for the last. */
static inline double dicrec__current_end(const dicrec__current *current, size_t segment) {
  return segment < current->n ? current->times_ms[segment] : (double)INFINITY;
}

/** Whether the current jumps where a segment begins. */
static inline bool dicrec__current_jumps(const dicrec__current *current, size_t segment) {
  return segment >= 2 && current->times_ms[segment - 1] == current->times_ms[segment - 2];
}

/** The current of a segment at a time within it, both ends included. */
static inline double dicrec__current_on(const dicrec__current *current, size_t segment, double t_ms) {
  const double *values = current->values, *times = current->times_ms;
  if (segment == 0 || segment >= current->n) return segment == 0 ? values[0] : values[current->n - 1];
  const double width = times[segment] - times[segment - 1];
  if (width <= 0.0) return values[segment];
  return values[segment - 1] + (values[segment] - values[segment - 1]) * ((t_ms - times[segment - 1]) / width);
}

/** The segment of a time, that on the right of a point; the search starts at a segment, best a near one. */
static inline size_t dicrec__current_find(const dicrec__current *current, size_t segment, double t_ms) {
  while (segment < current->n && current->times_ms[segment] <= t_ms) ++segment;
  while (segment > 0 && current->times_ms[segment - 1] > t_ms) --segment;
  return segment;
}

#endif
