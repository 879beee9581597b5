/* SPDX-License-Identifier: MIT */
/**
 * @file population_file.c
 * Reads members of populations from a CSV file.
 */
#include "tables/population_file.h"

#include <math.h>
#include <stdlib.h>

#include "failure.h"
#include "tables/decimal.h"
#include "tables/repeated_rows.h"

void population_file_read(population_file *file, const char *path, const session *work) {
  const dicrec_model *model = work->model;
  *file = (population_file){.n_channels = dicrec_model_channel_count(model)};
  csv_table_read(&file->table, path);
  file->id_column = csv_table_column(&file->table, "ID");
  file->member_column = csv_table_column(&file->table, "member");
  file->channel_columns = allocate(file->n_channels, sizeof *file->channel_columns);
  text_buffer name = {0};
  for (size_t channel = 0; channel < file->n_channels; ++channel) {
    name.length = 0;
    text_buffer_format(&name, "g_%s", dicrec_model_channel_name(model, channel));
    file->channel_columns[channel] = csv_table_column(&file->table, name.bytes);
  }
  text_buffer_free(&name);
  warn_of_repeated_rows(work, &file->table, (const size_t[]){file->id_column, file->member_column}, 2);
}

void population_file_free(population_file *file) {
  csv_table_free(&file->table);
  free(file->channel_columns);
  *file = (population_file){0};
}

void population_file_copy_key(const population_file *file, size_t row, text_buffer *text) {
  csv_text(text, csv_table_cell(&file->table, row, file->id_column));
  csv_text(text, csv_table_cell(&file->table, row, file->member_column));
}

bool population_file_conductances(const population_file *file, size_t row, double *conductances, text_buffer *problem) {
  for (size_t channel = 0; channel < file->n_channels; ++channel) {
    size_t column = file->channel_columns[channel];
    const char *cell = csv_table_cell(&file->table, row, column);
    if (decimal_number(cell, &conductances[channel]) && isfinite(conductances[channel])) continue;
    text_buffer_format(problem, "line %zu, %s is '%.40s', not a finite number", file->table.lines[row + 1],
                       skip_blanks(file->table.cells[column]), cell);
    for (size_t i = 0; i < file->n_channels; ++i) conductances[i] = NAN;
    return false;
  }
  return true;
}

void population_file_explain(const population_file *file, size_t row, const dicrec_model *model,
                             const double *conductances, text_buffer *problem) {
  for (size_t channel = 0; channel < file->n_channels; ++channel) {
    const char *name = dicrec_model_channel_name(model, channel);
    bool is_leak = dicrec_model_channel_index(model, "leak") == (int32_t)channel;
    if (is_leak ? conductances[channel] > 0 : conductances[channel] >= 0) continue;
    text_buffer_format(problem, "line %zu, g_%s is %.10g, which is %s", file->table.lines[row + 1], name,
                       conductances[channel], is_leak ? "not positive" : "negative");
    return;
  }
}
