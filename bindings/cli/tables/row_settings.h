/* SPDX-License-Identifier: MIT */
/**
 * @file row_settings.h
 * What each row of a population is to be simulated with: what its columns say, unless an option says otherwise.
 */
#ifndef DICREC_CLI_ROW_SETTINGS_H
#define DICREC_CLI_ROW_SETTINGS_H

#include "tables/population_file.h"

/** Settings of every row. */
typedef struct row_settings {
  double *time_scale;
  double *noise_std;
  uint64_t *stream;
} row_settings;

/**
 * Read the columns time_scale, noise_std and stream where there are such columns and the options --time-scale, --noise
 * and --first-member are not given. Empty cells are as if the column were not there.
 *
 * @param problems  [n_rows], receives what is wrong with a row's cells; a row that has a problem already is left out.
 */
void row_settings_read(row_settings *settings, const population_file *file, const arguments *given,
                       text_buffer *problems);

/** Give the memory back. */
void row_settings_free(row_settings *settings);

#endif
