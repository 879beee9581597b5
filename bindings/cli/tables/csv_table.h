/* SPDX-License-Identifier: MIT */
/**
 * @file csv_table.h
 * Reads a whole CSV file (RFC 4180) into a table; a file that is not CSV ends in fail().
 */
#ifndef DICREC_CLI_CSV_TABLE_H
#define DICREC_CLI_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/** A table with a header; every row has as many cells as the header. */
typedef struct csv_table {
  const char *name; /* of the file, for messages */
  char *text;       /* the file, cut into cells in place */
  size_t length;
  char **cells; /* header first, row-major */
  size_t n_cells, cell_capacity;
  size_t *lines; /* line of the file where each row begins, header first */
  size_t n_lines, line_capacity;
  size_t n_columns;
  size_t n_rows; /* without the header */
} csv_table;

/** Read a file; NULL or "-" is the standard input. */
void csv_table_read(csv_table *table, const char *path);

/** Give the memory back. */
void csv_table_free(csv_table *table);

/** Index of a column by its name, n_columns if there is none; fail() if there is more than one. */
size_t csv_table_find(const csv_table *table, const char *name);

/** csv_table_find(), but fail() if there is none. */
size_t csv_table_column(const csv_table *table, const char *name);

/** A cell; never NULL. */
const char *csv_table_cell(const csv_table *table, size_t row, size_t column);

#endif
