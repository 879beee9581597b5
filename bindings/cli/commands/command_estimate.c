/* SPDX-License-Identifier: MIT */
/**
 * @file command_estimate.c
 * dicrec estimate: spike trains to posteriors of their dynamic input conductances.
 */
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "session.h"
#include "tables/spike_file.h"
#include "tables/train_block.h"

#define ONE_MORE(name, value, word, meaning) +1
enum {
  BLOCK_ROWS = 4096,
  N_CLASSES = 0 DICREC_ACTIVITY_LIST(ONE_MORE),
  N_RESULT_CELLS = 10,
  N_DETAIL_CELLS = 8 + N_CLASSES
};

#define RESULT_COLUMNS                           "ID,n_spikes,activity,g_s,g_u,g_s_q05,g_s_q95,g_u_q05,g_u_q95,time_scale,support,status"
#define CLASS_COLUMN(name, value, word, meaning) ",p_" word
#define DETAIL_COLUMNS                           "time_scale_low,time_scale_high" DICREC_ACTIVITY_LIST(CLASS_COLUMN) ",drift_p,drift_factor"
#define NOISE_COLUMNS                            "noise_std,noise_std_q05,noise_std_q95,p_noiseless"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    OPTION_ROW_AUTO_SCALE,
    {.name = "details", .kind = OPTION_FLAG, .help = "more columns: time scales, class probabilities, drift, noise"},
    OPTION_ROW_UNIT,
    OPTION_ROW_WEIGHTS,
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

static void append_posterior(session *work, const dicrec_spikes *spikes, const dicrec_posterior *posterior) {
  double median[2];
  double low[2];
  double high[2];
  session_require(work, dicrec_posterior_quantile(posterior, 0.5, 2, median), "median");
  session_require(work, dicrec_posterior_quantile(posterior, 0.05, 2, low), "quantile");
  session_require(work, dicrec_posterior_quantile(posterior, 0.95, 2, high), "quantile");
  csv_count(&work->table, dicrec_spikes_count(spikes));
  csv_text(&work->table, dicrec_activity_name(dicrec_posterior_activity(posterior)));
  for (size_t i = 0; i < 2; ++i) csv_number(&work->table, median[i]);
  for (size_t i = 0; i < 2; ++i) {
    csv_number(&work->table, low[i]);
    csv_number(&work->table, high[i]);
  }
  csv_number(&work->table, dicrec_posterior_time_scale(posterior));
  csv_number(&work->table, dicrec_posterior_support(posterior));
}

static void append_noise(session *work, const dicrec_posterior *posterior) {
  static const double probabilities[] = {0.5, 0.05, 0.95};
  for (size_t i = 0; i < sizeof probabilities / sizeof *probabilities; ++i) {
    double quantiles[3];
    session_require(work, dicrec_posterior_quantile(posterior, probabilities[i], 3, quantiles), "noise");
    csv_number(&work->table, quantiles[2]);
  }
  csv_number(&work->table, dicrec_posterior_noiseless_probability(posterior));
}

static void append_details(session *work, const dicrec_spikes *spikes, const dicrec_posterior *posterior) {
  double probabilities[N_CLASSES];
  double scales[2];
  dicrec_spike_stationarity stationarity = {.struct_size = sizeof stationarity};
  session_require(work, dicrec_posterior_time_scale_interval(posterior, scales), "time scales");
  session_require(work, dicrec_posterior_class_probabilities(posterior, 4, probabilities), "class probabilities");
  session_require(work, dicrec_spikes_stationarity(spikes, &stationarity), "stationarity");
  for (size_t i = 0; i < 2; ++i) csv_number(&work->table, scales[i]);
  for (size_t i = 0; i < N_CLASSES; ++i) csv_number(&work->table, probabilities[i]);
  csv_number(&work->table, stationarity.p_value);
  csv_number(&work->table, stationarity.rate_factor);
  append_noise(work, posterior);
}

