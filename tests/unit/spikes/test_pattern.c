/* SPDX-License-Identifier: MIT */
/** @file test_pattern.c The firing pattern of a train against its definitions. */
#include <math.h>
#include <string.h>

#include "spikes/pattern.h"
#include "support/fixture.h"

Suite *pattern_suite(void);

static void pattern_of_intervals(const double *intervals, size_t n, double *pattern) {
  double times[256] = {10.0};
  for (size_t i = 0; i < n; ++i) times[i + 1] = times[i] + intervals[i];
  dicrec__pattern_of(dicrec__train_of(times, n + 1), pattern);
}

static void is_near(double value, double expected, double tolerance) {
  ck_assert_msg(fabs(value - expected) <= tolerance, "%.15g instead of %.15g", value, expected);
}

START_TEST(regular_trains_have_no_spread) {
  double intervals[50], p[DICREC__PATTERN_SIZE];
  for (int i = 0; i < 50; ++i) intervals[i] = 80.0;
  pattern_of_intervals(intervals, 50, p);
  is_near(p[DICREC__PATTERN_LOG_MEAN], log(80.0), 1e-12);
  is_near(p[DICREC__PATTERN_CV], 0.0, 1e-12);
  is_near(p[DICREC__PATTERN_LOG_SD_LOG], log(1e-4), 1e-6);
  is_near(p[DICREC__PATTERN_BURST_SHARE], 0.0, 0.0);
  for (int k = 0; k < DICREC__PATTERN_QUANTILES; ++k) is_near(p[DICREC__PATTERN_QUANTILE + k], 0.0, 1e-12);
}
END_TEST

START_TEST(sums_agree_with_definitions) {
  enum { N = 200 };
  double intervals[N], p[DICREC__PATTERN_SIZE], mean = 0.0, mean_log = 0.0;
  for (int i = 0; i < N; ++i) {
    intervals[i] = 40.0 + 25.0 * sin(0.7 * i) + 10.0 * cos(2.9 * i * i);
    mean += intervals[i] / N;
    mean_log += log(intervals[i]) / N;
  }
  pattern_of_intervals(intervals, N, p);
  double squares = 0.0, logs = 0.0, local = 0.0, lag[2] = {0.0, 0.0};
  for (int i = 0; i < N; ++i) {
    const double x = log(intervals[i]) - mean_log;
    squares += (intervals[i] - mean) * (intervals[i] - mean);
    logs += x * x;
    if (i > 0) local += pow((intervals[i] - intervals[i - 1]) / (intervals[i] + intervals[i - 1]), 2.0);
    for (int k = 1; k <= 2 && i >= k; ++k) lag[k - 1] += x * (log(intervals[i - k]) - mean_log);
  }
  is_near(p[DICREC__PATTERN_LOG_MEAN], log(mean), 1e-12);
  is_near(p[DICREC__PATTERN_MEAN_LOG], mean_log - log(mean), 1e-12);
  is_near(p[DICREC__PATTERN_SD_LOG], sqrt(logs / N), 1e-12);
  is_near(p[DICREC__PATTERN_CV], sqrt(squares / N) / mean, 1e-12);
  is_near(p[DICREC__PATTERN_LV], 3.0 * local / (N - 1), 1e-12);
  is_near(p[DICREC__PATTERN_LAG_1], lag[0] / logs, 1e-10);
  is_near(p[DICREC__PATTERN_LAG_2], lag[1] / logs, 1e-10);
  for (int k = 1; k < DICREC__PATTERN_QUANTILES; ++k)
    ck_assert_double_ge(p[DICREC__PATTERN_QUANTILE + k], p[DICREC__PATTERN_QUANTILE + k - 1]);
  int below = 0;
  for (int i = 0; i < N; ++i) below += log(intervals[i]) - log(mean) <= p[DICREC__PATTERN_QUANTILE + 5];
  ck_assert_int_ge(below, N / 2 - 8); /* within a bin of the histogram */
  ck_assert_int_le(below, N / 2 + 8);
}
END_TEST

