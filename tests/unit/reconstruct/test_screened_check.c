/* SPDX-License-Identifier: MIT */
/** @file test_screened_check.c Screening and the check by simulation together. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

Suite *screened_check_suite(void);

enum { N = 20, N_CHANNELS = 8, CAPACITY = 4000 };

/* Candidates have the noise of the input: it is irregular, and they are taken as they are drawn. */
#define NOISE 3.0

static const double target[2] = {-5.0, 8.0};

static made_weights weights;
static dicrec_spikes *input; /* fired by a neuron with the target's DICs, and noise */
static dicrec_estimate_options estimate;
static dicrec_simulate_options simulate;
static dicrec_generate_options population;

/** Let the network say of every candidate that it fires like the input, or that it is silent. */
static void set_network(bool is_like) {
  double times[CAPACITY], pattern[DICREC__PATTERN_SIZE], absolute[DICREC__PATTERN_SIZE];
  answers(dicrec_spikes_copy_times(input, times, CAPACITY), DICREC_OK);
  dicrec__pattern_of(dicrec__train_of(times, dicrec_spikes_count(input)), pattern);
  dicrec__pattern_absolute(pattern, absolute);
  float *bias = made_values(&weights, "forward.noisy.layer.3.bias");
  for (int k = 0; k < 3; ++k)
    bias[k] = k == (is_like ? DICREC_ACTIVITY_BURSTING : DICREC_ACTIVITY_SILENT) ? 9.0F : -9.0F;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    bias[3 + k] = isnan(absolute[k]) ? 0.0F : (float)absolute[k];
    bias[3 + DICREC__PATTERN_SIZE + k] = -4.0F;
  }
}

/** Prefer candidates with much sodium: ln(g_Na + 1) decides between bursting and silent at this value. */
static void set_threshold(double ln_sodium) {
  made_values(&weights, "forward.input.center")[0] = (float)ln_sodium;
  made_values(&weights, "forward.input.scale")[0] = 0.02F;
  made_values(&weights, "forward.noisy.layer.0.weight")[0] = 1.0F;
  made_values(&weights, "forward.noisy.layer.0.bias")[0] = 10.0F;
  static const float of_class[3] = {0.0F, -50.0F, -90.0F};
  for (int k = 0; k < 3; ++k) {
    made_values(&weights, "forward.noisy.layer.3.weight")[(size_t)k * MADE_FORWARD_HIDDEN] = k == 2 ? 9.0F : 0.0F;
    made_values(&weights, "forward.noisy.layer.3.bias")[k] = of_class[k];
  }
}

static void make_input(void) {
  double *g = make_neurons(stg, target[0], target[1], 1, 77), times[CAPACITY];
  dicrec_simulate_options options = simulate;
  options.noise_std = NOISE;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, 1, &options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, CAPACITY), DICREC_OK);
  answers(dicrec_spikes_create(context, times, n, NULL, &input), DICREC_OK);
  dicrec_simulation_free(simulation);
  free(g);
}

static void setup(void) {
  fixture_setup();
  make_weights(&weights, 1);
  made_posterior(&weights, target[0], target[1]);
  made_forward(&weights, N_CHANNELS);
  dicrec_estimate_options_init(&estimate, sizeof estimate);
  estimate.support_limit = 0.0;
  dicrec_simulate_options_init(&simulate, sizeof simulate);
  dicrec_generate_options_init(&population, sizeof population);
  simulate.t_end_ms = 2500.0;
  simulate.t_skip_ms = 500.0;
  make_input();
}

static void teardown(void) {
  dicrec_spikes_free(input);
  made_weights_free(&weights);
  fixture_teardown();
}

static dicrec_reconstruct_options options_of(int32_t screening) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = 1;
  options.screening = screening;
  options.estimate = &estimate;
  options.simulate = &simulate;
  options.noise = DICREC_NOISE_FIXED;
  options.noise_std = NOISE;
  return options;
}

static dicrec_reconstruction *reconstruct_members(const dicrec_reconstruct_options *options, size_t n) {
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  dicrec_reconstruction *made = NULL;
  const dicrec_status status = dicrec_reconstruct(context, estimator, input, n, options, &made);
  ck_assert_msg(status >= 0, "%s", error_text());
  ck_assert_int_eq(status == DICREC_W_PARTIAL, report_of(made).n_accepted < (int64_t)n);
  dicrec_estimator_free(estimator);
  return made;
}

static dicrec_reconstruction *reconstruct(const dicrec_reconstruct_options *options) {
  return reconstruct_members(options, N);
}

static void copy_members(const dicrec_reconstruction *made, double *g) {
  answers(dicrec_population_copy_conductances(dicrec_reconstruction_population(made), DICREC_STAGE_FINAL, g,
                                              (size_t)N * N_CHANNELS),
          DICREC_OK);
}

/** Accepted members first, all others W_REJECTED or failed, as the report counts them. */
static void check_order(const dicrec_reconstruction *made) {
  const dicrec_reconstruction_report report = report_of(made);
  const dicrec_population *members = dicrec_reconstruction_population(made);
  ck_assert_int_eq((int64_t)dicrec_population_valid_count(members), report.n_accepted);
  ck_assert(report.verified == 1 && report.n_simulated >= report.n_found && report.n_drawn >= report.n_simulated);
  for (int64_t i = 0; i < N; ++i) {
    const dicrec_status expected = i < report.n_accepted ? DICREC_OK
                                   : i < report.n_found  ? DICREC_W_REJECTED
                                                         : DICREC_E_INFEASIBLE;
    ck_assert_int_eq(dicrec_population_status(members, (size_t)i), expected);
    ck_assert_int_eq(dicrec_reconstruction_accepted(made, (size_t)i), i < report.n_accepted);
  }
}

