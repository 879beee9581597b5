/* SPDX-License-Identifier: MIT */
#include "spikes/segments.h"

#include <math.h>

dicrec__train dicrec__train_of(const double *times_ms, size_t n) {
  const size_t n_intervals = n > 0 ? n - 1 : 0;
  return (dicrec__train){.times_ms = times_ms,
                         .n = n,
                         .n_intervals = n_intervals,
                         .n_segments = 1,
                         .n_counted = n_intervals,
                         .observed_ms = n > 0 ? times_ms[n - 1] - times_ms[0] : 0.0};
}

dicrec__train dicrec__train_in(const double *times_ms, size_t n, const dicrec__segment *segments, size_t n_segments,
                               size_t n_unbounded) {
  dicrec__train train = {
      .times_ms = times_ms, .n = n, .segments = segments, .n_segments = n_segments, .n_counted = n - n_unbounded};
  for (size_t i = 0; i < n_segments; ++i) {
    train.n_intervals += segments[i].n > 0 ? segments[i].n - 1 : 0;
    train.observed_ms += segments[i].stop_ms - segments[i].start_ms;
  }
  return train;
}

dicrec__segment dicrec__train_segment(dicrec__train train, size_t index) {
  if (train.segments != NULL) return train.segments[index];
  if (train.n == 0) return (dicrec__segment){0};
  return (dicrec__segment){train.times_ms[0], train.times_ms[train.n - 1], 0, train.n};
}

dicrec__segment dicrec__train_longest(dicrec__train train) {
  dicrec__segment longest = dicrec__train_segment(train, 0);
  for (size_t i = 1; i < train.n_segments; ++i)
    if (train.segments[i].n > longest.n) longest = train.segments[i];
  return longest;
}

double dicrec__train_covered_ms(dicrec__train train) {
  double covered_ms = 0.0;
  for (size_t i = 0; i < train.n_segments; ++i) {
    const dicrec__segment segment = dicrec__train_segment(train, i);
    const double *times = train.times_ms + segment.first;
    if (segment.n > 1) covered_ms += times[segment.n - 1] - times[0];
  }
  return covered_ms;
}

void dicrec__train_extremes(dicrec__train train, double *shortest_ms, double *longest_ms) {
  double shortest = (double)INFINITY, longest = 0.0;
  for (size_t i = 0; i < train.n_segments; ++i) {
    const dicrec__segment segment = dicrec__train_segment(train, i);
    const double *times = train.times_ms + segment.first;
    for (size_t k = 1; k < segment.n; ++k) {
      const double interval = times[k] - times[k - 1];
      shortest = interval < shortest ? interval : shortest; /* in line, which fmin() is not */
      longest = interval > longest ? interval : longest;
    }
  }
  *shortest_ms = shortest;
  *longest_ms = longest;
}
