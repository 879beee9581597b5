/* SPDX-License-Identifier: MIT */
/** @file distance.c Van Rossum distance between spike trains, in a time linear in their spikes. */
#include <math.h>

#include "spikes/spikes.h"

/*
 * Sum over i, j of exp(-|a_i - b_j| / tau), both trains shifted to their first spike: walking through the merged
 * trains, each spike meets the decayed trace that the other train has left behind. Coincident spikes count once.
 */
static double correlation(const double *a, size_t n_a, const double *b, size_t n_b, double tau) {
  double sum = 0.0, trace_a = 0.0, trace_b = 0.0, last = 0.0;
  size_t i = 0, j = 0;
  while (i < n_a || j < n_b) {
    const double next_a = i < n_a ? a[i] - a[0] : INFINITY, next_b = j < n_b ? b[j] - b[0] : INFINITY;
    const double now = fmin(next_a, next_b), decay = exp(-(now - last) / tau);
    trace_a *= decay;
    trace_b *= decay;
    last = now;
    if (next_a <= next_b) {
      sum += trace_b;
      trace_a += 1.0;
      ++i;
    } else {
      sum += trace_a;
      trace_b += 1.0;
      ++j;
    }
  }
  return sum;
}

double dicrec__van_rossum_tau(dicrec__train train) {
  double shortest, longest;
  dicrec__train_extremes(train, &shortest, &longest);
  return (shortest + longest) / 2.0;
}

double dicrec__van_rossum(const double *a, size_t n_a, const double *b, size_t n_b, double tau) {
  const double within_a = correlation(a, n_a, a, n_a, tau), within_b = correlation(b, n_b, b, n_b, tau);
  const double squared = (within_a + within_b - 2.0 * correlation(a, n_a, b, n_b, tau)) / (2.0 * tau);
  return fmax(squared, 0.0);
}

/* Segments of the same place are compared; one more of either train is compared with none. */
static double between_segments(dicrec__train a, dicrec__train b, double tau) {
  const size_t n_segments = a.n_segments > b.n_segments ? a.n_segments : b.n_segments;
  double squared = 0.0;
  for (size_t i = 0; i < n_segments; ++i) {
    const dicrec__segment none = {0}, of_a = i < a.n_segments ? dicrec__train_segment(a, i) : none,
                          of_b = i < b.n_segments ? dicrec__train_segment(b, i) : none;
    squared += dicrec__van_rossum(a.times_ms + of_a.first, of_a.n, b.times_ms + of_b.first, of_b.n, tau);
  }
  return squared;
}

dicrec_status dicrec_spikes_distance(const dicrec_spikes *a, const dicrec_spikes *b, double tau_ms, double *squared) {
  if (a == NULL || b == NULL || squared == NULL) return DICREC_E_ARGUMENT;
  if (!(tau_ms >= 0.0) || isinf(tau_ms) || (tau_ms == 0.0 && a->train.n_intervals < 1)) return DICREC_E_RANGE;
  const double tau = tau_ms > 0.0 ? tau_ms : dicrec__van_rossum_tau(a->train);
  *squared = between_segments(a->train, b->train, tau);
  return DICREC_OK;
}
