/* SPDX-License-Identifier: MIT */
/** @file test_windows.c When a train was observed: windows, gaps, trials, samples with an origin; what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "spikes/pattern.h"
#include "spikes/spikes.h"
#include "support/fixture.h"

Suite *windows_suite(void);

static const double inf = (double)INFINITY;

static dicrec_spikes_options windowed(double start, double stop) {
  dicrec_spikes_options options;
  dicrec_spikes_options_init(&options, sizeof options);
  options.has_window = 1;
  options.start = start;
  options.stop = stop;
  return options;
}

static dicrec_spikes *observed(const double *times, size_t n, const dicrec_spikes_options *options) {
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, n, options, &spikes), DICREC_OK);
  return spikes;
}

static dicrec_spike_statistics statistics_of(dicrec_spikes *spikes) {
  dicrec_spike_statistics s = {.struct_size = sizeof s};
  ck_assert_int_ge(dicrec_spikes_statistics(spikes, &s), DICREC_OK);
  dicrec_spikes_free(spikes);
  return s;
}

/** The segments are these windows with so many spikes. */
static void has_segments(const dicrec_spikes *spikes, size_t n, const double (*windows)[2], const uint64_t *counts) {
  double found[16][2];
  uint64_t found_counts[16];
  ck_assert_uint_eq(dicrec_spikes_segment_count(spikes), n);
  answers(dicrec_spikes_copy_segments(spikes, found[0], found_counts, n), DICREC_OK);
  answers(dicrec_spikes_copy_segments(spikes, found[0], found_counts, n - 1), DICREC_E_BUFFER);
  for (size_t i = 0; i < n; ++i) {
    ck_assert_double_eq(found[i][0], windows[i][0]);
    ck_assert_double_eq(found[i][1], windows[i][1]);
    ck_assert_uint_eq(found_counts[i], counts[i]);
  }
}

/** Times from `first` on with the intervals of bursts. */
static size_t make_bursts(double first, size_t n_bursts, double *times) {
  size_t n = 0;
  for (size_t b = 0; b < n_bursts; ++b)
    for (size_t i = 0; i < 3 + b % 3; ++i) times[n++] = first + 100.0 * (double)b + (8.0 + (double)(b % 2)) * (double)i;
  return n;
}

START_TEST(three_spikes_in_a_second_or_a_minute) {
  static const double times[] = {200.0, 400.0, 600.0};
  const dicrec_spikes_options second = windowed(0.0, 1000.0), minute = windowed(-59000.0, 1000.0);
  dicrec_spike_statistics s = statistics_of(observed(times, 3, &second));
  ck_assert_double_eq_tol(s.mean_rate_hz, 3.0, 1e-12);
  ck_assert_double_eq(s.observed_ms, 1000.0);
  ck_assert_double_eq(s.rate_hz, 5.0); /* of the intervals, as ever */
  s = statistics_of(observed(times, 3, &minute));
  ck_assert_double_eq_tol(s.mean_rate_hz, 0.05, 1e-12);
  s = statistics_of(observed(times, 3, NULL));
  ck_assert_double_eq(s.mean_rate_hz, s.rate_hz);
  ck_assert_double_eq(s.observed_ms, 400.0);
  ck_assert_int_eq(s.n_segments, 1);
  ck_assert_int_eq(s.n_intervals, 2);
  s = statistics_of(observed(times, 0, &second));
  ck_assert_double_eq(s.mean_rate_hz, 0.0);
  ck_assert(isnan(statistics_of(observed(times, 1, NULL)).mean_rate_hz));
}
END_TEST

