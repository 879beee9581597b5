/* SPDX-License-Identifier: MIT */
#include "dic/sensitivity.h"

#include <math.h>
#include <string.h>

static double dic_scale_at(const dicrec__model_table *table, const dicrec__dic_scale *scale, double v) {
  if (scale->constant_ms > 0.0) return scale->constant_ms;
  return dicrec__gate_at(&table->channels[scale->channel].activation, v).tau.value;
}

/* Share of a variable with time constant tau that belongs to the faster of two scales: linear in ln tau between. */
static double faster_share(double tau, double fast, double slow) {
  if (tau <= fast) return 1.0;
  if (tau > slow) return 0.0;
  return (log(slow) - log(tau)) / (log(slow) - log(fast));
}

static void split_over_scales(const double scales[DICREC__N_DIC_SCALES], double tau,
                              double share[DICREC__N_DIC_SCALES]) {
  const double fast = faster_share(tau, scales[0], scales[1]), slow = faster_share(tau, scales[1], scales[2]);
  share[0] = fast;
  share[1] = slow - fast;
  share[2] = 1.0 - slow;
}

/** One channel at steady state: its static conductance factor and what each of its variables feeds back. */
struct column {
  double total[DICREC__N_DIC_SCALES];
  dicrec__jet open; /**< steady conductance factor */
};

static void add_feedback(struct column *column, const double share[DICREC__N_DIC_SCALES], double feedback) {
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) column->total[s] += share[s] * feedback;
}

static struct column scheme_column(const dicrec__channel *channel, double v) {
  const dicrec__scheme_point point = dicrec__scheme_at(&channel->scheme, v);
  struct column column = {.open = dicrec__scheme_steady(&point)};
  column.total[0] = column.open.value;
  column.total[2] = column.open.slope * (v - channel->reversal_mv); /* counts wholly as ultraslow */
  return column;
}

static struct column gated_column(const dicrec__channel *channel, const double scales[DICREC__N_DIC_SCALES], double v) {
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
    double share[DICREC__N_DIC_SCALES];
    split_over_scales(scales, points[k].tau.value, share);
    add_feedback(&column, share, factors[k].slope * factors[1 - k].value * (v - channel->reversal_mv));
  }
  return column;
}

/* A channel whose gates, or one of them, calcium opens; its column with calcium in excess is given. */
static void add_calcium_column(dicrec__sensitivity *sensitivity, int c, const struct column *column,
                               dicrec__jet calcium, const double pool_share[DICREC__N_DIC_SCALES]) {
  const dicrec__channel *channel = &sensitivity->table->channels[c];
  const dicrec__gate *gates[2] = {&channel->activation, &channel->inactivation};
  const double current = column->open.value * (sensitivity->v_mv - channel->reversal_mv);
  dicrec__calcium_column *to = &sensitivity->calcium_columns[sensitivity->n_calcium_columns++];
  *to = (dicrec__calcium_column){.channel = c, .current = current, .calcium = calcium};
  for (int k = 0; k < 2; ++k)
    if (gates[k]->calcium_half_um > 0.0) to->gates[to->n_gates++] = gates[k];
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) {
    to->by_factor[s] = column->total[s];
    to->by_slope[s] = pool_share[s] * current;
  }
  sensitivity->has_gated_carriers |= channel->carries_calcium;
}

static void add_channel(dicrec__sensitivity *sensitivity, int c, const double scales[DICREC__N_DIC_SCALES],
                        const double pool_share[DICREC__N_DIC_SCALES]) {
  const dicrec__channel *channel = &sensitivity->table->channels[c];
  const double v = sensitivity->v_mv, driving = v - channel->reversal_mv;
  const struct column column = channel->has_scheme ? scheme_column(channel, v) : gated_column(channel, scales, v);
  const double current = column.open.value * driving, gain = sensitivity->table->calcium.gain;
  dicrec__jet calcium = {0.0, 0.0};
  if (channel->carries_calcium)
    calcium = (dicrec__jet){gain * current, gain * (column.open.slope * driving + column.open.value)};
  if (dicrec__is_calcium_gated(channel)) {
    add_calcium_column(sensitivity, c, &column, calcium, pool_share);
    return;
  }
  sensitivity->current[c] = current;
  sensitivity->calcium[c] = calcium;
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) sensitivity->columns[s][c] = column.total[s];
  if (channel->carries_calcium) sensitivity->carriers[sensitivity->n_carriers++] = c;
}

