/* SPDX-License-Identifier: MIT */
#include "simulator/equations.h"

#include <string.h>

static double state_or(const double *state, int index, double otherwise) {
  return index >= 0 ? state[index] : otherwise;
}

/** What a gate, or a pair of them, multiplies its channel by, with the derivatives by what it depends on. */
struct factor {
  double value, by_v, by_calcium, by_state;
};

/* x^power, where x is the gate's state, or its steady state if it has none of its own. */
static struct factor factor_at(const dicrec__gate *gate, const double *state, int index, double calcium) {
  if (gate->kind == DICREC__GATE_ABSENT) return (struct factor){.value = 1.0};
  if (gate->kind != DICREC__GATE_INSTANT) {
    const dicrec__jet power = dicrec__jet_power((dicrec__jet){state[index], 1.0}, gate->power);
    return (struct factor){.value = power.value, .by_state = power.slope};
  }
  const dicrec__jet steady = dicrec__gate_at(gate, state[0]).steady, bound = dicrec__calcium_factor(gate, calcium);
  const dicrec__jet power = dicrec__jet_power((dicrec__jet){steady.value * bound.value, 1.0}, gate->power);
  return (struct factor){.value = power.value,
                         .by_v = power.slope * steady.slope * bound.value,
                         .by_calcium = power.slope * steady.value * bound.slope};
}

/** How much of a channel is open, with its derivatives by V and calcium (instantaneous gates) and by its two states. */
struct opening {
  double open, by_v, by_calcium, by_activation, by_inactivation;
};

static struct opening opening_at(const dicrec_model *model, int channel_index, const double *state) {
  const dicrec__channel *channel = &model->table->channels[channel_index];
  const dicrec__channel_states *index = &model->states[channel_index];
  if (channel->has_scheme) return (struct opening){.open = state[index->activation], .by_activation = 1.0};
  const double calcium = state_or(state, model->calcium_state, 0.0);
  const struct factor m = factor_at(&channel->activation, state, index->activation, calcium);
  const struct factor h = factor_at(&channel->inactivation, state, index->inactivation, calcium);
  return (struct opening){.open = m.value * h.value,
                          .by_v = m.by_v * h.value + m.value * h.by_v,
                          .by_calcium = m.by_calcium * h.value + m.value * h.by_calcium,
                          .by_activation = m.by_state * h.value,
                          .by_inactivation = m.value * h.by_state};
}

static dicrec__gate_curves add_gate(dicrec__curve_batch *batch, const dicrec__gate *gate) {
  dicrec__gate_curves curves = {-1, -1, {-1, -1}};
  const bool has_tau = gate->kind == DICREC__GATE_TAU || gate->kind == DICREC__GATE_TAU_OF_RATES;
  const bool has_rates = gate->kind == DICREC__GATE_RATES || gate->kind == DICREC__GATE_TAU_OF_RATES;
  if (has_tau || gate->kind == DICREC__GATE_INSTANT) curves.steady = dicrec__curve_batch_add(batch, &gate->steady);
  if (has_tau) curves.tau = dicrec__curve_batch_add(batch, &gate->tau);
  for (int k = 0; has_rates && k < 2; ++k) curves.rates[k] = dicrec__curve_batch_add(batch, &gate->rates[k]);
  return curves;
}

static void add_channel(dicrec__curve_batch *batch, const dicrec__channel *channel, dicrec__channel_curves *curves) {
  if (channel->has_scheme) {
    const dicrec__scheme *scheme = &channel->scheme;
    const dicrec__curve *rates[4] = {&scheme->opening, &scheme->closing, &scheme->inactivating, &scheme->recovering};
    for (int k = 0; k < 4; ++k) curves->scheme[k] = dicrec__curve_batch_add(batch, rates[k]);
  } else {
    curves->activation = add_gate(batch, &channel->activation);
    curves->inactivation = add_gate(batch, &channel->inactivation);
  }
}

/* From the number of a curve to its place among the values. */
static void resolve(const dicrec__curve_batch *batch, int *curves, size_t n) {
  for (size_t k = 0; k < n; ++k)
    if (curves[k] >= 0) curves[k] = batch->places[curves[k]];
}

bool dicrec__equations_prepare(dicrec__equations *equations, const dicrec_model *model,
                               const dicrec__allocator *allocator) {
  memset(equations, 0, sizeof *equations);
  equations->model = model;
  for (int c = 0; c < model->table->n_channels; ++c)
    add_channel(&equations->batch, &model->table->channels[c], &equations->curves[c]);
  if (!dicrec__curve_batch_prepare(&equations->batch, allocator)) return false;
  for (int c = 0; c < model->table->n_channels; ++c) {
    dicrec__channel_curves *curves = &equations->curves[c];
    dicrec__gate_curves *gates[2] = {&curves->activation, &curves->inactivation};
    if (model->table->channels[c].has_scheme) resolve(&equations->batch, curves->scheme, 4);
    for (int k = 0; k < 2 && !model->table->channels[c].has_scheme; ++k) {
      resolve(&equations->batch, &gates[k]->steady, 1);
      resolve(&equations->batch, &gates[k]->tau, 1);
      resolve(&equations->batch, gates[k]->rates, 2);
    }
  }
  return true;
}

