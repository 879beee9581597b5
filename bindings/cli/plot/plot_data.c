/* SPDX-License-Identifier: MIT */
/**
 * @file plot_data.c
 * Copies what a plot shows out of the library.
 */
#include "plot/plot_data.h"

#include <math.h>
#include <stdlib.h>

/* The interval above which a burst ends; nothing ends what is no burst. */
static double burst_gap_ms(const dicrec_spike_statistics *statistics) {
  return isnan(statistics->burst_gap_ms) ? INFINITY : statistics->burst_gap_ms;
}

static void collect_input(plot_data *data, const session *work, const dicrec_spikes *spikes) {
  dicrec_spike_statistics statistics = {.struct_size = sizeof statistics};
  session_require(work, dicrec_spikes_statistics(spikes, &statistics), "statistics");
  data->rate_hz = statistics.rate_hz;
  data->burst_gap_ms = burst_gap_ms(&statistics);
  data->burst_hz = statistics.burst_hz;
  data->n_input = dicrec_spikes_count(spikes);
  data->input_ms = allocate(data->n_input, sizeof *data->input_ms);
  session_require(work, dicrec_spikes_copy_times(spikes, data->input_ms, data->n_input), "spikes");
}

static void collect_member(plot_data *data, const session *work, const dicrec_reconstruction *found, size_t member) {
  plot_member *drawn = &data->members[member];
  drawn->is_good = dicrec_population_status(dicrec_reconstruction_population(found), member) >= 0;
  if (!drawn->is_good) return;
  ++data->n_good;
  dicrec_spike_statistics statistics = {.struct_size = sizeof statistics};
  session_require(work, dicrec_reconstruction_statistics(found, member, &statistics), "statistics");
  drawn->is_accepted = dicrec_reconstruction_accepted(found, member) != 0;
  drawn->burst_gap_ms = burst_gap_ms(&statistics);
  drawn->n_times = dicrec_reconstruction_spike_count(found, member);
  drawn->times_ms = allocate(drawn->n_times, sizeof *drawn->times_ms);
  session_require(work, dicrec_reconstruction_copy_spikes(found, member, drawn->times_ms, drawn->n_times), "spikes");
}

static void collect_conductances(plot_data *data, const session *work, const dicrec_population *population) {
  data->n_channels = dicrec_population_channel_count(population);
  data->channel_names = allocate(data->n_channels, sizeof *data->channel_names);
  for (size_t i = 0; i < data->n_channels; ++i) data->channel_names[i] = dicrec_model_channel_name(work->model, i);
  size_t n = data->n_members * data->n_channels;
  data->conductances = allocate(n, sizeof *data->conductances);
  session_require(work, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, data->conductances, n),
                  "population");
  data->dics = allocate(data->n_members, DICREC_DIC_COUNT * sizeof *data->dics);
  session_require(
      work, dicrec_population_copy_dics(population, DICREC_DIC_COUNT, data->dics, data->n_members * DICREC_DIC_COUNT),
      "population");
}

static void collect_noise(plot_data *data, const session *work, const dicrec_population *population) {
  data->member_noise = allocate(data->n_members, sizeof *data->member_noise);
  session_require(work, dicrec_population_copy_noise_std(population, data->member_noise, data->n_members), "noise");
  data->has_noise = data->noise_std > 0;
  for (size_t member = 0; member < data->n_members; ++member)
    if (data->members[member].is_good && data->member_noise[member] > 0) data->has_noise = true;
}

static void collect_spread_kept(plot_data *data, const session *work, const dicrec_reconstruction *found) {
  data->spread_kept = allocate(data->n_channels, sizeof *data->spread_kept);
  session_require(work, dicrec_reconstruction_copy_spread_kept(found, data->spread_kept, data->n_channels), "spread");
  double *low = data->band_low = allocate(data->n_channels, sizeof *low);
  double *high = data->band_high = allocate(data->n_channels, sizeof *high);
  session_require(work, dicrec_reconstruction_copy_candidate_moments(found, low, high, data->n_channels), "candidates");
  for (size_t channel = 0; channel < data->n_channels; ++channel) {
    double mean = low[channel], deviation = high[channel];
    low[channel] = fmax(mean - deviation, 0);
    high[channel] = mean + deviation;
    if (isnan(deviation)) low[channel] = NAN;
  }
}

static void collect_posterior(plot_data *data, const session *work, const dicrec_posterior *posterior) {
  data->time_scale = dicrec_posterior_time_scale(posterior);
  session_require(work, dicrec_posterior_quantile(posterior, 0.5, 2, data->median), "median");
  session_require(work, dicrec_posterior_quantile(posterior, 0.05, 2, data->low), "quantile");
  session_require(work, dicrec_posterior_quantile(posterior, 0.95, 2, data->high), "quantile");
  session_require(work, dicrec_posterior_sample(posterior, 1, PLOT_SAMPLE_COUNT, 2, data->samples[0]), "sample");
  session_require(work, dicrec_model_target_range(work->model, 0, data->slow_range), "range");
  session_require(work, dicrec_model_target_range(work->model, 1, data->ultraslow_range), "range");
}

static void collect_report(plot_data *data, const dicrec_reconstruction_report *report) {
  data->n_accepted = (size_t)report->n_accepted;
  data->spread_kept_min = report->spread_kept_min;
  data->support = report->support;
  data->remarks = report->remarks;
  data->noise_std = report->noise_std;
  data->isi_distance = report->isi_distance;
  data->target = report->target;
  data->checked_ms = report->t_end_ms;
}

void plot_data_collect(plot_data *data, const session *work, const char *id, const dicrec_spikes *spikes,
                       const dicrec_reconstruct_options *options, const dicrec_reconstruction *found) {
  const dicrec_population *population = dicrec_reconstruction_population(found);
  *data = (plot_data){.model_name = dicrec_model_name(work->model), .id = id};
  data->n_members = dicrec_population_member_count(population);
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  session_require(work, dicrec_reconstruction_copy_report(found, &report), "report");
  collect_report(data, &report);
  data->members = allocate(data->n_members, sizeof *data->members);
  collect_input(data, work, spikes);
  for (size_t member = 0; member < data->n_members; ++member) collect_member(data, work, found, member);
  collect_conductances(data, work, population);
  data->noise_is_fixed = options->noise == DICREC_NOISE_FIXED;
  collect_noise(data, work, population);
  collect_spread_kept(data, work, found);
  collect_posterior(data, work, dicrec_reconstruction_posterior(found));
}

size_t plot_first_onset(const double *times, size_t n, double gap) {
  for (size_t i = 1; i + PLOT_MIN_SPIKES < n; ++i)
    if (times[i] - times[i - 1] > gap) return i;
  return 0;
}

double plot_data_dic(const plot_data *data, size_t member, int dic) {
  return data->dics[member * DICREC_DIC_COUNT + (dic == 0 ? DICREC_DIC_SLOW : DICREC_DIC_ULTRASLOW)];
}

void plot_data_free(plot_data *data) {
  for (size_t member = 0; member < data->n_members; ++member) free(data->members[member].times_ms);
  for (size_t i = 0; i < data->n_traces; ++i) free(data->traces[i].samples);
  free(data->members);
  free(data->input_ms);
  free(data->channel_names);
  free(data->conductances);
  free(data->dics);
  free(data->member_noise);
  free(data->spread_kept);
  free(data->band_low);
  free(data->band_high);
  *data = (plot_data){0};
}
