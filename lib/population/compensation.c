/* SPDX-License-Identifier: MIT */
#include "population/compensation.h"

#include <math.h>
#include <string.h>

/* Newton converges quadratically: four or five steps through calcium. */
static const int max_steps = 40;
/* Residual that counts as zero, relative to the terms of the sums that cancel in it. */
static const double tolerance = 1e-13;
/* No way leads back from there, only to overflow. */
static const double farthest = 1e30;
/* Determinants below this share of what the entries allow mean that the channels do not move the targets apart. */
static const double smallest_determinant = 1e-12;

/* fmax() without its rules for NaN, and so without a call. */
static inline double larger(double a, double b) { return a > b ? a : b; }

static inline double largest_of(int n, const double *row) {
  double largest = 0.0;
  for (int j = 0; j < n; ++j) largest = larger(largest, fabs(row[j]));
  return largest;
}

/* Inverse by cofactors, which for two and three unknowns needs no branch; false if singular. */
static inline bool invert(int n, dicrec__square a, dicrec__square inverse) {
  double determinant, allowed = smallest_determinant;
  for (int i = 0; i < n; ++i) allowed *= largest_of(n, a[i]);
  if (n == 2) {
    determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    inverse[0][0] = a[1][1], inverse[0][1] = -a[0][1];
    inverse[1][0] = -a[1][0], inverse[1][1] = a[0][0];
  } else {
    determinant = 0.0;
    for (int i = 0; i < 3; ++i) {
      const double *p = a[(i + 1) % 3], *q = a[(i + 2) % 3];
      for (int j = 0; j < 3; ++j) inverse[j][i] = p[(j + 1) % 3] * q[(j + 2) % 3] - p[(j + 2) % 3] * q[(j + 1) % 3];
    }
    for (int j = 0; j < 3; ++j) determinant += a[0][j] * inverse[j][0];
  }
  if (!(fabs(determinant) > allowed)) return false;
  const double factor = 1.0 / determinant;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) inverse[i][j] *= factor;
  return true;
}

static inline double row_times(int n, const double *row, const double *vector) {
  double sum = 0.0;
  for (int j = 0; j < n; ++j) sum += row[j] * vector[j];
  return sum;
}

/** The equations of one Newton step: a change = miss, and the size of the miss relative to its terms. */
struct newton_step {
  dicrec__square a;
  double miss[DICREC__MAX_SOLVED], residual;
};

static inline struct newton_step newton_step_at(const dicrec__sensitivity *sensitivity,
                                                const dicrec__compensation *compensation, int n,
                                                const dicrec__fixed_sums *fixed, const double *wanted,
                                                const double *g) {
  double dics[DICREC__N_DIC_SCALES], by_channel[DICREC__MAX_SOLVED][DICREC__N_DIC_SCALES];
  dicrec__dics_derivatives(sensitivity, fixed, g, compensation->channels, n, dics, by_channel);
  struct newton_step step;
  step.residual = 0.0;
  for (int i = 0; i < n; ++i) {
    const int dic = compensation->dics[i];
    double size = fabs(wanted[i]) + fabs(dics[dic]);
    for (int k = 0; k < n; ++k) {
      step.a[i][k] = by_channel[k][dic];
      size += fabs(step.a[i][k] * g[compensation->channels[k]]);
    }
    step.miss[i] = wanted[i] - dics[dic];
    const double residual = size == 0.0 ? 0.0 : fabs(step.miss[i]) / size;
    step.residual = islessequal(residual, step.residual) ? step.residual : residual; /* keeps NaN, without a trap */
  }
  return step;
}