void dicrec__sensitivity_at(const dicrec__model_table *table, double v, dicrec__sensitivity *sensitivity) {
  memset(sensitivity, 0, sizeof *sensitivity);
  sensitivity->table = table;
  sensitivity->v_mv = v;
  const double scales[DICREC__N_DIC_SCALES] = {dic_scale_at(table, &table->fast, v),
                                               dic_scale_at(table, &table->slow, v),
                                               dic_scale_at(table, &table->ultraslow, v)};
  double pool_share[DICREC__N_DIC_SCALES] = {0.0};
  if (table->calcium.present) split_over_scales(scales, table->calcium.tau_ms, pool_share);
  for (int c = 0; c < table->n_channels; ++c) add_channel(sensitivity, c, scales, pool_share);
}

/* Calcium as the carriers that it does not gate would keep it, with its derivative with respect to V. */
static dicrec__jet ungated_calcium(const dicrec__sensitivity *sensitivity, const double *g) {
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

static inline struct calcium_factor gate_factor_at(const dicrec__gate *gate, double calcium) {
  const double p = gate->power;
  const dicrec__jet r = dicrec__calcium_factor(gate, calcium);
  const double r_curvature = -2.0 * r.slope * (1.0 / (calcium + gate->calcium_half_um));
  double low = 1.0; /* r^(p - 2) */
  for (int i = 2; i < gate->power; ++i) low *= r.value;
  if (gate->power < 2) return (struct calcium_factor){r.value, r.slope, r_curvature};
  const double before = low * r.value, slope = p * before;
  return (struct calcium_factor){before * r.value, slope * r.slope,
                                 p * (p - 1.0) * low * r.slope * r.slope + slope * r_curvature};
}

static inline struct calcium_factor calcium_factor_at(const dicrec__calcium_column *column, double calcium) {
  const struct calcium_factor x = gate_factor_at(column->gates[0], calcium);
  if (column->n_gates == 1) return x;
  const struct calcium_factor y = gate_factor_at(column->gates[1], calcium);
  return (struct calcium_factor){x.value * y.value, x.slope * y.value + x.value * y.slope,
                                 x.curvature * y.value + 2.0 * x.slope * y.slope + x.value * y.curvature};
}

/** What flows into the pool beyond what leaves it at some calcium, and its derivative. */
static dicrec__jet excess_at(const dicrec__sensitivity *sensitivity, const double *g, double ungated, double calcium) {
  dicrec__jet excess = {ungated - calcium, -1.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    if (column->calcium.value == 0.0) continue;
    const struct calcium_factor factor = calcium_factor_at(column, calcium);
    excess.value += g[column->channel] * column->calcium.value * factor.value;
    excess.slope += g[column->channel] * column->calcium.value * factor.slope;
  }
  return excess;
}

/* Where the calcium of a pool with gated carriers can be: their factors are between 0 and 1. */
static void bound_calcium(const dicrec__sensitivity *sensitivity, const double *g, double ungated, double *low,
                          double *high) {
  *low = *high = ungated;
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    const double most = g[column->channel] * column->calcium.value;
    if (most > 0.0) *high += most;
    else *low += most;
  }
  if (*low < 0.0) *low = 0.0;
}

/*
 * The calcium at balance where carriers are gated by it: Newton's method within bounds, from the lowest calcium that
 * can be. More flows in below what is found, less above: it is stable. NaN where it would be below none.
 */
static double balanced_calcium(const dicrec__sensitivity *sensitivity, const double *g, double ungated) {
  double low, high;
  if (!(ungated >= 0.0)) return NAN;
  bound_calcium(sensitivity, g, ungated, &low, &high);
  const double rounding = 1e-16 * high;
  double calcium = low;
  for (int count = 0; count < 200; ++count) {
    const dicrec__jet excess = excess_at(sensitivity, g, ungated, calcium);
    if (excess.value > 0.0) low = calcium;
    else high = calcium;
    double next = calcium - excess.value / excess.slope;
    if (fabs(next - calcium) <= rounding + 1e-15 * calcium) return next;
    if (!(excess.slope < 0.0 && next >= low && next <= high)) next = 0.5 * (low + high);
    calcium = next;
  }
  return calcium;
}

