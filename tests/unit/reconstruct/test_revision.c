/* SPDX-License-Identifier: MIT */
/** @file test_revision.c Members of a regular input that are moved by what they fired when they were simulated. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "spikes/pattern.h"
#include "support/fixture.h"

Suite *revision_suite(void);

enum { N = 12, N_CHANNELS = 8, N_BASE = 5, N_SPIKES = 40, G_U = 2 * N_CHANNELS + 2, CAPACITY = 400 };

/*
 * Around these DICs the neuron fires regularly, about every 64 to 77 ms, and the interval shrinks by some 3 % with each
 * unit of g_u. The network knows the latter, but takes all neurons of the same DICs for alike.
 */
static const double target[2] = {8.0, 8.0};
static const double for_one = -0.032;
#define PERIOD 70.0
#define SPAN   20.0

static made_weights weights;
static dicrec_spikes *input;
static dicrec_estimate_options estimate;
static dicrec_generate_options population;
static dicrec_simulate_options simulate;

static void set_network(double slope) {
  const double at_target = 0.5 * 10.0 * (1.0 + 10.0 / sqrt(101.0));
  float *bias = made_values(&weights, "forward.steady.layer.3.bias");
  bias[DICREC_ACTIVITY_SPIKING] = 20.0F;
  bias[3 + DICREC__PATTERN_LOG_MEAN] = (float)(log(PERIOD) - SPAN * slope * at_target);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) bias[3 + DICREC__PATTERN_SIZE + k] = -20.0F;
  made_values(&weights, "forward.input.center")[G_U] = (float)target[1];
  made_values(&weights, "forward.input.scale")[G_U] = (float)SPAN;
  made_values(&weights, "forward.steady.layer.0.weight")[G_U] = 1.0F;
  made_values(&weights, "forward.steady.layer.0.bias")[0] = 10.0F;
  made_values(&weights, "forward.steady.layer.3.weight")[3 * MADE_FORWARD_HIDDEN] = (float)(SPAN * slope);
}

/** The network, and a law of the base draws that leaves them as they are for any neuron, or none. */
static void set_weights(double slope, bool has_flow) {
  made_weights_free(&weights);
  make_weights(&weights, 1);
  made_posterior(&weights, target[0], target[1]);
  made_forward(&weights, N_CHANNELS);
  set_network(slope);
  if (!has_flow) return;
  made_flow(&weights, N_BASE);
  made_flow_of(&weights, 0.0, 1.0);
}

static void setup(void) {
  fixture_setup();
  weights.n_tensors = 0;
  set_weights(for_one, true);
  double times[N_SPIKES];
  for (int i = 0; i < N_SPIKES; ++i) times[i] = PERIOD * i;
  answers(dicrec_spikes_create(context, times, N_SPIKES, NULL, &input), DICREC_OK);
  dicrec_estimate_options_init(&estimate, sizeof estimate);
  estimate.support_limit = 0.0;
  dicrec_generate_options_init(&population, sizeof population);
  dicrec_simulate_options_init(&simulate, sizeof simulate);
  simulate.t_end_ms = 2500.0;
  simulate.t_skip_ms = 500.0;
}

static void teardown(void) {
  dicrec_spikes_free(input);
  made_weights_free(&weights);
  fixture_teardown();
}

static dicrec_reconstruction *reconstruct(int32_t max_candidates) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = 1;
  options.max_candidates = max_candidates;
  options.estimate = &estimate;
  options.generate = &population;
  options.simulate = &simulate;
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  dicrec_reconstruction *made = NULL;
  const dicrec_status status = dicrec_reconstruct(context, estimator, input, N, &options, &made);
  ck_assert_msg(status >= 0, "%s", error_text());
  dicrec_estimator_free(estimator);
  return made;
}

/** How far the members' mean intervals are from the input's, on average. */
static double mean_error(const dicrec_reconstruction *made) {
  double sum = 0.0;
  for (size_t i = 0; i < N; ++i) {
    dicrec_spike_statistics fired = {.struct_size = sizeof fired};
    answers(dicrec_reconstruction_statistics(made, i, &fired), DICREC_OK);
    sum += fabs(log(fired.isi_mean_ms / PERIOD)) / N;
  }
  return sum;
}

/** Each member has a stream of its own: no draw is there twice, before and after it was moved. */
static void check_streams(const dicrec_reconstruction *made) {
  uint64_t streams[N];
  answers(dicrec_population_copy_streams(dicrec_reconstruction_population(made), streams, N), DICREC_OK);
  for (size_t i = 0; i < N; ++i)
    for (size_t k = 0; k < i; ++k) ck_assert(streams[i] != streams[k]);
}

/* Six simulations for each member: as it was drawn, and moved twice, for twice as many as are asked for. */
START_TEST(members_are_moved_towards_the_input) {
  dicrec_reconstruction *moved = reconstruct(6);
  set_weights(for_one, false); /* nothing is known of base draws: candidates stay as they are */
  dicrec_reconstruction *drawn = reconstruct(6);
  ck_assert_int_eq(report_of(moved).n_accepted, N);
  ck_assert_int_ge(report_of(moved).n_accepted, report_of(drawn).n_accepted);
  ck_assert_double_lt(mean_error(moved), 0.3 * mean_error(drawn));
  check_streams(moved);
  check_streams(drawn);
  dicrec_reconstruction_free(moved);
  dicrec_reconstruction_free(drawn);
}
END_TEST