START_TEST(bursts_have_their_shape) {
  static const double burst[] = {6.0, 8.0, 11.0, 200.0}; /* four spikes and the pause */
  double intervals[120], p[DICREC__PATTERN_SIZE];
  for (int i = 0; i < 120; ++i) intervals[i] = burst[i % 4];
  pattern_of_intervals(intervals, 120, p);
  const double log_mean = log(225.0 / 4.0);
  is_near(p[DICREC__PATTERN_LOG_PERIOD], log(225.0) - log_mean, 1e-9);
  is_near(p[DICREC__PATTERN_PERIOD_CV], 0.0, 1e-9);
  is_near(p[DICREC__PATTERN_BURST_SPIKES], 4.0, 1e-12);
  is_near(p[DICREC__PATTERN_BURST_SD], 0.0, 1e-9);
  is_near(p[DICREC__PATTERN_BURST_SHARE], 28.0 / 120.0, 1e-12); /* the first begins unseen, the last is not over */
  for (int k = 0; k < 4; ++k) is_near(p[DICREC__PATTERN_FROM_ONSET + k], log(burst[k]) - log_mean, 1e-9);
  is_near(p[DICREC__PATTERN_FROM_ONSET + 4], 0.0, 0.0); /* no burst is that long */
  for (int k = 0; k < 3; ++k) is_near(p[DICREC__PATTERN_TO_END + k], log(burst[k + 1]) - log_mean, 1e-9);
}
END_TEST

START_TEST(absolute_patterns_have_times_in_ms) {
  static const double burst[] = {6.0, 8.0, 11.0, 200.0};
  double intervals[120], p[DICREC__PATTERN_SIZE], a[DICREC__PATTERN_SIZE];
  for (int i = 0; i < 120; ++i) intervals[i] = burst[i % 4];
  pattern_of_intervals(intervals, 120, p);
  dicrec__pattern_absolute(p, a);
  is_near(a[DICREC__PATTERN_LOG_MEAN], log(225.0 / 4.0), 1e-9);
  is_near(a[DICREC__PATTERN_LOG_SHORTEST], log(6.0), 1e-9);
  is_near(a[DICREC__PATTERN_LOG_LONGEST], log(200.0), 1e-9);
  for (int k = 0; k < DICREC__PATTERN_QUANTILES; ++k)
    is_near(a[DICREC__PATTERN_QUANTILE + k], p[DICREC__PATTERN_QUANTILE + k] + log(225.0 / 4.0), 1e-12);
  is_near(a[DICREC__PATTERN_LOG_PERIOD], log(225.0), 1e-9);
  is_near(a[DICREC__PATTERN_BURST_SPIKES], log(4.0), 1e-12);
  for (int k = 0; k < 4; ++k) is_near(a[DICREC__PATTERN_FROM_ONSET + k], log(burst[k]), 1e-9);
  for (int k = 4; k < DICREC__PATTERN_FIRST; ++k) ck_assert(isnan(a[DICREC__PATTERN_FROM_ONSET + k]));
  for (int k = 0; k < DICREC__PATTERN_LAST; ++k) is_near(a[DICREC__PATTERN_TO_END + k], log(burst[k + 1]), 1e-9);
  static const int kept[] = {DICREC__PATTERN_MEAN_LOG, DICREC__PATTERN_SD_LOG,  DICREC__PATTERN_LOG_SD_LOG,
                             DICREC__PATTERN_CV,       DICREC__PATTERN_LV,      DICREC__PATTERN_LOG_LV,
                             DICREC__PATTERN_LAG_1,    DICREC__PATTERN_LAG_2,   DICREC__PATTERN_BURST_SHARE,
                             DICREC__PATTERN_BURST_SD, DICREC__PATTERN_PAUSE_SD};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; ++i) ck_assert_double_eq(a[kept[i]], p[kept[i]]);
}
END_TEST

START_TEST(absolute_patterns_say_nothing_of_bursts_that_are_not_there) {
  double intervals[50], p[DICREC__PATTERN_SIZE], a[DICREC__PATTERN_SIZE];
  for (int i = 0; i < 50; ++i) intervals[i] = 80.0 + i % 3;
  pattern_of_intervals(intervals, 50, p);
  dicrec__pattern_absolute(p, a);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) ck_assert(isnan(a[k]) == (k > DICREC__PATTERN_BURST_SHARE));
  is_near(a[DICREC__PATTERN_BURST_SHARE], 0.0, 0.0);
}
END_TEST

