/* SPDX-License-Identifier: MIT */
/** @file test_stream.c Streams: the answers of whole trains, however the spikes come, without any new memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#include "support/estimator_fixture.h"

Suite *stream_suite(void);

static dicrec_stream *stream;

static dicrec_estimate_options any_support(void) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.support_limit = 0.0;
  return options;
}

/** A stream of the options in the place of the one that there was. */
static void reopen(const dicrec_estimate_options *options) {
  dicrec_stream_free(stream);
  answers(dicrec_stream_create(context, estimator, options, &stream), DICREC_OK);
}

static void setup(void) {
  estimator_setup();
  const dicrec_estimate_options options = any_support();
  answers(dicrec_stream_create(context, estimator, &options, &stream), DICREC_OK);
}

static void teardown(void) {
  dicrec_stream_free(stream);
  estimator_teardown();
}

/** Times of make_train(n, 1), malloc'ed. */
static double *make_times(size_t n, dicrec_spikes **spikes) {
  double *times = malloc((n + 1) * sizeof *times);
  *spikes = make_train(n, 1.0);
  dicrec_spikes_copy_times(*spikes, times, n);
  return times;
}

/** What the stream says against the whole train's answer at its time scale. */
static double compare_at(const dicrec_spikes *spikes, double time_scale, dicrec_status expected) {
  const dicrec_posterior *posterior;
  dicrec_estimate_options options = any_support();
  options.time_scale = time_scale;
  dicrec_posterior *whole;
  answers(dicrec_stream_posterior(stream, &posterior), expected);
  answers(dicrec_estimate(context, estimator, spikes, &options, &whole), expected);
  const double worst = posterior_difference(posterior, whole);
  dicrec_posterior_free(whole);
  return worst;
}

static double compare_with_whole(const dicrec_spikes *spikes, dicrec_status expected) {
  return compare_at(spikes, 1.0, expected);
}

START_TEST(answers_are_those_of_whole_trains) {
  enum { LONGEST = 400 };
  double worst = 0.0;
  for (size_t window = 1; window <= 16; window += 5) {
    dicrec_stream_free(stream);
    made_window_of(&made, window, 9);
    remake_estimator();
    const dicrec_estimate_options options = any_support();
    answers(dicrec_stream_create(context, estimator, &options, &stream), DICREC_OK);
    for (size_t step = 1; step < 100; step = 2 * step + 1) {
      dicrec_stream_reset(stream);
      for (size_t n = 0; n < LONGEST; n += step) {
        dicrec_spikes *spikes;
        double *times = make_times(n + step, &spikes);
        answers(dicrec_stream_push(stream, times + n, step), DICREC_OK);
        ck_assert_uint_eq(dicrec_stream_spike_count(stream), n + step);
        worst = fmax(worst, compare_with_whole(spikes, n + step < 3 ? DICREC_W_SILENT : DICREC_OK));
        free(times);
        dicrec_spikes_free(spikes);
      }
    }
  }
  report_worst("streams against whole trains", worst, 1e-5);
  ck_assert_double_le(worst, 1e-5);
}
END_TEST

/** Windows and pattern both: the intervals that a stream has taken are those of the train, whatever the scale. */
START_TEST(answers_under_a_time_scale) {
  static const double scales[] = {0.01, 0.4, 2.5, 100.0};
  enum { LONGEST = 300 };
  dicrec_spikes *spikes[LONGEST + 1];
  double *times = make_times(LONGEST, &spikes[LONGEST]), worst = 0.0;
  for (size_t n = 3; n < LONGEST; ++n) spikes[n] = make_train(n, 1.0);
  for (size_t i = 0; i < sizeof scales / sizeof *scales; ++i) {
    dicrec_estimate_options options = any_support();
    options.time_scale = scales[i];
    reopen(&options);
    answers(dicrec_stream_push(stream, times, 2), DICREC_OK);
    for (size_t n = 3; n <= LONGEST; ++n) {
      answers(dicrec_stream_push(stream, times + n - 1, 1), DICREC_OK);
      worst = fmax(worst, compare_at(spikes[n], scales[i], DICREC_OK));
    }
  }
  report_worst("streams against whole trains under a time scale", worst, 1e-5);
  ck_assert_double_le(worst, 1e-5);
  for (size_t n = 3; n <= LONGEST; ++n) dicrec_spikes_free(spikes[n]);
  free(times);
}
END_TEST

