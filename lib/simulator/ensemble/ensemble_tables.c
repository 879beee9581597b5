/* SPDX-License-Identifier: MIT */
/** @file ensemble_tables.c From a model's table to the ensemble's voltage tables and initial states. */
#include <math.h>
#include <string.h>

#include "simulator/ensemble/ensemble.h"

/* One row beyond the last voltage, so that every voltage has a row above it. */
enum { N_ROWS = (DICREC__TABLE_HIGH_MV - DICREC__TABLE_LOW_MV) * DICREC__TABLE_PER_MV + 2 };

/* Rate of gates that follow V at once, per ms: far beyond any step, far from where its cube overflows. */
static const float instant_rate = 1e6F;

/* Steady states are interpolated between rows; rates are not, so theirs is the voltage in the middle. */
static void fill_gate(const dicrec__gate *gate, double v, float *steady, float *rate) {
  const dicrec__gate_point point = dicrec__gate_at(gate, v);
  const dicrec__gate_point middle = dicrec__gate_at(gate, v + 0.5 / DICREC__TABLE_PER_MV);
  *steady = (float)point.steady.value; /* absent gates: 1 */
  const bool has_tau = gate->kind != DICREC__GATE_ABSENT && gate->kind != DICREC__GATE_INSTANT;
  *rate = has_tau ? fminf((float)(1.0 / middle.tau.value), instant_rate) : instant_rate;
}

static void fill_scheme(const dicrec__scheme *scheme, double v, dicrec__table_scheme *row) {
  const dicrec__scheme_point p = dicrec__scheme_at(scheme, v);
  *row = (dicrec__table_scheme){p.opening.value, p.closing.value, p.inactivating.value, p.recovering.value};
}

static void fill_rows(dicrec__ensemble *ensemble) {
  const dicrec__model_table *table = ensemble->model->table;
  static const dicrec__gate absent = {.kind = DICREC__GATE_ABSENT};
  for (int row = 0; row < N_ROWS; ++row) {
    const double v = DICREC__TABLE_LOW_MV + (double)row / DICREC__TABLE_PER_MV;
    for (int c = 0; c < ensemble->n_groups * DICREC__SLOTS; ++c) {
      dicrec__table_group *group = &ensemble->table[row * ensemble->n_groups + c / DICREC__SLOTS];
      const bool gated = c < table->n_channels && !table->channels[c].has_scheme;
      const int slot = c % DICREC__SLOTS, other = slot + DICREC__SLOTS;
      fill_gate(gated ? &table->channels[c].activation : &absent, v, &group->steady[slot], &group->rate[slot]);
      fill_gate(gated ? &table->channels[c].inactivation : &absent, v, &group->steady[other], &group->rate[other]);
    }
    for (int s = 0; s < ensemble->n_schemes; ++s)
      fill_scheme(&table->channels[ensemble->scheme_channels[s]].scheme, v,
                  &ensemble->scheme_table[row * ensemble->n_schemes + s]);
  }
}

/* Index of a half-activation among those met so far; -1 if there is no room. */
static int half_index(dicrec__ensemble *ensemble, float half) {
  for (int k = 0; k < ensemble->n_halves; ++k)
    if (ensemble->calcium_half_um[k] == half) return k;
  if (ensemble->n_halves == DICREC__MAX_HALVES) return -1;
  ensemble->calcium_half_um[ensemble->n_halves] = half;
  return ensemble->n_halves++;
}

/* What a gate has of its own at a place of its group; false if there is no form for it. */
static bool fill_gate_constants(dicrec__ensemble *ensemble, const dicrec__gate *gate, int group, int place) {
  dicrec__ensemble_group *to = &ensemble->groups[group];
  const int power = gate->kind == DICREC__GATE_ABSENT ? 1 : gate->power;
  if (power < 1 || power > 4) return false;
  to->power[power - 1][place] = 1.0F;
  if (gate->calcium_half_um <= 0.0) return true;
  const int half = half_index(ensemble, (float)gate->calcium_half_um);
  if (half >= 0) to->calcium_gated[half][place] = 1.0F;
  return half >= 0;
}

static bool fill_constants(dicrec__ensemble *ensemble) {
  const dicrec__model_table *table = ensemble->model->table;
  static const dicrec__gate absent = {.kind = DICREC__GATE_ABSENT};
  for (int c = 0; c < ensemble->n_groups * DICREC__SLOTS; ++c) {
    const int g = c / DICREC__SLOTS, slot = c % DICREC__SLOTS;
    dicrec__ensemble_group *group = &ensemble->groups[g];
    const dicrec__channel *channel = c < table->n_channels ? &table->channels[c] : NULL;
    const bool gated = channel != NULL && !channel->has_scheme;
    if (!fill_gate_constants(ensemble, gated ? &channel->activation : &absent, g, slot) ||
        !fill_gate_constants(ensemble, gated ? &channel->inactivation : &absent, g, slot + DICREC__SLOTS))
      return false;
    if (channel == NULL) continue;
    group->n_slots = slot + 1;
    group->reversal_mv[slot] = channel->reversal_mv;
    group->carries_calcium[slot] = channel->carries_calcium;
    if (channel->has_scheme) ensemble->scheme_channels[ensemble->n_schemes++] = c;
  }
  return true;
}

