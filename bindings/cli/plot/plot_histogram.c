/* SPDX-License-Identifier: MIT */
/**
 * @file plot_histogram.c
 * Intervals on a logarithmic axis: the input's, and those of all accepted members together.
 */
#include <math.h>
#include <stdio.h>

#include "plot/plot_panels.h"

enum { N_BINS = 48 };
static const double MARGIN = 1.25; /* beyond the shortest and the longest interval */
static const double FILL_SHADE = 0.78;

/* Intervals counted in bins of equal width on the axis. */
typedef struct histogram {
  double counts[N_BINS];
  double total;
} histogram;

static void widen(double *range, const double *times, size_t n) {
  for (size_t i = 1; i < n; ++i) {
    range[0] = fmin(range[0], times[i] - times[i - 1]);
    range[1] = fmax(range[1], times[i] - times[i - 1]);
  }
}

static void count(histogram *intervals, const plot_axis *axis, const double *times, size_t n) {
  for (size_t i = 1; i < n; ++i) {
    double share = log((times[i] - times[i - 1]) / axis->low) / log(axis->high / axis->low);
    int bin = (int)(share * N_BINS);
    intervals->counts[bin < 0 ? 0 : bin < N_BINS ? bin : N_BINS - 1] += 1;
    intervals->total += 1;
  }
}

static double highest_share(const histogram *intervals) {
  double highest = 0;
  for (int bin = 0; bin < N_BINS; ++bin) highest = fmax(highest, intervals->counts[bin]);
  return intervals->total > 0 ? highest / intervals->total : 0;
}

/* The steps from the axis up and down to it again; shares, so that both areas are the same. */
static void outline(const plot_panel *panel, const histogram *intervals) {
  const double width = panel->width / N_BINS;
  cairo_new_path(panel->page);
  cairo_move_to(panel->page, panel->left, plot_y(panel, 0));
  for (int bin = 0; bin < N_BINS; ++bin) {
    double y = plot_y(panel, intervals->counts[bin] / intervals->total);
    cairo_line_to(panel->page, panel->left + bin * width, y);
    cairo_line_to(panel->page, panel->left + (bin + 1) * width, y);
  }
  cairo_line_to(panel->page, panel->left + panel->width, plot_y(panel, 0));
}

static plot_axis interval_axis(const plot_data *data) {
  double range[2] = {INFINITY, 0};
  widen(range, data->input_ms, data->n_input);
  for (size_t member = 0; member < data->n_members; ++member)
    if (data->members[member].is_accepted) widen(range, data->members[member].times_ms, data->members[member].n_times);
  return plot_axis_round(range[0] / MARGIN, range[1] * MARGIN);
}

static void label(const plot_panel *panel, const plot_data *data) {
  char text[96] = "input filled; accepted members: line";
  if (!isnan(data->isi_distance))
    snprintf(text, sizeof text, "input filled; accepted members: line; distance (KS) %.2g", data->isi_distance);
  plot_text(panel->page, panel->left + panel->width, panel->top - 3, text, PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
}

void plot_histogram(plot_panel *panel, const plot_data *data) {
  histogram input = {.total = 0}, members = {.total = 0};
  panel->x = interval_axis(data);
  count(&input, &panel->x, data->input_ms, data->n_input);
  for (size_t member = 0; member < data->n_members; ++member)
    if (data->members[member].is_accepted)
      count(&members, &panel->x, data->members[member].times_ms, data->members[member].n_times);
  panel->y = plot_axis_linear(0, 1.05 * fmax(highest_share(&input), highest_share(&members)), 4);
  outline(panel, &input);
  plot_fill(panel->page, (plot_colour){FILL_SHADE, FILL_SHADE, FILL_SHADE});
  if (members.total > 0) {
    outline(panel, &members);
    plot_stroke(panel->page, 0.8, PLOT_DARK);
  }
  label(panel, data);
  plot_draw_x_axis(panel, "interval (ms)");
  plot_draw_y_axis(panel, "share of intervals");
}
