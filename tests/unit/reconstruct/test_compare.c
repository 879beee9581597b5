/* SPDX-License-Identifier: MIT */
/** @file test_compare.c How far a train that a candidate fired is from the input, for regular inputs and for others. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/random.h"
#include "reconstruct/compare.h"
#include "spikes/spikes.h"

Suite *compare_suite(void);

enum { MOST = 700 };

typedef struct train {
  size_t n;
  double times[MOST];
} train;

static dicrec__screen screen;
static dicrec__comparison comparison;
static double intervals[MOST], sorted[MOST];

/** Compare with this input from now on. */
static void compare_with(const train *input, double time_scale, bool is_regular) {
  dicrec__screen_init(&screen, dicrec__train_of(input->times, input->n), time_scale, is_regular);
  dicrec__comparison_init(&comparison, &screen, dicrec__train_of(input->times, input->n), time_scale, intervals);
  comparison.rate_tolerance = 0.02;
  comparison.burst_tolerance = 0.5;
}

static dicrec__compared compare(const train *fired) {
  dicrec_spike_statistics statistics;
  dicrec__spike_statistics(dicrec__train_of(fired->times, fired->n), &statistics);
  return dicrec__compare(&comparison, dicrec__train_of(fired->times, fired->n), &statistics, sorted);
}

static train make_regular(size_t n, double period) {
  train made = {.n = n};
  for (size_t i = 0; i < n; ++i) made.times[i] = 20.0 + period * (double)i;
  return made;
}

/** Bursts of four spikes. */
static train make_bursts(size_t n, double pause, double stretch) {
  train made = {.n = n, .times = {5.0}};
  for (size_t i = 1; i < n; ++i) {
    const double in_burst[] = {8.0, 9.0, 11.0, pause};
    made.times[i] = made.times[i - 1] + stretch * in_burst[(i - 1) % 4];
  }
  return made;
}

/** Sums of `shape` exponential intervals, of this mean. */
static train make_irregular(uint64_t seed, size_t n, double mean, int shape) {
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POPULATION, 0, 0);
  train made = {.n = n, .times = {1.0}};
  for (size_t i = 1; i < n; ++i) {
    double sum = 0.0;
    for (int k = 0; k < shape; ++k) sum -= log(1.0 - dicrec__random_uniform(&random));
    made.times[i] = made.times[i - 1] + mean * sum / shape;
  }
  return made;
}

START_TEST(the_input_is_no_distance_from_itself) {
  const train inputs[] = {make_regular(60, 90.0), make_bursts(80, 120.0, 1.0), make_irregular(1, 200, 50.0, 2)};
  for (int i = 0; i < 3; ++i) {
    for (int is_regular = 0; is_regular < 2; ++is_regular) {
      compare_with(&inputs[i], 1.0, is_regular == 1);
      const dicrec__compared same = compare(&inputs[i]);
      ck_assert_double_le(same.mismatch, 1e-9);
      ck_assert(same.intervals.kolmogorov_smirnov == 0.0 && same.intervals.moved == 0.0);
      for (int k = 0; k < DICREC__PATTERN_SIZE; ++k)
        ck_assert(same.fired[k] == screen.asked[k] || (isnan(same.fired[k]) && isnan(screen.asked[k])));
    }
  }
}
END_TEST

/* A rate that is off by several tolerances, and the same rate in bursts of another shape. */
START_TEST(regular_inputs_ask_for_their_pattern) {
  const train input = make_regular(60, 90.0), slower = make_regular(60, 100.0);
  compare_with(&input, 1.0, true);
  const dicrec__compared off = compare(&slower);
  ck_assert(off.mismatch > 1.0 && off.mismatch < DICREC__OTHER_CLASS);
  ck_assert_double_eq(off.intervals.kolmogorov_smirnov, 1.0);
  ck_assert_double_eq_tol(off.intervals.moved, 1.0 / 9.0, 1e-9);
  ck_assert_double_eq_tol(off.fired[DICREC__PATTERN_LOG_MEAN], log(100.0), 1e-12);
  const train bursts = make_bursts(81, 120.0, 1.0), shifted = make_bursts(81, 110.0, 148.0 / 138.0);
  compare_with(&bursts, 1.0, true);
  const dicrec__compared other = compare(&shifted);
  ck_assert(other.mismatch > 1.0 && other.mismatch < DICREC__OTHER_CLASS);
}
END_TEST

/* What the caller allows of rate and spikes per burst is asked for as well. */
START_TEST(tolerances_of_the_caller_count) {
  const train input = make_regular(60, 90.0), near = make_regular(60, 90.01);
  compare_with(&input, 1.0, true);
  ck_assert_double_le(compare(&near).mismatch, 1.0);
  comparison.rate_tolerance = 1e-6;
  ck_assert_double_gt(compare(&near).mismatch, 10.0);
}
END_TEST

