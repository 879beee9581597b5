/* SPDX-License-Identifier: MIT */
/**
 * @file script_call.c
 * What becomes of a call: failures, remarks, and the values of its answer.
 */
#include "script_call.h"

#include <stdarg.h>
#include <stdio.h>

void script_call_free(script_call *call) {
  script_memory_free(&call->memory);
  *call = (script_call){0};
}

int script_call_accept(script_call *call, dicrec_status status) {
  if (call->status == DICREC_OK || (call->status > 0 && status < 0)) call->status = status;
  return call->status >= 0;
}

void script_call_fail(script_call *call, dicrec_status status, const char *format, ...) {
  if (call->status < 0) return;
  va_list values;
  va_start(values, format);
  vsnprintf(call->problem.text, sizeof call->problem.text, format, values);
  va_end(values);
  script_call_accept(call, status);
}

/* Memory of the answer; NULL and a failure when it is short. */
static void *take(script_call *call, size_t count, size_t size) {
  void *memory = call->status < 0 ? NULL : script_memory_take(&call->memory, count, size);
  if (memory == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  return memory;
}

static answer_value *add(script_call *call, const char *name, answer_kind kind, size_t rows, size_t columns) {
  static answer_value nowhere;
  nowhere = (answer_value){0};
  if (call->n_values == ANSWER_MOST) script_call_fail(call, DICREC_E_MEMORY, "the answer has too many values");
  if (call->status < 0) return &nowhere;
  answer_value *value = &call->values[call->n_values++];
  *value = (answer_value){.name = name, .kind = kind, .rows = rows, .columns = columns};
  return value;
}

answer_value *answer_numbers(script_call *call, const char *name, size_t rows, size_t columns) {
  answer_value *value = add(call, name, ANSWER_NUMBERS, rows, columns);
  value->numbers = take(call, rows * (columns > 0 ? columns : 1), sizeof *value->numbers);
  if (columns > 0) value->labels = take(call, columns, sizeof *value->labels);
  return value;
}

answer_value *answer_texts(script_call *call, const char *name, size_t rows) {
  answer_value *value = add(call, name, ANSWER_TEXTS, rows, 0);
  value->texts = take(call, rows, sizeof *value->texts);
  return value;
}

answer_value *answer_list(script_call *call, const char *name, size_t rows) {
  answer_value *value = add(call, name, ANSWER_LIST, rows, 0);
  value->parts = take(call, rows, sizeof *value->parts);
  return value;
}

double *answer_part(script_call *call, answer_value *list, size_t index, size_t rows, size_t columns) {
  if (call->status < 0) return NULL;
  answer_value *part = &list->parts[index];
  *part = (answer_value){.kind = ANSWER_NUMBERS, .rows = rows, .columns = columns, .labels = list->labels};
  part->numbers = take(call, rows * (columns > 0 ? columns : 1), sizeof *part->numbers);
  return part->numbers;
}

void answer_number(script_call *call, const char *name, double number) {
  answer_value *value = answer_numbers(call, name, 1, 0);
  if (value->numbers != NULL) value->numbers[0] = number;
}

void answer_text(script_call *call, const char *name, const char *text) {
  answer_value *value = add(call, name, ANSWER_TEXT, 1, 0);
  value->texts = take(call, 1, sizeof *value->texts);
  if (value->texts != NULL) value->texts[0] = text == NULL ? "" : script_memory_text(&call->memory, text);
  if (value->texts != NULL && value->texts[0] == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
}

void answer_group(script_call *call, const char *name, size_t count) { add(call, name, ANSWER_GROUP, count, 0); }
