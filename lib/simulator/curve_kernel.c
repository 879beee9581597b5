/* SPDX-License-Identifier: MIT */
/** @file curve_kernel.c The vectors of a batch of curves. Compiled once for each vector unit, by the name of the unit.
 */
#include "simulator/curve_batch.h"
#include "simulator/vectors.h"

#define JOIN(name, unit)   JOINED(name, unit)
#define JOINED(name, unit) name##unit

/* exp(x), relative error some 2e-16 besides that of x, cut off at |x| = 700: 2^n times the series of the rest. */
static inline dicrec__v8d exponential(dicrec__v8d x) {
  x = dicrec__max8d(dicrec__min8d(x, dicrec__same8d(700.0)), dicrec__same8d(-700.0));
  const double round_magic = 0x1.8p52, log2_e = 1.4426950408889634074;
  const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  const dicrec__v8d shifted = x * log2_e + round_magic;
  const dicrec__v8d n = shifted - round_magic;
  const dicrec__v8d r = (x - n * ln2_high) - n * ln2_low;
  const dicrec__v8d r2 = r * r, r4 = r2 * r2;
  const dicrec__v8d p0 = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
  const dicrec__v8d p4 = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
  const dicrec__v8d p8 = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0));
  const dicrec__v8d p = p0 + r4 * (p4 + r4 * (p8 + r4 * (1.0 / 479001600.0)));
  return (dicrec__v8d)((dicrec__v8l)p + ((dicrec__v8l)shifted << 52));
}

static inline dicrec__v8d exponential_of(const dicrec__curve_group *group, int which, double v) {
  return exponential(dicrec__load8d(group->slope[which]) * v + dicrec__load8d(group->shift[which]));
}

void JOIN(dicrec__curve_kernel_, DICREC__UNIT)(const dicrec__curve_group *groups, int n_groups, int n_double, double v,
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
