/* SPDX-License-Identifier: MIT */
#include "reconstruct/refine.h"

#include <math.h>

#include "reconstruct/trial.h"

/* Coordinates of a member: g_s, g_u, and those of its base draw. */
enum { MAX_COORDINATES = DICREC__MAX_CHANNELS + 2 };

/* Steps; two are enough where the first guess is good, and bound the time where it is not. */
enum { MAX_STEPS = 2 };

/* Candidates that are predicted to fire this much like the input, in tolerances, stay: another step gains less than the
 * prediction is sure of. So do those beyond, which two linear steps do not bring near. */
static const double good_enough = 0.05, too_far = 60.0;

/* Differences for the derivatives, large against what single precision leaves of a difference; and how far a coordinate
 * moves at the cost of one tolerance: in half widths of the range of a DIC, in standard deviations of a base draw. */
static const double of_dic = 0.01, of_base = 0.05, cheap_dic = 0.1, cheap_base = 0.5;

/* One refinement of n candidates. */
struct refinement {
  const dicrec__candidates *candidates;
  dicrec__candidate **moved; /* [n] */
  const double *errors;      /* [n][DICREC__PATTERN_SIZE] of each, or NULL */
  const size_t *rows;        /* [n], of the errors */
  size_t n, n_coordinates;
};

static double half_width(const struct refinement *refinement, int axis) {
  return refinement->candidates->request->units->dic_unit[axis];
}

static double coordinate(const struct refinement *refinement, const dicrec__candidate *candidate, size_t k) {
  if (k >= 2) return candidate->base[k - 2];
  return candidate->dics[k == 0 ? DICREC_DIC_SLOW : DICREC_DIC_ULTRASLOW] / half_width(refinement, (int)k);
}

static void set_coordinate(const struct refinement *refinement, dicrec__candidate *candidate, size_t k, double value) {
  if (k >= 2) {
    candidate->base[k - 2] = value;
    return;
  }
  const double *range = refinement->candidates->request->units->range[k];
  candidate->dics[k == 0 ? DICREC_DIC_SLOW : DICREC_DIC_ULTRASLOW] =
      fmin(fmax(value * half_width(refinement, (int)k), range[0]), range[1]);
}

/* What a prediction is off by, in tolerances: of the numbers that are compared [n]; n. */
static size_t misses(const struct refinement *refinement, size_t i, const dicrec__prediction *prediction,
                     double *miss) {
  const dicrec__screen *screen = &refinement->candidates->screen;
  size_t n = 0;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    if (k == DICREC__PATTERN_CV || !dicrec__screen_compares(screen, k)) continue;
    const double error =
        refinement->errors != NULL ? refinement->errors[refinement->rows[i] * DICREC__PATTERN_SIZE + (size_t)k] : 0.0;
    miss[n++] = (prediction->mean[k] - screen->asked[k] - error) / screen->tolerance[k];
  }
  return n;
}

static double sum_of_squares(const double *values, size_t n) {
  double sum = 0.0;
  for (size_t i = 0; i < n; ++i) sum += values[i] * values[i];
  return sum;
}

