/* SPDX-License-Identifier: MIT */
/**
 * @file command_simulate.c
 * dicrec simulate: conductances to spike trains and traces.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "session.h"
#include "tables/decimal.h"
#include "tables/population_file.h"
#include "tables/row_groups.h"
#include "tables/row_settings.h"

#define NUMBER_ROW(name_text, low, high, more_traits, help_text)                                                       \
  {                                                                                                                    \
    .name = name_text, .kind = OPTION_NUMBER, .traits = more_traits, .value = "X", .lowest = low, .highest = high,     \
    .help = help_text                                                                                                  \
  }

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    NUMBER_ROW("t-end", 0, 1e9, OPTION_ABOVE,
               "end of the simulation in ms; default: the model's protocol times the time scale"),
    NUMBER_ROW("t-skip", 0, 1e9, 0,
               "spikes before it do not count, ms, for the onset is no steady firing; default: the model's protocol "
               "times the time scale, or 0 if --t-end is not beyond that"),
    NUMBER_ROW("noise", 0, 1e6, 0,
               "standard deviation of the noise current before its filter, uA/cm2; default: the row's noise_std, or 0"),
    NUMBER_ROW("current", -1e6, 1e6, 0, "constant injected current, uA/cm2, depolarising positive; default 0"),
    {.name = "current-file",
     .kind = OPTION_TEXT,
     .traits = OPTION_READ,
     .value = "FILE",
     .help = "a current to add, columns time_ms,current_uA_cm2: linear between rows, two equal times are a jump"},
    OPTION_ROW_SEED("seed of the noise; each row has its own stream"),
    OPTION_ROW_FIRST_MEMBER("stream of the first row's noise, each further row has the next one; default: the row's "
                            "stream, or 0"),
    {.name = "solver",
     .kind = OPTION_CHOICE,
     .value = "S",
     .fallback = "auto",
     .words = "auto|cvode|ensemble",
     .help = "cvode: adaptive steps to a tolerance; ensemble: fixed steps, many neurons at once"},
    NUMBER_ROW("dt", 1e-4, 0.1, 0, "ensemble: finest step in ms; default 0.02"),
    NUMBER_ROW("rtol", 1e-12, 1e-2, 0, "cvode: relative tolerance; default 2e-8"),
    NUMBER_ROW("atol", 0, 1, OPTION_ABOVE, "cvode: absolute tolerance; default 2e-10"),
    NUMBER_ROW("time-scale", 0.01, 100, 0,
               "stretches every time constant and the capacitance; default: the row's time_scale, or 1"),
    {.name = "trace",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "also write the traces there, ID,member,t_ms,V_mV and what --trace-of adds; cvode only"},
    {.name = "trace-of",
     .kind = OPTION_CHOICE,
     .value = "WHAT",
     .fallback = "voltage",
     .words = "voltage|states|currents",
     .help = "--trace: V alone, every state, or the current of each channel in uA/cm2, outward positive"},
    {.name = "trace-dt",
     .kind = OPTION_NUMBER,
     .traits = OPTION_ABOVE,
     .value = "X",
     .words = "steps",
     .lowest = 0,
     .highest = 1e6,
     .help = "--trace: interval of the samples in ms, or a sample at every step of the solver; default 0.1"},
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

static const double DEFAULT_TRACE_DT_MS = 0.1;

/* A simulate command at work. */
typedef struct job {
  session work;
  population_file file;
  dicrec_simulate_options options;
  double *conductances;  /* [n_rows][n_channels], NaN where a row cannot be simulated */
  text_buffer *problems; /* [n_rows], why */
  row_settings settings;
  row_groups groups;
  dicrec_simulation **simulations; /* one for each group */
  double *current;                 /* [2][n_current], times and values of --current-file */
  text_buffer trace;
} job;

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
  for (size_t i = 0; i < 2; ++i)
    if (argument_given(given, details[i]) && !has_trace)
      fail_usage(given->command, "option --%s needs --trace", details[i]);
  if (!has_trace) return;
  options->trace = argument_choice(given, "trace-of");
  options->trace_dt_ms = argument_given(given, "trace-dt") ? argument_number(given, "trace-dt") : DEFAULT_TRACE_DT_MS;
  if (isnan(options->trace_dt_ms)) options->trace_dt_ms = DICREC_TRACE_STEPS;
}

