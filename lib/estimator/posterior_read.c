/* SPDX-License-Identifier: MIT */
/** @file posterior_read.c Numbers of a posterior: moments, quantiles, density, samples, classes. */
#include <math.h>
#include <string.h>

#include "dicrec/dic.h"
#include "estimator/noise_law.h"
#include "estimator/posterior.h"
#include "estimator/truncated.h"
#include "estimator/truncated_moments.h"

/** Parameters in their order, which never changes; what is new comes last. */
enum { G_S, G_U, NOISE_STD, N_PARAMETERS, N_DICS = NOISE_STD };

size_t dicrec_posterior_parameter_count(const dicrec_posterior *posterior) {
  return posterior == NULL ? 0 : N_PARAMETERS;
}

const char *dicrec_posterior_parameter_name(const dicrec_posterior *posterior, size_t parameter) {
  if (parameter >= dicrec_posterior_parameter_count(posterior)) return NULL;
  return parameter == NOISE_STD ? "noise_std" : dicrec_dic_name(DICREC_DIC_SLOW + parameter);
}

static bool has_columns(size_t n_parameters, size_t least) {
  return n_parameters >= least && n_parameters <= N_PARAMETERS;
}

static dicrec__noise_law marginal_noise(const dicrec_posterior *posterior) {
  dicrec__noise_law law;
  dicrec__noise_law_marginal(&law, &posterior->mixture, posterior->range, posterior->log_noise);
  return law;
}

dicrec_status dicrec_posterior_moments(const dicrec_posterior *posterior, size_t n_parameters, double *mean,
                                       double *covariance) {
  if (posterior == NULL) return DICREC_E_ARGUMENT;
  if (!has_columns(n_parameters, 1)) return DICREC_E_RANGE;
  double first[N_PARAMETERS], dics[N_DICS * N_DICS], second[N_PARAMETERS][N_PARAMETERS] = {{0}};
  dicrec__truncated_moments(&posterior->mixture, posterior->range, first, dics);
  for (size_t i = 0; i < N_DICS * N_DICS; ++i) second[i / N_DICS][i % N_DICS] = dics[i];
  if (n_parameters > NOISE_STD)
    dicrec__noise_moments(&posterior->mixture, posterior->range, posterior->log_noise, first, second[NOISE_STD]);
  for (size_t i = 0; i < NOISE_STD; ++i) second[i][NOISE_STD] = second[NOISE_STD][i];
  if (mean != NULL) memcpy(mean, first, n_parameters * sizeof *mean);
  for (size_t i = 0; i < n_parameters && covariance != NULL; ++i)
    memcpy(covariance + i * n_parameters, second[i], n_parameters * sizeof *covariance);
  return DICREC_OK;
}

dicrec_status dicrec_posterior_quantile(const dicrec_posterior *posterior, double p, size_t n_parameters,
                                        double *quantiles) {
  if (posterior == NULL || quantiles == NULL) return DICREC_E_ARGUMENT;
  if (!has_columns(n_parameters, 1) || !(p > 0.0 && p < 1.0)) return DICREC_E_RANGE;
  for (size_t axis = 0; axis < N_DICS && axis < n_parameters; ++axis)
    quantiles[axis] = dicrec__truncated_quantile(&posterior->mixture, posterior->range, (int)axis, p);
  if (n_parameters <= NOISE_STD) return DICREC_OK;
  const dicrec__noise_law law = marginal_noise(posterior);
  quantiles[NOISE_STD] = dicrec__noise_law_quantile(&law, p);
  return DICREC_OK;
}

static double log_density_at(const dicrec_posterior *posterior, const double *point, size_t n_parameters) {
  double log_density;
  dicrec__truncated_log_density(&posterior->mixture, posterior->range, point, 1, &log_density);
  if (n_parameters <= NOISE_STD || !isfinite(log_density)) return log_density;
  dicrec__noise_law law;
  dicrec__noise_law_given(&law, &posterior->mixture, posterior->log_noise, point);
  const double of_noise = dicrec__noise_law_density(&law, point[NOISE_STD]);
  return of_noise > 0.0 ? log_density + log(of_noise) : -(double)INFINITY;
}

dicrec_status dicrec_posterior_log_density(const dicrec_posterior *posterior, const double *points, size_t n,
                                           size_t n_parameters, double *log_density) {
  if (posterior == NULL || (n > 0 && (points == NULL || log_density == NULL))) return DICREC_E_ARGUMENT;
  if (!has_columns(n_parameters, N_DICS)) return DICREC_E_RANGE;
  for (size_t i = 0; i < n * n_parameters; ++i)
    if (!isfinite(points[i])) return DICREC_E_RANGE;
  if (n_parameters == N_DICS)
    dicrec__truncated_log_density(&posterior->mixture, posterior->range, points, n, log_density);
  else
    for (size_t i = 0; i < n; ++i) log_density[i] = log_density_at(posterior, points + i * n_parameters, n_parameters);
  return DICREC_OK;
}

dicrec_status dicrec_posterior_sample(const dicrec_posterior *posterior, uint64_t seed, size_t n, size_t n_parameters,
                                      double *samples) {
  if (posterior == NULL || (n > 0 && samples == NULL)) return DICREC_E_ARGUMENT;
  if (!has_columns(n_parameters, N_DICS)) return DICREC_E_RANGE;
  for (size_t i = 0; i < n; ++i) {
    double *sample = samples + i * n_parameters;
    dicrec__posterior_sample_at(posterior, seed, i, sample);
    if (n_parameters > NOISE_STD) sample[NOISE_STD] = dicrec__posterior_noise_at(posterior, seed, i, sample);
  }
  return DICREC_OK;
}

double dicrec_posterior_noiseless_probability(const dicrec_posterior *posterior) {
  if (posterior == NULL) return (double)NAN;
  const dicrec__noise_law law = marginal_noise(posterior);
  return dicrec__noise_law_noiseless(&law);
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

dicrec_status dicrec_posterior_class_probabilities(const dicrec_posterior *posterior, size_t n_classes,
                                                   double *probabilities) {
  if (posterior == NULL || probabilities == NULL || posterior->activity < 0) return DICREC_E_ARGUMENT;
  if (n_classes < 1 || n_classes > DICREC__N_CLASSES) return DICREC_E_RANGE;
  memcpy(probabilities, posterior->classes, n_classes * sizeof *probabilities);
  return DICREC_OK;
}
