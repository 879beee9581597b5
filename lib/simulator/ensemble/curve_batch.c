/* SPDX-License-Identifier: MIT */
#include "simulator/ensemble/curve_batch.h"

#include <math.h>

#include "core/kernel_choice.h"

/* Nearer than this to its pole, in y, a linoid is left to dicrec__curve_at(). */
static const double near_pole = 0.15;

static bool has_two_exponentials(const dicrec__curve *curve) {
  return curve->kind == DICREC__CURVE_SIGMOID_PRODUCT || curve->kind == DICREC__CURVE_BELL;
}

/** What a curve has in its lane. */
struct lane {
  double slope[2], shift[2], u, w, a, b, c, d;
};

static struct lane lane_of(const dicrec__curve *curve) {
  const double *p = curve->p;
  struct lane lane = {.u = 1.0, .c = 1.0};
  switch (curve->kind) {
  case DICREC__CURVE_SIGMOID:
    lane.slope[0] = 1.0 / p[2], lane.shift[0] = p[3] / p[2], lane.a = p[0], lane.b = p[1];
    break;
  case DICREC__CURVE_SIGMOID_PRODUCT:
    lane.slope[0] = 1.0 / p[1], lane.shift[0] = p[2] / p[1], lane.b = p[0];
    lane.slope[1] = 1.0 / p[4], lane.shift[1] = p[5] / p[4], lane.c = p[3], lane.d = 1.0;
    break;
  case DICREC__CURVE_BELL:
    lane.slope[0] = 1.0 / p[3], lane.shift[0] = p[2] / p[3], lane.a = p[0], lane.b = p[1], lane.u = 0.0;
    lane.slope[1] = -1.0 / p[5], lane.shift[1] = -p[4] / p[5], lane.w = 1.0;
    break;
  case DICREC__CURVE_EXPONENTIAL:
    lane.slope[0] = -p[1], lane.b = p[0], lane.u = 0.0;
    break;
  case DICREC__CURVE_LINOID: /* -1 / (exp(-y) - 1) */
    lane.slope[0] = -p[3], lane.shift[0] = -p[2], lane.b = -1.0, lane.u = -1.0;
    break;
  case DICREC__CURVE_BLOCK: /* its factor goes into the exponent */
    lane.slope[0] = p[1], lane.shift[0] = log(p[0]), lane.b = 1.0;
    break;
  case DICREC__CURVE_CONSTANT:
    lane.a = p[0];
    break;
  }
  return lane;
}

int dicrec__curve_batch_add(dicrec__curve_batch *batch, const dicrec__curve *curve) {
  batch->curves[batch->n_curves] = curve;
  return batch->n_curves++;
}

/* Places in order: curves with two exponentials, with one, constants. */
static void choose_places(dicrec__curve_batch *batch) {
  int next = 0;
  for (int pass = 0; pass < 3; ++pass) {
    for (int k = 0; k < batch->n_curves; ++k) {
      const dicrec__curve *curve = batch->curves[k];
      const int wanted = curve->kind == DICREC__CURVE_CONSTANT ? 2 : has_two_exponentials(curve) ? 0 : 1;
      if (wanted == pass) batch->places[k] = next++;
    }
    if (pass == 0) batch->n_double = (next + DICREC__CURVE_LANES - 1) / DICREC__CURVE_LANES;
    if (pass == 1) {
      batch->n_groups = (next + DICREC__CURVE_LANES - 1) / DICREC__CURVE_LANES;
      next = batch->n_groups * DICREC__CURVE_LANES;
    }
  }
  batch->n_values = next;
}

static void fill_lane(dicrec__curve_group *group, int k, const struct lane *lane) {
  for (int e = 0; e < 2; ++e) {
    group->slope[e][k] = lane->slope[e];
    group->shift[e][k] = lane->shift[e];
  }
  group->u[k] = lane->u, group->w[k] = lane->w;
  group->a[k] = lane->a, group->b[k] = lane->b, group->c[k] = lane->c, group->d[k] = lane->d;
}

bool dicrec__curve_batch_prepare(dicrec__curve_batch *batch, const dicrec__allocator *allocator) {
  static const dicrec__curve nothing = DICREC__CONSTANT(0.0);
  choose_places(batch);
  batch->kernel = DICREC__BEST_KERNEL(dicrec__curve_kernel_);
  batch->groups = dicrec__allocate(allocator, (size_t)batch->n_groups + 1, sizeof *batch->groups);
  if (batch->groups == NULL) return false;
  const struct lane empty = lane_of(&nothing);
  for (int i = 0; i < batch->n_groups * DICREC__CURVE_LANES; ++i)
    fill_lane(&batch->groups[i / DICREC__CURVE_LANES], i % DICREC__CURVE_LANES, &empty);
  for (int k = 0; k < batch->n_curves; ++k) {
    if (batch->curves[k]->kind == DICREC__CURVE_CONSTANT) continue;
    const struct lane lane = lane_of(batch->curves[k]);
    fill_lane(&batch->groups[batch->places[k] / DICREC__CURVE_LANES], batch->places[k] % DICREC__CURVE_LANES, &lane);
    if (batch->curves[k]->kind == DICREC__CURVE_LINOID) batch->linoids[batch->n_linoids++] = k;
  }
  return true;
}

void dicrec__curve_batch_release(dicrec__curve_batch *batch, const dicrec__allocator *allocator) {
  dicrec__release(allocator, batch->groups);
}

void dicrec__curve_batch_start(const dicrec__curve_batch *batch, double *values) {
  for (int k = 0; k < batch->n_curves; ++k)
    if (batch->curves[k]->kind == DICREC__CURVE_CONSTANT) values[batch->places[k]] = batch->curves[k]->p[0];
}

void dicrec__curve_batch_at(const dicrec__curve_batch *batch, double v, double *values) {
  batch->kernel(batch->groups, batch->n_groups, batch->n_double, v, values);
  for (int i = 0; i < batch->n_linoids; ++i) {
    const dicrec__curve *curve = batch->curves[batch->linoids[i]];
    double *value = &values[batch->places[batch->linoids[i]]];
    const double y = curve->p[2] + curve->p[3] * v;
    if (fabs(y) < near_pole) *value = dicrec__curve_at(curve, v).value;
    else *value *= curve->p[0] + curve->p[1] * v;
  }
}
