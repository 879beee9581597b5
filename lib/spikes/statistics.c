/* SPDX-License-Identifier: MIT */
/** @file statistics.c Rate, regularity and bursts of a spike train [Brandoit et al., arXiv:2509.12783]. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/options.h"
#include "spikes/spikes.h"

/** Sums over the whole bursts of a train; periods are between those of one segment that follow each other. */
struct bursts {
  int64_t n, n_periods;
  double n_spikes, n_spikes_squared, duration_ms, period_ms, period_squared_ms2;
};

/** What the search for bursts has seen of a segment. */
struct run {
  int64_t n;                            /**< whole bursts */
  double first_onset_ms, last_onset_ms; /**< of them */
};

static void interval_statistics(dicrec__train train, dicrec_spike_statistics *s) {
  const double n_intervals = (double)train.n_intervals, mean = dicrec__train_covered_ms(train) / n_intervals;
  double squares = 0.0, shortest = INFINITY, longest = 0.0;
  for (size_t k = 0; k < train.n_segments; ++k) {
    const dicrec__segment segment = dicrec__train_segment(train, k);
    const double *times = train.times_ms + segment.first;
    for (size_t i = 1; i < segment.n; ++i) {
      const double interval = times[i] - times[i - 1], difference = interval - mean;
      squares += difference * difference;
      shortest = interval < shortest ? interval : shortest; /* in line, which fmin() is not */
      longest = interval > longest ? interval : longest;
    }
  }
  s->isi_mean_ms = mean;
  s->isi_cv = sqrt(squares / n_intervals) / mean;
  s->isi_min_ms = shortest;
  s->isi_max_ms = longest;
  s->rate_hz = 1000.0 / mean;
}

int32_t dicrec__activity_of_cv(double isi_cv) {
  return isi_cv > DICREC__BURSTING_CV ? DICREC_ACTIVITY_BURSTING : DICREC_ACTIVITY_SPIKING;
}

int32_t dicrec__spike_activity(dicrec__train train) {
  if (dicrec__train_is_silent(train)) return DICREC_ACTIVITY_SILENT;
  dicrec_spike_statistics s;
  interval_statistics(train, &s);
  return dicrec__activity_of_cv(s.isi_cv);
}

static void add_burst(struct bursts *found, struct run *run, const double *times, size_t onset, size_t end) {
  if (run->n == 0) run->first_onset_ms = run->last_onset_ms = times[onset];
  const double period_ms = times[onset] - run->last_onset_ms, n_spikes = (double)(end - onset);
  found->period_squared_ms2 += period_ms * period_ms;
  run->last_onset_ms = times[onset];
  found->n_spikes += n_spikes;
  found->n_spikes_squared += n_spikes * n_spikes;
  found->duration_ms += times[end - 1] - times[onset];
  run->n += 1;
}

static void end_segment(struct bursts *found, const struct run *run) {
  found->n += run->n;
  if (run->n < 2) return;
  found->n_periods += run->n - 1;
  found->period_ms += run->last_onset_ms - run->first_onset_ms;
}

/* A burst is a run of at least two spikes between long intervals; the first and the last run may be cut. */
static void find_bursts(dicrec__segment segment, const double *times, double longest_inside, struct bursts *found) {
  struct bursts next = *found;
  struct run run = {0}, next_run = {0};
  bool is_first = true;
  for (size_t onset = 0, i = 1; i <= segment.n; ++i) {
    if (i < segment.n && times[i] - times[i - 1] <= longest_inside) continue;
    if (i - onset >= 2) {
      const bool has_onset = onset == 0 && times[0] - segment.start_ms > longest_inside;
      const bool has_end = i == segment.n && segment.stop_ms - times[i - 1] > longest_inside;
      if (!is_first || has_onset) { /* one run behind, so that the last is not counted unless its end is seen */
        *found = next;
        run = next_run;
        add_burst(&next, &next_run, times, onset, i);
      }
      if (has_end) {
        *found = next;
        run = next_run;
      }
      is_first = false;
    }
    onset = i;
  }
  end_segment(found, &run);
}

static void burst_statistics(dicrec__train train, dicrec_spike_statistics *s) {
  struct bursts b = {0};
  s->burst_gap_ms = (s->isi_min_ms + s->isi_max_ms) / 2.0;
  for (size_t k = 0; k < train.n_segments; ++k) {
    const dicrec__segment segment = dicrec__train_segment(train, k);
    find_bursts(segment, train.times_ms + segment.first, s->burst_gap_ms, &b);
  }
  s->n_bursts = b.n;
  if (b.n < 1) return;
  const double n_bursts = (double)b.n, n_periods = (double)b.n_periods;
  s->spikes_per_burst = b.n_spikes / n_bursts;
  s->burst_duration_ms = b.duration_ms / n_bursts;
  if (b.n < 2) return;
  s->spikes_per_burst_sd = sqrt(fmax(b.n_spikes_squared - b.n_spikes * s->spikes_per_burst, 0.0) / (n_bursts - 1.0));
  if (b.n_periods < 1) return;
  const double period_ms = b.period_ms / n_periods;
  s->burst_hz = 1000.0 / period_ms;
  s->burst_period_cv = sqrt(fmax(b.period_squared_ms2 / n_periods / (period_ms * period_ms) - 1.0, 0.0));
}

/* The mean interval first: without a window the same digits as the rate of the intervals. */
static double mean_rate(dicrec__train train) {
  if (train.observed_ms <= 0.0) return (double)NAN;
  return train.n_counted == 0 ? 0.0 : 1000.0 / (train.observed_ms / (double)train.n_counted);
}

void dicrec__spike_statistics(dicrec__train train, dicrec_spike_statistics *s) {
  *s = (dicrec_spike_statistics){.struct_size = sizeof *s,
                                 .activity = DICREC_ACTIVITY_SILENT,
                                 .n_spikes = (int64_t)train.n,
                                 .rate_hz = NAN,
                                 .isi_mean_ms = NAN,
                                 .isi_cv = NAN,
                                 .isi_min_ms = NAN,
                                 .isi_max_ms = NAN,
                                 .spikes_per_burst = NAN,
                                 .burst_hz = NAN,
                                 .burst_duration_ms = NAN,
                                 .spikes_per_burst_sd = NAN,
                                 .burst_period_cv = NAN,
                                 .burst_gap_ms = NAN,
                                 .n_segments = (int64_t)train.n_segments,
                                 .n_intervals = (int64_t)train.n_intervals,
                                 .observed_ms = train.observed_ms,
                                 .mean_rate_hz = mean_rate(train)};
  if (dicrec__train_is_silent(train)) return;
  interval_statistics(train, s);
  s->activity = dicrec__activity_of_cv(s->isi_cv);
  if (s->activity == DICREC_ACTIVITY_BURSTING) burst_statistics(train, s);
}

dicrec_status dicrec__spike_statistics_copy(const dicrec_spike_statistics *from, dicrec_spike_statistics *to) {
  const dicrec_status status = dicrec__struct_copy(from, sizeof *from, to);
  if (status != DICREC_OK) return status;
  return from->activity == DICREC_ACTIVITY_SILENT ? DICREC_W_SILENT : DICREC_OK;
}

dicrec_status dicrec_spikes_statistics(const dicrec_spikes *spikes, dicrec_spike_statistics *statistics) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  dicrec_spike_statistics whole;
  dicrec__spike_statistics(spikes->train, &whole);
  return dicrec__spike_statistics_copy(&whole, statistics);
}
