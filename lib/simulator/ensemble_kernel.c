/* SPDX-License-Identifier: MIT */
/**
 * @file ensemble_kernel.c
 * The ensemble's step, in portable vectors. Compiled once for each vector unit, under the name DICREC__KERNEL.
 *
 * Within a neuron the vectors run over channels, so that one look-up brings all gates of a voltage at once; the
 * voltage itself is advanced in vectors over neurons.
 */
#include <math.h>
#include <string.h>

#include "simulator/detector.h"
#include "simulator/ensemble.h"

typedef double vec __attribute__((vector_size(8 * sizeof(double))));
typedef float vecf __attribute__((vector_size(8 * sizeof(float))));
typedef double vec4 __attribute__((vector_size(4 * sizeof(double))));
typedef int64_t veci __attribute__((vector_size(8 * sizeof(int64_t))));

static inline vec load(const double *from) {
  vec v;
  memcpy(&v, from, sizeof v);
  return v;
}

static inline void store(double *to, vec v) { memcpy(to, &v, sizeof v); }

static inline vecf loadf(const float *from) {
  vecf v;
  memcpy(&v, from, sizeof v);
  return v;
}

/* The sums of four vectors at once, which costs little more than that of one. */
static inline vec4 sums(vec a, vec b, vec c, vec d) {
#define HALVES(v) (__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7))
  const vec4 a4 = HALVES(a), b4 = HALVES(b), c4 = HALVES(c), d4 = HALVES(d);
#undef HALVES
  const vec4 ab = __builtin_shufflevector(a4, b4, 0, 4, 2, 6) + __builtin_shufflevector(a4, b4, 1, 5, 3, 7);
  const vec4 cd = __builtin_shufflevector(c4, d4, 0, 4, 2, 6) + __builtin_shufflevector(c4, d4, 1, 5, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

/* exp(-z) for z >= 0, relative error below 1e-13: 2^n times a polynomial; n is cut off where the result is 0. */
static inline vec exp_minus(vec z) {
  const vec most = {700.0, 700.0, 700.0, 700.0, 700.0, 700.0, 700.0, 700.0};
  const veci small = z < most;
  z = (vec)(((veci)z & small) | ((veci)most & ~small));
  const double round_magic = 0x1.8p52, log2_e = 1.4426950408889634074;
  const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  const vec shifted = round_magic - z * log2_e;
  const vec n = shifted - round_magic;
  const vec r = (-z - n * ln2_high) - n * ln2_low;
  vec p = r * (1.0 / 479001600.0) + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return (vec)((veci)p + ((veci)shifted << 52));
}

/* Rows of the tables around a voltage. */
struct place {
  size_t row;
  float part;
};

static inline struct place locate(double v) {
  const double highest = DICREC__TABLE_HIGH_MV - DICREC__TABLE_LOW_MV;
  double above = v - DICREC__TABLE_LOW_MV;
  above = above > 0.0 ? above : 0.0; /* also for a voltage that is not a number */
  above = (above < highest ? above : highest) * DICREC__TABLE_PER_MV;
  const int row = (int)above;
  return (struct place){(size_t)row, (float)(above - row)};
}

static inline vec interpolate(const float *low, const float *high, float part) {
  const vecf a = loadf(low);
  return __builtin_convertvector(a + (loadf(high) - a) * part, vec);
}

/* Sum of the powers of x that a slot has; one of the four is 1. */
static inline vec power(vec x, const double powers[4][DICREC__SLOTS]) {
  return x * (load(powers[0]) + x * (load(powers[1]) + x * (load(powers[2]) + x * load(powers[3]))));
}

/* Sums over the channels of one neuron: of g x, of g x E, and both of the channels that carry calcium. */
enum { CONDUCTANCE, DRIVE, CALCIUM, CALCIUM_DRIVE };

static inline vec4 advance_group(const dicrec__ensemble *e, dicrec__ensemble_block *b, int g, int lane, size_t row,
                                 float part, struct place ahead) {
  const dicrec__ensemble_group *group = &e->groups[g];
  const size_t n_groups = (size_t)e->n_groups;
  const dicrec__table_group *low = &e->table[row * n_groups + (size_t)g], *high = low + n_groups;
  vec steady = interpolate(low->activation, high->activation, part);
  const double calcium = b->calcium[lane];
  for (int k = 0; k < e->n_halves; ++k)
    steady *= 1.0 + load(group->calcium_gated[k]) * (calcium / (calcium + e->calcium_half_um[k]) - 1.0);
  vec m = load(b->activation[g][lane]), h = load(b->inactivation[g][lane]);
  m += (steady - m) * interpolate(low->activation_share, high->activation_share, part);
  if (e->has_instant) { /* gates without a state follow the voltage expected in the middle of the step */
    const dicrec__table_group *from = &e->table[ahead.row * n_groups + (size_t)g], *to = from + n_groups;
    m += load(group->instant) * (interpolate(from->activation, to->activation, ahead.part) - m);
  }
  h += (interpolate(low->inactivation, high->inactivation, part) - h) *
       interpolate(low->inactivation_share, high->inactivation_share, part);
  store(b->activation[g][lane], m);
  store(b->inactivation[g][lane], h);
  const vec open =
      load(b->conductance[g][lane]) * power(m, group->activation_power) * power(h, group->inactivation_power);
  const vec drive = open * load(group->reversal_mv);
  const vec calcium_share = load(group->calcium);
  return sums(open, drive, open * calcium_share, drive * calcium_share);
}

static inline vec4 advance_schemes(const dicrec__ensemble *e, dicrec__ensemble_block *b, int lane, struct place at) {
  vec4 totals = {0.0, 0.0, 0.0, 0.0};
  for (int s = 0; s < e->n_schemes; ++s) {
    const dicrec__table_scheme *low = &e->scheme_table[at.row * (size_t)e->n_schemes + (size_t)s];
    const dicrec__table_scheme *high = low + e->n_schemes;
    const double part = (double)at.part, o = b->scheme[s][lane][0], i = b->scheme[s][lane][1];
    double step[2];
    for (int k = 0; k < 2; ++k) {
      const double by_o = low->change[k][0] + part * (high->change[k][0] - low->change[k][0]);
      const double by_i = low->change[k][1] + part * (high->change[k][1] - low->change[k][1]);
      step[k] = by_o * o + by_i * i + low->offset[k] + part * (high->offset[k] - low->offset[k]);
    }
    b->scheme[s][lane][0] = o + step[0];
    b->scheme[s][lane][1] = i + step[1];
    const dicrec__channel *channel = &e->run->model->table->channels[e->scheme_channels[s]];
    const double open = b->scheme_conductance[s][lane] * (o + step[0]);
    totals[CONDUCTANCE] += open;
    totals[DRIVE] += open * channel->reversal_mv;
  }
  return totals;
}

static inline vec4 advance_gates(const dicrec__ensemble *e, dicrec__ensemble_block *b, int lane) {
  vec4 totals = {0.0, 0.0, 0.0, 0.0};
  const double v = b->v[lane];
  const struct place at = locate(v);
  const struct place ahead = e->has_instant ? locate(v + 0.5 * (v - b->v_before[lane])) : at;
  for (int g = 0; g < e->n_groups; ++g) totals += advance_group(e, b, g, lane, at.row, at.part, ahead);
  return e->n_schemes > 0 ? totals + advance_schemes(e, b, lane, at) : totals;
}

/* Record the crossings of a step that ends at (step + 1) dt. */
static void detect_spikes(const dicrec__ensemble *e, dicrec__ensemble_block *b, int64_t step) {
  const dicrec__run *run = e->run;
  for (int lane = 0; lane < b->n_lanes; ++lane) {
    const double before = b->v_before[lane], after = b->v[lane];
    if (!b->armed[lane]) {
      b->armed[lane] = after < DICREC__REARM_MV;
    } else if (before <= DICREC__SPIKE_MV && after > DICREC__SPIKE_MV) {
      b->armed[lane] = false;
      const double t = ((double)step + (DICREC__SPIKE_MV - before) / (after - before)) * e->dt_ms;
      if (t >= run->t_skip_ms && b->status[lane] == DICREC_OK)
        b->status[lane] = dicrec__spike_store_add(run->simulation->spikes, b->members[lane], t);
    }
  }
}

static bool any_unarmed(const dicrec__ensemble_block *b) {
  bool unarmed = false;
  for (int lane = 0; lane < DICREC__LANES; ++lane) unarmed |= !b->armed[lane];
  return unarmed;
}

static void check_stability(dicrec__ensemble_block *b) {
  for (int lane = 0; lane < DICREC__LANES; ++lane)
    if (!(fabs(b->v[lane]) < DICREC__UNSTABLE_MV) && b->status[lane] == DICREC_OK) b->status[lane] = DICREC_E_UNSTABLE;
}

static inline double greatest(vec v) {
  double most = v[0];
  for (int k = 1; k < 8; ++k) most = v[k] > most ? v[k] : most;
  return most;
}

void DICREC__KERNEL(const dicrec__ensemble *e, dicrec__ensemble_block *b) {
  const dicrec__model_table *table = e->run->model->table;
  const double dt = e->dt_ms;
  const bool has_noise = e->run->options.noise_std > 0.0;
  vec injected = load(b->v) * 0.0 + e->run->options.current;
  vec reversal_before = load(b->reversal_before);
  bool unarmed = false;
  for (int64_t step = 0; step < e->n_steps; ++step) {
    vec conductance, drive, calcium, calcium_drive;
    for (int lane = 0; lane < DICREC__LANES; ++lane) {
      const vec4 totals = advance_gates(e, b, lane);
      conductance[lane] = totals[CONDUCTANCE];
      drive[lane] = totals[DRIVE];
      calcium[lane] = totals[CALCIUM];
      calcium_drive[lane] = totals[CALCIUM_DRIVE];
    }
    if (has_noise)
      for (int lane = 0; lane < DICREC__LANES; ++lane)
        injected[lane] = dicrec__run_injected(e->run, &b->noise[lane], ((double)step + 0.5) * dt);
    const vec v = load(b->v), rate = conductance / table->capacitance;
    const vec reversal = (drive + injected) / conductance;
    const vec slope = step == 0 ? reversal * 0.0 : (reversal - reversal_before) / dt;
    const vec lag = slope / rate; /* how far V trails a moving reversal */
    const vec start = reversal - 0.5 * dt * slope - lag;
    const vec next = start + dt * slope + (v - start) * exp_minus(rate * dt);
    reversal_before = reversal;
    if (e->calcium_share > 0.0) {
      const vec current = calcium * (0.5 * (v + next)) - calcium_drive;
      const vec steady = table->calcium.gain * current + table->calcium.rest_um, now = load(b->calcium);
      store(b->calcium, now + (steady - now) * e->calcium_share);
    }
    store(b->v_before, v);
    store(b->v, next);
    if (unarmed || greatest(next) > DICREC__SPIKE_MV) {
      detect_spikes(e, b, step);
      unarmed = any_unarmed(b);
    }
    if (step % 1024 == 1023) check_stability(b);
  }
  check_stability(b);
}