/** The ensemble of a model, without a run, and the tables that it points to: one block, kept with the model. */
struct model_tables {
  dicrec__ensemble ensemble;
  char tables[] __attribute__((aligned(DICREC__ALIGNMENT)));
};

static dicrec_status make_tables(dicrec_context *context, const dicrec_model *model, struct model_tables **tables) {
  dicrec__ensemble ensemble = {.model = model};
  ensemble.n_groups = (model->table->n_channels + DICREC__SLOTS - 1) / DICREC__SLOTS;
  if (!fill_constants(&ensemble))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the ensemble solver has no form for a gate of model %s",
                        model->table->name);
  const size_t group_bytes = (size_t)(N_ROWS * ensemble.n_groups) * sizeof *ensemble.table;
  const size_t scheme_bytes = (size_t)(N_ROWS * ensemble.n_schemes) * sizeof *ensemble.scheme_table;
  struct model_tables *made = dicrec__allocate(&model->allocator, 1, sizeof *made + group_bytes + scheme_bytes);
  if (made == NULL) return dicrec__fail_memory(context, "the tables of the ensemble");
  ensemble.table = (dicrec__table_group *)(void *)made->tables;
  ensemble.scheme_table = (dicrec__table_scheme *)(void *)(made->tables + group_bytes);
  fill_rows(&ensemble);
  made->ensemble = ensemble;
  *tables = made;
  return DICREC_OK;
}

dicrec_status dicrec__ensemble_keep_tables(dicrec_context *context, const dicrec_model *model) {
  if (dicrec__model_kept(model, DICREC__KEPT_TABLES) != NULL) return DICREC_OK;
  struct model_tables *made;
  const dicrec_status status = make_tables(context, model, &made);
  if (status == DICREC_OK) dicrec__model_keep(model, DICREC__KEPT_TABLES, made);
  return status;
}

dicrec_status dicrec__ensemble_prepare(dicrec_context *context, const dicrec__run *run, dicrec__ensemble *ensemble) {
  const dicrec_status status = dicrec__ensemble_keep_tables(context, run->model);
  if (status != DICREC_OK) return status;
  const struct model_tables *tables = dicrec__model_kept(run->model, DICREC__KEPT_TABLES);
  *ensemble = tables->ensemble;
  ensemble->run = run;
  ensemble->is_noisy = dicrec__run_is_noisy(run);
  return DICREC_OK;
}

static void fill_channels(const dicrec__ensemble *ensemble, const double *state, const double *g, int lane,
                          dicrec__ensemble_block *block) {
  const dicrec_model *model = ensemble->model;
  int scheme = 0;
  for (int c = 0; c < ensemble->n_groups * DICREC__SLOTS; ++c) {
    const int group = c / DICREC__SLOTS, slot = c % DICREC__SLOTS;
    const bool gated = c < model->table->n_channels && !model->table->channels[c].has_scheme;
    const int m = gated ? model->states[c].activation : -1, h = gated ? model->states[c].inactivation : -1;
    float *gates = block->gates[group][lane], *rest = block->rest[group][lane];
    gates[slot] = m >= 0 ? (float)state[m] : 1.0F;
    gates[slot + DICREC__SLOTS] = h >= 0 ? (float)state[h] : 1.0F;
    rest[slot] = rest[slot + DICREC__SLOTS] = 0.0F;
    block->conductance[group][slot][lane] = gated ? g[c] : 0.0;
    if (c < model->table->n_channels && !gated) {
      block->open[scheme][lane] = state[model->states[c].activation];
      block->inactivated[scheme][lane] = state[model->states[c].inactivation];
      block->scheme_conductance[scheme++][lane] = g[c];
    }
  }
}

/* The standard deviation of the member's noise. */
static double start_noise(const dicrec__run *run, size_t member, int lane, dicrec__ensemble_block *block) {
  dicrec__noise *noise = &block->noise[lane];
  block->noise_origin[lane] = INFINITY;
  block->noise_before[lane] = 0.0;
  memset(noise->filtered, 0, sizeof noise->filtered);
  memset(noise->integral, 0, sizeof noise->integral);
  const double noise_std = dicrec__run_start_noise(run, member, noise);
  if (!(noise_std > 0.0)) return 0.0;
  const int64_t origin = dicrec__noise_hold(noise, 0);
  block->noise_origin[lane] = (double)origin;
  block->noise_before[lane] = noise->integral[-origin];
  return noise_std;
}

