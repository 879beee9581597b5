/* SPDX-License-Identifier: MIT */
/**
 * @file simulation_rows.c
 * Cells of what a member fired, and rows of its trace.
 */
#include "tables/simulation_rows.h"

#include <math.h>
#include <stdlib.h>

void append_spike_list(session *work, const dicrec_simulation *simulation, size_t member) {
  size_t n = dicrec_simulation_spike_count(simulation, member);
  double *times = allocate(n, sizeof *times);
  text_buffer *table = &work->table;
  session_require(work, dicrec_simulation_copy_spikes(simulation, member, times, n), "spikes");
  text_buffer_format(table, "\"[");
  for (size_t i = 0; i < n; ++i) {
    if (i > 0) text_buffer_append(table, ", ", 2);
    text_buffer_number(table, times[i]);
  }
  text_buffer_format(table, "]\",");
  free(times);
}

void trace_rows_header(text_buffer *trace, const dicrec_simulation *simulation) {
  text_buffer_format(trace, "ID,member,t_ms,V_mV");
  size_t n = dicrec_simulation_trace_column_count(simulation);
  for (size_t column = 1; column < n; ++column) {
    size_t length = dicrec_simulation_trace_column_name(simulation, column, NULL, 0);
    text_buffer_append(trace, ",", 1);
    dicrec_simulation_trace_column_name(simulation, column, text_buffer_extend(trace, length), length + 1);
  }
  text_buffer_append(trace, "\n", 1);
}

void trace_rows_append(const session *work, text_buffer *trace, const char *key, const dicrec_simulation *simulation,
                       size_t member) {
  size_t n = dicrec_simulation_trace_sample_count(simulation, member);
  size_t n_columns = dicrec_simulation_trace_column_count(simulation);
  if (n == 0) return;
  double *times = allocate(n, sizeof *times);
  double *samples = allocate(n, n_columns * sizeof *samples);
  session_require(work, dicrec_simulation_copy_trace_times(simulation, member, times, n), "trace");
  session_require(work, dicrec_simulation_copy_trace(simulation, member, samples, n * n_columns), "trace");
  for (size_t i = 0; i < n && !isnan(samples[i * n_columns]); ++i) {
    text_buffer_format(trace, "%s", key);
    csv_number(trace, times[i]);
    for (size_t column = 0; column < n_columns; ++column) csv_number(trace, samples[i * n_columns + column]);
    csv_end_row(trace);
  }
  free(samples);
  free(times);
}