/* An estimate command at work. */
typedef struct estimate_job {
  session work;
  spike_file file;
  dicrec_estimator *estimator;
  dicrec_estimate_options options;
  bool has_details;
} estimate_job;

static void append_row(estimate_job *job, const train_block *block, size_t i, const dicrec_posterior *posterior,
                       dicrec_status status) {
  session *work = &job->work;
  csv_text(&work->table, spike_file_id(&job->file, block->first + i));
  const dicrec_spikes *spikes = posterior == NULL ? NULL : block->trains[block->positions[i]];
  if (posterior == NULL) csv_empty(&work->table, N_RESULT_CELLS);
  else append_posterior(work, spikes, posterior);
  session_status_cell(work, status, block->problems[i].bytes);
  if (job->has_details && posterior == NULL) csv_empty(&work->table, N_DETAIL_CELLS);
  else if (job->has_details) append_details(work, spikes, posterior);
  csv_end_row(&work->table);
}

static void estimate_block(estimate_job *job, const train_block *block) {
  session *work = &job->work;
  dicrec_posterior **posteriors = allocate(block->n_trains, sizeof(dicrec_posterior *));
  dicrec_status *statuses = allocate(block->n_trains, sizeof *statuses);
  session_require(work,
                  dicrec_estimate_many(work->context, job->estimator, train_block_trains(block), block->n_trains,
                                       &job->options, posteriors, statuses),
                  "stopped");
  for (size_t i = 0; i < block->n; ++i) {
    size_t position = block->positions[i];
    bool has_train = position != NO_TRAIN;
    append_row(job, block, i, has_train ? posteriors[position] : NULL,
               has_train ? statuses[position] : block->status[i]);
  }
  for (size_t i = 0; i < block->n_trains; ++i) dicrec_posterior_free(posteriors[i]);
  free(statuses);
  free(posteriors);
}

static int run(const arguments *given) {
  estimate_job job = {.has_details = argument_given(given, "details")};
  train_block block = {0};
  session_open(&job.work, given);
  job.estimator = session_open_estimator(&job.work);
  session_estimate_options(&job.work, &job.options);
  job.options.n_threads = job.work.n_threads;
  spike_file_read(&job.file, &job.work);
  text_buffer_format(&job.work.table,
                     job.has_details ? RESULT_COLUMNS "," DETAIL_COLUMNS "," NOISE_COLUMNS "\n" : RESULT_COLUMNS "\n");
  while (train_block_next(&block, &job.file, &job.work, BLOCK_ROWS)) estimate_block(&job, &block);
  int exit_status = session_finish(&job.work, NULL, NULL);
  spike_file_free(&job.file);
  dicrec_estimator_free(job.estimator);
  return exit_status;
}

const command_spec command_estimate = {
    .name = "estimate",
    .operand = "SPIKES",
    .summary = "Read the slow and the ultraslow dynamic input conductance of neurons from their spikes.",
    .details =
        "In:  ID,spiking_times, such as 1,\"[12.3, 45.6]\", and maybe start,stop, when it was observed, in the unit "
        "of\n"
        "     the spikes; other columns are ignored.\n"
        "Out: " RESULT_COLUMNS ";\n"
        "     g_s and g_u are medians of the posterior, q05 and q95 its 5 % and 95 % quantiles. With --details also\n"
        "     " DETAIL_COLUMNS ",\n"
        "     " NOISE_COLUMNS ";\n"
        "     low and high bound the time scales that fit; p_... are probabilities of what the neuron does by itself,\n"
        "     without noise; drift_p is the probability of as large a change of the rate in a train that does not\n"
        "     drift, drift_factor the change, late over early. noise_std is the standard deviation of the noise\n"
        "     current in uA/cm2, as 'simulate' has it, p_noiseless the probability that there is none.\n"
        "Exit status: 0; 1 if a row failed (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