static void set_options(job *todo, const arguments *given) {
  static const int32_t solvers[] = {DICREC_SOLVER_AUTO, DICREC_SOLVER_CVODE, DICREC_SOLVER_ENSEMBLE};
  dicrec_simulate_options *options = &todo->options;
  dicrec_simulate_options_init(options, sizeof *options);
  options->solver = solvers[argument_choice(given, "solver")];
  options->current = argument_number(given, "current");
  options->seed = argument_count(given, "seed");
  options->dt_ms = argument_number(given, "dt");
  options->relative_tolerance = argument_number(given, "rtol");
  options->absolute_tolerance = argument_number(given, "atol");
  options->n_threads = todo->work.n_threads;
  set_trace(options, given);
}

/* A number of the table of a current; a cell that is none ends in fail(). */
static double current_number(const csv_table *table, size_t row, size_t column) {
  double value;
  const char *cell = csv_table_cell(table, row, column);
  if (!decimal_number(cell, &value) || !isfinite(value))
    fail("'%s', line %zu: '%.40s' is not a finite number", table->name, table->lines[row + 1], cell);
  return value;
}

static void read_current(job *todo, const char *path) {
  if (path == NULL) return;
  csv_table table;
  csv_table_read(&table, path);
  size_t n = table.n_rows, time = csv_table_column(&table, "time_ms");
  size_t value = csv_table_column(&table, "current_uA_cm2");
  todo->current = allocate(n, 2 * sizeof *todo->current);
  for (size_t row = 0; row < n; ++row) {
    todo->current[row] = current_number(&table, row, time);
    todo->current[n + row] = current_number(&table, row, value);
  }
  todo->options.current_times_ms = todo->current;
  todo->options.current_values = todo->current + n;
  todo->options.n_current = n;
  csv_table_free(&table);
}

/* The library refuses a batch with a negative conductance; here only its row fails. */
static bool refuse_negative(const job *todo, size_t row, double *conductances, text_buffer *problem) {
  size_t n = todo->file.n_channels;
  for (size_t channel = 0; channel < n; ++channel) {
    const char *name = dicrec_model_channel_name(todo->work.model, channel);
    bool is_leak = dicrec_model_channel_index(todo->work.model, "leak") == (int32_t)channel;
    bool is_good = is_leak ? conductances[channel] > 0 : conductances[channel] >= 0;
    if (is_good) continue;
    text_buffer_format(problem, "line %zu, g_%s is %.10g, which is %s", todo->file.table.lines[row + 1], name,
                       conductances[channel], is_leak ? "not positive" : "negative");
    for (size_t i = 0; i < n; ++i) conductances[i] = NAN;
    return true;
  }
  return false;
}

static void read_members(job *todo) {
  size_t n_rows = todo->file.table.n_rows;
  size_t n_channels = todo->file.n_channels;
  todo->conductances = allocate(n_rows, n_channels * sizeof *todo->conductances);
  todo->problems = allocate(n_rows, sizeof *todo->problems);
  for (size_t row = 0; row < n_rows; ++row) {
    double *conductances = todo->conductances + row * n_channels;
    if (population_file_conductances(&todo->file, row, conductances, &todo->problems[row]))
      refuse_negative(todo, row, conductances, &todo->problems[row]);
  }
  row_settings_read(&todo->settings, &todo->file, todo->work.given, todo->problems);
  for (size_t i = 0; i < n_rows * n_channels; ++i)
    if (todo->problems[i / n_channels].length > 0) todo->conductances[i] = NAN;
  row_groups_make(&todo->groups, todo->settings.time_scale, n_rows);
  todo->simulations = allocate(todo->groups.n, sizeof(dicrec_simulation *));
}

static void simulate_group(job *todo, size_t index) {
  const row_group *group = &todo->groups.groups[index];
  size_t n_channels = todo->file.n_channels, size = n_channels * sizeof(double);
  double *conductances = allocate(group->n, size), *noise_std = allocate(group->n, sizeof *noise_std);
  uint64_t *streams = allocate(group->n, sizeof *streams);
  for (size_t i = 0; i < group->n; ++i) {
    memcpy(conductances + i * n_channels, todo->conductances + group->rows[i] * n_channels, size);
    noise_std[i] = todo->settings.noise_std[group->rows[i]];
    streams[i] = todo->settings.stream[group->rows[i]];
  }
  dicrec_simulate_options options = todo->options;
  set_times(&todo->work, group->time_scale, &options);
  options.member_noise_std = noise_std;
  options.member_streams = streams;
  session_require(&todo->work,
                  dicrec_simulate(todo->work.context, todo->work.model, conductances, group->n, &options,
                                  &todo->simulations[index]),
                  "simulation");
  free(conductances);
  free(noise_std);
  free(streams);
}

