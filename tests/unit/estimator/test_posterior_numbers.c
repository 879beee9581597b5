/* SPDX-License-Identifier: MIT */
/** @file test_posterior_numbers.c Posteriors of plain numbers, and what a posterior tells of all its parameters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/estimator_fixture.h"
#include "support/fixture.h"

Suite *posterior_numbers_suite(void);

enum { N = 3 };

static double weights[N], means[N][2], covariances[N][4], noiseless[N], log_means[N], log_stds[N];
static double dic_ranges[4] = {-20.0, 20.0, 0.0, 20.0}, noise_range[2] = {0.03, 30.0};

/** A mixture of three components with noise, whose ranges cut something off. */
static dicrec_mixture usual(void) {
  static const double w[N] = {1.0, 2.0, 1.0}, mu[N][2] = {{-5, 8}, {4, 1}, {-10, 15}};
  static const double c[N][4] = {{4, 1, 1, 2}, {1, 0.2, 0.2, 3}, {9, -2, -2, 9}};
  memcpy(weights, w, sizeof w);
  memcpy(means, mu, sizeof mu);
  memcpy(covariances, c, sizeof c);
  for (int k = 0; k < N; ++k) {
    noiseless[k] = 0.3 * k;
    log_means[k] = log(0.5 * (k + 1));
    log_stds[k] = 0.4 + 0.3 * k;
  }
  dicrec_mixture mixture;
  dicrec_mixture_init(&mixture, sizeof mixture);
  mixture.n_components = N;
  mixture.weights = weights;
  mixture.means = means[0];
  mixture.covariances = covariances[0];
  mixture.dic_ranges = dic_ranges;
  mixture.noiseless = noiseless;
  mixture.log_noise_means = log_means;
  mixture.log_noise_stds = log_stds;
  mixture.noise_range = noise_range;
  mixture.time_scale = 2.5;
  return mixture;
}

static dicrec_posterior *create(const dicrec_mixture *mixture) {
  dicrec_posterior *posterior = NULL;
  answers(dicrec_posterior_create(context, mixture, &posterior), DICREC_OK);
  return posterior;
}

START_TEST(what_is_copied_out_makes_the_same) {
  dicrec_mixture mixture = usual();
  dicrec_posterior *a = create(&mixture);
  ck_assert_uint_eq(dicrec_posterior_component_count(a), N);
  mixture.time_scale = 0.0;
  memset(weights, 0, sizeof weights);
  answers(dicrec_posterior_copy_mixture(a, &mixture), DICREC_OK);
  ck_assert_double_eq(mixture.time_scale, 2.5);
  ck_assert_double_eq_tol(weights[1], 0.5, 1e-15);
  dicrec_posterior *b = create(&mixture);
  double of_a[30], of_b[30];
  answers(dicrec_posterior_sample(a, 1, 10, 3, of_a), DICREC_OK);
  answers(dicrec_posterior_sample(b, 1, 10, 3, of_b), DICREC_OK);
  for (int i = 0; i < 30; ++i) ck_assert_double_eq_tol(of_a[i], of_b[i], 1e-9);
  ck_assert_double_eq(dicrec_posterior_support(a), 1.0);
  ck_assert_int_eq(dicrec_posterior_activity(a), -1);
  double classes[4];
  answers(dicrec_posterior_class_probabilities(a, 4, classes), DICREC_E_ARGUMENT); /* not known */
  dicrec_posterior_free(a);
  dicrec_posterior_free(b);
}
END_TEST

/* Also of networks' posteriors, by somebody who wants the weights alone. */
START_TEST(arrays_may_be_left_out) {
  dicrec_mixture mixture = usual(), asked;
  dicrec_posterior *posterior = create(&mixture);
  double copied[N];
  dicrec_mixture_init(&asked, sizeof asked);
  asked.n_components = N - 1;
  asked.weights = copied;
  answers(dicrec_posterior_copy_mixture(posterior, &asked), DICREC_E_BUFFER);
  asked.n_components = 64;
  answers(dicrec_posterior_copy_mixture(posterior, &asked), DICREC_OK);
  ck_assert_uint_eq(asked.n_components, N);
  ck_assert_double_eq_tol(copied[0] + copied[1] + copied[2], 1.0, 1e-15);
  dicrec_posterior_free(posterior);
}
END_TEST

