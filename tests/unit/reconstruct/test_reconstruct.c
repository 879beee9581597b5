/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct.c The pipeline in one call, with weights whose posterior stands where the test wants it. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "reconstruct/candidate_runs.h"
#include "reconstruct/compare.h"
#include "support/fixture.h"

Suite *reconstruct_suite(void);

enum { CAPACITY = 4000, N = 6 };

static const double target[2] = {-5.0, 8.0};

static dicrec_estimator *estimator;
static dicrec_spikes *input; /* fired by a neuron with the target's DICs */
static dicrec_estimate_options estimate;
static dicrec_simulate_options simulate;

static dicrec_estimator *make_narrow_estimator(void) {
  made_weights weights;
  make_weights(&weights, 1);
  made_posterior(&weights, target[0], target[1]);
  dicrec_estimator *made = make_estimator(stg, &weights);
  made_weights_free(&weights);
  return made;
}

/** The train of a member of the target's population, with noise or without. */
static dicrec_spikes *make_input(double noise_std) {
  double *g = make_neurons(stg, target[0], target[1], 1, 77), times[CAPACITY];
  dicrec_simulate_options options = simulate;
  options.noise_std = noise_std;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, 1, &options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  ck_assert_uint_gt(n, 20);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, CAPACITY), DICREC_OK);
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
  dicrec_simulation_free(simulation);
  free(g);
  return spikes;
}

static dicrec_spikes *make_regular(double period) {
  double times[40];
  for (int i = 0; i < 40; ++i) times[i] = period * i;
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, 40, NULL, &spikes), DICREC_OK);
  return spikes;
}

static void setup(void) {
  fixture_setup();
  estimator = make_narrow_estimator();
  dicrec_estimate_options_init(&estimate, sizeof estimate);
  estimate.support_limit = 0.0;
  dicrec_simulate_options_init(&simulate, sizeof simulate);
  simulate.t_end_ms = 2500.0;
  simulate.t_skip_ms = 500.0;
  input = make_input(0.0);
}

static void teardown(void) {
  dicrec_spikes_free(input);
  dicrec_estimator_free(estimator);
  fixture_teardown();
}

static dicrec_reconstruct_options options_of(int32_t verify) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = verify;
  options.estimate = &estimate;
  options.simulate = &simulate;
  return options;
}

static dicrec_reconstruction *reconstruct(const dicrec_reconstruct_options *options, dicrec_status expected) {
  dicrec_reconstruction *made = NULL;
  answers(dicrec_reconstruct(context, estimator, input, N, options, &made), expected);
  return made;
}

/** Conductances, then DICs, of all members. */
static void copy_members(const dicrec_reconstruction *made, double g[N * 8], double dics[N * 4]) {
  const dicrec_population *population = dicrec_reconstruction_population(made);
  ck_assert_uint_eq(dicrec_population_member_count(population), N);
  answers(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, g, N * 8), DICREC_OK);
  answers(dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics, N * 4), DICREC_OK);
}

START_TEST(every_member_has_the_median) {
  const dicrec_reconstruct_options options = options_of(0);
  dicrec_reconstruction *made = reconstruct(&options, DICREC_OK);
  double g[N * 8], dics[N * 4], median[2];
  copy_members(made, g, dics);
  answers(dicrec_posterior_quantile(dicrec_reconstruction_posterior(made), 0.5, 2, median), DICREC_OK);
  for (int k = 0; k < 2; ++k) ck_assert_double_eq_tol(median[k], target[k], 1e-5);
  for (size_t i = 0; i < N; ++i)
    for (size_t k = 0; k < 2; ++k) ck_assert_double_eq_tol(dics[4 * i + 1 + k], median[k], 1e-9);
  ck_assert_int_eq(report_of(made).n_simulated, 0);
  ck_assert_int_eq(report_of(made).n_accepted, N);
  ck_assert_int_eq(report_of(made).screened, 0); /* these weights have no forward network */
  ck_assert(isnan(report_of(made).tolerance));
  dicrec_spike_statistics fired = {.struct_size = sizeof fired};
  answers(dicrec_reconstruction_statistics(made, 0, &fired), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_reconstruction_accepted(made, 0), 0);
  ck_assert(isnan(dicrec_reconstruction_distance(made, 0)));
  ck_assert_uint_eq(dicrec_reconstruction_spike_count(made, 0), 0);
  dicrec_reconstruction_free(made);
}
END_TEST

static dicrec_spikes *member_train(const dicrec_reconstruction *made, size_t member) {
  double times[CAPACITY];
  const size_t n = dicrec_reconstruction_spike_count(made, member);
  answers(dicrec_reconstruction_copy_spikes(made, member, times, CAPACITY), DICREC_OK);
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times, n, NULL, &spikes), DICREC_OK);
  return spikes;
}

