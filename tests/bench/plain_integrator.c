/* SPDX-License-Identifier: MIT */
#include "plain_integrator.h"

#include <math.h>

enum { LANES = 16, N_CHANNELS = 8 };
enum { NA, KD, CAT, CAS, KCA, A, H, LEAK };
enum { M_NA, H_NA, M_KD, M_CAT, H_CAT, M_CAS, H_CAS, M_KCA, M_A, H_A, M_H, N_GATES };

typedef struct block {
  double v[LANES], before[LANES], calcium[LANES];
  double gate[N_GATES][LANES], g[N_CHANNELS][LANES];
  int armed[LANES];
} block;

static inline double s(double v, double c, double d) { return 1.0 / (1.0 + exp((v + d) / c)); }

static inline double bell(double v, double a, double b, double c, double d) {
  return 1.0 / (exp((v + a) / b) + exp(-(v + c) / d));
}

/* Steady states and time constants [Liu et al. 1998]. */
static inline void gates_at(double v, double calcium, double steady[N_GATES], double tau[N_GATES]) {
  steady[M_NA] = s(v, -5.29, 25.5), tau[M_NA] = 1.32 - 1.26 * s(v, -25.0, 120.0);
  steady[H_NA] = s(v, 5.18, 48.9), tau[H_NA] = 0.67 * s(v, -10.0, 62.9) * (1.5 + s(v, 3.6, 34.9));
  steady[M_KD] = s(v, -11.8, 12.3), tau[M_KD] = 7.2 - 6.4 * s(v, -19.2, 28.3);
  steady[M_CAT] = s(v, -7.2, 27.1), tau[M_CAT] = 21.7 - 21.3 * s(v, -20.5, 68.1);
  steady[H_CAT] = s(v, 5.5, 32.1), tau[H_CAT] = 105.0 - 89.8 * s(v, -16.9, 55.0);
  steady[M_CAS] = s(v, -8.1, 33.0), tau[M_CAS] = 1.4 + 7.0 * bell(v, 27.0, 10.0, 70.0, 13.0);
  steady[H_CAS] = s(v, 6.2, 60.0), tau[H_CAS] = 60.0 + 150.0 * bell(v, 55.0, 9.0, 65.0, 16.0);
  steady[M_KCA] = calcium / (calcium + 3.0) * s(v, -12.6, 28.3), tau[M_KCA] = 90.3 - 75.1 * s(v, -22.7, 46.0);
  steady[M_A] = s(v, -8.7, 27.2), tau[M_A] = 11.6 - 10.4 * s(v, -15.2, 32.9);
  steady[H_A] = s(v, 4.9, 56.9), tau[H_A] = 38.6 - 29.2 * s(v, -26.5, 38.9);
  steady[M_H] = s(v, 6.0, 70.0), tau[M_H] = 272.0 + 1499.0 * s(v, -8.73, 42.2);
}

static void start(block *b, const double *conductances, size_t first, size_t n) {
  for (int k = 0; k < LANES; ++k) {
    const double *g = conductances + N_CHANNELS * (first + (size_t)k < n ? first + (size_t)k : n - 1);
    double steady[N_GATES], tau[N_GATES];
    b->v[k] = -70.0, b->calcium[k] = 0.5, b->armed[k] = 1;
    gates_at(b->v[k], b->calcium[k], steady, tau);
    for (int i = 0; i < N_GATES; ++i) b->gate[i][k] = steady[i];
    for (int c = 0; c < N_CHANNELS; ++c) b->g[c][k] = g[c];
  }
}

static inline double cube(double x) { return x * x * x; }
static inline double fourth(double x) { return x * x * x * x; }

static void step(block *b, double dt) {
  for (int k = 0; k < LANES; ++k) {
    double steady[N_GATES], tau[N_GATES], x[N_GATES];
    const double v = b->v[k];
    gates_at(v, b->calcium[k], steady, tau);
    for (int i = 0; i < N_GATES; ++i) {
      x[i] = steady[i] + (b->gate[i][k] - steady[i]) * exp(-dt / tau[i]);
      b->gate[i][k] = x[i];
    }
    const double ca = b->g[CAT][k] * cube(x[M_CAT]) * x[H_CAT] + b->g[CAS][k] * cube(x[M_CAS]) * x[H_CAS];
    const double rest = 0.05 - 0.94 * ca * (v - 80.0);
    b->calcium[k] = rest + (b->calcium[k] - rest) * exp(-dt / 20.0);
    const double na = b->g[NA][k] * cube(x[M_NA]) * x[H_NA], h = b->g[H][k] * x[M_H], leak = b->g[LEAK][k];
    const double kalium =
        b->g[KD][k] * fourth(x[M_KD]) + b->g[KCA][k] * fourth(x[M_KCA]) + b->g[A][k] * cube(x[M_A]) * x[H_A];
    const double total = na + kalium + ca + h + leak;
    const double reversal = (50.0 * na - 80.0 * kalium + 80.0 * ca - 20.0 * h - 50.0 * leak) / total;
    b->before[k] = v;
    b->v[k] = reversal + (v - reversal) * exp(-dt * total);
  }
}

static size_t count_spikes(block *b) {
  size_t n = 0;
  for (int k = 0; k < LANES; ++k) {
    const int fires = b->armed[k] && b->before[k] <= 10.0 && b->v[k] > 10.0;
    b->armed[k] = (b->armed[k] && !fires) || b->v[k] < 0.0;
    n += (size_t)fires;
  }
  return n;
}

size_t plain_integrator_stg(const double *conductances, size_t n, double t_end_ms, double dt_ms) {
  const long n_steps = lround(t_end_ms / dt_ms);
  size_t n_spikes = 0;
  for (size_t first = 0; first < n; first += LANES) {
    block b;
    start(&b, conductances, first, n);
    for (long i = 0; i < n_steps; ++i) {
      step(&b, dt_ms);
      n_spikes += count_spikes(&b);
    }
  }
  return n_spikes;
}