START_TEST(a_million_spikes) {
  enum { LONG = 1000000 };
  dicrec_spikes *spikes;
  double *times = make_times(LONG, &spikes);
  size_t n = 0, step = 1;
  for (; n < LONG; n += step, step = (step * 7 + 3) % 1009) {
    if (step > LONG - n) step = LONG - n;
    answers(dicrec_stream_push(stream, times + n, step), DICREC_OK);
  }
  const double worst = compare_with_whole(spikes, DICREC_OK);
  report_worst("a stream of a million spikes against the whole train", worst, 1e-5);
  ck_assert_double_le(worst, 1e-5);
  free(times);
  dicrec_spikes_free(spikes);
}
END_TEST

static void refused_as(const double *times, size_t n, const char *text) {
  char told[128];
  answers(dicrec_stream_push(stream, times, n), text[0] == '\0' ? DICREC_OK : DICREC_E_SPIKES);
  ck_assert_uint_eq(dicrec_stream_error(stream, told, sizeof told), strlen(text));
  ck_assert_str_eq(told, text);
}

START_TEST(refused_spikes_are_explained) {
  refused_as((const double[]){(double)NAN}, 1, "spike 1 of 1 is nan ms, allowed are finite times");
  refused_as((const double[]){10.0, 2e13}, 2, "spike 2 of 2 is at 2e+13 ms, allowed are times from -1e+13 to 1e+13 ms");
  refused_as((const double[]){10.0, 30.0}, 2, "");
  refused_as((const double[]){30.0, 40.0}, 2, "spike 1 of 2 is at 30 ms, not after the one before it (30 ms)");
  refused_as((const double[]){40.0, 50.0, 45.0}, 3, "spike 3 of 3 is at 45 ms, not after the one before it (50 ms)");
  refused_as((const double[]){40.0}, 1, "");
  ck_assert_uint_eq(dicrec_stream_error(NULL, NULL, 0), 0);
}
END_TEST

