/* SPDX-License-Identifier: MIT */
/**
 * @file plot_traces.c
 * Simulates the voltage of the members that a plot shows.
 *
 * The check keeps spikes alone, and its solver has no traces. CVODE fires them a little earlier or later, so that a
 * trace is aligned at the spike of its own that is next to the onset in the check.
 */
#include "plot/plot_traces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BURSTS_SHOWN = 3, INTERVALS_SHOWN = 10, FEWEST_SHOWN = 2 };
static const double LONGEST_MS = 2000; /* but for the fewest; times the time scale */
static const double SAMPLE_MS = 0.1;   /* times the time scale */
static const double LEAD = 0.06;       /* of the window, shown before the spike */
static const double SLACK = 0.2;       /* of the window, for spikes that CVODE fires later */

/* Errors far below what is seen; under noise several times as fast as the default. */
static const double RELATIVE_TOLERANCE = 1e-5, ABSOLUTE_TOLERANCE = 1e-6;

/* What the members are simulated with. */
typedef struct settings {
  double *conductances; /* [n_traces][n_channels] */
  double noise_std[PLOT_TRACE_COUNT];
  uint64_t streams[PLOT_TRACE_COUNT];
  double t_end_ms;
} settings;

/* A few bursts or some intervals, two of them if they are slow, and never more than was checked. */
static double choose_window_ms(const plot_data *data) {
  bool bursts = isfinite(data->burst_gap_ms) && data->burst_hz > 0;
  double period = 1000 / (bursts ? data->burst_hz : data->rate_hz);
  double wanted = (bursts ? BURSTS_SHOWN : INTERVALS_SHOWN) * period;
  double longest = fmax(LONGEST_MS * data->time_scale, FEWEST_SHOWN * period);
  return fmin(fmin(wanted, longest), data->checked_ms);
}

static void choose_members(plot_data *data) {
  for (size_t member = 0; member < data->n_members && data->n_traces < PLOT_TRACE_COUNT; ++member)
    if (data->members[member].is_good && data->members[member].n_times > 0)
      data->traces[data->n_traces++].member = member;
}

static double onset_ms(const plot_data *data, const plot_trace *trace) {
  const plot_member *shown = &data->members[trace->member];
  return shown->times_ms[plot_first_onset(shown->times_ms, shown->n_times, shown->burst_gap_ms)];
}

static void collect_settings(settings *chosen, const plot_data *data, const session *work,
                             const dicrec_population *population) {
  size_t n_channels = data->n_channels, row = n_channels * sizeof *chosen->conductances;
  uint64_t *streams = allocate(data->n_members, sizeof *streams);
  session_require(work, dicrec_population_copy_streams(population, streams, data->n_members), "streams");
  *chosen = (settings){.conductances = allocate(data->n_traces, row)};
  for (size_t i = 0; i < data->n_traces; ++i) {
    size_t member = data->traces[i].member;
    memcpy(chosen->conductances + i * n_channels, data->conductances + member * n_channels, row);
    chosen->noise_std[i] = data->member_noise[member];
    chosen->streams[i] = streams[member];
    chosen->t_end_ms = fmax(chosen->t_end_ms, onset_ms(data, &data->traces[i]) + (1 + SLACK) * data->window_ms);
  }
  free(streams);
}

static dicrec_simulation *simulate(const plot_data *data, const session *work, const settings *chosen, uint64_t seed) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = chosen->t_end_ms;
  options.member_noise_std = chosen->noise_std;
  options.member_streams = chosen->streams;
  options.seed = seed;
  options.time_scale = data->time_scale;
  options.trace_dt_ms = SAMPLE_MS * data->time_scale;
  options.relative_tolerance = RELATIVE_TOLERANCE;
  options.absolute_tolerance = ABSOLUTE_TOLERANCE;
  options.n_threads = work->n_threads;
  dicrec_simulation *simulation;
  session_require(
      work, dicrec_simulate(work->context, work->model, chosen->conductances, data->n_traces, &options, &simulation),
      "traces");
  return simulation;
}

/* The spike next to a time that follows a gap, if there are gaps; the time itself if there is no such spike. */
static double nearest_onset_ms(const double *times, size_t n, double gap, double time_ms) {
  double nearest = INFINITY;
  for (size_t i = 0; i < n; ++i) {
    bool is_onset = isinf(gap) || (i > 0 && times[i] - times[i - 1] > gap);
    if (is_onset && fabs(times[i] - time_ms) < fabs(nearest - time_ms)) nearest = times[i];
  }
  return isinf(nearest) ? time_ms : nearest;
}

/* Where the simulation has the spike that the check has at its onset. */
static double find_onset_ms(const plot_data *data, const session *work, const dicrec_simulation *simulation,
                            size_t index) {
  const plot_trace *trace = &data->traces[index];
  size_t n = dicrec_simulation_spike_count(simulation, index);
  double *times = allocate(n, sizeof *times);
  session_require(work, dicrec_simulation_copy_spikes(simulation, index, times, n), "spikes");
  double onset = nearest_onset_ms(times, n, data->members[trace->member].burst_gap_ms, onset_ms(data, trace));
  free(times);
  return onset;
}

/* Keep the samples of the window alone. */
static void keep_window(plot_data *data, const session *work, const dicrec_simulation *simulation, size_t index) {
  plot_trace *trace = &data->traces[index];
  size_t n = dicrec_simulation_trace_sample_count(simulation, index);
  double *samples = allocate(n, sizeof *samples);
  session_require(work, dicrec_simulation_copy_trace(simulation, index, samples, n), "trace");
  double spike_ms = find_onset_ms(data, work, simulation, index);
  trace->step_ms = SAMPLE_MS * data->time_scale;
  double first = fmax(0, ceil((spike_ms - data->lead_ms) / trace->step_ms));
  double last = fmin((double)n, floor((spike_ms + data->window_ms) / trace->step_ms) + 1);
  trace->start_ms = first * trace->step_ms - spike_ms;
  trace->n_samples = last > first ? (size_t)(last - first) : 0;
  trace->samples = allocate(trace->n_samples, sizeof *trace->samples);
  if (trace->n_samples > 0) memcpy(trace->samples, samples + (size_t)first, trace->n_samples * sizeof *samples);
  free(samples);
}

void plot_traces_collect(plot_data *data, const session *work, uint64_t seed, const dicrec_population *population) {
  settings chosen;
  data->window_ms = choose_window_ms(data);
  data->lead_ms = LEAD * data->window_ms;
  choose_members(data);
  if (data->n_traces == 0) return;
  collect_settings(&chosen, data, work, population);
  dicrec_simulation *simulation = simulate(data, work, &chosen, seed);
  for (size_t i = 0; i < data->n_traces; ++i) keep_window(data, work, simulation, i);
  dicrec_simulation_free(simulation);
  free(chosen.conductances);
}
