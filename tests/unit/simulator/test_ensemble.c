/* SPDX-License-Identifier: MIT */
/** @file test_ensemble.c What the ensemble does with many neurons, injected currents, limits and cancelling. */
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *ensemble_suite(void);

enum { CAPACITY = 4000, N = 60, N_CHANNELS = 8 };

/** N stg neurons of different DICs, so that they take different numbers of steps; malloc'ed. */
static double *mixed_neurons(void) {
  double *g = malloc(N * N_CHANNELS * sizeof *g), targets[2 * N];
  for (size_t i = 0; i < N; ++i) {
    targets[2 * i] = -8.0 + 0.3 * (double)i;
    targets[2 * i + 1] = 4.0 + 0.15 * (double)i;
  }
  dicrec_population *population;
  answers(dicrec_generate(context, stg, targets, N, 2, N, NULL, &population), DICREC_OK);
  answers(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, g, N * N_CHANNELS), DICREC_OK);
  dicrec_population_free(population);
  return g;
}

static dicrec_simulation *run(const double *g, size_t n, const dicrec_simulate_options *options,
                              dicrec_status expected) {
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, n, options, &simulation), expected);
  return simulation;
}

/** Whether member a of one simulation begins with all that member b of another fired. */
static bool begins_with(const dicrec_simulation *one, size_t a, const dicrec_simulation *other, size_t b) {
  static double x[CAPACITY], y[CAPACITY];
  const size_t n = dicrec_simulation_spike_count(other, b);
  if (dicrec_simulation_spike_count(one, a) < n) return false;
  answers(dicrec_simulation_copy_spikes(one, a, x, CAPACITY), DICREC_OK);
  answers(dicrec_simulation_copy_spikes(other, b, y, CAPACITY), DICREC_OK);
  return same_bytes(x, y, n);
}

static bool same_spikes(const dicrec_simulation *one, size_t a, const dicrec_simulation *other, size_t b) {
  return begins_with(one, a, other, b) && begins_with(other, b, one, a);
}

START_TEST(neurons_do_not_depend_on_their_neighbours) {
  double *g = mixed_neurons(), *backward = malloc(N * N_CHANNELS * sizeof *backward);
  for (size_t i = 0; i < N; ++i)
    memcpy(backward + i * N_CHANNELS, g + (N - 1 - i) * N_CHANNELS, N_CHANNELS * sizeof *g);
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 600.0);
  dicrec_simulation *one = run(g, N, &options, DICREC_OK), *other = run(backward, N, &options, DICREC_OK);
  for (size_t i = 0; i < N; ++i) ck_assert(same_spikes(one, i, other, N - 1 - i));
  dicrec_simulation_free(one);
  dicrec_simulation_free(other);
  free(backward);
  free(g);
}
END_TEST

START_TEST(members_may_have_noise_of_their_own) {
  double *g = mixed_neurons(), noise[N];
  for (size_t i = 0; i < N; ++i) noise[i] = i % 3 == 0 ? 0.0 : 2.5;
  dicrec_simulate_options quiet = simulate_until(DICREC_SOLVER_ENSEMBLE, 500.0), noisy = quiet, own = quiet;
  noisy.noise_std = 2.5;
  own.member_noise_std = noise;
  dicrec_simulation *a = run(g, N, &quiet, DICREC_OK), *b = run(g, N, &noisy, DICREC_OK),
                    *c = run(g, N, &own, DICREC_OK);
  for (size_t i = 0; i < N; ++i) ck_assert(same_spikes(c, i, i % 3 == 0 ? a : b, i));
  dicrec_simulation_free(a);
  dicrec_simulation_free(b);
  dicrec_simulation_free(c);
  free(g);
}
END_TEST