/*
 * The longest step under noise, in its samples and in finest steps: V follows the mean of the samples, which blurs
 * them, and finer steps are to see more of them. Strong noise moves V far within a step, which is then a sample long.
 */
static double longest_step(const dicrec__run *run, double noise_std) {
  const double samples = 2.5, finest = 12.5, farthest_mv = 1.25;
  if (!(noise_std > 0.0)) return INFINITY;
  const double sample = run->filter.dt_ms;
  const double calm = farthest_mv * run->model->table->capacitance / noise_std;
  return fmin(fmax(sample, fmin(samples * sample, calm)), finest * run->options.dt_ms);
}

static void start_lane(const dicrec__ensemble *ensemble, size_t member, int lane, dicrec__ensemble_block *block) {
  const dicrec__run *run = ensemble->run;
  double state[DICREC__MAX_STATES];
  dicrec__run_initial_state(run, member, state);
  block->t_ms[lane] = 0.0;
  block->largest_step_ms[lane] = longest_step(run, start_noise(run, member, lane, block));
  block->segment[lane] = 0;
  block->step_ms[lane] = fmin(run->options.dt_ms, block->largest_step_ms[lane]);
  /* The gates lag half a step behind: those of the model's own state rest, others go half a step ahead first. */
  block->step_before_ms[lane] = run->options.n_initial_states == 0 ? block->step_ms[lane] : 0.0;
  block->v[lane] = state[0];
  block->slope[lane] = block->slope_rise[lane] = 0.0;
  block->calcium[lane] = run->model->calcium_state >= 0 ? state[run->model->calcium_state] : 0.0;
  block->drive[lane] = block->resistance[lane] = NAN; /* there is no step before the first */
  block->armed[lane] = true;
  fill_channels(ensemble, state, dicrec__run_conductances(run, member), lane, block);
}

/* Everything that a lane has of its own. */
static void copy_lane(const dicrec__ensemble *ensemble, dicrec__ensemble_block *b, int from, int to) {
  double *const numbers[] = {b->t_ms,  b->step_ms,    b->step_before_ms, b->largest_step_ms,
                             b->v,     b->slope,      b->slope_rise,     b->calcium,
                             b->drive, b->resistance, b->noise_origin,   b->noise_before};
  for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; ++k) numbers[k][to] = numbers[k][from];
  for (int g = 0; g < ensemble->n_groups; ++g) {
    memcpy(b->gates[g][to], b->gates[g][from], sizeof b->gates[g][to]);
    memcpy(b->rest[g][to], b->rest[g][from], sizeof b->rest[g][to]);
    for (int slot = 0; slot < DICREC__SLOTS; ++slot) b->conductance[g][slot][to] = b->conductance[g][slot][from];
  }
  for (int s = 0; s < ensemble->n_schemes; ++s) {
    b->open[s][to] = b->open[s][from];
    b->inactivated[s][to] = b->inactivated[s][from];
    b->scheme_conductance[s][to] = b->scheme_conductance[s][from];
  }
  b->noise[to] = b->noise[from];
  b->segment[to] = b->segment[from];
  b->armed[to] = b->armed[from];
  b->status[to] = b->status[from];
  b->members[to] = b->members[from];
}

/* The lane goes on with what it had, for the vectors are always whole, but without noise, and as if it had fired. */
static void retire_last_lane(dicrec__ensemble_block *block) {
  const int last = --block->n_used;
  block->noise_origin[last] = INFINITY;
  block->noise_before[last] = 0.0;
  block->armed[last] = true;
}

void dicrec__ensemble_next_member(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block, int lane) {
  size_t place = block->next;
  if (place < block->end) ++block->next;
  else if (block->worker == NULL || !dicrec__worker_take(block->worker, &place)) {
    if (lane != block->n_used - 1) copy_lane(ensemble, block, block->n_used - 1, lane);
    retire_last_lane(block);
    return;
  }
  block->members[lane] = block->queue[place];
  block->status[lane] = DICREC_OK;
  start_lane(ensemble, block->members[lane], lane, block);
}

void dicrec__ensemble_block_start(const dicrec__ensemble *ensemble, const size_t *queue, size_t begin, size_t end,
                                  dicrec__worker *worker, dicrec__ensemble_block *block) {
  block->worker = worker;
  block->queue = queue;
  block->next = begin;
  block->end = end;
  block->n_used = DICREC__LANES;
  for (int lane = DICREC__LANES - 1; lane >= 0; --lane) {
    start_lane(ensemble, queue[begin], lane, block); /* spare lanes begin as the first member */
    dicrec__ensemble_next_member(ensemble, block, lane);
  }
}
