/* SPDX-License-Identifier: MIT */
/**
 * @file plot_panels.c
 * Conductances of the members, and the posterior of their DICs.
 */
#include "plot_panels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "failure.h"

static double mean_conductance(const plot_data *data, size_t channel) {
  double sum = 0;
  size_t n = 0;
  for (size_t member = 0; member < data->n_members; ++member) {
    if (!data->members[member].is_good) continue;
    sum += data->conductances[member * data->n_channels + channel];
    ++n;
  }
  return n > 0 ? sum / (double)n : NAN;
}

/* [n_members][n_channels] conductances over the channel's mean, NaN where nothing can be drawn. */
static double *relative_conductances(const plot_data *data, const double *means) {
  double *relative = allocate(data->n_members, data->n_channels * sizeof *relative);
  for (size_t i = 0; i < data->n_members * data->n_channels; ++i) {
    double mean = means[i % data->n_channels];
    relative[i] = mean > 0 ? data->conductances[i] / mean : NAN;
  }
  return relative;
}

/* Logarithmic if the members spread over a factor of 4 and none is zero. */
static plot_axis conductance_axis(const double *relative, size_t n) {
  double low = 0.8;
  double high = 1.25;
  for (size_t i = 0; i < n; ++i) {
    if (isnan(relative[i])) continue;
    low = fmin(low, relative[i]);
    high = fmax(high, relative[i]);
  }
  return low > 0.005 && high / low > 4 ? plot_axis_log(low, high) : plot_axis_linear(fmin(0.0, low), 1.05 * high, 5);
}

/* A number between -0.5 and 0.5 that spreads evenly from member to member. */
static double jitter(size_t member) {
  const double golden = 0.6180339887498949;
  return fmod((double)(member + 1) * golden, 1) - 0.5;
}

static void draw_channel(const plot_panel *panel, const plot_data *data, const double *relative, size_t channel,
                         double centre, double width) {
  double low = INFINITY;
  double high = -INFINITY;
  for (int accepted = 0; accepted <= 1; ++accepted) { /* the accepted ones on top */
    for (size_t member = 0; member < data->n_members; ++member) {
      double value = relative[member * data->n_channels + channel];
      if (isnan(value) || data->members[member].is_accepted != (accepted == 1)) continue;
      plot_dot(panel->page, centre + 0.55 * width * jitter(member), plot_y(panel, value), 1.25,
               accepted == 1 ? PLOT_DARK : PLOT_LIGHT, 0.75);
      low = fmin(low, value);
      high = fmax(high, value);
    }
  }
  if (low > high) return;
  double edge = centre - 0.42 * width;
  plot_line(panel->page, edge, plot_y(panel, low), edge, plot_y(panel, high), 0.9, PLOT_MID);
}

void plot_conductances(plot_panel *panel, const plot_data *data) {
  double *means = allocate(data->n_channels, sizeof *means);
  for (size_t channel = 0; channel < data->n_channels; ++channel) means[channel] = mean_conductance(data, channel);
  double *relative = relative_conductances(data, means);
  panel->y = conductance_axis(relative, data->n_members * data->n_channels);
  double width = panel->width / (double)data->n_channels;
  double base = panel->top + panel->height;
  plot_line(panel->page, panel->left, plot_y(panel, 1), panel->left + panel->width, plot_y(panel, 1), 0.4, PLOT_LIGHT);
  for (size_t channel = 0; channel < data->n_channels; ++channel) {
    double centre = panel->left + ((double)channel + 0.5) * width;
    char mean[32];
    snprintf(mean, sizeof mean, means[channel] < 1000 ? "%.3g" : "%.0f", means[channel]);
    draw_channel(panel, data, relative, channel, centre, width);
    plot_text(panel->page, centre, base + 13, data->channel_names[channel], PLOT_CENTRED, PLOT_TEXT_SIZE, 0);
    plot_text(panel->page, centre, base + 22, mean, PLOT_CENTRED, PLOT_SMALL_SIZE, PLOT_MID);
  }
  plot_line(panel->page, panel->left, base + 4, panel->left + panel->width, base + 4, 0.5, 0);
  plot_text(panel->page, panel->left + panel->width / 2, base + 31, "channel, with its mean in mS/cm\xC2\xB2",
            PLOT_CENTRED, PLOT_TEXT_SIZE, 0);
  plot_draw_y_axis(panel, "conductance / mean");
  free(means);
  free(relative);
}

/* An axis around the samples of one DIC, never narrower than a twentieth of the model's range. */
static plot_axis dic_axis(const plot_data *data, size_t dic, const double *range) {
  double low = data->low[dic];
  double high = data->high[dic];
  for (size_t i = 0; i < PLOT_SAMPLE_COUNT; ++i) {
    low = fmin(low, data->samples[i][dic]);
    high = fmax(high, data->samples[i][dic]);
  }
  double margin = fmax(0.06 * (high - low), (0.05 * (range[1] - range[0]) - (high - low)) / 2);
  return plot_axis_linear(low - margin, high + margin, 6);
}

void plot_posterior(plot_panel *panel, const plot_data *data) {
  panel->x = dic_axis(data, 0, data->slow_range);
  panel->y = dic_axis(data, 1, data->ultraslow_range);
  for (size_t i = 0; i < PLOT_SAMPLE_COUNT; ++i)
    plot_dot(panel->page, plot_x(panel, data->samples[i][0]), plot_y(panel, data->samples[i][1]), 1.1, PLOT_LIGHT, 0.7);
  double x = plot_x(panel, data->median[0]);
  double y = plot_y(panel, data->median[1]);
  plot_line(panel->page, plot_x(panel, data->low[0]), y, plot_x(panel, data->high[0]), y, 1, 0);
  plot_line(panel->page, x, plot_y(panel, data->low[1]), x, plot_y(panel, data->high[1]), 1, 0);
  char text[96];
  snprintf(text, sizeof text, "median (%s%.3g, %s%.3g); bars: 5 %% to 95 %%", data->median[0] < 0 ? "\xE2\x88\x92" : "",
           fabs(data->median[0]), data->median[1] < 0 ? "\xE2\x88\x92" : "", fabs(data->median[1]));
  plot_text(panel->page, panel->left + panel->width, panel->top - 3, text, PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
  plot_draw_x_axis(panel, "slow DIC g" PLOT_SUB "s");
  plot_draw_y_axis(panel, "ultraslow DIC g" PLOT_SUB "u");
}
