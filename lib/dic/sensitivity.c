/* SPDX-License-Identifier: MIT */
#include "dic/sensitivity.h"

#include <string.h>

#include "dic/calcium_balance.h"

void dicrec__sensitivity_columns(const dicrec__sensitivity *sensitivity, const double *g,
                                 double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS]) {
  const size_t row = (size_t)sensitivity->table->n_channels * sizeof(double);
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) memcpy(columns[s], sensitivity->columns[s], row);
  if (sensitivity->n_calcium_columns == 0) return;
  const dicrec__jet calcium = dicrec__steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    const dicrec__calcium_gating factor = dicrec__calcium_gating_at(column, calcium.value);
    for (int s = 0; s < DICREC__N_DIC_SCALES; ++s)
      columns[s][column->channel] =
          column->by_factor[s] * factor.value + column->by_slope[s] * (factor.slope * calcium.slope);
  }
}

void dicrec__dics(const dicrec__sensitivity *sensitivity, const double *g, double row[DICREC_DIC_COUNT]) {
  dicrec__dics_times_leak(sensitivity, g, row);
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) row[s] /= g[sensitivity->table->leak];
  row[DICREC_DIC_TOTAL] = row[DICREC_DIC_FAST] + row[DICREC_DIC_SLOW] + row[DICREC_DIC_ULTRASLOW];
}

void dicrec__dics_times_leak(const dicrec__sensitivity *sensitivity, const double *g,
                             double dics[DICREC__N_DIC_SCALES]) {
  const dicrec__fixed_sums all = dicrec__fixed_sums_of(sensitivity, g);
  dicrec__dics_derivatives(sensitivity, &all, g, NULL, 0, dics, NULL);
}

dicrec__fixed_sums dicrec__fixed_sums_of(const dicrec__sensitivity *sensitivity, const double *g) {
  dicrec__fixed_sums fixed = {.dics = {0.0}};
  for (int c = 0; c < sensitivity->table->n_channels; ++c)
    for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) fixed.dics[s] += sensitivity->columns[s][c] * g[c];
  if (sensitivity->n_calcium_columns > 0) fixed.calcium = dicrec__ungated_calcium(sensitivity, g);
  return fixed;
}

/** Sums over the calcium-gated channels as functions of calcium. */
struct calcium_sums {
  double dics[DICREC__N_DIC_SCALES], by_calcium[DICREC__N_DIC_SCALES], by_slope[DICREC__N_DIC_SCALES];
};

/* Add a channel of conductance g to the sums; its entries are the derivatives by g. */
static inline void add_gated(const dicrec__calcium_column *column, dicrec__jet calcium, double g,
                             struct calcium_sums *sums, double entries[DICREC__N_DIC_SCALES]) {
  const dicrec__calcium_gating factor = dicrec__calcium_gating_at(column, calcium.value);
  const double flow = factor.slope * calcium.slope, flow_dca = factor.curvature * calcium.slope;
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) {
    entries[s] = column->by_factor[s] * factor.value + column->by_slope[s] * flow;
    sums->dics[s] += g * entries[s];
    sums->by_calcium[s] += g * (column->by_factor[s] * factor.slope + column->by_slope[s] * flow_dca);
    sums->by_slope[s] += g * (column->by_slope[s] * factor.slope);
  }
}

static inline void add_up(const dicrec__sensitivity *sensitivity, const dicrec__fixed_sums *fixed, const double *g,
                          const int *channels, int n_channels, bool has_loop, double dics[DICREC__N_DIC_SCALES],
                          double derivatives[][DICREC__N_DIC_SCALES]) {
  dicrec__jet calcium = fixed->calcium;
  struct calcium_sums sums = {.dics = {fixed->dics[0], fixed->dics[1], fixed->dics[2]}};
  for (int k = 0; k < n_channels; ++k) {
    const int c = channels[k];
    for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) {
      derivatives[k][s] = sensitivity->columns[s][c];
      sums.dics[s] += derivatives[k][s] * g[c];
    }
    calcium.value += g[c] * sensitivity->calcium[c].value;
    calcium.slope += g[c] * sensitivity->calcium[c].slope;
  }
  dicrec__calcium_loop loop = {1.0, 0.0};
  if (has_loop) calcium = dicrec__close_calcium_loop(sensitivity, g, calcium, &loop);
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    double entries[DICREC__N_DIC_SCALES];
    add_gated(column, calcium, g[column->channel], &sums, entries);
    for (int k = 0; k < n_channels; ++k)
      for (int s = 0; s < DICREC__N_DIC_SCALES && channels[k] == column->channel; ++s) derivatives[k][s] = entries[s];
  }
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) dics[s] = sums.dics[s];
  for (int k = 0; k < n_channels; ++k) { /* nothing without a pool, or of channels that carry no calcium */
    const int c = channels[k];
    const dicrec__jet share =
        has_loop ? dicrec__calcium_by_conductance(sensitivity, &loop, calcium, c) : sensitivity->calcium[c];
    for (int s = 0; s < DICREC__N_DIC_SCALES; ++s)
      derivatives[k][s] += sums.by_calcium[s] * share.value + sums.by_slope[s] * share.slope;
  }
}

void dicrec__dics_derivatives(const dicrec__sensitivity *sensitivity, const dicrec__fixed_sums *fixed, const double *g,
                              const int *channels, int n_channels, double dics[DICREC__N_DIC_SCALES],
                              double derivatives[][DICREC__N_DIC_SCALES]) {
  /* the usual cases, unrolled */
  if (sensitivity->has_gated_carriers) add_up(sensitivity, fixed, g, channels, n_channels, true, dics, derivatives);
  else if (n_channels == 0) add_up(sensitivity, fixed, g, NULL, 0, false, dics, NULL);
  else if (n_channels == 2) add_up(sensitivity, fixed, g, channels, 2, false, dics, derivatives);
  else add_up(sensitivity, fixed, g, channels, n_channels, false, dics, derivatives);
}

double dicrec__static_current(const dicrec__sensitivity *sensitivity, const double *g) {
  double current = 0.0;
  for (int c = 0; c < sensitivity->table->n_channels; ++c) current += g[c] * sensitivity->current[c];
  if (sensitivity->n_calcium_columns == 0) return current;
  const dicrec__jet calcium = dicrec__steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    current += g[column->channel] * dicrec__calcium_gating_at(column, calcium.value).value * column->current;
  }
  return current;
}
