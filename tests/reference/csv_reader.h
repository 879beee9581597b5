/* SPDX-License-Identifier: MIT */
/** @file csv_reader.h Small CSV files with a header line; cells may be quoted. Any fault ends the program. */
#ifndef DICREC_TEST_CSV_READER_H
#define DICREC_TEST_CSV_READER_H

#include <stddef.h>

typedef struct csv_table {
  char *text;
  char **cells; /**< [n_rows + 1][n_columns], the header first; they point into the text */
  size_t n_rows, n_columns;
} csv_table;

/** Read a file of a folder. */
csv_table csv_read(const char *folder, const char *file);

void csv_free(csv_table *table);

/** Index of the column named by prefix and name together. */
size_t csv_column(const csv_table *table, const char *prefix, const char *name);

const char *csv_text(const csv_table *table, size_t row, size_t column);
double csv_number(const csv_table *table, size_t row, size_t column);

/** Numbers of a cell "[1.5, 2.5]"; returns how many. */
size_t csv_numbers(const csv_table *table, size_t row, size_t column, double *values, size_t capacity);

#endif
