/* SPDX-License-Identifier: MIT */
/** @file test_screen.c What a screening asks of a prediction, and how far a prediction or a train is from it. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "reconstruct/screen.h"

Suite *screen_suite(void);

enum { MOST = 2001 };

static double times[MOST];

/** A train of n intervals, each `mean` times one plus a zigzag of this deviation. */
static void make_spiking(size_t n, double mean, double deviation) {
  times[0] = 100.0;
  for (size_t i = 0; i < n; ++i) times[i + 1] = times[i] + mean * (1.0 + (i % 2 == 0 ? deviation : -deviation));
}

/** Bursts of intervals 10, 12 and 90 ms, the last by turns longer and shorter; the number of spikes. */
static size_t make_bursts(size_t n_bursts, double deviation) {
  size_t n = 0;
  times[n++] = 50.0;
  for (size_t b = 0; b < n_bursts; ++b) {
    const double intervals[] = {10.0, 12.0, 90.0 * (1.0 + (b % 2 == 0 ? deviation : -deviation))};
    for (int k = 0; k < 3; ++k, ++n) times[n] = times[n - 1] + intervals[k];
  }
  return n;
}

/** A prediction that is all that the screen asks for, and NaN where it asks for nothing. */
static dicrec__prediction predict_asked(const dicrec__screen *screen, int activity) {
  dicrec__prediction prediction = {.activity = {0.0}};
  prediction.activity[activity] = 1.0;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    prediction.mean[k] = screen->asked[k];
    prediction.spread[k] = isnan(screen->asked[k]) ? (double)NAN : 0.0;
  }
  return prediction;
}

static bool is_quantile(int k) {
  return k >= DICREC__PATTERN_QUANTILE && k < DICREC__PATTERN_QUANTILE + DICREC__PATTERN_QUANTILES;
}

static bool is_in_burst(int k) { return k >= DICREC__PATTERN_FROM_ONSET && k < DICREC__PATTERN_PAUSE_SD; }

/** What is compared must match as asked for, and no more beyond its tolerance; of all else nothing is asked. */
static void check_compared(const dicrec__screen *screen, int activity, bool (*is_compared)(int k)) {
  const dicrec__prediction asked = predict_asked(screen, activity);
  ck_assert_double_eq(dicrec__screen_mismatch(screen, &asked), 0.0);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    ck_assert_msg(dicrec__screen_compares(screen, k) == is_compared(k), "number %d", k);
    dicrec__prediction off = asked;
    off.mean[k] = is_compared(k) ? screen->asked[k] + 3.0 * screen->tolerance[k] : 1e6;
    ck_assert_double_eq_tol(dicrec__screen_mismatch(screen, &off), is_compared(k) ? 3.0 : 0.0, 1e-9);
    ck_assert_double_eq_tol(dicrec__screen_mismatch_of_fired(screen, off.mean), is_compared(k) ? 3.0 : 0.0, 1e-9);
  }
}

static bool of_regular(int k) { return k == DICREC__PATTERN_LOG_MEAN || k == DICREC__PATTERN_CV; }

START_TEST(regular_trains_are_compared_by_rate_and_cv) {
  dicrec__screen screen;
  make_spiking(40, 80.0, 0.0);
  dicrec__screen_init(&screen, dicrec__train_of(times, 41), 1.0, true);
  check_compared(&screen, DICREC_ACTIVITY_SPIKING, of_regular);
  ck_assert(!screen.is_allowed[0] && screen.is_allowed[1] && !screen.is_allowed[2]);
  ck_assert(screen.tolerance[DICREC__PATTERN_LOG_MEAN] > 1e-4 && screen.tolerance[DICREC__PATTERN_LOG_MEAN] < 0.02);
  ck_assert_double_eq_tol(screen.asked[DICREC__PATTERN_LOG_MEAN], log(80.0), 1e-12);
  ck_assert_double_eq_tol(screen.duration_ms, 3200.0, 1e-9);
}
END_TEST

static bool of_whole_bursts(int k) {
  const bool is_place = is_in_burst(k) && (k < DICREC__PATTERN_FROM_ONSET + 3 || k >= DICREC__PATTERN_TO_END);
  return k == DICREC__PATTERN_CV || k == DICREC__PATTERN_LOG_PERIOD || k == DICREC__PATTERN_BURST_SPIKES || is_place;
}

