/* SPDX-License-Identifier: MIT */
/** @file posterior_numbers.c Posteriors from plain numbers, and plain numbers from posteriors. */
#include <math.h>
#include <string.h>

#include "core/options.h"
#include "dicrec/limits.h"
#include "estimator/posterior.h"

enum { N_DICS = 2 };

/** The noise that a mixture without any range of its own may have, uA/cm2. */
static const double default_noise_range[2] = {1e-6, DICREC_MAX_CURRENT};

/** What is left open by a law that is sure, relative; wide enough for the arithmetic of a posterior. */
static const double sure_within = 1e-10;

void dicrec_mixture_init(dicrec_mixture *mixture, size_t size) {
  const dicrec_mixture empty = {.struct_size = sizeof empty, .n_dics = N_DICS};
  dicrec__options_init(mixture, size, &empty, sizeof empty);
}

static dicrec_status read_range(dicrec_context *context, const char *name, const double *given, const double least,
                                const double most, double range[2]) {
  if (given != NULL && !(given[0] >= least && given[1] > given[0] && given[1] <= most))
    return dicrec__fail(context, DICREC_E_RANGE, "%s is %g to %g, allowed are rising ones from %g to %g", name,
                        given[0], given[1], least, most);
  range[0] = given != NULL ? given[0] : least;
  range[1] = given != NULL ? given[1] : most;
  return DICREC_OK;
}

static dicrec_status read_ranges(dicrec_context *context, const dicrec_mixture *mixture, dicrec__target *target) {
  dicrec_status status = DICREC_OK;
  for (size_t axis = 0; axis < N_DICS && status == DICREC_OK; ++axis)
    status = read_range(context, axis == 0 ? "the range of g_s" : "the range of g_u",
                        mixture->dic_ranges == NULL ? NULL : mixture->dic_ranges + 2 * axis, -DICREC_MAX_DIC,
                        DICREC_MAX_DIC, target->range[axis]);
  double noise[2] = {0.0, 0.0};
  if (status == DICREC_OK)
    status =
        read_range(context, "noise_range", mixture->noise_range, default_noise_range[0], default_noise_range[1], noise);
  for (int side = 0; side < 2 && status == DICREC_OK; ++side) target->log_noise[side] = log(noise[side]);
  return status;
}

/** Covariance [2][2] as L L'; false if it is not positive definite. */
static bool read_covariance(const double *covariance, dicrec__component *component) {
  if (!(covariance[0] > 0.0 && covariance[3] > 0.0 && covariance[1] == covariance[2])) return false;
  component->l11 = sqrt(covariance[0]);
  component->l21 = covariance[1] / component->l11;
  const double rest = covariance[3] - component->l21 * component->l21;
  component->l22 = rest > 0.0 ? sqrt(rest) : 0.0;
  return rest > 0.0 && isfinite(covariance[0]) && isfinite(covariance[3]);
}

static dicrec_status read_noise(dicrec_context *context, const dicrec_mixture *mixture, size_t k,
                                dicrec__noise_part *noise) {
  *noise = (dicrec__noise_part){.noiseless = 1.0, .deviation = 1.0};
  if (mixture->noiseless == NULL) return DICREC_OK;
  *noise = (dicrec__noise_part){mixture->noiseless[k], mixture->log_noise_means[k], mixture->log_noise_stds[k]};
  if (!(noise->noiseless >= 0.0 && noise->noiseless <= 1.0))
    return dicrec__fail(context, DICREC_E_RANGE, "noiseless of component %zu is %g, allowed is 0 to 1", k,
                        noise->noiseless);
  if (isfinite(noise->mean) && noise->deviation > 0.0 && isfinite(noise->deviation)) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE,
                      "the logarithm of the noise of component %zu has mean %g and standard deviation %g, allowed are "
                      "finite ones, the latter above 0",
                      k, noise->mean, noise->deviation);
}