START_TEST(gaps_and_trials_make_segments) {
  static const double times[] = {-5.0, 1.0, 10.0, 20.0, 30.0, 3.0, 9.0, 25.0};
  static const double gaps[][2] = {{10.5, 12.0}, {12.0, 20.0}}, windows[][2] = {{-10.0, 40.0}, {0.0, 30.0}};
  static const uint64_t counts[] = {5, 3};
  dicrec_spikes_options options;
  dicrec_spikes_options_init(&options, sizeof options);
  options.gaps = gaps[0];
  options.n_gaps = 2;
  dicrec_spikes *spikes = observed(times, 5, &options);
  has_segments(spikes, 3, (const double[][2]){{-5.0, 10.5}, {12.0, 12.0}, {20.0, 30.0}}, (const uint64_t[]){3, 0, 2});
  dicrec_spike_statistics s = statistics_of(spikes);
  ck_assert_double_eq(s.observed_ms, 25.5);
  ck_assert_double_eq_tol(s.mean_rate_hz, 1000.0 * 4.0 / 25.5, 1e-9);
  ck_assert_int_eq(s.n_intervals, 3);
  ck_assert_double_eq_tol(s.isi_mean_ms, (6.0 + 9.0 + 10.0) / 3.0, 1e-12);
  options.trial_counts = counts;
  options.n_trials = 2;
  options.trial_windows = windows[0];
  spikes = observed(times, 8, &options);
  has_segments(spikes, 6,
               (const double[][2]){{-10.0, 10.5}, {12.0, 12.0}, {20.0, 40.0}, {0.0, 10.5}, {12.0, 12.0}, {20.0, 30.0}},
               (const uint64_t[]){3, 0, 2, 2, 0, 1});
  s = statistics_of(spikes);
  ck_assert_int_eq(s.n_segments, 6);
  ck_assert_double_eq_tol(s.mean_rate_hz, 1000.0 * 8.0 / (20.5 + 20.0 + 10.5 + 10.0), 1e-9);
}
END_TEST

START_TEST(one_window_is_for_all_trials) {
  static const double times[] = {-20.0, 30.0, 5.0, -40.0, -30.0};
  static const uint64_t counts[] = {2, 1, 0, 2};
  dicrec_spikes_options options = windowed(-0.05, 0.05);
  options.unit = DICREC_TIME_S;
  options.trial_counts = counts;
  options.n_trials = 4;
  double in_s[5];
  for (int i = 0; i < 5; ++i) in_s[i] = 1e-3 * times[i];
  dicrec_spikes *spikes = observed(in_s, 5, &options);
  const double window[2] = {-50.0, 50.0};
  double windows[4][2];
  for (int i = 0; i < 4; ++i) memcpy(windows[i], window, sizeof window);
  has_segments(spikes, 4, (const double(*)[2])windows, counts);
  ck_assert_int_eq(statistics_of(spikes).n_intervals, 2);
  options = (dicrec_spikes_options){.struct_size = sizeof options, .trial_counts = counts, .n_trials = 4};
  spikes = observed(times, 5, &options);
  has_segments(spikes, 4, (const double[][2]){{-20.0, 30.0}, {5.0, 5.0}, {0.0, 0.0}, {-40.0, -30.0}}, counts);
  ck_assert_double_eq_tol(statistics_of(spikes).mean_rate_hz, 1000.0 * 2.0 / 60.0, 1e-9);
}
END_TEST

START_TEST(bursts_at_the_edge_are_whole_after_silence) {
  double times[64];
  const size_t n = make_bursts(100.0, 5, times);
  const double cut = 0.5 * (8.0 + (times[3] - times[2])); /* what ends a burst */
  ck_assert_int_eq(statistics_of(observed(times, n, NULL)).n_bursts, 3);
  dicrec_spikes_options options = windowed(times[0] - cut - 1.0, times[n - 1] + cut - 1.0);
  dicrec_spike_statistics s = statistics_of(observed(times, n, &options));
  ck_assert_int_eq(s.n_bursts, 4);
  ck_assert_double_eq_tol(s.spikes_per_burst, (3 + 4 + 5 + 3) / 4.0, 1e-12);
  ck_assert_double_eq_tol(s.burst_hz, 10.0, 1e-9);
  options.stop = times[n - 1] + cut + 1.0;
  s = statistics_of(observed(times, n, &options));
  ck_assert_int_eq(s.n_bursts, 5);
  ck_assert_double_eq_tol(s.spikes_per_burst, (double)n / 5.0, 1e-12);
  const double gap[] = {times[6] + cut + 1.0, times[7] - 1.0}; /* cuts the third burst, not the second */
  options.gaps = gap;
  options.n_gaps = 1;
  s = statistics_of(observed(times, n, &options));
  ck_assert_int_eq(s.n_bursts, 4);
  ck_assert_double_eq_tol(s.burst_hz, 10.0, 1e-9); /* between bursts of the same segment */
}
END_TEST

