/* SPDX-License-Identifier: MIT */
/** @file test_time_scale_search.c The search for a time scale, and what fits besides the scale that is found. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/estimator_fixture.h"
#include "support/plain_network.h"

Suite *time_scale_search_suite(void);

/** Make the features of a train the only prototype, with narrow quantiles: only that train is supported. The odds say
 * nothing. */
static void trust_only(const dicrec_spikes *spikes) {
  double features[MADE_FEATURES];
  const size_t n = dicrec_spikes_count(spikes);
  double *times = malloc(n * sizeof *times);
  dicrec_spikes_copy_times(spikes, times, n);
  plain_features(&made, times, n, 1.0, features);
  for (int f = 0; f < MADE_FEATURES; ++f) made_values(&made, "support.mean")[f] = (float)features[f];
  for (int i = 0; i < MADE_PROTOTYPES * MADE_AXES; ++i)
    made_values(&made, "support.prototypes")[i] = i < MADE_AXES ? 0.0F : 1e3F;
  for (int i = 0; i < MADE_QUANTILES; ++i) made_values(&made, "support.distances")[i] = 5e-6F * (float)(i * i + 1);
  for (int i = 0; i < MADE_QUANTILES; ++i) made_values(&made, "support.odds")[i] = 1e6F;
  free(times);
  remake_estimator();
}

START_TEST(auto_scale_finds_the_stretch) {
  dicrec_spikes *usual = make_train(100, 1.0);
  trust_only(usual);
  const double stretch[] = {1.0, 7.3, 40.0, 0.3, 1e6};
  for (size_t i = 0; i < 5; ++i) {
    dicrec_spikes *spikes = make_train(100, stretch[i]);
    dicrec_posterior *posterior = run(spikes, 1, 0.0);
    const double expected = i == 4 ? 1.0 : stretch[i], found = dicrec_posterior_time_scale(posterior);
    /* quantiles of the pattern are read from a histogram whose bins do not stretch with the train */
    ck_assert_double_le(fabs(log(found / expected)), 0.03);
    double interval[2];
    dicrec_posterior_time_scale_interval(posterior, interval);
    ck_assert_double_le(interval[0], found);
    ck_assert_double_ge(interval[1], found);
    ck_assert_double_ge(interval[0], found / 1.5);
    ck_assert_double_le(interval[1], found * 1.5);
    if (i == 0) ck_assert_double_eq(found, 1.0);
    if (i == 4) ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
    else ck_assert_double_ge(dicrec_posterior_support(posterior), 0.05);
    dicrec_posterior_free(posterior);
    ck_assert_int_eq(dicrec_estimate(context, estimator, spikes, NULL, &posterior),
                     i == 0 ? DICREC_OK : DICREC_W_SUPPORT);
    ck_assert(i == 0 || strstr(error_text(), "0.01") != NULL);
    dicrec_posterior_free(posterior);
    dicrec_spikes_free(spikes);
  }
  dicrec_spikes_free(usual);
}
END_TEST

/** The search sees a part of a long train, and finds the same. */
START_TEST(long_trains_are_searched_in_part) {
  dicrec_spikes *usual = make_train(20000, 1.0), *slow = make_train(20000, 3.0);
  trust_only(usual);
  dicrec_posterior *posterior = run(slow, 1, 0.0);
  ck_assert_double_le(fabs(log(dicrec_posterior_time_scale(posterior) / 3.0)), 0.02);
  check_finite(posterior);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(slow);
  dicrec_spikes_free(usual);
}
END_TEST

/** With wide quantiles more time scales fit, and the interval is wider; a supported scale of 1 stands alone. */
START_TEST(interval_follows_the_support) {
  dicrec_spikes *usual = make_train(100, 1.0), *slow = make_train(100, 12.0);
  double width[2], interval[2];
  for (int wide = 0; wide < 2; ++wide) {
    trust_only(usual);
    for (int i = 0; i < MADE_QUANTILES; ++i)
      made_values(&made, "support.distances")[i] = (wide ? 1e-3F : 5e-5F) * (float)(i + 1);
    remake_estimator();
    dicrec_posterior *posterior = run(slow, 1, 0.0);
    answers(dicrec_posterior_time_scale_interval(posterior, interval), DICREC_OK);
    width[wide] = log(interval[1] / interval[0]);
    dicrec_posterior_free(posterior);
  }
  ck_assert_double_gt(width[1], width[0]);
  dicrec_posterior *posterior = run(usual, 1, 0.0);
  answers(dicrec_posterior_time_scale_interval(posterior, interval), DICREC_OK);
  ck_assert(interval[0] == 1.0 && interval[1] == 1.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(slow);
  dicrec_spikes_free(usual);
}
END_TEST

Suite *time_scale_search_suite(void) {
  Suite *suite = suite_create("time_scale_search");
  TCase *tests = tcase_create("scale");
  tcase_add_checked_fixture(tests, estimator_setup, estimator_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, auto_scale_finds_the_stretch);
  tcase_add_test(tests, long_trains_are_searched_in_part);
  tcase_add_test(tests, interval_follows_the_support);
  suite_add_tcase(suite, tests);
  return suite;
}
