/* SPDX-License-Identifier: MIT */
#include "reconstruct/diversity.h"

#include <math.h>

static double squared_distance(const dicrec__candidate *a, const dicrec__candidate *b, const double *deviations,
                               size_t n_channels) {
  double sum = 0.0;
  for (size_t c = 0; c < n_channels; ++c) {
    const double step = deviations[c] > 0.0 ? (a->conductances[c] - b->conductances[c]) / deviations[c] : 0.0;
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

/* Candidates compared between two looks at cancellation. */
static const size_t cancel_every = 1 << 17;

dicrec_status dicrec__diversity_order(dicrec_context *context, dicrec__candidate *candidates, size_t n, size_t n_first,
                                      const double *deviations, size_t n_channels, double *nearest) {
  size_t n_compared = 0;
  for (size_t i = 0; i < n; ++i) nearest[i] = INFINITY;
  for (size_t chosen = 1; chosen < n_first && chosen < n; ++chosen) {
    size_t farthest = chosen;
    for (size_t i = chosen; i < n; ++i) {
      nearest[i] = fmin(nearest[i], squared_distance(&candidates[i], &candidates[chosen - 1], deviations, n_channels));
      if (nearest[i] > nearest[farthest]) farthest = i;
    }
    swap(&candidates[chosen], &candidates[farthest], &nearest[chosen], &nearest[farthest]);
    n_compared += n - chosen;
    if (n_compared < cancel_every) continue;
    n_compared = 0;
    if (dicrec__progress(context, (int64_t)chosen, (int64_t)n))
      return dicrec__fail(context, DICREC_E_CANCELLED, "cancelled while candidates were chosen");
  }
  return DICREC_OK;
}

static bool is_farther(const dicrec__candidate *a, const dicrec__candidate *b) {
  return a->mismatch > b->mismatch || (a->mismatch == b->mismatch && a->stream > b->stream);
}

/* Let the place `at` of a heap of n places sink to where none below it is farther. */
static void sink(const dicrec__candidate *candidates, size_t *heap, size_t n, size_t at) {
  const size_t moved = heap[at];
  for (size_t below; (below = 2 * at + 1) < n; at = below) {
    if (below + 1 < n && is_farther(&candidates[heap[below + 1]], &candidates[heap[below]])) ++below;
    if (!is_farther(&candidates[heap[below]], &candidates[moved])) break;
    heap[at] = heap[below];
  }
  heap[at] = moved;
}

/* Put candidate order[i] into place i, each moved once along its cycle. */
static void arrange(dicrec__candidate *candidates, size_t n, size_t *order) {
  for (size_t first = 0; first < n; ++first) {
    if (order[first] == first) continue;
    const dicrec__candidate moved = candidates[first];
    size_t place = first;
    while (order[place] != first) {
      const size_t from = order[place];
      candidates[place] = candidates[from];
      order[place] = place;
      place = from;
    }
    candidates[place] = moved;
    order[place] = place;
  }
}

void dicrec__nearest_order(dicrec__candidate *candidates, size_t n, size_t *order) {
  for (size_t i = 0; i < n; ++i) order[i] = i;
  for (size_t i = n / 2; i-- > 0;) sink(candidates, order, n, i);
  for (size_t left = n; left-- > 1;) { /* the farthest goes to the end */
    const size_t farthest = order[0];
    order[0] = order[left];
    order[left] = farthest;
    sink(candidates, order, left, 0);
  }
  arrange(candidates, n, order);
}
