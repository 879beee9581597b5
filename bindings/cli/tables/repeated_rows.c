/* SPDX-License-Identifier: MIT */
/**
 * @file repeated_rows.c
 * Warns of rows that a table's key does not distinguish.
 */
#include "tables/repeated_rows.h"

#include <stdlib.h>
#include <string.h>

/* The most keys that are named, and lines of each. */
enum { MAX_NAMED = 3, MAX_LINES = 4 };

typedef struct keyed_row {
  const char *key[MAX_KEY_COLUMNS];
  size_t line;
} keyed_row;

static int compare_keys(const keyed_row *a, const keyed_row *b) {
  int order = 0;
  for (size_t i = 0; i < MAX_KEY_COLUMNS && order == 0; ++i) order = strcmp(a->key[i], b->key[i]);
  return order;
}

static int compare(const void *a, const void *b) {
  const keyed_row *x = a, *y = b;
  int order = compare_keys(x, y);
  return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static keyed_row *sorted_rows(const csv_table *table, const size_t *keys, size_t n_keys) {
  keyed_row *rows = allocate(table->n_rows, sizeof *rows);
  for (size_t row = 0; row < table->n_rows; ++row) {
    rows[row].line = table->lines[row + 1];
    for (size_t i = 0; i < MAX_KEY_COLUMNS; ++i)
      rows[row].key[i] = i < n_keys ? csv_table_cell(table, row, keys[i]) : "";
  }
  qsort(rows, table->n_rows, sizeof *rows, compare);
  return rows;
}

static void warn(const session *work, const csv_table *table, const size_t *keys, size_t n_keys, const keyed_row *rows,
                 size_t n) {
  text_buffer text = {0};
  for (size_t i = 0; i < n_keys; ++i)
    text_buffer_format(&text, "%s%s '%.40s'", i > 0 ? " and " : "", table->cells[keys[i]], rows->key[i]);
  text_buffer_format(&text, " %s in lines %zu", n_keys > 1 ? "stand" : "stands", rows[0].line);
  for (size_t i = 1; i < n && i < MAX_LINES; ++i) text_buffer_format(&text, ", %zu", rows[i].line);
  if (n > MAX_LINES) text_buffer_format(&text, " and %zu more", n - MAX_LINES);
  session_warn(work, "'%s': %s", table->name, text.bytes);
  text_buffer_free(&text);
}

void warn_of_repeated_rows(const session *work, const csv_table *table, const size_t *keys, size_t n_keys) {
  keyed_row *rows = sorted_rows(table, keys, n_keys);
  size_t n_repeated = 0;
  for (size_t first = 0, end; first < table->n_rows; first = end) {
    for (end = first + 1; end < table->n_rows && compare_keys(&rows[first], &rows[end]) == 0;) ++end;
    if (end - first > 1 && ++n_repeated <= MAX_NAMED) warn(work, table, keys, n_keys, rows + first, end - first);
  }
  if (n_repeated > MAX_NAMED)
    session_warn(work, "'%s': %zu more keys stand in several lines", table->name, n_repeated - MAX_NAMED);
  free(rows);
}