/* What a stretched train changes in its absolute pattern is what counts as a time, each by the logarithm. */
START_TEST(times_are_what_a_time_scale_shifts) {
  double intervals[100], stretched[100], p[DICREC__PATTERN_SIZE], a[2][DICREC__PATTERN_SIZE];
  const double scale = exp(2.0); /* whole bins of the histogram that quantiles are read from */
  for (int i = 0; i < 100; ++i) {
    intervals[i] = i % 5 == 4 ? 150.0 + i : 8.0 + 2.0 * sin(i);
    stretched[i] = scale * intervals[i];
  }
  pattern_of_intervals(intervals, 100, p);
  dicrec__pattern_absolute(p, a[0]);
  pattern_of_intervals(stretched, 100, p);
  dicrec__pattern_absolute(p, a[1]);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    if (isnan(a[0][k])) ck_assert(isnan(a[1][k]));
    else is_near(a[1][k] - a[0][k], dicrec__pattern_is_time(k) ? 2.0 : 0.0, 1e-9);
    ck_assert(!dicrec__pattern_is_relative(k) || dicrec__pattern_is_time(k));
  }
}
END_TEST

START_TEST(the_public_function_names_and_checks) {
  static const double times[] = {1.0, 2.0, 4.0};
  double p[DICREC__PATTERN_SIZE];
  dicrec_spikes *spikes, *few;
  answers(dicrec_spikes_create(context, times, 3, NULL, &spikes), DICREC_OK);
  answers(dicrec_spikes_create(context, times, 2, NULL, &few), DICREC_OK);
  ck_assert_uint_eq(dicrec_pattern_count(), DICREC__PATTERN_SIZE);
  for (size_t i = 0; i < DICREC__PATTERN_SIZE; ++i) ck_assert_ptr_nonnull(dicrec_pattern_name(i));
  ck_assert_str_eq(dicrec_pattern_name(DICREC__PATTERN_BURST_SPIKES), "burst_spikes");
  ck_assert_str_eq(dicrec_pattern_name(DICREC__PATTERN_PAUSE_SD), "log_pause_sd");
  ck_assert_ptr_null(dicrec_pattern_name(DICREC__PATTERN_SIZE));
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, p), DICREC_OK);
  for (size_t i = 0; i < DICREC__PATTERN_SIZE; ++i) ck_assert(isfinite(p[i]));
  ck_assert_int_eq(dicrec_spikes_pattern(few, DICREC__PATTERN_SIZE, p), DICREC_W_SILENT);
  for (size_t i = 0; i < DICREC__PATTERN_SIZE; ++i) ck_assert(isnan(p[i]));
  double fewer[DICREC__PATTERN_SIZE] = {0}; /* are the first */
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, p), DICREC_OK);
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, 5, fewer), DICREC_OK);
  ck_assert(same_bytes(fewer, p, 5) && fewer[5] == 0.0);
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, 0, p), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE + 1, p), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_spikes_pattern(NULL, DICREC__PATTERN_SIZE, p), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, NULL), DICREC_E_ARGUMENT);
  dicrec_spikes_free(few);
  dicrec_spikes_free(spikes);
}
END_TEST

Suite *pattern_suite(void) {
  TCase *tests = tcase_create("pattern");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, regular_trains_have_no_spread);
  tcase_add_test(tests, sums_agree_with_definitions);
  tcase_add_test(tests, bursts_have_their_shape);
  tcase_add_test(tests, absolute_patterns_have_times_in_ms);
  tcase_add_test(tests, absolute_patterns_say_nothing_of_bursts_that_are_not_there);
  tcase_add_test(tests, times_are_what_a_time_scale_shifts);
  tcase_add_test(tests, the_public_function_names_and_checks);
  Suite *suite = suite_create("pattern");
  suite_add_tcase(suite, tests);
  return suite;
}
