/* SPDX-License-Identifier: MIT */
#include "estimator/truncated.h"

#include <math.h>

#include "estimator/binormal.h"

/* Draws of a sample before it is made from the distribution function, which is slower and needs no luck. */
enum { MAX_DRAWS = 64, MAX_STEPS = 200 };

/* An edge this many standard deviations away cuts off less than rounding does. */
static const double far_edge = 8.3;

/* Less of a component is below rounding in all results. */
static const double least_weight = 1e-18;

/** A component as seen along an axis: lengths in its own standard deviations, the other axis given this one. */
struct part {
  double weight, mean, deviation;
  double correlation, rest;  /**< r, sqrt(1 - r^2) */
  double edges[2], other[2]; /**< of the rectangle, low and high, on this axis and on the other */
  double other_mean, other_deviation;
  bool is_whole; /**< the other axis cuts nothing off */
  double cut;    /**< probability below the lower edge, inside on the other axis */
};

static bool is_far(const double edges[2]) { return edges[0] < -far_edge && edges[1] > far_edge; }

static double standardised(double x, double mean, double deviation) {
  return fmin(fmax((x - mean) / deviation, -2.0 * DICREC__FAR), 2.0 * DICREC__FAR);
}

/** Probability of the component below u on this axis and inside on the other. */
static double below(const struct part *part, double u) {
  if (part->is_whole) return dicrec__normal_below(u);
  const double high = part->other[1] > far_edge
                          ? dicrec__normal_below(u)
                          : dicrec__binormal_below(u, part->other[1], part->correlation, part->rest);
  if (part->other[0] < -far_edge) return high;
  return high - dicrec__binormal_below(u, part->other[0], part->correlation, part->rest);
}

static struct part component_along(const dicrec__component *component, const double range[2][2], int axis) {
  const double deviations[2] = {component->l11, hypot(component->l21, component->l22)};
  struct part part = {.weight = component->weight,
                      .mean = component->mean[axis],
                      .deviation = deviations[axis],
                      .correlation = component->l21 / deviations[1],
                      .rest = component->l22 / deviations[1],
                      .other_mean = component->mean[1 - axis],
                      .other_deviation = deviations[1 - axis]};
  for (int side = 0; side < 2; ++side) {
    part.edges[side] = standardised(range[axis][side], part.mean, part.deviation);
    part.other[side] = standardised(range[1 - axis][side], part.other_mean, part.other_deviation);
  }
  part.is_whole = is_far(part.other);
  part.cut = part.edges[0] < -far_edge ? 0.0 : below(&part, part.edges[0]);
  return part;
}

/** Probability of the component below u and inside the rectangle. */
static double inside_below(const struct part *part, double u) { return fmax(below(part, u) - part->cut, 0.0); }

static double mass(const struct part *part) {
  return part->is_whole && is_far(part->edges) ? 1.0 : inside_below(part, part->edges[1]);
}

/** A mixture as seen along an axis. */
struct view {
  size_t n;
  double mass;
  struct part parts[DICREC__MAX_COMPONENTS];
};

static void mixture_along(const dicrec__mixture *mixture, const double range[2][2], int axis, struct view *view) {
  view->n = 0;
  view->mass = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    if (!(mixture->components[k].weight > least_weight)) continue;
    const struct part part = view->parts[view->n++] = component_along(&mixture->components[k], range, axis);
    view->mass += part.weight * mass(&part);
  }
}

double dicrec__truncated_mass(const dicrec__mixture *mixture, const double range[2][2]) {
  struct view view;
  mixture_along(mixture, range, 0, &view);
  return fmin(view.mass, 1.0);
}

void dicrec__truncated_masses(const dicrec__mixture *mixture, const double range[2][2], double *masses) {
  for (size_t k = 0; k < mixture->n; ++k) {
    const struct part part = component_along(&mixture->components[k], range, 0);
    masses[k] = part.weight > least_weight ? part.weight * mass(&part) : 0.0;
  }
}

/** Edges of the other axis given u on this one, in standard deviations of what is left to vary. */
static void edges_given(const struct part *part, double u, double edges[2]) {
  for (int side = 0; side < 2; ++side) edges[side] = standardised(part->other[side], part->correlation * u, part->rest);
}

/** Density of the component at u on this axis, inside on the other; its slope if that is not NULL. */
static double density(const struct part *part, double u, double *slope) {
  const double whole = dicrec__normal_density(u);
  double edges[2] = {0}, share = 1.0;
  if (!part->is_whole) {
    edges_given(part, u, edges);
    share = dicrec__normal_between(edges[0], edges[1]);
  }
  if (slope == NULL) return whole * share;
  *slope = -u * whole * share;
  if (!part->is_whole)
    *slope -=
        whole * part->correlation / part->rest * (dicrec__normal_density(edges[1]) - dicrec__normal_density(edges[0]));
  return whole * share;
}

/** What is below x inside the rectangle, and its first two derivatives. */
static double sum_below(const struct view *view, double x, double derivatives[2]) {
  double sum = 0.0;
  derivatives[0] = derivatives[1] = 0.0;
  for (size_t k = 0; k < view->n; ++k) {
    const struct part *part = &view->parts[k];
    const double u = standardised(x, part->mean, part->deviation);
    double slope;
    sum += part->weight * inside_below(part, u);
    derivatives[0] += part->weight * density(part, u, &slope) / part->deviation;
    derivatives[1] += part->weight * slope / (part->deviation * part->deviation);
  }
  return sum;
}

double dicrec__truncated_cdf(const dicrec__mixture *mixture, const double range[2][2], int axis, double x) {
  struct view view;
  double unused[2];
  mixture_along(mixture, range, axis, &view);
  return sum_below(&view, fmin(fmax(x, range[axis][0]), range[axis][1]), unused) / view.mass;
}

