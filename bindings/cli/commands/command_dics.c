/* SPDX-License-Identifier: MIT */
/**
 * @file command_dics.c
 * dicrec dics: conductances to dynamic input conductances.
 */
#include <math.h>
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "session.h"
#include "tables/population_file.h"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    {.name = "v",
     .kind = OPTION_NUMBER,
     .traits = OPTION_REPEATED,
     .value = "X",
     .help = "voltage in mV, instead of the model's threshold; one row of DICs for each"},
    {.name = "threshold",
     .kind = OPTION_FLAG,
     .help = "at each member's own threshold: the first voltage, going up, where g_t falls through zero"},
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

/* A dics command at work. */
typedef struct dics_job {
  session work;
  population_file file;
  double *conductances; /* of one member */
  bool at_threshold;
  double *voltages;
  size_t n_voltages;
} dics_job;

static void set_voltages(dics_job *job, const arguments *given) {
  job->at_threshold = argument_given(given, "threshold");
  if (job->at_threshold && argument_given(given, "v"))
    fail_usage(given->command, "options --v and --threshold exclude each other");
  size_t capacity = 0;
  for (const option_value *value = NULL; (value = argument_next(given, "v", value)) != NULL;) {
    job->voltages = grow(job->voltages, &capacity, job->n_voltages + 1, sizeof *job->voltages);
    job->voltages[job->n_voltages++] = value->number;
  }
  if (job->n_voltages > 0) return;
  job->voltages = grow(job->voltages, &capacity, 1, sizeof *job->voltages);
  job->voltages[job->n_voltages++] = dicrec_model_threshold_mv(job->work.model);
}

/* Refuse voltages that the library refuses, before any row is read: no set of conductances is needed for that. */
static void check_voltages(const dics_job *job) {
  double none;
  for (size_t i = 0; i < job->n_voltages; ++i)
    session_require(
        &job->work,
        dicrec_dic_compute(job->work.context, job->work.model, &none, 0, job->voltages[i], DICREC_DIC_COUNT, &none),
        "option --v");
}

/* The DICs of one member at a voltage or at its threshold, which `v` receives; none where it has none. */
static dicrec_status compute(const dics_job *job, double *v, double *dics) {
  const session *work = &job->work;
  dicrec_status found = DICREC_OK;
  if (job->at_threshold) found = dicrec_dic_threshold(work->context, work->model, job->conductances, 1, NULL, v);
  if (found != DICREC_OK) return found;
  return dicrec_dic_compute(work->context, work->model, job->conductances, 1, *v, DICREC_DIC_COUNT, dics);
}

/* One row of the result; `problem` holds the reason if the conductances could not be read. */
static void append_row(dics_job *job, size_t row, double v, text_buffer *problem) {
  session *work = &job->work;
  double dics[DICREC_DIC_COUNT] = {NAN, NAN, NAN, NAN};
  dicrec_status status = problem->length > 0 ? DICREC_E_RANGE : compute(job, &v, dics);
  session_require_row(work, status);
  text_buffer detail = {0};
  if (status < 0 && problem->length == 0) append_context_error(&detail, work->context);
  population_file_copy_key(&job->file, row, &work->table);
  csv_number(&work->table, status < 0 && job->at_threshold ? NAN : v);
  for (size_t i = 0; i < DICREC_DIC_COUNT; ++i) csv_number(&work->table, status < 0 ? NAN : dics[i]);
  session_status_cell(work, status, problem->length > 0 ? problem->bytes : detail.bytes);
  csv_end_row(&work->table);
  text_buffer_free(&detail);
}

static int run(const arguments *given) {
  dics_job job = {0};
  session_open(&job.work, given);
  set_voltages(&job, given);
  check_voltages(&job);
  population_file_read(&job.file, argument_operand(given), &job.work);
  job.conductances = allocate(job.file.n_channels, sizeof *job.conductances);
  text_buffer_format(&job.work.table, "ID,member,V,g_f,g_s,g_u,g_t,status\n");
  session_begin_work();
  for (size_t row = 0; row < job.file.table.n_rows; ++row) {
    text_buffer problem = {0};
    population_file_conductances(&job.file, row, job.conductances, &problem);
    progress_bar_part(&job.work.progress, row, row + 1, job.file.table.n_rows);
    for (size_t i = 0; i < job.n_voltages; ++i) append_row(&job, row, job.voltages[i], &problem);
    text_buffer_free(&problem);
  }
  int exit_status = session_finish(&job.work, NULL, NULL);
  population_file_free(&job.file);
  free(job.conductances);
  free(job.voltages);
  return exit_status;
}

const command_spec command_dics = {
    .name = "dics",
    .operand = "POP",
    .summary = "Compute the dynamic input conductances (DICs) of models from their maximal conductances.",
    .details = "In:  ID,member,g_<channel>... as written by 'reconstruct' and 'generate', in any order;\n"
               "     other columns are ignored.\n"
               "Out: ID,member,V,g_f,g_s,g_u,g_t,status; V in mV, DICs relative to the leak conductance.\n"
               "     A member without a threshold has empty cells and W_THRESHOLD.\n"
               "Exit status: 0; 1 if a row failed (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
