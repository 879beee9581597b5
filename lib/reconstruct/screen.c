/* SPDX-License-Identifier: MIT */
#include "reconstruct/screen.h"

#include <math.h>

#include "spikes/spikes.h"

/*
 * Tolerances for a regular input, about as close as predictions come: of logarithms, of the
 * mean interval of a regular train, of the intervals of a burst by their place in it, of the burst period and the
 * spikes per burst; of quantiles, where bursts have no onset.
 */
static const double of_mean = 0.005, in_burst = 0.01, of_quantiles = 0.015;
/* Of the CV: absolute, for trains like clockwork, whose CV is hardly more than jitter, and as a share of it. */
static const double of_cv = 0.02, share_of_cv = 0.1;

/* An irregular input must lie within so many predicted spreads of what a candidate is predicted to fire: of most of its
 * trains. Spreads are no less, which is below what a few hundred intervals leave uncertain. */
static const double likely = 3.0, least_spread = 0.02;

/* A candidate must be of the input's class with this probability, or for an irregular input fire at all with the other;
 * each hundredth below costs a tolerance, so that whatever is doubtful does not match, and yet has an order. */
static const double least_of_class = 0.98, least_of_firing = 0.5, cost_of_doubt = 100.0;

/* How near the CV that parts spiking from bursting a train may be of either class: in standard errors, beyond which
 * hardly any of its like is of the other, and beside them, for the error of a prediction. */
static const double border_errors = 2.0, border_width = 0.01;

/* Quantiles that are compared, as many as are not almost the same number twice; by their place among those of the
 * pattern: 5, 20, 50, 80 and 95 %. */
static const int quantiles[] = {0, 2, 5, 8, 10};
enum { N_QUANTILES = sizeof quantiles / sizeof quantiles[0] };

double dicrec__cv_error(double cv, double n) { return cv * sqrt((0.5 + cv * cv) / n); }

void dicrec__pattern_in_model_time(const double *pattern, double time_scale, double absolute[DICREC__PATTERN_SIZE]) {
  dicrec__pattern_absolute(pattern, absolute);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k)
    if (dicrec__pattern_is_time(k)) absolute[k] -= log(time_scale);
}

/* Standard error of a quantile of a normal law towards its tails, in standard deviations over the root of n: 2.1 at
 * 5 %, 1.4 at 20 %; taken as one for all. */
static const double quantile_error = 1.7;

static double or_zero(double value) { return isfinite(value) ? value : 0.0; }

/*
 * Bursts that repeat determine the mean rate far better than their intervals do, which differ much; irregular ones do
 * not. Fewer than two whole bursts show nothing of how they repeat, and are taken as they are.
 */
dicrec__sampling_error dicrec__sampling_error_of(const dicrec_spike_statistics *s) {
  dicrec__sampling_error error = {0.0, 0.0, 0.0};
  const double n = (double)s->n_intervals, of_intervals = s->isi_cv / sqrt(n);
  error.cv = dicrec__cv_error(s->isi_cv, n);
  if (s->activity == DICREC_ACTIVITY_SPIKING) error.rate = of_intervals;
  if (s->activity != DICREC_ACTIVITY_BURSTING || s->n_bursts < 2) return error;
  const double root = sqrt((double)s->n_bursts);
  error.spikes_per_burst = or_zero(s->spikes_per_burst_sd / s->spikes_per_burst) / root;
  const double burst_period = or_zero(s->burst_period_cv) / root;
  error.rate = of_intervals;
  if (!isnan(s->burst_hz)) error.rate = fmin(of_intervals, hypot(error.spikes_per_burst, burst_period));
  return error;
}

/* The whole bursts of the pattern, from onset to onset. */
static double burst_count(const double *pattern, double n_intervals) {
  return pattern[DICREC__PATTERN_BURST_SHARE] * n_intervals;
}

/* Bursts are compared place by place; what varies from one to the next is known with the standard error of so many. */
static void set_burst_tolerances(dicrec__screen *screen, const double *pattern, double n_bursts) {
  const double root = sqrt(n_bursts), of_intervals = pattern[DICREC__PATTERN_PAUSE_SD] / root;
  screen->tolerance[DICREC__PATTERN_LOG_PERIOD] = hypot(in_burst, pattern[DICREC__PATTERN_PERIOD_CV] / root);
  screen->tolerance[DICREC__PATTERN_BURST_SPIKES] =
      hypot(in_burst, pattern[DICREC__PATTERN_BURST_SD] / pattern[DICREC__PATTERN_BURST_SPIKES] / root);
  for (int k = DICREC__PATTERN_FROM_ONSET; k < DICREC__PATTERN_PAUSE_SD; ++k)
    screen->tolerance[k] = hypot(in_burst, of_intervals);
}

