/* SPDX-License-Identifier: MIT */
#include "estimator/truncated_part.h"

#include <math.h>

#include "estimator/binormal.h"

/* An edge this many standard deviations away cuts off less than rounding does. */
static const double far_edge = 8.3;

static bool is_far(const double edges[2]) { return edges[0] < -far_edge && edges[1] > far_edge; }

double dicrec__part_standardised(double x, double mean, double deviation) {
  return fmin(fmax((x - mean) / deviation, -2.0 * DICREC__FAR), 2.0 * DICREC__FAR);
}

/** Probability of the component below u on this axis and inside on the other. */
static double below(const dicrec__part *part, double u) {
  if (part->is_whole) return dicrec__normal_below(u);
  const double high = part->other[1] > far_edge
                          ? dicrec__normal_below(u)
                          : dicrec__binormal_below(u, part->other[1], part->correlation, part->rest);
  if (part->other[0] < -far_edge) return high;
  return high - dicrec__binormal_below(u, part->other[0], part->correlation, part->rest);
}

dicrec__part dicrec__part_along(const dicrec__component *component, const double range[2][2], int axis) {
  const double deviations[2] = {component->l11, hypot(component->l21, component->l22)};
  dicrec__part part = {.weight = component->weight,
                       .mean = component->mean[axis],
                       .deviation = deviations[axis],
                       .correlation = component->l21 / deviations[1],
                       .rest = component->l22 / deviations[1],
                       .other_mean = component->mean[1 - axis],
                       .other_deviation = deviations[1 - axis]};
  for (int side = 0; side < 2; ++side) {
    part.edges[side] = dicrec__part_standardised(range[axis][side], part.mean, part.deviation);
    part.other[side] = dicrec__part_standardised(range[1 - axis][side], part.other_mean, part.other_deviation);
  }
  part.is_whole = is_far(part.other);
  part.cut = part.edges[0] < -far_edge ? 0.0 : below(&part, part.edges[0]);
  return part;
}

double dicrec__part_below(const dicrec__part *part, double u) { return fmax(below(part, u) - part->cut, 0.0); }

double dicrec__part_mass(const dicrec__part *part) {
  return part->is_whole && is_far(part->edges) ? 1.0 : dicrec__part_below(part, part->edges[1]);
}

void dicrec__part_edges_given(const dicrec__part *part, double u, double edges[2]) {
  for (int side = 0; side < 2; ++side)
    edges[side] = dicrec__part_standardised(part->other[side], part->correlation * u, part->rest);
}

double dicrec__part_density(const dicrec__part *part, double u, double *slope) {
  const double whole = dicrec__normal_density(u);
  double edges[2] = {0}, share = 1.0;
  if (!part->is_whole) {
    dicrec__part_edges_given(part, u, edges);
    share = dicrec__normal_between(edges[0], edges[1]);
  }
  if (slope == NULL) return whole * share;
  *slope = -u * whole * share;
  if (!part->is_whole)
    *slope -=
        whole * part->correlation / part->rest * (dicrec__normal_density(edges[1]) - dicrec__normal_density(edges[0]));
  return whole * share;
}
