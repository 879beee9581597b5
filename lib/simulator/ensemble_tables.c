/* SPDX-License-Identifier: MIT */
/** @file ensemble_tables.c From a model's table to the ensemble's voltage tables and initial states. */
#include <math.h>
#include <string.h>

#include "simulator/ensemble.h"

/* One row beyond the last voltage, so that every voltage has a row above it. */
enum { N_ROWS = (DICREC__TABLE_HIGH_MV - DICREC__TABLE_LOW_MV) * DICREC__TABLE_PER_MV + 2 };

static void fill_gate(const dicrec__gate *gate, double v, double dt, float *steady, float *share) {
  const dicrec__gate_point point = dicrec__gate_at(gate, v);
  *steady = (float)point.steady.value; /* absent gates: 1 */
  *share = gate->kind == DICREC__GATE_ABSENT || gate->kind == DICREC__GATE_INSTANT
               ? 1.0F
               : (float)-expm1(-dt / point.tau.value);
}

/* The exact step of a scheme at fixed voltage: exp(A dt) - 1 and its offset, by the series of the scaled matrix. */
static void fill_scheme(const dicrec__scheme *scheme, double v, double dt, dicrec__table_scheme *row) {
  const dicrec__scheme_point p = dicrec__scheme_at(scheme, v);
  const double a[2][2] = {
      {-(p.opening.value + p.inactivating.value + p.closing.value), p.recovering.value - p.opening.value},
      {p.inactivating.value, -p.recovering.value}};
  const double norm = fabs(a[0][0]) + fabs(a[0][1]) + fabs(a[1][0]) + fabs(a[1][1]);
  int halvings = 0;
  double h = dt;
  while (norm * h > 0.125 && halvings < 60) h *= 0.5, ++halvings;
  /* psi = sum of (A h)^k / (k + 1)!: the step is x + psi h (A x + b). */
  double psi[2][2] = {{1.0, 0.0}, {0.0, 1.0}}, term[2][2] = {{1.0, 0.0}, {0.0, 1.0}};
  for (int k = 1; k < 14; ++k) {
    double next[2][2];
    for (int r = 0; r < 2; ++r)
      for (int c = 0; c < 2; ++c) next[r][c] = (term[r][0] * a[0][c] + term[r][1] * a[1][c]) * h / (k + 1);
    memcpy(term, next, sizeof term);
    for (int r = 0; r < 2; ++r)
      for (int c = 0; c < 2; ++c) psi[r][c] += term[r][c];
  }
  double change[2][2], offset[2];
  for (int r = 0; r < 2; ++r) {
    for (int c = 0; c < 2; ++c) change[r][c] = h * (psi[r][0] * a[0][c] + psi[r][1] * a[1][c]);
    offset[r] = h * psi[r][0] * p.opening.value;
  }
  for (; halvings > 0; --halvings) { /* twice the step: change (2 + change), offset (2 + change) */
    double twice[2][2], shifted[2];
    for (int r = 0; r < 2; ++r) {
      for (int c = 0; c < 2; ++c)
        twice[r][c] = 2.0 * change[r][c] + change[r][0] * change[0][c] + change[r][1] * change[1][c];
      shifted[r] = 2.0 * offset[r] + change[r][0] * offset[0] + change[r][1] * offset[1];
    }
    memcpy(change, twice, sizeof change);
    memcpy(offset, shifted, sizeof offset);
  }
  memcpy(row->change, change, sizeof row->change);
  memcpy(row->offset, offset, sizeof row->offset);
}

static void fill_rows(dicrec__ensemble *ensemble) {
  const dicrec__model_table *table = ensemble->run->model->table;
  static const dicrec__gate absent = {.kind = DICREC__GATE_ABSENT};
  for (int row = 0; row < N_ROWS; ++row) {
    const double v = DICREC__TABLE_LOW_MV + (double)row / DICREC__TABLE_PER_MV;
    for (int slot = 0; slot < ensemble->n_groups * DICREC__SLOTS; ++slot) {
      dicrec__table_group *group = &ensemble->table[row * ensemble->n_groups + slot / DICREC__SLOTS];
      const bool gated = slot < table->n_channels && !table->channels[slot].has_scheme;
      const dicrec__gate *activation = gated ? &table->channels[slot].activation : &absent;
      const dicrec__gate *inactivation = gated ? &table->channels[slot].inactivation : &absent;
      const int k = slot % DICREC__SLOTS;
      fill_gate(activation, v, ensemble->dt_ms, &group->activation[k], &group->activation_share[k]);
      fill_gate(inactivation, v, ensemble->dt_ms, &group->inactivation[k], &group->inactivation_share[k]);
    }
    for (int s = 0; s < ensemble->n_schemes; ++s)
      fill_scheme(&table->channels[ensemble->scheme_channels[s]].scheme, v, ensemble->dt_ms,
                  &ensemble->scheme_table[row * ensemble->n_schemes + s]);
  }
}

/* Index of a half-activation among those met so far; -1 if there is no room. */
static int half_index(dicrec__ensemble *ensemble, double half) {
  for (int k = 0; k < ensemble->n_halves; ++k)
    if (ensemble->calcium_half_um[k] == half) return k;
  if (ensemble->n_halves == DICREC__MAX_HALVES) return -1;
  ensemble->calcium_half_um[ensemble->n_halves] = half;
  return ensemble->n_halves++;
}

