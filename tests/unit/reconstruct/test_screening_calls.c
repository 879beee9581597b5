/* SPDX-License-Identifier: MIT */
/** @file test_screening_calls.c What a caller may ask of screening: targets, seeds, threads, cancelling, reading. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "support/screening_fixture.h"

Suite *screening_calls_suite(void);

/* A slower preparation: members that fire as fast in the model's time. */
START_TEST(time_scales_are_undone_in_screening) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_drawn = 256;
  set_network(0.3); /* candidates differ by far more than is allowed */
  for (double scale = 0.5; scale <= 3.0; scale += 0.5) {
    set_input(scale * PERIOD, 0.0, 30);
    estimate.time_scale = scale;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
    ck_assert_double_eq(report_of(made).time_scale, scale);
    ck_assert_double_eq(dicrec_population_time_scale(dicrec_reconstruction_population(made)), scale);
    double g[N * N_CHANNELS];
    copy_members(made, g, N);
    for (size_t i = 0; i < N; ++i) ck_assert_double_eq_tol(predicted_interval(g[i * N_CHANNELS]), log(PERIOD), 0.03);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* A draw from the posterior for each candidate if there is a screening, else its median. */
START_TEST(automatic_targets_depend_on_the_screening) {
  for (int32_t screening = DICREC_SCREENING_AUTO; screening <= DICREC_SCREENING_OFF; ++screening) {
    double g[3][N * N_CHANNELS];
    for (int32_t target = DICREC_TARGET_AUTO; target <= DICREC_TARGET_SAMPLE; ++target) {
      dicrec_reconstruct_options options = options_of(screening);
      ck_assert_int_eq(options.target, DICREC_TARGET_AUTO);
      options.target = target;
      dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
      copy_members(made, g[target], N);
      dicrec_reconstruction_free(made);
    }
    const bool is_on = screening == DICREC_SCREENING_AUTO;
    ck_assert_int_eq(same_bytes(g[DICREC_TARGET_AUTO], g[DICREC_TARGET_SAMPLE], N * N_CHANNELS), is_on);
    ck_assert_int_eq(same_bytes(g[DICREC_TARGET_AUTO], g[DICREC_TARGET_MEDIAN], N * N_CHANNELS), !is_on);
  }
}
END_TEST

START_TEST(results_depend_on_the_seed_alone) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  double g[4][N * N_CHANNELS];
  dicrec_reconstruction_report reports[4];
  for (int k = 0; k < 4; ++k) {
    population.n_threads = k == 1 ? 3 : 1;
    population.seed = k == 3 ? 2 : 1;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
    copy_members(made, g[k], N);
    reports[k] = report_of(made);
    dicrec_reconstruction_free(made);
  }
  for (int k = 1; k < 3; ++k)
    ck_assert(same_bytes(g[0], g[k], N * N_CHANNELS) && memcmp(&reports[0], &reports[k], sizeof reports[0]) == 0);
  ck_assert(!same_bytes(g[0], g[3], N * N_CHANNELS));
}
END_TEST

START_TEST(screening_can_be_switched_off) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
  const dicrec_reconstruction_report report = report_of(made);
  ck_assert(report.screened == 0 && report.n_drawn == N && report.n_matched == N && report.n_accepted == N);
  ck_assert(isnan(dicrec_reconstruction_mismatch(made, 0)) && isnan(report.spread_kept_min));
  ck_assert(isnan(report.tolerance));
  double kept[N_CHANNELS];
  answers(dicrec_reconstruction_copy_spread_kept(made, kept, N_CHANNELS), DICREC_E_ARGUMENT);
  dicrec_reconstruction_free(made);
}
END_TEST

