/* SPDX-License-Identifier: MIT */
#include "estimator/mixture.h"

#include <math.h>
#include <string.h>

static const double log_two_pi = 1.837877066409345483561, sqrt_half = 0.7071067811865475244008;
static const double sqrt_two_pi = 2.506628274631000502416;
/* Bounds in standardised units, far beyond any trained answer: what is computed from them stays finite. */
static const double largest_value = 1e6, largest_log = 20.0;
/* More than the error of rough_normal_quantile(). */
static const double z_error = 1e-3;

static double clamp(double value, double bound) { return fmin(fmax(value, -bound), bound); }

static double spread(const dicrec__component *component, int axis) {
  return axis == 0 ? component->l11 : hypot(component->l21, component->l22);
}

/** Turn the logits that stand in log_weight into normalised weights. */
static void normalise(dicrec__mixture *mixture) {
  double largest = -(double)INFINITY, sum = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) largest = fmax(largest, mixture->components[k].log_weight);
  for (size_t k = 0; k < mixture->n; ++k) sum += exp(mixture->components[k].log_weight - largest);
  for (size_t k = 0; k < mixture->n; ++k) {
    dicrec__component *component = &mixture->components[k];
    component->log_weight -= largest + log(sum);
    component->weight = exp(component->log_weight);
  }
}

bool dicrec__mixture_from_head(dicrec__mixture *mixture, const float *head, const dicrec__target *target) {
  const size_t n = mixture->n;
  for (size_t i = 0; i < 6 * n; ++i)
    if (!isfinite(head[i])) return false;
  for (size_t k = 0; k < n; ++k) {
    dicrec__component *component = &mixture->components[k];
    component->log_weight = (double)head[k];
    for (size_t axis = 0; axis < 2; ++axis)
      component->mean[axis] =
          target->center[axis] + target->scale[axis] * clamp((double)head[(1 + axis) * n + k], largest_value);
    component->l11 = target->scale[0] * exp(clamp((double)head[3 * n + k], largest_log));
    component->l21 = target->scale[1] * clamp((double)head[4 * n + k], largest_value);
    component->l22 = target->scale[1] * exp(clamp((double)head[5 * n + k], largest_log));
  }
  normalise(mixture);
  return true;
}

void dicrec__mixture_from_range(dicrec__mixture *mixture, const dicrec__target *target) {
  double width[2];
  dicrec__component *only = &mixture->components[0];
  *only = (dicrec__component){.weight = 1.0};
  for (int axis = 0; axis < 2; ++axis) {
    only->mean[axis] = 0.5 * (target->range[axis][0] + target->range[axis][1]);
    width[axis] = target->range[axis][1] - target->range[axis][0];
  }
  only->l11 = width[0] / sqrt(12.0);
  only->l22 = width[1] / sqrt(12.0);
  mixture->n = 1;
}

void dicrec__mixture_moments(const dicrec__mixture *mixture, double mean[2], double covariance[4]) {
  double xx = 0.0, xy = 0.0, yy = 0.0;
  mean[0] = mean[1] = 0.0;
  for (size_t k = 0; k < mixture->n; ++k)
    for (int axis = 0; axis < 2; ++axis)
      mean[axis] += mixture->components[k].weight * mixture->components[k].mean[axis];
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__component *c = &mixture->components[k];
    const double dx = c->mean[0] - mean[0], dy = c->mean[1] - mean[1];
    xx += c->weight * (c->l11 * c->l11 + dx * dx);
    xy += c->weight * (c->l11 * c->l21 + dx * dy);
    yy += c->weight * (c->l21 * c->l21 + c->l22 * c->l22 + dy * dy);
  }
  covariance[0] = xx;
  covariance[1] = covariance[2] = xy;
  covariance[3] = yy;
}

double dicrec__mixture_cdf(const dicrec__mixture *mixture, int axis, double x, double derivatives[2]) {
  double below = 0.0, density = 0.0, slope = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__component *component = &mixture->components[k];
    const double deviation = spread(component, axis), z = (x - component->mean[axis]) / deviation;
    below += component->weight * 0.5 * erfc(-z * sqrt_half);
    if (derivatives == NULL) continue;
    const double part = component->weight * exp(-0.5 * z * z) / (deviation * sqrt_two_pi);
    density += part;
    if (part > 0.0) slope -= part * z / deviation;
  }
  if (derivatives != NULL) derivatives[0] = density, derivatives[1] = slope;
  return below;
}

