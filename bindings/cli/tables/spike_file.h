/* SPDX-License-Identifier: MIT */
/**
 * @file spike_file.h
 * Reads spike trains from a CSV file with the columns ID and spiking_times, and maybe start and stop.
 */
#ifndef DICREC_CLI_SPIKE_FILE_H
#define DICREC_CLI_SPIKE_FILE_H

#include <dicrec.h>

#include "session.h"
#include "tables/csv_table.h"
#include "tables/text_buffer.h"

/** An open file of trains. */
typedef struct spike_file {
  csv_table table;
  size_t id_column;
  size_t times_column;
  size_t start_column, stop_column; /* the number of columns: there is none */
  int32_t unit;                     /* DICREC_TIME_* */
  double *times;                    /* room for one train, reused */
  size_t capacity;
  double covered;     /* time from first to last spike of the trains that were made, in the file's unit */
  double n_intervals; /* between their spikes */
} spike_file;

/**
 * Read the file that the command line names, in the unit that --unit says. What is not such a file ends in fail().
 * Warns of repeated IDs.
 */
void spike_file_read(spike_file *file, const session *work);

/** Give the memory back. */
void spike_file_free(spike_file *file);

/** ID of a train, as it stands in the file. */
const char *spike_file_id(const spike_file *file, size_t row);

/**
 * Make the train of a row.
 *
 * @param problem  Receives why it could not be made: which spike, which value.
 * @return The library's status; E_SPIKES for text that is no list of numbers, E_RANGE for a window that is none.
 */
dicrec_status spike_file_train(spike_file *file, size_t row, dicrec_context *context, dicrec_spikes **spikes,
                               text_buffer *problem);

/** Warn if n trains, all that were made so far, are likely in another unit than --unit says. */
void spike_file_check_unit(const spike_file *file, const dicrec_spikes *const *trains, size_t n, const session *work);

#endif
