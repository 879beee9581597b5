/* SPDX-License-Identifier: MIT */
/**
 * @file command_reconstruct.c
 * dicrec reconstruct: spike trains to degenerate populations.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "plot/plot.h"
#include "plot/plot_data.h"
#include "plot/plot_traces.h"
#include "tables/member_rows.h"
#include "tables/report_rows.h"
#include "tables/spike_file.h"
#include "tables/train_block.h"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    OPTION_ROW_MEMBERS("members of each population"),
    OPTION_ROW_SEED("seed; a train's members depend on it and on the train, not on the other rows"),
    {.name = "target",
     .kind = OPTION_CHOICE,
     .value = "T",
     .fallback = "auto",
     .words = "auto|median|sample",
     .help =
         "DICs of the members: the posterior's median for all, or a draw from it for each; auto: draws if screened"},
    OPTION_ROW_AUTO_SCALE,
    {.name = "screening",
     .kind = OPTION_CHOICE,
     .value = "S",
     .fallback = "on",
     .words = "on|off",
     .help = "candidates are screened by what a forward network predicts that they fire"},
    {.name = "max-drawn",
     .kind = OPTION_COUNT,
     .value = "N",
     .fallback = "64",
     .least = 1,
     .most = 100000,
     .help = "screening: candidates to draw for each member, until the search ends"},
    {.name = "selection",
     .kind = OPTION_CHOICE,
     .value = "S",
     .fallback = "representative",
     .words = "representative|diverse",
     .help = "which of the candidates that match become members: as they are drawn, a sample of what the spikes leave "
             "open, or of four times as many those that are farthest from each other"},
    {.name = "noise",
     .kind = OPTION_NUMBER,
     .value = "X",
     .fallback = "auto",
     .words = "auto|off",
     .lowest = 0,
     .highest = 1e6,
     .help =
         "noise current of the members, standard deviation in uA/cm2 as 'simulate' has it; auto: each member's own, "
         "drawn from the posterior with its DICs, maybe none; off: none"},
    {.name = "verify",
     .kind = OPTION_FLAG,
     .help = "simulate candidates, keep those that fire like the input; adds columns"},
    {.name = "max-candidates",
     .kind = OPTION_COUNT,
     .value = "N",
     .fallback = "50",
     .least = 1,
     .most = 10000,
     .help = "--verify: candidates to simulate for each member, until the search ends"},
    {.name = "rate-tolerance",
     .kind = OPTION_NUMBER,
     .traits = OPTION_ABOVE,
     .value = "X",
     .fallback = "0.015",
     .lowest = 0,
     .highest = 1000,
     .help = "--verify: relative difference of the mean rate that is accepted"},
    {.name = "burst-tolerance",
     .kind = OPTION_NUMBER,
     .traits = OPTION_ABOVE,
     .value = "X",
     .fallback = "0.5",
     .lowest = 0,
     .highest = 1000,
     .help = "--verify: difference in spikes per burst that is accepted"},
    {.name = "report",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "write one row per train there: how the search ended, how much of the spread was kept, the noise, and "
             "what to know before the members are believed"},
    {.name = "plot",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "draw one train and its population (.svg, .pdf or .png); implies --verify"},
    {.name = "plot-id", .kind = OPTION_TEXT, .value = "ID", .help = "the train to draw, instead of the first"},
    OPTION_ROW_UNIT,
    OPTION_ROW_WEIGHTS,
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

enum { BLOCK_MEMBERS = 1 << 14, MIN_BLOCK_ROWS = 16 };

/* A reconstruct command at work. */
typedef struct job {
  session work;
  spike_file file;
  dicrec_estimator *estimator;
  dicrec_estimate_options estimate;
  dicrec_generate_options population;
  dicrec_simulate_options simulate;
  dicrec_reconstruct_options options;
  size_t plot_row; /* the row to draw; n_rows: none */
  text_buffer drawing, report;
} job;

/* "off" is a fixed noise of 0. */
static void set_noise(dicrec_reconstruct_options *options, const arguments *given) {
  double noise_std = argument_number(given, "noise"); /* NaN for a word */
  bool is_auto = argument_choice(given, "noise") == 0;
  options->noise = is_auto ? DICREC_NOISE_AUTO : DICREC_NOISE_FIXED;
  options->noise_std = isnan(noise_std) ? 0 : noise_std;
}

