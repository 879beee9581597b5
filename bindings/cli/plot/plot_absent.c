/* SPDX-License-Identifier: MIT */
/**
 * @file plot_absent.c
 * Stands in for the plot where the program is built without cairo.
 */
#include "plot/plot.h"

static const char PROBLEM[] = "this program was built without plots";

const char *plot_problem(const char *path) {
  (void)path;
  return PROBLEM;
}

const char *plot_draw(const plot_data *data, const char *path, text_buffer *image) {
  (void)data;
  (void)image;
  return plot_problem(path);
}
