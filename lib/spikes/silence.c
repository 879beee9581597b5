/* SPDX-License-Identifier: MIT */
/**
 * @file silence.c
 * Is a train silent at an edge of its window for longer than its intervals allow? Of exponential intervals, the most
 * irregular ones without memory, the silence up to an edge exceeds r times the longest of n with the probability of the
 * product of i / (i + r): each of them must be shorter than what is left.
 */
#include <math.h>

#include "spikes/spikes.h"

/* What is called silent: less likely than this, and more intervals long than any that the train has; those of bursts
   are no sample of the pauses. */
static const double silent_p = 0.001, silent_ratio = 3.0;
/* Intervals that are counted: of more, a ratio of importance is unlikely in any case. */
enum { MOST_INTERVALS = 256 };

static double longest_silence(dicrec__train train) {
  double longest = 0.0;
  for (size_t i = 0; i < train.n_segments; ++i) {
    const dicrec__segment segment = dicrec__train_segment(train, i);
    const double *times = train.times_ms + segment.first;
    if (segment.n == 0) longest = fmax(longest, segment.stop_ms - segment.start_ms);
    else longest = fmax(longest, fmax(times[0] - segment.start_ms, segment.stop_ms - times[segment.n - 1]));
  }
  return longest;
}

/* Every segment has two edges at which it could be. */
static double chance(dicrec__train train, double ratio) {
  double p = 2.0 * (double)train.n_segments;
  for (size_t i = 1; i <= train.n_intervals && i <= MOST_INTERVALS; ++i) p *= (double)i / ((double)i + ratio);
  return fmin(p, 1.0);
}

void dicrec__edge_silence(dicrec__train train, dicrec_spike_stationarity *s) {
  s->silence_ms = s->silence_p = (double)NAN;
  if (dicrec__train_is_silent(train)) return;
  double shortest_ms, longest_ms;
  dicrec__train_extremes(train, &shortest_ms, &longest_ms);
  s->silence_ms = longest_silence(train);
  const double ratio = s->silence_ms / longest_ms;
  s->silence_p = chance(train, ratio);
  s->has_silent_edge = s->silence_p < silent_p && ratio > silent_ratio;
}