/** Correlations and bursts of segments, by loops over pairs inside them. */
static double plain_lag(const double *times, const uint64_t *counts, size_t n_segments, size_t lag) {
  double logs[64], mean = 0.0, squares = 0.0, products = 0.0;
  size_t n = 0, first = 0;
  for (size_t s = 0; s < n_segments; first += counts[s++])
    for (size_t i = first + 1; i < first + counts[s]; ++i) logs[n++] = log(times[i] - times[i - 1]);
  for (size_t i = 0; i < n; ++i) mean += logs[i] / (double)n;
  for (size_t i = 0; i < n; ++i) squares += (logs[i] - mean) * (logs[i] - mean);
  for (size_t s = 0, at = 0; s < n_segments; ++s) {
    const size_t n_here = counts[s] > 0 ? counts[s] - 1 : 0;
    for (size_t i = lag; i < n_here; ++i) products += (logs[at + i] - mean) * (logs[at + i - lag] - mean);
    at += n_here;
  }
  return products / squares;
}

START_TEST(the_pattern_joins_nothing_across_segments) {
  static const uint64_t counts[] = {7, 2, 0, 1, 9, 3};
  double times[22], pattern[DICREC__PATTERN_SIZE], local = 0.0;
  size_t n = 0, n_pairs = 0;
  for (size_t s = 0; s < 6; ++s)
    for (size_t i = 0; i < counts[s]; ++i, ++n)
      times[n] = i == 0 ? -30.0 : times[n - 1] + 10.0 + (double)((7 * n + 3 * n * n) % 23);
  dicrec_spikes_options options = {.struct_size = sizeof options, .trial_counts = counts, .n_trials = 6};
  dicrec_spikes *spikes = observed(times, n, &options);
  answers(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, pattern), DICREC_OK);
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_LAG_1], plain_lag(times, counts, 6, 1), 1e-12);
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_LAG_2], plain_lag(times, counts, 6, 2), 1e-12);
  for (size_t s = 0, first = 0; s < 6; first += counts[s++])
    for (size_t i = first + 2; i < first + counts[s]; ++i, ++n_pairs) {
      const double a = times[i - 1] - times[i - 2], b = times[i] - times[i - 1];
      local += 3.0 * (a - b) * (a - b) / ((a + b) * (a + b));
    }
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_LV], local / (double)n_pairs, 1e-12);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(bursts_of_the_pattern_end_with_their_segment) {
  static const uint64_t counts[] = {7, 4};
  static const double times[] = {0, 50, 55, 60, 110, 115, 120, 0, 60, 64, 130};
  static const double apart[] = {0, 50, 55, 60, 110, 115, 120, 1000, 1060, 1064, 1130};
  double pattern[DICREC__PATTERN_SIZE];
  dicrec_spikes_options options = {.struct_size = sizeof options, .trial_counts = counts, .n_trials = 2};
  dicrec_spikes *spikes = observed(times, 11, &options);
  answers(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, pattern), DICREC_OK);
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_BURST_SHARE], 1.0 / 9.0, 1e-12);
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_BURST_SPIKES], 3.0, 1e-12);
  dicrec_spikes_free(spikes);
  spikes = observed(apart, 11, NULL);
  answers(dicrec_spikes_pattern(spikes, DICREC__PATTERN_SIZE, pattern), DICREC_OK);
  ck_assert_double_eq_tol(pattern[DICREC__PATTERN_BURST_SHARE], 3.0 / 10.0, 1e-12); /* one across the border */
  dicrec_spikes_free(spikes);
}
END_TEST

static dicrec_spike_stationarity stationarity_of(dicrec_spikes *spikes) {
  dicrec_spike_stationarity s = {.struct_size = sizeof s};
  answers(dicrec_spikes_stationarity(spikes, &s), DICREC_OK);
  dicrec_spikes_free(spikes);
  return s;
}

START_TEST(stationarity_joins_what_was_observed) {
  static const uint64_t counts[] = {41, 1, 60, 0, 41};
  double whole[140], parts[143];
  size_t n = 1, m = 0;
  for (whole[0] = 7.0; n < 140; ++n) whole[n] = whole[n - 1] + (n < 70 ? 20.0 : 13.0) + (double)(n * n % 7);
  for (size_t s = 0, next = 0; s < 5; ++s) /* the same intervals, each trial from -100 on */
    for (size_t i = 0; i < counts[s]; ++i, ++m) {
      parts[m] = i == 0 ? -100.0 : parts[m - 1] + whole[next + 1] - whole[next];
      next += i > 0;
    }
  dicrec_spikes_options options = {.struct_size = sizeof options, .trial_counts = counts, .n_trials = 5};
  const dicrec_spike_stationarity a = stationarity_of(observed(whole, 140, NULL));
  const dicrec_spike_stationarity b = stationarity_of(observed(parts, 143, &options));
  ck_assert_int_eq(a.change, DICREC_CHANGE_STEP);
  ck_assert_int_eq(b.change, a.change);
  ck_assert_int_eq(b.drifts, a.drifts);
  ck_assert_double_eq_tol(b.rate_factor, a.rate_factor, 1e-9);
  ck_assert_double_eq_tol(log(b.p_value), log(a.p_value), 1e-6);
  ck_assert_double_eq_tol(b.step_ms + 100.0, a.step_ms - whole[40], 1e-6); /* in the third trial */
  ck_assert_int_eq(b.step_segment, 2);
  ck_assert_int_eq(a.step_segment, 0);
}
END_TEST

