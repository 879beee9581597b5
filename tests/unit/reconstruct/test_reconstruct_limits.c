/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct_limits.c How a search ends when something is short, and options that are refused before it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* feenableexcept() */
#endif
#include <fenv.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "support/screening_fixture.h"

Suite *reconstruct_limits_suite(void);

static dicrec_estimator *estimator;
static dicrec_simulate_options simulate;

static void setup(void) {
  screening_setup();
  estimator = make_estimator(stg, &weights);
  dicrec_simulate_options_init(&simulate, sizeof simulate);
}

static void teardown(void) {
  dicrec_estimator_free(estimator);
  screening_teardown();
}

static dicrec_reconstruct_options verified_options(int32_t screening) {
  dicrec_reconstruct_options options = options_of(screening);
  options.verify = 1;
  options.simulate = &simulate;
  return options;
}

/** Members hold conductances exactly where their status is no failure. */
static void check_rows(const dicrec_reconstruction *made, size_t n) {
  double g[3 * N * N_CHANNELS];
  copy_members(made, g, n);
  for (size_t i = 0; i < n; ++i) {
    const dicrec_status status = dicrec_population_status(dicrec_reconstruction_population(made), i);
    ck_assert_int_eq(isfinite(g[i * N_CHANNELS]) != 0, status >= 0);
  }
}

/* A pair of channels that often fails, and no more candidates than members: rounds become small. */
START_TEST(complete_means_that_none_is_missing) {
  enum { FEW = 3 };
  set_input(30.0, 29.5, 6); /* few intervals that differ much: hardly anything that fires is unlike them */
  simulate.t_end_ms = 1000.0;
  const int32_t pair[] = {dicrec_model_channel_index(stg, "A"), dicrec_model_channel_index(stg, "H")};
  population.channels = pair;
  population.n_channels = 2;
  population.max_draws = 1;
  int n_complete = 0;
  for (population.seed = 1; population.seed <= 300; ++population.seed) {
    dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_OFF);
    options.max_candidates = 1 + (int32_t)population.seed % 2;
    options.target = DICREC_TARGET_SAMPLE;
    options.noise = DICREC_NOISE_FIXED;
    options.noise_std = 1.0;
    dicrec_reconstruction *made;
    ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, FEW, &options, &made), 0);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_eq(report.outcome == DICREC_OUTCOME_COMPLETE, report.n_accepted == FEW);
    n_complete += report.outcome == DICREC_OUTCOME_COMPLETE;
    check_rows(made, FEW);
    ck_assert_uint_eq(dicrec_population_valid_count(dicrec_reconstruction_population(made)), (size_t)report.n_accepted);
    dicrec_reconstruction_free(made);
  }
  ck_assert_msg(n_complete > 0 && n_complete < 300, "%d of 300", n_complete);
}
END_TEST

