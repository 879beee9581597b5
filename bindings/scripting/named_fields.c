/* SPDX-License-Identifier: MIT */
/**
 * @file named_fields.c
 * Sets and reads fields of the library's structs by their names.
 */
#include "named_fields.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "field_table.h"

/* Whole numbers up to here are exact as doubles. */
static const double WHOLE_MOST = 9007199254740992.0;

const named_field *named_fields_of(const char *name) {
  for (const named_struct *row = NAMED_STRUCTS; row->name != NULL; ++row)
    if (strcmp(row->name, name) == 0) return row->fields;
  return NULL;
}

static dicrec_status fail(script_problem *problem, dicrec_status status, const char *format, ...) {
  va_list values;
  va_start(values, format);
  vsnprintf(problem->text, sizeof problem->text, format, values);
  va_end(values);
  return status;
}

/* Append a name to a list that is cut where the room ends. */
static void list(script_problem *problem, const char *name) {
  const size_t length = strlen(problem->text);
  const char *separator = length > 0 && problem->text[length - 1] != ' ' ? ", " : "";
  snprintf(problem->text + length, sizeof problem->text - length, "%s%s", separator, name);
}

static dicrec_status fail_unknown(const named_field *fields, const char *name, script_problem *problem) {
  fail(problem, DICREC_E_NAME, "there is no option '%s', but ", name);
  for (const named_field *field = fields; field->name != NULL; ++field) list(problem, field->name);
  return DICREC_E_NAME;
}

static dicrec_status word_value(const named_field *field, const char *word, double *number, script_problem *problem) {
  for (const field_word *row = field->words; row->word != NULL; ++row) {
    *number = row->value;
    if (strcmp(row->word, word) == 0) return DICREC_OK;
  }
  fail(problem, DICREC_E_ARGUMENT, "%s is '%s', allowed is ", field->name, word);
  for (const field_word *row = field->words; row->word != NULL; ++row) list(problem, row->word);
  return DICREC_E_ARGUMENT;
}

static dicrec_status single_number(const named_field *field, const script_value *value, double *number,
                                   script_problem *problem) {
  if (value->text != NULL) {
    if (field->words != NULL) return word_value(field, value->text, number, problem);
    return fail(problem, DICREC_E_ARGUMENT, "%s is '%s', a number is expected", field->name, value->text);
  }
  if (value->rows != 1 || value->columns != 1)
    return fail(problem, DICREC_E_ARGUMENT, "%s has %zu values, one is expected", field->name,
                value->rows * value->columns);
  *number = value->numbers[0];
  return DICREC_OK;
}

static int is_whole(double number, double least, double most) {
  return !isnan(number) && number >= least && number <= most && number == floor(number);
}

static dicrec_status set_number(const named_field *field, void *place, double number, script_problem *problem) {
  const double most = field->kind == FIELD_INT32 ? INT32_MAX : WHOLE_MOST;
  if (field->kind == FIELD_DOUBLE) {
    memcpy(place, &number, sizeof number);
    return DICREC_OK;
  }
  if (!is_whole(number, field->kind == FIELD_UINT64 ? 0 : -most, most))
    return fail(problem, DICREC_E_RANGE, "%s is %.17g, a whole number%s up to %.17g is expected", field->name, number,
                field->kind == FIELD_UINT64 ? ", 0 or above," : "", most);
  if (field->kind == FIELD_INT32) *(int32_t *)place = (int32_t)number;
  else if (field->kind == FIELD_INT64) *(int64_t *)place = (int64_t)number;
  else *(uint64_t *)place = (uint64_t)number;
  return DICREC_OK;
}

/* Rows of an array must be as many as its members, or as another array has that the same field counts. */
static dicrec_status count_rows(const named_field *field, void *target, size_t rows, size_t n_members,
                                script_problem *problem) {
  uint64_t expected = n_members;
  if (field->count_offset > 0) {
    uint64_t *count = (uint64_t *)((char *)target + field->count_offset);
    if (*count == 0) *count = rows;
    expected = *count;
  } else if (n_members == 0) {
    return fail(problem, DICREC_E_ARGUMENT, "%s is not for this command", field->name);
  }
  if (rows == expected) return DICREC_OK;
  return fail(problem, DICREC_E_ARGUMENT, "%s has %zu rows, %llu are expected", field->name, rows,
              (unsigned long long)expected);
}

static dicrec_status set_counts(const named_field *field, void *place, const script_value *value, size_t rows,
                                script_memory *memory, script_problem *problem) {
  uint64_t *counts = script_memory_take(memory, rows, sizeof *counts);
  if (counts == NULL) return fail(problem, DICREC_E_MEMORY, "out of memory");
  for (size_t i = 0; i < rows; ++i) {
    if (!is_whole(value->numbers[i], 0, WHOLE_MOST))
      return fail(problem, DICREC_E_RANGE, "%s: value %zu of %zu is %.17g, a whole number, 0 or above, is expected",
                  field->name, i + 1, rows, value->numbers[i]);
    counts[i] = (uint64_t)value->numbers[i];
  }
  *(const uint64_t **)place = counts;
  return DICREC_OK;
}

static dicrec_status set_array(const named_field *field, void *target, const script_value *value, size_t n_members,
                               script_memory *memory, script_problem *problem) {
  void *place = (char *)target + field->offset;
  const size_t size = value->rows * value->columns, columns = (size_t)field->columns;
  if (value->text != NULL || (columns > 1 && value->columns != columns))
    return fail(problem, DICREC_E_ARGUMENT, "%s: numbers in %d column(s) are expected", field->name, field->columns);
  dicrec_status status = count_rows(field, target, size / columns, n_members, problem);
  if (status != DICREC_OK) return status;
  if (field->kind == FIELD_COUNTS) return set_counts(field, place, value, size, memory, problem);
  *(const double **)place = value->numbers;
  return DICREC_OK;
}

dicrec_status named_field_set(const named_field *fields, void *target, const char *name, const script_value *value,
                              size_t n_members, script_memory *memory, script_problem *problem) {
  const named_field *field = fields;
  while (field->name != NULL && strcmp(field->name, name) != 0) ++field;
  if (field->name == NULL) return fail_unknown(fields, name, problem);
  if (field->kind == FIELD_DOUBLES || field->kind == FIELD_COUNTS)
    return set_array(field, target, value, n_members, memory, problem);
  void *place = (char *)target + field->offset;
  if (field->kind == FIELD_TEXT) {
    if (value->text == NULL) return fail(problem, DICREC_E_ARGUMENT, "%s: a text is expected", field->name);
    *(const char **)place = value->text;
    return DICREC_OK;
  }
  double number = 0;
  dicrec_status status = single_number(field, value, &number, problem);
  return status == DICREC_OK ? set_number(field, place, number, problem) : status;
}

double named_field_number(const named_field *field, const void *source) {
  const void *place = (const char *)source + field->offset;
  switch (field->kind) {
  case FIELD_INT32:
    return *(const int32_t *)place;
  case FIELD_INT64:
    return (double)*(const int64_t *)place;
  case FIELD_UINT64:
    return (double)*(const uint64_t *)place;
  case FIELD_DOUBLE:
    return *(const double *)place;
  default:
    return NAN;
  }
}

const char *named_field_word(const named_field *field, double number) {
  for (const field_word *row = field->words; row != NULL && row->word != NULL; ++row)
    if (row->value == number) return row->word;
  return NULL;
}
