/* SPDX-License-Identifier: MIT */
/** @file test_stationarity.c Changes of the rate are found where they are, and seldom where they are not. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "spikes/spikes.h"
#include "support/fixture.h"

Suite *stationarity_suite(void);

enum { MOST = 4000 };
static double times[MOST + 1];

/* Intervals of a train: unit mean, sums of `shape` exponential ones. */
static void make_train(dicrec__random *random, size_t n, int shape) {
  times[0] = 500.0;
  for (size_t i = 1; i <= n; ++i) {
    double sum = 0.0;
    for (int k = 0; k < shape; ++k) sum -= log(1.0 - dicrec__random_uniform(random));
    times[i] = times[i - 1] + 100.0 * sum / shape;
  }
}

/* From the share `at` of the train on, the rate is `factor` times as high. */
static void step_train(size_t n, double at, double factor) {
  const double place = times[0] + at * (times[n] - times[0]);
  for (size_t i = 0; i <= n; ++i)
    if (times[i] > place) times[i] = place + (times[i] - place) / factor;
}

/* The rate grows steadily to `factor` times what it was. */
static void drift_train(size_t n, double factor) {
  const double begin = times[0], duration = times[n] - begin;
  for (size_t i = 0; i <= n; ++i) {
    const double share = (times[i] - begin) / duration;
    times[i] = begin + duration * log1p(share * (factor - 1.0)) / log(factor);
  }
}

static dicrec_spike_stationarity measure(size_t n_spikes) {
  dicrec_spike_stationarity found;
  dicrec__spike_stationarity(dicrec__train_of(times, n_spikes), &found);
  return found;
}

/* Shares of 2000 trains with p below 0.01 and 0.05, beside what chance allows. */
static void check_false_alarms(size_t n, int shape) {
  enum { TRAINS = 2000 };
  int rare = 0, unusual = 0;
  for (uint64_t k = 0; k < TRAINS; ++k) {
    dicrec__random random;
    dicrec__random_start(&random, 7, DICREC__PURPOSE_POPULATION, k, 0);
    make_train(&random, n, shape);
    const dicrec_spike_stationarity found = measure(n + 1);
    ck_assert(found.p_value >= 0.0 && found.p_value <= 1.0);
    rare += found.p_value < 0.01;
    unusual += found.p_value < 0.05;
  }
  ck_assert_msg(rare >= 4 && rare <= 40, "%zu intervals, shape %d: %d of %d below 0.01", n, shape, rare, TRAINS);
  ck_assert_msg(unusual >= 50 && unusual <= 150, "%zu intervals, shape %d: %d of %d", n, shape, unusual, TRAINS);
}

START_TEST(renewal_trains_give_few_false_alarms) {
  static const int shapes[] = {1, 5, 40};
  for (int k = 0; k < 3; ++k) {
    check_false_alarms(30, shapes[k]);
    check_false_alarms(150, shapes[k]);
  }
}
END_TEST

START_TEST(steps_are_found) {
  for (uint64_t k = 0; k < 20; ++k) {
    dicrec__random random;
    dicrec__random_start(&random, 8, DICREC__PURPOSE_POPULATION, k, 0);
    make_train(&random, 600, 5);
    const double place = times[0] + 0.3 * (times[600] - times[0]);
    step_train(600, 0.3, 2.0);
    const dicrec_spike_stationarity found = measure(601);
    ck_assert_int_eq(found.drifts, 1);
    ck_assert_int_eq(found.change, DICREC_CHANGE_STEP);
    ck_assert_double_lt(found.p_value, 1e-6);
    ck_assert_double_eq_tol(found.rate_factor, 2.0, 0.25);
    ck_assert_double_eq_tol(found.step_ms, place, 0.05 * (times[600] - times[0]));
  }
}
END_TEST

START_TEST(drifts_are_found) {
  for (int direction = 0; direction < 2; ++direction) {
    const double factor = direction == 0 ? 2.0 : 0.5;
    dicrec__random random;
    dicrec__random_start(&random, 9, DICREC__PURPOSE_POPULATION, 1, 0);
    make_train(&random, 1000, 20);
    drift_train(1000, factor);
    const dicrec_spike_stationarity found = measure(1001);
    ck_assert_int_eq(found.drifts, 1);
    ck_assert_int_eq(found.change, DICREC_CHANGE_DRIFT);
    ck_assert_double_lt(found.p_value, 1e-6);
    ck_assert_double_eq_tol(found.rate_factor, factor, 0.1 * factor);
    ck_assert(isnan(found.step_ms));
  }
}
END_TEST

START_TEST(even_trains_do_not_drift) {
  for (int i = 0; i <= 1000; ++i) times[i] = 3000.0 + 12.3 * i;
  const dicrec_spike_stationarity found = measure(1001);
  ck_assert_int_eq(found.drifts, 0);
  ck_assert_double_gt(found.p_value, 0.9);
  ck_assert_double_eq_tol(found.rate_factor, 1.0, 1e-6);
}
END_TEST