/** How far a train is from the input, in tolerances of the check; the defaults are those of the options. */
static double mismatch_of(const dicrec_spikes *spikes, bool is_regular) {
  double own[CAPACITY], sorted[CAPACITY], times[CAPACITY];
  const size_t n_own = dicrec_spikes_count(input), n = dicrec_spikes_count(spikes);
  dicrec__screen screen;
  dicrec__comparison comparison;
  dicrec_spike_statistics of_input = {.struct_size = sizeof of_input}, statistics = of_input;
  answers(dicrec_spikes_copy_times(input, times, CAPACITY), DICREC_OK);
  answers(dicrec_spikes_statistics(input, &of_input), DICREC_OK);
  ck_assert_int_ge(dicrec_spikes_statistics(spikes, &statistics), 0);
  dicrec__screen_init(&screen, dicrec__train_of(times, n_own), 1.0, is_regular);
  dicrec__comparison_init(&comparison, &screen, dicrec__train_of(times, n_own), 1.0, own);
  const dicrec__sampling_error error = dicrec__sampling_error_of(&of_input);
  comparison.rate_tolerance = hypot(0.015, error.rate);
  comparison.burst_tolerance = hypot(0.5, error.spikes_per_burst * of_input.spikes_per_burst);
  answers(dicrec_spikes_copy_times(spikes, times, CAPACITY), DICREC_OK);
  return dicrec__compare(&comparison, dicrec__train_of(times, n), &statistics, sorted).mismatch;
}

/** Accepted members come first, then the others by how far they are from the input. */
static void check_members(const dicrec_reconstruction *made, bool is_regular) {
  const dicrec_population *population = dicrec_reconstruction_population(made);
  const size_t n_accepted = (size_t)report_of(made).n_accepted;
  double last = 1.0;
  for (size_t i = 0; i < N; ++i) {
    dicrec_spike_statistics fired = {.struct_size = sizeof fired};
    answers(dicrec_reconstruction_statistics(made, i, &fired), DICREC_OK);
    ck_assert_int_eq(dicrec_reconstruction_accepted(made, i), i < n_accepted);
    ck_assert_int_eq(dicrec_population_status(population, i), i < n_accepted ? DICREC_OK : DICREC_W_REJECTED);
    dicrec_spikes *spikes = member_train(made, i);
    ck_assert_int_eq(fired.n_spikes, (int64_t)dicrec_spikes_count(spikes));
    const double mismatch = mismatch_of(spikes, is_regular);
    if (i < n_accepted) ck_assert_double_le(mismatch, 1.0);
    else ck_assert_double_ge(mismatch, last);
    if (i >= n_accepted) last = mismatch;
    const double distance = dicrec_reconstruction_distance(made, i);
    ck_assert(isfinite(distance) && distance >= 0.0);
    dicrec_spikes_free(spikes);
  }
}

