/* SPDX-License-Identifier: MIT */
/** @file gate.h What opens a channel: first-order gates and a kinetic scheme with inactivation. */
#ifndef DICREC_MODELS_GATE_H
#define DICREC_MODELS_GATE_H

#include "models/curve.h"

/** How a gate's steady state x and time constant tau are given. */
enum dicrec__gate_kind {
  DICREC__GATE_ABSENT = 0,
  DICREC__GATE_TAU,          /**< x = steady(V), tau = tau(V) */
  DICREC__GATE_TAU_OF_RATES, /**< x = steady(V), tau = tau(V) + 1 / (rates[0](V) + rates[1](V)) */
  DICREC__GATE_RATES,        /**< x = opening / (opening + closing), tau = 1 / (opening + closing); rates[0], [1] */
  DICREC__GATE_INSTANT       /**< x = steady(V) at all times; no state */
};

/** A gate: tau dx/dt = x_inf - x; the channel's conductance has the factor x^power. */
typedef struct dicrec__gate {
  enum dicrec__gate_kind kind;
  int power; /**< 1 to 4 */
  dicrec__curve steady, tau, rates[2];
  double calcium_half_um; /**< above 0: the steady state has the factor Ca / (Ca + calcium_half) */
} dicrec__gate;

/* Shorthand for model tables: a gate with a sigmoid steady state and, often, a sigmoid time constant. */
#define DICREC__GATE(gate_power, ...)                                                                                  \
  { .kind = DICREC__GATE_TAU, .power = gate_power, __VA_ARGS__ }
#define DICREC__STEADY(c, d)            .steady = DICREC__SIGMOID(c, d)
#define DICREC__TAU_SIGMOID(a, b, c, d) .tau = DICREC__SIGMOID_FROM(a, b, c, d)

/** Whether a gate is there and does not follow at once: it has a state of its own. */
static inline bool dicrec__has_time_constant(const dicrec__gate *gate) {
  return gate->kind != DICREC__GATE_ABSENT && gate->kind != DICREC__GATE_INSTANT;
}

/** Steady state (without its calcium factor) and time constant at a voltage. */
typedef struct dicrec__gate_point {
  dicrec__jet steady, tau;
} dicrec__gate_point;

dicrec__gate_point dicrec__gate_at(const dicrec__gate *gate, double v_mv);

/** The calcium factor Ca / (Ca + half) and its derivative with respect to Ca; 1 for gates without calcium. */
static inline dicrec__jet dicrec__calcium_factor(const dicrec__gate *gate, double calcium_um) {
  const double half = gate->calcium_half_um;
  if (half <= 0.0) return (dicrec__jet){1.0, 0.0};
  const double sum = calcium_um + half;
  return (dicrec__jet){calcium_um / sum, half / (sum * sum)};
}

/**
 * Kinetic scheme closed - open - inactivated (rates per ms):
 * do/dt = opening (1 - o - i) + recovering i - (inactivating + closing) o, di/dt = inactivating o - recovering i.
 */
typedef struct dicrec__scheme {
  dicrec__curve opening, closing, inactivating, recovering;
} dicrec__scheme;

/** The four rates at a voltage. */
typedef struct dicrec__scheme_point {
  dicrec__jet opening, closing, inactivating, recovering;
} dicrec__scheme_point;

dicrec__scheme_point dicrec__scheme_at(const dicrec__scheme *scheme, double v_mv);

/** Steady open fraction with its derivative. */
dicrec__jet dicrec__scheme_steady(const dicrec__scheme_point *point);

#endif
