/* SPDX-License-Identifier: MIT */
#include "estimator/noise_law.h"

#include <math.h>

#include "estimator/binormal.h"
#include "estimator/truncated.h"
#include "estimator/truncated_moments.h"

/* Halvings of the range of logarithms: to within rounding. */
enum { HALVINGS = 60 };

static double place(const dicrec__noise_part *part, double log_noise) {
  return fmin(fmax((log_noise - part->mean) / part->deviation, -DICREC__FAR), DICREC__FAR);
}

/** What is left of a component between the ends of the range; above 0. */
static double inside(const dicrec__noise_part *part, const double log_range[2]) {
  const double share = dicrec__normal_between(place(part, log_range[0]), place(part, log_range[1]));
  return fmax(share, 1e-300);
}

static void normalise(dicrec__noise_law *law) {
  double sum = 0.0;
  for (size_t k = 0; k < law->n; ++k) sum += law->weights[k];
  for (size_t k = 0; k < law->n; ++k) law->weights[k] = sum > 0.0 ? law->weights[k] / sum : 1.0 / (double)law->n;
}

static void begin(dicrec__noise_law *law, const dicrec__mixture *mixture, const double log_range[2]) {
  law->n = mixture->n;
  for (int side = 0; side < 2; ++side) law->log_range[side] = log_range[side];
  for (size_t k = 0; k < law->n; ++k) law->parts[k] = mixture->components[k].noise;
}

void dicrec__noise_law_marginal(dicrec__noise_law *law, const dicrec__mixture *mixture, const double range[2][2],
                                const double log_range[2]) {
  begin(law, mixture, log_range);
  dicrec__truncated_masses(mixture, range, law->weights);
  normalise(law);
}

void dicrec__noise_law_given(dicrec__noise_law *law, const dicrec__mixture *mixture, const double log_range[2],
                             const double point[2]) {
  double largest = -(double)INFINITY;
  begin(law, mixture, log_range);
  for (size_t k = 0; k < law->n; ++k) {
    law->weights[k] = dicrec__component_log_density(&mixture->components[k], point);
    largest = fmax(largest, law->weights[k]);
  }
  for (size_t k = 0; k < law->n; ++k) law->weights[k] = isfinite(largest) ? exp(law->weights[k] - largest) : 1.0;
  normalise(law);
}

double dicrec__noise_law_noiseless(const dicrec__noise_law *law) {
  double sum = 0.0;
  for (size_t k = 0; k < law->n; ++k) sum += law->weights[k] * law->parts[k].noiseless;
  return fmin(sum, 1.0);
}

/**
 * Share of a part's noise below one of this logarithm. A part of which nothing is left in the range is all at the end
 * that is nearer to it, where its samples are.
 */
static double share_below(const dicrec__noise_part *part, const double log_range[2], double log_noise) {
  const double low = place(part, log_range[0]), high = place(part, log_range[1]);
  const double whole = dicrec__normal_between(low, high);
  if (whole > 1e-300) return dicrec__normal_between(low, place(part, log_noise)) / whole;
  return low > 0.0 || log_noise >= log_range[1] ? 1.0 : 0.0;
}

/** Probability of a noise below one of this logarithm. */
static double below(const dicrec__noise_law *law, double log_noise) {
  double sum = 0.0;
  for (size_t k = 0; k < law->n; ++k) {
    const dicrec__noise_part *part = &law->parts[k];
    sum += law->weights[k] * (part->noiseless + (1.0 - part->noiseless) * share_below(part, law->log_range, log_noise));
  }
  return sum;
}

double dicrec__noise_law_quantile(const dicrec__noise_law *law, double p) {
  if (p <= dicrec__noise_law_noiseless(law)) return 0.0;
  double low = law->log_range[0], high = law->log_range[1];
  for (int i = 0; i < HALVINGS; ++i) {
    const double middle = 0.5 * (low + high);
    if (below(law, middle) < p) low = middle;
    else high = middle;
  }
  return exp(0.5 * (low + high));
}

