/* SPDX-License-Identifier: MIT */
/**
 * @file field_table.h
 * Fields of options and results by their names. Made of the public headers by bindings/api/describe.py.
 */
#ifndef DICREC_FIELD_TABLE_H
#define DICREC_FIELD_TABLE_H

#include <dicrec.h>
#include <stddef.h>

#include "named_fields.h"

/* clang-format off */

static const field_word TIME_WORDS[] = {
    {"ms", 0},
    {"s", 1},
    {0},
};

static const field_word ACTIVITY_WORDS[] = {
    {"silent", 0},
    {"spiking", 1},
    {"bursting", 2},
    {"irregular", 3},
    {0},
};

static const field_word LEAK_WORDS[] = {
    {"gamma", 0},
    {"uniform", 1},
    {"fixed", 2},
    {0},
};

static const field_word SOLVER_WORDS[] = {
    {"auto", 0},
    {"cvode", 1},
    {"ensemble", 2},
    {0},
};

static const field_word TRACE_WORDS[] = {
    {"voltage", 0},
    {"states", 1},
    {"currents", 2},
    {0},
};

static const field_word TARGET_WORDS[] = {
    {"auto", 0},
    {"median", 1},
    {"sample", 2},
    {0},
};

static const field_word SCREENING_WORDS[] = {
    {"auto", 0},
    {"off", 1},
    {"on", 2},
    {0},
};

static const field_word SELECTION_WORDS[] = {
    {"representative", 0},
    {"diverse", 1},
    {0},
};

static const field_word NOISE_WORDS[] = {
    {"auto", 0},
    {"fixed", 1},
    {0},
};

static const field_word OUTCOME_WORDS[] = {
    {"complete", 0},
    {"drawn", 1},
    {"simulated", 2},
    {"given up", 3},
    {"unreachable", 4},
    {"timed out", 5},
    {0},
};

static const named_field SPIKES_OPTIONS[] = {
    {"unit", offsetof(dicrec_spikes_options, unit), FIELD_INT32, TIME_WORDS, 0, 0},
    {"has_window", offsetof(dicrec_spikes_options, has_window), FIELD_INT32, NULL, 0, 0},
    {"start", offsetof(dicrec_spikes_options, start), FIELD_DOUBLE, NULL, 0, 0},
    {"stop", offsetof(dicrec_spikes_options, stop), FIELD_DOUBLE, NULL, 0, 0},
    {"gaps", offsetof(dicrec_spikes_options, gaps), FIELD_DOUBLES, NULL, offsetof(dicrec_spikes_options, n_gaps), 2},
    {"trial_counts", offsetof(dicrec_spikes_options, trial_counts), FIELD_COUNTS, NULL, offsetof(dicrec_spikes_options, n_trials), 1},
    {"trial_windows", offsetof(dicrec_spikes_options, trial_windows), FIELD_DOUBLES, NULL, offsetof(dicrec_spikes_options, n_trials), 2},
    {"origin", offsetof(dicrec_spikes_options, origin), FIELD_INT64, NULL, 0, 0},
    {0},
};

