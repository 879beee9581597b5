/* SPDX-License-Identifier: MIT */
/**
 * @file plot_voltage.c
 * Voltage of a few members, one below the other, from a spike on.
 */
#include <math.h>
#include <stdio.h>

#include "plot/plot_panels.h"

static const double TRACE_GAP = 16; /* from one trace to the next, points */
static const double COLUMN = 0.2;   /* points that are drawn as one line from the lowest to the highest sample */
static const double MARGIN = 0.04;  /* of the voltages, above and below */
static const double TRACE_WIDTH = 0.5;

static plot_axis voltage_axis(const plot_data *data) {
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < data->n_traces; ++i) {
    const plot_trace *trace = &data->traces[i];
    for (size_t k = 0; k < trace->n_samples; ++k) { /* NaN is passed over */
      low = fmin(low, trace->samples[k]);
      high = fmax(high, trace->samples[k]);
    }
  }
  if (!(high > low)) return plot_axis_linear(-100, 50, 4);
  double margin = MARGIN * (high - low);
  return plot_axis_linear(low - margin, high + margin, 4);
}

/* Columns of samples keep a long trace small and its spikes at their height. */
static void draw_trace(const plot_panel *panel, const plot_trace *trace, double shade) {
  double column = -INFINITY, low = NAN, high = NAN;
  cairo_new_path(panel->page);
  for (size_t k = 0; k < trace->n_samples && !isnan(trace->samples[k]); ++k) {
    double x = plot_x(panel, (trace->start_ms + (double)k * trace->step_ms) / 1000);
    double y = plot_y(panel, trace->samples[k]);
    if (x < column + COLUMN) {
      if (y < low) cairo_line_to(panel->page, column, low = y);
      if (y > high) cairo_line_to(panel->page, column, high = y);
      continue;
    }
    cairo_line_to(panel->page, x, y);
    column = x;
    low = high = y;
  }
  cairo_set_line_join(panel->page, CAIRO_LINE_JOIN_ROUND);
  plot_stroke(panel->page, TRACE_WIDTH, shade);
}

static void label_trace(const plot_panel *panel, const plot_data *data, size_t member) {
  char text[96];
  double noise_std = data->member_noise[member];
  const char *rejected = data->members[member].is_accepted ? "" : ", rejected";
  if (noise_std > 0)
    snprintf(text, sizeof text, "member %zu, noise %.2g " PLOT_CURRENT_UNIT "%s", member + 1, noise_std, rejected);
  else snprintf(text, sizeof text, "member %zu%s", member + 1, rejected);
  plot_text(panel->page, panel->left + panel->width, panel->top - 3, text, PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
}

void plot_voltage(plot_panel *panel, const plot_data *data) {
  plot_panel part = *panel;
  part.height = (panel->height - TRACE_GAP * (PLOT_TRACE_COUNT - 1)) / PLOT_TRACE_COUNT;
  panel->x = plot_axis_linear(-data->lead_ms / 1000, data->window_ms / 1000, 5);
  part.x = panel->x;
  part.y = voltage_axis(data);
  for (size_t i = 0; i < data->n_traces; ++i) {
    const plot_trace *trace = &data->traces[i];
    part.top = panel->top + (double)i * (part.height + TRACE_GAP);
    draw_trace(&part, trace, data->members[trace->member].is_accepted ? PLOT_DARK : PLOT_LIGHT);
    label_trace(&part, data, trace->member);
    plot_draw_y_axis(&part, "V (mV)");
  }
  plot_draw_x_axis(panel, isinf(data->burst_gap_ms) ? "time from a spike (s)" : "time from a burst onset (s)");
}
