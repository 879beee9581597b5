/* SPDX-License-Identifier: MIT */
/**
 * @file ensemble_kernel.c
 * The ensemble's step, in portable vectors. Compiled once for each vector unit.
 *
 * Within a neuron the vectors run over channels, so that one look-up brings all gates of a voltage at once; the
 * voltage itself is advanced in vectors over neurons.
 */
#include <math.h>

#include "core/kernel_choice.h"
#include "core/vectors.h"
#include "simulator/detector.h"
#include "simulator/ensemble/ensemble.h"

typedef dicrec__v8d vec;
typedef dicrec__v8l mask;
typedef dicrec__v8f vecf;
typedef dicrec__v16f gates;

/* Slopes of V below which a step doubles once, twice, ..., mV/ms. */
static const double calm[DICREC__DOUBLINGS] = {15.0, 5.0, 1.5, 0.35};

/* Above this V is in a spike, and the step doubles once at most, however flat the peak is. */
static const double spiking_mv = -20.0;

/* Change of V over a step beyond which a gate's steady state is not taken as linear, mV. */
static const double longest_line_mv = 10.0;

/* Steps between two looks at who is done. */
enum { STEPS_UNSEEN = 32 };

/** Where the lanes are in the tables, and what the step of their gates depends on. */
struct lookup {
  int32_t row[DICREC__LANES];
  float part[DICREC__LANES], step[DICREC__LANES], rise[DICREC__LANES]; /* rise: of V over the gates' step */
  float calcium[DICREC__MAX_HALVES][DICREC__LANES];                    /* Ca / (Ca + half) - 1 */
};

/** Sums over the channels of each neuron: g, g E, and both of the channels that carry calcium. */
struct totals {
  vec conductance, drive, calcium, calcium_drive;
};

static inline void lookup_at_next_step(const dicrec__ensemble *e, const dicrec__ensemble_block *b, struct lookup *o) {
  const vec next = dicrec__load8d(b->step_ms), last = dicrec__load8d(b->step_before_ms), step = 0.5 * (next + last);
  const vec now = dicrec__load8d(b->slope) + dicrec__load8d(b->slope_rise);
  const vec line = dicrec__same8d(longest_line_mv);
  const vec rise = dicrec__min8d(dicrec__max8d(now * step, -line), line);
  dicrec__store8f(o->step, __builtin_convertvector(step, vecf));
  dicrec__store8f(o->rise, __builtin_convertvector(rise, vecf));
  /* The voltage in the middle of the gates' step, which is not now where the steps differ. */
  const vec middle = dicrec__load8d(b->v) + 0.25 * (next - last) * now;
  const double top = (DICREC__TABLE_HIGH_MV - DICREC__TABLE_LOW_MV) * DICREC__TABLE_PER_MV;
  vec above = (middle - DICREC__TABLE_LOW_MV) * DICREC__TABLE_PER_MV;
  above = dicrec__min8d(dicrec__max8d(above, dicrec__same8d(0.0)), dicrec__same8d(top)); /* not a number: 0 */
  const dicrec__v8i row = __builtin_convertvector(above, dicrec__v8i);
  memcpy(o->row, &row, sizeof row);
  dicrec__store8f(o->part, __builtin_convertvector(above - __builtin_convertvector(row, vec), vecf));
  const vecf calcium = __builtin_convertvector(dicrec__load8d(b->calcium), vecf);
  for (int k = 0; k < e->n_halves; ++k) {
    dicrec__store8f(o->calcium[k], -e->calcium_half_um[k] / (calcium + e->calcium_half_um[k]));
  }
}

/*
 * With z = step / tau, exp(-z) by its Pade form of degrees 1 and 2, which vanishes for large z: the share of the way
 * to a resting target is z r, and a target that rises by s over the step adds s (1 - z r / 2 - r).
 */
