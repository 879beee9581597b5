/* SPDX-License-Identifier: MIT */
/**
 * @file command_dics.c
 * dicrec dics: conductances to dynamic input conductances.
 */
#include <math.h>
#include <stdlib.h>

#include "commands/commands.h"
#include "session.h"
#include "tables/population_file.h"

enum { DIGITS = 10 };

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    {.name = "v",
     .kind = OPTION_NUMBER,
     .traits = OPTION_REPEATED,
     .value = "X",
     .lowest = -200,
     .highest = 200,
     .help = "voltage in mV, instead of the model's threshold; one row of DICs for each"},
    {.name = "threshold",
     .kind = OPTION_FLAG,
     .help = "at each member's own threshold: the first voltage, going up, where g_t falls through zero"},
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

/* A dics command at work. */
typedef struct job {
  session work;
  population_file file;
  double *conductances; /* of one member */
  bool at_threshold;
  double *voltages;
  size_t n_voltages;
} job;

static void set_voltages(job *todo, const arguments *given) {
  todo->at_threshold = argument_given(given, "threshold");
  if (todo->at_threshold && argument_given(given, "v"))
    fail_usage(given->command, "options --v and --threshold exclude each other");
  size_t capacity = 0;
  for (const option_value *value = NULL; (value = argument_next(given, "v", value)) != NULL;) {
    todo->voltages = grow(todo->voltages, &capacity, todo->n_voltages + 1, sizeof *todo->voltages);
    todo->voltages[todo->n_voltages++] = value->number;
  }
  if (todo->n_voltages > 0) return;
  todo->voltages = grow(todo->voltages, &capacity, 1, sizeof *todo->voltages);
  todo->voltages[todo->n_voltages++] = dicrec_model_threshold_mv(todo->work.model);
}

/* One row of the result; `problem` holds the reason if the conductances could not be read. */
static void append_row(job *todo, size_t row, double v, text_buffer *problem) {
  session *work = &todo->work;
  double dics[DICREC_DIC_COUNT] = {NAN, NAN, NAN, NAN};
  dicrec_status status = problem->length > 0 ? DICREC_E_RANGE : DICREC_OK;
  if (status >= 0 && todo->at_threshold)
    status = dicrec_dic_threshold(work->context, work->model, todo->conductances, 1, NULL, &v);
  if (status >= 0) status = dicrec_dic_compute(work->context, work->model, todo->conductances, 1, v, dics);
  session_require_row(work, status);
  text_buffer detail = {0};
  if (status < 0 && problem->length == 0) append_context_error(&detail, work->context);
  population_file_copy_key(&todo->file, row, &work->table);
  csv_number(&work->table, status < 0 && todo->at_threshold ? NAN : v, DIGITS);
  for (size_t i = 0; i < DICREC_DIC_COUNT; ++i) csv_number(&work->table, status < 0 ? NAN : dics[i], DIGITS);
  session_status_cell(work, status, problem->length > 0 ? problem->bytes : detail.bytes);
  csv_end_row(&work->table);
  text_buffer_free(&detail);
}

static int run(const arguments *given) {
  job todo = {0};
  session_open(&todo.work, given);
  set_voltages(&todo, given);
  population_file_read(&todo.file, given->operand, &todo.work);
  todo.conductances = allocate(todo.file.n_channels, sizeof *todo.conductances);
  text_buffer_format(&todo.work.table, "ID,member,V,g_f,g_s,g_u,g_t,status\n");
  session_begin_work();
  for (size_t row = 0; row < todo.file.table.n_rows; ++row) {
    text_buffer problem = {0};
    population_file_conductances(&todo.file, row, todo.conductances, &problem);
    progress_bar_part(&todo.work.progress, row, row + 1, todo.file.table.n_rows);
    for (size_t i = 0; i < todo.n_voltages; ++i) append_row(&todo, row, todo.voltages[i], &problem);
    text_buffer_free(&problem);
  }
  int exit_status = session_finish(&todo.work, NULL, NULL);
  population_file_free(&todo.file);
  free(todo.conductances);
  free(todo.voltages);
  return exit_status;
}

const command_spec command_dics = {
    .name = "dics",
    .operand = "POP",
    .summary = "Compute the dynamic input conductances (DICs) of models from their maximal conductances.",
    .details = "In:  ID,member,g_<channel>... as written by 'reconstruct' and 'generate', in any order;\n"
               "     other columns are ignored.\n"
               "Out: ID,member,V,g_f,g_s,g_u,g_t,status; V in mV, DICs relative to the leak conductance.\n"
               "Exit status: 0; 1 if a row failed (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
