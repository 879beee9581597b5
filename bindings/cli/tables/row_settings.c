/* SPDX-License-Identifier: MIT */
/**
 * @file row_settings.c
 * What each row of a population is to be simulated with.
 */
#include "tables/row_settings.h"

#include <math.h>
#include <stdlib.h>

#include "tables/decimal.h"

/* A column, the option that overrides it and says what its cells may be, and what rows have where neither is there. */
typedef struct setting {
  const char *column, *option;
  double first, step; /* of row i: first + i step */
} setting;

/* Every allowed value is held by a double, streams too, so that tables may pass through programs that know no others.
 */
static bool read_cell(const option_spec *option, const char *cell, double *value) {
  if (!decimal_number(cell, value)) return false;
  if (option->kind == OPTION_NUMBER) return option_number_is_allowed(option, *value);
  return *value == floor(*value) && limits_allow(option->limits, *value);
}

/* Replace what a row has by what its cell says, if it says anything. */
static void read_row(const population_file *file, size_t row, size_t column, const option_spec *option, double *value,
                     text_buffer *problem) {
  double given;
  const char *cell = csv_table_cell(&file->table, row, column);
  if (problem->length > 0 || *skip_blanks(cell) == '\0') return;
  if (read_cell(option, cell, &given)) {
    *value = given;
    return;
  }
  text_buffer_format(problem, "line %zu, %s is '%.40s', not ", file->table.lines[row + 1],
                     skip_blanks(file->table.cells[column]), cell);
  option_describe(problem, option);
}

static double *read_rows(const population_file *file, const arguments *given, setting wanted, text_buffer *problems) {
  const csv_table *table = &file->table;
  size_t column = csv_table_find(table, wanted.column);
  bool has_column = column < table->n_columns && !argument_given(given, wanted.option);
  const option_spec *option = command_option(given->command, wanted.option);
  double *values = allocate(table->n_rows, sizeof *values);
  for (size_t row = 0; row < table->n_rows; ++row) {
    values[row] = wanted.first + wanted.step * (double)row;
    if (has_column) read_row(file, row, column, option, &values[row], &problems[row]);
  }
  return values;
}

void row_settings_read(row_settings *settings, const population_file *file, const arguments *given,
                       text_buffer *problems) {
  setting scale = {"time_scale", "time-scale", argument_number(given, "time-scale"), 0};
  setting noise = {"noise_std", "noise", argument_number(given, "noise"), 0};
  setting stream = {"stream", "first-member", (double)argument_count(given, "first-member"), 1};
  settings->time_scale = read_rows(file, given, scale, problems);
  settings->noise_std = read_rows(file, given, noise, problems);
  double *streams = read_rows(file, given, stream, problems);
  settings->stream = allocate(file->table.n_rows, sizeof *settings->stream);
  for (size_t row = 0; row < file->table.n_rows; ++row) settings->stream[row] = (uint64_t)streams[row];
  free(streams);
}

void row_settings_free(row_settings *settings) {
  free(settings->time_scale);
  free(settings->noise_std);
  free(settings->stream);
  *settings = (row_settings){0};
}
