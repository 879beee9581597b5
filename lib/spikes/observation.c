/* SPDX-License-Identifier: MIT */
#include "spikes/observation.h"

#include <math.h>
#include <stdio.h>

#include "core/context.h"
#include "core/limits.h"
#include "core/options.h"
#include "spikes/spikes.h"

void dicrec_spikes_options_init(dicrec_spikes_options *options, size_t size) {
  dicrec_spikes_options unset = {.struct_size = sizeof unset};
  dicrec__limits_init(DICREC__spikes, &unset);
  dicrec__options_init(options, size, &unset, sizeof unset);
}

/* Both ends of a window or gap are times, and it ends after it starts. */
static dicrec_status check_stretch(dicrec_context *context, const dicrec__observation *o, const char *what,
                                   const double stretch[2]) {
  for (int i = 0; i < 2; ++i)
    if (!isfinite(stretch[i]) || fabs(stretch[i]) > o->latest)
      return dicrec__fail(context, DICREC_E_RANGE, "%s is %.10g to %.10g %s, allowed are times from %g to %g %s", what,
                          stretch[0], stretch[1], o->unit, -o->latest, o->latest, o->unit);
  if (stretch[0] < stretch[1]) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "%s is %.10g to %.10g %s, allowed is an end after its start", what,
                      stretch[0], stretch[1], o->unit);
}

static dicrec_status check_window(dicrec_context *context, const dicrec__observation *o) {
  const dicrec_spikes_options *options = &o->options;
  if (options->has_window == 1)
    return check_stretch(context, o, "the window", (const double[]){options->start, options->stop});
  if (!isfinite(options->start) || !isfinite(options->stop) || options->start != 0.0 || options->stop != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT,
                        "start is %g and stop is %g, but has_window is 0; allowed is 0 and 0, or has_window 1",
                        options->start, options->stop);
  return DICREC_OK;
}

static dicrec_status check_gaps(dicrec_context *context, const dicrec__observation *o) {
  const double *gaps = o->options.gaps;
  if (gaps == NULL && o->n_gaps > 0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "gaps is NULL, but n_gaps is %zu", o->n_gaps);
  for (size_t i = 0; i < o->n_gaps; ++i) {
    char what[DICREC__TRIAL_NAME];
    snprintf(what, sizeof what, "gap %zu of %zu", i + 1, o->n_gaps);
    const dicrec_status status = check_stretch(context, o, what, gaps + 2 * i);
    if (status != DICREC_OK) return status;
    if (i > 0 && gaps[2 * i] < gaps[2 * i - 1])
      return dicrec__fail(context, DICREC_E_RANGE,
                          "%s starts at %.10g %s, before the end of the gap before it (%.10g %s)", what, gaps[2 * i],
                          o->unit, gaps[2 * i - 1], o->unit);
  }
  return DICREC_OK;
}

static dicrec_status check_counts(dicrec_context *context, const dicrec__observation *o, size_t n) {
  const uint64_t *counts = o->options.trial_counts;
  uint64_t left = n;
  for (size_t i = 0; i < o->options.n_trials; ++i) {
    if (counts[i] > left)
      return dicrec__fail(context, DICREC_E_ARGUMENT,
                          "trial_counts add up to more than the %zu spikes at trial %zu of %zu", n, i + 1, o->n_trials);
    left -= counts[i];
  }
  if (left == 0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT,
                      "trial_counts of %zu trials add up to %zu, allowed is %zu, the spikes", o->n_trials,
                      n - (size_t)left, n);
}

static dicrec_status check_trials(dicrec_context *context, const dicrec__observation *o, size_t n) {
  const dicrec_spikes_options *options = &o->options;
  if (options->n_trials == 0) {
    if (options->trial_counts == NULL && options->trial_windows == NULL) return DICREC_OK;
    return dicrec__fail(context, DICREC_E_ARGUMENT, "n_trials is 0, but trial_counts or trial_windows is given");
  }
  if (options->trial_counts == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "trial_counts is NULL, but n_trials is %zu", o->n_trials);
  if (options->trial_windows != NULL && options->has_window == 1)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "trial_windows is given, and has_window is 1 instead of 0");
  for (size_t i = 0; i < o->n_trials && options->trial_windows != NULL; ++i) {
    char what[DICREC__TRIAL_NAME];
    snprintf(what, sizeof what, "the window of trial %zu", i + 1);
    const dicrec_status status = check_stretch(context, o, what, options->trial_windows + 2 * i);
    if (status != DICREC_OK) return status;
  }
  return check_counts(context, o, n);
}

