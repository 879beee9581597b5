/* SPDX-License-Identifier: MIT */
/** @file test_posterior.c Posteriors: quantiles, samples, density, classes. */
#include <math.h>
#include <string.h>

#include "estimator/posterior.h"
#include "estimator/truncated.h"
#include "support/estimator_fixture.h"

Suite *posterior_suite(void);

START_TEST(posterior_quantiles_invert_the_distribution) {
  static const double p[] = {1e-9, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.99, 1.0 - 1e-9};
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  const dicrec_posterior *seen = posterior;
  for (size_t i = 0; i < sizeof p / sizeof p[0]; ++i) {
    double quantiles[2];
    ck_assert_int_eq(dicrec_posterior_quantile(posterior, p[i], 2, quantiles), DICREC_OK);
    for (int axis = 0; axis < 2; ++axis) {
      const double x = quantiles[axis];
      ck_assert_double_eq_tol(dicrec__truncated_cdf(&seen->mixture, seen->range, axis, x), p[i], 1e-13);
      ck_assert(x > posterior->range[axis][0] && x < posterior->range[axis][1]);
    }
  }
  double unused[2];
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 0.0, 2, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 1.0, 2, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, (double)NAN, 2, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(NULL, 0.5, 2, unused), DICREC_E_ARGUMENT);
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
  dicrec_posterior_moments(posterior, 2, mean, covariance);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, n, 2, samples), DICREC_OK);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, 3, 2, again), DICREC_OK);
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
      ck_assert_int_eq(dicrec_posterior_log_density(posterior, point, 1, 2, &log_density), DICREC_OK);
      total += exp(log_density) * 800.0 / n / n;
    }
  ck_assert_double_eq_tol(total, 1.0, 1e-4);
  const double far[2] = {1e300, -1e300}, bad[2] = {0.0, (double)NAN};
  double log_density;
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, far, 1, 2, &log_density), DICREC_OK);
  ck_assert(log_density < -1e100);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, bad, 1, 2, &log_density), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 1, 2, &log_density), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 0, 2, NULL), DICREC_OK);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(getters_refuse_null) {
  double numbers[4];
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  answers(dicrec_posterior_class_probabilities(NULL, 4, numbers), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_class_probabilities(posterior, 4, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_time_scale_interval(NULL, numbers), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_time_scale_interval(posterior, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_moments(NULL, 2, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_sample(NULL, 0, 0, 2, NULL), DICREC_E_ARGUMENT);
  ck_assert(isnan(dicrec_posterior_time_scale(NULL)));
  dicrec_posterior_free(NULL);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

/** Weights of two equally likely neurons: at (-6, 5) without noise, at (9, 14) with the logarithm of it 0 +- 0.2. */
static void tell_of_two(void) {
  const double places[2][2] = {{-6.0, 5.0}, {9.0, 14.0}};
  made_posterior(&made, 0.0, 0.0);
  made_noise(&made, 0.0, 0.0, 0.2);
  float *bias = made_values(&made, "head.1.bias");
  for (int k = 0; k < MADE_PARTS; ++k) {
    for (int axis = 0; axis < 2; ++axis)
      bias[(1 + axis) * MADE_PARTS + k] =
          (float)((places[k % 2][axis] - (axis == 0 ? 1.0 : 9.0)) / (axis == 0 ? 5 : 3));
    bias[6 * MADE_PARTS + k] = k % 2 == 0 ? 40.0F : -40.0F;
  }
  remake_estimator();
}

/** Sample i of the DICs and sample i of the noise are of one neuron. */
START_TEST(noise_goes_with_the_samples) {
  enum { n = 20000 };
  static double samples[2 * n], noise_std[n], again[3];
  tell_of_two();
  dicrec_spikes *spikes = make_train(100, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  answers(dicrec_posterior_sample(posterior, 7, n, 2, samples), DICREC_OK);
  answers(sample_noise_std(posterior, 7, n, noise_std), DICREC_OK);
  answers(sample_noise_std(posterior, 7, 3, again), DICREC_OK);
  ck_assert(same_bytes(again, noise_std, 3));
  int n_none = 0;
  double mean = 0.0, square = 0.0;
  for (int i = 0; i < n; ++i) {
    const bool is_first = samples[2 * i] < 1.0;
    ck_assert(is_first == (noise_std[i] == 0.0));
    n_none += is_first;
    if (is_first) continue;
    mean += log(noise_std[i]);
    square += pow(log(noise_std[i]), 2.0);
  }
  ck_assert_double_eq_tol((double)n_none / n, 0.5, 0.02);
  ck_assert_double_eq_tol(mean / (n - n_none), 0.0, 0.01);
  ck_assert_double_eq_tol(sqrt(square / (n - n_none)), 0.2, 0.01);
  ck_assert_double_eq_tol(dicrec_posterior_noiseless_probability(posterior), 0.5, 1e-6);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(noise_has_quantiles) {
  enum { n = 20000 };
  static double noise_std[n];
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  answers(sample_noise_std(posterior, 3, n, noise_std), DICREC_OK);
  const double none = dicrec_posterior_noiseless_probability(posterior);
  int n_none = 0;
  for (int i = 0; i < n; ++i) n_none += noise_std[i] == 0.0;
  ck_assert_double_eq_tol((double)n_none / n, none, 0.02);
  for (double p = 0.05; p < 1.0; p += 0.1) {
    double quantile;
    int n_below = 0;
    answers(noise_std_quantile(posterior, p, &quantile), DICREC_OK);
    for (int i = 0; i < n; ++i) n_below += noise_std[i] <= quantile;
    if (p <= none) ck_assert_double_eq(quantile, 0.0);
    else ck_assert_double_eq_tol((double)n_below / n, p, 0.02);
  }
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(noise_of_bad_arguments) {
  static const double bad[] = {0.0, 1.0, -0.5, 1.5, NAN, INFINITY};
  double number = -7.0;
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    answers(noise_std_quantile(posterior, bad[i], &number), DICREC_E_RANGE);
  answers(noise_std_quantile(NULL, 0.5, &number), DICREC_E_ARGUMENT);
  answers(noise_std_quantile(posterior, 0.5, NULL), DICREC_E_ARGUMENT);
  answers(sample_noise_std(NULL, 1, 1, &number), DICREC_E_ARGUMENT);
  answers(sample_noise_std(posterior, 1, 1, NULL), DICREC_E_ARGUMENT);
  answers(sample_noise_std(posterior, 1, 0, NULL), DICREC_OK);
  ck_assert(isnan(dicrec_posterior_noiseless_probability(NULL)));
  ck_assert_double_eq(number, -7.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

/** A noise that is known tells the two neurons apart; what was given stays as it is. */
START_TEST(posteriors_given_a_noise) {
  tell_of_two();
  dicrec_spikes *spikes = make_train(100, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0), *given;
  double before[2], mean[2], after[2], density;
  dicrec_posterior_moments(posterior, 2, before, NULL);
  ck_assert_double_eq_tol(before[0], 1.5, 1e-3);
  answers(dicrec__posterior_given_noise(context, posterior, 0.0, &given, &density), DICREC_OK);
  dicrec_posterior_moments(given, 2, mean, NULL);
  ck_assert_double_eq_tol(mean[0], -6.0, 1e-3);
  ck_assert_double_eq_tol(density, 0.5, 1e-6);
  ck_assert_double_eq(dicrec_posterior_support(given), dicrec_posterior_support(posterior));
  ck_assert(given->has_code && given->n_code == MADE_LATENT && given->code != posterior->code);
  ck_assert(same_bytes(given->code, posterior->code, MADE_LATENT));
  dicrec_posterior_free(given);
  answers(dicrec__posterior_given_noise(context, posterior, 1.0, &given, &density), DICREC_OK);
  dicrec_posterior_moments(posterior, 2, after, NULL);
  ck_assert(same_bytes(before, after, 2));
  dicrec_posterior_free(posterior); /* the other does not need it */
  dicrec_posterior_moments(given, 2, mean, NULL);
  ck_assert_double_eq_tol(mean[0], 9.0, 1e-3);
  ck_assert_double_eq_tol(density, 0.5 / (0.2 * sqrt(2.0 * 3.141592653589793)), 1e-3);
  check_finite(given);
  dicrec_posterior_free(given);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(silence_has_noise_but_no_code) {
  dicrec_spikes *spikes = make_train(2, 1.0);
  dicrec_posterior *posterior;
  double numbers[8];
  answers(dicrec_estimate(context, estimator, spikes, NULL, &posterior), DICREC_W_SILENT);
  ck_assert(!posterior->has_code);
  answers(noise_std_quantile(posterior, 0.5, numbers), DICREC_OK);
  answers(sample_noise_std(posterior, 1, 8, numbers), DICREC_OK);
  const double none = dicrec_posterior_noiseless_probability(posterior);
  ck_assert(none > 0.0 && none < 1.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

static void set_classes(dicrec_posterior *posterior, const float *logits, double probabilities[4]) {
  const dicrec__target target = {{0, 0}, {1, 1}, {{-1, 1}, {-1, 1}}, {-1, 1}};
  const float head[MADE_PER_PART] = {0};
  const dicrec__reading reading = {.head = head, .classes = logits, .n_components = 1, .time_scale = 1.0};
  dicrec__posterior_set(posterior, &target, &reading);
  dicrec_posterior_class_probabilities(posterior, 4, probabilities);
}

/** Whatever a network says of the noise, it has a law; numbers that are none leave the training range. */
START_TEST(hard_noise_has_a_law) {
  static const float hard[] = {0.0F, 3e38F, -3e38F, 700.0F, -1e-38F, INFINITY, NAN};
  enum { n_hard = sizeof hard / sizeof *hard };
  const dicrec__target target = {{0, 0}, {1, 1}, {{-1, 1}, {-1, 1}}, {log(0.03), log(30.0)}};
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  memcpy(posterior->log_noise, target.log_noise, sizeof posterior->log_noise);
  memcpy(posterior->range, target.range, sizeof posterior->range);
  for (int i = 0; i < n_hard * n_hard * n_hard; ++i) {
    const float head[MADE_PER_PART] = {
        [6] = hard[i % n_hard], [7] = hard[i / n_hard % n_hard], [8] = hard[i / n_hard / n_hard]};
    const dicrec__reading reading = {
        .head = head, .n_components = 1, .time_scale = 1.0, .time_scale_interval = {1.0, 1.0}, .support = 0.5};
    dicrec__posterior_set(posterior, &target, &reading);
    check_finite(posterior);
    const bool is_sound = isfinite(head[6]) && isfinite(head[7]) && isfinite(head[8]);
    ck_assert_double_eq(dicrec_posterior_support(posterior), is_sound ? 0.5 : 0.0);
    if (!is_sound) ck_assert_double_eq_tol(dicrec_posterior_noiseless_probability(posterior), 0.25, 1e-12);
  }
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

/** What the law of base draws would be made of: all of it, or nothing. */
START_TEST(codes_that_are_not_finite_are_none) {
  const dicrec__target target = {{0, 0}, {1, 1}, {{-1, 1}, {-1, 1}}, {-1, 1}};
  const float head[MADE_PER_PART] = {0}, codes[3][MADE_LATENT] = {{1, 2, 3}, {1, INFINITY, 3}, {1, 2, NAN}};
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0);
  ck_assert(posterior->has_code);
  for (int i = 0; i < 3; ++i) {
    const dicrec__reading reading = {.head = head, .code = codes[i], .n_components = 1, .time_scale = 1.0};
    dicrec__posterior_set(posterior, &target, &reading);
    ck_assert(posterior->has_code == (i == 0));
    if (i == 0) ck_assert(same_bytes(posterior->code, codes[0], MADE_LATENT));
  }
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

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
  tcase_add_test(tests, posterior_quantiles_invert_the_distribution);
  tcase_add_test(tests, samples_have_the_moments);
  tcase_add_test(tests, density_integrates_to_one);
  tcase_add_test(tests, getters_refuse_null);
  tcase_add_test(tests, noise_goes_with_the_samples);
  tcase_add_test(tests, noise_has_quantiles);
  tcase_add_test(tests, noise_of_bad_arguments);
  tcase_add_test(tests, posteriors_given_a_noise);
  tcase_add_test(tests, silence_has_noise_but_no_code);
  tcase_add_test(tests, hard_noise_has_a_law);
  tcase_add_test(tests, codes_that_are_not_finite_are_none);
  tcase_add_test(tests, hard_logits_have_probabilities);
  suite_add_tcase(suite, tests);
  return suite;
}
