/* SPDX-License-Identifier: MIT */
/** @file test_spikes.c Spike trains: what is refused, statistics, bursts, van Rossum distance. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "support/fixture.h"

Suite *spikes_suite(void);

static const dicrec_spikes_options in_s = {.struct_size = sizeof in_s, .unit = DICREC_TIME_S};

static dicrec_spikes *train(const double *times, size_t n) {
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
  return spikes;
}

static dicrec_spike_statistics statistics_of(const double *times, size_t n) {
  dicrec_spikes *spikes = train(times, n);
  dicrec_spike_statistics s = {.struct_size = sizeof s};
  answers(dicrec_spikes_statistics(spikes, &s), n < 3 ? DICREC_W_SILENT : DICREC_OK);
  dicrec_spikes_free(spikes);
  return s;
}

/** Times with random intervals; every `burst`-th is long. */
static double *random_times(size_t n, size_t burst, uint64_t seed) {
  double *times = malloc((n + 1) * sizeof *times), now = 5.0;
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POSTERIOR, n, 0);
  for (size_t i = 0; i < n; ++i) {
    times[i] = now;
    now += (burst > 0 && i % burst == burst - 1 ? 150.0 : 10.0) * (0.7 + 0.6 * dicrec__random_uniform(&random));
  }
  return times;
}

START_TEST(bad_times_are_refused_and_named) {
  static const struct {
    double times[4];
    const char *word;
  } trains[] = {{{1.0, NAN, 3.0, 4.0}, "spike 2 of 4"},      {{INFINITY, 2.0, 3.0, 4.0}, "spike 1 of 4"},
                {{1.0, 2.0, 3.0, INFINITY}, "spike 4 of 4"}, {{-INFINITY, 2.0, 3.0, 4.0}, "spike 1 of 4"},
                {{1.0, 2.0, -3.0, 4.0}, "spike 3 of 4"},     {{1.0, 3.0, 2.0, 4.0}, "spike 3 of 4"},
                {{1.0, 2.0, 2.0, 4.0}, "spike 3 of 4"},      {{0.0, -0.0, 2.0, 4.0}, "spike 2 of 4"}};
  for (size_t i = 0; i < sizeof trains / sizeof trains[0]; ++i)
    for (int32_t unit = DICREC_TIME_MS; unit <= DICREC_TIME_S; ++unit) {
      const dicrec_spikes_options options = {.struct_size = sizeof options, .unit = unit};
      dicrec_spikes *spikes = (dicrec_spikes *)1;
      answers(dicrec_spikes_create(context, trains[i].times, 4, &options, &spikes), DICREC_E_SPIKES);
      ck_assert_ptr_null(spikes);
      ck_assert_msg(strstr(error_text(), trains[i].word) != NULL, "%zu: %s", i, error_text());
    }
}
END_TEST