static void set_options(job *todo, const arguments *given) {
  session_estimate_options(&todo->work, &todo->estimate);
  dicrec_generate_options_init(&todo->population, sizeof todo->population);
  todo->population.seed = argument_count(given, "seed");
  dicrec_simulate_options_init(&todo->simulate, sizeof todo->simulate);
  todo->simulate.seed = todo->population.seed;
  dicrec_reconstruct_options_init(&todo->options, sizeof todo->options);
  todo->options.target = argument_choice(given, "target");
  todo->options.verify = argument_given(given, "verify") || argument_given(given, "plot");
  todo->options.screening = argument_choice(given, "screening") == 1 ? DICREC_SCREENING_OFF : DICREC_SCREENING_AUTO;
  todo->options.max_drawn = (int32_t)argument_count(given, "max-drawn");
  todo->options.max_candidates = (int32_t)argument_count(given, "max-candidates");
  todo->options.rate_tolerance = argument_number(given, "rate-tolerance");
  todo->options.burst_tolerance = argument_number(given, "burst-tolerance");
  todo->options.selection =
      argument_choice(given, "selection") == 1 ? DICREC_SELECTION_DIVERSE : DICREC_SELECTION_REPRESENTATIVE;
  set_noise(&todo->options, given);
  todo->options.estimate = &todo->estimate;
  todo->options.generate = &todo->population;
  todo->options.simulate = todo->options.verify ? &todo->simulate : NULL;
}

/* Refuse what cannot be drawn before anything is computed. */
static size_t find_plot_row(const job *todo, const arguments *given) {
  const char *path = argument_text(given, "plot");
  const char *id = argument_text(given, "plot-id");
  if (path == NULL && id != NULL) fail_usage(given->command, "option --plot-id '%s' needs --plot", id);
  size_t n_rows = todo->file.table.n_rows;
  if (path == NULL || n_rows == 0 || id == NULL) return path == NULL ? n_rows : 0;
  for (size_t row = 0; row < n_rows; ++row)
    if (strcmp(spike_file_id(&todo->file, row), id) == 0) return row;
  fail("%s: option --plot-id: no train of '%s' has the ID '%s'", given->command->name, todo->file.table.name, id);
}

static void check_plot_option(const arguments *given) {
  const char *path = argument_text(given, "plot");
  if (path == NULL) return;
  const char *problem = plot_problem(path);
  if (problem != NULL) fail_usage(given->command, "option --plot: '%s' cannot be drawn: %s", path, problem);
}

static void draw(job *todo, const char *id, const dicrec_spikes *spikes, const dicrec_reconstruction *found) {
  plot_data data;
  plot_data_collect(&data, &todo->work, id, spikes, &todo->options, found);
  plot_traces_collect(&data, &todo->work, todo->options.simulate->seed, dicrec_reconstruction_population(found));
  const char *problem = plot_draw(&data, argument_text(todo->work.given, "plot"), &todo->drawing);
  if (problem != NULL) fail("%s: the plot cannot be drawn: %s", todo->work.given->command->name, problem);
  plot_data_free(&data);
}

/* The rows of one train; `found` is NULL if there is no train. */
static void append_train(job *todo, const train_block *block, size_t i, const dicrec_reconstruction *found) {
  session *work = &todo->work;
  const char *id = spike_file_id(&todo->file, block->first + i);
  bool is_verified = todo->options.verify != 0;
  dicrec_status status = found != NULL ? dicrec_reconstruction_status(found) : block->status[i];
  text_buffer problem = {0};
  if (found != NULL && status < 0) append_reconstruction_error(&problem, found);
  const char *detail = found != NULL ? problem.bytes : block->problems[i].bytes;
  session_require_row(work, status);
  const bool is_of_input = status == DICREC_W_SUPPORT || status == DICREC_W_REMARK;
  if (status < 0) member_rows_failed(work, is_verified, id, status, detail);
  else
    member_rows_append(work, id, dicrec_reconstruction_population(found), 0, is_of_input ? status : DICREC_OK,
                       is_verified ? found : NULL);
  if (status >= 0 && block->first + i == todo->plot_row) draw(todo, id, block->trains[block->positions[i]], found);
  if (argument_given(work->given, "report"))
    report_rows_append(work, &todo->report, id, status >= 0 ? found : NULL, status, detail);
  text_buffer_free(&problem);
}