static dicrec_status check_sizes(dicrec_context *context, const dicrec_spikes_options *options) {
  if (options->n_gaps < SIZE_MAX && options->n_trials <= SIZE_MAX / ((size_t)options->n_gaps + 1)) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT, "%llu trials with %llu gaps are more than memory has",
                      (unsigned long long)options->n_trials, (unsigned long long)options->n_gaps);
}

/* What follows from options that are checked. */
static void conclude(dicrec__observation *o, size_t n) {
  const bool has_windows = o->options.has_window == 1 || o->options.trial_windows != NULL;
  o->is_plain = !has_windows && o->n_gaps == 0 && o->options.n_trials == 0;
  o->n_segments = o->n_trials * (o->n_gaps + 1);
  for (size_t i = 0; i < o->n_trials && !has_windows; ++i) o->n_unbounded += dicrec__trial_size(o, i, n) > 0;
}

dicrec_status dicrec__observation_read(dicrec_context *context, const dicrec_spikes_options *options, size_t n,
                                       dicrec__observation *o) {
  *o = (dicrec__observation){0};
  dicrec_spikes_options_init(&o->options, sizeof o->options);
  dicrec_status status =
      dicrec__options_read(context, "dicrec_spikes_options", options, &o->options, sizeof o->options);
  if (status == DICREC_OK) status = dicrec__limits_apply(context, DICREC__spikes, &o->options);
  if (status != DICREC_OK) return status;
  if (o->options.reserved != 0)
    return dicrec__fail(context, DICREC_E_OPTION, "dicrec_spikes_options.reserved is not 0");
  const bool is_in_s = o->options.unit == DICREC_TIME_S;
  o->unit = is_in_s ? "s" : "ms";
  o->unit_ms = is_in_s ? 1000.0 : 1.0;
  o->latest = is_in_s ? 1e-3 * DICREC__LATEST_MS : DICREC__LATEST_MS;
  status = check_sizes(context, &o->options);
  o->n_gaps = (size_t)o->options.n_gaps;
  o->n_trials = o->options.n_trials > 0 ? (size_t)o->options.n_trials : 1;
  if (status == DICREC_OK) status = check_window(context, o);
  if (status == DICREC_OK) status = check_gaps(context, o);
  if (status == DICREC_OK) status = check_trials(context, o, n);
  if (status == DICREC_OK) conclude(o, n);
  return status;
}

size_t dicrec__trial_size(const dicrec__observation *o, size_t trial, size_t n) {
  return o->options.n_trials > 0 ? (size_t)o->options.trial_counts[trial] : n;
}

void dicrec__trial_name(const dicrec__observation *o, size_t trial, char name[DICREC__TRIAL_NAME]) {
  name[0] = '\0';
  if (o->options.n_trials > 0) snprintf(name, DICREC__TRIAL_NAME, "trial %zu: ", trial + 1);
}

/** One trial that is being divided. */
struct trial {
  size_t index, first, n; /**< its spikes */
  double start_ms, stop_ms;
};

static void find_window(const dicrec__observation *o, const double *times_ms, struct trial *trial) {
  const dicrec_spikes_options *options = &o->options;
  if (options->trial_windows != NULL) {
    trial->start_ms = options->trial_windows[2 * trial->index] * o->unit_ms;
    trial->stop_ms = options->trial_windows[2 * trial->index + 1] * o->unit_ms;
  } else if (options->has_window == 1) {
    trial->start_ms = options->start * o->unit_ms;
    trial->stop_ms = options->stop * o->unit_ms;
  } else if (trial->n > 0) {
    trial->start_ms = times_ms[trial->first];
    trial->stop_ms = times_ms[trial->first + trial->n - 1];
  }
}

