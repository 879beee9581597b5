/* SPDX-License-Identifier: MIT */
/**
 * @file likely_unit.c
 * Are times in another unit than was said? Neurons are refractory: of trains in ms, recorded and simulated, hardly one
 * has half of its intervals below 2 ms, while of trains in seconds hardly one has not. Of trains in seconds, few spikes
 * of slow neurons apart, none has a mean interval above 5 s, while of those in ms hardly one has not.
 */
#include <math.h>

#include "spikes/spikes.h"

static const double short_ms = 2, long_ms = 5000;
enum { FEWEST_INTERVALS = 2 };

/* What is counted over all trains. */
typedef struct seen_intervals {
  double n, n_short, covered_ms;
  bool has_fractions; /* some time is no whole number of ms */
} seen_intervals;

static void see_segment(seen_intervals *seen, const double *times_ms, size_t n) {
  for (size_t i = 1; i < n; ++i) seen->n_short += times_ms[i] - times_ms[i - 1] < short_ms;
  for (size_t i = 0; i < n && !seen->has_fractions; ++i) seen->has_fractions = times_ms[i] != floor(times_ms[i]);
}

static void see_train(seen_intervals *seen, dicrec__train train) {
  seen->n += (double)train.n_intervals;
  seen->covered_ms += dicrec__train_covered_ms(train);
  for (size_t i = 0; i < train.n_segments; ++i) {
    const dicrec__segment segment = dicrec__train_segment(train, i);
    see_segment(seen, train.times_ms + segment.first, segment.n);
  }
}

int32_t dicrec_spikes_likely_unit(const dicrec_spikes *const *trains, size_t n_trains, int32_t unit) {
  seen_intervals seen = {0};
  for (size_t i = 0; trains != NULL && i < n_trains; ++i)
    if (trains[i] != NULL) see_train(&seen, trains[i]->train);
  if (seen.n < FEWEST_INTERVALS) return unit;
  if (unit == DICREC_TIME_MS && 2 * seen.n_short >= seen.n && seen.has_fractions) return DICREC_TIME_S;
  if (unit == DICREC_TIME_S && seen.covered_ms > long_ms * seen.n) return DICREC_TIME_MS;
  return unit;
}
