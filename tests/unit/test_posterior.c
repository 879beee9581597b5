/* SPDX-License-Identifier: MIT */
/** @file test_posterior.c Posteriors: quantiles, samples, density, classes. */
#include <math.h>
#include <string.h>

#include "estimator/posterior.h"
#include "estimator/truncated.h"
#include "estimator_fixture.h"

Suite *posterior_suite(void);

START_TEST(quantiles_invert_the_distribution) {
  static const double p[] = {1e-9, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.99, 1.0 - 1e-9};
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  const dicrec_posterior *seen = posterior;
  for (size_t i = 0; i < sizeof p / sizeof p[0]; ++i) {
    double quantiles[2];
    ck_assert_int_eq(dicrec_posterior_quantile(posterior, p[i], quantiles), DICREC_OK);
    for (int axis = 0; axis < 2; ++axis) {
      const double x = quantiles[axis];
      ck_assert_double_eq_tol(dicrec__truncated_cdf(&seen->mixture, seen->range, axis, x), p[i], 1e-13);
      ck_assert(x > posterior->range[axis][0] && x < posterior->range[axis][1]);
    }
  }
  double unused[2];
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 0.0, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 1.0, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, (double)NAN, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(NULL, 0.5, unused), DICREC_E_ARGUMENT);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(samples_have_the_moments) {
  enum { n = 200000 };
  static double samples[2 * n], again[6];
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  double mean[2], covariance[4], m[2] = {0}, c[4] = {0};
  dicrec_posterior_moments(posterior, mean, covariance);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, n, samples), DICREC_OK);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, 3, again), DICREC_OK);
  ck_assert_mem_eq(samples, again, sizeof again);
  for (int i = 0; i < n; ++i)
    for (int a = 0; a < 2; ++a) {
      m[a] += samples[2 * i + a] / n;
      for (int b = 0; b < 2; ++b) c[2 * a + b] += (samples[2 * i + a] - mean[a]) * (samples[2 * i + b] - mean[b]) / n;
    }
  const double widest = fmax(covariance[0], covariance[3]);
  for (int a = 0; a < 2; ++a) ck_assert_double_eq_tol(m[a], mean[a], 0.02 * sqrt(widest));
  for (int a = 0; a < 4; ++a) ck_assert_double_eq_tol(c[a], covariance[a], 0.05 * widest);
  for (int i = 0; i < n; ++i) {
    ck_assert(samples[2 * i] > -20.0 && samples[2 * i] < 20.0); /* none piles up on the edge */
    ck_assert(samples[2 * i + 1] > 0.0 && samples[2 * i + 1] < 20.0);
  }
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(density_integrates_to_one) {
  enum { n = 600 };
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  double total = 0.0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      const double point[2] = {-20.0 + 40.0 * (i + 0.5) / n, 20.0 * (j + 0.5) / n};
      double log_density;
      ck_assert_int_eq(dicrec_posterior_log_density(posterior, point, 1, &log_density), DICREC_OK);
      total += exp(log_density) * 800.0 / n / n;
    }
  ck_assert_double_eq_tol(total, 1.0, 1e-4);
  const double far[2] = {1e300, -1e300}, bad[2] = {0.0, (double)NAN};
  double log_density;
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, far, 1, &log_density), DICREC_OK);
  ck_assert(log_density < -1e100);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, bad, 1, &log_density), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 1, &log_density), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 0, NULL), DICREC_OK);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(getters_refuse_null) {
  double numbers[4];
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  answers(dicrec_posterior_class_probabilities(NULL, numbers), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_class_probabilities(posterior, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_time_scale_interval(NULL, numbers), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_time_scale_interval(posterior, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_moments(NULL, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_sample(NULL, 0, 0, NULL), DICREC_E_ARGUMENT);
  ck_assert(isnan(dicrec_posterior_time_scale(NULL)));
  dicrec_posterior_free(NULL);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

static void set_classes(dicrec_posterior *posterior, const float *logits, double probabilities[4]) {
  const dicrec__target target = {{0, 0}, {1, 1}, {{-1, 1}, {-1, 1}}};
  const float head[6] = {0};
  const dicrec__reading reading = {.head = head, .classes = logits, .n_components = 1, .time_scale = 1.0};
  dicrec__posterior_set(posterior, &target, &reading);
  dicrec_posterior_class_probabilities(posterior, probabilities);
}

START_TEST(hard_logits_have_probabilities) {
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  double p[4];
  set_classes(posterior, (const float[]){3e38F, -3e38F, 0.0F, 3e38F}, p);
  ck_assert(p[0] == 0.5 && p[1] == 0.0 && p[2] == 0.0 && p[3] == 0.5);
  set_classes(posterior, (const float[]){-3e38F, -3e38F, -3e38F, -3e38F}, p);
  for (int k = 0; k < 4; ++k) ck_assert_double_eq(p[k], 0.25);
  set_classes(posterior, (const float[]){NAN, 1.0F, 2.0F, 3.0F}, p);
  for (int k = 0; k < 4; ++k) ck_assert_double_eq(p[k], 0.25);
  set_classes(posterior, (const float[]){0.0F, 1.0F, INFINITY, 3.0F}, p);
  for (int k = 0; k < 4; ++k) ck_assert_double_eq(p[k], 0.25);
  set_classes(posterior, NULL, p);
  ck_assert(p[0] == 1.0 && p[1] == 0.0 && p[2] == 0.0 && p[3] == 0.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

Suite *posterior_suite(void) {
  Suite *suite = suite_create("posterior");
  TCase *tests = tcase_create("posterior");
  tcase_add_checked_fixture(tests, estimator_setup, estimator_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, quantiles_invert_the_distribution);
  tcase_add_test(tests, samples_have_the_moments);
  tcase_add_test(tests, density_integrates_to_one);
  tcase_add_test(tests, getters_refuse_null);
  tcase_add_test(tests, hard_logits_have_probabilities);
  suite_add_tcase(suite, tests);
  return suite;
}
