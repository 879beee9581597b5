/* SPDX-License-Identifier: MIT */
#include "reconstruct/compare.h"

#include <math.h>

#include "spikes/spikes.h"

/*
 * An irregular train is compared in rate, CV, local variation and the distribution of its intervals: within so many of
 * the input's standard errors, or within what trains of one neuron differ by anyway. Where members are scored against
 * recordings (docs/reconstruction.md), alike is within 2 standard errors or 10 % of the rate, 0.05 or 25 % of the CV,
 * and a Kolmogorov-Smirnov distance of 0.2; these are four fifths of that, because members are scored by other trains
 * than the one that they were accepted by.
 */
static const double errors = 1.6, of_rate = 0.08, of_cv = 0.04, share_of_cv = 0.2, of_intervals = 0.16;
/* The local variation scatters more than the CV: it has the same share, and this in addition. */
static const double of_local = 0.1;
/* Intervals that are clustered differ much by Kolmogorov and Smirnov where they are moved by this little: a share of
 * the mean interval, below what the rate may differ by. */
static const double of_moved = 0.03;

/* A train that was fired is accepted for a regular input at so many tolerances of the screening: that aims at the
 * input, and what comes of it need not hit it as well. */
static const double widened = 2.0;

/* Critical value of the Kolmogorov-Smirnov distance at 10 %, times the root of the number of intervals. */
static const double kolmogorov_smirnov = 1.22;

void dicrec__comparison_init(dicrec__comparison *comparison, const dicrec__screen *screen, dicrec__train train,
                             double time_scale, double *intervals) {
  *comparison = (dicrec__comparison){
      .screen = screen, .time_scale = time_scale, .n_intervals = train.n_intervals, .intervals = intervals};
  dicrec__spike_statistics(train, &comparison->input);
  dicrec__intervals_sorted(train, intervals);
}

static double relative(double difference, double tolerance) {
  return isnan(difference) ? 0.0 : fabs(difference) / tolerance; /* what the input does not show is not asked for */
}

static double mismatch_of_regular(const dicrec__comparison *comparison, const dicrec_spike_statistics *s,
                                  const double *fired) {
  const dicrec_spike_statistics *input = &comparison->input;
  const double rate = relative(s->rate_hz / input->rate_hz - 1.0, comparison->rate_tolerance);
  const double burst = relative(s->spikes_per_burst - input->spikes_per_burst, comparison->burst_tolerance);
  const double pattern = dicrec__screen_mismatch_of_fired(comparison->screen, fired) / widened;
  const bool is_allowed = comparison->screen->is_allowed[s->activity];
  return fmax(pattern, fmax(rate, burst)) + (is_allowed ? 0.0 : DICREC__OTHER_CLASS);
}

static double mismatch_of_irregular(const dicrec__comparison *comparison, const dicrec_spike_statistics *s,
                                    const double *fired, const dicrec__interval_distance *distance) {
  const dicrec_spike_statistics *input = &comparison->input;
  const double n = (double)comparison->n_intervals, cv = input->isi_cv;
  const double rate = fmax(of_rate, errors * cv / sqrt(n));
  double most = relative(s->rate_hz / input->rate_hz - 1.0, rate);
  if (n < DICREC__LEAST_INTERVALS) return most;
  const double error_of_cv = dicrec__cv_error(cv, n), lv = comparison->screen->asked[DICREC__PATTERN_LV];
  most = fmax(most, relative(s->isi_cv - cv, fmax(fmax(share_of_cv * cv, of_cv), errors * error_of_cv)));
  most =
      fmax(most, relative(fired[DICREC__PATTERN_LV] - lv, of_local + errors * lv * sqrt(1.5 / n) + share_of_cv * lv));
  const double shape = distance->kolmogorov_smirnov / fmax(of_intervals, kolmogorov_smirnov / sqrt(n));
  return fmax(most, fmin(shape, distance->moved / of_moved));
}

dicrec__compared dicrec__compare(const dicrec__comparison *comparison, dicrec__train train,
                                 const dicrec_spike_statistics *statistics, double *sorted) {
  dicrec__compared compared = {.mismatch = 2.0 * DICREC__OTHER_CLASS, .intervals = {(double)NAN, (double)NAN}};
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) compared.fired[k] = (double)NAN;
  if (dicrec__train_is_silent(train)) return compared;
  double pattern[DICREC__PATTERN_SIZE];
  dicrec__pattern_of(train, pattern);
  dicrec__pattern_in_model_time(pattern, comparison->time_scale, compared.fired);
  dicrec__intervals_sorted(train, sorted);
  compared.intervals =
      dicrec__intervals_compare(comparison->intervals, comparison->n_intervals, sorted, train.n_intervals);
  compared.mismatch = comparison->screen->is_regular
                          ? mismatch_of_regular(comparison, statistics, compared.fired)
                          : mismatch_of_irregular(comparison, statistics, compared.fired, &compared.intervals);
  return compared;
}