static inline vecf advance_gates(const dicrec__ensemble *e, dicrec__ensemble_block *b, int g, int lane,
                                 const struct lookup *o) {
  const dicrec__ensemble_group *group = &e->groups[g];
  const dicrec__table_group *low = &e->table[(size_t)o->row[lane] * (size_t)e->n_groups + (size_t)g];
  const dicrec__table_group *high = low + e->n_groups;
  const float part = o->part[lane];
  gates steady = dicrec__load16f(low->steady), rise = dicrec__load16f(high->steady) - steady;
  steady += rise * part;
  rise *= o->rise[lane] * DICREC__TABLE_PER_MV;
  for (int k = 0; k < e->n_halves; ++k) {
    const gates factor = 1.0F + dicrec__load16f(group->calcium_gated[k]) * o->calcium[k][lane];
    steady *= factor;
    rise *= factor;
  }
  const gates z = dicrec__load16f(low->rate) * o->step[lane];
  const gates r = (6.0F + z) / (6.0F + z * (4.0F + z));
  const gates share = z * r;
  const gates x = dicrec__load16f(b->gates[g][lane]);
  /* The change and what earlier changes have left: slow gates would stand still in single precision. */
  const gates change = (steady - x) * share + rise * (1.0F - 0.5F * share - r) + dicrec__load16f(b->rest[g][lane]);
  const gates now = x + change;
  dicrec__store16f(b->rest[g][lane], change - (now - x));
  dicrec__store16f(b->gates[g][lane], now);
  const gates open = now * (dicrec__load16f(group->power[0]) +
                            now * (dicrec__load16f(group->power[1]) +
                                   now * (dicrec__load16f(group->power[2]) + now * dicrec__load16f(group->power[3]))));
  return __builtin_shufflevector(open, open, 0, 1, 2, 3, 4, 5, 6, 7) *
         __builtin_shufflevector(open, open, 8, 9, 10, 11, 12, 13, 14, 15);
}

static inline void add_channel(vec conductance, double reversal_mv, bool carries_calcium, struct totals *totals) {
  const vec drive = conductance * reversal_mv;
  totals->conductance += conductance;
  totals->drive += drive;
  if (carries_calcium) {
    totals->calcium += conductance;
    totals->calcium_drive += drive;
  }
}

/* The gates of the lanes that are used; the others are taken as open. */
static inline void add_group(const dicrec__ensemble *e, dicrec__ensemble_block *b, int g, int n_used,
                             const struct lookup *o, struct totals *totals) {
  vecf open[DICREC__LANES];
  for (int lane = 0; lane < n_used; ++lane) open[lane] = advance_gates(e, b, g, lane, o);
  for (int lane = n_used; lane < DICREC__LANES; ++lane) open[lane] = 1.0F + (vecf){0.0F};
  dicrec__transpose8f(open);
  const dicrec__ensemble_group *group = &e->groups[g];
  for (int slot = 0; slot < group->n_slots; ++slot) {
    const vec conductance = dicrec__load8d(b->conductance[g][slot]) * __builtin_convertvector(open[slot], vec);
    add_channel(conductance, group->reversal_mv[slot], group->carries_calcium[slot], totals);
  }
}

/* A scheme is linear in its two states at a voltage; its step is the trapezoidal rule. */
static inline void add_scheme(const dicrec__ensemble *e, dicrec__ensemble_block *b, int s, const struct lookup *o,
                              struct totals *totals) {
  double opening[DICREC__LANES], closing[DICREC__LANES], inactivating[DICREC__LANES], recovering[DICREC__LANES];
  double half[DICREC__LANES];
  for (int lane = 0; lane < DICREC__LANES; ++lane) {
    const dicrec__table_scheme *low = &e->scheme_table[(size_t)o->row[lane] * (size_t)e->n_schemes + (size_t)s];
    const dicrec__table_scheme *high = low + e->n_schemes;
    const double part = (double)o->part[lane];
    opening[lane] = low->opening + part * (high->opening - low->opening);
    closing[lane] = low->closing + part * (high->closing - low->closing);
    inactivating[lane] = low->inactivating + part * (high->inactivating - low->inactivating);
    recovering[lane] = low->recovering + part * (high->recovering - low->recovering);
    half[lane] = 0.5 * (double)o->step[lane];
  }
  const vec h = dicrec__load8d(half), in = h * dicrec__load8d(opening), to = h * dicrec__load8d(inactivating);
  const vec back = h * dicrec__load8d(recovering), out = in + to + h * dicrec__load8d(closing);
  const vec open = dicrec__load8d(b->open[s]), inactivated = dicrec__load8d(b->inactivated[s]);
  const vec right_open = open - out * open + (back - in) * inactivated + 2.0 * in;
  const vec right_inactivated = inactivated + to * open - back * inactivated;
  const vec scale = 1.0 / ((1.0 + out) * (1.0 + back) + to * (in - back));
  const vec now = (right_open * (1.0 + back) + (back - in) * right_inactivated) * scale;
  dicrec__store8d(b->open[s], now);
  dicrec__store8d(b->inactivated[s], ((1.0 + out) * right_inactivated + to * right_open) * scale);
  const dicrec__channel *channel = &e->run->model->table->channels[e->scheme_channels[s]];
  add_channel(dicrec__load8d(b->scheme_conductance[s]) * now, channel->reversal_mv, channel->carries_calcium, totals);
}

