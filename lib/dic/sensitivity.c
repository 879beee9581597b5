/* SPDX-License-Identifier: MIT */
#include "dic/sensitivity.h"

#include <math.h>
#include <string.h>

static double time_scale_at(const dicrec__model_table *table, const dicrec__time_scale *scale, double v) {
  if (scale->constant_ms > 0.0) return scale->constant_ms;
  return dicrec__gate_at(&table->channels[scale->channel].activation, v).tau.value;
}

/* Share of a variable with time constant tau that belongs to the faster of two scales: linear in ln tau between. */
static double faster_share(double tau, double fast, double slow) {
  if (tau <= fast) return 1.0;
  if (tau > slow) return 0.0;
  return (log(slow) - log(tau)) / (log(slow) - log(fast));
}

static void split_over_scales(const double scales[DICREC__N_SCALES], double tau, double share[DICREC__N_SCALES]) {
  const double fast = faster_share(tau, scales[0], scales[1]), slow = faster_share(tau, scales[1], scales[2]);
  share[0] = fast;
  share[1] = slow - fast;
  share[2] = 1.0 - slow;
}

/** One channel at steady state: its static conductance factor and what each of its variables feeds back. */
struct column {
  double total[DICREC__N_SCALES];
  dicrec__jet open; /**< steady conductance factor */
};

static void add_feedback(struct column *column, const double share[DICREC__N_SCALES], double feedback) {
  for (int s = 0; s < DICREC__N_SCALES; ++s) column->total[s] += share[s] * feedback;
}

static struct column scheme_column(const dicrec__channel *channel, double v) {
  const dicrec__scheme_point point = dicrec__scheme_at(&channel->scheme, v);
  struct column column = {.open = dicrec__scheme_steady(&point)};
  column.total[0] = column.open.value;
  column.total[2] = column.open.slope * (v - channel->reversal_mv); /* counts wholly as ultraslow */
  return column;
}

static struct column gated_column(const dicrec__channel *channel, const double scales[DICREC__N_SCALES], double v) {
  const dicrec__gate *gates[2] = {&channel->activation, &channel->inactivation};
  dicrec__gate_point points[2];
  dicrec__jet factors[2];
  for (int k = 0; k < 2; ++k) {
    points[k] = dicrec__gate_at(gates[k], v);
    factors[k] = dicrec__jet_power(points[k].steady, gates[k]->kind == DICREC__GATE_ABSENT ? 0 : gates[k]->power);
  }
  struct column column = {.open = dicrec__jet_times(factors[0], factors[1])};
  column.total[0] = column.open.value;
  for (int k = 0; k < 2; ++k) {
    double share[DICREC__N_SCALES];
    split_over_scales(scales, points[k].tau.value, share);
    add_feedback(&column, share, factors[k].slope * factors[1 - k].value * (v - channel->reversal_mv));
  }
  return column;
}

static void prepare_calcium_column(dicrec__sensitivity *sensitivity, int channel_index, const double *scales) {
  const dicrec__channel *channel = &sensitivity->table->channels[channel_index];
  const dicrec__gate_point point = dicrec__gate_at(&channel->activation, sensitivity->v_mv);
  const dicrec__jet open = dicrec__jet_power(point.steady, channel->activation.power);
  const double driving = sensitivity->v_mv - channel->reversal_mv;
  dicrec__calcium_column *column = &sensitivity->calcium_columns[sensitivity->n_calcium_columns++];
  *column = (dicrec__calcium_column){.channel = channel_index,
                                     .power = channel->activation.power,
                                     .gate = &channel->activation,
                                     .open = open.value,
                                     .driving_mv = driving};
  double gate_share[DICREC__N_SCALES], pool_share[DICREC__N_SCALES];
  split_over_scales(scales, point.tau.value, gate_share);
  split_over_scales(scales, sensitivity->table->calcium.tau_ms, pool_share);
  column->by_factor[0] = open.value;
  for (int s = 0; s < DICREC__N_SCALES; ++s) {
    column->by_factor[s] += gate_share[s] * open.slope * driving;
    column->by_slope[s] = pool_share[s] * open.value * driving;
  }
}

