/* SPDX-License-Identifier: MIT */
/**
 * @file train_block.c
 * Trains of rows that follow each other in a file.
 */
#include "tables/train_block.h"

#include <stdlib.h>

#include "system/interruption.h"

/* Spikes that end a block: 32 MB of them. */
enum { MAX_SPIKES = 1 << 22 };

void train_block_free(train_block *block) {
  for (size_t i = 0; i < block->n_trains; ++i) dicrec_spikes_free(block->trains[i]);
  for (size_t i = 0; i < block->n; ++i) text_buffer_free(&block->problems[i]);
  free(block->trains);
  free(block->problems);
  free(block->status);
  free(block->positions);
  *block = (train_block){0};
}

static void begin(train_block *block, size_t first, size_t max_rows) {
  *block = (train_block){.first = first};
  block->positions = allocate(max_rows, sizeof *block->positions);
  block->status = allocate(max_rows, sizeof *block->status);
  block->problems = allocate(max_rows, sizeof *block->problems);
  block->trains = allocate(max_rows, sizeof *block->trains);
}

bool train_block_next(train_block *block, spike_file *file, session *work, size_t max_rows) {
  size_t first = block->first + block->n, n_rows = file->table.n_rows, n_spikes = 0;
  train_block_free(block);
  if (first == n_rows) return false;
  if (max_rows > n_rows - first) max_rows = n_rows - first;
  begin(block, first, max_rows);
  interruption_defer(false);
  while (block->n < max_rows && n_spikes < MAX_SPIKES) {
    size_t i = block->n++;
    dicrec_spikes *train;
    block->status[i] = spike_file_train(file, first + i, work->context, &train, &block->problems[i]);
    session_require_row(work, block->status[i]);
    block->positions[i] = block->status[i] >= 0 ? block->n_trains : NO_TRAIN;
    if (block->status[i] < 0) continue;
    block->trains[block->n_trains++] = train;
    n_spikes += dicrec_spikes_count(train);
  }
  if (first == 0) spike_file_check_unit(file, train_block_trains(block), block->n_trains, work);
  session_begin_work();
  progress_bar_part(&work->progress, first, first + block->n, n_rows);
  return true;
}

const dicrec_spikes *const *train_block_trains(const train_block *block) {
  return (const dicrec_spikes *const *)block->trains;
}
