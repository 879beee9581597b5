/* SPDX-License-Identifier: MIT */
#include "estimator/truncated.h"

#include <math.h>

#include "estimator/binormal.h"
#include "estimator/truncated_part.h"

/* Draws of a sample before it is made from the distribution function, which is slower and needs no luck. */
enum { MAX_DRAWS = 64, MAX_STEPS = 200 };

/* Less of a component is below rounding in all results. */
static const double least_weight = 1e-18;

/** A mixture as seen along an axis. */
struct view {
  size_t n;
  double mass;
  dicrec__part parts[DICREC__MAX_COMPONENTS];
};

static void mixture_along(const dicrec__mixture *mixture, const double range[2][2], int axis, struct view *view) {
  view->n = 0;
  view->mass = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    if (!(mixture->components[k].weight > least_weight)) continue;
    const dicrec__part part = view->parts[view->n++] = dicrec__part_along(&mixture->components[k], range, axis);
    view->mass += part.weight * dicrec__part_mass(&part);
  }
}

double dicrec__truncated_mass(const dicrec__mixture *mixture, const double range[2][2]) {
  struct view view;
  mixture_along(mixture, range, 0, &view);
  return fmin(view.mass, 1.0);
}

void dicrec__truncated_masses(const dicrec__mixture *mixture, const double range[2][2], double *masses) {
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__part part = dicrec__part_along(&mixture->components[k], range, 0);
    masses[k] = part.weight > least_weight ? part.weight * dicrec__part_mass(&part) : 0.0;
  }
}

/** What is below x inside the rectangle, and its first two derivatives. */
static double sum_below(const struct view *view, double x, double derivatives[2]) {
  double sum = 0.0;
  derivatives[0] = derivatives[1] = 0.0;
  for (size_t k = 0; k < view->n; ++k) {
    const dicrec__part *part = &view->parts[k];
    const double u = dicrec__part_standardised(x, part->mean, part->deviation);
    double slope;
    sum += part->weight * dicrec__part_below(part, u);
    derivatives[0] += part->weight * dicrec__part_density(part, u, &slope) / part->deviation;
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

/** Density of a component at x, inside on the other axis. */
static double density_at(const dicrec__part *part, double x) {
  return part->weight * dicrec__part_density(part, dicrec__part_standardised(x, part->mean, part->deviation), NULL) /
         part->deviation;
}

/** From the distribution function of the first axis, and of the second given the first. */
static void invert(const dicrec__mixture *mixture, const double range[2][2], dicrec__random *random, double point[2]) {
  struct view view;
  double sum = 0.0, edges[2];
  mixture_along(mixture, range, 0, &view);
  point[0] = dicrec__truncated_quantile(mixture, range, 0, dicrec__random_uniform(random));
  for (size_t k = 0; k < view.n; ++k) sum += density_at(&view.parts[k], point[0]);
  double left = sum * dicrec__random_uniform(random);
  const dicrec__part *part = view.parts;
  while (part + 1 < view.parts + view.n && (left -= density_at(part, point[0])) >= 0.0) ++part;
  const double u = dicrec__part_standardised(point[0], part->mean, part->deviation);
  dicrec__part_edges_given(part, u, edges);
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
