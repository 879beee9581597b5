/* SPDX-License-Identifier: MIT */
#include "estimator/mixture.h"

#include <math.h>
#include <string.h>

static const double log_two_pi = 1.837877066409345483561;
/* Values in standardised units that are far beyond any trained answer. */
static const double largest_value = 1e3;
/* A Gaussian of so many widths of the range is flat on it. */
static const double flat_widths = 100.0;

static double clamp(double value, double low, double high) { return fmin(fmax(value, low), high); }

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

/** The noise of a component of n, whose numbers in the first block stand at `head`, in units in which the range goes
 * from -1 to 1. */
static dicrec__noise_part read_noise(const float *head, size_t n, const dicrec__target *target) {
  const double center = 0.5 * (target->log_noise[0] + target->log_noise[1]);
  const double half_width = 0.5 * (target->log_noise[1] - target->log_noise[0]);
  const double mean = clamp((double)head[DICREC__HEAD_NOISE_MEAN * n], -largest_value, largest_value);
  const double log_deviation =
      clamp((double)head[DICREC__HEAD_NOISE_LOG * n], DICREC__LEAST_NOISE_LOG, DICREC__MOST_NOISE_LOG);
  return (dicrec__noise_part){.noiseless =
                                  1.0 / (1.0 + exp(-clamp((double)head[DICREC__HEAD_NOISELESS * n], -700.0, 700.0))),
                              .mean = center + half_width * mean,
                              .deviation = half_width * exp(log_deviation)};
}

bool dicrec__mixture_from_head(dicrec__mixture *mixture, const float *head, const dicrec__target *target) {
  const size_t n = mixture->n;
  for (size_t i = 0; i < DICREC__HEAD_PER_PART * n; ++i)
    if (!isfinite(head[i])) return false;
  for (size_t k = 0; k < n; ++k) {
    dicrec__component *component = &mixture->components[k];
    component->log_weight = (double)head[DICREC__HEAD_LOGIT * n + k];
    for (size_t axis = 0; axis < 2; ++axis)
      component->mean[axis] =
          target->center[axis] + target->dic_unit[axis] * clamp((double)head[(DICREC__HEAD_MEAN_S + axis) * n + k],
                                                                -largest_value, largest_value);
    component->l11 = target->dic_unit[0] *
                     exp(clamp((double)head[DICREC__HEAD_LOG_L11 * n + k], DICREC__LEAST_LOG, DICREC__MOST_LOG));
    component->l21 = target->dic_unit[1] * clamp((double)head[DICREC__HEAD_L21 * n + k], -largest_value, largest_value);
    component->l22 = target->dic_unit[1] *
                     exp(clamp((double)head[DICREC__HEAD_LOG_L22 * n + k], DICREC__LEAST_LOG, DICREC__MOST_LOG));
    component->noise = read_noise(head + k, n, target);
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
  only->l11 = flat_widths * width[0];
  only->l22 = flat_widths * width[1];
  only->noise = (dicrec__noise_part){DICREC__NOISELESS_SHARE, 0.5 * (target->log_noise[0] + target->log_noise[1]),
                                     flat_widths * (target->log_noise[1] - target->log_noise[0])};
  mixture->n = 1;
}

double dicrec__component_log_density(const dicrec__component *component, const double point[2]) {
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
    const double term = dicrec__component_log_density(&mixture->components[k], point);
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