void dicrec__sensitivity_at(const dicrec__model_table *table, double v, dicrec__sensitivity *sensitivity) {
  memset(sensitivity, 0, sizeof *sensitivity);
  sensitivity->table = table;
  sensitivity->v_mv = v;
  const double scales[DICREC__N_SCALES] = {time_scale_at(table, &table->fast, v), time_scale_at(table, &table->slow, v),
                                           time_scale_at(table, &table->ultraslow, v)};
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    if (channel->activation.calcium_half_um > 0.0) {
      prepare_calcium_column(sensitivity, c, scales);
      continue;
    }
    const struct column column = channel->has_scheme ? scheme_column(channel, v) : gated_column(channel, scales, v);
    for (int s = 0; s < DICREC__N_SCALES; ++s) sensitivity->columns[s][c] = column.total[s];
    const double driving = v - channel->reversal_mv;
    sensitivity->current[c] = column.open.value * driving;
    if (!channel->carries_calcium) continue;
    sensitivity->carriers[sensitivity->n_carriers++] = c;
    sensitivity->calcium[c] = (dicrec__jet){table->calcium.gain * sensitivity->current[c],
                                            table->calcium.gain * (column.open.slope * driving + column.open.value)};
  }
}

/* Calcium at its steady state, with its derivative with respect to V. */
static dicrec__jet steady_calcium(const dicrec__sensitivity *sensitivity, const double *g) {
  dicrec__jet calcium = {sensitivity->table->calcium.rest_um, 0.0};
  for (int k = 0; k < sensitivity->n_carriers; ++k) {
    const int c = sensitivity->carriers[k];
    calcium.value += g[c] * sensitivity->calcium[c].value;
    calcium.slope += g[c] * sensitivity->calcium[c].slope;
  }
  return calcium;
}

/** R(Ca) of a calcium-gated channel with its derivatives by Ca. */
struct calcium_factor {
  double value, slope, curvature;
};

static struct calcium_factor calcium_factor_at(const dicrec__calcium_column *column, double calcium) {
  const double p = column->power;
  const dicrec__jet r = dicrec__calcium_factor(column->gate, calcium);
  const double r_curvature = -2.0 * r.slope * (1.0 / (calcium + column->gate->calcium_half_um));
  double low = 1.0; /* r^(p - 2) */
  for (int i = 2; i < column->power; ++i) low *= r.value;
  if (column->power < 2) return (struct calcium_factor){r.value, r.slope, r_curvature};
  const double before = low * r.value, slope = p * before;
  return (struct calcium_factor){before * r.value, slope * r.slope,
                                 p * (p - 1.0) * low * r.slope * r.slope + slope * r_curvature};
}

void dicrec__sensitivity_columns(const dicrec__sensitivity *sensitivity, const double *g,
                                 double columns[DICREC__N_SCALES][DICREC__MAX_CHANNELS]) {
  const size_t row = (size_t)sensitivity->table->n_channels * sizeof(double);
  for (int s = 0; s < DICREC__N_SCALES; ++s) memcpy(columns[s], sensitivity->columns[s], row);
  if (sensitivity->n_calcium_columns == 0) return;
  const dicrec__jet calcium = steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
    for (int s = 0; s < DICREC__N_SCALES; ++s)
      columns[s][column->channel] =
          column->by_factor[s] * factor.value + column->by_slope[s] * (factor.slope * calcium.slope);
  }
}

void dicrec__dics(const dicrec__sensitivity *sensitivity, const double *g, double row[DICREC_DIC_COUNT]) {
  dicrec__dics_times_leak(sensitivity, g, row);
  for (int s = 0; s < DICREC__N_SCALES; ++s) row[s] /= g[sensitivity->table->leak];
  row[DICREC_DIC_TOTAL] = row[DICREC_DIC_FAST] + row[DICREC_DIC_SLOW] + row[DICREC_DIC_ULTRASLOW];
}

void dicrec__dics_times_leak(const dicrec__sensitivity *sensitivity, const double *g, double dics[DICREC__N_SCALES]) {
  const dicrec__kept all = dicrec__dics_keep(sensitivity, g);
  dicrec__dics_derivatives(sensitivity, &all, g, NULL, 0, dics, NULL);
}

