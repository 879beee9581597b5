/* SPDX-License-Identifier: MIT */
/**
 * @file command_simulate.c
 * dicrec simulate: conductances to spike trains and traces.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "session.h"
#include "tables/current_file.h"
#include "tables/population_file.h"
#include "tables/row_groups.h"
#include "tables/row_settings.h"
#include "tables/simulation_rows.h"

/* The library makes no traces by default; the program does if it is given a file for them. */
static const option_limits TRACE_DT = {.fallback = DICREC_TRACE_DT_MS, .most = INFINITY, .unit = "ms"};

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    {.name = "t-end",
     .kind = OPTION_NUMBER,
     .value = "X",
     .limits = LIMITS_OF(simulate, t_end_ms),
     .instead = "the model's protocol times the time scale",
     .help = "end of the simulation"},
    {.name = "t-skip",
     .kind = OPTION_NUMBER,
     .value = "X",
     .limits = LIMITS_OF(simulate, t_skip_ms),
     .instead = "the model's protocol times the time scale if --t-end is beyond that",
     .help = "spikes before it do not count, for the onset is no steady firing"},
    {.name = "noise",
     .kind = OPTION_NUMBER,
     .value = "X",
     .limits = LIMITS_OF(simulate, noise_std),
     .instead = "the row's noise_std",
     .help = "standard deviation of the noise current before its filter"},
    {.name = "current",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(simulate, current),
     .help = "constant injected current, depolarising positive"},
    {.name = "current-file",
     .kind = OPTION_TEXT,
     .traits = OPTION_READ,
     .value = "FILE",
     .help = "a current to add, columns time_ms,current_uA_cm2: linear between rows, constant before the first and "
             "after the last, two equal times are a jump"},
    OPTION_ROW_SEED("seed of the noise; each row has its own stream"),
    OPTION_ROW_FIRST_MEMBER(simulate, "the row's stream",
                            "stream of the first row's noise, each further row has the next one"),
    {.name = "solver",
     .kind = OPTION_CHOICE,
     .value = "S",
     .words = SOLVER_WORDS,
     OPTION_SETS(simulate, solver),
     .help = "integrator"},
    {.name = "dt", .kind = OPTION_NUMBER, .value = "X", OPTION_SETS(simulate, dt_ms), .help = "ensemble: finest step"},
    {.name = "spike-level",
     .kind = OPTION_NUMBER,
     .value = "MV",
     OPTION_SETS(simulate, spike_level_mv),
     .instead = "the model's",
     .help = "V rising through it is a spike, mV"},
    {.name = "rtol",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(simulate, relative_tolerance),
     .help = "cvode: relative tolerance"},
    {.name = "atol",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(simulate, absolute_tolerance),
     .help = "cvode: absolute tolerance, on gates, mV and uM alike"},
    {.name = "time-scale",
     .kind = OPTION_NUMBER,
     .value = "X",
     .limits = LIMITS_OF(simulate, time_scale),
     .instead = "the row's time_scale",
     .help = "stretches every time constant and the capacitance"},
    {.name = "max-wall",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(simulate, max_wall_s),
     .help = "limit of the time that the rows with one time scale take; those that are not done are W_LIMIT; 0: none"},
    {.name = "trace",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "also write the traces there, ID,member,t_ms,V_mV and what --trace-of adds; cvode only"},
    {.name = "trace-of",
     .kind = OPTION_CHOICE,
     .value = "WHAT",
     .words = TRACE_WORDS,
     OPTION_SETS(simulate, trace),
     .help = "--trace: what it holds"},
    {.name = "trace-dt",
     .kind = OPTION_NUMBER,
     .traits = OPTION_POSITIVE,
     .value = "X",
     .words = TRACE_STEP_WORDS,
     .limits = &TRACE_DT,
     .field = FIELD_OF(simulate, trace_dt_ms),
     .help = "--trace: interval of the samples, or a sample at every step of the solver"},
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

