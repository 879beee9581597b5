/* SPDX-License-Identifier: MIT */
#include "dic/compensation.h"

#include <math.h>
#include <string.h>

/* Newton converges quadratically: linear cases take one step, calcium adds four or five. */
static const int max_steps = 40;
/* Residual that counts as zero, relative to the terms of the sums that cancel in it. */
static const double tolerance = 1e-13;
/* Pivots below this share of the largest entry mean that the channels do not move the targets independently. */
static const double smallest_pivot = 1e-12;

/* fmax() without its rules for NaN, and so without a call. */
static double larger(double a, double b) { return a > b ? a : b; }

/* Solve a x = b in place by elimination with row pivoting, n <= 3; false if singular. */
static bool solve_linear(int n, double a[DICREC__MAX_SOLVED][DICREC__MAX_SOLVED], double b[DICREC__MAX_SOLVED]) {
  double largest = 0.0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) largest = larger(largest, fabs(a[i][j]));
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (fabs(a[i][k]) > fabs(a[pivot][k])) pivot = i;
    if (!(fabs(a[pivot][k]) > smallest_pivot * largest)) return false;
    for (int j = 0; j < n; ++j) {
      const double swapped = a[k][j];
      a[k][j] = a[pivot][j];
      a[pivot][j] = swapped;
    }
    const double swapped = b[k];
    b[k] = b[pivot];
    b[pivot] = swapped;
    for (int i = k + 1; i < n; ++i) {
      const double factor = a[i][k] / a[k][k];
      for (int j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (int k = n - 1; k >= 0; --k) {
    for (int j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return true;
}

/** The equations of one Newton step: a change = residual, and the size of the residual relative to its terms. */
struct newton_step {
  double a[DICREC__MAX_SOLVED][DICREC__MAX_SOLVED], change[DICREC__MAX_SOLVED], residual;
};

static struct newton_step newton_step_at(const dicrec__sensitivity *sensitivity,
                                         const dicrec__compensation *compensation, const double *g) {
  const int n = compensation->n;
  const double leak = g[sensitivity->table->leak];
  double dics[DICREC__N_SCALES], by_channel[DICREC__MAX_SOLVED][DICREC__N_SCALES];
  dicrec__dics_derivatives(sensitivity, g, compensation->channels, n, dics, by_channel);
  struct newton_step step = {.residual = 0.0};
  for (int i = 0; i < n; ++i) {
    const int scale = compensation->scales[i];
    const double wanted = compensation->values[i] * leak;
    double size = fabs(wanted) + fabs(dics[scale]);
    for (int k = 0; k < n; ++k) {
      step.a[i][k] = by_channel[k][scale];
      size += fabs(step.a[i][k] * g[compensation->channels[k]]);
    }
    step.change[i] = wanted - dics[scale];
    const double residual = fabs(step.change[i]) / size;
    step.residual = residual <= step.residual ? step.residual : residual; /* keeps NaN */
  }
  return step;
}

/* The DICs are linear in conductances that leave calcium alone: one step is exact. */
static bool is_linear(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation) {
  if (sensitivity->n_calcium_columns == 0) return true;
  for (int k = 0; k < compensation->n; ++k)
    if (sensitivity->table->channels[compensation->channels[k]].carries_calcium) return false;
  return true;
}

dicrec_status dicrec__compensate(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                 double *g) {
  const bool linear = is_linear(sensitivity, compensation);
  double before = INFINITY;
  for (int count = 0; count < max_steps; ++count) {
    struct newton_step step = newton_step_at(sensitivity, compensation, g);
    /* Done when the residual is rounding: either tiny, or small and no longer falling. */
    if (step.residual <= tolerance || (step.residual <= 10.0 * tolerance && step.residual >= before)) return DICREC_OK;
    if (!isfinite(step.residual)) return DICREC_E_CONVERGENCE;
    before = step.residual;
    if (!solve_linear(compensation->n, step.a, step.change)) return DICREC_E_SINGULAR;
    for (int k = 0; k < compensation->n; ++k) g[compensation->channels[k]] += step.change[k];
    if (linear) return DICREC_OK;
  }
  return DICREC_E_CONVERGENCE;
}

dicrec__compensation dicrec__compensation_to_spiking(const dicrec__compensation_rules *rules) {
  dicrec__compensation compensation = {.n = 3, .scales = {0, 1, 2}};
  memcpy(compensation.channels, rules->spiking_channels, sizeof compensation.channels);
  memcpy(compensation.values, rules->spiking_point, sizeof compensation.values);
  return compensation;
}

dicrec__compensation dicrec__compensation_to_target(const int channels[2], const double target[2]) {
  return (dicrec__compensation){
      .n = 2, .channels = {channels[0], channels[1]}, .scales = {1, 2}, .values = {target[0], target[1]}};
}

int dicrec__compensation_rule(const dicrec__compensation_rules *rules, const double target[2]) {
  int r = 0;
  while (r < rules->n_rules - 1 && !(target[0] < rules->rules[r].below_g_s && target[1] < rules->rules[r].below_g_u))
    ++r;
  return r;
}