static bool is_silent_at_edge(const double *times, size_t n, double start, double stop) {
  const dicrec_spikes_options options = windowed(start, stop);
  dicrec_spike_stationarity s = {.struct_size = sizeof s};
  dicrec_spikes *spikes = observed(times, n, &options);
  answers(dicrec_spikes_stationarity(spikes, &s), DICREC_OK);
  dicrec_spikes_free(spikes);
  ck_assert_double_eq(s.silence_ms, fmax(times[0] - start, stop - times[n - 1]));
  return s.has_silent_edge == 1;
}

START_TEST(silence_at_an_edge_is_told) {
  double times[41];
  for (int i = 0; i < 41; ++i) times[i] = 50.0 * i + i % 3;
  ck_assert(!is_silent_at_edge(times, 41, -100.0, 2100.0));
  ck_assert(is_silent_at_edge(times, 41, -1000.0, 2100.0));
  ck_assert(is_silent_at_edge(times, 41, -10.0, 3000.0));
  ck_assert(!is_silent_at_edge(times, 4, -300.0, 160.0)); /* three intervals allow it */
  ck_assert(is_silent_at_edge(times, 4, -3000.0, 160.0));
  static const uint64_t counts[] = {20, 0, 21};
  dicrec_spikes_options options = windowed(-10.0, 2100.0);
  options.trial_counts = counts;
  options.n_trials = 3;
  dicrec_spike_stationarity s = stationarity_of(observed(times, 41, &options));
  ck_assert_double_eq(s.silence_ms, 2110.0); /* the trial without spikes */
  ck_assert_int_eq(s.has_silent_edge, 1);
  s = stationarity_of(observed(times, 41, NULL));
  ck_assert(s.silence_ms == 0.0 && s.silence_p == 1.0 && s.has_silent_edge == 0);
}
END_TEST

/** Exponential intervals, and windows that know nothing of them. */
START_TEST(irregular_trains_are_rarely_silent_at_an_edge) {
  enum { TRAINS = 20000 };
  int n_unlikely[2] = {0}, n_silent = 0, n_tried = 0;
  for (uint64_t k = 0; k < TRAINS; ++k) {
    double times[64], now = 0.0;
    const double stop = k % 2 == 0 ? 8.0 : 30.0;
    size_t n = 0;
    dicrec__random random;
    dicrec__random_start(&random, 7, DICREC__PURPOSE_POSTERIOR, k, 0);
    while ((now -= log(1.0 - dicrec__random_uniform(&random))) < stop && n < 64) times[n++] = now;
    if (n < 3) continue;
    const dicrec_spikes_options options = windowed(0.0, stop);
    dicrec_spike_stationarity s = {.struct_size = sizeof s};
    dicrec_spikes *spikes = observed(times, n, &options);
    answers(dicrec_spikes_stationarity(spikes, &s), DICREC_OK);
    dicrec_spikes_free(spikes);
    n_unlikely[0] += s.silence_p < 0.1;
    n_unlikely[1] += s.silence_p < 0.01;
    n_silent += s.has_silent_edge;
    ++n_tried;
  }
  ck_assert_double_le(n_unlikely[0] / (double)n_tried, 0.11);
  ck_assert_double_le(n_unlikely[1] / (double)n_tried, 0.012);
  ck_assert_double_le(n_silent / (double)n_tried, 0.0015);
}
END_TEST

