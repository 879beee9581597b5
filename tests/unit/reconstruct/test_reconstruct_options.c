/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct_options.c Options of a reconstruction: what is refused, and the noise that members get. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "support/screening_fixture.h"

Suite *reconstruct_options_suite(void);

static dicrec_simulate_options simulate;

static void setup(void) {
  screening_setup();
  dicrec_simulate_options_init(&simulate, sizeof simulate);
  simulate.t_end_ms = 1500.0;
  simulate.t_skip_ms = 300.0;
}

static dicrec_reconstruct_options verified_options(int32_t screening) {
  dicrec_reconstruct_options options = options_of(screening);
  options.verify = 1;
  options.max_candidates = 2;
  options.simulate = &simulate;
  return options;
}

static void refused(const dicrec_reconstruct_options *options, dicrec_status expected) {
  ck_assert_ptr_null(reconstruct(options, N, expected));
  ck_assert_uint_gt(dicrec_context_error(context, NULL, 0), 0);
}

#define REFUSED(field, value, expected)                                                                                \
  do {                                                                                                                 \
    dicrec_reconstruct_options options = verified_options(DICREC_SCREENING_AUTO);                                      \
    options.field = (value);                                                                                           \
    refused(&options, expected);                                                                                       \
  } while (0)

START_TEST(bad_reconstruct_options_are_refused) {
  REFUSED(struct_size, 1, DICREC_E_OPTION);
  REFUSED(target, 3, DICREC_E_RANGE);
  REFUSED(target, -1, DICREC_E_RANGE);
  REFUSED(verify, 2, DICREC_E_RANGE);
  REFUSED(verify, -1, DICREC_E_RANGE);
  REFUSED(max_candidates, -1, DICREC_E_RANGE);
  REFUSED(max_candidates, 10001, DICREC_E_RANGE);
  REFUSED(screening, 3, DICREC_E_RANGE);
  REFUSED(screening, -1, DICREC_E_RANGE);
  REFUSED(max_drawn, -1, DICREC_E_RANGE);
  REFUSED(max_drawn, 100001, DICREC_E_RANGE);
  REFUSED(rate_tolerance, -0.1, DICREC_E_RANGE);
  REFUSED(rate_tolerance, (double)NAN, DICREC_E_RANGE);
  REFUSED(burst_tolerance, -0.1, DICREC_E_RANGE);
  REFUSED(burst_tolerance, (double)NAN, DICREC_E_RANGE);
  REFUSED(selection, 2, DICREC_E_RANGE);
  REFUSED(selection, -1, DICREC_E_RANGE);
  REFUSED(noise, 2, DICREC_E_RANGE);
  REFUSED(noise, -1, DICREC_E_RANGE);
}
END_TEST

START_TEST(bad_noise_is_refused) {
  REFUSED(noise_std, 1.0, DICREC_E_ARGUMENT); /* of the posterior, or fixed: not both */
  ck_assert_ptr_nonnull(strstr(error_text(), "DICREC_NOISE_FIXED"));
  static const double bad[] = {-1.0, 1.1e6, (double)NAN, (double)INFINITY, -(double)INFINITY};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i)
    for (int32_t noise = DICREC_NOISE_AUTO; noise <= DICREC_NOISE_FIXED; ++noise) {
      dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
      options.noise = noise;
      options.noise_std = bad[i];
      refused(&options, DICREC_E_RANGE);
    }
  simulate.noise_std = 1.0; /* members have their own, also if it is the same */
  REFUSED(noise, DICREC_NOISE_AUTO, DICREC_E_ARGUMENT);
  REFUSED(noise, DICREC_NOISE_FIXED, DICREC_E_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error_text(), "simulate.noise_std is 1"));
}
END_TEST

START_TEST(bad_options_of_stages_are_refused) {
  dicrec_estimate_options bad_estimate = estimate;
  bad_estimate.time_scale = -1.0;
  REFUSED(estimate, &bad_estimate, DICREC_E_RANGE);
  dicrec_generate_options bad_population = population;
  bad_population.max_draws = -1;
  REFUSED(generate, &bad_population, DICREC_E_RANGE);
  dicrec_simulate_options bad_simulate = simulate;
  bad_simulate.dt_ms = 5.0;
  REFUSED(simulate, &bad_simulate, DICREC_E_RANGE);
  bad_simulate = simulate;
  bad_simulate.member_noise_std = (const double[N]){0.0};
  REFUSED(simulate, &bad_simulate, DICREC_E_ARGUMENT); /* candidates have no order */
  bad_simulate.struct_size = 0;
  REFUSED(simulate, &bad_simulate, DICREC_E_OPTION);
}
END_TEST

/** The noise of the members of a reconstruction. */
static void copy_noise(const dicrec_reconstruct_options *options, double noise_std[N]) {
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  dicrec_reconstruction *made = NULL;
  ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, options, &made), 0);
  answers(dicrec_population_copy_noise_std(dicrec_reconstruction_population(made), noise_std, N), DICREC_OK);
  ck_assert_int_eq(report_of(made).n_found, N);
  if (options->noise == DICREC_NOISE_FIXED) ck_assert_double_eq(report_of(made).noise_std, options->noise_std);
  dicrec_reconstruction_free(made);
  dicrec_estimator_free(estimator);
}

/* With a check or without, screened or not, whatever the spikes say of the noise. */
START_TEST(fixed_noise_is_that_of_all_members) {
  static const double fixed[] = {0.0, 0.01, 3.0, 40.0};
  set_network(0.0);
  for (int way = 0; way < 16; ++way) {
    made_noise(&weights, way % 3 == 0 ? 1.0 : 0.2, log(3.0), 0.5);
    dicrec_reconstruct_options options = way / 2 % 2 == 0 ? options_of(way % 2) : verified_options(way % 2);
    options.max_drawn = 8;
    options.noise = DICREC_NOISE_FIXED;
    options.noise_std = fixed[way / 4];
    double noise_std[N];
    copy_noise(&options, noise_std);
    for (size_t i = 0; i < N; ++i) ck_assert_double_eq(noise_std[i], fixed[way / 4]);
  }
}
END_TEST

