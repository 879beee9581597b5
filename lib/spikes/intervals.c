/* SPDX-License-Identifier: MIT */
#include "spikes/intervals.h"

#include <math.h>

/* Let the place `at` of a heap of n places sink to where none below it is larger. */
static void sink(double *heap, size_t n, size_t at) {
  const double moved = heap[at];
  for (size_t below; (below = 2 * at + 1) < n; at = below) {
    if (below + 1 < n && heap[below + 1] > heap[below]) ++below;
    if (!(heap[below] > moved)) break;
    heap[at] = heap[below];
  }
  heap[at] = moved;
}

/* In place: qsort() may take memory that is not the allocator's. */
static void sort(double *values, size_t n) {
  for (size_t i = n / 2; i-- > 0;) sink(values, n, i);
  for (size_t left = n; left-- > 1;) {
    const double largest = values[0];
    values[0] = values[left];
    values[left] = largest;
    sink(values, left, 0);
  }
}

void dicrec__intervals_sorted(dicrec__train train, double *intervals_ms) {
  size_t n = 0;
  for (size_t s = 0; s < train.n_segments; ++s) {
    const dicrec__segment segment = dicrec__train_segment(train, s);
    const double *times = train.times_ms + segment.first;
    for (size_t i = 1; i < segment.n; ++i) intervals_ms[n++] = times[i] - times[i - 1];
  }
  if (n > 1) sort(intervals_ms, n);
}

/* Both are integrals over the difference of the distribution functions, which is constant between neighbours. */
dicrec__interval_distance dicrec__intervals_compare(const double *a, size_t n_a, const double *b, size_t n_b) {
  double most = 0.0, area = 0.0, sum = 0.0, last = fmin(a[0], b[0]);
  for (size_t i = 0, j = 0; i < n_a || j < n_b;) {
    const double next = j == n_b || (i < n_a && a[i] <= b[j]) ? a[i] : b[j];
    const double difference = fabs((double)i / (double)n_a - (double)j / (double)n_b);
    most = fmax(most, difference);
    area += difference * (next - last);
    last = next;
    while (i < n_a && a[i] == next) sum += a[i++];
    while (j < n_b && b[j] == next) ++j;
  }
  return (dicrec__interval_distance){most, area / (sum / (double)n_a)};
}

double dicrec__median(double *values, size_t n) {
  if (n == 0) return (double)NAN;
  sort(values, n);
  return values[n / 2];
}