/* 1 - exp(-z) for z well below 1, by its series. */
static inline vec small_share(vec z) {
  z = dicrec__min8d(z, dicrec__same8d(2.0)); /* beyond, the series would run away */
  return z * (1.0 - z * (1.0 / 2.0) * (1.0 - z * (1.0 / 3.0) * (1.0 - z * (1.0 / 4.0) * (1.0 - z * (1.0 / 5.0)))));
}

/* The step after one in which V changed with this slope. */
static inline vec choose_step(const dicrec__ensemble *e, vec v, vec slope, vec step, vec largest) {
  const double finest = e->run->options.dt_ms;
  const vec steepness = dicrec__abs8d(slope);
  vec next = dicrec__same8d(finest);
  for (int k = 0; k < DICREC__DOUBLINGS; ++k) {
    mask doubles = steepness < calm[k];
    if (k > 0) doubles &= v < spiking_mv;
    next += (vec)((mask)next & doubles);
  }
  const vec twice = 2.0 * dicrec__max8d(step, dicrec__same8d(0.5 * finest));
  return dicrec__min8d(dicrec__min8d(next, twice), largest);
}

/* Steps end at the points of the injected current. After a jump the next is small, for V turns there. */
static void stop_at_points(const dicrec__ensemble *e, dicrec__ensemble_block *b) {
  const double nearest = 1e-6; /* ms: points nearer than this are taken as reached */
  for (int lane = 0; lane < b->n_used; ++lane) {
    const size_t segment = dicrec__current_find(&e->run->current, b->segment[lane], b->t_ms[lane] + nearest);
    if (segment != b->segment[lane] && dicrec__current_jumps(&e->run->current, segment)) {
      b->step_ms[lane] = fmin(b->step_ms[lane], e->run->options.dt_ms);
      b->slope_rise[lane] = 0.0;
    }
    b->segment[lane] = segment;
    b->step_ms[lane] = fmin(b->step_ms[lane], dicrec__current_end(&e->run->current, segment) - b->t_ms[lane]);
  }
}

/* Record the crossings of the step that began at b->t_ms. */
static void detect_spikes(const dicrec__ensemble *e, dicrec__ensemble_block *b, const double *after) {
  const double level = e->run->options.spike_level_mv;
  for (int lane = 0; lane < b->n_used; ++lane) {
    const double before = b->v[lane];
    if (!dicrec__detect_spike(&b->armed[lane], level, before, after[lane]) || b->status[lane] != DICREC_OK) continue;
    const double t = b->t_ms[lane] + b->step_ms[lane] * (level - before) / (after[lane] - before);
    b->status[lane] = dicrec__run_add_spike(e->run, b->members[lane], t);
  }
}

static bool any_unarmed(const dicrec__ensemble_block *b) {
  bool unarmed = false;
  for (int lane = 0; lane < b->n_used; ++lane) unarmed |= !b->armed[lane];
  return unarmed;
}

static void hold_noise(dicrec__ensemble_block *b, const double *position) {
  for (int lane = 0; lane < b->n_used; ++lane)
    if (position[lane] - b->noise_origin[lane] >= DICREC__NOISE_HELD - 1)
      b->noise_origin[lane] = (double)dicrec__noise_hold(&b->noise[lane], (int64_t)position[lane]);
}