/* Means and covariances of all three parameters, against samples. */
START_TEST(moments_are_those_of_samples) {
  enum { SAMPLES = 40000 };
  const dicrec_mixture mixture = usual();
  dicrec_posterior *posterior = create(&mixture);
  double mean[3], covariance[9], dics[2], first[3] = {0}, second[9] = {0};
  double *samples = malloc(SAMPLES * 3 * sizeof *samples);
  answers(dicrec_posterior_moments(posterior, 3, mean, covariance), DICREC_OK);
  answers(dicrec_posterior_moments(posterior, 2, dics, NULL), DICREC_OK);
  ck_assert(same_bytes(mean, dics, 2));
  answers(dicrec_posterior_sample(posterior, 5, SAMPLES, 3, samples), DICREC_OK);
  for (int i = 0; i < SAMPLES; ++i)
    for (int k = 0; k < 3; ++k) first[k] += samples[3 * i + k] / SAMPLES;
  for (int i = 0; i < SAMPLES; ++i)
    for (int k = 0; k < 9; ++k)
      second[k] += (samples[3 * i + k / 3] - first[k / 3]) * (samples[3 * i + k % 3] - first[k % 3]) / SAMPLES;
  for (int k = 0; k < 3; ++k) ck_assert_double_eq_tol(first[k], mean[k], 5.0 * sqrt(covariance[4 * k] / SAMPLES));
  for (int k = 0; k < 9; ++k) {
    const double scale = sqrt(covariance[4 * (k / 3)] * covariance[4 * (k % 3)]);
    ck_assert_double_eq_tol(second[k], covariance[k], 0.05 * scale);
    ck_assert_double_eq(covariance[k], covariance[3 * (k % 3) + k / 3]);
  }
  free(samples);
  dicrec_posterior_free(posterior);
}
END_TEST

/* Over all noise, none included, the joint density sums to that of the DICs. */
START_TEST(the_joint_density_sums_to_the_marginal) {
  enum { STEPS = 4000 };
  const dicrec_mixture mixture = usual();
  dicrec_posterior *posterior = create(&mixture);
  double point[3] = {-4.0, 7.0, 0.0}, marginal, joint;
  answers(dicrec_posterior_log_density(posterior, point, 1, 2, &marginal), DICREC_OK);
  answers(dicrec_posterior_log_density(posterior, point, 1, 3, &joint), DICREC_OK);
  double sum = exp(joint);
  const double low = log(noise_range[0]), width = log(noise_range[1] / noise_range[0]) / STEPS;
  for (int i = 0; i < STEPS; ++i) {
    point[2] = exp(low + width * (i + 0.5));
    answers(dicrec_posterior_log_density(posterior, point, 1, 3, &joint), DICREC_OK);
    sum += exp(joint) * width * point[2];
  }
  ck_assert_double_eq_tol(sum / exp(marginal), 1.0, 1e-5);
  point[2] = 31.0;
  answers(dicrec_posterior_log_density(posterior, point, 1, 3, &joint), DICREC_OK);
  ck_assert(joint == -(double)INFINITY);
  dicrec_posterior_free(posterior);
}
END_TEST

START_TEST(a_target_is_a_sure_posterior) {
  const double wanted[3] = {-5.0, 1000.0, 2.0};
  for (size_t n = 2; n <= 3; ++n) {
    dicrec_posterior *posterior;
    double quantiles[3], samples[4 * 3];
    answers(dicrec_posterior_create_at(context, wanted, n, &posterior), DICREC_OK);
    answers(dicrec_posterior_quantile(posterior, 0.5, 3, quantiles), DICREC_OK);
    answers(dicrec_posterior_sample(posterior, 3, 4, 3, samples), DICREC_OK);
    for (size_t i = 0; i < 15; ++i) {
      const double target = i % 3 < n ? wanted[i % 3] : 0.0;
      ck_assert_double_eq_tol(i < 12 ? samples[i] : quantiles[i - 12], target, 1e-8 * fmax(1.0, fabs(target)));
    }
    dicrec_posterior_free(posterior);
  }
}
END_TEST