static dicrec_status read_component(dicrec_context *context, const dicrec_mixture *mixture, size_t k,
                                    dicrec__component *component) {
  const double *mean = mixture->means + N_DICS * k, *covariance = mixture->covariances + N_DICS * N_DICS * k;
  component->weight = mixture->weights[k];
  memcpy(component->mean, mean, sizeof component->mean);
  if (!(component->weight > 0.0) || !isfinite(component->weight))
    return dicrec__fail(context, DICREC_E_RANGE, "the weight of component %zu is %g, allowed are positive ones", k,
                        component->weight);
  if (!(fabs(mean[0]) <= DICREC_MAX_DIC && fabs(mean[1]) <= DICREC_MAX_DIC))
    return dicrec__fail(context, DICREC_E_RANGE, "the mean of component %zu is %g, %g, allowed is -%g to %g", k,
                        mean[0], mean[1], DICREC_MAX_DIC, DICREC_MAX_DIC);
  if (!read_covariance(covariance, component))
    return dicrec__fail(context, DICREC_E_RANGE,
                        "the covariance of component %zu is %g, %g; %g, %g, allowed are positive definite ones", k,
                        covariance[0], covariance[1], covariance[2], covariance[3]);
  return read_noise(context, mixture, k, &component->noise);
}

/* Arguments that contradict each other. */
static dicrec_status check_arrays(dicrec_context *context, const dicrec_mixture *m) {
  if (m->n_dics != N_DICS)
    return dicrec__fail(context, DICREC_E_RANGE, "n_dics is %d, allowed is %d", (int)m->n_dics, N_DICS);
  if (m->n_components < 1 || m->n_components > DICREC__MAX_COMPONENTS)
    return dicrec__fail(context, DICREC_E_RANGE, "n_components is %llu, allowed is 1 to %d",
                        (unsigned long long)m->n_components, DICREC__MAX_COMPONENTS);
  if (m->weights == NULL || m->means == NULL || m->covariances == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "weights, means or covariances is NULL");
  if (m->noiseless != NULL && (m->log_noise_means == NULL || m->log_noise_stds == NULL))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "noiseless is set, but log_noise_means or log_noise_stds is NULL");
  if (m->time_scale == 0.0 || (m->time_scale >= DICREC_TIME_SCALE_LEAST && m->time_scale <= DICREC_TIME_SCALE_MOST))
    return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "time_scale is %g, allowed is %g to %g", m->time_scale,
                      DICREC_TIME_SCALE_LEAST, (double)DICREC_TIME_SCALE_MOST);
}

static dicrec_status fill(dicrec_context *context, const dicrec_mixture *m, dicrec_posterior *posterior) {
  double sum = 0.0;
  dicrec_status status = DICREC_OK;
  posterior->mixture.n = (size_t)m->n_components;
  for (size_t k = 0; k < posterior->mixture.n && status == DICREC_OK; ++k) {
    status = read_component(context, m, k, &posterior->components[k]);
    sum += posterior->components[k].weight;
  }
  for (size_t k = 0; k < posterior->mixture.n && status == DICREC_OK; ++k) {
    posterior->components[k].weight /= sum;
    posterior->components[k].log_weight = log(fmax(posterior->components[k].weight, 1e-300));
  }
  if (status == DICREC_OK && !dicrec__posterior_reaches_range(posterior))
    status = dicrec__fail(context, DICREC_E_RANGE, "nothing of the mixture lies in its ranges");
  posterior->activity = -1;
  posterior->support = 1.0;
  posterior->time_scale = m->time_scale == 0.0 ? 1.0 : m->time_scale;
  for (int side = 0; side < 2; ++side) posterior->time_scale_interval[side] = posterior->time_scale;
  return status;
}

