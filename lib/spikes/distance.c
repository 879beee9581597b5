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

double dicrec__van_rossum_tau(const double *times, size_t n) {
  double shortest = INFINITY, longest = 0.0;
  for (size_t i = 1; i < n; ++i) {
    shortest = fmin(shortest, times[i] - times[i - 1]);
    longest = fmax(longest, times[i] - times[i - 1]);
  }
  return (shortest + longest) / 2.0;
}

double dicrec__van_rossum(const double *a, size_t n_a, const double *b, size_t n_b, double tau) {
  const double within_a = correlation(a, n_a, a, n_a, tau), within_b = correlation(b, n_b, b, n_b, tau);
  const double squared = (within_a + within_b - 2.0 * correlation(a, n_a, b, n_b, tau)) / (2.0 * tau);
  return fmax(squared, 0.0);
}

dicrec_status dicrec_spikes_distance(const dicrec_spikes *a, const dicrec_spikes *b, double tau_ms, double *squared) {
  if (a == NULL || b == NULL || squared == NULL) return DICREC_E_ARGUMENT;
  if (!(tau_ms >= 0.0) || isinf(tau_ms) || (tau_ms == 0.0 && a->n < 2)) return DICREC_E_RANGE;
  const double tau = tau_ms > 0.0 ? tau_ms : dicrec__van_rossum_tau(a->times_ms, a->n);
  *squared = dicrec__van_rossum(a->times_ms, a->n, b->times_ms, b->n, tau);
  return DICREC_OK;
}
