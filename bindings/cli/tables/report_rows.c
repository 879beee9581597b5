/* SPDX-License-Identifier: MIT */
/**
 * @file report_rows.c
 * Rows of the report of a reconstruction.
 */
#include "tables/report_rows.h"

#include <stdlib.h>

#include "tables/remark_names.h"

enum { N_FIXED = 23 };

static const char FIXED_COLUMNS[] = "outcome,activity,requested,found,accepted,drawn,matched,simulated,"
                                    "g_s,g_u,support,time_scale,tolerance,spread_kept_min,"
                                    "selection,noise_std,noiseless,n_outside,drift_p,drift_factor,"
                                    "isi_distance,isi_moved,remarks";

void report_rows_header(const session *work, text_buffer *report) {
  text_buffer_format(report, "ID,%s,", FIXED_COLUMNS);
  for (size_t channel = 0; channel < dicrec_model_channel_count(work->model); ++channel)
    text_buffer_format(report, "spread_kept_%s,", dicrec_model_channel_name(work->model, channel));
  text_buffer_format(report, "status\n");
}

static void append_numbers(text_buffer *report, const dicrec_reconstruction_report *numbers) {
  const int64_t counts[] = {numbers->n_requested, numbers->n_found,   numbers->n_accepted,
                            numbers->n_drawn,     numbers->n_matched, numbers->n_simulated};
  const double values[] = {numbers->g_s,        numbers->g_u,       numbers->support,
                           numbers->time_scale, numbers->tolerance, numbers->spread_kept_min};
  csv_text(report, dicrec_outcome_name(numbers->outcome));
  csv_text(report, dicrec_activity_name(numbers->activity));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; ++i) csv_count(report, (size_t)counts[i]);
  for (size_t i = 0; i < sizeof values / sizeof *values; ++i) csv_number(report, values[i]);
}

/* What decides whether the members can be trusted. */
static void append_doubts(text_buffer *report, const dicrec_reconstruction_report *numbers) {
  const double shifts[] = {numbers->drift_p, numbers->drift_factor, numbers->isi_distance, numbers->isi_moved};
  text_buffer remarks = {0};
  csv_text(report, dicrec_selection_name(numbers->selection));
  csv_number(report, numbers->noise_std);
  csv_number(report, numbers->noiseless);
  csv_count(report, (uint64_t)numbers->n_outside);
  for (size_t i = 0; i < sizeof shifts / sizeof *shifts; ++i) csv_number(report, shifts[i]);
  append_remark_names(&remarks, numbers->remarks);
  csv_text(report, remarks.length > 0 ? remarks.bytes : "");
  text_buffer_free(&remarks);
}

/* Empty cells where there was no selection. */
static void append_spread_kept(const session *work, text_buffer *report, const dicrec_reconstruction *found) {
  size_t n_channels = dicrec_model_channel_count(work->model);
  double *kept = allocate(n_channels, sizeof *kept);
  if (dicrec_reconstruction_copy_spread_kept(found, kept, n_channels) != DICREC_OK) csv_empty(report, n_channels);
  else
    for (size_t channel = 0; channel < n_channels; ++channel) csv_number(report, kept[channel]);
  free(kept);
}

void report_rows_append(session *work, text_buffer *report, const char *id, const dicrec_reconstruction *found,
                        dicrec_status status, const char *detail) {
  dicrec_reconstruction_report numbers = {.struct_size = sizeof numbers};
  csv_text(report, id);
  if (found == NULL) {
    csv_empty(report, N_FIXED + dicrec_model_channel_count(work->model));
  } else {
    session_require(work, dicrec_reconstruction_copy_report(found, &numbers), "report");
    append_numbers(report, &numbers);
    append_doubts(report, &numbers);
    append_spread_kept(work, report, found);
  }
  append_status(report, status, detail);
  csv_end_row(report);
}