/* A simulate command at work. */
typedef struct simulate_job {
  session work;
  population_file file;
  current_file current;
  dicrec_simulate_options options;
  double *conductances;  /* [n_rows][n_channels], NaN where a row cannot be simulated */
  text_buffer *problems; /* [n_rows], why */
  row_settings settings;
  row_groups groups;
  dicrec_simulation **simulations; /* one for each group */
  text_buffer trace;
} simulate_job;

/* The model's protocol lasts as much longer as the time scale says. */
static void set_times(const session *work, double time_scale, dicrec_simulate_options *options) {
  double end, skip;
  session_require(work, dicrec_model_protocol(work->model, &end, &skip), "protocol");
  options->time_scale = time_scale;
  options->t_end_ms = argument_given(work->given, "t-end") ? argument_number(work->given, "t-end") : end * time_scale;
  options->t_skip_ms = skip * time_scale < options->t_end_ms ? skip * time_scale : 0;
  if (!argument_given(work->given, "t-skip")) return;
  options->t_skip_ms = argument_number(work->given, "t-skip");
  if (options->t_skip_ms > options->t_end_ms)
    fail_usage(work->given->command, "option --t-skip: %g is beyond the end of the simulation, %g ms",
               options->t_skip_ms, options->t_end_ms);
}

static void set_trace(dicrec_simulate_options *options, const arguments *given) {
  static const char *const details[] = {"trace-of", "trace-dt"};
  bool has_trace = argument_given(given, "trace");
  for (size_t i = 0; i < sizeof details / sizeof *details; ++i)
    if (argument_given(given, details[i]) && !has_trace)
      fail_usage(given->command, "option --%s needs --trace", details[i]);
  if (!has_trace) return;
  const option_word *steps = argument_word(given, "trace-dt");
  options->trace_dt_ms = steps != NULL ? steps->value : argument_number(given, "trace-dt");
}

static void set_options(simulate_job *job, const arguments *given) {
  dicrec_simulate_options *options = &job->options;
  dicrec_simulate_options_init(options, sizeof *options);
  arguments_fill(given, STRUCT_simulate, options);
  options->seed = argument_count(given, "seed");
  options->n_threads = job->work.n_threads;
  options->current_times_ms = job->current.times_ms;
  options->current_values = job->current.values;
  options->n_current = job->current.n;
  set_trace(options, given);
}

static void read_members(simulate_job *job) {
  size_t n_rows = job->file.table.n_rows, n_channels = job->file.n_channels;
  job->conductances = allocate(n_rows, n_channels * sizeof *job->conductances);
  job->problems = allocate(n_rows, sizeof *job->problems);
  for (size_t row = 0; row < n_rows; ++row)
    population_file_conductances(&job->file, row, job->conductances + row * n_channels, &job->problems[row]);
  row_settings_read(&job->settings, &job->file, job->work.given, job->problems);
  for (size_t i = 0; i < n_rows * n_channels; ++i)
    if (job->problems[i / n_channels].length > 0) job->conductances[i] = NAN;
  row_groups_make(&job->groups, job->settings.time_scale, n_rows);
  job->simulations = allocate(job->groups.n, sizeof(dicrec_simulation *));
}

static void simulate_group(simulate_job *job, size_t index) {
  const row_group *group = &job->groups.groups[index];
  size_t n_channels = job->file.n_channels, size = n_channels * sizeof(double);
  double *conductances = allocate(group->n, size), *noise_std = allocate(group->n, sizeof *noise_std);
  uint64_t *streams = allocate(group->n, sizeof *streams);
  for (size_t i = 0; i < group->n; ++i) {
    memcpy(conductances + i * n_channels, job->conductances + group->rows[i] * n_channels, size);
    noise_std[i] = job->settings.noise_std[group->rows[i]];
    streams[i] = job->settings.stream[group->rows[i]];
  }
  dicrec_simulate_options options = job->options;
  set_times(&job->work, group->time_scale, &options);
  options.member_noise_std = noise_std;
  options.member_streams = streams;
  session_require(
      &job->work,
      dicrec_simulate(job->work.context, job->work.model, conductances, group->n, &options, &job->simulations[index]),
      "simulation");
  free(conductances);
  free(noise_std);
  free(streams);
}

