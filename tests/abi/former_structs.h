/* SPDX-License-Identifier: MIT */
/**
 * @file former_structs.h
 * The structs of the public headers as a client of the first 0.1 knew them, which is compiled and stays as it is.
 * Never to be changed; structs of later versions go beside them. What the fields mean is in the public headers.
 */
#ifndef DICREC_TESTS_FORMER_STRUCTS_H
#define DICREC_TESTS_FORMER_STRUCTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct former_context_options {
  uint32_t struct_size;
  uint32_t reserved;
  void *(*allocate)(void *user, size_t size);
  void (*release)(void *user, void *pointer);
  void *allocator_user;
  void (*log)(void *user, int32_t level, const char *message);
  void *log_user;
  int32_t (*progress)(void *user, int64_t done, int64_t total);
  void *progress_user;
} former_context_options;

typedef struct former_estimator_options {
  uint32_t struct_size;
  uint32_t reserved;
  const char *weights_path;
  const void *weights_data;
  uint64_t weights_size;
} former_estimator_options;

typedef struct former_estimate_options {
  uint32_t struct_size;
  int32_t auto_scale;
  double time_scale;
  double support_limit;
  int32_t n_threads;
  uint32_t reserved;
} former_estimate_options;

typedef struct former_generate_options {
  uint32_t struct_size;
  int32_t n_threads;
  uint64_t seed;
  int32_t max_draws;
  int32_t leak_law;
  int32_t channels[2];
  int32_t has_channels;
  int32_t keep_raw;
  const double *ranges;
  uint64_t first_member;
} former_generate_options;

typedef struct former_simulate_options {
  uint32_t struct_size;
  int32_t solver;
  double t_end_ms;
  double t_skip_ms;
  double relative_tolerance;
  double absolute_tolerance;
  double dt_ms;
  double trace_dt_ms;
  double noise_std;
  const double *member_noise_std;
  double current;
  const double *current_times_ms;
  const double *current_values;
  uint64_t n_current;
  double time_scale;
  uint64_t seed;
  int64_t max_spikes;
  int64_t max_steps;
  double max_wall_s;
  int32_t trace;
  int32_t n_threads;
  uint64_t first_member;
  const uint64_t *member_streams;
  uint64_t max_trace_bytes;
} former_simulate_options;

typedef struct former_reconstruct_options {
  uint32_t struct_size;
  int32_t target;
  int32_t verify;
  int32_t max_candidates;
  int32_t screening;
  int32_t max_drawn;
  double rate_tolerance;
  double burst_tolerance;
  const former_estimate_options *estimate;
  const former_generate_options *generate;
  const former_simulate_options *simulate;
  int32_t n_threads;
  int32_t reserved;
  int32_t selection;
  int32_t noise;
  double noise_std;
} former_reconstruct_options;

typedef struct former_reconstruction_report {
  uint32_t struct_size;
  int32_t outcome;
  int32_t activity;
  int32_t screened;
  int32_t verified;
  int32_t target;
  int64_t n_requested;
  int64_t n_found;
  int64_t n_accepted;
  int64_t n_drawn;
  int64_t n_matched;
  int64_t n_simulated;
  double g_s;
  double g_u;
  double support;
  double time_scale;
  double tolerance;
  double spread_kept_min;
  double t_end_ms;
  double t_skip_ms;
  int32_t selection;
  int32_t remarks;
  int64_t n_outside;
  double noise_std;
  double noiseless;
  double drift_p;
  double drift_factor;
  double isi_distance;
  double isi_moved;
} former_reconstruction_report;

typedef struct former_spike_statistics {
  uint32_t struct_size;
  int32_t activity;
  int64_t n_spikes;
  int64_t n_bursts;
  double rate_hz;
  double isi_mean_ms;
  double isi_cv;
  double isi_min_ms;
  double isi_max_ms;
  double spikes_per_burst;
  double burst_hz;
  double burst_duration_ms;
  double spikes_per_burst_sd;
  double burst_period_cv;
} former_spike_statistics;

typedef struct former_spike_stationarity {
  uint32_t struct_size;
  int32_t drifts;
  int32_t change;
  int32_t n_components;
  double p_value;
  double rate_factor;
  double step_ms;
} former_spike_stationarity;