START_TEST(bad_spikes_change_nothing) {
  static const double bad[][3] = {{500.0, 499.0, 600.0}, {500.0, 500.0, 600.0},       {500.0, NAN, 600.0},
                                  {500.0, 600.0, NAN},   {500.0, INFINITY, INFINITY}, {-INFINITY, 500.0, 600.0},
                                  {-1.0, 500.0, 600.0},  {400.0, 500.0, 600.0},       {1.0, 500.0, 600.0}};
  static const double good[] = {10.0, 30.0, 100.0, 110.0, 400.0};
  answers(dicrec_stream_push(stream, (const double[]){-1.1e13}, 1), DICREC_E_SPIKES);
  answers(dicrec_stream_push(stream, good, 5), DICREC_OK);
  const dicrec_posterior *posterior;
  double before[2], after[2];
  answers(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  dicrec_posterior_moments(posterior, 2, before, NULL);
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
    answers(dicrec_stream_push(stream, bad[i], 3), DICREC_E_SPIKES);
    ck_assert_uint_eq(dicrec_stream_spike_count(stream), 5);
  }
  answers(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  dicrec_posterior_moments(posterior, 2, after, NULL);
  ck_assert(same_bytes(before, after, 2));
}
END_TEST

START_TEST(times_may_be_negative) {
  static const double times[] = {-300.0, -250.0, -190.0, -10.0, 0.0, 45.0, 100.0};
  const dicrec_posterior *posterior;
  double shifted[7], at_zero[2], below_zero[2];
  for (int i = 0; i < 7; ++i) shifted[i] = times[i] + 300.0;
  answers(dicrec_stream_push(stream, shifted, 7), DICREC_OK);
  answers(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  dicrec_posterior_moments(posterior, 2, at_zero, NULL);
  dicrec_stream_reset(stream);
  answers(dicrec_stream_push(stream, times, 7), DICREC_OK);
  answers(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  dicrec_posterior_moments(posterior, 2, below_zero, NULL);
  ck_assert(same_bytes(at_zero, below_zero, 2));
}
END_TEST

START_TEST(extreme_intervals) {
  static const double times[] = {0.0, 5e-324, 1e-300, 0.01, 0.02, 3.6e6, 7.2e6, 1e9, 1e12, 1e13};
  static const double too_late[] = {1.0000001e13, 1e300, 1.7e308};
  const dicrec_spikes_options in_s = {.struct_size = sizeof in_s, .unit = DICREC_TIME_S};
  const dicrec_posterior *posterior;
  for (int i = 0; i < 3; ++i) {
    dicrec_spikes *spikes;
    answers(dicrec_stream_push(stream, &too_late[i], 1), DICREC_E_SPIKES);
    answers(dicrec_spikes_create(context, &too_late[i], 1, NULL, &spikes), DICREC_E_SPIKES);
    ck_assert_ptr_nonnull(strstr(error_text(), "1e+13 ms"));
    answers(dicrec_spikes_create(context, (const double[]){1e-3 * too_late[i]}, 1, &in_s, &spikes), DICREC_E_SPIKES);
    ck_assert_ptr_nonnull(strstr(error_text(), "1e+10 s"));
  }
  ck_assert_uint_eq(dicrec_stream_spike_count(stream), 0); /* and takes what comes after */
  for (size_t i = 0; i < sizeof times / sizeof times[0]; ++i) {
    answers(dicrec_stream_push(stream, &times[i], 1), DICREC_OK);
    answers(dicrec_stream_posterior(stream, &posterior), i < 2 ? DICREC_W_SILENT : DICREC_OK);
    check_finite(posterior);
  }
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_BURSTING);
  dicrec_stream_reset(stream);
  for (int i = 0; i < 500; ++i) answers(dicrec_stream_push(stream, (const double[]){25.0 * i}, 1), DICREC_OK);
  answers(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_SPIKING);
  check_finite(posterior);
}
END_TEST

START_TEST(remarks_and_reset) {
  dicrec_stream *strict;
  const dicrec_posterior *posterior;
  for (int i = 0; i < MADE_QUANTILES; ++i)
    made_values(&made, "support.distances")[i] = -1.0F; /* nothing is supported */
  dicrec_stream_free(stream);
  stream = NULL;
  remake_estimator();
  answers(dicrec_stream_create(context, estimator, NULL, &strict), DICREC_OK);
  answers(dicrec_stream_posterior(strict, &posterior), DICREC_W_SILENT);
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_SILENT);
  answers(dicrec_stream_push(strict, (const double[]){1.0, 2.0, 3.5}, 3), DICREC_OK);
  answers(dicrec_stream_posterior(strict, &posterior), DICREC_W_SUPPORT);
  dicrec_stream_reset(strict);
  ck_assert_uint_eq(dicrec_stream_spike_count(strict), 0);
  answers(dicrec_stream_push(strict, (const double[]){0.5}, 1), DICREC_OK); /* before the last one, but anew */
  answers(dicrec_stream_posterior(strict, &posterior), DICREC_W_SILENT);
  dicrec_stream_free(strict);
}
END_TEST

START_TEST(bad_streams_are_refused) {
  dicrec_stream *none = (dicrec_stream *)1;
  const dicrec_posterior *posterior = (const dicrec_posterior *)1;
  dicrec_estimate_options options = any_support();
  options.auto_scale = 1;
  answers(dicrec_stream_create(context, estimator, &options, &none), DICREC_E_OPTION);
  ck_assert_ptr_null(none);
  ck_assert_ptr_nonnull(strstr(error_text(), "auto_scale"));
  options.auto_scale = 0;
  static const double scales[] = {-1.0, 0.001, NAN, INFINITY};
  for (size_t i = 0; i < 4; ++i) {
    options.time_scale = scales[i];
    answers(dicrec_stream_create(context, estimator, &options, &none), DICREC_E_RANGE);
  }
  answers(dicrec_stream_create(NULL, estimator, NULL, &none), DICREC_E_ARGUMENT);
  answers(dicrec_stream_create(context, NULL, NULL, &none), DICREC_E_ARGUMENT);
  answers(dicrec_stream_create(context, estimator, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_stream_push(NULL, &scales[0], 1), DICREC_E_ARGUMENT);
  answers(dicrec_stream_push(stream, NULL, 1), DICREC_E_ARGUMENT);
  answers(dicrec_stream_push(stream, NULL, 0), DICREC_OK);
  answers(dicrec_stream_posterior(NULL, &posterior), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(posterior);
  answers(dicrec_stream_posterior(stream, NULL), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_stream_spike_count(NULL), 0);
  dicrec_stream_reset(NULL);
  dicrec_stream_free(NULL);
}
END_TEST

START_TEST(no_memory_after_creation) {
  counted_memory memory = {0};
  dicrec_context *counted = make_counted_context(&memory);
  const size_t n_before = memory.n_blocks;
  dicrec_stream *made_now;
  answers(dicrec_stream_create(counted, estimator, NULL, &made_now), DICREC_OK);
  const size_t n_requests = memory.n_requests;
  for (int i = 0; i < 1000; ++i) {
    const double times[] = {20.0 * i + 1.0, 20.0 * i + 5.0};
    const dicrec_posterior *posterior;
    answers(dicrec_stream_push(made_now, times, 2), DICREC_OK);
    ck_assert_int_ge(dicrec_stream_posterior(made_now, &posterior), DICREC_OK);
  }
  dicrec_stream_reset(made_now);
  ck_assert_uint_eq(memory.n_requests, n_requests);
  dicrec_stream_free(made_now);
  ck_assert_uint_eq(memory.n_blocks, n_before);
  dicrec_context_free(counted);
}
END_TEST

#if defined(__SSE__)
/** Hosts that process sound have the processor take denormal numbers for zeroes. */
START_TEST(denormal_numbers_may_be_zeroes) {
  enum { FLUSH = 0x8040, N = 300 };
  dicrec_spikes *spikes;
  double *times = make_times(N, &spikes);
  const unsigned before = _mm_getcsr();
  const dicrec_estimate_options options = any_support();
  const dicrec_posterior *posterior;
  dicrec_posterior *whole;
  _mm_setcsr(before | FLUSH);
  for (size_t i = 0; i < N; ++i) {
    answers(dicrec_stream_push(stream, times + i, 1), DICREC_OK);
    ck_assert_int_ge(dicrec_stream_posterior(stream, &posterior), DICREC_OK);
  }
  _mm_setcsr(before);
  answers(dicrec_estimate(context, estimator, spikes, &options, &whole), DICREC_OK);
  const double worst = posterior_difference(posterior, whole);
  report_worst("a stream without denormal numbers against the whole train", worst, 1e-5);
  ck_assert_double_le(worst, 1e-5);
  dicrec_posterior_free(whole);
  free(times);
  dicrec_spikes_free(spikes);
}
END_TEST
#endif

Suite *stream_suite(void) {
  Suite *suite = suite_create("stream");
  TCase *tests = tcase_create("stream");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, answers_are_those_of_whole_trains);
  tcase_add_test(tests, answers_under_a_time_scale);
  tcase_add_test(tests, a_million_spikes);
  tcase_add_test(tests, refused_spikes_are_explained);
  tcase_add_test(tests, bad_spikes_change_nothing);
  tcase_add_test(tests, times_may_be_negative);
  tcase_add_test(tests, extreme_intervals);
  tcase_add_test(tests, remarks_and_reset);
  tcase_add_test(tests, bad_streams_are_refused);
  tcase_add_test(tests, no_memory_after_creation);
#if defined(__SSE__)
  tcase_add_test(tests, denormal_numbers_may_be_zeroes);
#endif
  suite_add_tcase(suite, tests);
  return suite;
}