START_TEST(distance_adds_up_over_segments) {
  static const double times[] = {1.0, 5.0, 12.0, 0.0, 4.0, 20.0, 25.0}, other[] = {3.0, 6.0, 14.0};
  static const uint64_t counts[] = {3, 4}, own[] = {3, 0};
  dicrec_spikes_options options = {.struct_size = sizeof options, .trial_counts = counts, .n_trials = 2};
  dicrec_spikes *both = observed(times, 7, &options), *one = observed(other, 3, NULL);
  options.trial_counts = own;
  dicrec_spikes *first = observed(times, 3, &options), *second = observed(times + 3, 4, NULL);
  dicrec_spikes *none = observed(NULL, 0, NULL);
  double whole, a, b;
  answers(dicrec_spikes_distance(both, one, 0.0, &whole), DICREC_OK);
  const double tau = 0.5 * (4.0 + 16.0); /* of the intervals inside */
  answers(dicrec_spikes_distance(first, one, tau, &a), DICREC_OK);
  answers(dicrec_spikes_distance(second, none, tau, &b), DICREC_OK);
  ck_assert_double_eq_tol(whole, a + b, 1e-12);
  answers(dicrec_spikes_distance(both, both, 0.0, &whole), DICREC_OK);
  ck_assert_double_eq_tol(whole, 0.0, 1e-12);
  dicrec_spikes_free(both);
  dicrec_spikes_free(one);
  dicrec_spikes_free(first);
  dicrec_spikes_free(second);
  dicrec_spikes_free(none);
}
END_TEST

START_TEST(samples_stay_exact_behind_an_origin) {
  static const int64_t samples[] = {INT64_MAX - 5, INT64_MAX - 3, INT64_MAX}, early[] = {-30, -10, 0, 5};
  dicrec_spikes_options options = {.struct_size = sizeof options, .origin = INT64_MAX - 4};
  dicrec_spikes *spikes;
  double times[4];
  answers(dicrec_spikes_create_from_samples(context, samples, 3, 1000.0, &options, &spikes), DICREC_OK);
  answers(dicrec_spikes_copy_times(spikes, times, 4), DICREC_OK);
  ck_assert(times[0] == -1.0 && times[1] == 1.0 && times[2] == 4.0);
  dicrec_spikes_free(spikes);
  answers(dicrec_spikes_create_from_samples(context, early, 4, 1000.0, NULL, &spikes), DICREC_OK);
  answers(dicrec_spikes_copy_times(spikes, times, 4), DICREC_OK);
  ck_assert(times[0] == -30.0 && times[3] == 5.0);
  dicrec_spikes_free(spikes);
  options.origin = -1;
  answers(dicrec_spikes_create_from_samples(context, samples, 3, 1000.0, &options, &spikes), DICREC_E_SPIKES);
  ck_assert_ptr_nonnull(strstr(error_text(), "too far from the origin"));
  options.origin = INT64_MAX;
  answers(dicrec_spikes_create_from_samples(context, early, 4, 1000.0, &options, &spikes), DICREC_E_SPIKES);
}
END_TEST

START_TEST(samples_at_an_edge_are_inside) {
  const double rate_hz = 24414.0625 / 3.0; /* no whole number of ms */
  static const int64_t samples[] = {100, 4000, 9001};
  dicrec_spikes_options options = windowed(100.0 / rate_hz, 9001.0 / rate_hz);
  options.unit = DICREC_TIME_S;
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create_from_samples(context, samples, 3, rate_hz, &options, &spikes), DICREC_OK);
  dicrec_spikes_free(spikes);
  options.stop -= 0.6 / rate_hz;
  answers(dicrec_spikes_create_from_samples(context, samples, 3, rate_hz, &options, &spikes), DICREC_E_SPIKES);
  ck_assert_ptr_nonnull(strstr(error_text(), "spike 3 of 3"));
}
END_TEST

START_TEST(a_train_is_known_by_its_windows_too) {
  static const double times[] = {10.0, 20.0, 35.0, 60.0}, gap[] = {36.0, 50.0}, other_gap[] = {36.0, 51.0};
  static const uint64_t counts[] = {2, 2}, other_counts[] = {3, 1};
  dicrec_spikes_options options[6] = {windowed(0.0, 100.0), windowed(0.0, 101.0)};
  for (int i = 2; i < 6; ++i) options[i] = (dicrec_spikes_options){.struct_size = sizeof options[i]};
  options[2].gaps = gap;
  options[3].gaps = other_gap;
  options[2].n_gaps = options[3].n_gaps = 1;
  options[4].trial_counts = counts;
  options[5].trial_counts = other_counts;
  options[4].n_trials = options[5].n_trials = 2;
  uint64_t keys[7];
  for (int i = 0; i < 7; ++i) {
    dicrec_spikes *spikes = observed(times, 4, i < 6 ? &options[i] : NULL);
    keys[i] = dicrec__spikes_key(spikes);
    dicrec_spikes_free(spikes);
    for (int k = 0; k < i; ++k) ck_assert(keys[k] != keys[i]);
  }
}
END_TEST

