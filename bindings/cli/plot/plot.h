/* SPDX-License-Identifier: MIT */
/**
 * @file plot.h
 * Draws a reconstruction: its spikes, voltages, intervals, conductances and posterior, and what is remarked.
 */
#ifndef DICREC_CLI_PLOT_H
#define DICREC_CLI_PLOT_H

#include "plot/plot_data.h"
#include "tables/text_buffer.h"

/** Why a file of this name cannot be drawn (its ending, or a program built without plots), or NULL. */
const char *plot_problem(const char *path);

/** Draw in the format that the path's ending names; `image` receives the file. NULL, or what went wrong. */
const char *plot_draw(const plot_data *data, const char *path, text_buffer *image);

#endif
