/* SPDX-License-Identifier: MIT */
/**
 * @file script_call.h
 * One call of a script: a command with numbers and options in, named values or an error out.
 *
 * An interpreter (R, Octave, MATLAB) may leave a function by a jump whenever it makes one of its own objects. So a call
 * is done in three steps: the interpreter's values are read, script_call_run() asks the library without the
 * interpreter, and the answer, which is plain memory, is turned into the interpreter's values.
 */
#ifndef DICREC_SCRIPT_CALL_H
#define DICREC_SCRIPT_CALL_H

#include "named_fields.h"

/** An option as the script names it, "seed" or, of a part of a reconstruction, "simulate.dt_ms". */
typedef struct script_option {
  const char *name;
  script_value value;
} script_option;

typedef enum answer_kind {
  ANSWER_NUMBERS, /**< [rows][columns], row-major, or a vector if columns is 0 */
  ANSWER_TEXTS,   /**< [rows] */
  ANSWER_TEXT,    /**< one */
  ANSWER_LIST,    /**< [rows] parts, each like ANSWER_NUMBERS */
  ANSWER_GROUP    /**< the next `rows` values belong together, under this name */
} answer_kind;

/** A value of an answer. */
typedef struct answer_value {
  const char *name;
  answer_kind kind;
  size_t rows;
  size_t columns;
  double *numbers;
  const char **texts;
  const char **labels; /**< names of the columns, or of the numbers of a vector; NULL: there are none */
  struct answer_value *parts;
} answer_value;

enum { ANSWER_MOST = 64 };

/** A call; zero, then filled in by the interpreter's side. */
typedef struct script_call {
  const char *command;
  script_value data; /**< spike times, targets or conductances */
  const script_option *options;
  size_t n_options;
  int32_t (*interrupted)(void *user, int64_t done,
                         int64_t total); /**< not 0: the call is to be cancelled; NULL: never */

  dicrec_status status;
  script_problem problem; /**< text of a failure or a remark */
  answer_value values[ANSWER_MOST];
  size_t n_values;
  script_memory memory; /**< of the answer */
} script_call;

/** Do what the call asks for; its status says how it went. */
void script_call_run(script_call *call);

/** Give the memory of an answer back; the call is zero afterwards. */
void script_call_free(script_call *call);

/** Keep the first failure, or else the first remark; false for a failure. */
int script_call_accept(script_call *call, dicrec_status status);

/** Fail with a text. */
void script_call_fail(script_call *call, dicrec_status status, const char *format, ...);

/** A value to be filled in; after a failure, or when memory is short, its arrays are NULL and the call has failed. */
answer_value *answer_numbers(script_call *call, const char *name, size_t rows, size_t columns);
answer_value *answer_texts(script_call *call, const char *name, size_t rows);
answer_value *answer_list(script_call *call, const char *name, size_t rows);
void answer_number(script_call *call, const char *name, double number);
void answer_text(script_call *call, const char *name, const char *text);
void answer_group(script_call *call, const char *name, size_t count);

/** Room for one part of a list. */
double *answer_part(script_call *call, answer_value *list, size_t index, size_t rows, size_t columns);

#endif
