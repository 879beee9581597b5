/* SPDX-License-Identifier: MIT */
#include "dic/calcium_balance.h"

#include <math.h>

dicrec__jet dicrec__ungated_calcium(const dicrec__sensitivity *sensitivity, const double *g) {
  dicrec__jet calcium = {sensitivity->table->calcium.rest_um, 0.0};
  for (int k = 0; k < sensitivity->n_carriers; ++k) {
    const int c = sensitivity->carriers[k];
    calcium.value += g[c] * sensitivity->calcium[c].value;
    calcium.slope += g[c] * sensitivity->calcium[c].slope;
  }
  return calcium;
}

/** What flows into the pool beyond what leaves it at some calcium, and its derivative. */
static dicrec__jet excess_at(const dicrec__sensitivity *sensitivity, const double *g, double ungated, double calcium) {
  dicrec__jet excess = {ungated - calcium, -1.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    if (column->calcium.value == 0.0) continue;
    const dicrec__calcium_gating factor = dicrec__calcium_gating_at(column, calcium);
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

dicrec__jet dicrec__close_calcium_loop(const dicrec__sensitivity *sensitivity, const double *g, dicrec__jet ungated,
                                       dicrec__calcium_loop *loop) {
  dicrec__jet calcium = {balanced_calcium(sensitivity, g, ungated.value), ungated.slope};
  *loop = (dicrec__calcium_loop){1.0, 0.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    const dicrec__calcium_gating factor = dicrec__calcium_gating_at(column, calcium.value);
    calcium.slope += g[column->channel] * column->calcium.slope * factor.value;
    loop->restoring -= g[column->channel] * column->calcium.value * factor.slope;
  }
  calcium.slope /= loop->restoring;
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i) {
    const dicrec__calcium_column *column = &sensitivity->calcium_columns[i];
    const dicrec__calcium_gating factor = dicrec__calcium_gating_at(column, calcium.value);
    loop->slope_by_level += g[column->channel] * (column->calcium.slope * factor.slope +
                                                  column->calcium.value * factor.curvature * calcium.slope);
  }
  return calcium;
}

dicrec__jet dicrec__steady_calcium(const dicrec__sensitivity *sensitivity, const double *g) {
  dicrec__calcium_loop loop;
  const dicrec__jet ungated = dicrec__ungated_calcium(sensitivity, g);
  return sensitivity->has_gated_carriers ? dicrec__close_calcium_loop(sensitivity, g, ungated, &loop) : ungated;
}

dicrec__jet dicrec__calcium_by_conductance(const dicrec__sensitivity *sensitivity, const dicrec__calcium_loop *loop,
                                           dicrec__jet calcium, int c) {
  dicrec__jet carried = sensitivity->calcium[c];
  dicrec__calcium_gating factor = {1.0, 0.0, 0.0};
  for (int i = 0; i < sensitivity->n_calcium_columns; ++i)
    if (sensitivity->calcium_columns[i].channel == c) {
      carried = sensitivity->calcium_columns[i].calcium;
      factor = dicrec__calcium_gating_at(&sensitivity->calcium_columns[i], calcium.value);
    }
  const double level = carried.value * factor.value / loop->restoring;
  const double slope = carried.slope * factor.value + carried.value * factor.slope * calcium.slope;
  return (dicrec__jet){level, (slope + loop->slope_by_level * level) / loop->restoring};
}
