/* SPDX-License-Identifier: MIT */
#include "models/gate.h"

static dicrec__jet inverse(dicrec__jet a) {
  const double value = 1.0 / a.value;
  return (dicrec__jet){value, -a.slope * value * value};
}

static dicrec__jet sum(dicrec__jet a, dicrec__jet b) { return (dicrec__jet){a.value + b.value, a.slope + b.slope}; }

dicrec__gate_point dicrec__gate_at(const dicrec__gate *gate, double v) {
  dicrec__gate_point point = {{1.0, 0.0}, {0.0, 0.0}};
  switch (gate->kind) {
  case DICREC__GATE_TAU:
    point.steady = dicrec__curve_at(&gate->steady, v);
    point.tau = dicrec__curve_at(&gate->tau, v);
    break;
  case DICREC__GATE_TAU_OF_RATES: {
    const dicrec__jet rates = sum(dicrec__curve_at(&gate->rates[0], v), dicrec__curve_at(&gate->rates[1], v));
    point.steady = dicrec__curve_at(&gate->steady, v);
    point.tau = sum(dicrec__curve_at(&gate->tau, v), inverse(rates));
    break;
  }
  case DICREC__GATE_RATES: {
    const dicrec__jet opening = dicrec__curve_at(&gate->rates[0], v);
    point.tau = inverse(sum(opening, dicrec__curve_at(&gate->rates[1], v)));
    point.steady = dicrec__jet_times(opening, point.tau);
    break;
  }
  case DICREC__GATE_INSTANT:
    point.steady = dicrec__curve_at(&gate->steady, v);
    break;
  case DICREC__GATE_ABSENT:
    break;
  }
  return point;
}

dicrec__scheme_point dicrec__scheme_at(const dicrec__scheme *scheme, double v) {
  return (dicrec__scheme_point){.opening = dicrec__curve_at(&scheme->opening, v),
                                .closing = dicrec__curve_at(&scheme->closing, v),
                                .inactivating = dicrec__curve_at(&scheme->inactivating, v),
                                .recovering = dicrec__curve_at(&scheme->recovering, v)};
}

dicrec__jet dicrec__scheme_steady(const dicrec__scheme_point *p) {
  const dicrec__jet open = dicrec__jet_times(p->opening, p->recovering);
  const dicrec__jet others = sum(dicrec__jet_times(p->opening, sum(p->inactivating, p->recovering)),
                                 dicrec__jet_times(p->closing, p->recovering));
  return dicrec__jet_times(open, inverse(others));
}
