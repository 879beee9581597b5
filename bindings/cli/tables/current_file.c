/* SPDX-License-Identifier: MIT */
/**
 * @file current_file.c
 * Reads an injected current from a CSV file.
 */
#include "tables/current_file.h"

#include <math.h>
#include <stdlib.h>

#include "failure.h"
#include "tables/csv_table.h"
#include "tables/decimal.h"

static double finite_number(const csv_table *table, size_t row, size_t column) {
  double value;
  const char *cell = csv_table_cell(table, row, column);
  if (!decimal_number(cell, &value) || !isfinite(value))
    fail("'%s', line %zu: '%.40s' is not a finite number", table->name, table->lines[row + 1], cell);
  return value;
}

static double *finite_column(const csv_table *table, const char *name) {
  size_t column = csv_table_column(table, name);
  double *values = allocate(table->n_rows, sizeof *values);
  for (size_t row = 0; row < table->n_rows; ++row) values[row] = finite_number(table, row, column);
  return values;
}

void current_file_read(current_file *file, const char *path) {
  *file = (current_file){0};
  if (path == NULL) return;
  csv_table table;
  csv_table_read(&table, path);
  file->n = table.n_rows;
  file->times_ms = finite_column(&table, "time_ms");
  file->values = finite_column(&table, "current_uA_cm2");
  csv_table_free(&table);
}

void current_file_free(current_file *file) {
  free(file->times_ms);
  free(file->values);
  *file = (current_file){0};
}
