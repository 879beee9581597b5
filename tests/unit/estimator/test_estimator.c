/* SPDX-License-Identifier: MIT */
/** @file test_estimator.c The estimator: forward pass, support, silent trains, options. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "network/builtin.h"
#include "support/estimator_fixture.h"
#include "support/plain_network.h"

Suite *estimator_suite(void);

/** Estimators whose range is so wide that it cuts nothing off, as the independent answers do not. */
static void setup(void) {
  estimator_setup();
  memcpy(made_values(&made, "target.range"), (const float[]){-1e4F, 1e4F, -1e4F, 1e4F}, 4 * sizeof(float));
  remake_estimator();
}

static dicrec_status create(const made_weights *weights, const char *name, dicrec_estimator **result) {
  size_t size;
  unsigned char *bytes = made_bytes(weights, name, &size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = bytes;
  options.weights_size = size;
  const dicrec_status status = dicrec_estimator_create(context, stg, &options, result);
  free(bytes); /* the estimator has its own copy */
  return status;
}

/** What a posterior says of the noise against the independent law of these outputs of the head. */
static void check_noise(const dicrec_posterior *posterior, const float *head, int n_parts) {
  const double none = dicrec_posterior_noiseless_probability(posterior);
  ck_assert_double_eq_tol(none, plain_noise_below(head, n_parts, 0.0), 1e-5);
  for (double p = 0.05; p < 1.0; p += 0.1) {
    double noise_std;
    answers(noise_std_quantile(posterior, p, &noise_std), DICREC_OK);
    if (p < none - 1e-4) ck_assert_double_eq(noise_std, 0.0);
    if (p > none + 1e-4) ck_assert_double_eq_tol(plain_noise_below(head, n_parts, noise_std), p, 1e-4);
  }
}

/** Compare the answer for a train with the independent one. */
static void check_against_plain(const dicrec_spikes *spikes, double time_scale) {
  const size_t n = dicrec_spikes_count(spikes);
  double *times = malloc(n * sizeof *times), features[MADE_FEATURES], mean[2], covariance[4], classes[4];
  double expected_mean[2], expected_covariance[4], expected_classes[4], interval[2];
  float head[MADE_HEAD];
  dicrec_spikes_copy_times(spikes, times, n);
  dicrec_posterior *posterior = run(spikes, 0, time_scale);
  plain_features(&made, times, n, time_scale, features);
  plain_head(&made, features, head);
  plain_moments(head, MADE_PARTS, expected_mean, expected_covariance);
  plain_classes(&made, features, expected_classes);
  check_finite(posterior);
  check_noise(posterior, head, MADE_PARTS);
  dicrec_posterior_moments(posterior, 2, mean, covariance);
  dicrec_posterior_class_probabilities(posterior, 4, classes);
  dicrec_posterior_time_scale_interval(posterior, interval);
  for (int i = 0; i < 2; ++i) ck_assert_double_eq_tol(mean[i], expected_mean[i], 1e-4);
  const double widest = fmax(expected_covariance[0], expected_covariance[3]);
  for (int i = 0; i < 4; ++i) ck_assert_double_eq_tol(covariance[i], expected_covariance[i], 1e-4 * widest);
  for (int i = 0; i < 4; ++i) ck_assert_double_eq_tol(classes[i], expected_classes[i], 1e-5);
  ck_assert_double_eq_tol(dicrec_posterior_support(posterior), plain_support(&made, features), 1e-4);
  ck_assert_double_eq(dicrec_posterior_time_scale(posterior), time_scale);
  for (int i = 0; i < 2; ++i) ck_assert_double_eq(interval[i], time_scale);
  dicrec_posterior_free(posterior);
  free(times);
}

START_TEST(forward_pass_agrees_with_plain_loops) {
  static const size_t sizes[] = {3, 4, 5, 6, 17, 64, 67, 68, 69, 100, 515, 516, 517, 1500};
  for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; ++s) {
    dicrec_spikes *spikes = make_train(sizes[s], 1.0);
    check_against_plain(spikes, 1.0);
    check_against_plain(spikes, 2.5);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(windows_of_every_length) {
  for (size_t window = 1; window <= 16; ++window) {
    made_window_of(&made, window, window);
    remake_estimator();
    for (size_t n = 3; n < 300; n = n < 20 ? n + 1 : 2 * n) {
      dicrec_spikes *spikes = make_train(n, 1.0);
      check_against_plain(spikes, 1.0);
      dicrec_spikes_free(spikes);
    }
  }
}
END_TEST

/** Intervals below the shortest are raised to it, counts above the largest are lowered to it. */
START_TEST(limits_of_the_input) {
  made_values(&made, "input.scale")[4] = 13.0F;
  made_values(&made, "input.scale")[5] = 40.0F;
  remake_estimator();
  for (size_t n = 30; n < 60; n += 11) {
    dicrec_spikes *spikes = make_train(n, 1.0);
    check_against_plain(spikes, 1.0);
    check_against_plain(spikes, 0.2);
    check_against_plain(spikes, 30.0);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(extreme_trains_have_finite_answers) {
  const double trains[][5] = {{0.0, 1e-5, 2e-5, 3e-5, 4e-5},           {0.0, 1e7, 2e7, 3e7, 4e7},
                              {0.0, 1e-5, 1e7, 1e7 + 1e-5, 3e7},       {0.0, 5e-324, 1e-300, 1.0, 1e13},
                              {0.0, 0.01, 0.02, 0.03, 0.04},           {0.0, 3.6e6, 7.2e6, 10.8e6, 14.4e6},
                              {0.0, 0.01, 3.6e6, 3.6e6 + 0.01, 7.2e6}, {0.0, 20.0, 40.0, 60.0, 80.0}};
  for (size_t i = 0; i < sizeof trains / sizeof trains[0]; ++i) {
    dicrec_spikes *spikes;
    answers(dicrec_spikes_create(context, trains[i], 5, NULL, &spikes), DICREC_OK);
    for (int32_t auto_scale = 0; auto_scale < 2; ++auto_scale) {
      dicrec_posterior *posterior = run(spikes, auto_scale, 0.0);
      check_finite(posterior);
      dicrec_posterior_free(posterior);
    }
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(coincident_spikes_are_refused) {
  const double times[] = {1.0, 2.0, 2.0, 3.0};
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, 4, NULL, &spikes), DICREC_E_SPIKES);
  ck_assert_ptr_null(spikes);
}
END_TEST

/** All windows are the same: the variances are 0, however long the train. */
START_TEST(equal_intervals_are_read) {
  enum { N = 5000 };
  static double times[N];
  for (int i = 0; i < N; ++i) times[i] = 32.0 * i;
  for (size_t n = 3; n <= N; n = n < 8 ? n + 1 : n * 5 / 2) {
    dicrec_spikes *spikes;
    answers(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
    check_against_plain(spikes, 1.0);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(long_trains_are_read) {
  dicrec_spikes *spikes = make_train(1000000, 1.0), *shorter = make_train(20000, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0), *other = run(shorter, 0, 0.0);
  check_finite(posterior);
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_BURSTING);
  dicrec_posterior_free(other);
  dicrec_posterior_free(posterior);
  posterior = run(spikes, 1, 0.0);
  check_finite(posterior);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(shorter);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(silent_trains_answer_the_mixture_of_silence) {
  static const double times[] = {1.0, 2.0};
  double expected_mean[2], expected_covariance[4];
  plain_moments(made_values(&made, "silent.mixture"), MADE_SILENT_PARTS, expected_mean, expected_covariance);
  for (size_t n = 0; n < 3; ++n) {
    dicrec_spikes *spikes;
    dicrec_posterior *posterior;
    double mean[2], covariance[4], classes[4];
    answers(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
    answers(dicrec_estimate(context, estimator, spikes, NULL, &posterior), DICREC_W_SILENT);
    dicrec_posterior_moments(posterior, 2, mean, covariance);
    for (int i = 0; i < 2; ++i) ck_assert_double_eq_tol(mean[i], expected_mean[i], 1e-9);
    for (int i = 0; i < 4; ++i) ck_assert_double_eq_tol(covariance[i], expected_covariance[i], 1e-9);
    dicrec_posterior_class_probabilities(posterior, 4, classes);
    for (int k = 0; k < 4; ++k) ck_assert_double_eq(classes[k], k == DICREC_ACTIVITY_SILENT ? 1.0 : 0.0);
    ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
    ck_assert_double_eq(dicrec_posterior_time_scale(posterior), 1.0);
    ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_SILENT);
    check_finite(posterior);
    check_noise(posterior, made_values(&made, "silent.mixture"), MADE_SILENT_PARTS);
    dicrec_posterior_free(posterior);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(overflowing_weights_answer_the_range) {
  for (int i = 0; i < MADE_WIDTH * MADE_WIDTH; ++i) made_values(&made, "embed.1.weight")[i] = 3e38F;
  for (int i = 0; i < MADE_HIDDEN * MADE_GIVEN; ++i) made_values(&made, "code.0.weight")[i] = -3e38F;
  remake_estimator();
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior;
  ck_assert_int_eq(dicrec_estimate(context, estimator, spikes, NULL, &posterior), DICREC_W_SUPPORT);
  check_finite(posterior);
  ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

static void run_fails(const dicrec_estimate_options *options, dicrec_status expected, const char *word) {
  dicrec_spikes *spikes = make_train(20, 1.0);
  dicrec_posterior *posterior = (dicrec_posterior *)1;
  ck_assert_int_eq(dicrec_estimate(context, estimator, spikes, options, &posterior), expected);
  ck_assert_ptr_null(posterior);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' is not in: %s", word, error_text());
  dicrec_spikes_free(spikes);
}

START_TEST(bad_options_are_named) {
  dicrec_estimate_options options, fresh;
  dicrec_estimate_options_init(&fresh, sizeof fresh);
  const double scales[] = {-1.0, 0.001, 101.0, (double)NAN, (double)INFINITY};
  for (size_t i = 0; i < 5; ++i) {
    options = fresh;
    options.time_scale = scales[i];
    run_fails(&options, DICREC_E_RANGE, "time_scale");
  }
  options = fresh;
  options.support_limit = 1.5;
  run_fails(&options, DICREC_E_RANGE, "support_limit");
  options.support_limit = (double)NAN;
  run_fails(&options, DICREC_E_RANGE, "support_limit");
  options = fresh;
  options.auto_scale = 2;
  run_fails(&options, DICREC_E_RANGE, "auto_scale");
  options.auto_scale = 1;
  options.time_scale = 2.0;
  run_fails(&options, DICREC_E_ARGUMENT, "time_scale");
  options = fresh;
  options.struct_size = 3;
  run_fails(&options, DICREC_E_OPTION, "struct_size");
  dicrec_posterior *posterior;
  ck_assert_int_eq(dicrec_estimate(NULL, estimator, NULL, NULL, &posterior), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_estimate(context, estimator, NULL, NULL, &posterior), DICREC_E_ARGUMENT);
  dicrec_estimator_free(NULL);
}
END_TEST

START_TEST(metadata_and_identity) {
  char text[32], cut[3];
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "version", text, sizeof text), 3);
  ck_assert_str_eq(text, "0.1");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "note", text, sizeof text), 8);
  ck_assert_str_eq(text, "a \"b\" \xc3\xa9");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "model", cut, sizeof cut), 3);
  ck_assert_str_eq(cut, "st");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "nothing", text, sizeof text), 0);
  ck_assert_str_eq(text, "");
  ck_assert_uint_eq(dicrec_estimator_metadata(NULL, "model", NULL, 0), 0);
  dicrec_estimator *other;
  ck_assert_int_eq(create(&made, "da", &other), DICREC_E_MISMATCH);
  ck_assert_ptr_null(other);
  ck_assert(strstr(error_text(), "'da'") != NULL);
}
END_TEST

START_TEST(builtin_weights_are_found_or_named) {
  dicrec_estimator *builtin;
  const dicrec_status status = dicrec_estimator_create(context, stg, NULL, &builtin);
  if (dicrec__embedded_find(dicrec__builtin_weights, "stg") != NULL) {
    ck_assert_int_eq(status, DICREC_OK);
  } else {
    ck_assert_int_eq(status, DICREC_E_NAME);
    ck_assert(strstr(error_text(), "stg") != NULL);
  }
  dicrec_estimator_free(builtin);
}
END_TEST

static void *limited_allocate(void *user, size_t size) {
  int *left = user;
  return --*left < 0 ? NULL : malloc(size);
}

static void plain_release(void *user, void *pointer) {
  (void)user;
  free(pointer);
}

START_TEST(every_allocation_may_fail) {
  dicrec_spikes *spikes = make_train(30, 1.0);
  dicrec_context *usual = context;
  bool done = false;
  for (int budget = 1; !done; ++budget) {
    int left = budget;
    dicrec_context_options options;
    dicrec_context_options_init(&options, sizeof options);
    options.allocate = limited_allocate;
    options.release = plain_release;
    options.allocator_user = &left;
    ck_assert_int_lt(budget, 100);
    ck_assert_int_eq(dicrec_context_create(&options, &context), DICREC_OK);
    dicrec_estimator *made_now;
    dicrec_posterior *posterior = NULL;
    dicrec_status status = create(&made, "stg", &made_now);
    if (status == DICREC_OK) status = dicrec_estimate(context, made_now, spikes, NULL, &posterior);
    done = status >= 0;
    if (!done) ck_assert_int_eq(status, DICREC_E_MEMORY);
    dicrec_posterior_free(posterior);
    dicrec_estimator_free(made_now);
    dicrec_context_free(context);
  }
  context = usual;
  dicrec_spikes_free(spikes);
}
END_TEST

Suite *estimator_suite(void) {
  Suite *suite = suite_create("estimator");
  TCase *tests = tcase_create("estimator");
  tcase_add_checked_fixture(tests, setup, estimator_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, forward_pass_agrees_with_plain_loops);
  tcase_add_test(tests, windows_of_every_length);
  tcase_add_test(tests, limits_of_the_input);
  tcase_add_test(tests, extreme_trains_have_finite_answers);
  tcase_add_test(tests, coincident_spikes_are_refused);
  tcase_add_test(tests, equal_intervals_are_read);
  tcase_add_test(tests, long_trains_are_read);
  tcase_add_test(tests, silent_trains_answer_the_mixture_of_silence);
  tcase_add_test(tests, overflowing_weights_answer_the_range);
  tcase_add_test(tests, bad_options_are_named);
  tcase_add_test(tests, metadata_and_identity);
  tcase_add_test(tests, builtin_weights_are_found_or_named);
  tcase_add_test(tests, every_allocation_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
