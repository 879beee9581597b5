/* SPDX-License-Identifier: MIT */
/**
 * @file member_rows.c
 * Rows of a population.
 */
#include "tables/member_rows.h"

#include <stdlib.h>

/* What a member is to be simulated with, besides its conductances. */
static const char SETTING_COLUMNS[] = "time_scale,noise_std,stream";
enum { SETTING_COLUMN_COUNT = 3 };

/* What a check adds to a row. */
static const char CHECK_COLUMNS[] = ",distance,accepted,rate_hz,isi_cv,spikes_per_burst,burst_hz";
enum { CHECK_COLUMN_COUNT = 6 };

void member_rows_header(session *work, bool verified) {
  text_buffer_format(&work->table, "ID,member,");
  for (size_t channel = 0; channel < dicrec_model_channel_count(work->model); ++channel)
    text_buffer_format(&work->table, "g_%s,", dicrec_model_channel_name(work->model, channel));
  text_buffer_format(&work->table, "g_s,g_u,%s,status%s\n", SETTING_COLUMNS, verified ? CHECK_COLUMNS : "");
}

void member_rows_failed(session *work, bool verified, const char *id, dicrec_status status, const char *detail) {
  csv_text(&work->table, id);
  csv_empty(&work->table, 1 + dicrec_model_channel_count(work->model) + 2 + SETTING_COLUMN_COUNT);
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
  csv_number(&work->table, dicrec_reconstruction_distance(checks, member));
  csv_count(&work->table, dicrec_reconstruction_accepted(checks, member) != 0);
  const double values[] = {fired.rate_hz, fired.isi_cv, fired.spikes_per_burst, fired.burst_hz};
  for (size_t k = 0; k < sizeof values / sizeof values[0]; ++k) csv_number(&work->table, values[k]);
}

/* What is copied out of a population. */
typedef struct member_values {
  double *conductances; /* [n][n_channels] */
  double *dics;         /* [n][DICREC_DIC_COUNT] */
  double *noise_std;    /* [n] */
  uint64_t *streams;    /* [n] */
} member_values;

static void copy_values(const session *work, const dicrec_population *population, member_values *values) {
  size_t n = dicrec_population_member_count(population),
         n_conductances = n * dicrec_population_channel_count(population);
  size_t n_dics = n * DICREC_DIC_COUNT;
  values->conductances = allocate(n_conductances, sizeof *values->conductances);
  values->dics = allocate(n_dics, sizeof *values->dics);
  values->noise_std = allocate(n, sizeof *values->noise_std);
  values->streams = allocate(n, sizeof *values->streams);
  dicrec_status status =
      dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, values->conductances, n_conductances);
  if (status >= 0) status = dicrec_population_copy_dics(population, DICREC_DIC_COUNT, values->dics, n_dics);
  if (status >= 0) status = dicrec_population_copy_noise_std(population, values->noise_std, n);
  if (status >= 0) status = dicrec_population_copy_streams(population, values->streams, n);
  session_require(work, status, "population");
}

static void append_values(session *work, const member_values *values, size_t member, double time_scale) {
  size_t n_channels = dicrec_model_channel_count(work->model);
  const double *dics = values->dics + member * DICREC_DIC_COUNT;
  for (size_t channel = 0; channel < n_channels; ++channel)
    csv_all_digits(&work->table, values->conductances[member * n_channels + channel]);
  csv_number(&work->table, dics[DICREC_DIC_SLOW]);
  csv_number(&work->table, dics[DICREC_DIC_ULTRASLOW]);
  csv_number(&work->table, time_scale);
  csv_number(&work->table, values->noise_std[member]);
  csv_count(&work->table, values->streams[member]);
}

void member_rows_append(session *work, const char *id, const dicrec_population *population, uint64_t first,
                        dicrec_status remark, const dicrec_reconstruction *checks) {
  member_values values;
  copy_values(work, population, &values);
  for (size_t member = 0; member < dicrec_population_member_count(population); ++member) {
    dicrec_status status = dicrec_population_status(population, member);
    if (status == DICREC_OK) status = remark;
    csv_text(&work->table, id);
    csv_count(&work->table, first + member + 1);
    append_values(work, &values, member, dicrec_population_time_scale(population));
    session_status_cell(work, status, NULL);
    if (checks != NULL) append_check(work, checks, member, status >= 0);
    csv_end_row(&work->table);
  }
  free(values.conductances);
  free(values.dics);
  free(values.noise_std);
  free(values.streams);
}
