/* SPDX-License-Identifier: MIT */
#include "estimator/truncated_moments.h"

#include <math.h>

#include "estimator/binormal.h"
#include "estimator/truncated.h"
#include "estimator/truncated_part.h"

/** Integrals of a component over the rectangle: of 1, u, v, uu, uv and vv. */
struct integrals {
  double one, u, v, uu, uv, vv;
};

/** What an axis's edges contribute, upper less lower: of the density, times u, times v. */
static void edge_integrals(const dicrec__part *part, double of[3]) {
  of[0] = of[1] = of[2] = 0.0;
  for (int side = 0; side < 2; ++side) {
    const double u = part->edges[side], sign = side == 1 ? 1.0 : -1.0, whole = sign * dicrec__normal_density(u);
    double edges[2];
    dicrec__part_edges_given(part, u, edges);
    const double share = dicrec__normal_between(edges[0], edges[1]);
    const double shift = dicrec__normal_density(edges[0]) - dicrec__normal_density(edges[1]);
    of[0] += whole * share;
    of[1] += whole * share * u;
    of[2] += whole * (share * part->correlation * u + part->rest * shift);
  }
}

/** By Gauss's theorem: the integrals over the rectangle from those along its edges. */
static struct integrals integrate(const dicrec__component *component, const double range[2][2]) {
  const dicrec__part x = dicrec__part_along(component, range, 0), y = dicrec__part_along(component, range, 1);
  double of_x[3], of_y[3];
  edge_integrals(&x, of_x);
  edge_integrals(&y, of_y);
  const double one = dicrec__part_mass(&x), r = x.correlation;
  return (struct integrals){.one = one,
                            .u = -of_x[0] - r * of_y[0],
                            .v = -r * of_x[0] - of_y[0],
                            .uu = one - of_x[1] - r * of_y[2],
                            .uv = r * (one - of_y[1]) - of_x[2],
                            .vv = one - of_y[1] - r * of_x[2]};
}

void dicrec__truncated_moments(const dicrec__mixture *mixture, const double range[2][2], double mean[2],
                               double covariance[4]) {
  const double share = 1.0 / dicrec__truncated_mass(mixture, range);
  const double center[2] = {0.5 * (range[0][0] + range[0][1]), 0.5 * (range[1][0] + range[1][1])};
  double first[2] = {0}, xx = 0.0, xy = 0.0, yy = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__component *c = &mixture->components[k];
    const struct integrals in = integrate(c, range);
    const double s = c->l11, t = hypot(c->l21, c->l22), w = c->weight * share;
    const double dx = c->mean[0] - center[0], dy = c->mean[1] - center[1];
    first[0] += w * (dx * in.one + s * in.u);
    first[1] += w * (dy * in.one + t * in.v);
    xx += w * (dx * dx * in.one + 2.0 * dx * s * in.u + s * s * in.uu);
    xy += w * (dx * dy * in.one + dx * t * in.v + dy * s * in.u + s * t * in.uv);
    yy += w * (dy * dy * in.one + 2.0 * dy * t * in.v + t * t * in.vv);
  }
  for (int axis = 0; axis < 2; ++axis)
    mean[axis] = fmin(fmax(center[axis] + first[axis], range[axis][0]), range[axis][1]);
  covariance[0] = fmax(xx - first[0] * first[0], 0.0);
  covariance[3] = fmax(yy - first[1] * first[1], 0.0);
  const double most = sqrt(covariance[0] * covariance[3]), both = xy - first[0] * first[1];
  covariance[1] = covariance[2] = fmin(fmax(both, -most), most);
}