static void set_quantile_tolerances(dicrec__screen *screen, const double *pattern, double least, double n) {
  const double error = quantile_error * pattern[DICREC__PATTERN_SD_LOG] / sqrt(n);
  for (int i = 0; i < N_QUANTILES; ++i)
    screen->tolerance[DICREC__PATTERN_QUANTILE + quantiles[i]] = hypot(least, error);
}

static void set_regular_tolerances(dicrec__screen *screen, const double *pattern, const dicrec_spike_statistics *s) {
  const dicrec__sampling_error error = dicrec__sampling_error_of(s);
  const double n = (double)s->n_intervals, n_bursts = burst_count(pattern, n);
  screen->tolerance[DICREC__PATTERN_LOG_MEAN] = hypot(of_mean, error.rate);
  if (n < DICREC__LEAST_INTERVALS) return;
  screen->tolerance[DICREC__PATTERN_CV] = hypot(of_cv + share_of_cv * s->isi_cv, error.cv);
  if (n_bursts >= 2.0) {
    screen->tolerance[DICREC__PATTERN_LOG_MEAN] =
        0.0; /* where the train is cut decides on it; bursts determine the rate */
    set_burst_tolerances(screen, pattern, n_bursts);
  } else if (s->activity == DICREC_ACTIVITY_BURSTING) {
    set_quantile_tolerances(screen, pattern, of_quantiles, n);
  }
}

/* The scatter of a candidate's trains comes beside these. */
static void set_irregular_tolerances(dicrec__screen *screen, const double *pattern, const dicrec_spike_statistics *s) {
  static const int others[] = {DICREC__PATTERN_CV, DICREC__PATTERN_LV, DICREC__PATTERN_LAG_1,
                               DICREC__PATTERN_BURST_SHARE};
  screen->tolerance[DICREC__PATTERN_LOG_MEAN] = least_spread;
  if (s->n_intervals < DICREC__LEAST_INTERVALS) return;
  for (size_t i = 0; i < sizeof others / sizeof others[0]; ++i) screen->tolerance[others[i]] = least_spread;
  set_quantile_tolerances(screen, pattern, least_spread, (double)s->n_intervals);
}

void dicrec__screen_init(dicrec__screen *screen, dicrec__train train, double time_scale, bool is_regular) {
  dicrec_spike_statistics statistics;
  double pattern[DICREC__PATTERN_SIZE];
  *screen = (dicrec__screen){.is_regular = is_regular, .duration_ms = dicrec__train_covered_ms(train) / time_scale};
  dicrec__spike_statistics(train, &statistics);
  dicrec__pattern_of(train, pattern);
  dicrec__pattern_in_model_time(pattern, time_scale, screen->asked);
  if (is_regular) set_regular_tolerances(screen, pattern, &statistics);
  else set_irregular_tolerances(screen, pattern, &statistics);
  const double error = dicrec__sampling_error_of(&statistics).cv;
  const bool is_near = fabs(statistics.isi_cv - DICREC__BURSTING_CV) <= border_errors * error + border_width;
  for (int k = 0; k < DICREC__FORWARD_CLASSES; ++k)
    screen->is_allowed[k] = k == statistics.activity || ((is_near || !is_regular) && k != DICREC_ACTIVITY_SILENT);
}

static double doubt(const dicrec__screen *screen, const dicrec__prediction *prediction) {
  const double least = screen->is_regular ? least_of_class : least_of_firing;
  double probability = 0.0;
  for (int k = 0; k < DICREC__FORWARD_CLASSES; ++k)
    if (screen->is_allowed[k]) probability += prediction->activity[k];
  if (isnan(probability)) return INFINITY;
  return cost_of_doubt * fmax(0.0, least - probability);
}

double dicrec__screen_mismatch(const dicrec__screen *screen, const dicrec__prediction *prediction) {
  const double limit = screen->is_regular ? 1.0 : likely;
  double most = 0.0;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    if (!dicrec__screen_compares(screen, k)) continue;
    const double difference = prediction->mean[k] - screen->asked[k];
    const double mismatch = fabs(difference) / (limit * hypot(screen->tolerance[k], prediction->spread[k]));
    if (!isfinite(difference) || !isfinite(prediction->spread[k])) return INFINITY; /* numbers overflow */
    most = fmax(most, mismatch);
  }
  return most + doubt(screen, prediction);
}

double dicrec__screen_mismatch_of_fired(const dicrec__screen *screen, const double *fired) {
  double most = 0.0;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    if (!dicrec__screen_compares(screen, k)) continue;
    const double mismatch = fabs(fired[k] - screen->asked[k]) / screen->tolerance[k];
    if (!isfinite(mismatch)) return INFINITY; /* not shown by what was fired */
    most = fmax(most, mismatch);
  }
  return most;
}