static inline dicrec_status newton(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                   int n, const dicrec__fixed_sums *fixed, const double *wanted, double *g) {
  double before = INFINITY;
  for (int count = 0; count < max_steps; ++count) {
    struct newton_step step = newton_step_at(sensitivity, compensation, n, fixed, wanted, g);
    if (!isfinite(step.residual)) return DICREC_E_CONVERGENCE;
    /* Done when the residual is rounding: either tiny, or small and no longer falling. */
    if (step.residual <= tolerance || (step.residual <= 10.0 * tolerance && step.residual >= before)) return DICREC_OK;
    dicrec__square inverse;
    if (!invert(n, step.a, inverse)) return DICREC_E_SINGULAR;
    double largest = 0.0;
    for (int k = 0; k < n; ++k) {
      double *solved = &g[compensation->channels[k]];
      *solved += row_times(n, inverse[k], step.miss);
      largest = larger(largest, fabs(*solved));
    }
    if (largest > farthest) return DICREC_E_CONVERGENCE;
    /* A step squares the residual, times what the last one squared it by: it is known without being computed. */
    const double fall = step.residual / before;
    if (count > 0 && fall < 0.1 && step.residual * fall * fall <= tolerance) return DICREC_OK;
    before = step.residual;
  }
  return DICREC_E_CONVERGENCE;
}

static dicrec_status solve_constant(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                    const dicrec__fixed_sums *fixed, const double *wanted, double *g) {
  if (compensation->is_singular) return DICREC_E_SINGULAR;
  const int n = compensation->n;
  double dics[DICREC__N_DIC_SCALES], miss[DICREC__MAX_SOLVED];
  dicrec__dics_derivatives(sensitivity, fixed, g, NULL, 0, dics, NULL);
  for (int i = 0; i < n; ++i) miss[i] = wanted[i] - dics[compensation->dics[i]];
  for (int k = 0; k < n; ++k) g[compensation->channels[k]] = row_times(n, compensation->inverse[k], miss);
  return DICREC_OK;
}

dicrec_status dicrec__compensate(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                 const double *values, double *g) {
  const double leak = g[sensitivity->table->leak];
  double wanted[DICREC__MAX_SOLVED], start[DICREC__MAX_SOLVED];
  for (int k = 0; k < compensation->n; ++k) {
    wanted[k] = values[k] * leak;
    start[k] = g[compensation->channels[k]];
    g[compensation->channels[k]] = 0.0;
  }
  const dicrec__fixed_sums fixed = dicrec__fixed_sums_of(sensitivity, g);
  if (compensation->is_constant) return solve_constant(sensitivity, compensation, &fixed, wanted, g);
  for (int k = 0; k < compensation->n; ++k) g[compensation->channels[k]] = start[k];
  return compensation->n == 2 ? newton(sensitivity, compensation, 2, &fixed, wanted, g) /* the usual case, unrolled */
                              : newton(sensitivity, compensation, compensation->n, &fixed, wanted, g);
}

/* The DICs are linear in conductances that calcium neither gates nor flows through. */
static bool is_constant(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation) {
  for (int k = 0; k < compensation->n && sensitivity->n_calcium_columns > 0; ++k) {
    const dicrec__channel *channel = &sensitivity->table->channels[compensation->channels[k]];
    if (channel->carries_calcium || dicrec__is_calcium_gated(channel)) return false;
  }
  return true;
}

static void prepare(const dicrec__sensitivity *sensitivity, dicrec__compensation *compensation) {
  compensation->is_constant = is_constant(sensitivity, compensation);
  if (!compensation->is_constant) return;
  dicrec__square a;
  for (int i = 0; i < compensation->n; ++i)
    for (int k = 0; k < compensation->n; ++k)
      a[i][k] = sensitivity->columns[compensation->dics[i]][compensation->channels[k]];
  compensation->is_singular = !invert(compensation->n, a, compensation->inverse);
}

dicrec__compensation dicrec__compensation_to_spiking(const dicrec__sensitivity *sensitivity, const int channels[3]) {
  dicrec__compensation compensation = {.n = 3, .dics = {0, 1, 2}};
  memcpy(compensation.channels, channels, sizeof compensation.channels);
  prepare(sensitivity, &compensation);
  return compensation;
}

dicrec__compensation dicrec__compensation_to_target(const dicrec__sensitivity *sensitivity, const int channels[2]) {
  dicrec__compensation compensation = {.n = 2, .channels = {channels[0], channels[1]}, .dics = {1, 2}};
  prepare(sensitivity, &compensation);
  return compensation;
}

int dicrec__compensation_rule(const dicrec__rule *rules, int n, const double target[2]) {
  int r = 0;
  while (r < n - 1 && !(target[0] < rules[r].below_g_s && target[1] < rules[r].below_g_u)) ++r;
  return r;
}