static void simulate_all(job *todo) {
  size_t n_done = 0;
  for (size_t i = 0; i < todo->groups.n; ++i) set_times(&todo->work, todo->groups.groups[i].time_scale, &todo->options);
  session_begin_work();
  for (size_t i = 0; i < todo->groups.n; ++i) {
    size_t n = todo->groups.groups[i].n;
    progress_bar_part(&todo->work.progress, n_done, n_done + n, todo->file.table.n_rows);
    simulate_group(todo, i);
    n_done += n;
  }
}

static void append_spikes(job *todo, const dicrec_simulation *simulation, size_t member) {
  size_t n = dicrec_simulation_spike_count(simulation, member);
  double *times = allocate(n, sizeof *times);
  text_buffer *table = &todo->work.table;
  session_require(&todo->work, dicrec_simulation_copy_spikes(simulation, member, times, n), "spikes");
  text_buffer_format(table, "\"[");
  for (size_t i = 0; i < n; ++i) text_buffer_format(table, "%s%.4f", i > 0 ? ", " : "", times[i]);
  text_buffer_format(table, "]\",");
  free(times);
}

static void append_trace_header(text_buffer *trace, const dicrec_simulation *simulation) {
  text_buffer_format(trace, "ID,member,t_ms,V_mV");
  size_t n = dicrec_simulation_trace_column_count(simulation);
  for (size_t column = 1; column < n; ++column) {
    char name[64];
    dicrec_simulation_trace_column_name(simulation, column, name, sizeof name);
    text_buffer_format(trace, ",%s", name);
  }
  text_buffer_format(trace, "\n");
}

static void append_trace(job *todo, size_t row, const dicrec_simulation *simulation, size_t member) {
  size_t n = dicrec_simulation_trace_sample_count(simulation, member);
  size_t n_columns = dicrec_simulation_trace_column_count(simulation);
  if (n == 0) return;
  double *times = allocate(n, sizeof *times);
  double *samples = allocate(n, n_columns * sizeof *samples);
  session_require(&todo->work, dicrec_simulation_copy_trace_times(simulation, member, times, n), "trace");
  session_require(&todo->work, dicrec_simulation_copy_trace(simulation, member, samples, n * n_columns), "trace");
  text_buffer key = {0};
  population_file_copy_key(&todo->file, row, &key);
  for (size_t i = 0; i < n && !isnan(samples[i * n_columns]); ++i) {
    text_buffer_format(&todo->trace, "%s%.10g", key.bytes, times[i]);
    for (size_t column = 0; column < n_columns; ++column)
      text_buffer_format(&todo->trace, ",%.10g", samples[i * n_columns + column]);
    text_buffer_append(&todo->trace, "\n", 1);
  }
  text_buffer_free(&key);
  free(samples);
  free(times);
}

static void append_row(job *todo, size_t row) {
  session *work = &todo->work;
  row_place place = todo->groups.places[row];
  const dicrec_simulation *simulation = todo->simulations[place.group];
  dicrec_status status = dicrec_simulation_status(simulation, place.member);
  population_file_copy_key(&todo->file, row, &work->table);
  if (status < 0) csv_empty(&work->table, 1);
  else append_spikes(todo, simulation, place.member);
  session_status_cell(work, status, todo->problems[row].bytes);
  csv_end_row(&work->table);
  append_trace(todo, row, simulation, place.member);
}

static void free_job(job *todo) {
  for (size_t i = 0; i < todo->groups.n; ++i) dicrec_simulation_free(todo->simulations[i]);
  for (size_t row = 0; row < todo->file.table.n_rows; ++row) text_buffer_free(&todo->problems[row]);
  text_buffer_free(&todo->trace);
  row_groups_free(&todo->groups);
  row_settings_free(&todo->settings);
  free(todo->simulations);
  free(todo->problems);
  free(todo->conductances);
  free(todo->current);
  population_file_free(&todo->file);
}

static int run(const arguments *given) {
  job todo = {0};
  session_open(&todo.work, given);
  set_options(&todo, given);
  read_current(&todo, argument_text(given, "current-file"));
  population_file_read(&todo.file, given->operand, &todo.work);
  read_members(&todo);
  simulate_all(&todo);
  bool has_trace = argument_given(given, "trace");
  text_buffer_format(&todo.work.table, "ID,member,spiking_times,status\n");
  if (has_trace) append_trace_header(&todo.trace, todo.groups.n > 0 ? todo.simulations[0] : NULL);
  for (size_t row = 0; row < todo.file.table.n_rows; ++row) append_row(&todo, row);
  int exit_status = session_finish(&todo.work, argument_text(given, "trace"), has_trace ? &todo.trace : NULL);
  free_job(&todo);
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
