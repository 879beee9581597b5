/* SPDX-License-Identifier: MIT */
/** @file test_initial_states.c Simulations that start where the user says, or where others ended. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

Suite *initial_states_suite(void);

enum { N = 3, CAPACITY = 400, MAX_STATES = 40 };

/** Simulate three neurons, which all must come to their end. */
static dicrec_simulation *run(const dicrec_model *model, const double *g, const dicrec_simulate_options *options) {
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, model, g, N, options, &simulation), DICREC_OK);
  return simulation;
}

static size_t spikes_of(const dicrec_simulation *simulation, size_t member, double *times) {
  answers(dicrec_simulation_copy_spikes(simulation, member, times, CAPACITY), DICREC_OK);
  return dicrec_simulation_spike_count(simulation, member);
}

/** Largest difference between the spikes of one run and those of two that make it up, ms. */
static double compare(const dicrec_simulation *whole, const dicrec_simulation *const *parts, double t_half) {
  double worst = 0.0, expected[CAPACITY], times[CAPACITY];
  for (size_t i = 0; i < N; ++i) {
    const size_t n = spikes_of(whole, i, expected), n_first = spikes_of(parts[0], i, times);
    const size_t n_second = spikes_of(parts[1], i, times + n_first);
    ck_assert_uint_eq(n_first + n_second, n);
    ck_assert_uint_ge(n_second, 1);
    for (size_t k = n_first; k < n; ++k) times[k] += t_half;
    for (size_t k = 0; k < n; ++k) worst = fmax(worst, fabs(times[k] - expected[k]));
  }
  return worst;
}

static double continue_and_compare(const dicrec_model *model, double g_s, double g_u, int32_t solver,
                                   double time_scale) {
  const double t_half = 1000.0;
  double *g = make_neurons(model, g_s, g_u, N, 1), states[N * MAX_STATES];
  dicrec_simulate_options options = simulate_until(solver, 2.0 * t_half);
  options.time_scale = time_scale;
  dicrec_simulation *whole = run(model, g, &options), *parts[2];
  options.t_end_ms = t_half;
  parts[0] = run(model, g, &options);
  answers(dicrec_simulation_copy_final_states(parts[0], states, N * dicrec_model_state_count(model)), DICREC_OK);
  options.initial_states = states;
  options.n_initial_states = N;
  parts[1] = run(model, g, &options);
  const double worst = compare(whole, (const dicrec_simulation *const *)parts, t_half);
  dicrec_simulation_free(parts[1]);
  dicrec_simulation_free(parts[0]);
  dicrec_simulation_free(whole);
  free(g);
  return worst;
}

START_TEST(simulations_go_on_where_others_ended) {
  static const struct {
    int32_t solver;
    double allowed_ms;
    const char *what;
  } solvers[] = {{DICREC_SOLVER_CVODE, 1e-2, "two halves against the whole, CVODE, ms"},
                 {DICREC_SOLVER_ENSEMBLE, 1e-1, "two halves against the whole, ensemble, ms"}};
  for (size_t k = 0; k < sizeof solvers / sizeof solvers[0]; ++k) {
    double worst = continue_and_compare(stg, 10.0, 5.0, solvers[k].solver, 1.0);
    worst = fmax(worst, continue_and_compare(stg, 5.0, 12.0, solvers[k].solver, 0.7));
    worst = fmax(worst, continue_and_compare(da, 0.0, 4.0, solvers[k].solver, 1.0));
    report_worst(solvers[k].what, worst, solvers[k].allowed_ms);
    ck_assert_double_lt(worst, solvers[k].allowed_ms);
  }
}
END_TEST

/* Both solvers end where the trace ends. */
START_TEST(final_states_are_those_of_the_end) {
  enum { SAMPLES = 11 };
  double *g = make_neurons(stg, 10.0, 5.0, N, 2), states[2][N * MAX_STATES], trace[SAMPLES * MAX_STATES];
  const size_t n_states = dicrec_model_state_count(stg);
  for (int k = 0; k < 2; ++k) {
    dicrec_simulate_options options = simulate_until(k == 0 ? DICREC_SOLVER_CVODE : DICREC_SOLVER_ENSEMBLE, 100.0);
    if (k == 0) options.trace_dt_ms = 10.0, options.trace = DICREC_TRACE_STATES;
    dicrec_simulation *simulation = run(stg, g, &options);
    answers(dicrec_simulation_copy_final_states(simulation, states[k], N * n_states), DICREC_OK);
    if (k == 0) answers(dicrec_simulation_copy_trace(simulation, 1, trace, SAMPLES * n_states), DICREC_OK);
    dicrec_simulation_free(simulation);
  }
  for (size_t s = 0; s < n_states; ++s) {
    ck_assert_double_eq_tol(states[0][n_states + s], trace[(SAMPLES - 1) * n_states + s], 1e-9);
    for (size_t i = 0; i < N; ++i) {
      const double cvode = states[0][i * n_states + s], ensemble = states[1][i * n_states + s];
      ck_assert_double_eq_tol(ensemble, cvode, s == 0 ? 0.5 : 0.02 * (1.0 + fabs(cvode)));
    }
  }
  free(g);
}
END_TEST

