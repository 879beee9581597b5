/* SPDX-License-Identifier: MIT */
#include "dic/columns.h"

#include <math.h>
#include <string.h>

#include "models/dic_scale.h"

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
  const double scales[DICREC__N_DIC_SCALES] = {dicrec__dic_scale_at(table, &table->fast, v),
                                               dicrec__dic_scale_at(table, &table->slow, v),
                                               dicrec__dic_scale_at(table, &table->ultraslow, v)};
  memcpy(sensitivity->scales_ms, scales, sizeof scales);
  double pool_share[DICREC__N_DIC_SCALES] = {0.0};
  if (table->calcium.present) split_over_scales(scales, table->calcium.tau_ms, pool_share);
  for (int c = 0; c < table->n_channels; ++c) add_channel(sensitivity, c, scales, pool_share);
}
