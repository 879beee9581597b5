/* SPDX-License-Identifier: MIT */
/** @file statistics.c Rate, regularity and bursts of a spike train [Brandoit et al., arXiv:2509.12783]. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/options.h"
#include "spikes/spikes.h"

/** Sums over the whole bursts of a train. */
struct bursts {
  int64_t n;
  double n_spikes, n_spikes_squared, duration_ms, period_squared_ms2, first_onset_ms, last_onset_ms;
};

static void interval_statistics(const double *times, size_t n, dicrec_spike_statistics *s) {
  const double mean = (times[n - 1] - times[0]) / (double)(n - 1);
  double squares = 0.0, shortest = INFINITY, longest = 0.0;
  for (size_t i = 1; i < n; ++i) {
    const double interval = times[i] - times[i - 1], difference = interval - mean;
    squares += difference * difference;
    shortest = interval < shortest ? interval : shortest; /* in line, which fmin() is not */
    longest = interval > longest ? interval : longest;
  }
  s->isi_mean_ms = mean;
  s->isi_cv = sqrt(squares / (double)(n - 1)) / mean;
  s->isi_min_ms = shortest;
  s->isi_max_ms = longest;
  s->rate_hz = 1000.0 / mean;
}

int32_t dicrec__activity_of_cv(double isi_cv) {
  return isi_cv > DICREC__BURSTING_CV ? DICREC_ACTIVITY_BURSTING : DICREC_ACTIVITY_SPIKING;
}

int32_t dicrec__spike_activity(const double *times, size_t n) {
  if (n < 3) return DICREC_ACTIVITY_SILENT;
  dicrec_spike_statistics s;
  interval_statistics(times, n, &s);
  return dicrec__activity_of_cv(s.isi_cv);
}

/* A burst is a run of at least two spikes between long intervals; the first and the last run may be cut. */
static struct bursts find_bursts(const double *times, size_t n, double longest_inside) {
  struct bursts found = {0}, previous = {0};
  size_t onset = 0;
  bool first = true;
  for (size_t i = 1; i <= n; ++i) {
    if (i < n && times[i] - times[i - 1] <= longest_inside) continue;
    if (i - onset >= 2) {
      if (!first) { /* one run behind, so that the last is never counted */
        previous = found;
        if (found.n == 0) found.first_onset_ms = found.last_onset_ms = times[onset];
        const double period_ms = times[onset] - found.last_onset_ms, n_spikes = (double)(i - onset);
        found.period_squared_ms2 += period_ms * period_ms;
        found.last_onset_ms = times[onset];
        found.n_spikes += n_spikes;
        found.n_spikes_squared += n_spikes * n_spikes;
        found.duration_ms += times[i - 1] - times[onset];
        found.n += 1;
      }
      first = false;
    }
    onset = i;
  }
  return previous;
}

static void burst_statistics(const double *times, size_t n, dicrec_spike_statistics *s) {
  const struct bursts b = find_bursts(times, n, (s->isi_min_ms + s->isi_max_ms) / 2.0);
  s->n_bursts = b.n;
  if (b.n < 1) return;
  const double n_bursts = (double)b.n;
  s->spikes_per_burst = b.n_spikes / n_bursts;
  s->burst_duration_ms = b.duration_ms / n_bursts;
  if (b.n < 2) return;
  const double period_ms = (b.last_onset_ms - b.first_onset_ms) / (n_bursts - 1.0);
  s->spikes_per_burst_sd = sqrt(fmax(b.n_spikes_squared - b.n_spikes * s->spikes_per_burst, 0.0) / (n_bursts - 1.0));
  s->burst_hz = 1000.0 / period_ms;
  s->burst_period_cv = sqrt(fmax(b.period_squared_ms2 / (n_bursts - 1.0) / (period_ms * period_ms) - 1.0, 0.0));
}

void dicrec__spike_statistics(const double *times, size_t n, dicrec_spike_statistics *s) {
  *s = (dicrec_spike_statistics){.struct_size = sizeof *s,
                                 .activity = DICREC_ACTIVITY_SILENT,
                                 .n_spikes = (int64_t)n,
                                 .rate_hz = NAN,
                                 .isi_mean_ms = NAN,
                                 .isi_cv = NAN,
                                 .isi_min_ms = NAN,
                                 .isi_max_ms = NAN,
                                 .spikes_per_burst = NAN,
                                 .burst_hz = NAN,
                                 .burst_duration_ms = NAN,
                                 .spikes_per_burst_sd = NAN,
                                 .burst_period_cv = NAN};
  if (n < 3) return;
  interval_statistics(times, n, s);
  s->activity = dicrec__activity_of_cv(s->isi_cv);
  if (s->activity == DICREC_ACTIVITY_BURSTING) burst_statistics(times, n, s);
}

dicrec_status dicrec__spike_statistics_copy(const dicrec_spike_statistics *from, dicrec_spike_statistics *to) {
  const dicrec_status status = dicrec__struct_copy(from, sizeof *from, to);
  if (status != DICREC_OK) return status;
  return from->activity == DICREC_ACTIVITY_SILENT ? DICREC_W_SILENT : DICREC_OK;
}

dicrec_status dicrec_spikes_statistics(const dicrec_spikes *spikes, dicrec_spike_statistics *statistics) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  dicrec_spike_statistics whole;
  dicrec__spike_statistics(spikes->times_ms, spikes->n, &whole);
  return dicrec__spike_statistics_copy(&whole, statistics);
}