START_TEST(bursts_are_compared_place_by_place) {
  dicrec__screen screen;
  dicrec__screen_init(&screen, dicrec__train_of(times, make_bursts(12, 0.0)), 1.0, true);
  ck_assert(screen.is_allowed[2] && !screen.is_allowed[1]);
  check_compared(&screen, DICREC_ACTIVITY_BURSTING, of_whole_bursts);
  ck_assert_double_eq_tol(screen.asked[DICREC__PATTERN_LOG_PERIOD], log(112.0), 1e-9);
  ck_assert_double_eq_tol(screen.asked[DICREC__PATTERN_BURST_SPIKES], log(3.0), 1e-9);
  ck_assert_double_eq_tol(screen.asked[DICREC__PATTERN_FROM_ONSET + 1], log(12.0), 1e-9);
  ck_assert_double_eq_tol(screen.asked[DICREC__PATTERN_PAUSE_SD - 1], log(90.0), 1e-9);
}
END_TEST

static bool of_slow_bursts(int k) {
  const int place = k - DICREC__PATTERN_QUANTILE;
  const bool is_one = is_quantile(k) && (place == 0 || place == 2 || place == 5 || place == 8 || place == 10);
  return k == DICREC__PATTERN_LOG_MEAN || k == DICREC__PATTERN_CV || is_one;
}

/* Intervals that grow and shrink slowly: their CV is that of bursts, but none begins with a much shorter interval. */
START_TEST(bursts_without_onsets_are_compared_by_quantiles) {
  enum { N = 64 };
  dicrec__screen screen;
  times[0] = 0.0;
  for (int i = 0; i < N; ++i) times[i + 1] = times[i] + 50.0 * exp(0.8 * sin(0.39269908169872414 * i));
  dicrec__screen_init(&screen, dicrec__train_of(times, N + 1), 1.0, true);
  ck_assert(screen.is_allowed[2] && isnan(screen.asked[DICREC__PATTERN_LOG_PERIOD]));
  check_compared(&screen, DICREC_ACTIVITY_BURSTING, of_slow_bursts);
}
END_TEST

static bool of_few(int k) { return k == DICREC__PATTERN_LOG_MEAN; }

START_TEST(few_intervals_are_compared_by_rate_and_class) {
  dicrec__screen screen;
  make_spiking(DICREC__LEAST_INTERVALS - 1, 80.0, 0.02);
  dicrec__screen_init(&screen, dicrec__train_of(times, DICREC__LEAST_INTERVALS), 1.0, true);
  check_compared(&screen, DICREC_ACTIVITY_SPIKING, of_few);
  const size_t n = make_bursts(2, 0.0);
  ck_assert_uint_lt(n, DICREC__LEAST_INTERVALS + 1);
  dicrec__screen_init(&screen, dicrec__train_of(times, n), 1.0, true);
  check_compared(&screen, DICREC_ACTIVITY_BURSTING, of_few);
  dicrec__screen_init(&screen, dicrec__train_of(times, n), 1.0, false);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) ck_assert_int_eq(dicrec__screen_compares(&screen, k), of_few(k));
}
END_TEST

/* CVs of 0, 0.05, 0.145, 0.155, 0.3 and 1: only those near 0.15 may be of either class. */
START_TEST(trains_at_the_border_may_be_of_either_class) {
  static const double cvs[] = {0.0, 0.05, 0.145, 0.155, 0.3, 0.9};
  for (int i = 0; i < 6; ++i) {
    dicrec__screen screen;
    make_spiking(200, 50.0, cvs[i]);
    dicrec__screen_init(&screen, dicrec__train_of(times, 201), 1.0, true);
    const bool is_near = i == 2 || i == 3;
    ck_assert(!screen.is_allowed[DICREC_ACTIVITY_SILENT]);
    ck_assert_int_eq(screen.is_allowed[DICREC_ACTIVITY_SPIKING], is_near || i < 2);
    ck_assert_int_eq(screen.is_allowed[DICREC_ACTIVITY_BURSTING], is_near || i > 3);
  }
}
END_TEST

START_TEST(a_doubtful_class_costs) {
  dicrec__screen screen;
  make_spiking(40, 80.0, 0.0);
  dicrec__screen_init(&screen, dicrec__train_of(times, 41), 1.0, true);
  dicrec__prediction prediction = predict_asked(&screen, DICREC_ACTIVITY_SPIKING);
  double last = 0.0;
  for (double p = 1.0; p >= 0.0; p -= 0.1) {
    prediction.activity[DICREC_ACTIVITY_SPIKING] = p;
    prediction.activity[DICREC_ACTIVITY_BURSTING] = 1.0 - p;
    const double mismatch = dicrec__screen_mismatch(&screen, &prediction);
    ck_assert(p > 0.95 ? mismatch == 0.0 : mismatch > 1.0 && mismatch > last);
    last = mismatch;
  }
}
END_TEST

