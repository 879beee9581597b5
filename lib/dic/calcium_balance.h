/* SPDX-License-Identifier: MIT */
/**
 * @file calcium_balance.h
 * Steady calcium of a set of conductances, where channels that carry calcium may be gated by it, and its derivatives.
 */
#ifndef DICREC_DIC_CALCIUM_BALANCE_H
#define DICREC_DIC_CALCIUM_BALANCE_H

#include "dic/columns.h"

/** R(Ca) of a calcium-gated channel with its derivatives by Ca. */
typedef struct dicrec__calcium_gating {
  double value, slope, curvature;
} dicrec__calcium_gating;

static inline dicrec__calcium_gating dicrec__gate_factor_at(const dicrec__gate *gate, double calcium) {
  const double p = gate->power;
  const dicrec__jet r = dicrec__calcium_factor(gate, calcium);
  const double r_curvature = -2.0 * r.slope * (1.0 / (calcium + gate->calcium_half_um));
  double low = 1.0; /* r^(p - 2) */
  for (int i = 2; i < gate->power; ++i) low *= r.value;
  if (gate->power < 2) return (dicrec__calcium_gating){r.value, r.slope, r_curvature};
  const double before = low * r.value, slope = p * before;
  return (dicrec__calcium_gating){before * r.value, slope * r.slope,
                                  p * (p - 1.0) * low * r.slope * r.slope + slope * r_curvature};
}

static inline dicrec__calcium_gating dicrec__calcium_gating_at(const dicrec__calcium_column *column, double calcium) {
  const dicrec__calcium_gating x = dicrec__gate_factor_at(column->gates[0], calcium);
  if (column->n_gates == 1) return x;
  const dicrec__calcium_gating y = dicrec__gate_factor_at(column->gates[1], calcium);
  return (dicrec__calcium_gating){x.value * y.value, x.slope * y.value + x.value * y.slope,
                                  x.curvature * y.value + 2.0 * x.slope * y.slope + x.value * y.curvature};
}

/** How calcium, gating what carries it, acts back on itself. */
typedef struct dicrec__calcium_loop {
  double restoring;      /**< by how much the excess falls, per calcium */
  double slope_by_level; /**< of the excess's derivative by V, along with calcium: its derivative by calcium */
} dicrec__calcium_loop;

/** Calcium as the carriers that it does not gate would keep it, with its derivative by V. */
dicrec__jet dicrec__ungated_calcium(const dicrec__sensitivity *sensitivity, const double *conductances);

/** From calcium without gated carriers to calcium with them. */
dicrec__jet dicrec__close_calcium_loop(const dicrec__sensitivity *sensitivity, const double *conductances,
                                       dicrec__jet ungated, dicrec__calcium_loop *loop);

/** Calcium at its steady state, with its derivative by V. */
dicrec__jet dicrec__steady_calcium(const dicrec__sensitivity *sensitivity, const double *conductances);

/** How both change with the conductance of channel c. */
dicrec__jet dicrec__calcium_by_conductance(const dicrec__sensitivity *sensitivity, const dicrec__calcium_loop *loop,
                                           dicrec__jet calcium, int c);

#endif
