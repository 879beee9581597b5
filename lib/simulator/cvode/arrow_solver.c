/* SPDX-License-Identifier: MIT */
#include "simulator/cvode/arrow_solver.h"

#include <math.h>
#include <string.h>

#include "simulator/cvode/state_vector.h"

static void find_structure(dicrec__arrow *arrow, const dicrec_model *model) {
  memset(arrow, 0, sizeof *arrow);
  arrow->n = model->n_states;
  arrow->n_padded = dicrec__padded_length(model->n_states);
  arrow->core[arrow->n_core++] = 0;
  if (model->calcium_state >= 0) arrow->core[arrow->n_core++] = model->calcium_state;
  for (int i = 1; i < arrow->n; ++i) arrow->is_single[i] = i != model->calcium_state;
  for (int c = 0; c < model->table->n_channels; ++c) {
    if (!model->table->channels[c].has_scheme) continue;
    int *pair = arrow->pairs[arrow->n_pairs++];
    pair[0] = model->states[c].activation;
    pair[1] = model->states[c].inactivation;
    arrow->is_single[pair[0]] = arrow->is_single[pair[1]] = false;
  }
}

/* The inverse of (a b; c d), row by row; false if there is none. */
static bool invert(double a, double b, double c, double d, double *inverse) {
  const double determinant = a * d - b * c;
  if (!(fabs(determinant) > 0.0) || !isfinite(determinant)) return false;
  inverse[0] = d / determinant, inverse[1] = -b / determinant;
  inverse[2] = -c / determinant, inverse[3] = a / determinant;
  return true;
}

/* Entry of 1 - gamma J. */
static inline double entry(const dicrec__arrow *arrow, const double *jacobian, int row, int column) {
  return (row == column ? 1.0 : 0.0) - arrow->gamma * jacobian[column * arrow->n + row];
}

static bool invert_others(dicrec__arrow *arrow, const double *jacobian) {
  const int n = arrow->n;
  for (int i = 0; i < n; ++i) {
    if (!arrow->is_single[i]) continue;
    const double diagonal = entry(arrow, jacobian, i, i);
    if (diagonal == 0.0 || !isfinite(diagonal)) return false;
    arrow->inverse[i] = 1.0 / diagonal;
  }
  for (int k = 0; k < arrow->n_pairs; ++k) {
    const int a = arrow->pairs[k][0], b = arrow->pairs[k][1];
    if (!invert(entry(arrow, jacobian, a, a), entry(arrow, jacobian, a, b), entry(arrow, jacobian, b, a),
                entry(arrow, jacobian, b, b), arrow->pair_inverse[k]))
      return false;
  }
  return true;
}

/* z = inverse of the others' block times b; core states get 0. */
static void solve_others(const dicrec__arrow *arrow, const double *b, double *z) {
  for (int i = 0; i < arrow->n_padded; ++i) z[i] = arrow->inverse[i] * b[i];
  for (int k = 0; k < arrow->n_pairs; ++k) {
    const int first = arrow->pairs[k][0], second = arrow->pairs[k][1];
    const double *inverse = arrow->pair_inverse[k];
    z[first] = inverse[0] * b[first] + inverse[1] * b[second];
    z[second] = inverse[2] * b[first] + inverse[3] * b[second];
  }
}

static double dot(const double *a, const double *b, int n) {
  double sums[4] = {0.0, 0.0, 0.0, 0.0};
  for (int i = 0; i < n; i += 4)
    for (int k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

static int set_up(SUNLinearSolver solver, SUNMatrix dense) {
  dicrec__arrow *arrow = solver->content;
  const double *jacobian = SUNDenseMatrix_Data(dense);
  const int n = arrow->n;
  if (!invert_others(arrow, jacobian)) return 1; /* recoverable: another step size has another matrix */
  double core[2][2] = {{1.0, 0.0}, {0.0, 1.0}};
  for (int k = 0; k < arrow->n_core; ++k)
    for (int i = 1; i < n; ++i) {
      const bool is_core = arrow->n_core > 1 && i == arrow->core[1];
      arrow->row[k][i] = is_core ? 0.0 : entry(arrow, jacobian, arrow->core[k], i);
    }
  for (int k = 0; k < arrow->n_core; ++k) {
    double column[DICREC__MAX_STATES] = {0.0};
    for (int i = 0; i < n; ++i) column[i] = entry(arrow, jacobian, i, arrow->core[k]);
    solve_others(arrow, column, arrow->column[k]);
    for (int r = 0; r < arrow->n_core; ++r)
      core[r][k] = column[arrow->core[r]] - dot(arrow->row[r], arrow->column[k], arrow->n_padded);
  }
  return invert(core[0][0], core[0][1], core[1][0], core[1][1], arrow->core_inverse) ? 0 : 1;
}

static int solve(SUNLinearSolver solver, SUNMatrix dense, N_Vector to, N_Vector from, sunrealtype tolerance) {
  (void)dense, (void)tolerance;
  const dicrec__arrow *arrow = solver->content;
  const double *b = dicrec__state_of(from), *inverse = arrow->core_inverse;
  double *x = dicrec__state_of(to), z[DICREC__MAX_STATES], rest[2] = {0.0, 0.0};
  solve_others(arrow, b, z);
  for (int k = 0; k < arrow->n_core; ++k) rest[k] = b[arrow->core[k]] - dot(arrow->row[k], z, arrow->n_padded);
  const double first = inverse[0] * rest[0] + inverse[1] * rest[1];
  const double second = inverse[2] * rest[0] + inverse[3] * rest[1];
  for (int i = 0; i < arrow->n_padded; ++i) x[i] = z[i] - arrow->column[0][i] * first - arrow->column[1][i] * second;
  x[0] = first;
  if (arrow->n_core > 1) x[arrow->core[1]] = second;
  return 0;
}

static SUNLinearSolver_Type type_of(SUNLinearSolver solver) {
  (void)solver;
  return SUNLINEARSOLVER_DIRECT;
}

static SUNLinearSolver_ID id_of(SUNLinearSolver solver) {
  (void)solver;
  return SUNLINEARSOLVER_CUSTOM;
}

static int initialise(SUNLinearSolver solver) {
  (void)solver;
  return 0;
}

static int release(SUNLinearSolver solver) {
  SUNLinSolFreeEmpty(solver);
  return 0;
}

SUNLinearSolver dicrec__arrow_solver(dicrec__arrow *arrow, const dicrec_model *model, SUNContext context) {
  SUNLinearSolver solver = SUNLinSolNewEmpty(context);
  if (solver == NULL) return NULL;
  find_structure(arrow, model);
  solver->content = arrow;
  solver->ops->gettype = type_of;
  solver->ops->getid = id_of;
  solver->ops->initialize = initialise;
  solver->ops->setup = set_up;
  solver->ops->solve = solve;
  solver->ops->free = release;
  return solver;
}