/* The integral of the noise over the step, which V takes as its mean: longer steps than a sample lose none of it. */
static inline vec noise_over(const dicrec__ensemble *e, dicrec__ensemble_block *b, int n_used, vec end) {
  const vec position = end * e->run->filter.per_ms;
  vec place = position - dicrec__load8d(b->noise_origin);
  if (dicrec__any8l(place >= (double)(DICREC__NOISE_HELD - 1))) {
    double positions[DICREC__LANES];
    dicrec__store8d(positions, position);
    hold_noise(b, positions);
    place = position - dicrec__load8d(b->noise_origin);
  }
  place = dicrec__max8d(place, dicrec__same8d(0.0)); /* lanes without noise: zeros */
  const dicrec__v8i k = __builtin_convertvector(place, dicrec__v8i);
  int32_t at[DICREC__LANES];
  float low[DICREC__LANES] = {0.0F}, high[DICREC__LANES] = {0.0F};
  double whole[DICREC__LANES] = {0.0};
  memcpy(at, &k, sizeof k);
  for (int lane = 0; lane < n_used; ++lane) {
    const dicrec__noise *noise = &b->noise[lane];
    low[lane] = noise->filtered[at[lane]], high[lane] = noise->filtered[at[lane] + 1];
    whole[lane] = noise->integral[at[lane]];
  }
  const vec part = place - __builtin_convertvector(k, vec), from = __builtin_convertvector(dicrec__load8f(low), vec);
  const vec rise = __builtin_convertvector(dicrec__load8f(high), vec) - from;
  const vec now = dicrec__load8d(whole) + part * (from + 0.5 * part * rise);
  const vec over = (now - dicrec__load8d(b->noise_before)) * e->run->filter.dt_ms;
  dicrec__store8d(b->noise_before, now);
  return over;
}

/* The current of the points in the middle of the step. */
static inline vec current_at(const dicrec__ensemble *e, dicrec__ensemble_block *b, int n_used, vec middle) {
  double times[DICREC__LANES], values[DICREC__LANES] = {0.0};
  dicrec__store8d(times, middle);
  for (int lane = 0; lane < n_used; ++lane) values[lane] = dicrec__run_current(e->run, &b->segment[lane], times[lane]);
  return dicrec__load8d(values);
}

/* One step of every lane; `unarmed`: some lane waits for V to fall. */
static inline __attribute__((always_inline)) void advance(const dicrec__ensemble *e, dicrec__ensemble_block *b,
                                                          int n_used, bool *unarmed) {
  const dicrec__model_table *table = e->run->model->table;
  struct lookup lookup;
  lookup_at_next_step(e, b, &lookup);
  const vec none = dicrec__same8d(0.0);
  const vec v = dicrec__load8d(b->v), step = dicrec__load8d(b->step_ms), t = dicrec__load8d(b->t_ms);
  const vec noise_over_step = e->is_noisy ? noise_over(e, b, n_used, t + step) : none; /* early: it waits for memory */
  struct totals totals = {none, none, none, none};
  for (int g = 0; g < e->n_groups; ++g) add_group(e, b, g, n_used, &lookup, &totals);
  for (int s = 0; s < e->n_schemes; ++s) add_scheme(e, b, s, &lookup, &totals);
  const vec steps = step + dicrec__load8d(b->step_before_ms);
  const vec inverse = 1.0 / (totals.conductance * steps * step); /* one division for three */
  vec injected = dicrec__same8d(e->run->options.current);
  if (e->run->current.n > 0) injected = current_at(e, b, n_used, t + 0.5 * step);
  const vec noise = noise_over_step * (inverse * totals.conductance * steps);
  injected += noise;
  const vec resistance = inverse * steps * step, reversal = (totals.drive + injected) * resistance;
  const vec reversal_before = (dicrec__load8d(b->drive) + injected) * dicrec__load8d(b->resistance);
  const mask has_before = reversal_before == reversal_before; /* false in a neuron's first step */
  const vec steepness = 2.0 * (reversal - reversal_before) * (inverse * totals.conductance * step);
  const vec slope = dicrec__select8d(has_before, steepness, none);
  const vec lag = slope * resistance * table->capacitance; /* how far V trails a moving reversal */
  const vec start = reversal - 0.5 * step * slope - lag;
  const vec decay = dicrec__exp8d(step * totals.conductance * (-1.0 / table->capacitance));
  const vec next = start + step * slope + (v - start) * decay;
  dicrec__store8d(b->drive, totals.drive);
  dicrec__store8d(b->resistance, resistance);
  if (table->calcium.present) {
    const vec current = totals.calcium * (0.5 * (v + next)) - totals.calcium_drive;
    const vec steady = table->calcium.gain * current + table->calcium.rest_um, now = dicrec__load8d(b->calcium);
    dicrec__store8d(b->calcium, now + (steady - now) * small_share(step * (1.0 / table->calcium.tau_ms)));
  }
  if (*unarmed || dicrec__any8l(next > e->run->options.spike_level_mv)) {
    double after[DICREC__LANES];
    dicrec__store8d(after, next);
    detect_spikes(e, b, after);
    *unarmed = any_unarmed(b);
  }
  const vec slope_now = (next - v) * (inverse * totals.conductance * steps);
  vec own = slope_now; /* without what the noise itself has moved V by: it does not make the gates any faster */
  if (e->is_noisy) own -= noise * resistance * (1.0 - decay) * (inverse * totals.conductance * steps);
  const vec bend = (slope_now - dicrec__load8d(b->slope)) * step; /* times 1 / steps: what the next half adds */
  dicrec__store8d(b->slope_rise, bend * (inverse * totals.conductance * step));
  dicrec__store8d(b->slope, slope_now);
  dicrec__store8d(b->v, next);
  dicrec__store8d(b->t_ms, t + step);
  dicrec__store8d(b->step_before_ms, step);
  dicrec__store8d(b->step_ms, choose_step(e, next, own, step, dicrec__load8d(b->largest_step_ms)));
  if (e->run->current.n > 0) stop_at_points(e, b);
}