START_TEST(verified_members_fire_like_the_input) {
  dicrec_spikes_free(input);
  input = make_input(3.0);
  dicrec_reconstruct_options options = options_of(1);
  options.noise = DICREC_NOISE_FIXED;
  options.noise_std = 3.0;
  dicrec_reconstruction *made = NULL;
  ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made), 0);
  const dicrec_reconstruction_report report = report_of(made);
  ck_assert_int_gt(report.n_accepted, 0);
  ck_assert(report.n_simulated >= N && report.n_simulated <= 50 * N);
  ck_assert((report.isi_distance > 0.0) && (report.isi_distance < 0.3));
  ck_assert((report.isi_moved > 0.0) && (report.isi_moved < 0.3));
  check_members(made, false);
  double g[N * 8], dics[N * 4];
  copy_members(made, g, dics);
  for (size_t i = 0; i < N; ++i) ck_assert_double_eq_tol(dics[4 * i + 1], target[0], 1e-5);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(the_budget_ends_the_search) {
  dicrec_reconstruct_options options = options_of(1);
  options.max_candidates = 3;
  dicrec_spikes_free(input);
  input = make_regular(400.0); /* slower than any of the candidates */
  dicrec_reconstruction *made = reconstruct(&options, DICREC_W_PARTIAL);
  ck_assert_uint_eq((size_t)report_of(made).n_simulated, 3 * N);
  ck_assert_uint_eq((size_t)report_of(made).n_accepted, 0);
  ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_SIMULATED);
  ck_assert_ptr_nonnull(strstr(error_text(), "0 of 6"));
  ck_assert(isnan(report_of(made).isi_distance) && isnan(report_of(made).isi_moved));
  check_members(made, true);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(a_search_that_accepts_none_is_given_up) {
  const dicrec_reconstruct_options options = options_of(1);
  dicrec_spikes_free(input);
  input = make_regular(400.0);
  dicrec_reconstruction *made = reconstruct(&options, DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_GIVEN_UP);
  ck_assert_int_ge(report_of(made).n_simulated, 10 * N);
  ck_assert_int_lt(report_of(made).n_simulated, 50 * N);
  ck_assert_int_eq(report_of(made).n_found, N);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(threads_do_not_change_a_reconstruction) {
  double g[2][N * 8], dics[2][N * 4], times[2][CAPACITY];
  dicrec_reconstruction *made[2];
  for (int k = 0; k < 2; ++k) {
    dicrec_generate_options population;
    dicrec_generate_options_init(&population, sizeof population);
    population.n_threads = simulate.n_threads = k == 0 ? 1 : 3;
    dicrec_reconstruct_options options = options_of(1);
    options.generate = &population;
    options.max_candidates = 4;
    options.target = DICREC_TARGET_SAMPLE;
    made[k] = NULL;
    ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made[k]), 0);
    copy_members(made[k], g[k], dics[k]);
  }
  ck_assert(same_bytes(g[0], g[1], N * 8) && same_bytes(dics[0], dics[1], N * 4));
  ck_assert_uint_eq((size_t)report_of(made[0]).n_simulated, (size_t)report_of(made[1]).n_simulated);
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_reconstruction_spike_count(made[0], i);
    ck_assert_uint_eq(n, dicrec_reconstruction_spike_count(made[1], i));
    for (int k = 0; k < 2; ++k) answers(dicrec_reconstruction_copy_spikes(made[k], i, times[k], CAPACITY), DICREC_OK);
    ck_assert(same_bytes(times[0], times[1], n));
  }
  dicrec_reconstruction_free(made[0]);
  dicrec_reconstruction_free(made[1]);
}
END_TEST