/* clang-format off */
/** Rows X(struct, field) of all fields that are where they were, which is all but those of `channels`. */
#define FORMER_FIELDS(X) \
  X(context_options, struct_size) X(context_options, reserved) X(context_options, allocate) \
  X(context_options, release) X(context_options, allocator_user) X(context_options, log) \
  X(context_options, log_user) X(context_options, progress) X(context_options, progress_user) \
  X(estimator_options, struct_size) X(estimator_options, reserved) X(estimator_options, weights_path) \
  X(estimator_options, weights_data) X(estimator_options, weights_size) X(estimate_options, struct_size) \
  X(estimate_options, auto_scale) X(estimate_options, time_scale) X(estimate_options, support_limit) \
  X(estimate_options, n_threads) X(estimate_options, reserved) X(generate_options, struct_size) \
  X(generate_options, n_threads) X(generate_options, seed) X(generate_options, max_draws) \
  X(generate_options, leak_law) X(generate_options, keep_raw) X(generate_options, ranges) \
  X(generate_options, first_member) X(simulate_options, struct_size) X(simulate_options, solver) \
  X(simulate_options, t_end_ms) X(simulate_options, t_skip_ms) X(simulate_options, relative_tolerance) \
  X(simulate_options, absolute_tolerance) X(simulate_options, dt_ms) X(simulate_options, trace_dt_ms) \
  X(simulate_options, noise_std) X(simulate_options, member_noise_std) X(simulate_options, current) \
  X(simulate_options, current_times_ms) X(simulate_options, current_values) X(simulate_options, n_current) \
  X(simulate_options, time_scale) X(simulate_options, seed) X(simulate_options, max_spikes) \
  X(simulate_options, max_steps) X(simulate_options, max_wall_s) X(simulate_options, trace) \
  X(simulate_options, n_threads) X(simulate_options, first_member) X(simulate_options, member_streams) \
  X(simulate_options, max_trace_bytes) X(reconstruct_options, struct_size) X(reconstruct_options, target) \
  X(reconstruct_options, verify) X(reconstruct_options, max_candidates) X(reconstruct_options, screening) \
  X(reconstruct_options, max_drawn) X(reconstruct_options, rate_tolerance) X(reconstruct_options, burst_tolerance) \
  X(reconstruct_options, estimate) X(reconstruct_options, generate) X(reconstruct_options, simulate) \
  X(reconstruct_options, n_threads) X(reconstruct_options, reserved) X(reconstruct_options, selection) \
  X(reconstruct_options, noise) X(reconstruct_options, noise_std) X(reconstruction_report, struct_size) \
  X(reconstruction_report, outcome) X(reconstruction_report, activity) X(reconstruction_report, screened) \
  X(reconstruction_report, verified) X(reconstruction_report, target) X(reconstruction_report, n_requested) \
  X(reconstruction_report, n_found) X(reconstruction_report, n_accepted) X(reconstruction_report, n_drawn) \
  X(reconstruction_report, n_matched) X(reconstruction_report, n_simulated) X(reconstruction_report, g_s) \
  X(reconstruction_report, g_u) X(reconstruction_report, support) X(reconstruction_report, time_scale) \
  X(reconstruction_report, tolerance) X(reconstruction_report, spread_kept_min) X(reconstruction_report, t_end_ms) \
  X(reconstruction_report, t_skip_ms) X(reconstruction_report, selection) X(reconstruction_report, remarks) \
  X(reconstruction_report, n_outside) X(reconstruction_report, noise_std) X(reconstruction_report, noiseless) \
  X(reconstruction_report, drift_p) X(reconstruction_report, drift_factor) X(reconstruction_report, isi_distance) \
  X(reconstruction_report, isi_moved) X(spike_statistics, struct_size) X(spike_statistics, activity) \
  X(spike_statistics, n_spikes) X(spike_statistics, n_bursts) X(spike_statistics, rate_hz) \
  X(spike_statistics, isi_mean_ms) X(spike_statistics, isi_cv) X(spike_statistics, isi_min_ms) \
  X(spike_statistics, isi_max_ms) X(spike_statistics, spikes_per_burst) X(spike_statistics, burst_hz) \
  X(spike_statistics, burst_duration_ms) X(spike_statistics, spikes_per_burst_sd) X(spike_statistics, burst_period_cv) \
  X(spike_stationarity, struct_size) X(spike_stationarity, drifts) X(spike_stationarity, change) \
  X(spike_stationarity, n_components) X(spike_stationarity, p_value) X(spike_stationarity, rate_factor) \
  X(spike_stationarity, step_ms)
/* clang-format on */

#endif
