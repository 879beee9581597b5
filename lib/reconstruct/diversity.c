/* SPDX-License-Identifier: MIT */
#include "reconstruct/diversity.h"

#include <math.h>

static double squared_distance(const dicrec__candidate *a, const dicrec__candidate *b, const double *scale,
                               size_t n_channels) {
  double sum = 0.0;
  for (size_t c = 0; c < n_channels; ++c) {
    const double step = scale[c] > 0.0 ? (a->conductances[c] - b->conductances[c]) / scale[c] : 0.0;
    sum += step * step;
  }
  return sum;
}

static void swap(dicrec__candidate *a, dicrec__candidate *b, double *x, double *y) {
  const dicrec__candidate candidate = *a;
  const double number = *x;
  *a = *b;
  *x = *y;
  *b = candidate;
  *y = number;
}

void dicrec__diversity_order(dicrec__candidate *candidates, size_t n, size_t n_first, const double *scale,
                             size_t n_channels, double *nearest) {
  for (size_t i = 0; i < n; ++i) nearest[i] = INFINITY;
  for (size_t chosen = 1; chosen < n_first && chosen < n; ++chosen) {
    size_t farthest = chosen;
    for (size_t i = chosen; i < n; ++i) {
      nearest[i] = fmin(nearest[i], squared_distance(&candidates[i], &candidates[chosen - 1], scale, n_channels));
      if (nearest[i] > nearest[farthest]) farthest = i;
    }
    swap(&candidates[chosen], &candidates[farthest], &nearest[chosen], &nearest[farthest]);
  }
}
