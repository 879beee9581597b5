/* SPDX-License-Identifier: MIT */
#include "support/plain_model.h"

#include <math.h>

#include "support/fixture.h"

static double curve(const dicrec__curve *form, double v) { return dicrec__curve_at(form, v).value; }

static const dicrec__gate *gate_of(const dicrec__channel *channel, int k) {
  return k == 0 ? &channel->activation : &channel->inactivation;
}

static bool has_state(const dicrec__channel *channel, int k) {
  const dicrec__gate *gate = gate_of(channel, k);
  return channel->has_scheme || (gate->kind != DICREC__GATE_ABSENT && gate->kind != DICREC__GATE_INSTANT);
}

static double gate_steady(const dicrec__gate *gate, double v, double calcium) {
  double steady = 1.0;
  if (gate->kind == DICREC__GATE_ABSENT) return 1.0;
  if (gate->kind == DICREC__GATE_RATES) {
    const double opening = curve(&gate->rates[0], v), closing = curve(&gate->rates[1], v);
    steady = opening / (opening + closing);
  } else {
    steady = curve(&gate->steady, v);
  }
  return gate->calcium_half_um == 0.0 ? steady : steady * calcium / (calcium + gate->calcium_half_um);
}

/* 0 for gates without a state. */
static double gate_tau(const dicrec__gate *gate, double v) {
  if (gate->kind == DICREC__GATE_ABSENT || gate->kind == DICREC__GATE_INSTANT) return 0.0;
  if (gate->kind == DICREC__GATE_TAU) return curve(&gate->tau, v);
  const double of_rates = 1.0 / (curve(&gate->rates[0], v) + curve(&gate->rates[1], v));
  return gate->kind == DICREC__GATE_TAU_OF_RATES ? curve(&gate->tau, v) + of_rates : of_rates;
}

/* Steady value of the k-th variable of a channel. */
static double steady_of(const dicrec__channel *channel, int k, double v, double calcium) {
  if (!channel->has_scheme) return gate_steady(gate_of(channel, k), v, calcium);
  const dicrec__scheme *s = &channel->scheme;
  const double a0 = curve(&s->opening, v), b0 = curve(&s->closing, v);
  const double ai = curve(&s->inactivating, v), bi = curve(&s->recovering, v);
  const double open = 1.0 / (1.0 + b0 / a0 + ai / bi);
  return k == 0 ? open : open * ai / bi;
}

plain_state plain_state_of(const dicrec_model *model, const double *state) {
  plain_state plain = {.v = state[0], .calcium = model->calcium_state < 0 ? 0.0 : state[model->calcium_state]};
  int next = 1;
  for (int c = 0; c < model->table->n_channels; ++c)
    for (int k = 0; k < 2; ++k) {
      const dicrec__channel *channel = &model->table->channels[c];
      plain.x[c][k] = has_state(channel, k) ? state[next++] : steady_of(channel, k, plain.v, plain.calcium);
    }
  return plain;
}

double plain_current(const dicrec__channel *channel, double g, double v, const double x[2]) {
  double open = x[0];
  if (!channel->has_scheme) open = pow(x[0], channel->activation.power) * pow(x[1], channel->inactivation.power);
  return g * open * (v - channel->reversal_mv);
}

static double calcium_current(const dicrec__model_table *table, const double *g, const plain_state *state) {
  double sum = 0.0;
  for (int c = 0; c < table->n_channels; ++c)
    if (table->channels[c].carries_calcium) sum += plain_current(&table->channels[c], g[c], state->v, state->x[c]);
  return sum;
}

double plain_total_current(const dicrec__model_table *table, const double *g, const plain_state *state) {
  double sum = 0.0;
  for (int c = 0; c < table->n_channels; ++c) sum += plain_current(&table->channels[c], g[c], state->v, state->x[c]);
  return sum;
}

static void channel_derivative(const dicrec__channel *channel, const plain_state *at, const double x[2], double dx[2]) {
  for (int k = 0; k < 2 && !channel->has_scheme; ++k)
    if (has_state(channel, k))
      dx[k] = (steady_of(channel, k, at->v, at->calcium) - x[k]) / gate_tau(gate_of(channel, k), at->v);
  if (!channel->has_scheme) return;
  const dicrec__scheme *s = &channel->scheme;
  const double opened = curve(&s->opening, at->v) * (1.0 - x[0] - x[1]) - curve(&s->closing, at->v) * x[0];
  const double inactivated = curve(&s->inactivating, at->v) * x[0] - curve(&s->recovering, at->v) * x[1];
  dx[0] = opened - inactivated;
  dx[1] = inactivated;
}

