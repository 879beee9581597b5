/* SPDX-License-Identifier: MIT */
/**
 * @file spike_file.c
 * Reads spike trains from a CSV file with the columns ID and spiking_times.
 */
#include "spike_file.h"

#include <stdlib.h>
#include <string.h>

#include "decimal.h"
#include "failure.h"
#include "session.h"

void spike_file_read(spike_file *file, const char *path, int32_t unit) {
  *file = (spike_file){.unit = unit};
  csv_table_read(&file->table, path);
  file->id_column = csv_table_column(&file->table, "ID");
  file->times_column = csv_table_column(&file->table, "spiking_times");
}

void spike_file_free(spike_file *file) {
  csv_table_free(&file->table);
  free(file->times);
  *file = (spike_file){0};
}

const char *spike_file_id(const spike_file *file, size_t row) {
  return csv_table_cell(&file->table, row, file->id_column);
}

static bool refuse(text_buffer *problem, size_t index, const char *at, const char *why) {
  int length = (int)strcspn(at, ",]");
  text_buffer_format(problem, "spike %zu is '%.*s', %s", index + 1, length < 40 ? length : 40, at, why);
  return false;
}

/* Read "[1, 2.5]", "[]", "1.5" or nothing; false and the problem for anything else. */
static bool read_list(spike_file *file, const char *text, size_t *n, text_buffer *problem) {
  const char *at = skip_blanks(text);
  bool has_bracket = *at == '[';
  char closing = has_bracket ? ']' : '\0';
  at = skip_blanks(at + has_bracket);
  *n = 0;
  while (*at != closing || *n > 0) {
    file->times = grow(file->times, &file->capacity, *n + 1, sizeof *file->times);
    const char *end;
    if (!decimal_prefix(at, &end, &file->times[*n])) return refuse(problem, *n, at, "not a number");
    end = skip_blanks(end);
    if (*end != ',' && *end != closing)
      return refuse(problem, *n, at, "not followed by a comma or the end of the list");
    ++*n;
    at = *end == ',' ? skip_blanks(end + 1) : end;
    if (*end == closing) break;
  }
  if (has_bracket && *skip_blanks(at + 1) != '\0') {
    text_buffer_format(problem, "'%.40s' after the list of spikes", skip_blanks(at + 1));
    return false;
  }
  return true;
}

dicrec_status spike_file_train(spike_file *file, size_t row, dicrec_context *context, dicrec_spikes **spikes,
                               text_buffer *problem) {
  size_t n;
  *spikes = NULL;
  if (!read_list(file, csv_table_cell(&file->table, row, file->times_column), &n, problem)) return DICREC_E_SPIKES;
  dicrec_status status = dicrec_spikes_create(context, file->times, n, file->unit, spikes);
  if (status < 0) append_context_error(problem, context);
  return status;
}
