/* SPDX-License-Identifier: MIT */
/**
 * @file plot_raster.c
 * Spikes: the input on top, a line per member below, all aligned at their first burst (or spike).
 */
#include <math.h>
#include <stdio.h>

#include "plot/plot_panels.h"

enum { MAX_SPIKES = 40, MAX_BURSTS = 15, MIN_BURSTS = 3, MAX_LINES = 60 };
static const double MAX_PITCH = 24; /* from one member to the next, points */
static const double MAX_HEIGHT = 12;
static const double INPUT_HEIGHT = 16, INPUT_GAP = 12; /* between the input and the members */

/* Length of time shown: 2 s, shorter for a crowd of spikes or bursts, longer where little happens. */
static double choose_window_ms(const double *times, size_t n, double gap) {
  static const double windows_ms[] = {1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6};
  size_t first = plot_first_onset(times, n, gap);
  double chosen = windows_ms[0];
  for (size_t w = 0; w < sizeof windows_ms / sizeof *windows_ms; ++w) {
    size_t n_spikes = 0;
    size_t n_bursts = 1;
    for (size_t i = first; i < n && times[i] - times[first] <= windows_ms[w]; ++i) {
      ++n_spikes;
      n_bursts += i > first && times[i] - times[i - 1] > gap;
    }
    bool is_crowded = isinf(gap) ? n_spikes > MAX_SPIKES : n_bursts > MAX_BURSTS;
    bool is_full = n_spikes >= PLOT_MIN_SPIKES && (isinf(gap) || n_bursts >= MIN_BURSTS);
    if (is_crowded) break;
    chosen = windows_ms[w];
    bool is_all = n > 0 && times[n - 1] - times[first] <= windows_ms[w];
    if ((is_full && windows_ms[w] >= 2e3) || is_all) break;
  }
  return chosen;
}

static void draw_train(const plot_panel *panel, const double *times, size_t n, double gap, double middle, double height,
                       double width, double shade) {
  if (n == 0) return;
  double start = times[plot_first_onset(times, n, gap)];
  for (size_t i = 0; i < n; ++i) {
    double t = (times[i] - start) / 1000;
    if (t < panel->x.low || t > panel->x.high) continue;
    plot_line(panel->page, plot_x(panel, t), middle - height / 2, plot_x(panel, t), middle + height / 2, width, shade);
  }
}

static void draw_input(const plot_panel *panel, const plot_data *data) {
  double middle = panel->top + INPUT_HEIGHT / 2;
  draw_train(panel, data->input_ms, data->n_input, data->burst_gap_ms, middle, INPUT_HEIGHT, 0.9, 0);
  plot_text(panel->page, panel->left - 5, middle + 2.5, "input", PLOT_FROM_RIGHT, PLOT_TEXT_SIZE, 0);
}

/* A line each, as many as there is room for; returns where the last one ends. */
static double draw_members(const plot_panel *panel, const plot_data *data, size_t n_lines, double top) {
  double pitch = fmin(MAX_PITCH, (panel->top + panel->height - top) / (n_lines > 0 ? (double)n_lines : 1));
  size_t line = 0;
  for (size_t member = 0; member < data->n_members && line < n_lines; ++member) {
    const plot_member *drawn = &data->members[member];
    if (!drawn->is_good) continue;
    double middle = top + ((double)line++ + 0.5) * pitch;
    draw_train(panel, drawn->times_ms, drawn->n_times, drawn->burst_gap_ms, middle, fmin(0.72 * pitch, MAX_HEIGHT), 0.6,
               drawn->is_accepted ? PLOT_DARK : PLOT_LIGHT);
  }
  return top + pitch * (double)n_lines;
}

static void label_members(const plot_panel *panel, size_t n_lines, size_t n_good, double middle) {
  char label[64];
  if (n_lines < n_good) snprintf(label, sizeof label, "%zu of %zu members", n_lines, n_good);
  else snprintf(label, sizeof label, n_good == 1 ? "%zu member" : "%zu members", n_good);
  plot_text_upwards(panel->page, panel->left - 8, middle, label);
  plot_text(panel->page, panel->left + panel->width, panel->top - 3, "members: accepted dark, rejected light",
            PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
}

void plot_raster(plot_panel *panel, const plot_data *data) {
  double gap = data->burst_gap_ms;
  panel->x = plot_axis_linear(0, choose_window_ms(data->input_ms, data->n_input, gap) / 1000, 5);
  const double top = panel->top + INPUT_HEIGHT + INPUT_GAP;
  const size_t n_lines = data->n_good < MAX_LINES ? data->n_good : MAX_LINES;
  draw_input(panel, data);
  double bottom = draw_members(panel, data, n_lines, top);
  label_members(panel, n_lines, data->n_good, (top + bottom) / 2);
  plot_draw_x_axis(panel, isinf(gap) ? "time from first spike (s)" : "time from first burst onset (s)");
}