/* Threads go to trains; those that are more than there are trains work on each. */
static void share_threads(job *todo, size_t n_trains) {
  size_t n_threads = (size_t)todo->work.n_threads, n_at_once = n_trains < n_threads ? n_trains : n_threads;
  todo->options.n_threads = (int32_t)n_at_once;
  todo->population.n_threads = n_at_once > 0 ? (int32_t)(n_threads / n_at_once) : 1;
  todo->simulate.n_threads = todo->population.n_threads;
}

static void reconstruct_block(job *todo, const train_block *block) {
  session *work = &todo->work;
  dicrec_reconstruction **found = allocate(block->n_trains, sizeof(dicrec_reconstruction *));
  share_threads(todo, block->n_trains);
  session_require(work,
                  dicrec_reconstruct_many(work->context, todo->estimator, train_block_trains(block), block->n_trains,
                                          (size_t)argument_count(work->given, "members"), &todo->options, found),
                  "stopped");
  for (size_t i = 0; i < block->n; ++i)
    append_train(todo, block, i, block->positions[i] != NO_TRAIN ? found[block->positions[i]] : NULL);
  for (size_t i = 0; i < block->n_trains; ++i) dicrec_reconstruction_free(found[i]);
  free(found);
}

/* Rows whose members are worth a call and small enough to hold. */
static size_t block_rows(const arguments *given) {
  uint64_t n = BLOCK_MEMBERS / argument_count(given, "members");
  return n < MIN_BLOCK_ROWS ? MIN_BLOCK_ROWS : (size_t)n;
}

/* Write the table and what else was asked for. */
static int finish(job *todo) {
  const output_file files[] = {{.path = argument_text(todo->work.given, "plot"), .content = &todo->drawing},
                               {.path = argument_text(todo->work.given, "report"), .content = &todo->report}};
  if (files[0].path != NULL && files[0].content->length == 0)
    session_warn(&todo->work, "there is no population to draw; '%s' is not written", files[0].path);
  output_file extras[2];
  size_t n_extras = 0;
  for (size_t i = 0; i < 2; ++i)
    if (files[i].content->length > 0) extras[n_extras++] = files[i];
  return session_finish_with(&todo->work, extras, n_extras);
}

static int run(const arguments *given) {
  job todo = {0};
  check_plot_option(given);
  session_open(&todo.work, given);
  todo.estimator = session_open_estimator(&todo.work);
  set_options(&todo, given);
  spike_file_read(&todo.file, &todo.work);
  todo.plot_row = find_plot_row(&todo, given);
  member_rows_header(&todo.work, todo.options.verify != 0);
  if (argument_given(given, "report")) report_rows_header(&todo.work, &todo.report);
  train_block block = {0};
  while (train_block_next(&block, &todo.file, &todo.work, block_rows(given))) reconstruct_block(&todo, &block);
  int exit_status = finish(&todo);
  text_buffer_free(&todo.drawing);
  text_buffer_free(&todo.report);
  spike_file_free(&todo.file);
  dicrec_estimator_free(todo.estimator);
  return exit_status;
}

const command_spec command_reconstruct = {
    .name = "reconstruct",
    .operand = "SPIKES",
    .summary = "Turn spike trains into populations of models that share the train's dynamic input conductances.",
    .details = "In:  ID,spiking_times, such as 1,\"[12.3, 45.6]\"; other columns are ignored.\n"
               "Out: ID,member,g_<channel>...,g_s,g_u,time_scale,noise_std,stream,status; conductances in mS/cm2.\n"
               "     'simulate' uses what stands before status. With --verify also distance (squared van Rossum\n"
               "     distance to the input in 1/ms), accepted, and what the member fired: "
               "rate_hz,isi_cv,spikes_per_burst,burst_hz.\n"
               "Candidates are screened by what a forward network predicts that they fire, unless --screening off;\n"
               "members that match come first, the others are W_REJECTED.\n"
               "Exit status: 0; 1 if a row failed or was rejected (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
