/* SPDX-License-Identifier: MIT */
/**
 * @file plot_panels.h
 * The title and the panels of a plot. Each panel fills its rectangle and chooses its axes.
 */
#ifndef DICREC_CLI_PLOT_PANELS_H
#define DICREC_CLI_PLOT_PANELS_H

#include "plot/plot_axes.h"
#include "plot/plot_data.h"

/** What is drawn, its numbers and what is remarked, at the top of a page. */
void plot_title(cairo_t *page, const plot_data *data, double width);

/** Where the panels may begin below it, which depends on how much is remarked. */
double plot_title_height(const plot_data *data);

/** Spikes: the input on top, a line per member below. */
void plot_raster(plot_panel *panel, const plot_data *data);

/** Voltage of a few members. */
void plot_voltage(plot_panel *panel, const plot_data *data);

/** Intervals of the input and of the accepted members. */
void plot_histogram(plot_panel *panel, const plot_data *data);

/** Conductances of the members relative to their mean, an axis per channel. */
void plot_conductances(plot_panel *panel, const plot_data *data);

/** The posterior in the plane of slow and ultraslow DIC, and the members on it. */
void plot_posterior(plot_panel *panel, const plot_data *data);

#endif
