/* SPDX-License-Identifier: MIT */
/**
 * @file session.h
 * What every command works with: context, model, threads, progress; and how statuses become cells and exit codes.
 */
#ifndef DICREC_CLI_SESSION_H
#define DICREC_CLI_SESSION_H

#include <dicrec.h>

#include "commands/arguments.h"
#include "progress_bar.h"
#include "system/output_files.h"
#include "tables/text_buffer.h"

/** A command at work. */
typedef struct session {
  const arguments *given;
  dicrec_context *context;
  dicrec_model *model; /* NULL if the command has no --model */
  int32_t n_threads;
  progress_bar progress;
  text_buffer table;            /* what the command writes in the end */
  size_t n_rows, n_failed_rows; /* of the table: all, and those that leave the exit status at 1 */
} session;

/** Open the context and the model that the options name. The session must not be moved afterwards. */
void session_open(session *work, const arguments *given);

/** Open a model by its name or its file. */
dicrec_status session_try_model(session *work, const char *name);

/** session_try_model(), but fail() if it is refused; `what` has named it. */
void session_open_model(session *work, const char *what, const char *name);

/**
 * All input has been read: until session_finish() a signal cancels what the library computes, and nothing is written.
 */
void session_begin_work(void);

/** Write the table and, if `extra` is not NULL, one more file; warn of failed rows; close; return the exit status. */
int session_finish(session *work, const char *extra_path, const text_buffer *extra);

/** session_finish() with any number of further files, at most 3. */
int session_finish_with(session *work, const output_file *extras, size_t n_extras);

/** The estimator that the options name. */
dicrec_estimator *session_open_estimator(session *work);

/** fail() with the context's text if the status is a failure. */
void session_require(const session *work, dicrec_status status, const char *what);

/** fail() on what no row can be blamed for: memory, an unsupported option, a cancelled call. */
void session_require_row(const session *work, dicrec_status status);

/** Options of an estimate from --time-scale. */
void session_estimate_options(const session *work, dicrec_estimate_options *options);

/** Print a warning on stderr, in one line, unless --quiet. */
void session_warn(const session *work, const char *format, ...) PRINTF_LIKE(2, 3);

/** session_warn() with the context's text if a call was done with a remark; W_PARTIAL is in the status of the rows
 * instead. */
void session_warn_of(const session *work, dicrec_status status);

/** Append the text of the context's last failure or remark. */
void append_context_error(text_buffer *text, const dicrec_context *context);

/** Append the text of a reconstruction's failure. */
void append_reconstruction_error(text_buffer *text, const dicrec_reconstruction *reconstruction);

/** The cell of session_status_cell() in another table, which counts no rows. */
void append_status(text_buffer *table, dicrec_status status, const char *detail);

/** Append the status cell, "OK" or "E_RANGE: detail" (the status' own text if there is none), to the table; counts its
 * rows.
 */
void session_status_cell(session *work, dicrec_status status, const char *detail);

#endif