/* Farther than any train of the class; of three spikes or fewer than that nothing is known. */
START_TEST(other_classes_are_beyond_all_others) {
  const train input = make_regular(60, 90.0), bursts = make_bursts(80, 120.0, 1.0), few = make_regular(2, 90.0);
  compare_with(&input, 1.0, true);
  const double of_bursts = compare(&bursts).mismatch;
  ck_assert_double_ge(of_bursts, DICREC__OTHER_CLASS);
  for (int is_regular = 0; is_regular < 2; ++is_regular) {
    compare_with(&input, 1.0, is_regular == 1);
    const dicrec__compared silent = compare(&few);
    ck_assert(silent.mismatch > DICREC__OTHER_CLASS && isfinite(silent.mismatch));
    ck_assert(isnan(silent.intervals.kolmogorov_smirnov) && isnan(silent.intervals.moved));
    for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) ck_assert(isnan(silent.fired[k]));
  }
  compare_with(&bursts, 1.0, true);
  ck_assert_double_ge(compare(&input).mismatch, DICREC__OTHER_CLASS);
}
END_TEST

/* Trains of one law are mostly accepted; those of another rate, or of another regularity, hardly ever. */
START_TEST(irregular_inputs_are_samples_of_a_law) {
  enum { N_TRIALS = 100, N = 300 };
  const train input = make_irregular(1000, N, 50.0, 4);
  compare_with(&input, 1.0, false);
  int n_same = 0, n_slower = 0, n_wilder = 0;
  for (uint64_t seed = 0; seed < N_TRIALS; ++seed) {
    const train same = make_irregular(seed, N, 50.0, 4), slower = make_irregular(seed, N, 75.0, 4);
    const train wilder = make_irregular(seed, N, 50.0, 1);
    n_same += compare(&same).mismatch <= 1.0;
    n_slower += compare(&slower).mismatch <= 1.0;
    n_wilder += compare(&wilder).mismatch <= 1.0;
  }
  ck_assert_int_gt(n_same, N_TRIALS / 2);
  ck_assert_int_lt(n_slower + n_wilder, N_TRIALS / 20);
}
END_TEST

/* The order of intervals counts, not their distribution alone. */
START_TEST(local_variation_counts_for_irregular_inputs) {
  train input = make_irregular(3, 400, 50.0, 2), ordered = input;
  compare_with(&input, 1.0, false);
  dicrec__intervals_sorted(dicrec__train_of(input.times, input.n), sorted);
  for (size_t i = 1; i < ordered.n; ++i) ordered.times[i] = ordered.times[i - 1] + sorted[i - 1];
  const dicrec__compared compared = compare(&ordered);
  ck_assert(compared.intervals.kolmogorov_smirnov < 0.05 && compared.mismatch > 1.0);
}
END_TEST

START_TEST(few_intervals_are_compared_by_the_rate_alone) {
  const train input = make_regular(DICREC__LEAST_INTERVALS, 37.0);
  const train bursts = make_bursts(101, 120.0, 1.0), slower = make_bursts(101, 120.0, 4.0); /* of 37 ms, and 148 */
  compare_with(&input, 1.0, true);
  ck_assert_double_ge(compare(&bursts).mismatch, DICREC__OTHER_CLASS); /* and the class, of a regular input */
  compare_with(&input, 1.0, false);
  ck_assert_double_le(compare(&bursts).mismatch, 1.0);
  ck_assert_double_gt(compare(&slower).mismatch, 1.0);
}
END_TEST

/* Patterns are told in the model's time, and compared there. */
START_TEST(time_scales_are_undone_in_comparisons) {
  const train input = make_bursts(80, 120.0, 3.0);
  compare_with(&input, 3.0, true);
  const dicrec__compared same = compare(&input);
  ck_assert_double_le(same.mismatch, 1e-9);
  ck_assert_double_eq_tol(same.fired[DICREC__PATTERN_FROM_ONSET], log(8.0), 1e-9);
}
END_TEST

Suite *compare_suite(void) {
  Suite *suite = suite_create("compare");
  TCase *tests = tcase_create("compare");
  tcase_add_test(tests, the_input_is_no_distance_from_itself);
  tcase_add_test(tests, regular_inputs_ask_for_their_pattern);
  tcase_add_test(tests, tolerances_of_the_caller_count);
  tcase_add_test(tests, other_classes_are_beyond_all_others);
  tcase_add_test(tests, irregular_inputs_are_samples_of_a_law);
  tcase_add_test(tests, local_variation_counts_for_irregular_inputs);
  tcase_add_test(tests, few_intervals_are_compared_by_the_rate_alone);
  tcase_add_test(tests, time_scales_are_undone_in_comparisons);
  suite_add_tcase(suite, tests);
  return suite;
}