START_TEST(an_unknown_input_is_remarked) {
  estimate.support_limit = 1.0; /* hardly any train is as usual as that */
  const dicrec_reconstruct_options options = options_of(0);
  dicrec_reconstruction *made = reconstruct(&options, DICREC_W_SUPPORT);
  ck_assert_uint_eq(dicrec_population_valid_count(dicrec_reconstruction_population(made)), N);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(too_few_spikes_are_refused) {
  const double times[] = {10.0, 20.0, 30.0};
  for (size_t n = 0; n < 3; ++n) {
    dicrec_spikes *few;
    dicrec_reconstruction *made = (dicrec_reconstruction *)1;
    answers(dicrec_spikes_create(context, times, n, NULL, &few), DICREC_OK);
    answers(dicrec_reconstruct(context, estimator, few, N, NULL, &made), DICREC_E_SPIKES);
    ck_assert_ptr_null(made);
    dicrec_spikes_free(few);
  }
}
END_TEST

START_TEST(bad_reconstructions_are_refused) {
  dicrec_reconstruction *made = (dicrec_reconstruction *)1;
  answers(dicrec_reconstruct(NULL, estimator, input, N, NULL, &made), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(made);
  answers(dicrec_reconstruct(context, NULL, input, N, NULL, &made), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct(context, estimator, NULL, N, NULL, &made), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct(context, estimator, input, N, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct(context, estimator, input, 0, NULL, &made), DICREC_E_RANGE);
  ck_assert_ptr_null(dicrec_reconstruction_posterior(NULL));
  ck_assert_ptr_null(dicrec_reconstruction_population(NULL));
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  ck_assert_int_eq(dicrec_reconstruction_copy_report(NULL, &report), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_reconstruction_spike_count(NULL, 0), 0);
  dicrec_reconstruction_free(NULL);
  dicrec_reconstruct_options options = options_of(1);
  options.max_candidates = 1;
  dicrec_spike_statistics fired = {.struct_size = sizeof fired};
  double times[CAPACITY];
  ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made), 0);
  answers(dicrec_reconstruction_statistics(made, N, &fired), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_statistics(made, 0, NULL), DICREC_E_ARGUMENT);
  uint64_t offsets[N + 1];
  const size_t total = dicrec_reconstruction_spike_total(made);
  double *all = malloc(total * sizeof *all);
  answers(dicrec_reconstruction_copy_all_spikes(made, offsets, N + 1, all, total), DICREC_OK);
  ck_assert_uint_eq(offsets[N], total);
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_reconstruction_spike_count(made, i);
    ck_assert_uint_eq(offsets[i + 1] - offsets[i], n);
    answers(dicrec_reconstruction_copy_spikes(made, i, times, CAPACITY), DICREC_OK);
    ck_assert(n == 0 || same_bytes(times, all + offsets[i], n));
  }
  answers(dicrec_reconstruction_copy_all_spikes(made, offsets, N, all, total), DICREC_E_BUFFER);
  answers(dicrec_reconstruction_copy_all_spikes(made, offsets, N + 1, all, total - 1), DICREC_E_BUFFER);
  answers(dicrec_reconstruction_copy_all_spikes(NULL, offsets, N + 1, all, total), DICREC_E_ARGUMENT);
  free(all);
  answers(dicrec_reconstruction_copy_spikes(made, N, times, CAPACITY), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_copy_spikes(made, 0, NULL, CAPACITY), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_copy_spikes(made, 0, times, 1), DICREC_E_BUFFER);
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(huge_requests_are_out_of_memory) {
  counted_memory memory = {.limit = (size_t)64 << 20};
  dicrec_context *own = make_counted_context(&memory);
  const size_t before = memory.n_blocks;
  for (int32_t verify = 0; verify <= 1; ++verify) {
    const dicrec_reconstruct_options options = options_of(verify);
    static const size_t sizes[] = {10000000, SIZE_MAX / 2, SIZE_MAX};
    for (int k = 0; k < 3; ++k) {
      dicrec_reconstruction *made = (dicrec_reconstruction *)1;
      const dicrec_status status = dicrec_reconstruct(own, estimator, input, sizes[k], &options, &made);
      ck_assert_int_eq(status, DICREC_E_MEMORY);
      ck_assert_ptr_null(made);
      ck_assert_uint_eq(memory.n_blocks, before);
    }
  }
  dicrec_context_free(own);
}
END_TEST

START_TEST(reconstruction_can_be_cancelled) {
  int n_calls = 1;
  dicrec_context *own = make_cancelling_context(&n_calls);
  const dicrec_reconstruct_options options = options_of(1);
  dicrec_reconstruction *made = (dicrec_reconstruction *)1;
  ck_assert_int_eq(dicrec_reconstruct(own, estimator, input, 2000, &options, &made), DICREC_E_CANCELLED);
  ck_assert_ptr_null(made);
  ck_assert_uint_gt(dicrec_context_error(own, NULL, 0), 0);
  dicrec_context_free(own);
}
END_TEST

/* Silence belongs to what was observed; gaps do not. */
START_TEST(a_check_lasts_as_long_as_the_input_was_observed) {
  double t_end, t_skip, times[11];
  dicrec_model_protocol(stg, &t_end, &t_skip);
  const double protocol = t_end - t_skip, gap[] = {0.5 * protocol, 1.5 * protocol};
  for (int i = 0; i < 11; ++i) times[i] = 10.0 * i;
  for (int k = 0; k < 3; ++k) {
    const dicrec_spikes_options options = {.struct_size = sizeof options,
                                           .has_window = k > 0,
                                           .start = k > 0 ? -protocol : 0.0,
                                           .stop = k > 0 ? 2.0 * protocol : 0.0,
                                           .gaps = gap,
                                           .n_gaps = k > 1};
    dicrec_simulate_options check;
    dicrec_simulate_options_init(&check, sizeof check);
    dicrec_spikes *spikes;
    answers(dicrec_spikes_create(context, times, 11, &options, &spikes), DICREC_OK);
    dicrec__verification_duration(stg, spikes, 1.0, false, &check);
    ck_assert_double_eq_tol(check.t_end_ms - check.t_skip_ms, (k == 0 ? 1.0 : 4.0 - k) * protocol, 1e-9);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

Suite *reconstruct_suite(void) {
  Suite *suite = suite_create("reconstruct");
  TCase *tests = tcase_create("reconstruct");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, a_check_lasts_as_long_as_the_input_was_observed);
  tcase_add_test(tests, every_member_has_the_median);
  tcase_add_test(tests, verified_members_fire_like_the_input);
  tcase_add_test(tests, the_budget_ends_the_search);
  tcase_add_test(tests, a_search_that_accepts_none_is_given_up);
  tcase_add_test(tests, threads_do_not_change_a_reconstruction);
  tcase_add_test(tests, an_unknown_input_is_remarked);
  tcase_add_test(tests, too_few_spikes_are_refused);
  tcase_add_test(tests, bad_reconstructions_are_refused);
  tcase_add_test(tests, huge_requests_are_out_of_memory);
  tcase_add_test(tests, reconstruction_can_be_cancelled);
  suite_add_tcase(suite, tests);
  return suite;
}
