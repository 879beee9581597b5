/* SPDX-License-Identifier: MIT */
/**
 * @file command_reconstruct.c
 * dicrec reconstruct: spike trains to degenerate populations.
 */
#include <string.h>

#include "commands.h"
#include "member_rows.h"
#include "plot.h"
#include "plot_data.h"
#include "report_rows.h"
#include "spike_file.h"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    OPTION_ROW_MEMBERS("members of each population"),
    OPTION_ROW_SEED("seed; every train starts from it, so that a train's members do not depend on the other rows"),
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
     .fallback = "256",
     .least = 1,
     .most = 100000,
     .help = "screening: candidates to draw for each member, until the search ends"},
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
     .help = "write one row per train there: how the search ended, and how much of the spread was kept"},
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

/* A reconstruct command at work. */
typedef struct job {
  session work;
  spike_file file;
  dicrec_estimator *estimator;
  dicrec_estimate_options estimate;
  dicrec_population_options population;
  dicrec_simulate_options simulate;
  dicrec_reconstruct_options options;
  size_t plot_row; /* the row to draw; n_rows: none */
  text_buffer drawing, report;
} job;

static void set_options(job *todo, const arguments *given) {
  session_estimate_options(&todo->work, &todo->estimate);
  dicrec_population_options_init(&todo->population, sizeof todo->population);
  todo->population.n_threads = todo->work.n_threads;
  todo->population.seed = argument_count(given, "seed");
  dicrec_simulate_options_init(&todo->simulate, sizeof todo->simulate);
  todo->simulate.n_threads = todo->work.n_threads;
  todo->simulate.seed = todo->population.seed;
  dicrec_reconstruct_options_init(&todo->options, sizeof todo->options);
  todo->options.target = argument_choice(given, "target");
  todo->options.verify = argument_given(given, "verify") || argument_given(given, "plot");
  todo->options.screening = argument_choice(given, "screening") == 1 ? DICREC_SCREENING_OFF : DICREC_SCREENING_ON;
  todo->options.max_drawn = (int32_t)argument_count(given, "max-drawn");
  todo->options.max_candidates = (int32_t)argument_count(given, "max-candidates");
  todo->options.rate_tolerance = argument_number(given, "rate-tolerance");
  todo->options.burst_tolerance = argument_number(given, "burst-tolerance");
  todo->options.estimate = &todo->estimate;
  todo->options.population = &todo->population;
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
  const char *problem = plot_draw(&data, argument_text(todo->work.given, "plot"), &todo->drawing);
  if (problem != NULL) fail("%s: the plot cannot be drawn: %s", todo->work.given->command->name, problem);
  plot_data_free(&data);
}

/* The whole way for one train; appends its rows. */
static void reconstruct_row(job *todo, size_t row) {
  session *work = &todo->work;
  const char *id = spike_file_id(&todo->file, row);
  dicrec_spikes *spikes = NULL;
  dicrec_reconstruction *found = NULL;
  text_buffer problem = {0};
  dicrec_status status = spike_file_train(&todo->file, row, work->context, &spikes, &problem);
  if (status >= 0) {
    size_t n = (size_t)argument_count(work->given, "members");
    status = dicrec_reconstruct(work->context, todo->estimator, spikes, n, &todo->options, &found);
    if (status < 0) append_context_error(&problem, work->context);
  }
  session_require_row(work, status);
  if (status < 0) {
    member_rows_failed(work, todo->options.verify != 0, id, status, problem.bytes);
  } else {
    member_rows_append(work, id, dicrec_reconstruction_population(found),
                       status == DICREC_W_SUPPORT ? DICREC_W_SUPPORT : DICREC_OK,
                       todo->options.verify != 0 ? found : NULL);
    if (row == todo->plot_row) draw(todo, id, spikes, found);
  }
  if (argument_given(work->given, "report")) report_rows_append(work, &todo->report, id, found, status, problem.bytes);
  dicrec_reconstruction_free(found);
  dicrec_spikes_free(spikes);
  text_buffer_free(&problem);
}

/* Write the table and what else was asked for. */
static int finish(job *todo) {
  const output_file files[] = {{.path = argument_text(todo->work.given, "plot"), .content = &todo->drawing},
                               {.path = argument_text(todo->work.given, "report"), .content = &todo->report}};
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
  size_t n_rows = todo.file.table.n_rows;
  member_rows_header(&todo.work, todo.options.verify != 0);
  if (argument_given(given, "report")) report_rows_header(&todo.work, &todo.report);
  session_begin_work();
  for (size_t row = 0; row < n_rows; ++row) {
    progress_bar_piece(&todo.work.progress, row, n_rows);
    reconstruct_row(&todo, row);
  }
  spike_file_check_unit(&todo.file, &todo.work);
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
               "Out: ID,member,g_<channel>...,g_s,g_u,status; conductances in mS/cm2. With --verify also\n"
               "     distance (squared van Rossum distance to the input in 1/ms), accepted, and what the\n"
               "     member fired: rate_hz,isi_cv,spikes_per_burst,burst_hz.\n"
               "Candidates are screened by what a forward network predicts that they fire, unless --screening off;\n"
               "members that match come first, the others are W_REJECTED.\n"
               "Exit status: 0; 1 if a row failed or was rejected (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
