/* SPDX-License-Identifier: MIT */
/**
 * @file named_fields.h
 * Fields of the library's structs by their names: options are set so, and reports read.
 */
#ifndef DICREC_NAMED_FIELDS_H
#define DICREC_NAMED_FIELDS_H

#include <dicrec.h>
#include <stddef.h>

#include "script_memory.h"

/** A word of an enumeration; the last of a list is NULL. */
typedef struct field_word {
  const char *word;
  int32_t value;
} field_word;

typedef enum field_kind {
  FIELD_INT32,
  FIELD_INT64,
  FIELD_UINT64,
  FIELD_DOUBLE,
  FIELD_TEXT,
  FIELD_DOUBLES, /**< a pointer to rows */
  FIELD_COUNTS   /**< the same, of uint64_t */
} field_kind;

/** A field; the last of a list has no name. */
typedef struct named_field {
  const char *name;
  size_t offset;
  field_kind kind;
  const field_word *words; /**< NULL: a number */
  size_t count_offset; /**< of an array: where the number of its rows stands, a uint64_t; 0: a row for each member */
  int columns;         /**< of an array */
} named_field;

/** A struct, "simulate_options"; the last of a list has no name. */
typedef struct named_struct {
  const char *name;
  const named_field *fields;
} named_struct;

/** What a script gives: a text, or else numbers, row-major. */
typedef struct script_value {
  const char *text;
  const double *numbers;
  size_t rows;
  size_t columns;
} script_value;

/** Where the text of an error is written. */
typedef struct script_problem {
  char text[512];
} script_problem;

/** Fields of a struct, NULL if there is none of that name. */
const named_field *named_fields_of(const char *name);

/**
 * Set the field `name` of the struct at `target`. Arrays are lent or, if they must be converted, taken of `memory`.
 *
 * @param n_members  Rows that arrays with a row for each member must have; 0: no such array is allowed.
 * @param problem    Written unless OK.
 * @return OK, E_NAME, E_ARGUMENT, E_RANGE, E_MEMORY.
 */
dicrec_status named_field_set(const named_field *fields, void *target, const char *name, const script_value *value,
                              size_t n_members, script_memory *memory, script_problem *problem);

/** A number of the struct at `source`, whatever its type; NaN of what is none. */
double named_field_number(const named_field *field, const void *source);

/** Word of a number; NULL where the field has no words or none for it. */
const char *named_field_word(const named_field *field, double number);

#endif