double dicrec__noise_law_sample(const dicrec__noise_law *law, dicrec__random *random) {
  double left = dicrec__random_uniform(random);
  size_t k = 0;
  while (k + 1 < law->n && left >= law->weights[k]) left -= law->weights[k++];
  const dicrec__noise_part *part = &law->parts[k];
  if (dicrec__random_uniform(random) < part->noiseless) return 0.0;
  const double low = place(part, law->log_range[0]), high = place(part, law->log_range[1]);
  const double log_noise =
      part->mean + part->deviation * dicrec__normal_part(low, high, dicrec__random_uniform(random));
  return exp(fmin(fmax(log_noise, law->log_range[0]), law->log_range[1]));
}

/** How probable a noise is under a component. */
static double density(const dicrec__noise_part *part, const double log_range[2], double noise_std) {
  if (noise_std == 0.0) return part->noiseless;
  const double log_noise = fmin(fmax(log(noise_std), log_range[0]), log_range[1]);
  const double of_normal = dicrec__normal_density(place(part, log_noise)) / part->deviation;
  return (1.0 - part->noiseless) * of_normal / inside(part, log_range);
}

double dicrec__noise_law_density(const dicrec__noise_law *law, double noise_std) {
  if (noise_std < 0.0) return 0.0;
  const double log_noise = noise_std > 0.0 ? log(noise_std) : 0.0;
  if (noise_std > 0.0 && (log_noise < law->log_range[0] || log_noise > law->log_range[1])) return 0.0;
  double sum = 0.0;
  for (size_t k = 0; k < law->n; ++k) sum += law->weights[k] * density(&law->parts[k], law->log_range, noise_std);
  return noise_std > 0.0 ? sum / noise_std : sum;
}

/** Mean of the noise to a power under a part: of a truncated lognormal law, and of none. */
static double noise_power(const dicrec__noise_part *part, const double log_range[2], int power) {
  const double shift = power * part->deviation;
  const double low = place(part, log_range[0]), high = place(part, log_range[1]);
  const double whole = dicrec__normal_between(low, high);
  if (!(whole > 1e-300)) return (1.0 - part->noiseless) * exp(power * (low > 0.0 ? log_range[0] : log_range[1]));
  const double share = dicrec__normal_between(low - shift, high - shift) / whole;
  return (1.0 - part->noiseless) * exp(power * part->mean + 0.5 * shift * shift) * share;
}

void dicrec__noise_moments(const dicrec__mixture *mixture, const double range[2][2], const double log_range[2],
                           double mean[3], double covariance[3]) {
  double masses[DICREC__MAX_COMPONENTS], sum = 0.0;
  double products[3] = {0.0, 0.0, 0.0}; /* of the noise with g_s, with g_u, with itself */
  dicrec__truncated_masses(mixture, range, masses);
  mean[2] = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    if (!(masses[k] > 1e-300)) continue;
    const dicrec__noise_part *part = &mixture->components[k].noise;
    const dicrec__mixture alone = {1, &mixture->components[k]};
    double dics[2], unused[4];
    dicrec__truncated_moments(&alone, range, dics, unused);
    const double noise = noise_power(part, log_range, 1);
    sum += masses[k];
    mean[2] += masses[k] * noise;
    for (int i = 0; i < 2; ++i) products[i] += masses[k] * noise * dics[i];
    products[2] += masses[k] * noise_power(part, log_range, 2);
  }
  mean[2] /= sum;
  for (int i = 0; i < 3; ++i) covariance[i] = products[i] / sum - mean[i] * mean[2];
}

double dicrec__mixture_given_noise(dicrec__mixture *mixture, const double log_range[2], double noise_std) {
  double sum = 0.0;
  for (size_t k = 0; k < mixture->n; ++k)
    sum += mixture->components[k].weight * density(&mixture->components[k].noise, log_range, noise_std);
  if (!(sum > 1e-300)) return 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    dicrec__component *component = &mixture->components[k];
    component->weight *= density(&component->noise, log_range, noise_std) / sum;
    component->log_weight = log(fmax(component->weight, 1e-300));
  }
  return sum;
}
