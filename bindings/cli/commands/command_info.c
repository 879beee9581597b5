/* SPDX-License-Identifier: MIT */
/**
 * @file command_info.c
 * dicrec models and dicrec info: what the library knows, and how it was built.
 */
#include <math.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "session.h"

static const option_spec OPTIONS[] = {OPTION_ROW_OUTPUT, OPTION_ROW_HELP, OPTION_ROW_END};

/* Call `append` for every built-in model, which the session holds for that time. */
static void for_each_model(session *work, void (*append)(session *)) {
  for (size_t i = 0; i < dicrec_model_builtin_count(); ++i) {
    session_require(work, dicrec_model_open(work->context, dicrec_model_builtin_name(i), &work->model), "model");
    append(work);
    dicrec_model_free(work->model);
    work->model = NULL;
  }
}

static void append_channels(session *work) {
  for (size_t channel = 0; channel < dicrec_model_channel_count(work->model); ++channel) {
    double range[2];
    session_require(work, dicrec_model_conductance_range(work->model, channel, range), "range");
    bool is_solved = range[0] == 0 && range[1] == 0;
    csv_text(&work->table, dicrec_model_name(work->model));
    csv_text(&work->table, dicrec_model_channel_name(work->model, channel));
    csv_number(&work->table, dicrec_model_reversal_mv(work->model, channel));
    csv_number(&work->table, is_solved ? NAN : range[0]);
    csv_number(&work->table, is_solved ? NAN : range[1]);
    csv_text(&work->table, dicrec_model_description(work->model));
    csv_end_row(&work->table);
  }
}

static int run_models(const arguments *given) {
  session work;
  session_open(&work, given);
  text_buffer_format(&work.table, "model,channel,reversal_mV,range_min,range_max,description\n");
  for_each_model(&work, append_channels);
  return session_finish(&work, NULL, NULL);
}

static void append_pair(session *work, const char *key, const char *value) {
  csv_text(&work->table, key);
  csv_text(&work->table, value);
  csv_end_row(&work->table);
}

static void append_weights_entry(session *work, const dicrec_estimator *estimator, const char *entry) {
  text_buffer key = {0};
  size_t length = dicrec_estimator_metadata(estimator, entry, NULL, 0);
  text_buffer value = {0};
  dicrec_estimator_metadata(estimator, entry, text_buffer_extend(&value, length), length + 1);
  text_buffer_format(&key, "%s.weights.%s", dicrec_model_name(work->model), entry);
  append_pair(work, key.bytes, value.bytes);
  text_buffer_free(&value);
  text_buffer_free(&key);
}

static void append_weights(session *work) {
  static const char *const entries[] = {"version", "seed", "n_train"};
  dicrec_estimator *estimator = NULL;
  dicrec_status status = dicrec_estimator_create(work->context, work->model, NULL, &estimator);
  if (status == DICREC_E_NAME) {
    text_buffer key = {0};
    text_buffer_format(&key, "%s.weights", dicrec_model_name(work->model));
    append_pair(work, key.bytes, "none");
    text_buffer_free(&key);
    return;
  }
  session_require(work, status, "built-in weights");
  for (size_t i = 0; i < sizeof entries / sizeof *entries; ++i) append_weights_entry(work, estimator, entries[i]);
  dicrec_estimator_free(estimator);
}

static int run_info(const arguments *given) {
  session work;
  session_open(&work, given);
  text_buffer_format(&work.table, "key,value\n");
  append_pair(&work, "version", dicrec_version());
  append_pair(&work, "build", dicrec_build_info());
  for_each_model(&work, append_weights);
  return session_finish(&work, NULL, NULL);
}

const command_spec command_models = {
    .name = "models",
    .summary = "List the models: their channels, reversal potentials and ranges of the base draw.",
    .details = "Out: model,channel,reversal_mV,range_min,range_max,description; ranges in mS/cm2, empty for\n"
               "     channels that compensation solves.",
    .options = OPTIONS,
    .run = run_models};

const command_spec command_info = {.name = "info",
                                   .summary = "Tell the version, how the library was built, and its trained weights.",
                                   .details = "Out: key,value.",
                                   .options = OPTIONS,
                                   .run = run_info};
