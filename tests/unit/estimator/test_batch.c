/* SPDX-License-Identifier: MIT */
/** @file test_batch.c Many trains in one call: the answers of single calls, remarks, failures, memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/estimator_fixture.h"

Suite *batch_suite(void);

enum { N = 300 };

static const dicrec_spikes *trains[N];
static dicrec_posterior *posteriors[N];
static dicrec_status statuses[N];

/** Trains of 0 to some 700 spikes, silent ones among them, and stretches between 1 and 3. */
static void setup(void) {
  estimator_setup();
  for (size_t i = 0; i < N; ++i)
    trains[i] = make_train(i % 7 == 0 ? i % 4 : i * i % 701, 1.0 + (double)(i % 21) / 10.0);
}

static void free_answers(void) {
  for (size_t i = 0; i < N; ++i) {
    dicrec_posterior_free(posteriors[i]);
    posteriors[i] = NULL;
  }
}

static void teardown(void) {
  free_answers();
  for (size_t i = 0; i < N; ++i) dicrec_spikes_free((dicrec_spikes *)trains[i]);
  estimator_teardown();
}

/** Every train's answer and remark must be those of a call of its own; the largest difference. */
static double compare_with_single(const dicrec_estimate_options *options, size_t n) {
  double worst = 0.0;
  for (size_t i = 0; i < n; ++i) {
    dicrec_posterior *posterior;
    answers(dicrec_estimate(context, estimator, trains[i], options, &posterior), statuses[i]);
    worst = fmax(worst, posterior_difference(posteriors[i], posterior));
    dicrec_posterior_free(posterior);
  }
  return worst;
}

START_TEST(answers_are_those_of_single_calls) {
  static const size_t sizes[] = {1, 2, 63, 64, 65, 128, N};
  double worst = 0.0;
  for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; ++s) {
    const dicrec_status answer = dicrec_estimate_many(context, estimator, trains, sizes[s], NULL, posteriors, statuses);
    ck_assert_int_eq(answer, DICREC_W_SILENT); /* the first train is silent */
    worst = fmax(worst, compare_with_single(NULL, sizes[s]));
    free_answers();
  }
  ck_assert_double_le(worst, 0.0);
}
END_TEST

START_TEST(options_hold_for_every_train) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.time_scale = 1.7;
  options.support_limit = 0.0;
  answers(dicrec_estimate_many(context, estimator, trains + 2, 5, &options, posteriors, NULL), DICREC_OK);
  for (int i = 0; i < 5; ++i) ck_assert_double_eq(dicrec_posterior_time_scale(posteriors[i]), 1.7);
  free_answers();
  options.time_scale = 0.0;
  options.auto_scale = 1;
  answers(dicrec_estimate_many(context, estimator, trains, 70, &options, posteriors, statuses), DICREC_W_SILENT);
  ck_assert_double_le(compare_with_single(&options, 70), 0.0);
}
END_TEST

START_TEST(remarks_on_batches) {
  for (int i = 0; i < MADE_QUANTILES; ++i)
    made_values(&made, "support.distances")[i] = -1.0F; /* nothing is supported */
  remake_estimator();
  answers(dicrec_estimate_many(context, estimator, trains + 2, 5, NULL, posteriors, statuses), DICREC_W_SUPPORT);
  ck_assert_ptr_nonnull(strstr(error_text(), "of 5 trains 0"));
  for (int i = 0; i < 5; ++i) ck_assert_int_eq(statuses[i], DICREC_W_SUPPORT);
  free_answers();
  answers(dicrec_estimate_many(context, estimator, trains, 2, NULL, posteriors, statuses), DICREC_W_SILENT);
  ck_assert_int_eq(statuses[0], DICREC_W_SILENT);
  ck_assert_int_eq(statuses[1], DICREC_W_SILENT); /* one spike */
}
END_TEST

static void check_nothing(size_t n, dicrec_status status) {
  for (size_t i = 0; i < n; ++i) {
    ck_assert_ptr_null(posteriors[i]);
    ck_assert_int_eq(statuses[i], status);
  }
}

START_TEST(bad_batches_are_refused) {
  const dicrec_spikes *with_none[3] = {trains[1], NULL, trains[2]};
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.time_scale = (double)NAN;
  answers(dicrec_estimate_many(context, estimator, with_none, 3, NULL, posteriors, statuses), DICREC_E_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error_text(), "train 2 of 3"));
  check_nothing(3, DICREC_E_ARGUMENT);
  answers(dicrec_estimate_many(NULL, estimator, trains, 3, NULL, posteriors, statuses), DICREC_E_ARGUMENT);
  check_nothing(3, DICREC_E_ARGUMENT);
  answers(dicrec_estimate_many(context, NULL, trains, 3, NULL, posteriors, statuses), DICREC_E_ARGUMENT);
  answers(dicrec_estimate_many(context, estimator, NULL, 3, NULL, posteriors, statuses), DICREC_E_ARGUMENT);
  answers(dicrec_estimate_many(context, estimator, trains, 3, NULL, NULL, statuses), DICREC_E_ARGUMENT);
  answers(dicrec_estimate_many(context, estimator, trains, 3, &options, posteriors, statuses), DICREC_E_RANGE);
  check_nothing(3, DICREC_E_RANGE);
  answers(dicrec_estimate_many(context, estimator, NULL, 0, NULL, NULL, NULL), DICREC_OK);
}
END_TEST

