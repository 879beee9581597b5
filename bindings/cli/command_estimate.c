/* SPDX-License-Identifier: MIT */
/**
 * @file command_estimate.c
 * dicrec estimate: spike trains to posteriors of their dynamic input conductances.
 */
#include "commands.h"
#include "session.h"
#include "spike_file.h"

enum { DIGITS = 10, N_CLASSES = 4, N_RESULT_CELLS = 10, N_DETAIL_CELLS = 2 + N_CLASSES };

#define RESULT_COLUMNS "ID,n_spikes,activity,g_s,g_u,g_s_q05,g_s_q95,g_u_q05,g_u_q95,time_scale,support,status"
#define DETAIL_COLUMNS "time_scale_low,time_scale_high,p_silent,p_spiking,p_bursting,p_irregular"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    OPTION_ROW_AUTO_SCALE,
    {.name = "details", .kind = OPTION_FLAG, .help = "more columns: time scales that fit, probabilities of classes"},
    OPTION_ROW_UNIT,
    OPTION_ROW_WEIGHTS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

static const char *activity_name(int32_t activity) {
  switch (activity) {
  case DICREC_ACTIVITY_SPIKING:
    return "spiking";
  case DICREC_ACTIVITY_BURSTING:
    return "bursting";
  default:
    return "silent";
  }
}

static void append_posterior(session *work, const dicrec_spikes *spikes, const dicrec_posterior *posterior) {
  double median[2];
  double low[2];
  double high[2];
  session_require(work, dicrec_posterior_quantile(posterior, 0.5, median), "median");
  session_require(work, dicrec_posterior_quantile(posterior, 0.05, low), "quantile");
  session_require(work, dicrec_posterior_quantile(posterior, 0.95, high), "quantile");
  csv_count(&work->table, dicrec_spikes_count(spikes));
  csv_text(&work->table, activity_name(dicrec_posterior_activity(posterior)));
  for (size_t i = 0; i < 2; ++i) csv_number(&work->table, median[i], DIGITS);
  for (size_t i = 0; i < 2; ++i) {
    csv_number(&work->table, low[i], DIGITS);
    csv_number(&work->table, high[i], DIGITS);
  }
  csv_number(&work->table, dicrec_posterior_time_scale(posterior), DIGITS);
  csv_number(&work->table, dicrec_posterior_support(posterior), DIGITS);
}

static void append_details(session *work, const dicrec_posterior *posterior) {
  double probabilities[N_CLASSES];
  double scales[2];
  session_require(work, dicrec_posterior_time_scale_interval(posterior, scales), "time scales");
  session_require(work, dicrec_posterior_class_probabilities(posterior, probabilities), "class probabilities");
  for (size_t i = 0; i < 2; ++i) csv_number(&work->table, scales[i], DIGITS);
  for (size_t i = 0; i < N_CLASSES; ++i) csv_number(&work->table, probabilities[i], DIGITS);
}

static void estimate_row(session *work, const dicrec_estimator *estimator, spike_file *file, size_t row,
                         bool has_details) {
  dicrec_estimate_options options;
  session_estimate_options(work, &options);
  dicrec_spikes *spikes = NULL;
  dicrec_posterior *posterior = NULL;
  text_buffer problem = {0};
  dicrec_status status = spike_file_train(file, row, work->context, &spikes, &problem);
  if (status >= 0) {
    status = dicrec_estimator_run(work->context, estimator, spikes, &options, &posterior);
    if (status < 0) append_context_error(&problem, work->context);
  }
  session_require_row(work, status);
  csv_text(&work->table, spike_file_id(file, row));
  if (status < 0) csv_empty(&work->table, N_RESULT_CELLS);
  else append_posterior(work, spikes, posterior);
  session_status_cell(work, status, problem.bytes);
  if (has_details && status < 0) csv_empty(&work->table, N_DETAIL_CELLS);
  else if (has_details) append_details(work, posterior);
  csv_end_row(&work->table);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
  text_buffer_free(&problem);
}

static int run(const arguments *given) {
  session work;
  session_open(&work, given);
  dicrec_estimator *estimator = session_open_estimator(&work);
  spike_file file;
  spike_file_read(&file, &work);
  const bool has_details = argument_given(given, "details");
  text_buffer_format(&work.table, has_details ? RESULT_COLUMNS "," DETAIL_COLUMNS "\n" : RESULT_COLUMNS "\n");
  session_begin_work();
  for (size_t row = 0; row < file.table.n_rows; ++row) {
    progress_bar_piece(&work.progress, row, file.table.n_rows);
    estimate_row(&work, estimator, &file, row, has_details);
  }
  spike_file_check_unit(&file, &work);
  int exit_status = session_finish(&work, NULL, NULL);
  spike_file_free(&file);
  dicrec_estimator_free(estimator);
  return exit_status;
}

const command_spec command_estimate = {
    .name = "estimate",
    .operand = "SPIKES",
    .summary = "Read the slow and the ultraslow dynamic input conductance of neurons from their spikes.",
    .details =
        "In:  ID,spiking_times, such as 1,\"[12.3, 45.6]\"; other columns are ignored.\n"
        "Out: " RESULT_COLUMNS ";\n"
        "     g_s and g_u are medians of the posterior, q05 and q95 its 5 % and 95 % quantiles. With --details also\n"
        "     " DETAIL_COLUMNS ";\n"
        "     low and high bound the time scales that fit; p_... are probabilities of what the neuron does by itself,\n"
        "     without noise.\n"
        "Exit status: 0; 1 if a row failed (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
