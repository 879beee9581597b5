/* SPDX-License-Identifier: MIT */
/**
 * @file progress_bar.c
 * A bar on stderr for work over a second, if stderr is a terminal.
 */
#define _XOPEN_SOURCE 700 /* clock_gettime */
#include "progress_bar.h"

#include <stdio.h>

#include "system/host.h"
#include "system/interruption.h"

enum { BAR_WIDTH = 40 };
static const double WAIT_S = 1.0;
static const double REDRAW_S = 0.1;

void progress_bar_start(progress_bar *bar, bool quiet) {
  *bar = (progress_bar){.is_enabled = !quiet && host_error_is_terminal(), .started_s = host_seconds(), .end = 1};
}

void progress_bar_part(progress_bar *bar, size_t begin, size_t end, size_t total) {
  bar->begin = (double)begin / (double)total;
  bar->end = (double)end / (double)total;
  if (progress_bar_step(bar, 0, 1) != 0) interruption_end();
}

int32_t progress_bar_step(void *user, int64_t done, int64_t total) {
  progress_bar *bar = user;
  if (interruption_asked()) {
    progress_bar_end(bar);
    return 1;
  }
  if (!bar->is_enabled || total <= 0) return 0;
  double now = host_seconds();
  if (now - bar->started_s < WAIT_S || now - bar->drawn_s < REDRAW_S) return 0;
  double share = bar->begin + (bar->end - bar->begin) * (double)done / (double)total;
  int filled = (int)(share * BAR_WIDTH);
  static const char marks[] = "########################################";
  /* The cursor goes back to the first column, so that a message of another kind overwrites the bar. */
  fprintf(stderr, "\r[%-*.*s] %3.0f %%\r", BAR_WIDTH, filled, marks, 100 * share);
  fflush(stderr);
  bar->drawn_s = now;
  bar->is_drawn = true;
  return 0;
}

void progress_bar_end(progress_bar *bar) {
  if (bar->is_drawn) fprintf(stderr, "\r%*s\r", BAR_WIDTH + 10, "");
  bar->is_drawn = false;
}