/** How calcium, gating what carries it, acts back on itself. */
struct loop {
  double restoring;      /**< by how much the excess falls, per calcium */
  double slope_by_level; /**< of the excess's derivative by V, along with calcium: its derivative by calcium */
};

/* From calcium without gated carriers to calcium with them. */
static dicrec__jet close_loop(const dicrec__sensitivity *sensitivity, const double *g, dicrec__jet ungated,
                              struct loop *loop) {
  dicrec__jet calcium = {balanced_calcium(sensitivity, g, ungated.value), ungated.slope};
  *loop = (struct loop){1.0, 0.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
    calcium.slope += g[column->channel] * column->calcium.slope * factor.value;
    loop->restoring -= g[column->channel] * column->calcium.value * factor.slope;
  }
  calcium.slope /= loop->restoring;
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
    loop->slope_by_level += g[column->channel] * (column->calcium.slope * factor.slope +
                                                  column->calcium.value * factor.curvature * calcium.slope);
  }
  return calcium;
}

/* Calcium at its steady state, with its derivative with respect to V. */
static dicrec__jet steady_calcium(const dicrec__sensitivity *sensitivity, const double *g) {
  struct loop loop;
  const dicrec__jet ungated = ungated_calcium(sensitivity, g);
  return sensitivity->has_gated_carriers ? close_loop(sensitivity, g, ungated, &loop) : ungated;
}

/* How both change with the conductance of a channel. */
static dicrec__jet calcium_by_conductance(const dicrec__sensitivity *sensitivity, const struct loop *loop,
                                          dicrec__jet calcium, int c) {
  dicrec__jet carried = sensitivity->calcium[c];
  struct calcium_factor factor = {1.0, 0.0, 0.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i)
    if (sensitivity->calcium_columns[i].channel == c) {
      carried = sensitivity->calcium_columns[i].calcium;
      factor = calcium_factor_at(&sensitivity->calcium_columns[i], calcium.value);
    }
  const double level = carried.value * factor.value / loop->restoring;
  const double slope = carried.slope * factor.value + carried.value * factor.slope * calcium.slope;
  return (dicrec__jet){level, (slope + loop->slope_by_level * level) / loop->restoring};
}

void dicrec__sensitivity_columns(const dicrec__sensitivity *sensitivity, const double *g,
                                 double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS]) {
  const size_t row = (size_t)sensitivity->table->n_channels * sizeof(double);
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s) memcpy(columns[s], sensitivity->columns[s], row);
  if (sensitivity->n_calcium_columns == 0) return;
  const dicrec__jet calcium = steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
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
  if (sensitivity->n_calcium_columns > 0) fixed.calcium = ungated_calcium(sensitivity, g);
  return fixed;
}

/** Sums over the calcium-gated channels as functions of calcium. */
struct calcium_sums {
  double dics[DICREC__N_DIC_SCALES], by_calcium[DICREC__N_DIC_SCALES], by_slope[DICREC__N_DIC_SCALES];
};

/* Add a channel of conductance g to the sums; its entries are the derivatives by g. */
static inline void add_gated(const dicrec__calcium_column *column, dicrec__jet calcium, double g,
                             struct calcium_sums *sums, double entries[DICREC__N_DIC_SCALES]) {
  const struct calcium_factor factor = calcium_factor_at(column, calcium.value);
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
  struct loop loop = {1.0, 0.0};
  if (has_loop) calcium = close_loop(sensitivity, g, calcium, &loop);
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
        has_loop ? calcium_by_conductance(sensitivity, &loop, calcium, c) : sensitivity->calcium[c];
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
  const dicrec__jet calcium = steady_calcium(sensitivity, g);
  for (int k = 0; k < sensitivity->n_calcium_columns; ++k) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[k];
    current += g[column->channel] * calcium_factor_at(column, calcium.value).value * column->current;
  }
  return current;
}