/* Two channels that cannot bring the DICs about; missing members say why the first candidate could not be made. */
START_TEST(unreachable_dics_are_reported) {
  const int32_t pair[] = {0, 1};
  population.channels = pair;
  population.n_channels = 2;
  population.max_draws = 2;
  dicrec_status failure = DICREC_OK;
  for (int32_t screening = DICREC_SCREENING_OFF; screening >= DICREC_SCREENING_AUTO; --screening) {
    dicrec_reconstruct_options options = options_of(screening);
    options.target = DICREC_TARGET_SAMPLE;
    options.max_drawn = 3;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_W_PARTIAL);
    ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_UNREACHABLE);
    ck_assert_int_eq(report_of(made).n_found, 0);
    const dicrec_population *members = dicrec_reconstruction_population(made);
    ck_assert_uint_eq(dicrec_population_valid_count(members), 0);
    if (screening == DICREC_SCREENING_OFF) failure = dicrec_population_status(members, 0);
    for (size_t i = 0; i < N; ++i) ck_assert_int_lt(dicrec_population_status(members, i), 0);
    for (size_t i = 0; i < N && screening == DICREC_SCREENING_AUTO; ++i)
      ck_assert_int_eq(dicrec_population_status(members, i), failure);
    ck_assert(isnan(dicrec_reconstruction_mismatch(made, 0)));
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(reading_is_bounded) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
  double kept[N_CHANNELS];
  answers(dicrec_reconstruction_copy_spread_kept(made, kept, N_CHANNELS - 1), DICREC_E_BUFFER);
  answers(dicrec_reconstruction_copy_spread_kept(made, NULL, N_CHANNELS), DICREC_E_ARGUMENT);
  ck_assert(isnan(dicrec_reconstruction_mismatch(made, N)));
  answers(dicrec_reconstruction_copy_report(made, NULL), DICREC_E_ARGUMENT);
  dicrec_reconstruction_report report;
  memset(&report, 0x5a, sizeof report);
  report.struct_size = 2 * sizeof(int32_t); /* an older caller */
  answers(dicrec_reconstruction_copy_report(made, &report), DICREC_OK);
  ck_assert_int_eq(report.outcome, DICREC_OUTCOME_COMPLETE);
  ck_assert_int_eq(report.activity, 0x5a5a5a5a);
  for (uint32_t size = 0; size <= sizeof report; ++size) { /* any that ends inside a field is refused */
    memset(&report, 0x5a, sizeof report);
    report.struct_size = size;
    const bool is_size = size >= 8 && size % 8 == 0;
    answers(dicrec_reconstruction_copy_report(made, &report), is_size ? DICREC_OK : DICREC_E_ARGUMENT);
    for (size_t i = is_size ? size : sizeof size; i < sizeof report; ++i)
      ck_assert_uint_eq(((unsigned char *)&report)[i], 0x5a);
  }
  report.struct_size = 0xAAAAAAAA; /* never initialised */
  answers(dicrec_reconstruction_copy_report(made, &report), DICREC_E_ARGUMENT);
  dicrec_reconstruction_free(made);
}
END_TEST

enum { MANY = 100 };

static int32_t watch_progress(void *user, int64_t done, int64_t total) {
  int64_t *last = user;
  ck_assert_int_eq(total, MANY);
  ck_assert(done >= *last && done <= total);
  *last = done;
  return 0;
}

/* Members that match, not candidates, and never back. */
START_TEST(progress_counts_members) {
  int64_t last = 0;
  dicrec_context_options own_options;
  dicrec_context_options_init(&own_options, sizeof own_options);
  own_options.progress = watch_progress;
  own_options.progress_user = &last;
  dicrec_context *own;
  ck_assert_int_eq(dicrec_context_create(&own_options, &own), DICREC_OK);
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  dicrec_reconstruction *made;
  ck_assert_int_eq(dicrec_reconstruct(own, estimator, input, MANY, &options, &made), DICREC_OK);
  ck_assert_int_eq(last, MANY);
  dicrec_reconstruction_free(made);
  dicrec_estimator_free(estimator);
  dicrec_context_free(own);
}
END_TEST

START_TEST(screening_can_be_cancelled) {
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  for (int call = 1; call < 4; ++call) {
    int n_calls = call;
    dicrec_context *own = make_cancelling_context(&n_calls);
    dicrec_reconstruction *made = (dicrec_reconstruction *)1;
    ck_assert_int_eq(dicrec_reconstruct(own, estimator, input, 2000, &options, &made), DICREC_E_CANCELLED);
    ck_assert_ptr_null(made);
    ck_assert_uint_gt(dicrec_context_error(own, NULL, 0), 0);
    dicrec_context_free(own);
  }
  dicrec_estimator_free(estimator);
}
END_TEST

Suite *screening_calls_suite(void) {
  Suite *suite = suite_create("screening_calls");
  TCase *tests = tcase_create("screening_calls");
  tcase_add_checked_fixture(tests, screening_setup, screening_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, time_scales_are_undone_in_screening);
  tcase_add_test(tests, automatic_targets_depend_on_the_screening);
  tcase_add_test(tests, results_depend_on_the_seed_alone);
  tcase_add_test(tests, screening_can_be_switched_off);
  tcase_add_test(tests, unreachable_dics_are_reported);
  tcase_add_test(tests, reading_is_bounded);
  tcase_add_test(tests, progress_counts_members);
  tcase_add_test(tests, screening_can_be_cancelled);
  suite_add_tcase(suite, tests);
  return suite;
}
