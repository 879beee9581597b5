/* SPDX-License-Identifier: MIT */
/**
 * @file csv_table.c
 * Reads a whole CSV file (RFC 4180) into a table.
 *
 * Cells are cut and unquoted in place. Accepted beyond the RFC: a byte order mark, any line ending, blank lines, and
 * blanks around a quoted cell. A quote elsewhere in an unquoted cell, text after a closing quote and rows of another
 * length than the header are refused.
 */
#include "tables/csv_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "system/host.h"
#include "tables/decimal.h"

/* Where the reading stands. */
typedef struct cursor {
  csv_table *table;
  char *next;
  size_t line;     /* of `next`, from 1 */
  char ended_with; /* what ended the last cell: ',', '\n' or '\0' */
} cursor;

static void read_stream(csv_table *table, FILE *stream) {
  size_t capacity = 0;
  for (;;) {
    table->text = grow(table->text, &capacity, table->length + ((size_t)1 << 16) + 1, 1);
    size_t n = fread(table->text + table->length, 1, capacity - table->length - 1, stream);
    table->length += n;
    if (n == 0) break;
  }
  table->text[table->length] = '\0';
}

static void read_file(csv_table *table, const char *path) {
  bool is_stdin = path == NULL || strcmp(path, "-") == 0;
  table->name = is_stdin ? "standard input" : path;
  if (is_stdin && host_input_is_terminal())
    fprintf(stderr, "dicrec: reading from the terminal; Ctrl-D ends the table\n");
  FILE *stream = is_stdin ? stdin : fopen(path, "rb");
  if (stream == NULL) fail("cannot read '%s': %s", table->name, strerror(errno));
  errno = 0;
  read_stream(table, stream);
  if (ferror(stream)) fail("cannot read '%s': %s", table->name, strerror(errno));
  if (!is_stdin) fclose(stream);
}

/* What people often give by mistake, in words that say what to do. */
static void refuse_other_kinds(const csv_table *table) {
  static const char gzip[] = "\x1F\x8B", zip[] = "PK\x03\x04";
  if (strncmp(table->text, gzip, sizeof gzip - 1) == 0)
    fail("'%s' is compressed; 'gzip -dc FILE | dicrec ...' unpacks it", table->name);
  if (strncmp(table->text, zip, sizeof zip - 1) == 0)
    fail("'%s' is an archive or a spreadsheet; a table in CSV is needed", table->name);
  size_t header = strcspn(table->text, "\r\n"), comma = strcspn(table->text, ",\r\n");
  size_t other = strcspn(table->text, ";\t\r\n");
  if (comma == header && other < header)
    fail("'%s', line 1: columns are separated by %s, where commas are needed", table->name,
         table->text[other] == ';' ? "semicolons" : "tabs");
}

static void refuse_nul(const csv_table *table) {
  const char *nul = memchr(table->text, '\0', table->length);
  if (nul == NULL) return;
  size_t line = 1;
  for (const char *at = table->text; at < nul; ++at) line += *at == '\n';
  fail("'%s', line %zu: a NUL byte at offset %td; the file must be text in UTF-8", table->name, line,
       nul - table->text);
}

/* Step over the end of a cell and terminate the cell at `end`. */
static void end_cell(cursor *at, char *stop, char *end) {
  char stopped = *stop;
  if (stopped == '\r' && stop[1] == '\n') ++stop;
  at->ended_with = stopped == '\r' ? '\n' : stopped;
  at->line += at->ended_with == '\n';
  at->next = stopped == '\0' ? stop : stop + 1;
  *end = '\0';
}

static char *quoted_cell(cursor *at, char *quote) {
  size_t first_line = at->line;
  char *cell = quote + 1;
  char *to = cell;
  const char *from = cell;
  for (;; ++from) {
    if (*from == '\0') fail("'%s', line %zu: the quote that opens here is never closed", at->table->name, first_line);
    at->line += *from == '\n';
    if (*from == '"' && *++from != '"') break;
    *to++ = *from;
  }
  char *stop = quote + (from - quote);
  stop += strspn(stop, " \t");
  if (strchr(",\r\n", *stop) == NULL) /* finds the terminator too */
    fail("'%s', line %zu: '%.20s' after a closing quote, where a comma or the end of the line was expected",
         at->table->name, at->line, stop);
  end_cell(at, stop, to);
  return cell;
}

static char *take_cell(cursor *at) {
  char *quote = at->next + strspn(at->next, " \t");
  if (*quote == '"') return quoted_cell(at, quote);
  char *cell = at->next;
  char *stop = cell + strcspn(cell, ",\r\n\"");
  if (*stop == '"') fail("'%s', line %zu: a quote inside the unquoted cell '%.20s'", at->table->name, at->line, cell);
  end_cell(at, stop, stop);
  return cell;
}

/* Take one row; a blank line leaves no trace. */
static void take_row(cursor *at) {
  csv_table *table = at->table;
  size_t line = at->line;
  size_t first = table->n_cells;
  do {
    table->cells = grow(table->cells, &table->cell_capacity, table->n_cells + 1, sizeof *table->cells);
    table->cells[table->n_cells] = take_cell(at);
    ++table->n_cells;
  } while (at->ended_with == ',');
  size_t n = table->n_cells - first;
  if (n == 1 && *skip_blanks(table->cells[first]) == '\0') {
    table->n_cells = first;
    return;
  }
  if (table->n_lines == 0) table->n_columns = n;
  if (n != table->n_columns)
    fail("'%s', line %zu: %zu cells, where the header has %zu; a list of spike times needs quotes around it",
         table->name, line, n, table->n_columns);
  table->lines = grow(table->lines, &table->line_capacity, table->n_lines + 1, sizeof *table->lines);
  table->lines[table->n_lines++] = line;
}

void csv_table_read(csv_table *table, const char *path) {
  *table = (csv_table){0};
  read_file(table, path);
  refuse_other_kinds(table);
  refuse_nul(table);
  cursor at = {.table = table, .next = table->text, .line = 1};
  if (strncmp(at.next, "\xEF\xBB\xBF", 3) == 0) at.next += 3;
  while (*at.next != '\0') take_row(&at);
  if (table->n_lines == 0) fail("'%s' is empty; a header line was expected", table->name);
  table->n_rows = table->n_lines - 1;
}

void csv_table_free(csv_table *table) {
  free(table->text);
  free(table->cells);
  free(table->lines);
  *table = (csv_table){0};
}

static bool is_named(const char *cell, const char *name) {
  const char *start = skip_blanks(cell);
  size_t length = strlen(name);
  return strncmp(start, name, length) == 0 && *skip_blanks(start + length) == '\0';
}

size_t csv_table_find(const csv_table *table, const char *name) {
  size_t found = table->n_columns;
  for (size_t column = 0; column < table->n_columns; ++column) {
    if (!is_named(table->cells[column], name)) continue;
    if (found < table->n_columns)
      fail("'%s', line %zu: two columns are named '%s'", table->name, table->lines[0], name);
    found = column;
  }
  return found;
}

size_t csv_table_column(const csv_table *table, const char *name) {
  size_t found = csv_table_find(table, name);
  if (found == table->n_columns)
    fail("'%s', line %zu: no column '%s' in the header, which begins with '%.20s'", table->name, table->lines[0], name,
         table->cells[0]);
  return found;
}

const char *csv_table_cell(const csv_table *table, size_t row, size_t column) {
  return table->cells[(row + 1) * table->n_columns + column];
}