/* A sample of the posterior's, whether it is checked or not; as published, without any selection, none. */
START_TEST(members_have_noise_of_their_own) {
  set_network(0.0);
  predict_input(1.0);
  for (int way = 0; way < 4; ++way) {
    made_noise(&weights, way == 3 ? 0.5 : 0.0, log(3.0), 0.2);
    dicrec_reconstruct_options options = way == 0   ? options_of(DICREC_SCREENING_OFF)
                                         : way == 1 ? verified_options(DICREC_SCREENING_OFF)
                                                    : options_of(DICREC_SCREENING_AUTO);
    double noise_std[N];
    size_t n_none = 0;
    copy_noise(&options, noise_std);
    for (size_t i = 0; i < N; ++i) {
      n_none += noise_std[i] == 0.0;
      if (noise_std[i] == 0.0) continue;
      ck_assert(noise_std[i] > 1.0 && noise_std[i] < 9.0);
      for (size_t k = 0; k < i; ++k) ck_assert(noise_std[i] != noise_std[k]);
    }
    if (way == 0) ck_assert_uint_eq(n_none, N);
    else if (way < 3) ck_assert_uint_eq(n_none, 0);
    else ck_assert(n_none > 0 && n_none < N);
  }
}
END_TEST

/* What the report tells of the noise: the posterior's median, or what is fixed, and how likely there is none. */
START_TEST(the_report_tells_the_noise) {
  made_noise(&weights, 0.2, log(3.0), 0.2);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  for (int32_t noise = DICREC_NOISE_AUTO; noise <= DICREC_NOISE_FIXED; ++noise) {
    options.noise = noise;
    options.noise_std = noise == DICREC_NOISE_FIXED ? 2.5 : 0.0;
    dicrec_estimator *estimator = make_estimator(stg, &weights);
    dicrec_reconstruction *made;
    ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made), 0);
    ck_assert_double_eq_tol(report_of(made).noiseless, 0.2, 1e-6);
    if (noise == DICREC_NOISE_FIXED) ck_assert_double_eq(report_of(made).noise_std, 2.5);
    else ck_assert_double_eq_tol(report_of(made).noise_std, 3.0 * exp(-0.2 * 0.318639), 1e-4); /* 3 of 8 below */
    dicrec_reconstruction_free(made);
    dicrec_estimator_free(estimator);
  }
}
END_TEST

/* The seed of the whole is that of the stages that have none; theirs come first. */
START_TEST(one_seed_serves_all_stages) {
  set_network(0.0);
  predict_input(1.0);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  double g[3][N * 8];
  for (int way = 0; way < 3; ++way) {
    population.seed = way == 1 ? 7 : 0;
    options.seed = way == 2 ? 8 : 7;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
    copy_members(made, g[way], N);
    dicrec_reconstruction_free(made);
  }
  ck_assert_mem_eq(g[0], g[1], sizeof g[0]);
  ck_assert_mem_ne(g[0], g[2], sizeof g[0]);
}
END_TEST

/* After one draw, or one round of simulations, with nothing that matches. */
START_TEST(late_searches_end_with_what_there_is) {
  set_network(1e6 * tolerance_of_mean());
  dicrec_reconstruct_options screened = options_of(DICREC_SCREENING_AUTO);
  dicrec_reconstruct_options verified = verified_options(DICREC_SCREENING_OFF);
  screened.max_drawn = 100000;
  verified.max_candidates = 10000;
  screened.max_wall_s = verified.max_wall_s = 1e-6;
  for (int way = 0; way < 2; ++way) {
    dicrec_reconstruction *made = reconstruct(way == 0 ? &screened : &verified, N, DICREC_W_PARTIAL);
    ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_TIMED_OUT);
    ck_assert_int_eq(report_of(made).n_found, N);
    ck_assert_ptr_nonnull(strstr(error_text(), "max_wall_s"));
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(screening_that_is_asked_for_needs_a_network) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_ON);
  dicrec_reconstruction_free(reconstruct(&options, N, DICREC_OK));
  made_weights bare = weights;
  bare.n_tensors = MADE_TENSORS; /* those of forward networks come last */
  dicrec_estimator *estimator = make_estimator(stg, &bare);
  dicrec_reconstruction *made;
  answers(dicrec_reconstruct(context, estimator, input, N, &options, &made), DICREC_E_WEIGHTS);
  ck_assert_ptr_nonnull(strstr(error_text(), "forward network"));
  dicrec_estimator_free(estimator);
}
END_TEST

Suite *reconstruct_options_suite(void) {
  Suite *suite = suite_create("reconstruct_options");
  TCase *tests = tcase_create("reconstruct_options");
  tcase_add_checked_fixture(tests, setup, screening_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, bad_reconstruct_options_are_refused);
  tcase_add_test(tests, bad_noise_is_refused);
  tcase_add_test(tests, bad_options_of_stages_are_refused);
  tcase_add_test(tests, fixed_noise_is_that_of_all_members);
  tcase_add_test(tests, members_have_noise_of_their_own);
  tcase_add_test(tests, the_report_tells_the_noise);
  tcase_add_test(tests, one_seed_serves_all_stages);
  tcase_add_test(tests, late_searches_end_with_what_there_is);
  tcase_add_test(tests, screening_that_is_asked_for_needs_a_network);
  suite_add_tcase(suite, tests);
  return suite;
}