static void simulate_all(simulate_job *job) {
  size_t n_done = 0;
  for (size_t i = 0; i < job->groups.n; ++i) set_times(&job->work, job->groups.groups[i].time_scale, &job->options);
  session_begin_work();
  for (size_t i = 0; i < job->groups.n; ++i) {
    size_t n = job->groups.groups[i].n;
    progress_bar_part(&job->work.progress, n_done, n_done + n, job->file.table.n_rows);
    simulate_group(job, i);
    n_done += n;
  }
}

static void append_row(simulate_job *job, size_t row) {
  session *work = &job->work;
  row_place place = job->groups.places[row];
  const dicrec_simulation *simulation = job->simulations[place.group];
  dicrec_status status = dicrec_simulation_status(simulation, place.member);
  text_buffer *problem = &job->problems[row];
  if (status == DICREC_E_RANGE && problem->length == 0)
    population_file_explain(&job->file, row, work->model, job->conductances + row * job->file.n_channels, problem);
  text_buffer key = {0};
  population_file_copy_key(&job->file, row, &key);
  text_buffer_append(&work->table, key.bytes, key.length);
  if (status < 0) csv_empty(&work->table, 1);
  else append_spike_list(work, simulation, place.member);
  session_status_cell(work, status, problem->bytes);
  csv_end_row(&work->table);
  trace_rows_append(work, &job->trace, key.bytes, simulation, place.member);
  text_buffer_free(&key);
}

static void free_job(simulate_job *job) {
  for (size_t i = 0; i < job->groups.n; ++i) dicrec_simulation_free(job->simulations[i]);
  for (size_t row = 0; row < job->file.table.n_rows; ++row) text_buffer_free(&job->problems[row]);
  text_buffer_free(&job->trace);
  row_groups_free(&job->groups);
  row_settings_free(&job->settings);
  current_file_free(&job->current);
  free(job->simulations);
  free(job->problems);
  free(job->conductances);
  population_file_free(&job->file);
}

static int run(const arguments *given) {
  simulate_job job = {0};
  session_open(&job.work, given);
  current_file_read(&job.current, argument_text(given, "current-file"));
  set_options(&job, given);
  population_file_read(&job.file, argument_operand(given), &job.work);
  read_members(&job);
  simulate_all(&job);
  bool has_trace = argument_given(given, "trace");
  text_buffer_format(&job.work.table, "ID,member,spiking_times,status\n");
  if (has_trace) trace_rows_header(&job.trace, job.groups.n > 0 ? job.simulations[0] : NULL);
  for (size_t row = 0; row < job.file.table.n_rows; ++row) append_row(&job, row);
  int exit_status = session_finish(&job.work, argument_text(given, "trace"), has_trace ? &job.trace : NULL);
  free_job(&job);
  return exit_status;
}

const command_spec command_simulate = {
    .name = "simulate",
    .operand = "POP",
    .summary = "Simulate models and write the spikes that they fire.",
    .details = "In:  ID,member,g_<channel>... as written by 'reconstruct' and 'generate', in any order;\n"
               "     time_scale, noise_std and stream of a row are used where there are such columns, unless\n"
               "     --time-scale, --noise or --first-member say otherwise; other columns are ignored.\n"
               "     What 'reconstruct --verify' accepted fires again as it did, with the same --seed.\n"
               "Out: ID,member,spiking_times,status; times in ms, as 'estimate' and 'reconstruct' read them.\n"
               "Exit status: 0; 1 if a row failed or stopped early (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