/* Jumps, a ramp and a pulse shorter than most steps; the neuron is silent without them. */
START_TEST(an_injected_current_is_followed) {
  static const double times[] = {20.0, 20.0, 60.0, 60.0, 90.0, 130.0, 130.0, 180.0, 180.0, 180.4, 180.4};
  static const double values[] = {0.0, 12.0, 12.0, 0.0, 0.0, 20.0, 0.0, 0.0, 60.0, 60.0, 0.0};
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  double trains[2][CAPACITY], worst = 0.0;
  size_t n[2];
  for (int k = 0; k < 2; ++k) {
    dicrec_simulate_options options = simulate_until(k == 0 ? DICREC_SOLVER_CVODE : DICREC_SOLVER_ENSEMBLE, 220.0);
    options.current_times_ms = times;
    options.current_values = values;
    options.n_current = sizeof times / sizeof times[0];
    options.time_scale = 1.25;
    dicrec_simulation *simulation;
    answers(dicrec_simulate(context, hh, hodgkin_huxley_conductances, 1, &options, &simulation), DICREC_OK);
    n[k] = dicrec_simulation_spike_count(simulation, 0);
    answers(dicrec_simulation_copy_spikes(simulation, 0, trains[k], CAPACITY), DICREC_OK);
    dicrec_simulation_free(simulation);
  }
  ck_assert_uint_ge(n[0], 4);
  ck_assert_uint_eq(n[0], n[1]);
  for (size_t i = 0; i < n[0]; ++i) worst = fmax(worst, fabs(trains[0][i] - trains[1][i]));
  report_worst("spikes under an injected current, ensemble against CVODE, ms", worst, 0.02);
  ck_assert_double_lt(worst, 0.02);
  dicrec_model_free(hh);
}
END_TEST

START_TEST(cancelling_an_ensemble_keeps_what_is_done) {
  double *g = mixed_neurons(), many[4 * N * N_CHANNELS];
  for (size_t k = 0; k < 4; ++k) memcpy(many + k * N * N_CHANNELS, g, N * N_CHANNELS * sizeof *g);
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 4000.0);
  dicrec_simulation *whole = run(g, N, &options, DICREC_OK), *part;
  int n_calls = 2; /* before the first, and in the middle */
  dicrec_context *own = make_cancelling_context(&n_calls);
  ck_assert_int_eq(dicrec_simulate(own, stg, many, 4 * (size_t)N, &options, &part), DICREC_W_PARTIAL);
  size_t n_finished = 0, n_begun = 0;
  for (size_t i = 0; i < 4 * (size_t)N; ++i) {
    const dicrec_status status = dicrec_simulation_status(part, i);
    if (status == DICREC_OK) {
      ++n_finished;
      ck_assert(same_spikes(whole, i % N, part, i));
    } else {
      ck_assert_int_eq(status, DICREC_E_CANCELLED);
      n_begun += dicrec_simulation_spike_count(part, i) > 0;
      ck_assert(begins_with(whole, i % N, part, i));
    }
  }
  ck_assert_uint_lt(n_finished, 4 * (size_t)N);
  ck_assert_uint_gt(n_finished + n_begun, 0);
  dicrec_context_free(own);
  dicrec_simulation_free(part);
  dicrec_simulation_free(whole);
  free(g);
}
END_TEST

START_TEST(the_time_that_a_call_takes_can_be_limited) {
  double *g = mixed_neurons();
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 1e8);
  options.max_wall_s = 0.05;
  options.max_spikes = 1000000000;
  dicrec_simulation *simulation = run(g, N, &options, DICREC_W_PARTIAL);
  for (size_t i = 0; i < N; ++i) ck_assert_int_eq(dicrec_simulation_status(simulation, i), DICREC_W_LIMIT);
  dicrec_simulation_free(simulation);
  free(g);
}
END_TEST

/* Neurons at the edge of what is accepted: each has a status of its own, and the others fire as they would alone. */
START_TEST(a_wild_neuron_leaves_the_others_unharmed) {
  double *g = mixed_neurons();
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 300.0);
  dicrec_simulation *tame = run(g, N, &options, DICREC_OK);
  for (size_t i = 0; i < N; i += 7)
    for (size_t c = 0; c < N_CHANNELS; ++c) g[i * N_CHANNELS + c] = i % 2 == 0 ? 1e7 : c == 7 ? 1e-300 : 0.0;
  g[3 * N_CHANNELS] = -1.0;
  g[4 * N_CHANNELS + 1] = NAN;
  dicrec_simulation *simulation = run(g, N, &options, DICREC_W_PARTIAL);
  ck_assert_int_eq(dicrec_simulation_status(simulation, 3), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_simulation_status(simulation, 4), DICREC_E_RANGE);
  for (size_t i = 0; i < N; ++i)
    if (i % 7 != 0 && i != 3 && i != 4) ck_assert(same_spikes(tame, i, simulation, i));
  dicrec_simulation_free(simulation);
  dicrec_simulation_free(tame);
  free(g);
}
END_TEST

