/* SPDX-License-Identifier: MIT */
#include "estimator/posterior.h"

#include <math.h>
#include <string.h>

#include "estimator/estimator.h"
#include "estimator/truncated.h"

/* Less of a mixture in the range is no answer. */
static const double least_mass = 1e-7;

dicrec_status dicrec__posterior_create(dicrec_context *context, const dicrec__target *target, size_t n_components,
                                       dicrec_posterior **posterior) {
  const size_t parts = sizeof(dicrec_posterior) / sizeof(dicrec__component) + 1 + n_components;
  dicrec_posterior *made = dicrec__allocate(&context->allocator, parts, sizeof(dicrec__component));
  if (made == NULL) return dicrec__fail_memory(context, "a posterior");
  made->allocator = context->allocator;
  memcpy(made->range, target->range, sizeof made->range);
  made->mixture = (dicrec__mixture){n_components, made->components};
  dicrec__mixture_from_range(&made->mixture, target);
  *posterior = made;
  return DICREC_OK;
}

/** Probabilities of the classes: the softmax of their logits. */
static void set_classes(dicrec_posterior *posterior, const float *logits) {
  double largest = -(double)INFINITY, sum = 0.0;
  bool is_finite = true;
  for (int k = 0; k < DICREC__N_CLASSES; ++k) {
    posterior->classes[k] = logits == NULL && k == DICREC_ACTIVITY_SILENT ? 1.0 : 0.0;
    if (logits == NULL) continue;
    is_finite = is_finite && isfinite(logits[k]);
    largest = fmax(largest, (double)logits[k]);
  }
  if (logits == NULL) return;
  for (int k = 0; k < DICREC__N_CLASSES; ++k)
    sum += posterior->classes[k] = is_finite ? exp((double)logits[k] - largest) : 1.0;
  for (int k = 0; k < DICREC__N_CLASSES; ++k) posterior->classes[k] /= sum;
}

/** Whether enough of the mixture is in the range to renormalise; mostly a glance is enough. */
static bool reaches_range(const dicrec_posterior *posterior) {
  for (size_t k = 0; k < posterior->mixture.n; ++k) {
    const dicrec__component *c = &posterior->mixture.components[k];
    const bool is_inside = c->mean[0] >= posterior->range[0][0] && c->mean[0] <= posterior->range[0][1] &&
                           c->mean[1] >= posterior->range[1][0] && c->mean[1] <= posterior->range[1][1];
    if (is_inside && c->weight > 0.01) return true;
  }
  return dicrec__truncated_mass(&posterior->mixture, posterior->range) > least_mass;
}

void dicrec__posterior_set(dicrec_posterior *posterior, const dicrec__target *target, const dicrec__reading *reading) {
  posterior->mixture.n = reading->n_components;
  const bool is_sound =
      dicrec__mixture_from_head(&posterior->mixture, reading->head, target) && reaches_range(posterior);
  if (!is_sound) dicrec__mixture_from_range(&posterior->mixture, target);
  set_classes(posterior, reading->classes);
  posterior->activity = reading->activity;
  posterior->support = is_sound ? reading->support : 0.0; /* an answer that is none has no support */
  posterior->time_scale = reading->time_scale;
  memcpy(posterior->time_scale_interval, reading->time_scale_interval, sizeof posterior->time_scale_interval);
}

void dicrec_posterior_free(dicrec_posterior *posterior) {
  if (posterior == NULL) return;
  const dicrec__allocator allocator = posterior->allocator;
  dicrec__release(&allocator, posterior);
}

dicrec_status dicrec_posterior_moments(const dicrec_posterior *posterior, double *mean, double *covariance) {
  if (posterior == NULL) return DICREC_E_ARGUMENT;
  double first[2], second[4];
  dicrec__truncated_moments(&posterior->mixture, posterior->range, first, second);
  if (mean != NULL) memcpy(mean, first, sizeof first);
  if (covariance != NULL) memcpy(covariance, second, sizeof second);
  return DICREC_OK;
}

dicrec_status dicrec_posterior_quantile(const dicrec_posterior *posterior, double p, double *quantiles) {
  if (posterior == NULL || quantiles == NULL) return DICREC_E_ARGUMENT;
  if (!(p > 0.0 && p < 1.0)) return DICREC_E_RANGE;
  for (int axis = 0; axis < 2; ++axis)
    quantiles[axis] = dicrec__truncated_quantile(&posterior->mixture, posterior->range, axis, p);
  return DICREC_OK;
}

dicrec_status dicrec_posterior_log_density(const dicrec_posterior *posterior, const double *points, size_t n,
                                           double *log_density) {
  if (posterior == NULL || (n > 0 && (points == NULL || log_density == NULL))) return DICREC_E_ARGUMENT;
  for (size_t i = 0; i < n; ++i)
    if (!isfinite(points[2 * i]) || !isfinite(points[2 * i + 1])) return DICREC_E_RANGE;
  dicrec__truncated_log_density(&posterior->mixture, posterior->range, points, n, log_density);
  return DICREC_OK;
}

void dicrec__posterior_sample_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index, double *sample) {
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POSTERIOR, index, 0);
  dicrec__truncated_sample(&posterior->mixture, posterior->range, &random, sample);
}

dicrec_status dicrec_posterior_sample(const dicrec_posterior *posterior, uint64_t seed, size_t n, double *samples) {
  if (posterior == NULL || (n > 0 && samples == NULL)) return DICREC_E_ARGUMENT;
  for (size_t i = 0; i < n; ++i) dicrec__posterior_sample_at(posterior, seed, i, samples + 2 * i);
  return DICREC_OK;
}

int32_t dicrec_posterior_activity(const dicrec_posterior *posterior) {
  return posterior == NULL ? DICREC_ACTIVITY_SILENT : posterior->activity;
}

double dicrec_posterior_support(const dicrec_posterior *posterior) {
  return posterior == NULL ? 0.0 : posterior->support;
}

double dicrec_posterior_time_scale(const dicrec_posterior *posterior) {
  return posterior == NULL ? (double)NAN : posterior->time_scale;
}

dicrec_status dicrec_posterior_time_scale_interval(const dicrec_posterior *posterior, double *interval) {
  if (posterior == NULL || interval == NULL) return DICREC_E_ARGUMENT;
  memcpy(interval, posterior->time_scale_interval, sizeof posterior->time_scale_interval);
  return DICREC_OK;
}

dicrec_status dicrec_posterior_class_probabilities(const dicrec_posterior *posterior, double *probabilities) {
  if (posterior == NULL || probabilities == NULL) return DICREC_E_ARGUMENT;
  memcpy(probabilities, posterior->classes, sizeof posterior->classes);
  return DICREC_OK;
}