START_TEST(a_search_with_and_without_screening) {
  set_network(true);
  for (int k = 0; k < 2; ++k) {
    const dicrec_reconstruct_options options = options_of(k == 0 ? DICREC_SCREENING_AUTO : DICREC_SCREENING_OFF);
    dicrec_reconstruction *made = reconstruct(&options);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_eq(report.screened, k == 0);
    ck_assert_int_eq(report.outcome, DICREC_OUTCOME_COMPLETE);
    ck_assert(k == 0 ? report.n_matched <= report.n_drawn : report.n_matched == report.n_drawn);
    check_order(made);
    for (size_t i = 0; i < N; ++i) ck_assert_int_eq(isfinite(dicrec_reconstruction_mismatch(made, i)) != 0, k == 0);
    ck_assert_int_eq(isnan(report.tolerance) != 0, k == 1);
    ck_assert(report.spread_kept_min > 0.0 && report.spread_kept_min < 10.0);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(the_nearest_are_simulated_if_none_matches) {
  set_network(false);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_drawn = 2;
  dicrec_reconstruction *made = reconstruct(&options);
  const dicrec_reconstruction_report report = report_of(made);
  ck_assert_int_eq(report.n_matched, 0);
  ck_assert(report.n_drawn >= 2 * N && report.n_drawn <= 2 * 2 * N); /* the check may need more than the screening */
  ck_assert_int_eq(report.n_found, N);
  ck_assert(report.outcome == (report.n_accepted == N ? DICREC_OUTCOME_COMPLETE : DICREC_OUTCOME_DRAWN));
  for (size_t i = 0; i < N; ++i) ck_assert_double_gt(dicrec_reconstruction_mismatch(made, i), 1.0);
  check_order(made);
  dicrec_reconstruction_free(made);
}
END_TEST

/* Half of the candidates are of the class; whoever is accepted was among them while the budget of draws lasted. */
START_TEST(members_match_and_are_accepted) {
  set_network(true);
  set_threshold(8.85);
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  dicrec_reconstruction *made = reconstruct(&options);
  const dicrec_reconstruction_report report = report_of(made);
  ck_assert(report.n_matched > 0 && report.n_matched < report.n_drawn);
  ck_assert_int_eq(report.outcome, DICREC_OUTCOME_COMPLETE);
  check_order(made);
  double g[N * N_CHANNELS];
  copy_members(made, g);
  for (size_t i = 0; i < N; ++i) ck_assert_double_gt(log(g[i * N_CHANNELS] + 1.0), 8.84);
  dicrec_reconstruction_free(made);
}
END_TEST

/* A round of candidates that is larger than the choice for one member. */
START_TEST(tolerances_stay_while_the_budget_lasts) {
  set_network(true);
  set_threshold(9.0);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_candidates = 1; /* the first round ends the search */
  options.max_drawn = 256;
  population.n_threads = 1;
  options.generate = &population;
  for (population.seed = 1; population.seed <= 10; ++population.seed) {
    dicrec_reconstruction *made = reconstruct_members(&options, 1);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_lt(report.n_drawn, 256);
    ck_assert_double_eq(report.tolerance, 1.0);
    ck_assert_double_le(dicrec_reconstruction_mismatch(made, 0), 1.0);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* However the budgets end a search, members are returned while there are candidates. */
START_TEST(members_are_returned_while_there_are_candidates) {
  set_network(true);
  set_threshold(9.1);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  for (options.max_drawn = 1; options.max_drawn <= 6; ++options.max_drawn) {
    options.max_candidates = options.max_drawn;
    dicrec_reconstruction *made = reconstruct(&options);
    ck_assert_int_eq(report_of(made).n_found, N);
    check_order(made);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(threads_do_not_change_a_screened_check) {
  double g[2][N * N_CHANNELS];
  set_network(true);
  set_threshold(8.85);
  dicrec_reconstruction_report reports[2];
  for (int k = 0; k < 2; ++k) {
    population.n_threads = simulate.n_threads = k == 0 ? 1 : 3;
    dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
    options.generate = &population;
    dicrec_reconstruction *made = reconstruct(&options);
    copy_members(made, g[k]);
    reports[k] = report_of(made);
    dicrec_reconstruction_free(made);
  }
  ck_assert(same_bytes(g[0], g[1], N * N_CHANNELS) && memcmp(&reports[0], &reports[1], sizeof reports[0]) == 0);
}
END_TEST

Suite *screened_check_suite(void) {
  Suite *suite = suite_create("screened_check");
  TCase *tests = tcase_create("screened_check");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, a_search_with_and_without_screening);
  tcase_add_test(tests, the_nearest_are_simulated_if_none_matches);
  tcase_add_test(tests, members_match_and_are_accepted);
  tcase_add_test(tests, tolerances_stay_while_the_budget_lasts);
  tcase_add_test(tests, members_are_returned_while_there_are_candidates);
  tcase_add_test(tests, threads_do_not_change_a_screened_check);
  suite_add_tcase(suite, tests);
  return suite;
}
