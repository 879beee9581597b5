/* SPDX-License-Identifier: MIT */
/** @file test_likely_unit.c Times that were confused with another unit are told, and no others. */
#include "spikes/spikes.h"
#include "support/fixture.h"

Suite *likely_unit_suite(void);

enum { N = 12 };

/** A train of n spikes; the intervals are short and long in turn, in the unit. */
static dicrec_spikes *train_of(size_t n, double short_interval, double long_interval, int32_t unit) {
  double times[N], now = 0.25;
  for (size_t i = 0; i < n; now += i % 2 == 0 ? short_interval : long_interval, ++i) times[i] = now;
  dicrec_spikes_options options;
  dicrec_spikes_options_init(&options, sizeof options);
  options.unit = unit;
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, n, &options, &spikes), DICREC_OK);
  return spikes;
}

static int32_t likely(size_t n, double short_interval, double long_interval, int32_t unit) {
  dicrec_spikes *spikes = train_of(n, short_interval, long_interval, unit);
  const dicrec_spikes *const trains[] = {spikes};
  const int32_t result = dicrec_spikes_likely_unit(trains, 1, unit);
  dicrec_spikes_free(spikes);
  return result;
}

START_TEST(seconds_are_told_from_ms) {
  for (size_t n = 3; n <= N; ++n) {
    ck_assert_int_eq(likely(n, 130, 131, DICREC_TIME_MS), DICREC_TIME_MS);
    ck_assert_int_eq(likely(n, 2.5, 130, DICREC_TIME_MS), DICREC_TIME_MS);
    ck_assert_int_eq(likely(n, 0.13, 0.131, DICREC_TIME_MS), DICREC_TIME_S);
    ck_assert_int_eq(likely(n, 0.04, 9, DICREC_TIME_MS), DICREC_TIME_S); /* bursts in seconds */
    ck_assert_int_eq(likely(n, 0.13, 0.131, DICREC_TIME_S), DICREC_TIME_S);
    ck_assert_int_eq(likely(n, 0.04, 9, DICREC_TIME_S), DICREC_TIME_S);
    ck_assert_int_eq(likely(n, 130, 131, DICREC_TIME_S), DICREC_TIME_MS);
    ck_assert_int_eq(likely(n, 8, 110, DICREC_TIME_S), DICREC_TIME_MS); /* bursts in ms */
  }
}
END_TEST

START_TEST(too_little_is_believed) {
  for (size_t n = 0; n < 3; ++n) {
    ck_assert_int_eq(likely(n, 0.13, 0.13, DICREC_TIME_MS), DICREC_TIME_MS);
    ck_assert_int_eq(likely(n, 130, 130, DICREC_TIME_S), DICREC_TIME_S);
  }
  ck_assert_int_eq(dicrec_spikes_likely_unit(NULL, 0, DICREC_TIME_S), DICREC_TIME_S);
  ck_assert_int_eq(dicrec_spikes_likely_unit(NULL, 3, DICREC_TIME_MS), DICREC_TIME_MS);
}
END_TEST

START_TEST(whole_numbers_are_no_seconds) {
  static const double times[] = {1, 2, 3, 4, 6};
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, 5, NULL, &spikes), DICREC_OK);
  const dicrec_spikes *const trains[] = {spikes};
  ck_assert_int_eq(dicrec_spikes_likely_unit(trains, 1, DICREC_TIME_MS), DICREC_TIME_MS);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(intervals_are_those_of_all_trains_and_segments) {
  static const double times[] = {0.5, 1.0, 1.5, 0.25, 0.75, 90.0}, gap[] = {2.0, 80.0};
  static const uint64_t counts[] = {3, 3};
  dicrec_spikes_options options;
  dicrec_spikes_options_init(&options, sizeof options);
  options.trial_counts = counts, options.n_trials = 2;
  options.has_window = 1, options.stop = 100;
  options.gaps = gap, options.n_gaps = 1;
  dicrec_spikes *trials, *other = train_of(5, 50, 60, DICREC_TIME_MS);
  answers(dicrec_spikes_create(context, times, 6, &options, &trials), DICREC_OK);
  const dicrec_spikes *const trains[] = {NULL, trials, other};
  ck_assert_int_eq(dicrec_spikes_likely_unit(trains, 2, DICREC_TIME_MS), DICREC_TIME_S);
  ck_assert_int_eq(dicrec_spikes_likely_unit(trains, 3, DICREC_TIME_MS), DICREC_TIME_MS); /* 3 of 7 are short */
  dicrec_spikes_free(trials);
  dicrec_spikes_free(other);
}
END_TEST

Suite *likely_unit_suite(void) {
  Suite *suite = suite_create("likely_unit");
  TCase *tests = tcase_create("likely_unit");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_add_test(tests, seconds_are_told_from_ms);
  tcase_add_test(tests, too_little_is_believed);
  tcase_add_test(tests, whole_numbers_are_no_seconds);
  tcase_add_test(tests, intervals_are_those_of_all_trains_and_segments);
  suite_add_tcase(suite, tests);
  return suite;
}