/* Gaps are in order: those at the ends decide whether all are inside the window. */
static dicrec_status check_inside(dicrec_context *context, const dicrec__observation *o, const struct trial *trial) {
  if (o->n_gaps == 0) return DICREC_OK;
  const double first_ms = o->options.gaps[0] * o->unit_ms, last_ms = o->options.gaps[2 * o->n_gaps - 1] * o->unit_ms;
  const bool is_first = first_ms < trial->start_ms - o->slack_ms;
  if (!is_first && last_ms <= trial->stop_ms + o->slack_ms) return DICREC_OK;
  const size_t i = is_first ? 0 : o->n_gaps - 1;
  char name[DICREC__TRIAL_NAME];
  dicrec__trial_name(o, trial->index, name);
  return dicrec__fail(
      context, DICREC_E_RANGE,
      "%sgap %zu of %zu is %.10g to %.10g %s, allowed is what lies inside the window, %.10g to %.10g %s", name, i + 1,
      o->n_gaps, o->options.gaps[2 * i], o->options.gaps[2 * i + 1], o->unit, trial->start_ms / o->unit_ms,
      trial->stop_ms / o->unit_ms, o->unit);
}

static dicrec_status refuse_spike(dicrec_context *context, const dicrec__observation *o, const struct trial *trial,
                                  size_t spike, double time_ms, size_t gap) {
  const bool is_in_gap = gap > 0 && gap <= o->n_gaps;
  const double *stretch = is_in_gap ? o->options.gaps + 2 * (gap - 1) : NULL;
  char name[DICREC__TRIAL_NAME];
  dicrec__trial_name(o, trial->index, name);
  return dicrec__fail(context, DICREC_E_SPIKES, "%sspike %zu of %zu is at %.10g %s, %s %.10g to %.10g %s", name,
                      spike + 1, trial->n, time_ms / o->unit_ms, o->unit,
                      is_in_gap ? "in the gap" : "outside the window,",
                      is_in_gap ? stretch[0] : trial->start_ms / o->unit_ms,
                      is_in_gap ? stretch[1] : trial->stop_ms / o->unit_ms, o->unit);
}

/* A spike at the edge of a gap is not in it. */
static dicrec_status divide_trial(dicrec_context *context, const dicrec__observation *o, const struct trial *trial,
                                  const double *times_ms, dicrec__segment *segments) {
  const double *times = times_ms + trial->first;
  size_t i = 0;
  for (size_t k = 0; k <= o->n_gaps; ++k) {
    dicrec__segment *segment = &segments[k];
    segment->start_ms = k == 0 ? trial->start_ms : o->options.gaps[2 * k - 1] * o->unit_ms;
    segment->stop_ms = k == o->n_gaps ? trial->stop_ms : o->options.gaps[2 * k] * o->unit_ms;
    segment->first = trial->first + i;
    if (i < trial->n && times[i] < segment->start_ms - o->slack_ms)
      return refuse_spike(context, o, trial, i, times[i], k);
    while (i < trial->n && times[i] <= segment->stop_ms + o->slack_ms) ++i;
    segment->n = trial->first + i - segment->first;
  }
  return i == trial->n ? DICREC_OK : refuse_spike(context, o, trial, i, times[i], o->n_gaps + 1);
}

dicrec_status dicrec__observation_divide(dicrec_context *context, const dicrec__observation *o, const double *times_ms,
                                         size_t n, dicrec__segment *segments) {
  struct trial trial = {0};
  for (size_t i = 0; i < o->n_trials; ++i) {
    trial = (struct trial){.index = i, .first = trial.first + trial.n, .n = dicrec__trial_size(o, i, n)};
    find_window(o, times_ms, &trial);
    dicrec_status status = check_inside(context, o, &trial);
    if (status == DICREC_OK) status = divide_trial(context, o, &trial, times_ms, segments + i * (o->n_gaps + 1));
    if (status != DICREC_OK) return status;
  }
  return DICREC_OK;
}
