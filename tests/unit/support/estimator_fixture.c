/* SPDX-License-Identifier: MIT */
#include "support/estimator_fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

dicrec_estimator *estimator;
made_weights made;

void estimator_setup(void) {
  fixture_setup();
  make_weights(&made, 1);
  estimator = make_estimator(stg, &made);
}

void estimator_teardown(void) {
  dicrec_estimator_free(estimator);
  made_weights_free(&made);
  fixture_teardown();
}

void remake_estimator(void) {
  dicrec_estimator_free(estimator);
  estimator = make_estimator(stg, &made);
}

void weights_answer(const made_weights *weights, const dicrec_model *model, dicrec_status expected, const char *word) {
  size_t size;
  unsigned char *bytes = made_bytes(weights, dicrec_model_name(model), &size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = bytes;
  options.weights_size = size;
  dicrec_estimator *created = (dicrec_estimator *)1;
  answers(dicrec_estimator_create(context, model, &options, &created), expected);
  ck_assert((created != NULL) == (expected == DICREC_OK));
  ck_assert_msg(word == NULL || strstr(error_text(), word) != NULL, "'%s' is not in: %s", word, error_text());
  dicrec_estimator_free(created);
  free(bytes);
}

dicrec_spikes *make_train(size_t n, double stretch) {
  double *times = malloc((n + 1) * sizeof *times), now = 3.0;
  for (size_t i = 0; i < n; ++i) {
    times[i] = now;
    now += stretch * (i % 5 == 4 ? 150.0 + 20.0 * sin((double)i) : 12.0 + 3.0 * cos(1.7 * (double)i));
  }
  dicrec_spikes *spikes = NULL;
  ck_assert_int_eq(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
  free(times);
  return spikes;
}

dicrec_posterior *run(const dicrec_spikes *spikes, int32_t auto_scale, double time_scale) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.auto_scale = auto_scale;
  options.time_scale = time_scale;
  options.support_limit = 0.0;
  dicrec_posterior *posterior = NULL;
  ck_assert_int_eq(dicrec_estimate(context, estimator, spikes, &options, &posterior), DICREC_OK);
  return posterior;
}

/* None, or inside the range of the made weights, whose ends are single numbers. */
static void check_noise_std(double noise_std) {
  ck_assert(noise_std == 0.0 || (noise_std > 0.0299999 && noise_std < 30.0001));
}

static void check_noise(const dicrec_posterior *posterior) {
  const double none = dicrec_posterior_noiseless_probability(posterior);
  double quantile, sample[4], before = 0.0;
  ck_assert(none >= 0.0 && none <= 1.0);
  for (int i = 1; i < 10; ++i, before = quantile) {
    answers(noise_std_quantile(posterior, 0.1 * i, &quantile), DICREC_OK);
    check_noise_std(quantile);
    ck_assert_double_ge(quantile, before);
  }
  answers(sample_noise_std(posterior, 1, 4, sample), DICREC_OK);
  for (int i = 0; i < 4; ++i) check_noise_std(sample[i]);
}

void check_finite(const dicrec_posterior *posterior) {
  double mean[2], covariance[4], quantiles[2], sample[2], log_density, classes[4], interval[2], total = 0.0;
  dicrec_posterior_moments(posterior, 2, mean, covariance);
  dicrec_posterior_quantile(posterior, 0.5, 2, quantiles);
  dicrec_posterior_sample(posterior, 1, 1, 2, sample);
  dicrec_posterior_log_density(posterior, quantiles, 1, 2, &log_density);
  for (int i = 0; i < 2; ++i) ck_assert(isfinite(mean[i]) && isfinite(quantiles[i]) && isfinite(sample[i]));
  for (int i = 0; i < 4; ++i) ck_assert(isfinite(covariance[i]));
  ck_assert(isfinite(log_density));
  answers(dicrec_posterior_class_probabilities(posterior, 4, classes), DICREC_OK);
  for (int k = 0; k < 4; ++k) {
    ck_assert(classes[k] >= 0.0 && classes[k] <= 1.0);
    total += classes[k];
  }
  ck_assert_double_eq_tol(total, 1.0, 1e-12);
  answers(dicrec_posterior_time_scale_interval(posterior, interval), DICREC_OK);
  ck_assert(interval[0] > 0.0 && interval[0] <= dicrec_posterior_time_scale(posterior));
  ck_assert(interval[1] >= dicrec_posterior_time_scale(posterior) && isfinite(interval[1]));
  check_noise(posterior);
  ck_assert_double_ge(dicrec_posterior_support(posterior), 0.0);
  ck_assert_double_le(dicrec_posterior_support(posterior), 1.0);
}

/* Of probabilities, and of logarithms. */
static double noise_difference(const dicrec_posterior *a, const dicrec_posterior *b) {
  const double none[2] = {dicrec_posterior_noiseless_probability(a), dicrec_posterior_noiseless_probability(b)};
  double worst = fabs(none[0] - none[1]);
  for (double p = 0.1; p < 1.0; p += 0.2) {
    double quantiles[2] = {0.0, 0.0};
    noise_std_quantile(a, p, &quantiles[0]);
    noise_std_quantile(b, p, &quantiles[1]);
    if (quantiles[0] > 0.0 && quantiles[1] > 0.0) worst = fmax(worst, fabs(log(quantiles[0] / quantiles[1])));
  }
  return worst;
}

double posterior_difference(const dicrec_posterior *a, const dicrec_posterior *b) {
  double mean[2][2], covariance[2][4], classes[2][4], quantiles[2][2];
  const dicrec_posterior *const both[2] = {a, b};
  for (int i = 0; i < 2; ++i) {
    check_finite(both[i]);
    dicrec_posterior_moments(both[i], 2, mean[i], covariance[i]);
    dicrec_posterior_class_probabilities(both[i], 4, classes[i]);
    dicrec_posterior_quantile(both[i], 0.3, 2, quantiles[i]);
  }
  ck_assert_int_eq(dicrec_posterior_activity(a), dicrec_posterior_activity(b));
  ck_assert_double_eq(dicrec_posterior_time_scale(a), dicrec_posterior_time_scale(b));
  double worst = fabs(dicrec_posterior_support(a) - dicrec_posterior_support(b));
  for (int k = 0; k < 2; ++k) {
    const double spread = sqrt(covariance[0][3 * k]);
    worst = fmax(worst, fabs(mean[0][k] - mean[1][k]) / spread);
    worst = fmax(worst, fabs(quantiles[0][k] - quantiles[1][k]) / spread);
    worst = fmax(worst, fabs(covariance[0][3 * k] / covariance[1][3 * k] - 1.0));
  }
  for (int k = 0; k < 4; ++k) worst = fmax(worst, fabs(classes[0][k] - classes[1][k]));
  return fmax(worst, noise_difference(a, b));
}

dicrec_status noise_std_quantile(const dicrec_posterior *posterior, double p, double *noise_std) {
  double quantiles[3];
  const dicrec_status status = dicrec_posterior_quantile(posterior, p, 3, noise_std == NULL ? NULL : quantiles);
  if (status == DICREC_OK && noise_std != NULL) *noise_std = quantiles[2];
  return status;
}

dicrec_status sample_noise_std(const dicrec_posterior *posterior, uint64_t seed, size_t n, double *noise_std) {
  static double samples[3 * 100000];
  if (n > 100000) return DICREC_E_BUFFER;
  const dicrec_status status = dicrec_posterior_sample(posterior, seed, n, 3, noise_std == NULL ? NULL : samples);
  for (size_t i = 0; i < n && status == DICREC_OK && noise_std != NULL; ++i) noise_std[i] = samples[3 * i + 2];
  return status;
}