/* Solve a x = b for a positive definite a [n][n], both overwritten; b becomes x. False if it is not. */
static bool solve(double a[MAX_COORDINATES][MAX_COORDINATES], double *b, size_t n) {
  for (size_t j = 0; j < n; ++j) {
    for (size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    if (!(a[j][j] > 0.0)) return false;
    a[j][j] = sqrt(a[j][j]);
    for (size_t i = j + 1; i < n; ++i) {
      for (size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
    for (size_t k = 0; k < j; ++k) b[j] -= a[j][k] * b[k];
    b[j] /= a[j][j];
  }
  for (size_t j = n; j-- > 0;) {
    for (size_t k = j + 1; k < n; ++k) b[j] -= a[k][j] * b[k];
    b[j] /= a[j][j];
  }
  return true;
}

static double step_of(size_t k) { return k < 2 ? of_dic : of_base; }

/* Members that differ from each candidate in one coordinate: [n][n_coordinates]. */
static void lay_out_differences(const struct refinement *refinement, dicrec__trial *trial) {
  const size_t d = refinement->n_coordinates;
  for (size_t i = 0; i < refinement->n; ++i)
    for (size_t k = 0; k < d; ++k) {
      dicrec__candidate *member = &trial->members[i * d + k];
      *member = *refinement->moved[i];
      const double value = coordinate(refinement, member, k);
      set_coordinate(refinement, member, k, value + (value > 0.0 ? -1.0 : 1.0) * step_of(k));
    }
}

/* The damped Gauss-Newton step of candidate i, to `next`; false if there is none. */
static bool step_candidate(const struct refinement *refinement, const dicrec__trial *here, const dicrec__trial *around,
                           size_t i, dicrec__candidate *next) {
  const size_t d = refinement->n_coordinates;
  double miss[DICREC__PATTERN_SIZE], other[DICREC__PATTERN_SIZE], slopes[MAX_COORDINATES][DICREC__PATTERN_SIZE];
  double a[MAX_COORDINATES][MAX_COORDINATES], b[MAX_COORDINATES];
  const size_t n = misses(refinement, i, &here->predictions[i], miss);
  for (size_t k = 0; k < d; ++k) {
    const size_t place = i * d + k;
    const double step = coordinate(refinement, &around->members[place], k) - coordinate(refinement, next, k);
    misses(refinement, i, &around->predictions[place], other);
    const bool is_known = around->is_made[place] && step != 0.0;
    for (size_t m = 0; m < n; ++m) slopes[k][m] = is_known ? (other[m] - miss[m]) / step : 0.0;
  }
  for (size_t k = 0; k < d; ++k) {
    b[k] = 0.0;
    for (size_t m = 0; m < n; ++m) b[k] -= slopes[k][m] * miss[m];
    for (size_t l = 0; l <= k; ++l) {
      a[k][l] = 0.0;
      for (size_t m = 0; m < n; ++m) a[k][l] += slopes[k][m] * slopes[l][m];
    }
    const double cheap = k < 2 ? cheap_dic : cheap_base;
    a[k][k] += 1.0 / (cheap * cheap);
  }
  if (n == 0 || !solve(a, b, d)) return false;
  for (size_t k = 0; k < d; ++k) {
    if (!isfinite(b[k])) return false;
    set_coordinate(refinement, next, k, coordinate(refinement, next, k) + b[k]);
  }
  return true;
}

/* Take the members that are predicted to be nearer. */
static void take_better(const struct refinement *refinement, const dicrec__trial *before, const dicrec__trial *after) {
  const dicrec__screen *screen = &refinement->candidates->screen;
  double miss[DICREC__PATTERN_SIZE];
  for (size_t i = 0; i < refinement->n; ++i) {
    if (!after->is_made[i]) continue;
    const size_t n = misses(refinement, i, &before->predictions[i], miss);
    const double was = sum_of_squares(miss, n);
    misses(refinement, i, &after->predictions[i], miss);
    if (!(sum_of_squares(miss, n) < was)) continue;
    *refinement->moved[i] = after->members[i];
    refinement->moved[i]->mismatch = dicrec__screen_mismatch(screen, &after->predictions[i]);
  }
}

/* One step of all candidates, in trials that there is room for. */
static dicrec_status step_all(const struct refinement *refinement, dicrec__trial *here, dicrec__trial *around) {
  for (size_t i = 0; i < refinement->n; ++i) here->members[i] = *refinement->moved[i];
  dicrec_status status = dicrec__trial_predict(refinement->candidates, here);
  lay_out_differences(refinement, around);
  if (status == DICREC_OK) status = dicrec__trial_make(refinement->candidates, around);
  if (status == DICREC_OK) status = dicrec__trial_predict(refinement->candidates, around);
  dicrec__trial next;
  if (status == DICREC_OK) status = dicrec__trial_create(refinement->candidates->context, refinement->n, &next);
  else return status;
  for (size_t i = 0; i < refinement->n && status == DICREC_OK; ++i) {
    next.members[i] = here->members[i];
    step_candidate(refinement, here, around, i, &next.members[i]);
  }
  if (status == DICREC_OK) status = dicrec__trial_make(refinement->candidates, &next);
  if (status == DICREC_OK) status = dicrec__trial_predict(refinement->candidates, &next);
  if (status == DICREC_OK) take_better(refinement, here, &next);
  dicrec__trial_release(&refinement->candidates->context->allocator, &next);
  return status;
}

/* One step of those that are chosen. */
static dicrec_status run(const struct refinement *refinement) {
  dicrec_context *context = refinement->candidates->context;
  dicrec__trial here = {0}, around = {0};
  dicrec_status status = dicrec__trial_create(context, refinement->n, &here);
  if (status == DICREC_OK) status = dicrec__trial_create(context, refinement->n * refinement->n_coordinates, &around);
  if (status == DICREC_OK) status = step_all(refinement, &here, &around);
  dicrec__trial_release(&context->allocator, &around);
  dicrec__trial_release(&context->allocator, &here);
  return status;
}

/* Those that are not good enough yet, and not too far; where errors are known one step from where they are is exact.
 */
static void choose(struct refinement *refinement, dicrec__candidate *const *moved, size_t n, size_t *rows) {
  refinement->n = 0;
  for (size_t i = 0; i < n; ++i) {
    const double mismatch = moved[i]->mismatch;
    if (refinement->errors == NULL && !(mismatch > good_enough && mismatch < too_far)) continue;
    rows[refinement->n] = i;
    refinement->moved[refinement->n++] = moved[i];
  }
}

dicrec_status dicrec__refine(const dicrec__candidates *candidates, dicrec__candidate *const *moved, size_t n,
                             const double *errors) {
  const dicrec__allocator *allocator = &candidates->context->allocator;
  if (!candidates->screen.is_regular) return DICREC_OK; /* trains that scatter have no pattern to be hit exactly */
  struct refinement refinement = {.candidates = candidates, .errors = errors};
  refinement.n_coordinates = 2 + (size_t)dicrec__model_base_count(candidates->request->model->table);
  refinement.moved = dicrec__allocate_unset(allocator, n, sizeof(dicrec__candidate *));
  size_t *rows = dicrec__allocate_unset(allocator, n, sizeof *rows);
  refinement.rows = rows;
  dicrec_status status = DICREC_OK;
  if (refinement.moved == NULL || rows == NULL)
    status = dicrec__fail_memory(candidates->context, "the refined candidates");
  for (int step = 0; step < (errors == NULL ? MAX_STEPS : 1) && status == DICREC_OK; ++step) {
    choose(&refinement, moved, n, rows);
    if (refinement.n == 0) break;
    status = run(&refinement);
  }
  dicrec__release(allocator, rows);
  dicrec__release(allocator, refinement.moved);
  return status;
}
