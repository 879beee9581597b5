/* SPDX-License-Identifier: MIT */
/** @file curve_kernel.c The vectors of a batch of curves. Compiled once for each vector unit, by the name of the unit.
 */
#include "core/kernel_choice.h"
#include "core/vectors.h"
#include "simulator/ensemble/curve_batch.h"

static inline dicrec__v8d exponential_of(const dicrec__curve_group *group, int which, double v) {
  return dicrec__exp8d(dicrec__load8d(group->slope[which]) * v + dicrec__load8d(group->shift[which]));
}

void DICREC__FOR_UNIT(dicrec__curve_kernel_)(const dicrec__curve_group *groups, int n_groups, int n_double, double v,
                                             double *values) {
  for (int g = 0; g < n_groups; ++g) {
    const dicrec__curve_group *group = &groups[g];
    dicrec__v8d below = dicrec__load8d(group->u) + exponential_of(group, 0, v), above = dicrec__load8d(group->b);
    if (g < n_double) {
      const dicrec__v8d second = exponential_of(group, 1, v);
      below += dicrec__load8d(group->w) * second;
      above *= dicrec__load8d(group->c) + dicrec__load8d(group->d) / (1.0 + second);
    }
    dicrec__store8d(values + DICREC__CURVE_LANES * g, dicrec__load8d(group->a) + above / below);
  }
}