/** The very answers, on however many threads, with and without a search for time scales. */
START_TEST(threads_change_nothing) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  for (options.auto_scale = 0; options.auto_scale < 2; ++options.auto_scale)
    for (options.n_threads = 2; options.n_threads < 40; options.n_threads = 5 * options.n_threads - 6) {
      const size_t n = options.auto_scale == 1 ? 40 : N;
      answers(dicrec_estimate_many(context, estimator, trains, n, &options, posteriors, statuses), DICREC_W_SILENT);
      options.time_scale = 0.0;
      ck_assert_double_le(compare_with_single(&options, n), 0.0);
      free_answers();
    }
  options.auto_scale = 0;
  options.n_threads = 257;
  answers(dicrec_estimate_many(context, estimator, trains, 3, &options, posteriors, statuses), DICREC_E_RANGE);
  options.n_threads = 0;
  options.reserved = 1;
  answers(dicrec_estimate_many(context, estimator, trains, 3, &options, posteriors, statuses), DICREC_E_OPTION);
}
END_TEST

/* Read all trains, cancelled by that call of the progress callback; how many of them were read. */
static size_t read_until(int n_calls, dicrec_status *status) {
  dicrec_context *own = make_cancelling_context(&n_calls);
  *status = dicrec_estimate_many(own, estimator, trains, N, NULL, posteriors, statuses);
  size_t n_read = 0;
  for (size_t i = 0; i < N; ++i) {
    ck_assert_int_eq(posteriors[i] == NULL, statuses[i] == DICREC_E_CANCELLED);
    if (posteriors[i] == NULL) continue;
    ++n_read;
    dicrec_posterior *alone;
    ck_assert_int_eq(dicrec_estimate(context, estimator, trains[i], NULL, &alone), statuses[i]);
    ck_assert(dicrec_posterior_support(alone) == dicrec_posterior_support(posteriors[i]));
    dicrec_posterior_free(alone);
  }
  free_answers();
  dicrec_context_free(own);
  return n_read;
}

/** What was read until the call was cancelled is kept, and is the very answer. */
START_TEST(cancelled_calls_keep_what_was_read) {
  dicrec_status status;
  ck_assert_uint_eq(read_until(1, &status), 0);
  ck_assert_int_eq(status, DICREC_W_PARTIAL);
  size_t n_read = 0; /* slow machines ask within the first block of trains too, and keep none of it */
  for (int n_calls = 2; n_read == 0 && n_calls < 1 << 16; n_calls *= 2) n_read = read_until(n_calls, &status);
  ck_assert_uint_gt(n_read, 0);
  ck_assert_int_eq(status == DICREC_W_PARTIAL, n_read < N);
}
END_TEST

/** Long trains ask whether to stop while they are read, alone and among others. */
START_TEST(long_trains_are_cancelled) {
  enum { LENGTH = 2000000 };
  int n_calls = 3;
  const dicrec_spikes *both[2] = {make_train(LENGTH, 1.0), trains[1]};
  dicrec_context *usual = context;
  context = make_cancelling_context(&n_calls);
  answers(dicrec_estimate(context, estimator, both[0], NULL, posteriors), DICREC_E_CANCELLED);
  ck_assert_int_le(n_calls, 0);
  ck_assert_ptr_null(posteriors[0]);
  n_calls = 3;
  answers(dicrec_estimate_many(context, estimator, both, 2, NULL, posteriors, statuses), DICREC_W_PARTIAL);
  check_nothing(2, DICREC_E_CANCELLED);
  dicrec_context_free(context);
  context = usual;
  dicrec_spikes_free((dicrec_spikes *)both[0]);
}
END_TEST

/** Nothing is left behind, wherever memory ends. */
START_TEST(memory_that_runs_out) {
  counted_memory memory = {0};
  dicrec_context *usual = context;
  context = make_counted_context(&memory);
  const size_t before = memory.n_blocks;
  answers(dicrec_estimate_many(context, estimator, trains, N, NULL, posteriors, NULL), DICREC_W_SILENT);
  ck_assert_uint_eq(memory.n_blocks, before + N);
  free_answers();
  const size_t scratch = memory.largest;
  ck_assert_uint_le(scratch, 1 << 20);
  for (memory.limit = 1; memory.limit < scratch; memory.limit *= 2) {
    answers(dicrec_estimate_many(context, estimator, trains, N, NULL, posteriors, statuses), DICREC_E_MEMORY);
    check_nothing(N, DICREC_E_MEMORY);
    ck_assert_uint_eq(memory.n_blocks, before);
  }
  dicrec_context_free(context);
  context = usual;
}
END_TEST

Suite *batch_suite(void) {
  Suite *suite = suite_create("batch");
  TCase *tests = tcase_create("batch");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, answers_are_those_of_single_calls);
  tcase_add_test(tests, options_hold_for_every_train);
  tcase_add_test(tests, remarks_on_batches);
  tcase_add_test(tests, bad_batches_are_refused);
  tcase_add_test(tests, threads_change_nothing);
  tcase_add_test(tests, cancelled_calls_keep_what_was_read);
  tcase_add_test(tests, long_trains_are_cancelled);
  tcase_add_test(tests, memory_that_runs_out);
  suite_add_tcase(suite, tests);
  return suite;
}