START_TEST(bad_trains_are_refused) {
  const double times[] = {1.0, 2.0};
  dicrec_spikes *spikes = (dicrec_spikes *)1;
  answers(dicrec_spikes_create(context, NULL, 2, NULL, &spikes), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(spikes);
  answers(dicrec_spikes_create(context, times, 2, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_create(NULL, times, 2, NULL, &spikes), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_create(context, times, SIZE_MAX / 4, NULL, NULL), DICREC_E_ARGUMENT);
  const double huge[] = {1.0, 1e307};
  answers(dicrec_spikes_create(context, huge, 2, &in_s, &spikes), DICREC_E_SPIKES);
  dicrec_spike_statistics s = {.struct_size = sizeof s};
  answers(dicrec_spikes_statistics(NULL, &s), DICREC_E_ARGUMENT);
  spikes = train(times, 2);
  answers(dicrec_spikes_statistics(spikes, NULL), DICREC_E_ARGUMENT);
  s.struct_size = 0;
  answers(dicrec_spikes_statistics(spikes, &s), DICREC_E_ARGUMENT);
  double copy[2];
  answers(dicrec_spikes_copy_times(spikes, copy, 1), DICREC_E_BUFFER);
  answers(dicrec_spikes_copy_times(spikes, NULL, 2), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_copy_times(NULL, copy, 2), DICREC_E_ARGUMENT);
  dicrec_spikes_free(spikes);
  dicrec_spikes_free(NULL);
  ck_assert_uint_eq(dicrec_spikes_count(NULL), 0);
}
END_TEST

START_TEST(empty_and_single_trains_are_silent) {
  const double one[] = {0.0};
  for (size_t n = 0; n <= 2; ++n) {
    const double two[] = {0.0, 5.0};
    const dicrec_spike_statistics s = statistics_of(n == 0 ? NULL : n == 1 ? one : two, n);
    ck_assert_int_eq(s.activity, DICREC_ACTIVITY_SILENT);
    ck_assert_int_eq(s.n_spikes, (int64_t)n);
    ck_assert_int_eq(s.n_bursts, 0);
    ck_assert(isnan(s.rate_hz) && isnan(s.isi_mean_ms) && isnan(s.isi_cv) && isnan(s.isi_min_ms));
    ck_assert(isnan(s.isi_max_ms) && isnan(s.spikes_per_burst) && isnan(s.burst_hz) && isnan(s.burst_duration_ms));
  }
  dicrec_spikes *spikes = train(NULL, 0);
  answers(dicrec_spikes_copy_times(spikes, NULL, 0), DICREC_OK);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(units_and_samples_give_ms) {
  const double seconds[] = {0.0, 0.0125, 1.5};
  const int64_t samples[] = {0, 250, 30000};
  dicrec_spikes *from_times, *from_samples;
  answers(dicrec_spikes_create(context, seconds, 3, &in_s, &from_times), DICREC_OK);
  answers(dicrec_spikes_create_from_samples(context, samples, 3, 20000.0, NULL, &from_samples), DICREC_OK);
  double a[3], b[3];
  answers(dicrec_spikes_copy_times(from_times, a, 3), DICREC_OK);
  answers(dicrec_spikes_copy_times(from_samples, b, 3), DICREC_OK);
  const double expected[] = {0.0, 12.5, 1500.0};
  for (int i = 0; i < 3; ++i) {
    ck_assert_double_eq_tol(a[i], expected[i], 1e-12);
    ck_assert_double_eq_tol(b[i], expected[i], 1e-12);
  }
  dicrec_spikes_free(from_times);
  dicrec_spikes_free(from_samples);
}
END_TEST

START_TEST(bad_samples_are_refused) {
  static const int64_t trains[][2] = {{5, 5}, {6, 5}, {-5, -6}, {INT64_MIN, 0}};
  const int64_t good[] = {5, 6}, close[] = {INT64_MAX - 1, INT64_MAX};
  static const double rates[] = {0.0, -1.0, (double)NAN, (double)INFINITY};
  dicrec_spikes *spikes = (dicrec_spikes *)1;
  for (size_t i = 0; i < 4; ++i) {
    answers(dicrec_spikes_create_from_samples(context, trains[i], 2, 1000.0, NULL, &spikes), DICREC_E_SPIKES);
    ck_assert_ptr_null(spikes);
    answers(dicrec_spikes_create_from_samples(context, good, 2, rates[i], NULL, &spikes), DICREC_E_RANGE);
  }
  answers(dicrec_spikes_create_from_samples(context, close, 2, 1000.0, NULL, &spikes), DICREC_E_SPIKES);
  answers(dicrec_spikes_create_from_samples(context, NULL, 2, 1000.0, NULL, &spikes), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_create_from_samples(context, good, 2, 1000.0, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_create_from_samples(NULL, good, 2, 1000.0, NULL, &spikes), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(statistics_by_hand) {
  const double regular[] = {100.0, 110.0, 120.0, 130.0};
  dicrec_spike_statistics s = statistics_of(regular, 4);
  ck_assert_int_eq(s.activity, DICREC_ACTIVITY_SPIKING);
  ck_assert_double_eq_tol(s.rate_hz, 100.0, 1e-12);
  ck_assert_double_eq_tol(s.isi_cv, 0.0, 1e-12);
  ck_assert(isnan(s.spikes_per_burst) && isnan(s.burst_hz) && s.n_bursts == 0);
  const double uneven[] = {0.0, 10.0, 40.0}; /* intervals 10, 30: mean 20, deviation 10 */
  s = statistics_of(uneven, 3);
  ck_assert_int_eq(s.activity, DICREC_ACTIVITY_BURSTING);
  ck_assert_double_eq_tol(s.isi_mean_ms, 20.0, 1e-12);
  ck_assert_double_eq_tol(s.isi_cv, 0.5, 1e-12);
  ck_assert_double_eq_tol(s.isi_min_ms, 10.0, 1e-12);
  ck_assert_double_eq_tol(s.isi_max_ms, 30.0, 1e-12);
  ck_assert_double_eq_tol(s.rate_hz, 50.0, 1e-12);
}
END_TEST

START_TEST(the_class_changes_at_a_variation_of_015) {
  for (int side = -1; side <= 1; side += 2) { /* intervals 1 - d and 1 + d: the variation is d */
    const double d = 0.15 + side * 1e-6, times[] = {0.0, 1.0 - d, 2.0, 3.0 - d, 4.0};
    const dicrec_spike_statistics s = statistics_of(times, 5);
    ck_assert_int_eq(s.activity, side < 0 ? DICREC_ACTIVITY_SPIKING : DICREC_ACTIVITY_BURSTING);
  }
}
END_TEST

START_TEST(first_and_last_burst_do_not_count) {
  /* the cut is at (10 + 100) / 2; whole bursts: 120-140 and 240-260; 400 and 500 stand alone */
  const double times[] = {0, 10, 20, 120, 130, 140, 240, 250, 260, 300 + 60, 460, 470, 480, 490};
  dicrec_spike_statistics s = statistics_of(times, 14);
  ck_assert_int_eq(s.n_bursts, 2);
  ck_assert_double_eq_tol(s.spikes_per_burst, 3.0, 1e-12);
  ck_assert_double_eq_tol(s.burst_duration_ms, 20.0, 1e-12);
  ck_assert_double_eq_tol(s.burst_hz, 1000.0 / 120.0, 1e-12);
  s = statistics_of(times, 10); /* the last run of two or more is 240-260 */
  ck_assert_int_eq(s.n_bursts, 1);
  ck_assert_double_eq_tol(s.spikes_per_burst, 3.0, 1e-12);
  ck_assert_double_eq_tol(s.burst_duration_ms, 20.0, 1e-12);
  ck_assert(isnan(s.burst_hz) && isnan(s.spikes_per_burst_sd) && isnan(s.burst_period_cv));
  ck_assert_double_eq(s.burst_gap_ms, (s.isi_min_ms + s.isi_max_ms) / 2.0);
  const double equal_to_cut[] = {0, 10, 65, 75, 175, 185, 285, 295}; /* 55 is not above the cut */
  s = statistics_of(equal_to_cut, 8);
  ck_assert_int_eq(s.n_bursts, 1);
}
END_TEST

/** The rules of the header once more, with all runs laid out in memory. */
static dicrec_spike_statistics plain_statistics(const double *t, size_t n) {
  dicrec_spike_statistics s = {.n_spikes = (int64_t)n, .isi_min_ms = INFINITY};
  for (size_t i = 1; i < n; ++i) {
    const double interval = t[i] - t[i - 1];
    s.isi_mean_ms += interval / (double)(n - 1);
    s.isi_min_ms = fmin(s.isi_min_ms, interval);
    s.isi_max_ms = fmax(s.isi_max_ms, interval);
  }
  double variance = 0.0;
  for (size_t i = 1; i < n; ++i) variance += pow(t[i] - t[i - 1] - s.isi_mean_ms, 2.0) / (double)(n - 1);
  s.isi_cv = sqrt(variance) / s.isi_mean_ms;
  size_t(*runs)[2] = malloc((n + 1) * sizeof *runs), n_runs = 0;
  for (size_t i = 0, onset = 0; i < n; ++i) {
    if (i > 0 && t[i] - t[i - 1] > 0.5 * (s.isi_min_ms + s.isi_max_ms)) onset = i;
    const bool ends = i + 1 == n || t[i + 1] - t[i] > 0.5 * (s.isi_min_ms + s.isi_max_ms);
    if (ends && i > onset) runs[n_runs][0] = onset, runs[n_runs++][1] = i;
  }
  const size_t n_whole = s.isi_cv > 0.15 && n_runs > 2 ? n_runs - 2 : 0;
  s.n_bursts = (int64_t)n_whole;
  for (size_t r = 1; r <= n_whole; ++r) {
    s.spikes_per_burst += (double)(runs[r][1] - runs[r][0] + 1) / (double)n_whole;
    s.burst_duration_ms += (t[runs[r][1]] - t[runs[r][0]]) / (double)n_whole;
  }
  if (n_whole > 1) s.burst_hz = 1000.0 * (double)(n_whole - 1) / (t[runs[n_whole][0]] - t[runs[1][0]]);
  free(runs);
  return s;
}

START_TEST(statistics_agree_with_plain_loops) {
  static const size_t bursts[] = {0, 1, 2, 3, 5, 11};
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const size_t n = 3 + 7 * seed % 200, burst = bursts[seed % 6];
    double *times = random_times(n, burst, seed);
    const dicrec_spike_statistics s = statistics_of(times, n), expected = plain_statistics(times, n);
    ck_assert_double_eq_tol(s.isi_mean_ms, expected.isi_mean_ms, 1e-9);
    ck_assert_double_eq_tol(s.isi_cv, expected.isi_cv, 1e-9);
    ck_assert_double_eq_tol(s.rate_hz, 1000.0 / expected.isi_mean_ms, 1e-9);
    ck_assert_double_eq(s.isi_min_ms, expected.isi_min_ms);
    ck_assert_double_eq(s.isi_max_ms, expected.isi_max_ms);
    ck_assert_int_eq(s.n_bursts, expected.n_bursts);
    if (s.n_bursts > 0) {
      ck_assert_double_eq_tol(s.spikes_per_burst, expected.spikes_per_burst, 1e-9);
      ck_assert_double_eq_tol(s.burst_duration_ms, expected.burst_duration_ms, 1e-9);
      if (s.n_bursts > 1) ck_assert_double_eq_tol(s.burst_hz, expected.burst_hz, 1e-9);
    }
    free(times);
  }
}
END_TEST

START_TEST(statistics_fit_the_callers_struct) {
  const double times[] = {1.0, 2.0, 4.0};
  dicrec_spikes *spikes = train(times, 3);
  union {
    unsigned char bytes[256];
    dicrec_spike_statistics s;
  } caller;
  for (size_t size = 0; size <= 160; ++size) {
    memset(&caller, 0x77, sizeof caller);
    caller.s.struct_size = (uint32_t)size;
    const bool is_size = size >= 8 && size % 8 == 0;
    answers(dicrec_spikes_statistics(spikes, &caller.s), is_size ? DICREC_OK : DICREC_E_ARGUMENT);
    for (size_t i = sizeof(uint32_t); i < sizeof caller && !is_size; ++i) ck_assert_uint_eq(caller.bytes[i], 0x77);
    if (!is_size) continue;
    ck_assert_uint_eq(caller.s.struct_size, size < sizeof caller.s ? size : sizeof caller.s); /* what was filled */
    for (size_t i = size; i < sizeof caller; ++i) ck_assert_uint_eq(caller.bytes[i], 0x77);
    if (size >= 32) ck_assert_double_eq_tol(caller.s.rate_hz, 1000.0 / 1.5, 1e-9);
  }
  caller.s.struct_size = 0xAAAAAAAA; /* never initialised */
  answers(dicrec_spikes_statistics(spikes, &caller.s), DICREC_E_ARGUMENT);
  dicrec_spikes_free(spikes);
}
END_TEST

static double plain_kernel(const double *a, size_t n_a, const double *b, size_t n_b, double tau) {
  double sum = 0.0;
  for (size_t i = 0; i < n_a; ++i)
    for (size_t j = 0; j < n_b; ++j) sum += exp(-fabs((a[i] - a[0]) - (b[j] - b[0])) / tau) / (2.0 * tau);
  return sum;
}

START_TEST(distance_is_the_double_sum) {
  static const double taus[] = {0.0, 0.3, 12.0, 500.0, 1e5};
  double worst = 0.0;
  for (uint64_t seed = 0; seed < 30; ++seed)
    for (size_t k = 0; k < 5; ++k) {
      const size_t n_a = 2 + 5 * seed % 37, n_b = 11 * seed % 41;
      double *a = random_times(n_a, 4, seed), *b = random_times(n_b, 3, seed + 100), squared;
      if (seed % 5 == 0 && n_b > 3 && n_a > 3) b[0] = a[0], b[1] = a[1]; /* coincident spikes */
      if (seed % 5 == 0 && n_b > 3 && n_a > 3)
        for (size_t i = 2; i < n_b; ++i) b[i] = b[i - 1] + 20.0;
      dicrec_spikes *u = train(a, n_a), *v = train(b, n_b);
      answers(dicrec_spikes_distance(u, v, taus[k], &squared), DICREC_OK);
      const dicrec_spike_statistics s = plain_statistics(a, n_a);
      const double tau = taus[k] > 0.0 ? taus[k] : 0.5 * (s.isi_min_ms + s.isi_max_ms);
      const double own = plain_kernel(a, n_a, a, n_a, tau) + plain_kernel(b, n_b, b, n_b, tau);
      const double expected = own - 2.0 * plain_kernel(a, n_a, b, n_b, tau);
      worst = fmax(worst, fabs(squared - expected) / own);
      ck_assert(squared >= 0.0);
      dicrec_spikes_free(u);
      dicrec_spikes_free(v);
      free(a);
      free(b);
    }
  report_worst("van Rossum distance against the double sum (share of the terms)", worst, 1e-12);
  ck_assert_double_lt(worst, 1e-12);
}
END_TEST

START_TEST(distance_of_equal_trains_is_zero) {
  double *times = random_times(2000, 6, 3), *shifted = random_times(2000, 6, 3), squared = 1.0, back;
  for (size_t i = 0; i < 2000; ++i) shifted[i] += 512.0;
  dicrec_spikes *a = train(times, 2000), *b = train(shifted, 2000), *part = train(times, 1500);
  answers(dicrec_spikes_distance(a, a, 0.0, &squared), DICREC_OK);
  ck_assert_double_eq_tol(squared, 0.0, 1e-12);
  answers(dicrec_spikes_distance(a, b, 0.0, &squared), DICREC_OK);
  ck_assert_double_eq_tol(squared, 0.0, 1e-9);
  answers(dicrec_spikes_distance(a, part, 30.0, &squared), DICREC_OK);
  answers(dicrec_spikes_distance(part, a, 30.0, &back), DICREC_OK);
  ck_assert_double_gt(squared, 0.0);
  ck_assert_double_eq_tol(squared, back, 1e-9);
  dicrec_spikes_free(a);
  dicrec_spikes_free(b);
  dicrec_spikes_free(part);
  free(times);
  free(shifted);
}
END_TEST

START_TEST(bad_distances_are_refused) {
  static const double bad[] = {-1.0, (double)NAN, (double)INFINITY, (double)-INFINITY};
  const double times[] = {1.0, 2.0, 4.0};
  dicrec_spikes *a = train(times, 3), *one = train(times, 1), *none = train(NULL, 0);
  double squared = 0.0;
  for (size_t i = 0; i < 4; ++i) answers(dicrec_spikes_distance(a, a, bad[i], &squared), DICREC_E_RANGE);
  answers(dicrec_spikes_distance(one, a, 0.0, &squared), DICREC_E_RANGE);
  answers(dicrec_spikes_distance(none, a, 0.0, &squared), DICREC_E_RANGE);
  answers(dicrec_spikes_distance(NULL, a, 1.0, &squared), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_distance(a, NULL, 1.0, &squared), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_distance(a, a, 1.0, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_spikes_distance(none, none, 1.0, &squared), DICREC_OK);
  ck_assert_double_eq(squared, 0.0);
  answers(dicrec_spikes_distance(a, none, 3.0, &squared), DICREC_OK);
  ck_assert_double_eq_tol(squared, plain_kernel(times, 3, times, 3, 3.0), 1e-14);
  dicrec_spikes_free(a);
  dicrec_spikes_free(one);
  dicrec_spikes_free(none);
}
END_TEST

Suite *spikes_suite(void) {
  Suite *suite = suite_create("spikes");
  TCase *tests = tcase_create("spikes");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, bad_times_are_refused_and_named);
  tcase_add_test(tests, bad_trains_are_refused);
  tcase_add_test(tests, empty_and_single_trains_are_silent);
  tcase_add_test(tests, units_and_samples_give_ms);
  tcase_add_test(tests, bad_samples_are_refused);
  tcase_add_test(tests, statistics_by_hand);
  tcase_add_test(tests, the_class_changes_at_a_variation_of_015);
  tcase_add_test(tests, first_and_last_burst_do_not_count);
  tcase_add_test(tests, statistics_agree_with_plain_loops);
  tcase_add_test(tests, statistics_fit_the_callers_struct);
  tcase_add_test(tests, distance_is_the_double_sum);
  tcase_add_test(tests, distance_of_equal_trains_is_zero);
  tcase_add_test(tests, bad_distances_are_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
