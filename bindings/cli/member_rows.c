/* SPDX-License-Identifier: MIT */
/**
 * @file member_rows.c
 * Rows of a population.
 */
#include "member_rows.h"

#include <math.h>
#include <stdlib.h>

/* Conductances round-trip; everything else is read by people. */
enum { EXACT_DIGITS = 17, SHORT_DIGITS = 10 };

/* What a check adds to a row. */
static const char CHECK_COLUMNS[] = ",distance,accepted,rate_hz,isi_cv,spikes_per_burst,burst_hz";
enum { CHECK_COLUMN_COUNT = 6 };

void member_rows_header(session *work, bool verified) {
  text_buffer_format(&work->table, "ID,member,");
  for (size_t channel = 0; channel < dicrec_model_channel_count(work->model); ++channel)
    text_buffer_format(&work->table, "g_%s,", dicrec_model_channel_name(work->model, channel));
  text_buffer_format(&work->table, "g_s,g_u,status%s\n", verified ? CHECK_COLUMNS : "");
}

void member_rows_failed(session *work, bool verified, const char *id, dicrec_status status, const char *detail) {
  csv_text(&work->table, id);
  csv_empty(&work->table, 1 + dicrec_model_channel_count(work->model) + 2);
  session_status_cell(work, status, detail);
  csv_empty(&work->table, verified ? CHECK_COLUMN_COUNT : 0);
  csv_end_row(&work->table);
}

static void append_check(session *work, const dicrec_reconstruction *checks, size_t member, bool is_good) {
  dicrec_spike_statistics fired = {.struct_size = sizeof fired};
  if (!is_good || dicrec_reconstruction_statistics(checks, member, &fired) < 0) {
    csv_empty(&work->table, CHECK_COLUMN_COUNT);
    return;
  }
  csv_number(&work->table, dicrec_reconstruction_distance(checks, member), SHORT_DIGITS);
  csv_count(&work->table, dicrec_reconstruction_accepted(checks, member) != 0);
  const double values[] = {fired.rate_hz, fired.isi_cv, fired.spikes_per_burst, fired.burst_hz};
  for (size_t k = 0; k < sizeof values / sizeof values[0]; ++k) csv_number(&work->table, values[k], SHORT_DIGITS);
}

static void append_member(session *work, size_t member, const double *conductances, const double *dics,
                          dicrec_status status, const dicrec_reconstruction *checks) {
  size_t n_channels = dicrec_model_channel_count(work->model);
  csv_count(&work->table, member + 1);
  for (size_t channel = 0; channel < n_channels; ++channel)
    csv_number(&work->table, conductances[member * n_channels + channel], EXACT_DIGITS);
  csv_number(&work->table, dics[member * DICREC_DIC_COUNT + DICREC_DIC_SLOW], SHORT_DIGITS);
  csv_number(&work->table, dics[member * DICREC_DIC_COUNT + DICREC_DIC_ULTRASLOW], SHORT_DIGITS);
  session_status_cell(work, status, NULL);
  if (checks != NULL) append_check(work, checks, member, status >= 0);
  csv_end_row(&work->table);
}

void member_rows_append(session *work, const char *id, const dicrec_population *population, dicrec_status remark,
                        const dicrec_reconstruction *checks) {
  size_t n = dicrec_population_member_count(population);
  size_t n_values = n * dicrec_population_channel_count(population);
  double *conductances = allocate(n_values, sizeof *conductances);
  double *dics = allocate(n, DICREC_DIC_COUNT * sizeof *dics);
  session_require(work, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, n_values),
                  "population");
  session_require(work, dicrec_population_copy_dics(population, dics, n * DICREC_DIC_COUNT), "population");
  for (size_t member = 0; member < n; ++member) {
    dicrec_status status = dicrec_population_status(population, member);
    if (status == DICREC_OK) status = remark;
    csv_text(&work->table, id);
    append_member(work, member, conductances, dics, status, checks);
  }
  free(conductances);
  free(dics);
}