/** A train that is refused, and what its text must hold. */
static void refuses(const double *times, size_t n, const dicrec_spikes_options *options, dicrec_status status,
                    const char *word) {
  dicrec_spikes *spikes = (dicrec_spikes *)1;
  answers(dicrec_spikes_create(context, times, n, options, &spikes), status);
  ck_assert_ptr_null(spikes);
  ck_assert_msg(strstr(error_text(), word) != NULL, "no '%s' in: %s", word, error_text());
}

START_TEST(bad_windows_are_refused_and_named) {
  static const double times[] = {-5.0, 1.0, 10.0, 20.0, 30.0};
  const struct {
    double start, stop;
    dicrec_status status;
    const char *word;
  } bad[] = {{40.0, -10.0, DICREC_E_RANGE, "40 to -10 ms, allowed is an end after"},
             {7.0, 7.0, DICREC_E_RANGE, "7 to 7 ms"},
             {(double)NAN, 40.0, DICREC_E_RANGE, "nan"},
             {-10.0, inf, DICREC_E_RANGE, "inf"},
             {-1.1e13, 40.0, DICREC_E_RANGE, "-1e+13 to 1e+13 ms"},
             {-4.0, 40.0, DICREC_E_SPIKES, "spike 1 of 5 is at -5 ms, outside the window, -4 to 40 ms"},
             {-5.0, 29.0, DICREC_E_SPIKES, "spike 5 of 5 is at 30 ms"}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    const dicrec_spikes_options options = windowed(bad[i].start, bad[i].stop);
    refuses(times, 5, &options, bad[i].status, bad[i].word);
  }
  dicrec_spikes_options options = windowed(-10.0, 40.0);
  options.has_window = 2;
  refuses(times, 5, &options, DICREC_E_RANGE, "has_window is 2");
  options.has_window = 0;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "start is -10");
  options = (dicrec_spikes_options){.struct_size = sizeof options, .unit = 2};
  refuses(times, 5, &options, DICREC_E_RANGE, "unit is 2, allowed is DICREC_TIME_MS to DICREC_TIME_S");
  options = (dicrec_spikes_options){.struct_size = sizeof options, .reserved = 1};
  refuses(times, 5, &options, DICREC_E_OPTION, "reserved");
  options = (dicrec_spikes_options){.struct_size = sizeof options, .origin = 3};
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "origin is 3");
  options = (dicrec_spikes_options){.struct_size = 7};
  refuses(times, 5, &options, DICREC_E_OPTION, "struct_size is 7");
  refuses((const double[]){-1.1e13, 0.0}, 2, NULL, DICREC_E_SPIKES, "-1e+13 to 1e+13 ms");
}
END_TEST

START_TEST(bad_gaps_are_refused_and_named) {
  static const double times[] = {-5.0, 1.0, 10.0, 20.0, 30.0};
  static const struct {
    double gaps[2][2];
    dicrec_status status;
    const char *word;
  } bad[] = {{{{2.0, 3.0}, {2.5, 4.0}}, DICREC_E_RANGE, "gap 2 of 2 starts at 2.5 ms, before the end of"},
             {{{12.0, 13.0}, {2.0, 4.0}}, DICREC_E_RANGE, "gap 2 of 2 starts at 2 ms"},
             {{{3.0, 2.0}, {4.0, 5.0}}, DICREC_E_RANGE, "gap 1 of 2 is 3 to 2 ms, allowed is an end after"},
             {{{3.0, 3.0}, {4.0, 5.0}}, DICREC_E_RANGE, "gap 1 of 2 is 3 to 3 ms"},
             {{{2.0, 3.0}, {4.0, (double)NAN}}, DICREC_E_RANGE, "gap 2 of 2 is 4 to nan ms"},
             {{{-6.0, -5.5}, {4.0, 5.0}}, DICREC_E_RANGE, "gap 1 of 2 is -6 to -5.5 ms"},
             {{{2.0, 3.0}, {29.0, 31.0}}, DICREC_E_RANGE, "inside the window, -5 to 30 ms"},
             {{{2.0, 3.0}, {9.0, 11.0}}, DICREC_E_SPIKES, "spike 3 of 5 is at 10 ms, in the gap 9 to 11 ms"},
             {{{0.0, 2.0}, {21.0, 22.0}}, DICREC_E_SPIKES, "spike 2 of 5 is at 1 ms, in the gap 0 to 2 ms"}};
  dicrec_spikes_options options = {.struct_size = sizeof options, .n_gaps = 2};
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "gaps is NULL, but n_gaps is 2");
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    options.gaps = bad[i].gaps[0];
    refuses(times, 5, &options, bad[i].status, bad[i].word);
  }
}
END_TEST