dicrec__kept dicrec__dics_keep(const dicrec__sensitivity *sensitivity, const double *g) {
  dicrec__kept kept = {.dics = {0.0}};
  for (int c = 0; c < sensitivity->table->n_channels; ++c)
    for (int s = 0; s < DICREC__N_SCALES; ++s) kept.dics[s] += sensitivity->columns[s][c] * g[c];
  if (sensitivity->n_calcium_columns > 0) kept.calcium = steady_calcium(sensitivity, g);
  return kept;
}

/** Sums over the calcium-gated channels as functions of calcium. */
struct calcium_sums {
  double dics[DICREC__N_SCALES], by_calcium[DICREC__N_SCALES], by_slope[DICREC__N_SCALES];
};

/* Add a channel of conductance g to the sums; its entries are the derivatives by g. */
static inline void add_calcium_column(const dicrec__calcium_column *column, dicrec__jet calcium, double g,
                                      struct calcium_sums *sums, double entries[DICREC__N_SCALES]) {
  const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
  const double flow = factor.slope * calcium.slope, flow_dca = factor.curvature * calcium.slope;
  for (int s = 0; s < DICREC__N_SCALES; ++s) {
    entries[s] = column->by_factor[s] * factor.value + column->by_slope[s] * flow;
    sums->dics[s] += g * entries[s];
    sums->by_calcium[s] += g * (column->by_factor[s] * factor.slope + column->by_slope[s] * flow_dca);
    sums->by_slope[s] += g * (column->by_slope[s] * factor.slope);
  }
}

static inline void add_up(const dicrec__sensitivity *sensitivity, const dicrec__kept *kept, const double *g,
                          const int *channels, int n_channels, double dics[DICREC__N_SCALES],
                          double derivatives[][DICREC__N_SCALES]) {
  dicrec__jet calcium = kept->calcium;
  struct calcium_sums sums = {.dics = {kept->dics[0], kept->dics[1], kept->dics[2]}};
  for (int k = 0; k < n_channels; ++k) {
    const int c = channels[k];
    for (int s = 0; s < DICREC__N_SCALES; ++s) {
      derivatives[k][s] = sensitivity->columns[s][c];
      sums.dics[s] += derivatives[k][s] * g[c];
    }
    calcium.value += g[c] * sensitivity->calcium[c].value;
    calcium.slope += g[c] * sensitivity->calcium[c].slope;
  }
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    double entries[DICREC__N_SCALES];
    add_calcium_column(column, calcium, g[column->channel], &sums, entries);
    for (int k = 0; k < n_channels; ++k)
      for (int s = 0; s < DICREC__N_SCALES && channels[k] == column->channel; ++s) derivatives[k][s] = entries[s];
  }
  for (int s = 0; s < DICREC__N_SCALES; ++s) dics[s] = sums.dics[s];
  for (int k = 0; k < n_channels; ++k) { /* nothing without a pool, or of channels that carry no calcium */
    const dicrec__jet share = sensitivity->calcium[channels[k]];
    for (int s = 0; s < DICREC__N_SCALES; ++s)
      derivatives[k][s] += sums.by_calcium[s] * share.value + sums.by_slope[s] * share.slope;
  }
}

void dicrec__dics_derivatives(const dicrec__sensitivity *sensitivity, const dicrec__kept *kept, const double *g,
                              const int *channels, int n_channels, double dics[DICREC__N_SCALES],
                              double derivatives[][DICREC__N_SCALES]) {
  if (n_channels == 0) add_up(sensitivity, kept, g, NULL, 0, dics, NULL); /* the usual cases, unrolled */
  else if (n_channels == 2) add_up(sensitivity, kept, g, channels, 2, dics, derivatives);
  else add_up(sensitivity, kept, g, channels, n_channels, dics, derivatives);
}

double dicrec__static_current(const dicrec__sensitivity *sensitivity, const double *g) {
  double current = 0.0;
  for (int c = 0; c < sensitivity->table->n_channels; ++c) current += g[c] * sensitivity->current[c];
  if (sensitivity->n_calcium_columns == 0) return current;
  const dicrec__jet calcium = steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    current += g[column->channel] * calcium_factor_at(column, calcium.value).value * column->open * column->driving_mv;
  }
  return current;
}