/* What a network does not know is no reason to refuse a candidate. */
START_TEST(uncertainty_widens_the_tolerances) {
  dicrec__screen screen;
  make_spiking(40, 80.0, 0.0);
  dicrec__screen_init(&screen, dicrec__train_of(times, 41), 1.0, true);
  dicrec__prediction prediction = predict_asked(&screen, DICREC_ACTIVITY_SPIKING);
  const double tolerance = screen.tolerance[DICREC__PATTERN_LOG_MEAN];
  prediction.mean[DICREC__PATTERN_LOG_MEAN] += 10.0 * tolerance;
  ck_assert_double_eq_tol(dicrec__screen_mismatch(&screen, &prediction), 10.0, 1e-9);
  prediction.spread[DICREC__PATTERN_LOG_MEAN] = sqrt(99.0) * tolerance;
  ck_assert_double_eq_tol(dicrec__screen_mismatch(&screen, &prediction), 1.0, 1e-9);
}
END_TEST

static bool of_irregular(int k) {
  static const int others[] = {DICREC__PATTERN_LOG_MEAN, DICREC__PATTERN_CV, DICREC__PATTERN_LV, DICREC__PATTERN_LAG_1,
                               DICREC__PATTERN_BURST_SHARE};
  for (int i = 0; i < 5; ++i)
    if (k == others[i]) return true;
  return is_quantile(k) && of_slow_bursts(k);
}

/* The same difference is much for a narrow prediction and little for a wide one; any that fires is of the class. */
START_TEST(irregular_inputs_must_be_likely_trains) {
  dicrec__screen screen;
  make_spiking(200, 50.0, 0.5);
  dicrec__screen_init(&screen, dicrec__train_of(times, 201), 1.0, false);
  ck_assert(!screen.is_allowed[0] && screen.is_allowed[1] && screen.is_allowed[2]);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    ck_assert_msg(dicrec__screen_compares(&screen, k) == of_irregular(k), "number %d", k);
    if (!of_irregular(k)) continue;
    dicrec__prediction prediction = predict_asked(&screen, DICREC_ACTIVITY_SPIKING);
    ck_assert_double_eq(dicrec__screen_mismatch(&screen, &prediction), 0.0);
    prediction.mean[k] += 50.0 * screen.tolerance[k];
    const double narrow = dicrec__screen_mismatch(&screen, &prediction);
    ck_assert_double_gt(narrow, 1.0);
    prediction.spread[k] = 500.0 * screen.tolerance[k];
    const double wide = dicrec__screen_mismatch(&screen, &prediction);
    ck_assert(wide > 0.0 && wide < 0.5 && narrow > 100.0 * wide);
  }
  const dicrec__prediction silent = predict_asked(&screen, DICREC_ACTIVITY_SILENT);
  ck_assert_double_gt(dicrec__screen_mismatch(&screen, &silent), 1.0);
}
END_TEST

/* Standard errors of means, from what varies in the train. */
START_TEST(sampling_errors_are_those_of_means) {
  dicrec_spike_statistics s = {.activity = DICREC_ACTIVITY_BURSTING,
                               .n_intervals = 49,
                               .n_bursts = 9,
                               .isi_cv = 1.4,
                               .spikes_per_burst = 4.0,
                               .spikes_per_burst_sd = 1.2,
                               .burst_period_cv = 0.2};
  const double per_burst = 1.2 / 4.0 / 3.0, period = 0.2 / 3.0;
  dicrec__sampling_error error = dicrec__sampling_error_of(&s);
  ck_assert_double_eq_tol(error.spikes_per_burst, per_burst, 1e-12);
  ck_assert_double_eq_tol(error.rate, hypot(per_burst, period), 1e-12);
  ck_assert_double_eq_tol(error.cv, 1.4 * sqrt((0.5 + 1.4 * 1.4) / 49.0), 1e-12);
  s.isi_cv = 0.7; /* the intervals tell more than such bursts */
  ck_assert_double_eq_tol(dicrec__sampling_error_of(&s).rate, 0.7 / 7.0, 1e-12);
  s.activity = DICREC_ACTIVITY_SPIKING;
  error = dicrec__sampling_error_of(&s);
  ck_assert_double_eq_tol(error.rate, 0.7 / 7.0, 1e-12);
  ck_assert_double_eq(error.spikes_per_burst, 0.0);
  s.activity = DICREC_ACTIVITY_BURSTING;
  s.n_bursts = 1;
  s.burst_period_cv = s.spikes_per_burst_sd = (double)NAN;
  error = dicrec__sampling_error_of(&s);
  ck_assert(error.rate == 0.0 && error.spikes_per_burst == 0.0);
}
END_TEST