static void refused(const dicrec_mixture *mixture, dicrec_status expected) {
  dicrec_posterior *posterior = NULL;
  answers(dicrec_posterior_create(context, mixture, &posterior), expected);
  ck_assert_ptr_null(posterior);
  ck_assert_uint_gt(dicrec_context_error(context, NULL, 0), 0);
}

#define REFUSED(change, expected)                                                                                      \
  do {                                                                                                                 \
    dicrec_mixture mixture = usual();                                                                                  \
    change;                                                                                                            \
    refused(&mixture, expected);                                                                                       \
  } while (0)

START_TEST(bad_numbers_are_refused) {
  static double bad_range[4] = {5.0, 5.0, 0.0, 20.0}, far_range[4] = {100.0, 101.0, 100.0, 101.0},
                no_noise[2] = {0.0, 1.0};
  REFUSED(mixture.struct_size = 4, DICREC_E_OPTION);
  REFUSED(mixture.n_dics = 3, DICREC_E_RANGE);
  REFUSED(mixture.n_components = 0, DICREC_E_RANGE);
  REFUSED(mixture.n_components = 65, DICREC_E_RANGE);
  REFUSED(mixture.means = NULL, DICREC_E_ARGUMENT);
  REFUSED(mixture.log_noise_stds = NULL, DICREC_E_ARGUMENT);
  REFUSED(mixture.time_scale = 0.001, DICREC_E_RANGE);
  REFUSED(mixture.time_scale = (double)NAN, DICREC_E_RANGE);
  REFUSED(weights[1] = 0.0, DICREC_E_RANGE);
  REFUSED(weights[1] = (double)NAN, DICREC_E_RANGE);
  REFUSED(means[2][1] = (double)INFINITY, DICREC_E_RANGE);
  REFUSED(covariances[0][1] = covariances[0][2] = 3.0, DICREC_E_RANGE); /* not positive definite */
  REFUSED(covariances[0][1] = 0.5, DICREC_E_RANGE);                     /* not symmetric */
  REFUSED(covariances[0][0] = (double)NAN, DICREC_E_RANGE);
  REFUSED(noiseless[1] = 1.5, DICREC_E_RANGE);
  REFUSED(log_stds[1] = 0.0, DICREC_E_RANGE);
  REFUSED(mixture.dic_ranges = bad_range, DICREC_E_RANGE);
  REFUSED(mixture.dic_ranges = far_range, DICREC_E_RANGE); /* nothing of the mixture is there */
  REFUSED(mixture.noise_range = no_noise, DICREC_E_RANGE);
  dicrec_posterior *posterior;
  static const double targets[][3] = {
      {(double)NAN, 1, 1}, {1e5, 1, 1}, {1, (double)INFINITY, 1}, {1, 1, -1}, {1, 1, 2e6}};
  for (int i = 0; i < 5; ++i) answers(dicrec_posterior_create_at(context, targets[i], 3, &posterior), DICREC_E_RANGE);
  answers(dicrec_posterior_create_at(context, targets[0], 4, &posterior), DICREC_E_RANGE);
  answers(dicrec_posterior_create_at(context, NULL, 2, &posterior), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(parameters_have_names) {
  const dicrec_mixture mixture = usual();
  dicrec_posterior *posterior = create(&mixture);
  ck_assert_uint_eq(dicrec_posterior_parameter_count(posterior), 3);
  ck_assert_str_eq(dicrec_posterior_parameter_name(posterior, 0), "g_s");
  ck_assert_str_eq(dicrec_posterior_parameter_name(posterior, 2), "noise_std");
  ck_assert_ptr_null(dicrec_posterior_parameter_name(posterior, 3));
  dicrec_posterior_free(posterior);
}
END_TEST

Suite *posterior_numbers_suite(void) {
  Suite *suite = suite_create("posterior_numbers");
  TCase *tests = tcase_create("posterior_numbers");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, what_is_copied_out_makes_the_same);
  tcase_add_test(tests, arrays_may_be_left_out);
  tcase_add_test(tests, moments_are_those_of_samples);
  tcase_add_test(tests, the_joint_density_sums_to_the_marginal);
  tcase_add_test(tests, a_target_is_a_sure_posterior);
  tcase_add_test(tests, bad_numbers_are_refused);
  tcase_add_test(tests, parameters_have_names);
  suite_add_tcase(suite, tests);
  return suite;
}