/* A trend of 0.1 % in a train without noise is certain, and no drift. */
START_TEST(small_trends_are_no_drift) {
  double now = 1000.0;
  for (int i = 0; i <= 300; ++i, now += 80.0 * (1.0 + 0.001 * exp(-i / 60.0))) times[i] = now;
  const dicrec_spike_stationarity found = measure(301);
  ck_assert_double_lt(found.p_value, 0.01);
  ck_assert_double_eq_tol(found.rate_factor, 1.0, 0.002);
  ck_assert_int_eq(found.drifts, 0);
}
END_TEST

START_TEST(bursts_do_not_drift) {
  static const double burst[] = {6.0, 8.0, 11.0, 200.0};
  times[0] = 0.0;
  for (int n = 20; n <= 1000; n += 49) {
    for (int i = 0; i < n; ++i) times[i + 1] = times[i] + burst[i % 4];
    const dicrec_spike_stationarity found = measure((size_t)n + 1);
    ck_assert_msg(found.drifts == 0 && found.p_value > 0.05, "%d intervals: p = %g", n, found.p_value);
  }
}
END_TEST

START_TEST(numbers_do_not_depend_on_the_clock) {
  dicrec__random random;
  dicrec__random_start(&random, 10, DICREC__PURPOSE_POPULATION, 1, 0);
  make_train(&random, 200, 2);
  step_train(200, 0.5, 3.0);
  const dicrec_spike_stationarity one = measure(201);
  for (int i = 0; i <= 200; ++i) times[i] = 8.0 * (times[i] + 1e4);
  const dicrec_spike_stationarity other = measure(201);
  ck_assert_double_eq_tol(other.p_value, one.p_value, 1e-6 * one.p_value);
  ck_assert_double_eq_tol(other.rate_factor, one.rate_factor, 1e-6);
  ck_assert_double_eq_tol(other.step_ms, 8.0 * (one.step_ms + 1e4), 1e-3);
}
END_TEST

START_TEST(extreme_trains_are_answered) {
  for (int i = 0; i <= 40; ++i) times[i] = i < 39 ? 0.001 * i : 1e13 - 40 + i; /* all at one end */
  dicrec_spike_stationarity found = measure(41);
  ck_assert(found.p_value >= 0.0 && found.p_value <= 1.0 && found.rate_factor >= 0.0);
  for (int i = 0; i <= 40; ++i) times[i] = 4.9406564584124654e-324 * (i + i / 20); /* hardly apart */
  found = measure(41);
  ck_assert(found.p_value >= 0.0 && found.p_value <= 1.0 && isfinite(found.rate_factor));
  for (int i = 0; i <= 40; ++i) times[i] = i < 20 ? i : 1e6 + i; /* a long silence within */
  found = measure(41);
  ck_assert_double_gt(found.p_value, 0.05);
  ck_assert_int_eq(found.drifts, 0);
}
END_TEST

START_TEST(statuses_and_sizes) {
  dicrec_spikes *train;
  struct {
    dicrec_spike_stationarity known;
    uint64_t later;
  } larger = {.later = 5};
  for (int i = 0; i <= 10; ++i) times[i] = 10.0 * i + (i % 3);
  static const struct {
    size_t n;
    dicrec_status status;
    int is_known;
  } cases[] = {
      {0, DICREC_W_SILENT, 0}, {2, DICREC_W_SILENT, 0}, {3, DICREC_OK, 0}, {10, DICREC_OK, 0}, {11, DICREC_OK, 1}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; ++k) {
    dicrec_spike_stationarity found = {.struct_size = sizeof found};
    answers(dicrec_spikes_create(context, times, cases[k].n, NULL, &train), DICREC_OK);
    answers(dicrec_spikes_stationarity(train, &found), cases[k].status);
    ck_assert_int_eq(!isnan(found.p_value), cases[k].is_known);
    ck_assert_int_eq(!isnan(found.rate_factor), cases[k].is_known);
    ck_assert_int_eq(found.change != DICREC_CHANGE_NONE, cases[k].is_known);
    ck_assert_int_eq(found.drifts, 0);
    larger.known.struct_size = sizeof larger;
    answers(dicrec_spikes_stationarity(train, &larger.known), cases[k].status);
    ck_assert_uint_eq(larger.later, 0);
    found.struct_size = 3;
    answers(dicrec_spikes_stationarity(train, &found), DICREC_E_ARGUMENT);
    answers(dicrec_spikes_stationarity(train, NULL), DICREC_E_ARGUMENT);
    answers(dicrec_spikes_stationarity(NULL, &found), DICREC_E_ARGUMENT);
    dicrec_spikes_free(train);
  }
}
END_TEST

Suite *stationarity_suite(void) {
  Suite *suite = suite_create("stationarity");
  TCase *tests = tcase_create("stationarity");
  tcase_set_timeout(tests, 60);
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_add_test(tests, renewal_trains_give_few_false_alarms);
  tcase_add_test(tests, steps_are_found);
  tcase_add_test(tests, drifts_are_found);
  tcase_add_test(tests, even_trains_do_not_drift);
  tcase_add_test(tests, small_trends_are_no_drift);
  tcase_add_test(tests, bursts_do_not_drift);
  tcase_add_test(tests, numbers_do_not_depend_on_the_clock);
  tcase_add_test(tests, extreme_trains_are_answered);
  tcase_add_test(tests, statuses_and_sizes);
  suite_add_tcase(suite, tests);
  return suite;
}