static bool fill_constants(dicrec__ensemble *ensemble) {
  const dicrec__model_table *table = ensemble->run->model->table;
  for (int c = 0; c < ensemble->n_groups * DICREC__SLOTS; ++c) {
    dicrec__ensemble_group *group = &ensemble->groups[c / DICREC__SLOTS];
    const int slot = c % DICREC__SLOTS;
    const dicrec__channel *channel = c < table->n_channels ? &table->channels[c] : NULL;
    const bool gated = channel != NULL && !channel->has_scheme;
    const int p = gated && channel->activation.kind != DICREC__GATE_ABSENT ? channel->activation.power : 1;
    const int q = gated && channel->inactivation.kind != DICREC__GATE_ABSENT ? channel->inactivation.power : 1;
    if (p < 1 || p > 4 || q < 1 || q > 4) return false;
    group->activation_power[p - 1][slot] = 1.0;
    group->inactivation_power[q - 1][slot] = 1.0;
    if (channel == NULL) continue;
    group->reversal_mv[slot] = channel->reversal_mv;
    group->calcium[slot] = channel->carries_calcium ? 1.0 : 0.0;
    if (channel->has_scheme) {
      ensemble->scheme_channels[ensemble->n_schemes++] = c;
      continue;
    }
    if (channel->activation.kind == DICREC__GATE_INSTANT) {
      group->instant[slot] = 1.0;
      ensemble->has_instant = true;
    }
    if (channel->activation.calcium_half_um > 0.0) {
      const int half = half_index(ensemble, channel->activation.calcium_half_um);
      if (half < 0) return false;
      group->calcium_gated[half][slot] = 1.0;
    }
    if (channel->inactivation.calcium_half_um > 0.0 || channel->inactivation.kind == DICREC__GATE_INSTANT) return false;
  }
  return true;
}

dicrec_status dicrec__ensemble_prepare(dicrec_context *context, const dicrec__run *run, dicrec__ensemble *ensemble) {
  const dicrec__model_table *table = run->model->table;
  memset(ensemble, 0, sizeof *ensemble);
  ensemble->run = run;
  ensemble->n_steps = (int64_t)ceil(run->t_end_ms / run->options.dt_ms * (1.0 - 1e-12));
  ensemble->dt_ms = run->t_end_ms / (double)ensemble->n_steps;
  ensemble->n_groups = (table->n_channels + DICREC__SLOTS - 1) / DICREC__SLOTS;
  if (table->calcium.present) ensemble->calcium_share = -expm1(-ensemble->dt_ms / table->calcium.tau_ms);
  if (!fill_constants(ensemble))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the ensemble solver has no form for a gate of model %s",
                        table->name);
  ensemble->table =
      dicrec__allocate(&context->allocator, (size_t)(N_ROWS * ensemble->n_groups), sizeof *ensemble->table);
  ensemble->scheme_table =
      dicrec__allocate(&context->allocator, (size_t)(N_ROWS * ensemble->n_schemes) + 1, sizeof *ensemble->scheme_table);
  if (ensemble->table == NULL || ensemble->scheme_table == NULL) {
    dicrec__ensemble_release(&context->allocator, ensemble);
    return dicrec__fail_memory(context, "the tables of the ensemble");
  }
  fill_rows(ensemble);
  return DICREC_OK;
}

void dicrec__ensemble_release(const dicrec__allocator *allocator, dicrec__ensemble *ensemble) {
  dicrec__release(allocator, ensemble->table);
  dicrec__release(allocator, ensemble->scheme_table);
}

static void start_lane(const dicrec__ensemble *ensemble, const double *state, const double *g, int lane,
                       dicrec__ensemble_block *block) {
  const dicrec_model *model = ensemble->run->model;
  int scheme = 0;
  block->v[lane] = block->v_before[lane] = state[0];
  block->calcium[lane] = model->calcium_state >= 0 ? state[model->calcium_state] : 0.0;
  block->reversal_before[lane] = NAN; /* there is no step before the first */
  for (int c = 0; c < ensemble->n_groups * DICREC__SLOTS; ++c) {
    const int group = c / DICREC__SLOTS, slot = c % DICREC__SLOTS;
    const bool gated = c < model->table->n_channels && !model->table->channels[c].has_scheme;
    const int m = gated ? model->states[c].activation : -1, h = gated ? model->states[c].inactivation : -1;
    block->activation[group][lane][slot] = m >= 0 ? state[m] : 1.0;
    block->inactivation[group][lane][slot] = h >= 0 ? state[h] : 1.0;
    block->conductance[group][lane][slot] = gated ? g[c] : 0.0;
    if (c < model->table->n_channels && !gated) {
      block->scheme[scheme][lane][0] = state[model->states[c].activation];
      block->scheme[scheme][lane][1] = state[model->states[c].inactivation];
      block->scheme_conductance[scheme++][lane] = g[c];
    }
  }
}

void dicrec__ensemble_block_start(const dicrec__ensemble *ensemble, const size_t *members, int n_lanes,
                                  dicrec__ensemble_block *block) {
  const dicrec__run *run = ensemble->run;
  double state[DICREC__MAX_STATES];
  dicrec__model_initial_state(run->model, state);
  block->n_lanes = n_lanes;
  for (int lane = 0; lane < DICREC__LANES; ++lane) {
    const size_t member = members[lane < n_lanes ? lane : 0];
    block->members[lane] = member;
    block->armed[lane] = true;
    block->status[lane] = DICREC_OK;
    dicrec__noise_start(&block->noise[lane], &run->filter, run->options.seed, member, run->options.noise_std);
    start_lane(ensemble, state, run->conductances + member * (size_t)run->model->table->n_channels, lane, block);
  }
}
