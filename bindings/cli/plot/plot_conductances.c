/* SPDX-License-Identifier: MIT */
/**
 * @file plot_conductances.c
 * Conductances on parallel axes: a line per member over the spread that the candidates had before any selection.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "failure.h"
#include "plot/plot_panels.h"

static const double BAND_SHARE = 0.5; /* of the distance between two axes */
static const double BAND_SHADE = 0.88;
static const double CROWD = 30; /* members from which on their lines fade */
static const double LEAST_OPACITY = 0.04;

/* Mean over the members that are accepted, or over all if none is. */
static double mean_conductance(const plot_data *data, size_t channel) {
  double sum = 0;
  size_t n = 0;
  for (size_t member = 0; member < data->n_members; ++member) {
    const plot_member *drawn = &data->members[member];
    if (!drawn->is_good || (data->n_accepted > 0 && !drawn->is_accepted)) continue;
    sum += data->conductances[member * data->n_channels + channel];
    ++n;
  }
  return n > 0 && sum > 0 ? sum / (double)n : NAN;
}

/* Logarithmic if the values spread over a factor of 4 and none is close to zero. */
static plot_axis conductance_axis(const plot_data *data, const double *means) {
  double low = 0.8;
  double high = 1.25;
  for (size_t channel = 0; channel < data->n_channels; ++channel) {
    for (size_t member = 0; member < data->n_members; ++member) {
      double value = data->conductances[member * data->n_channels + channel] / means[channel];
      low = fmin(low, value); /* NaN is passed over */
      high = fmax(high, value);
    }
    low = fmin(low, data->band_low[channel] / means[channel]);
    high = fmax(high, data->band_high[channel] / means[channel]);
  }
  return low > 0.005 && high / low > 4 ? plot_axis_log(low, high) : plot_axis_linear(fmin(0.0, low), 1.05 * high, 5);
}

static double axis_place(const plot_panel *panel, const plot_data *data, size_t channel) {
  return panel->left + panel->width * ((double)channel + 0.5) / (double)data->n_channels;
}

static void draw_bands(const plot_panel *panel, const plot_data *data, const double *means) {
  const double width = BAND_SHARE * panel->width / (double)data->n_channels;
  for (size_t channel = 0; channel < data->n_channels; ++channel) {
    if (isnan(means[channel] + data->band_low[channel])) continue;
    const double x = axis_place(panel, data, channel);
    const double top = plot_y(panel, data->band_high[channel] / means[channel]);
    const double bottom = plot_y(panel, data->band_low[channel] / means[channel]);
    cairo_set_source_rgb(panel->page, BAND_SHADE, BAND_SHADE, BAND_SHADE);
    cairo_rectangle(panel->page, x - width / 2, top, width, bottom - top);
    cairo_fill(panel->page);
  }
}

static void draw_member(const plot_panel *panel, const plot_data *data, const double *means, size_t member) {
  const double *values = data->conductances + member * data->n_channels;
  const double shade = data->members[member].is_accepted ? PLOT_DARK : PLOT_LIGHT;
  const double opacity = fmax(fmin(1.0, CROWD / (double)data->n_good), LEAST_OPACITY);
  cairo_new_path(panel->page);
  for (size_t channel = 0; channel < data->n_channels; ++channel)
    if (!isnan(means[channel]))
      cairo_line_to(panel->page, axis_place(panel, data, channel), plot_y(panel, values[channel] / means[channel]));
  cairo_set_line_width(panel->page, 0.35);
  cairo_set_source_rgba(panel->page, shade, shade, shade, 0.7 * opacity);
  cairo_stroke(panel->page);
  for (size_t channel = 0; channel < data->n_channels; ++channel)
    if (!isnan(means[channel]))
      plot_dot(panel->page, axis_place(panel, data, channel), plot_y(panel, values[channel] / means[channel]), 0.9,
               shade, opacity);
}

/* Below each axis its channel, the mean and how much of the spread was kept. */
static void label_axes(const plot_panel *panel, const plot_data *data, const double *means) {
  const double base = panel->top + panel->height;
  plot_text(panel->page, panel->left - 4, base + 22, "mean", PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
  plot_text(panel->page, panel->left - 4, base + 30, "kept", PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
  for (size_t channel = 0; channel < data->n_channels; ++channel) {
    const double x = axis_place(panel, data, channel);
    char mean[32] = "0", kept[32] = "\xE2\x80\x93";
    if (!isnan(means[channel])) snprintf(mean, sizeof mean, means[channel] < 1000 ? "%.3g" : "%.0f", means[channel]);
    if (!isnan(data->spread_kept[channel])) snprintf(kept, sizeof kept, "%.2f", data->spread_kept[channel]);
    plot_line(panel->page, x, panel->top, x, base, 0.3, PLOT_MID);
    plot_text(panel->page, x, base + 13, data->channel_names[channel], PLOT_CENTRED, PLOT_TEXT_SIZE, 0);
    plot_text(panel->page, x, base + 22, mean, PLOT_CENTRED, PLOT_SMALL_SIZE, PLOT_MID);
    plot_text(panel->page, x, base + 30, kept, PLOT_CENTRED, PLOT_SMALL_SIZE, PLOT_MID);
  }
  plot_text(panel->page, panel->left + panel->width / 2, base + 40,
            "channel, its mean in mS/cm\xC2\xB2, share of its spread that was kept", PLOT_CENTRED, PLOT_SMALL_SIZE, 0);
}

void plot_conductances(plot_panel *panel, const plot_data *data) {
  double *means = allocate(data->n_channels, sizeof *means);
  for (size_t channel = 0; channel < data->n_channels; ++channel) means[channel] = mean_conductance(data, channel);
  panel->y = conductance_axis(data, means);
  draw_bands(panel, data, means);
  plot_line(panel->page, panel->left, plot_y(panel, 1), panel->left + panel->width, plot_y(panel, 1), 0.4, PLOT_LIGHT);
  label_axes(panel, data, means);
  for (int accepted = 0; accepted <= 1; ++accepted) /* the accepted ones on top */
    for (size_t member = 0; member < data->n_members; ++member)
      if (data->members[member].is_good && data->members[member].is_accepted == (accepted == 1))
        draw_member(panel, data, means, member);
  plot_text(panel->page, panel->left + panel->width, panel->top - 3,
            "band: mean and standard deviation of all candidates", PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
  plot_draw_y_axis(panel, "conductance / mean");
  free(means);
}