/** Quantile of the normal law within 4.5e-4 [Abramowitz and Stegun, 26.2.23]. */
static double rough_normal_quantile(double p) {
  const double t = sqrt(-2.0 * log(p < 0.5 ? p : 1.0 - p));
  const double z =
      t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}

/** Interval of x, and a place in it to begin at. */
struct bracket {
  double low, high, begin;
};

/** The quantile of a mixture lies between the least and the largest of its components'. */
static struct bracket bracket_quantile(const dicrec__mixture *mixture, int axis, double p) {
  struct bracket bracket = {INFINITY, -INFINITY, 0.0};
  const double z = rough_normal_quantile(p);
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__component *component = &mixture->components[k];
    const double deviation = spread(component, axis), place = component->mean[axis] + z * deviation;
    bracket.low = fmin(bracket.low, place - z_error * deviation);
    bracket.high = fmax(bracket.high, place + z_error * deviation);
    bracket.begin += component->weight * place;
  }
  bracket.begin = fmin(fmax(bracket.begin, bracket.low), bracket.high);
  return bracket;
}

/** Halley's method inside a shrinking bracket; steps that leave it, or are slow to shrink, become bisections. */
double dicrec__mixture_quantile(const dicrec__mixture *mixture, int axis, double p) {
  struct bracket in = bracket_quantile(mixture, axis, p);
  double x = in.begin, last_step = in.high - in.low, derivatives[2];
  for (int iteration = 0; iteration < 200; ++iteration) {
    const double excess = dicrec__mixture_cdf(mixture, axis, x, derivatives) - p;
    if (excess == 0.0) break;
    if (excess > 0.0) in.high = x;
    else in.low = x;
    const double newton = -excess / derivatives[0], bend = 0.5 * derivatives[1] / derivatives[0];
    double next = x + newton / (1.0 + fmax(newton * bend, -0.5));
    const bool is_sound = next > in.low && next < in.high && fabs(next - x) <= 0.5 * last_step;
    if (!is_sound) next = in.low + 0.5 * (in.high - in.low);
    last_step = fabs(next - x);
    /* What a sound step leaves is of third order: below rounding once the second order is small. */
    const double left = is_sound ? last_step * fabs(newton * bend) : last_step;
    x = next;
    if (left <= 1e-15 * fabs(x) || next <= in.low || next >= in.high) break;
  }
  return x;
}

static double component_log_density(const dicrec__component *component, const double point[2]) {
  const double a = (point[0] - component->mean[0]) / component->l11;
  const double b = (point[1] - component->mean[1] - component->l21 * a) / component->l22;
  const double squared = a * a + b * b;
  if (!isfinite(squared)) return -(double)INFINITY; /* too far away for a number */
  return component->log_weight - log_two_pi - log(component->l11) - log(component->l22) - 0.5 * squared;
}

double dicrec__mixture_log_density(const dicrec__mixture *mixture, const double point[2]) {
  /* One pass: the sum is kept relative to the largest term so far. */
  double largest = -(double)INFINITY, sum = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    const double term = component_log_density(&mixture->components[k], point);
    if (term > largest) {
      sum = sum * exp(largest - term) + 1.0;
      largest = term;
    } else if (isfinite(term)) {
      sum += exp(term - largest);
    }
  }
  return sum > 0.0 ? largest + log(sum) : largest;
}

void dicrec__mixture_sample(const dicrec__mixture *mixture, dicrec__random *random, double point[2]) {
  double left = dicrec__random_uniform(random), normal[2];
  size_t k = 0;
  while (k + 1 < mixture->n && left >= mixture->components[k].weight) left -= mixture->components[k++].weight;
  const dicrec__component *component = &mixture->components[k];
  dicrec__random_normal_pair(random, normal);
  point[0] = component->mean[0] + component->l11 * normal[0];
  point[1] = component->mean[1] + component->l21 * normal[0] + component->l22 * normal[1];
}
