/* SPDX-License-Identifier: MIT */
#include "reconstruct/screen.h"

#include <math.h>

/*
 * Tolerances of the logarithms, chosen on simulated neurons: what the networks resolve of the mean rate and of the
 * spikes per burst. More statistics cost spread of the conductances and gain little. 0: not compared. Rows: spiking,
 * bursting.
 */
static const double tolerances[2][DICREC__N_PREDICTED] = {
    {[DICREC__ISI_MEAN] = 0.005}, {[DICREC__ISI_MEAN] = 0.015, [DICREC__SPIKES_PER_BURST] = 0.015}};

/* A candidate must be of the input's class with this probability; each hundredth below costs a tolerance. */
static const double least_probability = 0.98, cost_of_doubt = 100.0;

/* Errors of the logarithm beyond this are no bias; and this many errors of 0 are counted besides those that were seen.
 */
static const double largest_bias = 0.3, doubted_errors = 2.0;

static double or_zero(double value) { return isfinite(value) ? value : 0.0; }

/*
 * Bursts that repeat tell the mean rate far better than their intervals do, which differ much; irregular ones do not.
 * Fewer than two whole bursts tell nothing about how they repeat, and are taken as they are.
 */
dicrec__sampling_error dicrec__sampling_error_of(const dicrec_spike_statistics *s) {
  dicrec__sampling_error error = {0.0, 0.0};
  const double of_intervals = s->isi_cv / sqrt((double)(s->n_spikes - 1));
  if (s->activity == DICREC_ACTIVITY_SPIKING) error.rate = of_intervals;
  if (s->activity != DICREC_ACTIVITY_BURSTING || s->n_bursts < 2) return error;
  const double root = sqrt((double)s->n_bursts);
  error.spikes_per_burst = or_zero(s->spikes_per_burst_sd / s->spikes_per_burst) / root;
  const double burst_period = or_zero(s->burst_period_cv) / root;
  error.rate = fmin(of_intervals, hypot(error.spikes_per_burst, burst_period));
  return error;
}

/* Logarithms of what the networks predict, of a train whose times are divided by the time scale. */
static void logarithms_of(const dicrec_spike_statistics *s, double time_scale, double *logarithms) {
  const double values[DICREC__N_PREDICTED] = {
      [DICREC__ISI_MEAN] = s->isi_mean_ms / time_scale,
      [DICREC__ISI_CV] = fmax(s->isi_cv, DICREC__LEAST_CV),
      [DICREC__ISI_MIN] = s->isi_min_ms / time_scale,
      [DICREC__ISI_MAX] = s->isi_max_ms / time_scale,
      [DICREC__SPIKES_PER_BURST] = s->spikes_per_burst,
      [DICREC__BURST_PERIOD] = 1000.0 / s->burst_hz / time_scale,
      [DICREC__BURST_DURATION] = s->burst_duration_ms / time_scale,
  };
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) logarithms[k] = log(values[k]);
}

void dicrec__screen_init(dicrec__screen *screen, const dicrec_spike_statistics *s, double time_scale) {
  const dicrec__sampling_error error = dicrec__sampling_error_of(s);
  const double errors[DICREC__N_PREDICTED] = {
      [DICREC__ISI_MEAN] = error.rate, [DICREC__SPIKES_PER_BURST] = error.spikes_per_burst};
  const double *own = tolerances[s->activity == DICREC_ACTIVITY_BURSTING ? 1 : 0];
  screen->activity = s->activity;
  logarithms_of(s, time_scale, screen->asked);
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) {
    if (own[k] == 0.0) screen->asked[k] = (double)NAN;
    screen->target[k] = screen->asked[k];
    screen->tolerance[k] = hypot(own[k], errors[k]);
  }
}

void dicrec__bias_add(dicrec__bias *bias, const dicrec__screen *screen, const dicrec__prediction *prediction,
                      const dicrec_spike_statistics *fired, double time_scale) {
  if (fired->activity != screen->activity) return;
  double logarithms[DICREC__N_PREDICTED];
  logarithms_of(fired, time_scale, logarithms);
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) {
    const double error = logarithms[k] - prediction->mean[k];
    if (!isfinite(error)) continue;
    bias->sum[k] += fmin(fmax(error, -largest_bias), largest_bias);
    bias->n[k] += 1.0;
  }
}

void dicrec__screen_shift(dicrec__screen *screen, const dicrec__bias *bias) {
  for (int k = 0; k < DICREC__N_PREDICTED; ++k)
    screen->target[k] = screen->asked[k] - bias->sum[k] / (bias->n[k] + doubted_errors);
}

double dicrec__screen_mismatch(const dicrec__screen *screen, const dicrec__prediction *prediction) {
  double most = 0.0;
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) {
    if (isnan(screen->target[k])) continue;
    const double error = hypot(prediction->mean[k] - screen->target[k], prediction->spread[k]);
    if (!isfinite(error)) return INFINITY; /* numbers of the network overflow */
    most = fmax(most, error / screen->tolerance[k]);
  }
  const double probability = prediction->activity[screen->activity];
  if (isnan(probability)) return INFINITY;
  return most + cost_of_doubt * fmax(0.0, least_probability - probability);
}
