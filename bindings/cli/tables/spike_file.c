/* SPDX-License-Identifier: MIT */
/**
 * @file spike_file.c
 * Reads spike trains from a CSV file with the columns ID and spiking_times, and maybe start and stop.
 */
#include "tables/spike_file.h"

#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "tables/decimal.h"
#include "tables/repeated_rows.h"

void spike_file_read(spike_file *file, const session *work) {
  *file = (spike_file){.unit = argument_choice(work->given, "unit")};
  csv_table_read(&file->table, argument_operand(work->given));
  file->id_column = csv_table_column(&file->table, "ID");
  file->times_column = csv_table_column(&file->table, "spiking_times");
  file->start_column = csv_table_find(&file->table, "start");
  file->stop_column = csv_table_find(&file->table, "stop");
  warn_of_repeated_rows(work, &file->table, &file->id_column, 1);
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

/* Note what a warning of the unit tells. */
static void note_intervals(spike_file *file, size_t n) {
  if (n < 2) return;
  file->covered += file->times[n - 1] - file->times[0];
  file->n_intervals += (double)(n - 1);
}

/* Read one end of a row's window; false if there is none, and the problem if it is no number. */
static bool read_end(const spike_file *file, size_t row, size_t column, double *value, text_buffer *problem) {
  if (column == file->table.n_columns) return false;
  const char *text = skip_blanks(csv_table_cell(&file->table, row, column)), *end;
  if (*text == '\0') return false;
  const bool is_number = decimal_prefix(text, &end, value) && *skip_blanks(end) == '\0';
  if (!is_number && problem->length == 0)
    text_buffer_format(problem, "%s is '%.40s', not a number", column == file->start_column ? "start" : "stop", text);
  return true;
}

/* Read when a row's train was observed, if the row says so; false and the problem if it says half. */
static bool read_window(const spike_file *file, size_t row, dicrec_spikes_options *options, text_buffer *problem) {
  const bool has_start = read_end(file, row, file->start_column, &options->start, problem);
  const bool has_stop = read_end(file, row, file->stop_column, &options->stop, problem);
  options->has_window = has_start && has_stop;
  if (has_start != has_stop && problem->length == 0)
    text_buffer_format(problem, "%s without a %s", has_start ? "start" : "stop", has_start ? "stop" : "start");
  return problem->length == 0;
}

dicrec_status spike_file_train(spike_file *file, size_t row, dicrec_context *context, dicrec_spikes **spikes,
                               text_buffer *problem) {
  size_t n;
  *spikes = NULL;
  if (!read_list(file, csv_table_cell(&file->table, row, file->times_column), &n, problem)) return DICREC_E_SPIKES;
  dicrec_spikes_options options;
  dicrec_spikes_options_init(&options, sizeof options);
  options.unit = file->unit;
  if (!read_window(file, row, &options, problem)) return DICREC_E_RANGE;
  dicrec_status status = dicrec_spikes_create(context, file->times, n, &options, spikes);
  if (status < 0) append_context_error(problem, context);
  else note_intervals(file, n);
  return status;
}

void spike_file_check_unit(const spike_file *file, const dicrec_spikes *const *trains, size_t n, const session *work) {
  const int32_t likely = dicrec_spikes_likely_unit(trains, n, file->unit);
  if (likely == file->unit) return;
  const double mean = file->covered / file->n_intervals;
  if (likely == DICREC_TIME_S)
    session_warn(work, "'%s': the mean interval is %.3g ms; if the times are in seconds, add --unit s",
                 file->table.name, mean);
  else
    session_warn(work, "'%s': the mean interval is %.3g s; if the times are in ms, leave out --unit s",
                 file->table.name, mean);
}
