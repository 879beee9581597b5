/* SPDX-License-Identifier: MIT */
#include "csv_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *name) {
  fprintf(stderr, "csv_reader: %s: %s\n", what, name);
  exit(EXIT_FAILURE);
}

static char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) give_up("cannot be read", path);
  fseek(file, 0, SEEK_END);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  char *text = calloc(size + 1, 1);
  if (text == NULL || fread(text, 1, size, file) != size) give_up("cannot be read", path);
  fclose(file);
  return text;
}

/** Cut the cell at `*at` out of the text; true if it ended a line. */
static int next_cell(char **at, char **cell) {
  char *p = *at;
  const int is_quoted = *p == '"';
  *cell = is_quoted ? ++p : p;
  if (is_quoted) {
    p = strchr(p, '"');
    if (p == NULL) give_up("a quote is not closed", *cell);
    *p++ = '\0';
  }
  p += strcspn(p, ",\r\n");
  const char end = *p;
  *p++ = '\0';
  if (end == '\r') ++p;
  *at = p;
  return end != ',';
}

csv_table csv_read(const char *folder, const char *file) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  csv_table table = {.text = read_text(path)};
  size_t n_cells = 0, n_most = strlen(table.text) + 1;
  table.cells = calloc(n_most, sizeof *table.cells);
  if (table.cells == NULL) give_up("out of memory", file);
  const char *end = table.text + strlen(table.text);
  for (char *at = table.text; at < end;) {
    const int ended = next_cell(&at, &table.cells[n_cells++]);
    if (!ended) continue;
    if (table.n_columns == 0) table.n_columns = n_cells;
    if (n_cells % table.n_columns != 0) give_up("a line has another number of cells", file);
  }
  if (table.n_columns == 0 || n_cells < 2 * table.n_columns) give_up("has no rows", file);
  table.n_rows = n_cells / table.n_columns - 1;
  return table;
}

void csv_free(csv_table *table) {
  free(table->cells);
  free(table->text);
}

size_t csv_column(const csv_table *table, const char *prefix, const char *name) {
  const size_t length = strlen(prefix);
  for (size_t c = 0; c < table->n_columns; ++c)
    if (strncmp(table->cells[c], prefix, length) == 0 && strcmp(table->cells[c] + length, name) == 0) return c;
  give_up("no such column", name);
  return 0;
}

const char *csv_text(const csv_table *table, size_t row, size_t column) {
  return table->cells[(row + 1) * table->n_columns + column];
}

double csv_number(const csv_table *table, size_t row, size_t column) {
  const char *text = csv_text(table, row, column);
  char *end;
  const double value = strtod(text, &end);
  if (end == text || *end != '\0') give_up("not a number", text);
  return value;
}

size_t csv_numbers(const csv_table *table, size_t row, size_t column, double *values, size_t capacity) {
  const char *at = csv_text(table, row, column);
  size_t n = 0;
  at += *at == '[';
  while (*at != ']' && *at != '\0') {
    char *end;
    const double value = strtod(at, &end);
    if (end == at || n == capacity) give_up("not a list that fits", at);
    values[n++] = value;
    at = end + strspn(end, ", ");
  }
  return n;
}