/* They are members of their DICs, with other conductances for each. */
START_TEST(moved_members_differ_as_they_did) {
  dicrec_reconstruction *made = reconstruct(20);
  ck_assert_int_eq(report_of(made).n_accepted, N);
  const dicrec_population *members = dicrec_reconstruction_population(made);
  double g[N * N_CHANNELS], dics[N * 4], again[N * 4];
  answers(dicrec_population_copy_conductances(members, DICREC_STAGE_FINAL, g, N * N_CHANNELS), DICREC_OK);
  answers(dicrec_population_copy_dics(members, DICREC_DIC_COUNT, dics, N * 4), DICREC_OK);
  answers(dicrec_dic_compute(context, stg, g, N, dicrec_model_threshold_mv(stg), DICREC_DIC_COUNT, again), DICREC_OK);
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < N; ++i) {
    for (size_t k = 0; k < 4; ++k)
      ck_assert_double_eq_tol(again[4 * i + k], dics[4 * i + k], 1e-9 * (1.0 + fabs(dics[4 * i + k])));
    low = fmin(low, dics[4 * i + DICREC_DIC_ULTRASLOW]);
    high = fmax(high, dics[4 * i + DICREC_DIC_ULTRASLOW]);
  }
  ck_assert_double_gt(high - low, 1.0); /* each went its own way */
  ck_assert_double_gt(report_of(made).spread_kept_min, 0.2);
  ck_assert((report_of(made).remarks & DICREC_REMARK_OUTSIDE) != 0); /* far, for a posterior as narrow */
  dicrec_reconstruction_free(made);
}
END_TEST

/* Whatever is moved, no more candidates are simulated than are asked for. */
START_TEST(moves_count_in_the_budget) {
  for (int32_t max_candidates = 1; max_candidates <= 4; ++max_candidates) {
    dicrec_reconstruction *made = reconstruct(max_candidates);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_le(report.n_simulated, max_candidates * N);
    ck_assert(report.outcome == DICREC_OUTCOME_COMPLETE || report.outcome == DICREC_OUTCOME_SIMULATED);
    ck_assert_int_eq(report.n_found, N);
    check_streams(made);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* Slopes that are wrong by their sign lead away: what was better before is kept. */
START_TEST(a_wrong_network_does_no_harm) {
  set_weights(-for_one, true);
  dicrec_reconstruction *moved = reconstruct(3);
  set_weights(for_one, false);
  dicrec_reconstruction *drawn = reconstruct(1);
  ck_assert_double_le(mean_error(moved), 2.0 * mean_error(drawn));
  check_streams(moved);
  dicrec_reconstruction_free(moved);
  dicrec_reconstruction_free(drawn);
}
END_TEST

START_TEST(threads_do_not_change_a_revision) {
  double g[2][N * N_CHANNELS];
  dicrec_reconstruction_report reports[2];
  for (int k = 0; k < 2; ++k) {
    population.n_threads = simulate.n_threads = k == 0 ? 1 : 3;
    dicrec_reconstruction *made = reconstruct(3);
    answers(dicrec_population_copy_conductances(dicrec_reconstruction_population(made), DICREC_STAGE_FINAL, g[k],
                                                N * N_CHANNELS),
            DICREC_OK);
    reports[k] = report_of(made);
    dicrec_reconstruction_free(made);
  }
  ck_assert(same_bytes(g[0], g[1], N * N_CHANNELS) && memcmp(&reports[0], &reports[1], sizeof reports[0]) == 0);
}
END_TEST

/* What a moved member fired is what its conductances fire. */
START_TEST(trains_of_moved_members_can_be_repeated) {
  dicrec_reconstruction *made = reconstruct(3);
  double g[N * N_CHANNELS], times[2][CAPACITY];
  const dicrec_population *members = dicrec_reconstruction_population(made);
  answers(dicrec_population_copy_conductances(members, DICREC_STAGE_FINAL, g, N * N_CHANNELS), DICREC_OK);
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, N, &simulate, &simulation), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_simulation_spike_count(simulation, i);
    ck_assert_uint_eq(n, dicrec_reconstruction_spike_count(made, i));
    answers(dicrec_simulation_copy_spikes(simulation, i, times[0], CAPACITY), DICREC_OK);
    answers(dicrec_reconstruction_copy_spikes(made, i, times[1], CAPACITY), DICREC_OK);
    ck_assert(n > 0 && same_bytes(times[0], times[1], n));
  }
  dicrec_simulation_free(simulation);
  dicrec_reconstruction_free(made);
}
END_TEST

Suite *revision_suite(void) {
  Suite *suite = suite_create("revision");
  TCase *tests = tcase_create("revision");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, members_are_moved_towards_the_input);
  tcase_add_test(tests, moved_members_differ_as_they_did);
  tcase_add_test(tests, moves_count_in_the_budget);
  tcase_add_test(tests, a_wrong_network_does_no_harm);
  tcase_add_test(tests, threads_do_not_change_a_revision);
  tcase_add_test(tests, trains_of_moved_members_can_be_repeated);
  suite_add_tcase(suite, tests);
  return suite;
}
