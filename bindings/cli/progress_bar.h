/* SPDX-License-Identifier: MIT */
/**
 * @file progress_bar.h
 * A bar on stderr for work over a second, if stderr is a terminal.
 */
#ifndef DICREC_CLI_PROGRESS_BAR_H
#define DICREC_CLI_PROGRESS_BAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** State of the bar; work is counted in pieces, of which one is under way. */
typedef struct progress_bar {
  bool is_enabled;
  bool is_drawn;
  double started_s;
  double drawn_s;
  size_t piece;
  size_t n_pieces;
} progress_bar;

/** Begin; nothing is ever drawn if `quiet`. */
void progress_bar_start(progress_bar *bar, bool quiet);

/** Piece `piece` of `n_pieces` begins; ends the program if a signal has asked for it. */
void progress_bar_piece(progress_bar *bar, size_t piece, size_t n_pieces);

/** `done` of `total` steps of the piece are done; a progress callback of the library, which cancels if a signal has
 * asked for it. */
int32_t progress_bar_step(void *bar, int64_t done, int64_t total);

/** Wipe the bar away. */
void progress_bar_end(progress_bar *bar);

#endif
