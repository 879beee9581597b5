/* SPDX-License-Identifier: MIT */
#include "core/random.h"

#include <inttypes.h>
#include <math.h>

static const double two_pi = 6.283185307179586476925;

void dicrec__random_normal_pair(dicrec__random *random, double pair[2]) {
  const double radius = sqrt(-2.0 * log(dicrec__random_uniform(random)));
  const double angle = two_pi * dicrec__random_uniform(random);
  pair[0] = radius * cos(angle);
  pair[1] = radius * sin(angle);
}

double dicrec__random_gamma(dicrec__random *random, double shape) {
  const double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
  /* Each round is accepted with a probability above 0.95, so the bound is never met in practice. */
  for (int round = 0; round < 1000; ++round) {
    double normal[2];
    dicrec__random_normal_pair(random, normal);
    const double x = normal[0], root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root, u = dicrec__random_uniform(random);
    if (u < 1.0 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d * (1.0 - v + log(v))) return d * v;
  }
  return d;
}

dicrec_status dicrec__check_first_member(dicrec_context *context, uint64_t first_member, size_t n_members) {
  const uint64_t n = n_members < DICREC__STREAM_LIMIT ? n_members : DICREC__STREAM_LIMIT;
  if (first_member <= DICREC__STREAM_LIMIT - n) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "first_member is %" PRIu64 ", and its last member is to be below 2^53",
                      first_member);
}
