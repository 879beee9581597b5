/* SPDX-License-Identifier: MIT */
/** @file test_screen.c What a screening asks of a prediction: statistics, tolerances, and errors that were learnt. */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "reconstruct/screen.h"

Suite *screen_suite(void);

static const dicrec_spike_statistics of_bursts = {.activity = DICREC_ACTIVITY_BURSTING,
                                                  .n_spikes = 50,
                                                  .n_bursts = 9,
                                                  .isi_mean_ms = 40.0,
                                                  .isi_cv = 1.4,
                                                  .isi_min_ms = 10.0,
                                                  .isi_max_ms = 90.0,
                                                  .spikes_per_burst = 4.0,
                                                  .burst_hz = 5.0,
                                                  .burst_duration_ms = 60.0,
                                                  .spikes_per_burst_sd = 1.2,
                                                  .burst_period_cv = 0.2};

START_TEST(sampling_errors_are_those_of_means) {
  dicrec_spike_statistics s = of_bursts;
  const double per_burst = 1.2 / 4.0 / 3.0, period = 0.2 / 3.0;
  dicrec__screen screen;
  dicrec__screen_init(&screen, &s, 2.0);
  ck_assert_double_eq_tol(screen.tolerance[DICREC__SPIKES_PER_BURST], hypot(0.015, per_burst), 1e-12);
  ck_assert_double_eq_tol(screen.tolerance[DICREC__ISI_MEAN], hypot(0.015, hypot(per_burst, period)), 1e-12);
  ck_assert_double_eq_tol(screen.target[DICREC__ISI_MEAN], log(20.0), 1e-12);
  s.isi_cv = 0.7; /* the intervals tell more than such bursts */
  dicrec__screen_init(&screen, &s, 2.0);
  ck_assert_double_eq_tol(screen.tolerance[DICREC__ISI_MEAN], hypot(0.015, 0.7 / 7.0), 1e-12);
  ck_assert_double_eq_tol(screen.target[DICREC__SPIKES_PER_BURST], log(4.0), 1e-12);
  s.n_bursts = 1;
  s.burst_hz = s.burst_period_cv = s.spikes_per_burst_sd = (double)NAN;
  dicrec__screen_init(&screen, &s, 1.0);
  ck_assert_double_eq(screen.tolerance[DICREC__ISI_MEAN], 0.015);
  ck_assert_double_eq(screen.tolerance[DICREC__SPIKES_PER_BURST], 0.015);
}
END_TEST

START_TEST(few_statistics_are_compared) {
  dicrec_spike_statistics s = of_bursts;
  for (int k = 0; k < 2; ++k) {
    dicrec__screen screen;
    s.activity = k == 0 ? DICREC_ACTIVITY_SPIKING : DICREC_ACTIVITY_BURSTING;
    dicrec__screen_init(&screen, &s, 1.0);
    dicrec__prediction prediction = {.activity = {0.0, 1.0 - k, k}};
    for (int i = 0; i < DICREC__N_PREDICTED; ++i) {
      const bool is_compared = i == DICREC__ISI_MEAN || (k == 1 && i == DICREC__SPIKES_PER_BURST);
      ck_assert_int_eq(is_compared, !isnan(screen.target[i]));
      prediction.mean[i] = is_compared ? screen.target[i] : (double)NAN;
    }
    ck_assert_double_eq(dicrec__screen_mismatch(&screen, &prediction), 0.0);
    prediction.mean[DICREC__ISI_MEAN] += 3.0 * screen.tolerance[DICREC__ISI_MEAN];
    ck_assert_double_eq_tol(dicrec__screen_mismatch(&screen, &prediction), 3.0, 1e-12);
  }
}
END_TEST

START_TEST(what_is_no_number_matches_nothing) {
  dicrec__screen screen;
  dicrec__screen_init(&screen, &of_bursts, 1.0);
  dicrec__prediction good = {.activity = {0.0, 0.0, 1.0}};
  memcpy(good.mean, screen.target, sizeof good.mean);
  ck_assert_double_eq(dicrec__screen_mismatch(&screen, &good), 0.0);
  static const double bad[3] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
  for (int k = 0; k < 3; ++k) {
    dicrec__prediction prediction = good;
    prediction.mean[DICREC__SPIKES_PER_BURST] = bad[k];
    ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &prediction));
    prediction = good;
    prediction.spread[DICREC__ISI_MEAN] = bad[k];
    ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &prediction));
  }
  good.activity[DICREC_ACTIVITY_BURSTING] = (double)NAN;
  ck_assert_double_infinite(dicrec__screen_mismatch(&screen, &good));
}
END_TEST

/* Predictions about trains like the input share an error, which later targets take into account. */
START_TEST(errors_of_predictions_shift_the_target) {
  static const double scale = 2.0, error = 0.05;
  dicrec_spike_statistics fired = of_bursts;
  dicrec__screen screen;
  dicrec__bias bias = {{0}, {0}};
  dicrec__prediction prediction = {.activity = {0.0, 0.0, 1.0}};
  dicrec__screen_init(&screen, &of_bursts, scale);
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) prediction.mean[k] = (double)NAN;
  prediction.mean[DICREC__ISI_MEAN] = screen.asked[DICREC__ISI_MEAN] - error; /* too short */
  double last = screen.target[DICREC__ISI_MEAN];
  for (int i = 0; i < 1000; ++i) {
    dicrec__bias_add(&bias, &screen, &prediction, &fired, scale);
    dicrec__screen_shift(&screen, &bias);
    ck_assert_double_lt(screen.target[DICREC__ISI_MEAN], last);
    last = screen.target[DICREC__ISI_MEAN];
  }
  ck_assert_double_eq_tol(last, screen.asked[DICREC__ISI_MEAN] - error, 0.01 * error);
  ck_assert_double_eq(screen.target[DICREC__SPIKES_PER_BURST], screen.asked[DICREC__SPIKES_PER_BURST]);
  fired.activity = DICREC_ACTIVITY_SPIKING; /* says nothing of errors within the class */
  fired.isi_mean_ms = 1e6;
  dicrec__bias_add(&bias, &screen, &prediction, &fired, scale);
  dicrec__screen_shift(&screen, &bias);
  ck_assert_double_eq(screen.target[DICREC__ISI_MEAN], last);
}
END_TEST

Suite *screen_suite(void) {
  Suite *suite = suite_create("screen");
  TCase *tests = tcase_create("screen");
  tcase_add_test(tests, sampling_errors_are_those_of_means);
  tcase_add_test(tests, few_statistics_are_compared);
  tcase_add_test(tests, what_is_no_number_matches_nothing);
  tcase_add_test(tests, errors_of_predictions_shift_the_target);
  suite_add_tcase(suite, tests);
  return suite;
}