void plain_derivative(const dicrec_model *model, const double *g, double injected, const double *state,
                      double *derivative) {
  const dicrec__model_table *table = model->table;
  const plain_state at = plain_state_of(model, state);
  int next = 1;
  derivative[0] = (injected - plain_total_current(table, g, &at)) / table->capacitance;
  for (int c = 0; c < table->n_channels; ++c) {
    double dx[2] = {0.0, 0.0};
    channel_derivative(&table->channels[c], &at, at.x[c], dx);
    for (int k = 0; k < 2; ++k)
      if (has_state(&table->channels[c], k)) derivative[next++] = dx[k];
  }
  const dicrec__calcium *pool = &table->calcium;
  if (pool->present)
    derivative[next] = (pool->gain * calcium_current(table, g, &at) - at.calcium + pool->rest_um) / pool->tau_ms;
}

static plain_state steady_with(const dicrec__model_table *table, double v, double calcium) {
  plain_state state = {.v = v, .calcium = calcium};
  for (int c = 0; c < table->n_channels; ++c)
    for (int k = 0; k < 2; ++k) state.x[c][k] = steady_of(&table->channels[c], k, v, calcium);
  return state;
}

/* Bisection: calcium flows in when there is none, and less than flows out when there is very much of it. */
plain_state plain_steady_state(const dicrec__model_table *table, const double *g, double v) {
  const dicrec__calcium *pool = &table->calcium;
  if (!pool->present) return steady_with(table, v, 0.0);
  double low = 0.0, high = 1e7;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    const plain_state state = steady_with(table, v, middle);
    if (pool->rest_um + pool->gain * calcium_current(table, g, &state) > middle) low = middle;
    else high = middle;
  }
  return steady_with(table, v, low);
}

/** One way in which the voltage acts on the current: through one variable of a channel, or through calcium. */
struct path {
  const dicrec__model_table *table;
  const double *g;
  plain_state steady;
  int channel, k; /**< channel -1: calcium */
};

/* The current at the path's voltage, with what the path leads through as it would be at another voltage. */
static double current_along(void *user, double v) {
  struct path *path = user;
  plain_state state = path->steady;
  if (path->channel >= 0) {
    state.x[path->channel][path->k] = steady_of(&path->table->channels[path->channel], path->k, v, state.calcium);
  } else {
    state = steady_with(path->table, path->steady.v, plain_steady_state(path->table, path->g, v).calcium);
  }
  return plain_total_current(path->table, path->g, &state);
}

static double share_of_faster(double tau, double fast, double slow) {
  if (tau <= fast) return 1.0;
  return tau > slow ? 0.0 : log(slow / tau) / log(slow / fast);
}

static double scale_of(const dicrec__model_table *table, const dicrec__dic_scale *scale, double v) {
  return scale->constant_ms > 0.0 ? scale->constant_ms : gate_tau(&table->channels[scale->channel].activation, v);
}

static void add_path(struct path *path, double tau, const double scales[3], double row[DICREC_DIC_COUNT]) {
  const double slope = difference(current_along, path, path->steady.v, 0.05);
  const double fast = share_of_faster(tau, scales[0], scales[1]), slow = share_of_faster(tau, scales[1], scales[2]);
  row[DICREC_DIC_FAST] += fast * slope;
  row[DICREC_DIC_SLOW] += (slow - fast) * slope;
  row[DICREC_DIC_ULTRASLOW] += (1.0 - slow) * slope;
}

void plain_dics(const dicrec__model_table *table, const double *g, double v, double row[DICREC_DIC_COUNT]) {
  struct path path = {table, g, plain_steady_state(table, g, v), -1, 0};
  const double scales[3] = {scale_of(table, &table->fast, v), scale_of(table, &table->slow, v),
                            scale_of(table, &table->ultraslow, v)};
  for (int i = 0; i < DICREC_DIC_COUNT; ++i) row[i] = 0.0;
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    row[DICREC_DIC_FAST] += plain_current(channel, g[c], channel->reversal_mv + 1.0, path.steady.x[c]);
  }
  if (table->calcium.present) add_path(&path, table->calcium.tau_ms, scales, row);
  for (path.channel = 0; path.channel < table->n_channels; ++path.channel)
    for (path.k = 0; path.k < 2; ++path.k) {
      const dicrec__channel *channel = &table->channels[path.channel];
      const double tau = channel->has_scheme ? INFINITY : gate_tau(gate_of(channel, path.k), v);
      add_path(&path, tau, scales, row);
    }
  for (int s = 0; s < DICREC_DIC_TOTAL; ++s) row[s] /= g[table->leak];
  row[DICREC_DIC_TOTAL] = row[DICREC_DIC_FAST] + row[DICREC_DIC_SLOW] + row[DICREC_DIC_ULTRASLOW];
}