START_TEST(tables_are_made_once_for_a_model) {
  counted_memory memory = {0};
  dicrec_context *own = make_counted_context(&memory);
  dicrec_model *model;
  ck_assert_int_eq(dicrec_model_open(own, "stg", &model), DICREC_OK);
  double *g = mixed_neurons();
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 50.0);
  for (int call = 0; call < 3; ++call) {
    memory.largest = 0;
    dicrec_simulation *simulation;
    ck_assert_int_eq(dicrec_simulate(own, model, g, 4, &options, &simulation), DICREC_OK);
    ck_assert(call == 0 ? memory.largest > 400000 : memory.largest < 100000);
    dicrec_simulation_free(simulation);
  }
  dicrec_context_free(own);
  dicrec_model_free(model);
  ck_assert_uint_eq(memory.n_blocks, 0);
  free(g);
}
END_TEST

/** What a thread simulates with a model that others use at the same time. */
struct sharer {
  dicrec_model *model;
  const double *g;
  dicrec_simulation *simulation;
};

static void *simulate_shared(void *argument) {
  struct sharer *sharer = argument;
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 100.0);
  dicrec_context *own;
  if (dicrec_context_create(NULL, &own) != DICREC_OK) return NULL;
  dicrec_simulate(own, sharer->model, sharer->g, 4, &options, &sharer->simulation);
  dicrec_context_free(own);
  return NULL;
}

START_TEST(threads_share_a_model_from_its_first_simulation_on) {
  enum { THREADS = 6, ROUNDS = 10 };
  double *g = mixed_neurons();
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 100.0);
  dicrec_simulation *alone = run(g, 4, &options, DICREC_OK);
  for (int round = 0; round < ROUNDS; ++round) {
    dicrec_model *fresh;
    answers(dicrec_model_open(context, "stg", &fresh), DICREC_OK);
    struct sharer sharers[THREADS];
    pthread_t threads[THREADS];
    for (int k = 0; k < THREADS; ++k) {
      sharers[k] = (struct sharer){fresh, g, NULL};
      ck_assert_int_eq(pthread_create(&threads[k], NULL, simulate_shared, &sharers[k]), 0);
    }
    for (int k = 0; k < THREADS; ++k) {
      pthread_join(threads[k], NULL);
      ck_assert_uint_eq(dicrec_simulation_member_count(sharers[k].simulation), 4);
      for (size_t i = 0; i < 4; ++i) ck_assert(same_spikes(alone, i, sharers[k].simulation, i));
      dicrec_simulation_free(sharers[k].simulation);
    }
    dicrec_model_free(fresh);
  }
  dicrec_simulation_free(alone);
  free(g);
}
END_TEST

START_TEST(a_limit_of_spikes_ends_a_member) {
  double *g = mixed_neurons();
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 800.0);
  options.noise_std = 2.0; /* which stays with a member whose lane moves up */
  dicrec_simulation *whole = run(g, N, &options, DICREC_OK);
  options.max_spikes = 5;
  dicrec_simulation *part = run(g, N, &options, DICREC_W_PARTIAL);
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_simulation_spike_count(whole, i);
    ck_assert_uint_eq(dicrec_simulation_spike_count(part, i), n < 5 ? n : 5);
    ck_assert_int_eq(dicrec_simulation_status(part, i), n <= 5 ? DICREC_OK : DICREC_W_LIMIT);
    ck_assert(begins_with(whole, i, part, i));
  }
  dicrec_simulation_free(whole);
  dicrec_simulation_free(part);
  free(g);
}
END_TEST

Suite *ensemble_suite(void) {
  Suite *suite = suite_create("ensemble");
  TCase *tests = tcase_create("ensemble");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, neurons_do_not_depend_on_their_neighbours);
  tcase_add_test(tests, members_may_have_noise_of_their_own);
  tcase_add_test(tests, an_injected_current_is_followed);
  tcase_add_test(tests, cancelling_an_ensemble_keeps_what_is_done);
  tcase_add_test(tests, the_time_that_a_call_takes_can_be_limited);
  tcase_add_test(tests, a_wild_neuron_leaves_the_others_unharmed);
  tcase_add_test(tests, tables_are_made_once_for_a_model);
  tcase_add_test(tests, threads_share_a_model_from_its_first_simulation_on);
  tcase_add_test(tests, a_limit_of_spikes_ends_a_member);
  suite_add_tcase(suite, tests);
  return suite;
}
