/* SPDX-License-Identifier: MIT */
/**
 * @file plot_posterior.c
 * The posterior in the plane of slow and ultraslow DIC, and the members on it.
 */
#include <math.h>
#include <stdio.h>

#include "plot/plot_panels.h"

/* An axis around the samples and the members, never narrower than a twentieth of the model's range. */
static plot_axis dic_axis(const plot_data *data, int dic, const double *range) {
  double low = data->low[dic];
  double high = data->high[dic];
  for (size_t i = 0; i < PLOT_SAMPLE_COUNT; ++i) {
    low = fmin(low, data->samples[i][dic]);
    high = fmax(high, data->samples[i][dic]);
  }
  for (size_t member = 0; member < data->n_members; ++member) { /* NaN is passed over */
    low = fmin(low, plot_data_dic(data, member, dic));
    high = fmax(high, plot_data_dic(data, member, dic));
  }
  double margin = fmax(0.06 * (high - low), (0.05 * (range[1] - range[0]) - (high - low)) / 2);
  return plot_axis_linear(low - margin, high + margin, 6);
}

static void draw_members(const plot_panel *panel, const plot_data *data) {
  enum { CROWD = 50 };
  const double radius = data->n_good > CROWD ? 1.0 : 1.5;
  for (int accepted = 0; accepted <= 1; ++accepted) { /* the accepted ones on top */
    for (size_t member = 0; member < data->n_members; ++member) {
      if (!data->members[member].is_good || data->members[member].is_accepted != (accepted == 1)) continue;
      double x = plot_x(panel, plot_data_dic(data, member, 0));
      double y = plot_y(panel, plot_data_dic(data, member, 1));
      plot_dot(panel->page, x, y, radius + 0.4, 0, 1);
      plot_dot(panel->page, x, y, radius, accepted == 1 ? PLOT_DARK : 1, 1);
    }
  }
}

static void label_median(const plot_panel *panel, const plot_data *data) {
  enum { DIGITS = 3 };
  char slow[32], ultraslow[32], text[96];
  plot_number(slow, sizeof slow, data->median[0], DIGITS);
  plot_number(ultraslow, sizeof ultraslow, data->median[1], DIGITS);
  snprintf(text, sizeof text, "median (%s, %s); bars: 5 %% to 95 %%", slow, ultraslow);
  double right = panel->left + panel->width;
  plot_text(panel->page, right, panel->top - 10, text, PLOT_FROM_RIGHT, PLOT_SMALL_SIZE, PLOT_MID);
  plot_text(panel->page, right, panel->top - 3, "posterior light; members dark, rejected open", PLOT_FROM_RIGHT,
            PLOT_SMALL_SIZE, PLOT_MID);
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
  draw_members(panel, data);
  label_median(panel, data);
  plot_draw_x_axis(panel, "slow DIC g" PLOT_SUB "s");
  plot_draw_y_axis(panel, "ultraslow DIC g" PLOT_SUB "u");
}
