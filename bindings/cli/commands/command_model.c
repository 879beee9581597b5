/* SPDX-License-Identifier: MIT */
/**
 * @file command_model.c
 * dicrec model check and dicrec model show: files of models.
 */
#include <math.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "session.h"

enum { N_TIME_SCALES = 3 };

static const option_spec CHECK_OPTIONS[] = {OPTION_ROW_OUTPUT, OPTION_ROW_QUIET, OPTION_ROW_HELP, OPTION_ROW_END};
static const option_spec SHOW_OPTIONS[] = {OPTION_ROW_OUTPUT, OPTION_ROW_HELP, OPTION_ROW_END};

/* The plane of targets; empty cells for a model that makes no populations. */
static void append_plane(session *work) {
  for (size_t target = 0; target < dicrec_model_target_count(work->model); ++target) {
    double range[2];
    session_require(work, dicrec_model_target_range(work->model, target, range), "range");
    const bool is_there = range[0] < range[1];
    csv_number(&work->table, is_there ? range[0] : NAN);
    csv_number(&work->table, is_there ? range[1] : NAN);
  }
}

static void append_model(session *work) {
  double scales[N_TIME_SCALES];
  const double threshold = dicrec_model_threshold_mv(work->model);
  session_require(work, dicrec_model_time_scales(work->model, threshold, scales), "time scales");
  csv_text(&work->table, dicrec_model_name(work->model));
  csv_count(&work->table, dicrec_model_channel_count(work->model));
  csv_count(&work->table, dicrec_model_state_count(work->model));
  csv_number(&work->table, threshold);
  csv_number(&work->table, dicrec_model_spike_level_mv(work->model));
  for (size_t k = 0; k < N_TIME_SCALES; ++k) csv_number(&work->table, scales[k]);
  append_plane(work);
}

/* Cells of append_model() for a model that is refused. */
static void append_nothing(session *work) { csv_empty(&work->table, 5 + N_TIME_SCALES + 4); }

static void check_model(session *work, const char *name) {
  text_buffer detail = {0};
  const dicrec_status status = session_try_model(work, name);
  session_require_row(work, status);
  if (status < 0) append_context_error(&detail, work->context);
  csv_text(&work->table, name);
  if (status < 0) append_nothing(work);
  else append_model(work);
  session_status_cell(work, status, detail.bytes);
  csv_end_row(&work->table);
  dicrec_model_free(work->model);
  work->model = NULL;
  text_buffer_free(&detail);
}

static int run_check(const arguments *given) {
  session work;
  session_open(&work, given);
  text_buffer_format(&work.table, "file,model,channels,states,threshold_mV,spike_level_mV,fast_ms,slow_ms,"
                                  "ultraslow_ms,g_s_min,g_s_max,g_u_min,g_u_max,status\n");
  for (size_t i = 0; i < given->n_operands; ++i) check_model(&work, given->operands[i]);
  return session_finish(&work, NULL, NULL);
}

static int run_show(const arguments *given) {
  session work;
  session_open(&work, given);
  session_open_model(&work, "the model", argument_operand(given));
  const size_t length = dicrec_model_copy_text(work.model, NULL, 0);
  dicrec_model_copy_text(work.model, text_buffer_extend(&work.table, length), length + 1);
  return session_finish(&work, NULL, NULL);
}

const command_spec command_model_check = {
    .name = "model check",
    .operand = "FILE...",
    .operand_kind = OPERAND_MODELS,
    .summary = "Read and check models of your own: what they are, or where and why they are refused.",
    .details = "In:  files *.json or with a slash, or names of built-in models.\n"
               "Out: file,model,channels,states,threshold_mV,spike_level_mV,fast_ms,slow_ms,ultraslow_ms,\n"
               "     g_s_min,g_s_max,g_u_min,g_u_max,status; the time scales of the DICs are those at the\n"
               "     threshold, the plane of targets is empty for a model that makes no populations.\n"
               "Exit status: 0; 1 if a model is refused (its status says why); 2 if nothing was written.",
    .options = CHECK_OPTIONS,
    .run = run_check};

const command_spec command_model_show = {
    .name = "model show",
    .operand = "NAME|FILE",
    .operand_kind = OPERAND_MODEL,
    .summary = "Print the file of a model; of the built-in ones too, to start your own from.",
    .details = "Out: JSON, to the byte what the model was made of.",
    .options = SHOW_OPTIONS,
    .run = run_show};