/* Simulations that would take hours: the time is over in the first round, for all rounds. */
START_TEST(the_time_of_the_check_is_bounded_once) {
  simulate.t_end_ms = 1e9;
  simulate.max_wall_s = 0.02;
  simulate.max_spikes = (int64_t)1 << 40;
  for (int32_t screening = DICREC_SCREENING_AUTO; screening <= DICREC_SCREENING_OFF; ++screening) {
    const dicrec_reconstruct_options options = verified_options(screening);
    dicrec_reconstruction *made;
    answers(dicrec_reconstruct(context, estimator, input, N, &options, &made), DICREC_W_PARTIAL);
    ck_assert_ptr_nonnull(strstr(error_text(), "max_wall_s"));
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_eq(report.outcome, DICREC_OUTCOME_TIMED_OUT);
    ck_assert_int_le(report.n_simulated, 2 * N);
    ck_assert(report.n_accepted == 0 && report.n_found == N);
    check_rows(made, N);
    for (size_t i = 0; i < N; ++i) {
      ck_assert_int_eq(dicrec_population_status(dicrec_reconstruction_population(made), i), DICREC_W_LIMIT);
      ck_assert(dicrec_reconstruction_accepted(made, i) == 0 && dicrec_reconstruction_spike_count(made, i) == 0);
      ck_assert(isnan(dicrec_reconstruction_distance(made, i)));
    }
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* More members than a round has candidates: those that were never begun are members too. */
START_TEST(members_are_filled_up_without_time) {
  enum { MANY = 1500 };
  simulate.t_end_ms = 1e9;
  simulate.max_wall_s = 1e-6;
  const dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_OFF);
  dicrec_reconstruction *made;
  answers(dicrec_reconstruct(context, estimator, input, MANY, &options, &made), DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_TIMED_OUT);
  ck_assert_int_eq(report_of(made).n_found, MANY);
  for (size_t i = 0; i < MANY; ++i)
    ck_assert_int_eq(dicrec_population_status(dicrec_reconstruction_population(made), i), DICREC_W_LIMIT);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(members_that_fire_too_much_are_returned) {
  simulate.t_end_ms = 3000.0;
  simulate.max_spikes = 2;
  const dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_OFF);
  dicrec_reconstruction *made;
  answers(dicrec_reconstruct(context, estimator, input, N, &options, &made), DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_GIVEN_UP);
  ck_assert_int_eq(report_of(made).n_found, N);
  size_t n_limited = 0;
  for (size_t i = 0; i < N; ++i) {
    const dicrec_status status = dicrec_population_status(dicrec_reconstruction_population(made), i);
    ck_assert(status == DICREC_W_LIMIT || status == DICREC_W_REJECTED);
    n_limited += status == DICREC_W_LIMIT;
  }
  ck_assert_uint_gt(n_limited, 0);
  check_rows(made, N);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(what_is_skipped_counts_without_an_end) {
  simulate.t_skip_ms = 1000.0;
  dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_AUTO);
  options.max_candidates = 1;
  dicrec_reconstruction *made;
  ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made), 0);
  ck_assert_double_eq(report_of(made).t_skip_ms, 1000.0);
  ck_assert_double_eq(report_of(made).t_end_ms, 1000.0 + PERIOD * 30.0);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(bad_options_of_the_check_are_refused_at_once) {
  for (int32_t verify = 0; verify <= 1; ++verify) {
#define REFUSED(field, value, expected, text)                                                                          \
  do {                                                                                                                 \
    dicrec_simulate_options_init(&simulate, sizeof simulate);                                                          \
    simulate.field = (value);                                                                                          \
    dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_AUTO);                                      \
    options.verify = verify;                                                                                           \
    dicrec_reconstruction *made = (dicrec_reconstruction *)1;                                                          \
    answers(dicrec_reconstruct(context, estimator, input, N, &options, &made), expected);                              \
    ck_assert_ptr_null(made);                                                                                          \
    ck_assert_msg(strstr(error_text(), text) != NULL, "%s", error_text());                                             \
  } while (0)
    REFUSED(t_end_ms, -7.0, DICREC_E_RANGE, "t_end_ms");
    REFUSED(t_end_ms, (double)NAN, DICREC_E_RANGE, "t_end_ms");
    REFUSED(t_end_ms, 1e10, DICREC_E_RANGE, "t_end_ms");
    REFUSED(t_skip_ms, -1.0, DICREC_E_RANGE, "t_skip_ms");
    REFUSED(t_skip_ms, (double)NAN, DICREC_E_RANGE, "t_skip_ms");
    REFUSED(max_wall_s, -1.0, DICREC_E_RANGE, "max_wall_s");
    REFUSED(max_wall_s, (double)NAN, DICREC_E_RANGE, "max_wall_s");
    REFUSED(time_scale, (double)NAN, DICREC_E_RANGE, "time_scale");
    REFUSED(n_threads, -1, DICREC_E_RANGE, "n_threads");
    REFUSED(time_scale, 2.0, DICREC_E_ARGUMENT, "time_scale is 2");
    REFUSED(noise_std, 2.0, DICREC_E_ARGUMENT, "simulate.noise_std is 2");
    REFUSED(first_member, 1, DICREC_E_ARGUMENT, "first_member");
    REFUSED(member_streams, (const uint64_t[N]){0}, DICREC_E_ARGUMENT, "member_streams");
    REFUSED(member_noise_std, (const double[N]){0.0}, DICREC_E_ARGUMENT, "member_noise_std");
#undef REFUSED
  }
}
END_TEST