START_TEST(bad_trials_are_refused_and_named) {
  static const double times[] = {-5.0, 1.0, 10.0, 2.0, 30.0}, windows[][2] = {{-5.0, 10.0}, {3.0, 30.0}};
  static const double backwards[][2] = {{-5.0, 10.0}, {30.0, 3.0}}, gap[] = {2.5, 3.5};
  static const uint64_t good[] = {3, 2}, few[] = {3, 1}, many[] = {3, 3}, huge[] = {UINT64_MAX, 6};
  static const uint64_t joined[] = {5, 0};
  dicrec_spikes_options options = {.struct_size = sizeof options, .n_trials = 2};
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "trial_counts is NULL, but n_trials is 2");
  options.trial_counts = few;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "add up to 4, allowed is 5");
  options.trial_counts = many;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "more than the 5 spikes at trial 2 of 2");
  options.trial_counts = huge;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "more than the 5 spikes at trial 1 of 2");
  options.trial_counts = joined;
  refuses(times, 5, &options, DICREC_E_SPIKES, "trial 1: spike 4 of 5 is at 2 ms, not after");
  options.trial_counts = good;
  options.trial_windows = windows[0];
  refuses(times, 5, &options, DICREC_E_SPIKES, "trial 2: spike 1 of 2 is at 2 ms, outside the window, 3 to 30 ms");
  options.trial_windows = backwards[0];
  refuses(times, 5, &options, DICREC_E_RANGE, "the window of trial 2 is 30 to 3 ms");
  options.trial_windows = windows[0];
  options.has_window = 1;
  options.start = -5.0;
  options.stop = 30.0;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "has_window is 1 instead of 0");
  options = (dicrec_spikes_options){.struct_size = sizeof options, .trial_counts = good};
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "n_trials is 0");
  options.n_trials = 2;
  options.gaps = gap;
  options.n_gaps = 1;
  options.trial_windows = (const double[]){-5.0, 10.0, 2.0, 3.0};
  refuses(times, 5, &options, DICREC_E_RANGE, "trial 2: gap 1 of 1 is 2.5 to 3.5 ms");
  options.n_gaps = options.n_trials = UINT64_MAX / 2;
  refuses(times, 5, &options, DICREC_E_ARGUMENT, "more than memory has");
}
END_TEST

Suite *windows_suite(void) {
  Suite *suite = suite_create("windows");
  TCase *tests = tcase_create("windows");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_add_test(tests, three_spikes_in_a_second_or_a_minute);
  tcase_add_test(tests, gaps_and_trials_make_segments);
  tcase_add_test(tests, one_window_is_for_all_trials);
  tcase_add_test(tests, bursts_at_the_edge_are_whole_after_silence);
  tcase_add_test(tests, the_pattern_joins_nothing_across_segments);
  tcase_add_test(tests, bursts_of_the_pattern_end_with_their_segment);
  tcase_add_test(tests, stationarity_joins_what_was_observed);
  tcase_add_test(tests, silence_at_an_edge_is_told);
  tcase_add_test(tests, irregular_trains_are_rarely_silent_at_an_edge);
  tcase_add_test(tests, distance_adds_up_over_segments);
  tcase_add_test(tests, samples_stay_exact_behind_an_origin);
  tcase_add_test(tests, samples_at_an_edge_are_inside);
  tcase_add_test(tests, a_train_is_known_by_its_windows_too);
  tcase_add_test(tests, bad_windows_are_refused_and_named);
  tcase_add_test(tests, bad_gaps_are_refused_and_named);
  tcase_add_test(tests, bad_trials_are_refused_and_named);
  suite_add_tcase(suite, tests);
  return suite;
}
