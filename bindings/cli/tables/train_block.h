/* SPDX-License-Identifier: MIT */
/**
 * @file train_block.h
 * Trains of rows that follow each other in a file: as many as are worth a call, as few as memory should hold.
 */
#ifndef DICREC_CLI_TRAIN_BLOCK_H
#define DICREC_CLI_TRAIN_BLOCK_H

#include "tables/spike_file.h"

/** Rows `first` to `first + n - 1`; zero is an empty block before the first row. */
typedef struct train_block {
  size_t first, n;
  size_t *positions;     /* [n] of the row's train among `trains`; NO_TRAIN: it could not be made */
  dicrec_status *status; /* [n] what making it answered */
  text_buffer *problems; /* [n] why it could not be made */
  dicrec_spikes **trains;
  size_t n_trains;
} train_block;

#define NO_TRAIN SIZE_MAX

/**
 * Free the block and read the next one, of at most `max_rows` rows; false behind the last row. Shows the progress;
 * until the next call a signal cancels what the library computes. */
bool train_block_next(train_block *block, spike_file *file, session *work, size_t max_rows);

/** The trains, as the library takes them. */
const dicrec_spikes *const *train_block_trains(const train_block *block);

/** Give the memory back. */
void train_block_free(train_block *block);

#endif
