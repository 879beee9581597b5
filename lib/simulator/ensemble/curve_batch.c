/* SPDX-License-Identifier: MIT */
#include "simulator/ensemble/curve_batch.h"

#include <math.h>

#include "core/kernel_choice.h"

/* Nearer than this to its pole, in y, a curve is left to dicrec__curve_at(). */
static const double near_pole = 0.15;

/* A composite has a place like a constant's, which is written anew at every voltage. */
static dicrec__curve_lane lane_of(const dicrec__curve *curve) {
  const dicrec__curve_form *form = dicrec__curve_form_of(curve);
  return form != NULL ? form->lane(curve->p) : (dicrec__curve_lane){.a = NAN};
}

int dicrec__curve_batch_add(dicrec__curve_batch *batch, const dicrec__curve *curve) {
  batch->curves[batch->n_curves] = curve;
  if (dicrec__curve_form_of(curve) == NULL) batch->composites[batch->n_composites++] = batch->n_curves;
  return batch->n_curves++;
}

/* Places in order: curves with two exponentials, with one, constants. */
static void choose_places(dicrec__curve_batch *batch) {
  int next = 0;
  for (int pass = 0; pass < 3; ++pass) {
    for (int k = 0; k < batch->n_curves; ++k) {
      if (lane_of(batch->curves[k]).n_exponentials == 2 - pass) batch->places[k] = next++;
    }
    if (pass == 0) batch->n_double = (next + DICREC__CURVE_LANES - 1) / DICREC__CURVE_LANES;
    if (pass == 1) {
      batch->n_groups = (next + DICREC__CURVE_LANES - 1) / DICREC__CURVE_LANES;
      next = batch->n_groups * DICREC__CURVE_LANES;
    }
  }
  batch->n_values = next;
}

static void fill_lane(dicrec__curve_group *group, int k, const dicrec__curve_lane *lane) {
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
  const dicrec__curve_lane empty = lane_of(&nothing);
  for (int i = 0; i < batch->n_groups * DICREC__CURVE_LANES; ++i)
    fill_lane(&batch->groups[i / DICREC__CURVE_LANES], i % DICREC__CURVE_LANES, &empty);
  for (int k = 0; k < batch->n_curves; ++k) {
    const dicrec__curve_lane lane = lane_of(batch->curves[k]);
    if (lane.n_exponentials == 0) continue;
    fill_lane(&batch->groups[batch->places[k] / DICREC__CURVE_LANES], batch->places[k] % DICREC__CURVE_LANES, &lane);
    if (lane.has_pole)
      batch->poles[batch->n_poles++] =
          (dicrec__curve_pole){k, {lane.factor[0], lane.factor[1]}, {lane.pole[0], lane.pole[1]}};
  }
  return true;
}

void dicrec__curve_batch_release(dicrec__curve_batch *batch, const dicrec__allocator *allocator) {
  dicrec__release(allocator, batch->groups);
}

void dicrec__curve_batch_start(const dicrec__curve_batch *batch, double *values) {
  for (int k = 0; k < batch->n_curves; ++k) {
    const dicrec__curve_lane lane = lane_of(batch->curves[k]);
    if (lane.n_exponentials == 0) values[batch->places[k]] = lane.a;
  }
}

void dicrec__curve_batch_at(const dicrec__curve_batch *batch, double v, double *values) {
  batch->kernel(batch->groups, batch->n_groups, batch->n_double, v, values);
  for (int i = 0; i < batch->n_poles; ++i) {
    const dicrec__curve_pole *at = &batch->poles[i];
    double *value = &values[batch->places[at->curve]];
    const double y = at->pole[0] + at->pole[1] * v;
    if (fabs(y) < near_pole) *value = dicrec__curve_at(batch->curves[at->curve], v).value;
    else *value *= at->factor[0] + at->factor[1] * v;
  }
  for (int i = 0; i < batch->n_composites; ++i) {
    const int k = batch->composites[i];
    values[batch->places[k]] = dicrec__curve_at(batch->curves[k], v).value;
  }
}
