/* SPDX-License-Identifier: MIT */
#include "estimator/posterior.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/random.h"
#include "estimator/noise_law.h"
#include "estimator/truncated.h"

/* Less of a mixture in the range is no answer. */
static const double least_mass = 1e-7;

/** Room for components and a code behind them; 0 but for the pointers to them. NULL without memory. */
static dicrec_posterior *make(dicrec_context *context, size_t n_components, size_t n_code) {
  const size_t before = sizeof(dicrec_posterior) + n_components * sizeof(dicrec__component);
  dicrec_posterior *made = dicrec__allocate(&context->allocator, before + n_code * sizeof(float), 1);
  if (made == NULL) {
    dicrec__fail_memory(context, "a posterior");
    return NULL;
  }
  made->allocator = context->allocator;
  made->mixture = (dicrec__mixture){n_components, made->components};
  made->code = (float *)(void *)(made->components + n_components);
  return made;
}

dicrec_status dicrec__posterior_create(dicrec_context *context, const dicrec__target *target, size_t n_components,
                                       size_t n_code, dicrec_posterior **posterior) {
  dicrec_posterior *made = make(context, n_components, n_code);
  if (made == NULL) return DICREC_E_MEMORY;
  memcpy(made->range, target->range, sizeof made->range);
  memcpy(made->log_noise, target->log_noise, sizeof made->log_noise);
  made->n_code = n_code;
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

bool dicrec__posterior_reaches_range(const dicrec_posterior *posterior) {
  for (size_t k = 0; k < posterior->mixture.n; ++k) {
    const dicrec__component *c = &posterior->mixture.components[k];
    const bool is_inside = c->mean[0] >= posterior->range[0][0] && c->mean[0] <= posterior->range[0][1] &&
                           c->mean[1] >= posterior->range[1][0] && c->mean[1] <= posterior->range[1][1];
    if (is_inside && c->weight > 0.01) return true;
  }
  return dicrec__truncated_mass(&posterior->mixture, posterior->range) > least_mass;
}

/** Without a code, or with one that is not finite, members have base draws as any neuron. */
static void set_code(dicrec_posterior *posterior, const float *code) {
  posterior->has_code = code != NULL;
  for (size_t i = 0; i < posterior->n_code && posterior->has_code; ++i) {
    posterior->code[i] = code[i];
    posterior->has_code = isfinite(code[i]);
  }
}

void dicrec__posterior_set(dicrec_posterior *posterior, const dicrec__target *target, const dicrec__reading *reading) {
  posterior->mixture.n = reading->n_components;
  const bool is_sound = dicrec__mixture_from_head(&posterior->mixture, reading->head, target) &&
                        dicrec__posterior_reaches_range(posterior);
  if (!is_sound) dicrec__mixture_from_range(&posterior->mixture, target);
  set_classes(posterior, reading->classes);
  set_code(posterior, is_sound ? reading->code : NULL);
  posterior->activity = reading->activity;
  posterior->support = is_sound ? reading->support : 0.0; /* an answer that is none has no support */
  posterior->time_scale = reading->time_scale;
  memcpy(posterior->time_scale_interval, reading->time_scale_interval, sizeof posterior->time_scale_interval);
}

DICREC__DEFINE_RETAIN(posterior)

void dicrec_posterior_free(dicrec_posterior *posterior) {
  if (posterior == NULL || !dicrec__owners_leave(&posterior->owners)) return;
  const dicrec__allocator allocator = posterior->allocator;
  dicrec__release(&allocator, posterior);
}

void dicrec__posterior_sample_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index, double *sample) {
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POSTERIOR, index, 0);
  dicrec__truncated_sample(&posterior->mixture, posterior->range, &random, sample);
}

double dicrec__posterior_noise_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index,
                                  const double *sample) {
  enum { OF_NOISE = 1 }; /* the part of the stream that samples of the DICs leave alone */
  dicrec__random random;
  dicrec__noise_law law;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POSTERIOR, index, OF_NOISE);
  dicrec__noise_law_given(&law, &posterior->mixture, posterior->log_noise, sample);
  return dicrec__noise_law_sample(&law, &random);
}

dicrec_status dicrec__posterior_given_noise(dicrec_context *context, const dicrec_posterior *posterior,
                                            double noise_std, dicrec_posterior **given, double *density) {
  const size_t n = posterior->mixture.n;
  dicrec_posterior *made = make(context, n, posterior->n_code);
  if (made == NULL) return DICREC_E_MEMORY;
  enum { FIRST = offsetof(dicrec_posterior, range), SIZE = offsetof(dicrec_posterior, code) - FIRST };
  memcpy((char *)made + FIRST, (const char *)posterior + FIRST,
         SIZE); /* all its numbers, nothing of the object around them */
  memcpy(made->components, posterior->components, n * sizeof *made->components);
  memcpy(made->code, posterior->code, posterior->n_code * sizeof *made->code);
  *density = dicrec__mixture_given_noise(&made->mixture, posterior->log_noise, noise_std);
  if (!dicrec__posterior_reaches_range(made))
    memcpy(made->components, posterior->components, n * sizeof *made->components);
  *given = made;
  return DICREC_OK;
}