dicrec_status dicrec_posterior_create(dicrec_context *context, const dicrec_mixture *mixture,
                                      dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (mixture == NULL || posterior == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the mixture or the result is NULL");
  dicrec_mixture known = {0};
  dicrec__target target = {0};
  dicrec_posterior *made = NULL;
  dicrec_status status = dicrec__options_read(context, "dicrec_mixture", mixture, &known, sizeof known);
  if (status == DICREC_OK) status = check_arrays(context, &known);
  if (status == DICREC_OK) status = read_ranges(context, &known, &target);
  if (status == DICREC_OK) status = dicrec__posterior_create(context, &target, (size_t)known.n_components, 0, &made);
  if (status == DICREC_OK) status = fill(context, &known, made);
  if (status == DICREC_OK) *posterior = made;
  else dicrec_posterior_free(made);
  return status;
}

dicrec_status dicrec_posterior_create_at(dicrec_context *context, const double *parameters, size_t n_parameters,
                                         dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (parameters == NULL || posterior == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the parameters or the result is NULL");
  if (n_parameters != N_DICS && n_parameters != N_DICS + 1)
    return dicrec__fail(context, DICREC_E_RANGE, "n_parameters is %zu, allowed are %d and %d", n_parameters, N_DICS,
                        N_DICS + 1);
  const double noise_std = n_parameters > N_DICS ? parameters[N_DICS] : 0.0;
  if (noise_std != 0.0 && !(noise_std >= default_noise_range[0] && noise_std <= default_noise_range[1]))
    return dicrec__fail(context, DICREC_E_RANGE, "noise_std is %g, allowed is 0 or %g to %g uA/cm2", noise_std,
                        default_noise_range[0], default_noise_range[1]);
  double covariance[N_DICS * N_DICS] = {0.0}, weight = 1.0, noiseless = noise_std == 0.0 ? 1.0 : 0.0;
  double log_noise = noise_std == 0.0 ? 0.0 : log(noise_std), log_noise_std = sure_within, dics[N_DICS];
  for (size_t axis = 0; axis < N_DICS; ++axis) {
    const double deviation = sure_within * fmax(fabs(parameters[axis]), 1.0);
    dics[axis] = parameters[axis];
    covariance[axis * N_DICS + axis] = isfinite(deviation) ? deviation * deviation : 1.0; /* the mean is refused */
  }
  dicrec_mixture mixture;
  dicrec_mixture_init(&mixture, sizeof mixture);
  mixture.n_components = 1;
  mixture.weights = &weight;
  mixture.means = dics;
  mixture.covariances = covariance;
  mixture.noiseless = &noiseless;
  mixture.log_noise_means = &log_noise;
  mixture.log_noise_stds = &log_noise_std;
  return dicrec_posterior_create(context, &mixture, posterior);
}

size_t dicrec_posterior_component_count(const dicrec_posterior *posterior) {
  return posterior == NULL ? 0 : posterior->mixture.n;
}

static void write_number(double *array, size_t at, double number) {
  if (array != NULL) array[at] = number;
}

static void write_component(const dicrec__component *c, size_t k, const dicrec_mixture *to) {
  const double covariance[] = {c->l11 * c->l11, c->l11 * c->l21, c->l11 * c->l21, c->l21 * c->l21 + c->l22 * c->l22};
  write_number(to->weights, k, c->weight);
  for (size_t i = 0; i < N_DICS; ++i) write_number(to->means, N_DICS * k + i, c->mean[i]);
  for (size_t i = 0; i < N_DICS * N_DICS; ++i) write_number(to->covariances, N_DICS * N_DICS * k + i, covariance[i]);
  write_number(to->noiseless, k, c->noise.noiseless);
  write_number(to->log_noise_means, k, c->noise.mean);
  write_number(to->log_noise_stds, k, c->noise.deviation);
}

dicrec_status dicrec_posterior_copy_mixture(const dicrec_posterior *posterior, dicrec_mixture *mixture) {
  if (posterior == NULL || mixture == NULL) return DICREC_E_ARGUMENT;
  dicrec_mixture known = {0};
  const dicrec_status status = dicrec__options_read(NULL, "dicrec_mixture", mixture, &known, sizeof known);
  if (status != DICREC_OK || known.n_dics != N_DICS) return DICREC_E_ARGUMENT;
  if (known.n_components < posterior->mixture.n) return DICREC_E_BUFFER;
  for (size_t k = 0; k < posterior->mixture.n; ++k) write_component(&posterior->components[k], k, &known);
  for (size_t i = 0; i < 2 * N_DICS; ++i) write_number(known.dic_ranges, i, posterior->range[i / 2][i % 2]);
  for (size_t i = 0; i < 2; ++i) write_number(known.noise_range, i, exp(posterior->log_noise[i]));
  known.n_components = posterior->mixture.n;
  known.time_scale = posterior->time_scale;
  return dicrec__struct_copy(&known, sizeof known, mixture);
}
