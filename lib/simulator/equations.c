/* SPDX-License-Identifier: MIT */
#include "simulator/equations.h"

#include <string.h>

/** A gate at a state: its value, or its steady state if it has none of its own, raised to its power. */
struct factor {
  double power, power_slope; /**< x^p and d/dx */
  dicrec__jet instant;       /**< instantaneous gates: x^p with its slope by V */
};

static struct factor factor_at(const dicrec__gate *gate, double x, double v) {
  struct factor factor = {1.0, 0.0, {1.0, 0.0}};
  if (gate->kind == DICREC__GATE_ABSENT) return factor;
  if (gate->kind == DICREC__GATE_INSTANT) {
    factor.instant = dicrec__jet_power(dicrec__gate_at(gate, v).steady, gate->power);
    return factor;
  }
  const dicrec__jet power = dicrec__jet_power((dicrec__jet){x, 1.0}, gate->power);
  factor.power = power.value;
  factor.power_slope = power.slope;
  return factor;
}

static double state_or(const double *state, int index, double otherwise) {
  return index >= 0 ? state[index] : otherwise;
}

/** How much of a channel is open, with its derivatives by V (instantaneous gates) and by its two states. */
struct opening {
  double open, by_v, by_activation, by_inactivation;
};

static struct opening opening_at(const dicrec_model *model, int channel_index, const double *state) {
  const dicrec__channel *channel = &model->table->channels[channel_index];
  const dicrec__channel_states *index = &model->states[channel_index];
  if (channel->has_scheme) return (struct opening){state[index->activation], 0.0, 1.0, 0.0};
  const struct factor m = factor_at(&channel->activation, state_or(state, index->activation, 1.0), state[0]);
  const struct factor h = factor_at(&channel->inactivation, state_or(state, index->inactivation, 1.0), state[0]);
  const dicrec__jet instant = dicrec__jet_times(m.instant, h.instant);
  return (struct opening){instant.value * m.power * h.power, instant.slope * m.power * h.power,
                          instant.value * m.power_slope * h.power, instant.value * m.power * h.power_slope};
}

static double gate_derivative(const dicrec__gate *gate, double x, double v, double calcium) {
  const dicrec__gate_point point = dicrec__gate_at(gate, v);
  return (point.steady.value * dicrec__calcium_factor(gate, calcium).value - x) / point.tau.value;
}

static void scheme_derivative(const dicrec__scheme *scheme, const dicrec__channel_states *index, const double *state,
                              double *derivative) {
  const dicrec__scheme_point p = dicrec__scheme_at(scheme, state[0]);
  const double o = state[index->activation], i = state[index->inactivation];
  derivative[index->activation] =
      p.opening.value * (1.0 - o - i) + p.recovering.value * i - o * (p.inactivating.value + p.closing.value);
  derivative[index->inactivation] = p.inactivating.value * o - p.recovering.value * i;
}

void dicrec__equations_derivative(const dicrec_model *model, const double *g, double injected, const double *state,
                                  double *derivative) {
  const dicrec__model_table *table = model->table;
  const double v = state[0], calcium = state_or(state, model->calcium_state, 0.0);
  double total = 0.0, calcium_current = 0.0;
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    const dicrec__channel_states *index = &model->states[c];
    const double current = g[c] * opening_at(model, c, state).open * (v - channel->reversal_mv);
    total += current;
    if (channel->carries_calcium) calcium_current += current;
    if (channel->has_scheme) {
      scheme_derivative(&channel->scheme, index, state, derivative);
      continue;
    }
    if (index->activation >= 0)
      derivative[index->activation] = gate_derivative(&channel->activation, state[index->activation], v, calcium);
    if (index->inactivation >= 0)
      derivative[index->inactivation] = gate_derivative(&channel->inactivation, state[index->inactivation], v, calcium);
  }
  derivative[0] = (injected - total) / table->capacitance;
  if (model->calcium_state >= 0)
    derivative[model->calcium_state] =
        (table->calcium.gain * calcium_current - calcium + table->calcium.rest_um) / table->calcium.tau_ms;
}

/** Where a Jacobian is written. */
struct matrix {
  double *entries;
  int n;
};

static double *at(struct matrix matrix, int row, int column) { return &matrix.entries[column * matrix.n + row]; }

static void gate_jacobian(const dicrec_model *model, const dicrec__gate *gate, int index, const double *state,
                          struct matrix jacobian) {
  if (index < 0) return;
  const double calcium = state_or(state, model->calcium_state, 0.0);
  const dicrec__gate_point point = dicrec__gate_at(gate, state[0]);
  const dicrec__jet factor = dicrec__calcium_factor(gate, calcium);
  const double tau = point.tau.value, distance = point.steady.value * factor.value - state[index];
  *at(jacobian, index, index) = -1.0 / tau;
  *at(jacobian, index, 0) = (point.steady.slope * factor.value - distance * point.tau.slope / tau) / tau;
  if (gate->calcium_half_um > 0.0) *at(jacobian, index, model->calcium_state) = point.steady.value * factor.slope / tau;
}

static void scheme_jacobian(const dicrec__scheme *scheme, const dicrec__channel_states *index, const double *state,
                            struct matrix jacobian) {
  const dicrec__scheme_point p = dicrec__scheme_at(scheme, state[0]);
  const int open = index->activation, inactivated = index->inactivation;
  const double o = state[open], i = state[inactivated];
  *at(jacobian, open, open) = -(p.opening.value + p.inactivating.value + p.closing.value);
  *at(jacobian, open, inactivated) = p.recovering.value - p.opening.value;
  *at(jacobian, open, 0) =
      p.opening.slope * (1.0 - o - i) + p.recovering.slope * i - o * (p.inactivating.slope + p.closing.slope);
  *at(jacobian, inactivated, open) = p.inactivating.value;
  *at(jacobian, inactivated, inactivated) = -p.recovering.value;
  *at(jacobian, inactivated, 0) = p.inactivating.slope * o - p.recovering.slope * i;
}

void dicrec__equations_jacobian(const dicrec_model *model, const double *g, const double *state, double *jacobian) {
  const dicrec__model_table *table = model->table;
  const struct matrix j = {jacobian, model->n_states};
  const double v = state[0],
               calcium_gain = model->calcium_state >= 0 ? table->calcium.gain / table->calcium.tau_ms : 0.0;
  memset(jacobian, 0, (size_t)(j.n * j.n) * sizeof *jacobian);
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    const dicrec__channel_states *index = &model->states[c];
    const struct opening x = opening_at(model, c, state);
    const double driving = v - channel->reversal_mv;
    const int columns[3] = {0, index->activation, index->inactivation};
    const double slopes[3] = {g[c] * (x.open + x.by_v * driving), g[c] * x.by_activation * driving,
                              g[c] * x.by_inactivation * driving};
    for (int k = 0; k < 3; ++k) {
      if (columns[k] < 0) continue;
      *at(j, 0, columns[k]) -= slopes[k] / table->capacitance;
      if (channel->carries_calcium) *at(j, model->calcium_state, columns[k]) += calcium_gain * slopes[k];
    }
    if (channel->has_scheme) {
      scheme_jacobian(&channel->scheme, index, state, j);
    } else {
      gate_jacobian(model, &channel->activation, index->activation, state, j);
      gate_jacobian(model, &channel->inactivation, index->inactivation, state, j);
    }
  }
  if (model->calcium_state >= 0) *at(j, model->calcium_state, model->calcium_state) -= 1.0 / table->calcium.tau_ms;
}
