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

/** State of the bar; of the work a part is under way. */
typedef struct progress_bar {
  bool is_enabled;
  bool is_drawn;
  double started_s;
  double drawn_s;
  double begin, end; /* of the part, as shares of all the work */
} progress_bar;

/** Begin; nothing is ever drawn if `quiet`. */
void progress_bar_start(progress_bar *bar, bool quiet);

/** Pieces `begin` to `end - 1` of `total` are under way; ends the program if a signal has asked for it. */
void progress_bar_part(progress_bar *bar, size_t begin, size_t end, size_t total);

/** `done` of `total` steps of the part are done; a progress callback of the library, which cancels if a signal has
 * asked for it. */
int32_t progress_bar_step(void *bar, int64_t done, int64_t total);

/** Wipe the bar away. */
void progress_bar_end(progress_bar *bar);

#endif
