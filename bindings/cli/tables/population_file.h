/* SPDX-License-Identifier: MIT */
/**
 * @file population_file.h
 * Reads members of populations from a CSV file with the columns ID, member and g_<channel>.
 */
#ifndef DICREC_CLI_POPULATION_FILE_H
#define DICREC_CLI_POPULATION_FILE_H

#include <dicrec.h>

#include "session.h"
#include "tables/csv_table.h"
#include "tables/text_buffer.h"

/** An open file of members. */
typedef struct population_file {
  csv_table table;
  size_t id_column;
  size_t member_column;
  size_t *channel_columns;
  size_t n_channels;
} population_file;

/** Read a file for the session's model; what has not all of its channels ends in fail(). Warns of repeated members. */
void population_file_read(population_file *file, const char *path, const session *work);

/** Give the memory back. */
void population_file_free(population_file *file);

/** Append the cells ID and member of a row, as they stand in the file. */
void population_file_copy_key(const population_file *file, size_t row, text_buffer *text);

/** Read the conductances of a row, [n_channels]; false, NaN and the problem if a cell holds no finite number. */
bool population_file_conductances(const population_file *file, size_t row, double *conductances, text_buffer *problem);

/** Append which conductance of a row that the library skipped cannot be simulated. */
void population_file_explain(const population_file *file, size_t row, const dicrec_model *model,
                             const double *conductances, text_buffer *problem);

#endif
