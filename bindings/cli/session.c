/* SPDX-License-Identifier: MIT */
/**
 * @file session.c
 * Opens what every command works with, and turns statuses into cells and exit codes.
 */
#include "session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system/host.h"
#include "system/interruption.h"

static void print_warning(void *user, int32_t level, const char *message) {
  (void)user;
  if (level == DICREC_LOG_WARNING) fprintf(stderr, "dicrec: warning: %s\n", message);
}

void session_warn(const session *work, const char *format, ...) {
  if (argument_given(work->given, "quiet")) return;
  text_buffer message = {0};
  va_list values;
  va_start(values, format);
  text_buffer_format_list(&message, format, values);
  va_end(values);
  make_one_line(message.bytes);
  print_warning(NULL, DICREC_LOG_WARNING, message.bytes);
  text_buffer_free(&message);
}

void session_warn_of(const session *work, dicrec_status status) {
  if (status <= 0 || status == DICREC_W_PARTIAL) return;
  text_buffer text = {0};
  append_context_error(&text, work->context);
  session_warn(work, "%s", text.length > 0 ? text.bytes : dicrec_status_text(status));
  text_buffer_free(&text);
}

static int32_t thread_count(uint64_t asked) {
  if (asked > 0) return (int32_t)asked;
  long online = host_processor_count();
  return online > DICREC_MAX_THREADS ? DICREC_MAX_THREADS : (int32_t)online;
}

/* A name that could be a path is one. */
static bool is_path(const char *name) {
  const size_t length = strlen(name);
  return strchr(name, '/') != NULL || (length > 5 && strcmp(name + length - 5, ".json") == 0);
}

dicrec_status session_try_model(session *work, const char *name) {
  return is_path(name) ? dicrec_model_create_from_file(work->context, name, &work->model)
                       : dicrec_model_open(work->context, name, &work->model);
}

void session_open_model(session *work, const char *what, const char *name) {
  dicrec_status status = session_try_model(work, name);
  if (status != DICREC_E_NAME) {
    session_require(work, status, is_path(name) ? name : "model");
    return;
  }
  text_buffer names = {0};
  for (size_t i = 0; i < dicrec_model_builtin_count(); ++i)
    text_buffer_format(&names, "%s%s", i > 0 ? ", " : "", dicrec_model_builtin_name(i));
  fail_usage(work->given->command, "%s: '%s' is neither one of the models %s nor a file *.json", what, name,
             names.bytes);
}

void session_open(session *work, const arguments *given) {
  *work = (session){.given = given, .n_threads = thread_count(argument_count(given, "threads"))};
  bool quiet = argument_given(given, "quiet");
  progress_bar_start(&work->progress, quiet);
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.log = quiet ? NULL : print_warning;
  options.progress = progress_bar_step;
  options.progress_user = &work->progress;
  session_require(work, dicrec_context_create(&options, &work->context), "context");
  if (argument_given(given, "model")) session_open_model(work, "option --model", argument_text(given, "model"));
}

void session_begin_work(void) { interruption_defer(true); }

int session_finish(session *work, const char *extra_path, const text_buffer *extra) {
  const output_file file = {.path = extra_path, .content = extra};
  return session_finish_with(work, &file, extra != NULL ? 1 : 0);
}

int session_finish_with(session *work, const output_file *extras, size_t n_extras) {
  output_file outputs[MAX_OUTPUTS];
  progress_bar_end(&work->progress);
  interruption_defer(false);
  for (size_t i = 0; i < n_extras; ++i) outputs[i] = extras[i];
  outputs[n_extras] = (output_file){.path = argument_text(work->given, "output"), .content = &work->table};
  output_files_write(outputs, n_extras + 1);
  if (work->n_failed_rows > 0)
    session_warn(work, "%zu of %zu rows failed, stopped early or were rejected; their status says why",
                 work->n_failed_rows, work->n_rows);
  text_buffer_free(&work->table);
  dicrec_model_free(work->model);
  dicrec_context_free(work->context);
  return work->n_failed_rows > 0 ? EXIT_SOME_FAILED : EXIT_GOOD;
}

dicrec_estimator *session_open_estimator(session *work) {
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_path = argument_text(work->given, "weights");
  dicrec_estimator *estimator;
  session_require(work, dicrec_estimator_create(work->context, work->model, &options, &estimator),
                  options.weights_path != NULL ? options.weights_path : "built-in weights");
  return estimator;
}

void session_require(const session *work, dicrec_status status, const char *what) {
  bool is_cancelled = status == DICREC_E_CANCELLED || status == DICREC_W_PARTIAL; /* of one thing, of many */
  if (is_cancelled && interruption_asked()) interruption_end();
  if (status >= 0) return;
  text_buffer detail = {0};
  append_context_error(&detail, work->context);
  fail("%s: %s: %s: %s", work->given->command->name, what, dicrec_status_name(status),
       detail.length > 0 ? detail.bytes : dicrec_status_text(status));
}

void session_require_row(const session *work, dicrec_status status) {
  if (status == DICREC_E_MEMORY || status == DICREC_E_OPTION || status == DICREC_E_CANCELLED)
    session_require(work, status, "stopped");
}

void session_estimate_options(const session *work, dicrec_estimate_options *options) {
  dicrec_estimate_options_init(options, sizeof *options);
  arguments_fill(work->given, STRUCT_estimate, options);
  const option_word *word = argument_word(work->given, "time-scale");
  options->auto_scale = word != NULL ? word->value : 0;
}

void append_context_error(text_buffer *text, const dicrec_context *context) {
  size_t length = dicrec_context_error(context, NULL, 0);
  dicrec_context_error(context, text_buffer_extend(text, length), length + 1);
}

void append_reconstruction_error(text_buffer *text, const dicrec_reconstruction *reconstruction) {
  size_t length = dicrec_reconstruction_error(reconstruction, NULL, 0);
  dicrec_reconstruction_error(reconstruction, text_buffer_extend(text, length), length + 1);
}

void append_status(text_buffer *table, dicrec_status status, const char *detail) {
  text_buffer cell = {0};
  text_buffer_format(&cell, "%s", dicrec_status_name(status));
  bool has_detail = detail != NULL && *detail != '\0';
  if (status < 0) text_buffer_format(&cell, ": %s", has_detail ? detail : dicrec_status_text(status));
  make_one_line(cell.bytes);
  csv_text(table, cell.bytes);
  text_buffer_free(&cell);
}

/* Remarks about the input leave a row good; members that stopped early or fire otherwise are not what was asked. */
static bool is_failed_row(dicrec_status status) {
  return status < 0 || status == DICREC_W_PARTIAL || status == DICREC_W_LIMIT || status == DICREC_W_REJECTED;
}

void session_status_cell(session *work, dicrec_status status, const char *detail) {
  ++work->n_rows;
  if (is_failed_row(status)) ++work->n_failed_rows;
  append_status(&work->table, status, detail);
}