void dicrec__equations_release(dicrec__equations *equations, const dicrec__allocator *allocator) {
  dicrec__curve_batch_release(&equations->batch, allocator);
}

static double gate_derivative(const dicrec__gate *gate, const dicrec__gate_curves *curves, const double *values,
                              double x, double calcium) {
  if (gate->kind == DICREC__GATE_RATES)
    return values[curves->rates[0]] * (dicrec__calcium_factor(gate, calcium).value - x) - values[curves->rates[1]] * x;
  double tau = values[curves->tau], steady = values[curves->steady];
  if (gate->kind == DICREC__GATE_TAU_OF_RATES) tau += 1.0 / (values[curves->rates[0]] + values[curves->rates[1]]);
  if (gate->calcium_half_um > 0.0) steady *= dicrec__calcium_factor(gate, calcium).value;
  return (steady - x) / tau;
}

static void scheme_derivative(const int *curves, const double *values, const dicrec__channel_states *index,
                              const double *state, double *derivative) {
  const double opening = values[curves[0]], closing = values[curves[1]];
  const double inactivating = values[curves[2]], recovering = values[curves[3]];
  const double o = state[index->activation], i = state[index->inactivation];
  derivative[index->activation] = opening * (1.0 - o - i) + recovering * i - o * (inactivating + closing);
  derivative[index->inactivation] = inactivating * o - recovering * i;
}

static inline double whole_power(double x, int power) {
  const double square = x * x;
  switch (power) {
  case 1:
    return x;
  case 2:
    return square;
  case 3:
    return square * x;
  case 4:
    return square * square;
  default:
    return dicrec__jet_power((dicrec__jet){x, 0.0}, power).value;
  }
}

/* The factor of a gate in its channel's conductance. */
static inline double gate_factor(const dicrec__gate *gate, const dicrec__gate_curves *curves, int index,
                                 const double *values, double calcium, const double *state) {
  if (gate->kind == DICREC__GATE_ABSENT) return 1.0;
  const bool is_instant = gate->kind == DICREC__GATE_INSTANT;
  const double x = is_instant ? values[curves->steady] * dicrec__calcium_factor(gate, calcium).value : state[index];
  return whole_power(x, gate->power);
}

/* Derivatives of a channel's states; the answer is the share of it that is open. */
static double advance_channel(const dicrec__equations *equations, int c, const double *values, double calcium,
                              const double *state, double *derivative) {
  const dicrec__channel *channel = &equations->model->table->channels[c];
  const dicrec__channel_states *index = &equations->model->states[c];
  const dicrec__channel_curves *curves = &equations->curves[c];
  const int m = index->activation, h = index->inactivation;
  if (channel->has_scheme) {
    scheme_derivative(curves->scheme, values, index, state, derivative);
    return state[m];
  }
  if (m >= 0) derivative[m] = gate_derivative(&channel->activation, &curves->activation, values, state[m], calcium);
  if (h >= 0) derivative[h] = gate_derivative(&channel->inactivation, &curves->inactivation, values, state[h], calcium);
  return gate_factor(&channel->activation, &curves->activation, m, values, calcium, state) *
         gate_factor(&channel->inactivation, &curves->inactivation, h, values, calcium, state);
}

void dicrec__equations_derivative(const dicrec__equations *equations, const double *g, double injected,
                                  const double *state, double *values, double *derivative) {
  const dicrec_model *model = equations->model;
  const dicrec__model_table *table = model->table;
  const double v = state[0], calcium = state_or(state, model->calcium_state, 0.0);
  double total = 0.0, calcium_current = 0.0;
  dicrec__curve_batch_at(&equations->batch, v, values);
  for (int c = 0; c < table->n_channels; ++c) {
    const double open = advance_channel(equations, c, values, calcium, state, derivative);
    const double current = g[c] * open * (v - table->channels[c].reversal_mv);
    total += current;
    if (table->channels[c].carries_calcium) calcium_current += current;
  }
  derivative[0] = (injected - total) / table->capacitance;
  if (model->calcium_state >= 0)
    derivative[model->calcium_state] =
        (table->calcium.gain * calcium_current - calcium + table->calcium.rest_um) / table->calcium.tau_ms;
}

void dicrec__equations_currents(const dicrec_model *model, const double *g, const double *state, double *currents) {
  for (int c = 0; c < model->table->n_channels; ++c)
    currents[c] = g[c] * opening_at(model, c, state).open * (state[0] - model->table->channels[c].reversal_mv);
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
    const int columns[4] = {0, index->activation, index->inactivation, model->calcium_state};
    const double slopes[4] = {g[c] * (x.open + x.by_v * driving), g[c] * x.by_activation * driving,
                              g[c] * x.by_inactivation * driving, g[c] * x.by_calcium * driving};
    for (int k = 0; k < 4; ++k) {
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