static const named_field SPIKE_STATISTICS[] = {
    {"activity", offsetof(dicrec_spike_statistics, activity), FIELD_INT32, ACTIVITY_WORDS, 0, 0},
    {"n_spikes", offsetof(dicrec_spike_statistics, n_spikes), FIELD_INT64, NULL, 0, 0},
    {"n_bursts", offsetof(dicrec_spike_statistics, n_bursts), FIELD_INT64, NULL, 0, 0},
    {"rate_hz", offsetof(dicrec_spike_statistics, rate_hz), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_mean_ms", offsetof(dicrec_spike_statistics, isi_mean_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_cv", offsetof(dicrec_spike_statistics, isi_cv), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_min_ms", offsetof(dicrec_spike_statistics, isi_min_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_max_ms", offsetof(dicrec_spike_statistics, isi_max_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"spikes_per_burst", offsetof(dicrec_spike_statistics, spikes_per_burst), FIELD_DOUBLE, NULL, 0, 0},
    {"burst_hz", offsetof(dicrec_spike_statistics, burst_hz), FIELD_DOUBLE, NULL, 0, 0},
    {"burst_duration_ms", offsetof(dicrec_spike_statistics, burst_duration_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"spikes_per_burst_sd", offsetof(dicrec_spike_statistics, spikes_per_burst_sd), FIELD_DOUBLE, NULL, 0, 0},
    {"burst_period_cv", offsetof(dicrec_spike_statistics, burst_period_cv), FIELD_DOUBLE, NULL, 0, 0},
    {"n_segments", offsetof(dicrec_spike_statistics, n_segments), FIELD_INT64, NULL, 0, 0},
    {"n_intervals", offsetof(dicrec_spike_statistics, n_intervals), FIELD_INT64, NULL, 0, 0},
    {"observed_ms", offsetof(dicrec_spike_statistics, observed_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"mean_rate_hz", offsetof(dicrec_spike_statistics, mean_rate_hz), FIELD_DOUBLE, NULL, 0, 0},
    {"burst_gap_ms", offsetof(dicrec_spike_statistics, burst_gap_ms), FIELD_DOUBLE, NULL, 0, 0},
    {0},
};

static const named_field ESTIMATOR_OPTIONS[] = {
    {"weights_path", offsetof(dicrec_estimator_options, weights_path), FIELD_TEXT, NULL, 0, 0},
    {0},
};

static const named_field ESTIMATE_OPTIONS[] = {
    {"auto_scale", offsetof(dicrec_estimate_options, auto_scale), FIELD_INT32, NULL, 0, 0},
    {"time_scale", offsetof(dicrec_estimate_options, time_scale), FIELD_DOUBLE, NULL, 0, 0},
    {"support_limit", offsetof(dicrec_estimate_options, support_limit), FIELD_DOUBLE, NULL, 0, 0},
    {"n_threads", offsetof(dicrec_estimate_options, n_threads), FIELD_INT32, NULL, 0, 0},
    {0},
};

static const named_field GENERATE_OPTIONS[] = {
    {"n_threads", offsetof(dicrec_generate_options, n_threads), FIELD_INT32, NULL, 0, 0},
    {"seed", offsetof(dicrec_generate_options, seed), FIELD_UINT64, NULL, 0, 0},
    {"max_draws", offsetof(dicrec_generate_options, max_draws), FIELD_INT32, NULL, 0, 0},
    {"leak_law", offsetof(dicrec_generate_options, leak_law), FIELD_INT32, LEAK_WORDS, 0, 0},
    {"keep_raw", offsetof(dicrec_generate_options, keep_raw), FIELD_INT32, NULL, 0, 0},
    {"first_member", offsetof(dicrec_generate_options, first_member), FIELD_UINT64, NULL, 0, 0},
    {0},
};

static const named_field SIMULATE_OPTIONS[] = {
    {"solver", offsetof(dicrec_simulate_options, solver), FIELD_INT32, SOLVER_WORDS, 0, 0},
    {"t_end_ms", offsetof(dicrec_simulate_options, t_end_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"t_skip_ms", offsetof(dicrec_simulate_options, t_skip_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"relative_tolerance", offsetof(dicrec_simulate_options, relative_tolerance), FIELD_DOUBLE, NULL, 0, 0},
    {"absolute_tolerance", offsetof(dicrec_simulate_options, absolute_tolerance), FIELD_DOUBLE, NULL, 0, 0},
    {"dt_ms", offsetof(dicrec_simulate_options, dt_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"trace_dt_ms", offsetof(dicrec_simulate_options, trace_dt_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"noise_std", offsetof(dicrec_simulate_options, noise_std), FIELD_DOUBLE, NULL, 0, 0},
    {"member_noise_std", offsetof(dicrec_simulate_options, member_noise_std), FIELD_DOUBLES, NULL, 0, 1},
    {"current", offsetof(dicrec_simulate_options, current), FIELD_DOUBLE, NULL, 0, 0},
    {"current_times_ms", offsetof(dicrec_simulate_options, current_times_ms), FIELD_DOUBLES, NULL, offsetof(dicrec_simulate_options, n_current), 1},
    {"current_values", offsetof(dicrec_simulate_options, current_values), FIELD_DOUBLES, NULL, offsetof(dicrec_simulate_options, n_current), 1},
    {"time_scale", offsetof(dicrec_simulate_options, time_scale), FIELD_DOUBLE, NULL, 0, 0},
    {"seed", offsetof(dicrec_simulate_options, seed), FIELD_UINT64, NULL, 0, 0},
    {"max_spikes", offsetof(dicrec_simulate_options, max_spikes), FIELD_INT64, NULL, 0, 0},
    {"max_steps", offsetof(dicrec_simulate_options, max_steps), FIELD_INT64, NULL, 0, 0},
    {"max_wall_s", offsetof(dicrec_simulate_options, max_wall_s), FIELD_DOUBLE, NULL, 0, 0},
    {"trace", offsetof(dicrec_simulate_options, trace), FIELD_INT32, TRACE_WORDS, 0, 0},
    {"n_threads", offsetof(dicrec_simulate_options, n_threads), FIELD_INT32, NULL, 0, 0},
    {"first_member", offsetof(dicrec_simulate_options, first_member), FIELD_UINT64, NULL, 0, 0},
    {"member_streams", offsetof(dicrec_simulate_options, member_streams), FIELD_COUNTS, NULL, 0, 1},
    {"max_trace_bytes", offsetof(dicrec_simulate_options, max_trace_bytes), FIELD_UINT64, NULL, 0, 0},
    {"spike_level_mv", offsetof(dicrec_simulate_options, spike_level_mv), FIELD_DOUBLE, NULL, 0, 0},
    {0},
};

static const named_field RECONSTRUCT_OPTIONS[] = {
    {"target", offsetof(dicrec_reconstruct_options, target), FIELD_INT32, TARGET_WORDS, 0, 0},
    {"verify", offsetof(dicrec_reconstruct_options, verify), FIELD_INT32, NULL, 0, 0},
    {"max_candidates", offsetof(dicrec_reconstruct_options, max_candidates), FIELD_INT32, NULL, 0, 0},
    {"screening", offsetof(dicrec_reconstruct_options, screening), FIELD_INT32, SCREENING_WORDS, 0, 0},
    {"max_drawn", offsetof(dicrec_reconstruct_options, max_drawn), FIELD_INT32, NULL, 0, 0},
    {"rate_tolerance", offsetof(dicrec_reconstruct_options, rate_tolerance), FIELD_DOUBLE, NULL, 0, 0},
    {"burst_tolerance", offsetof(dicrec_reconstruct_options, burst_tolerance), FIELD_DOUBLE, NULL, 0, 0},
    {"n_threads", offsetof(dicrec_reconstruct_options, n_threads), FIELD_INT32, NULL, 0, 0},
    {"selection", offsetof(dicrec_reconstruct_options, selection), FIELD_INT32, SELECTION_WORDS, 0, 0},
    {"noise", offsetof(dicrec_reconstruct_options, noise), FIELD_INT32, NOISE_WORDS, 0, 0},
    {"noise_std", offsetof(dicrec_reconstruct_options, noise_std), FIELD_DOUBLE, NULL, 0, 0},
    {"seed", offsetof(dicrec_reconstruct_options, seed), FIELD_UINT64, NULL, 0, 0},
    {"max_wall_s", offsetof(dicrec_reconstruct_options, max_wall_s), FIELD_DOUBLE, NULL, 0, 0},
    {0},
};

static const named_field RECONSTRUCTION_REPORT[] = {
    {"outcome", offsetof(dicrec_reconstruction_report, outcome), FIELD_INT32, OUTCOME_WORDS, 0, 0},
    {"activity", offsetof(dicrec_reconstruction_report, activity), FIELD_INT32, ACTIVITY_WORDS, 0, 0},
    {"screened", offsetof(dicrec_reconstruction_report, screened), FIELD_INT32, NULL, 0, 0},
    {"verified", offsetof(dicrec_reconstruction_report, verified), FIELD_INT32, NULL, 0, 0},
    {"target", offsetof(dicrec_reconstruction_report, target), FIELD_INT32, TARGET_WORDS, 0, 0},
    {"n_requested", offsetof(dicrec_reconstruction_report, n_requested), FIELD_INT64, NULL, 0, 0},
    {"n_found", offsetof(dicrec_reconstruction_report, n_found), FIELD_INT64, NULL, 0, 0},
    {"n_accepted", offsetof(dicrec_reconstruction_report, n_accepted), FIELD_INT64, NULL, 0, 0},
    {"n_drawn", offsetof(dicrec_reconstruction_report, n_drawn), FIELD_INT64, NULL, 0, 0},
    {"n_matched", offsetof(dicrec_reconstruction_report, n_matched), FIELD_INT64, NULL, 0, 0},
    {"n_simulated", offsetof(dicrec_reconstruction_report, n_simulated), FIELD_INT64, NULL, 0, 0},
    {"g_s", offsetof(dicrec_reconstruction_report, g_s), FIELD_DOUBLE, NULL, 0, 0},
    {"g_u", offsetof(dicrec_reconstruction_report, g_u), FIELD_DOUBLE, NULL, 0, 0},
    {"support", offsetof(dicrec_reconstruction_report, support), FIELD_DOUBLE, NULL, 0, 0},
    {"time_scale", offsetof(dicrec_reconstruction_report, time_scale), FIELD_DOUBLE, NULL, 0, 0},
    {"tolerance", offsetof(dicrec_reconstruction_report, tolerance), FIELD_DOUBLE, NULL, 0, 0},
    {"spread_kept_min", offsetof(dicrec_reconstruction_report, spread_kept_min), FIELD_DOUBLE, NULL, 0, 0},
    {"t_end_ms", offsetof(dicrec_reconstruction_report, t_end_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"t_skip_ms", offsetof(dicrec_reconstruction_report, t_skip_ms), FIELD_DOUBLE, NULL, 0, 0},
    {"selection", offsetof(dicrec_reconstruction_report, selection), FIELD_INT32, SELECTION_WORDS, 0, 0},
    {"remarks", offsetof(dicrec_reconstruction_report, remarks), FIELD_INT32, NULL, 0, 0},
    {"n_outside", offsetof(dicrec_reconstruction_report, n_outside), FIELD_INT64, NULL, 0, 0},
    {"noise_std", offsetof(dicrec_reconstruction_report, noise_std), FIELD_DOUBLE, NULL, 0, 0},
    {"noiseless", offsetof(dicrec_reconstruction_report, noiseless), FIELD_DOUBLE, NULL, 0, 0},
    {"drift_p", offsetof(dicrec_reconstruction_report, drift_p), FIELD_DOUBLE, NULL, 0, 0},
    {"drift_factor", offsetof(dicrec_reconstruction_report, drift_factor), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_distance", offsetof(dicrec_reconstruction_report, isi_distance), FIELD_DOUBLE, NULL, 0, 0},
    {"isi_moved", offsetof(dicrec_reconstruction_report, isi_moved), FIELD_DOUBLE, NULL, 0, 0},
    {0},
};

static const named_struct NAMED_STRUCTS[] = {
    {"spikes_options", SPIKES_OPTIONS},
    {"spike_statistics", SPIKE_STATISTICS},
    {"estimator_options", ESTIMATOR_OPTIONS},
    {"estimate_options", ESTIMATE_OPTIONS},
    {"generate_options", GENERATE_OPTIONS},
    {"simulate_options", SIMULATE_OPTIONS},
    {"reconstruct_options", RECONSTRUCT_OPTIONS},
    {"reconstruction_report", RECONSTRUCTION_REPORT},
    {0},
};
/* clang-format on */

#endif