START_TEST(one_row_is_that_of_all_members) {
  double *g = make_neurons(stg, 10.0, 5.0, N, 1), rows[N * MAX_STATES], times[2][CAPACITY];
  const size_t n_states = dicrec_model_state_count(stg);
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 300.0);
    dicrec_simulation *first = run(stg, g, &options), *made[2];
    answers(dicrec_simulation_copy_final_states(first, rows, N * n_states), DICREC_OK);
    for (size_t i = 1; i < N; ++i) memcpy(rows + i * n_states, rows, n_states * sizeof *rows);
    options.initial_states = rows;
    for (size_t k = 0; k < 2; ++k) {
      options.n_initial_states = k == 0 ? 1 : N;
      made[k] = run(stg, g, &options);
    }
    for (size_t i = 0; i < N; ++i) {
      const size_t n = spikes_of(made[0], i, times[0]);
      ck_assert_uint_eq(spikes_of(made[1], i, times[1]), n);
      ck_assert(same_bytes(times[0], times[1], n));
    }
    for (size_t k = 0; k < 2; ++k) dicrec_simulation_free(made[k]);
    dicrec_simulation_free(first);
  }
  free(g);
}
END_TEST

START_TEST(members_that_do_not_end_have_no_final_state) {
  double *g = make_neurons(stg, 10.0, 5.0, N, 1), states[N * MAX_STATES];
  const size_t n_channels = dicrec_model_channel_count(stg), n_states = dicrec_model_state_count(stg);
  g[n_channels] = (double)NAN;
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 50.0);
    dicrec_simulation *simulation;
    answers(dicrec_simulate(context, stg, g, N, &options, &simulation), DICREC_W_PARTIAL);
    answers(dicrec_simulation_copy_final_states(simulation, states, N * n_states), DICREC_OK);
    for (size_t k = 0; k < N * n_states; ++k) ck_assert_int_eq(isnan(states[k]), k / n_states == 1);
    answers(dicrec_simulation_copy_final_states(simulation, states, N * n_states - 1), DICREC_E_BUFFER);
    answers(dicrec_simulation_copy_final_states(simulation, NULL, N * n_states), DICREC_E_ARGUMENT);
    answers(dicrec_simulation_copy_final_states(NULL, states, N * n_states), DICREC_E_ARGUMENT);
    dicrec_simulation_free(simulation);
  }
  free(g);
}
END_TEST

static void refused(const double *g, const dicrec_simulate_options *options, dicrec_status status, const char *text) {
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, N, options, &simulation), status);
  ck_assert_ptr_null(simulation);
  ck_assert_msg(strstr(error_text(), text) != NULL, "%s", error_text());
}

START_TEST(impossible_states_are_refused) {
  double *g = make_neurons(stg, 10.0, 5.0, N, 1), row[MAX_STATES];
  const size_t n_states = dicrec_model_state_count(stg), calcium = n_states - 1;
  const struct {
    size_t state;
    double value;
    const char *text;
  } cases[] = {{0, -150.5, "V is -150.5"},     {0, 101.0, "V is 101"},           {1, -0.1, "m_Na is -0.1"},
               {2, 1.0001, "h_Na is 1.0001"},  {calcium, -1e-9, "Ca is -1e-09"}, {calcium, INFINITY, "Ca is inf"},
               {1, (double)NAN, "m_Na is nan"}};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 10.0);
  options.initial_states = row;
  options.n_initial_states = 1;
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; ++k) {
    for (size_t s = 0; s < n_states; ++s) row[s] = s == 0 ? -60.0 : 0.5;
    row[cases[k].state] = cases[k].value;
    refused(g, &options, DICREC_E_RANGE, cases[k].text);
  }
  options.n_initial_states = 2;
  refused(g, &options, DICREC_E_ARGUMENT, "n_initial_states is 2, allowed are 0, 1 and the number of members (3)");
  options.initial_states = NULL;
  refused(g, &options, DICREC_E_ARGUMENT, "initial_states is NULL");
  free(g);
}
END_TEST

START_TEST(states_have_names) {
  static const char *const first[] = {"V", "m_Na", "h_Na"};
  for (size_t k = 0; k < 3; ++k) ck_assert_str_eq(dicrec_model_state_name(stg, k), first[k]);
  ck_assert_str_eq(dicrec_model_state_name(stg, dicrec_model_state_count(stg) - 1), "Ca");
  ck_assert_ptr_null(dicrec_model_state_name(stg, dicrec_model_state_count(stg)));
  ck_assert_ptr_null(dicrec_model_state_name(NULL, 0));
  ck_assert_uint_eq(dicrec_model_state_count(NULL), 0);
  bool has_scheme = false;
  for (size_t k = 0; k < dicrec_model_state_count(da); ++k)
    has_scheme |= strcmp(dicrec_model_state_name(da, k), "o_ERG") == 0;
  ck_assert(has_scheme);
}
END_TEST

Suite *initial_states_suite(void) {
  Suite *suite = suite_create("initial_states");
  TCase *tests = tcase_create("initial states");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, simulations_go_on_where_others_ended);
  tcase_add_test(tests, final_states_are_those_of_the_end);
  tcase_add_test(tests, one_row_is_that_of_all_members);
  tcase_add_test(tests, members_that_do_not_end_have_no_final_state);
  tcase_add_test(tests, impossible_states_are_refused);
  tcase_add_test(tests, states_have_names);
  suite_add_tcase(suite, tests);
  return suite;
}