/** A place to begin at: the quantiles of the components' marginals, weighted. */
static double begin_quantile(const struct view *view, double p) {
  const double z = dicrec__rough_normal_quantile(p);
  double sum = 0.0;
  for (size_t k = 0; k < view->n; ++k)
    sum += view->parts[k].weight * (view->parts[k].mean + z * view->parts[k].deviation);
  return sum;
}

/** Halley's step, or 0 where the law has no density to divide by. */
static double halley(double excess, const double derivatives[2], double *bend) {
  *bend = 0.0;
  if (!(derivatives[0] > 1e-300)) return 0.0;
  const double newton = -excess / derivatives[0];
  *bend = fmin(fmax(0.5 * newton * (derivatives[1] / derivatives[0]), -0.5), 1e3);
  return newton / (1.0 + *bend);
}

/** Halley's method inside a shrinking bracket; steps that leave it, or are slow to shrink, become bisections. */
double dicrec__truncated_quantile(const dicrec__mixture *mixture, const double range[2][2], int axis, double p) {
  struct view view;
  mixture_along(mixture, range, axis, &view);
  const double wanted = p * view.mass;
  double low = range[axis][0], high = range[axis][1], last_step = high - low;
  double x = fmin(fmax(begin_quantile(&view, p), low), high);
  for (int iteration = 0; iteration < MAX_STEPS; ++iteration) {
    double derivatives[2], bend;
    const double excess = sum_below(&view, x, derivatives) - wanted;
    if (excess > 0.0) high = x;
    else low = x;
    const double step = halley(excess, derivatives, &bend);
    double next = x + step;
    const bool is_sound = derivatives[0] > 1e-300 && next >= low && next <= high && fabs(step) <= 0.5 * last_step;
    if (!is_sound) next = low + 0.5 * (high - low);
    last_step = fabs(next - x);
    x = next;
    /* What a sound step leaves is of third order: below rounding once the second order is small. */
    if ((is_sound ? last_step * fabs(bend) : last_step) <= 1e-15 * fabs(x) || !(high > low)) break;
  }
  return x;
}

void dicrec__truncated_log_density(const dicrec__mixture *mixture, const double range[2][2], const double *points,
                                   size_t n, double *log_density) {
  const double log_mass = log(dicrec__truncated_mass(mixture, range));
  for (size_t i = 0; i < n; ++i) {
    const double *point = points + 2 * i;
    bool is_inside = true;
    for (int axis = 0; axis < 2; ++axis)
      is_inside = is_inside && point[axis] >= range[axis][0] && point[axis] <= range[axis][1];
    log_density[i] = is_inside ? dicrec__mixture_log_density(mixture, point) - log_mass : -(double)INFINITY;
  }
}

/** Integrals of a component over the rectangle: of 1, u, v, uu, uv and vv. */
struct integrals {
  double one, u, v, uu, uv, vv;
};

/** What an axis's edges contribute, upper less lower: of the density, times u, times v. */
static void edge_integrals(const struct part *part, double of[3]) {
  of[0] = of[1] = of[2] = 0.0;
  for (int side = 0; side < 2; ++side) {
    const double u = part->edges[side], sign = side == 1 ? 1.0 : -1.0, whole = sign * dicrec__normal_density(u);
    double edges[2];
    edges_given(part, u, edges);
    const double share = dicrec__normal_between(edges[0], edges[1]);
    const double shift = dicrec__normal_density(edges[0]) - dicrec__normal_density(edges[1]);
    of[0] += whole * share;
    of[1] += whole * share * u;
    of[2] += whole * (share * part->correlation * u + part->rest * shift);
  }
}

/** By Gauss's theorem: the integrals over the rectangle from those along its edges. */
static struct integrals integrate(const dicrec__component *component, const double range[2][2]) {
  const struct part x = component_along(component, range, 0), y = component_along(component, range, 1);
  double of_x[3], of_y[3];
  edge_integrals(&x, of_x);
  edge_integrals(&y, of_y);
  const double one = mass(&x), r = x.correlation;
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

/** Density of a component at x, inside on the other axis. */
static double density_at(const struct part *part, double x) {
  return part->weight * density(part, standardised(x, part->mean, part->deviation), NULL) / part->deviation;
}

/** From the distribution function of the first axis, and of the second given the first. */
static void invert(const dicrec__mixture *mixture, const double range[2][2], dicrec__random *random, double point[2]) {
  struct view view;
  double sum = 0.0, edges[2];
  mixture_along(mixture, range, 0, &view);
  point[0] = dicrec__truncated_quantile(mixture, range, 0, dicrec__random_uniform(random));
  for (size_t k = 0; k < view.n; ++k) sum += density_at(&view.parts[k], point[0]);
  double left = sum * dicrec__random_uniform(random);
  const struct part *part = view.parts;
  while (part + 1 < view.parts + view.n && (left -= density_at(part, point[0])) >= 0.0) ++part;
  const double u = standardised(point[0], part->mean, part->deviation);
  edges_given(part, u, edges);
  const double z = dicrec__normal_part(edges[0], edges[1], dicrec__random_uniform(random));
  const double y = part->other_mean + part->other_deviation * (part->correlation * u + part->rest * z);
  point[1] = fmin(fmax(y, range[1][0]), range[1][1]);
}

void dicrec__truncated_sample(const dicrec__mixture *mixture, const double range[2][2], dicrec__random *random,
                              double point[2]) {
  for (int draw = 0; draw < MAX_DRAWS; ++draw) {
    dicrec__mixture_sample(mixture, random, point);
    if (point[0] >= range[0][0] && point[0] <= range[0][1] && point[1] >= range[1][0] && point[1] <= range[1][1])
      return;
  }
  invert(mixture, range, random, point);
}