/* Longer trains of the same kind are known better, and less is allowed. */
START_TEST(tolerances_shrink_with_the_length_of_the_input) {
  dicrec__screen brief, lasting;
  make_spiking(20, 80.0, 0.1);
  dicrec__screen_init(&brief, dicrec__train_of(times, 21), 1.0, true);
  make_spiking(2000, 80.0, 0.1);
  dicrec__screen_init(&lasting, dicrec__train_of(times, 2001), 1.0, true);
  ck_assert_double_gt(brief.tolerance[DICREC__PATTERN_LOG_MEAN], 2.0 * lasting.tolerance[DICREC__PATTERN_LOG_MEAN]);
  ck_assert_double_gt(brief.tolerance[DICREC__PATTERN_CV], lasting.tolerance[DICREC__PATTERN_CV]);
  dicrec__screen_init(&brief, dicrec__train_of(times, make_bursts(6, 0.4)), 1.0, true);
  dicrec__screen_init(&lasting, dicrec__train_of(times, make_bursts(600, 0.4)), 1.0, true);
  for (int k = DICREC__PATTERN_LOG_PERIOD; k < DICREC__PATTERN_PAUSE_SD; ++k)
    if (dicrec__screen_compares(&lasting, k) && k != DICREC__PATTERN_BURST_SPIKES)
      ck_assert_double_gt(brief.tolerance[k], 2.0 * lasting.tolerance[k]);
}
END_TEST

START_TEST(a_time_scale_shifts_what_is_asked) {
  dicrec__screen here, scaled;
  const size_t n = make_bursts(12, 0.1);
  dicrec__screen_init(&here, dicrec__train_of(times, n), 1.0, true);
  dicrec__screen_init(&scaled, dicrec__train_of(times, n), 2.5, true);
  ck_assert_double_eq_tol(scaled.duration_ms, here.duration_ms / 2.5, 1e-9);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    ck_assert_int_eq(isnan(here.asked[k]) != 0, isnan(scaled.asked[k]) != 0);
    ck_assert_double_eq(here.tolerance[k], scaled.tolerance[k]);
    if (isnan(here.asked[k])) continue;
    ck_assert_double_eq_tol(here.asked[k] - scaled.asked[k], dicrec__pattern_is_time(k) ? log(2.5) : 0.0, 1e-12);
  }
}
END_TEST

START_TEST(what_is_no_number_matches_nothing) {
  static const int numbers[2][2] = {{DICREC__PATTERN_LV, DICREC__PATTERN_LAG_1},
                                    {DICREC__PATTERN_LOG_PERIOD, DICREC__PATTERN_BURST_SPIKES}};
  static const double bad[3] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  const size_t n = make_bursts(12, 0.0);
  for (int is_regular = 0; is_regular < 2; ++is_regular) {
    dicrec__screen screen;
    dicrec__screen_init(&screen, dicrec__train_of(times, n), 1.0, is_regular == 1);
    const dicrec__prediction good = predict_asked(&screen, DICREC_ACTIVITY_BURSTING);
    for (int k = 0; k < 3; ++k) {
      dicrec__prediction prediction = good;
      prediction.mean[numbers[is_regular][0]] = bad[k];
      ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &prediction));
      ck_assert_double_infinite(dicrec__screen_mismatch_of_fired(&screen, prediction.mean));
      prediction = good;
      prediction.spread[numbers[is_regular][1]] = bad[k];
      ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &prediction));
    }
    dicrec__prediction unknown = good;
    unknown.activity[DICREC_ACTIVITY_BURSTING] = (double)NAN;
    ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &unknown));
  }
}
END_TEST

Suite *screen_suite(void) {
  Suite *suite = suite_create("screen");
  TCase *tests = tcase_create("screen");
  tcase_add_test(tests, regular_trains_are_compared_by_rate_and_cv);
  tcase_add_test(tests, bursts_are_compared_place_by_place);
  tcase_add_test(tests, bursts_without_onsets_are_compared_by_quantiles);
  tcase_add_test(tests, few_intervals_are_compared_by_rate_and_class);
  tcase_add_test(tests, trains_at_the_border_may_be_of_either_class);
  tcase_add_test(tests, a_doubtful_class_costs);
  tcase_add_test(tests, uncertainty_widens_the_tolerances);
  tcase_add_test(tests, irregular_inputs_must_be_likely_trains);
  tcase_add_test(tests, sampling_errors_are_those_of_means);
  tcase_add_test(tests, tolerances_shrink_with_the_length_of_the_input);
  tcase_add_test(tests, a_time_scale_shifts_what_is_asked);
  tcase_add_test(tests, what_is_no_number_matches_nothing);
  suite_add_tcase(suite, tests);
  return suite;
}