/* Lanes whose member is done get the next one; false when none is used or the worker is stopped. */
static bool refill_lanes(const dicrec__ensemble *e, dicrec__ensemble_block *b) {
  for (int lane = b->n_used - 1; lane >= 0; --lane) { /* the last first, for it moves to where there is none left */
    if (!dicrec__is_physical(b->v[lane]) && b->status[lane] == DICREC_OK) b->status[lane] = DICREC_E_UNSTABLE;
    if (b->t_ms[lane] < e->run->options.t_end_ms && b->status[lane] == DICREC_OK) continue;
    e->run->simulation->status[b->members[lane]] = b->status[lane];
    if (b->worker != NULL) dicrec__worker_count(b->worker);
    dicrec__ensemble_next_member(e, b, lane);
  }
  return b->n_used > 0 && (b->worker == NULL || !dicrec__worker_stopped(b->worker));
}

/* Whether some neuron may end before the next look. */
static bool may_end(const dicrec__ensemble *e, const dicrec__ensemble_block *b) {
  const double reach = STEPS_UNSEEN * e->run->options.dt_ms * (1 << DICREC__DOUBLINGS);
  bool may = false;
  for (int lane = 0; lane < b->n_used; ++lane) may |= b->t_ms[lane] + reach >= e->run->options.t_end_ms;
  return may;
}

/* The same steps, seen one by one. */
static void advance_to_end(const dicrec__ensemble *e, dicrec__ensemble_block *b, bool *unarmed) {
  for (int step = 0; step < STEPS_UNSEEN; ++step) {
    const bool ends = dicrec__ensemble_before_end(e, b);
    advance(e, b, b->n_used, unarmed);
    if (ends) dicrec__ensemble_after_end(e, b);
  }
}

/* The loop over the lanes is taken apart where all are used, as they mostly are. */
void DICREC__FOR_UNIT(dicrec__ensemble_kernel_)(const dicrec__ensemble *e, dicrec__ensemble_block *b) {
  while (refill_lanes(e, b)) {
    bool unarmed = any_unarmed(b);
    if (may_end(e, b)) advance_to_end(e, b, &unarmed);
    else if (b->n_used < DICREC__LANES)
      for (int step = 0; step < STEPS_UNSEEN; ++step) advance(e, b, b->n_used, &unarmed);
    else
      for (int step = 0; step < STEPS_UNSEEN; ++step) advance(e, b, DICREC__LANES, &unarmed);
  }
}