START_TEST(the_check_has_the_time_scale_of_the_input) {
  estimate.time_scale = 2.0;
  dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_AUTO);
  options.max_candidates = 1;
  static const double scales[] = {0.0, 1.0, 2.0, 3.0};
  for (int k = 0; k < 5; ++k) {
    simulate.time_scale = scales[k % 4];
    estimate.auto_scale = k == 4; /* whatever it finds, 0 is no contradiction */
    if (k == 4) estimate.time_scale = 0.0;
    dicrec_reconstruction *made = NULL;
    const dicrec_status status = dicrec_reconstruct(context, estimator, input, N, &options, &made);
    ck_assert_int_eq(status == DICREC_E_ARGUMENT, k == 3);
    ck_assert_int_eq(made != NULL, k != 3);
    if (k < 3) ck_assert_double_eq(dicrec_population_time_scale(dicrec_reconstruction_population(made)), 2.0);
    dicrec_reconstruction_free(made);
  }
  simulate.time_scale = 2.0; /* chosen by the train: nobody can know it */
  dicrec_reconstruction *made;
  answers(dicrec_reconstruct(context, estimator, input, N, &options, &made), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(first_members_are_refused) {
  population.first_member = 3;
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  reconstruct(&options, N, DICREC_E_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error_text(), "generate.first_member"));
}
END_TEST

#ifdef __GLIBC__
static const double few_times[][8] = {{0.0, 100.0, 200.0},
                                      {0.0, 100.0, 900.0, 1000.0},
                                      {0.0, 5.0, 10.0, 800.0, 805.0, 810.0, 1600.0, 1605.0},
                                      {0.0, 1e-300, 3e-300, 1.0}};
static const size_t n_few[] = {3, 4, 8, 4};

static void reconstruct_every_way(size_t n) {
  for (int32_t way = 0; way < 16; ++way) {
    dicrec_reconstruct_options options = verified_options(way % 2 == 0 ? DICREC_SCREENING_AUTO : DICREC_SCREENING_OFF);
    options.verify = way / 2 % 2;
    options.target = way / 4 % 2 == 0 ? DICREC_TARGET_MEDIAN : DICREC_TARGET_SAMPLE;
    options.noise = way / 8 == 0 ? DICREC_NOISE_AUTO : DICREC_NOISE_FIXED;
    options.noise_std = way / 8 == 0 ? 0.0 : 2.0;
    options.max_drawn = options.max_candidates = 1;
    dicrec_reconstruction *made;
    ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, n, &options, &made), 0);
    dicrec_reconstruction_free(made);
  }
}

/* A host that unmasks floating-point exceptions is not ended by a number that is not known. */
START_TEST(reconstructions_do_not_trap) {
  if (feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW) == -1) return; /* the processor cannot */
  simulate.t_end_ms = 300.0;
  simulate.t_skip_ms = 50.0;
  for (int k = 0; k < 4; ++k) {
    dicrec_spike_statistics s = {.struct_size = sizeof s};
    double squared;
    dicrec_spikes_free(input);
    answers(dicrec_spikes_create(context, few_times[k], n_few[k], NULL, &input), DICREC_OK);
    answers(dicrec_spikes_statistics(input, &s), DICREC_OK);
    answers(dicrec_spikes_distance(input, input, 0.0, &squared), DICREC_OK);
    for (size_t n = 1; n <= 3; ++n) reconstruct_every_way(n);
    simulate.max_wall_s = 1e-9; /* nothing is known of any member */
    reconstruct_every_way(2);
    simulate.max_wall_s = 0.0;
  }
  static const int32_t pair[] = {0, 1}; /* too few can be made, or none */
  population.channels = pair;
  population.n_channels = 2;
  population.max_draws = 1;
  for (population.seed = 1; population.seed <= 20; ++population.seed) reconstruct_every_way(1);
  fedisableexcept(FE_ALL_EXCEPT);
}
END_TEST
#endif

Suite *reconstruct_limits_suite(void) {
  Suite *suite = suite_create("reconstruct_limits");
  TCase *tests = tcase_create("reconstruct_limits");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, complete_means_that_none_is_missing);
  tcase_add_test(tests, the_time_of_the_check_is_bounded_once);
  tcase_add_test(tests, members_are_filled_up_without_time);
  tcase_add_test(tests, members_that_fire_too_much_are_returned);
  tcase_add_test(tests, what_is_skipped_counts_without_an_end);
  tcase_add_test(tests, bad_options_of_the_check_are_refused_at_once);
  tcase_add_test(tests, the_check_has_the_time_scale_of_the_input);
  tcase_add_test(tests, first_members_are_refused);
#ifdef __GLIBC__
  tcase_add_test(tests, reconstructions_do_not_trap);
#endif
  suite_add_tcase(suite, tests);
  return suite;
}
