/* SPDX-License-Identifier: MIT */
/** @file test_simulator.c What a simulation answers: solvers, traces, limits, rows that fail, bad inputs. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

Suite *simulator_suite(void);

enum { CAPACITY = 4000 };

static double *neurons; /* four bursting STG neurons */

static void setup(void) {
  fixture_setup();
  neurons = make_neurons(stg, -5.0, 8.0, 4, 2);
}

static void teardown(void) {
  free(neurons);
  fixture_teardown();
}

static dicrec_simulation *simulate(size_t n, const dicrec_simulate_options *options, dicrec_status expected) {
  dicrec_simulation *simulation = NULL;
  answers(dicrec_simulate(context, stg, neurons, n, options, &simulation), expected);
  ck_assert_uint_eq(dicrec_simulation_member_count(simulation), n);
  return simulation;
}

static size_t spikes_of(const dicrec_simulation *simulation, size_t member, double *times) {
  answers(dicrec_simulation_copy_spikes(simulation, member, times, CAPACITY), DICREC_OK);
  return dicrec_simulation_spike_count(simulation, member);
}

START_TEST(the_solver_is_chosen_by_what_is_asked) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_AUTO, 20.0);
  dicrec_simulation *simulation = simulate(1, &options, DICREC_OK);
  ck_assert_int_eq(dicrec_simulation_solver(simulation), DICREC_SOLVER_ENSEMBLE);
  dicrec_simulation_free(simulation);
  for (int k = 0; k < 3; ++k) {
    options = simulate_until(DICREC_SOLVER_AUTO, 20.0);
    if (k == 0) options.trace_dt_ms = 1.0;
    if (k == 1) options.relative_tolerance = 1e-6;
    if (k == 2) options.absolute_tolerance = 1e-6;
    simulation = simulate(1, &options, DICREC_OK);
    ck_assert_int_eq(dicrec_simulation_solver(simulation), DICREC_SOLVER_CVODE);
    dicrec_simulation_free(simulation);
  }
}
END_TEST

START_TEST(the_protocol_is_the_default) {
  dicrec_simulation *simulation = simulate(1, NULL, DICREC_OK);
  double times[CAPACITY];
  const size_t n = spikes_of(simulation, 0, times);
  ck_assert_uint_gt(n, 10);
  ck_assert(times[0] >= 3000.0 && times[n - 1] <= 6000.0 && times[n - 1] > 5000.0);
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(skipping_drops_the_early_spikes_only) {
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 500.0);
    double all[CAPACITY], late[CAPACITY];
    dicrec_simulation *simulation = simulate(1, &options, DICREC_OK);
    const size_t n = spikes_of(simulation, 0, all);
    dicrec_simulation_free(simulation);
    options.t_skip_ms = 250.0;
    simulation = simulate(1, &options, DICREC_OK);
    const size_t n_late = spikes_of(simulation, 0, late);
    dicrec_simulation_free(simulation);
    ck_assert_uint_gt(n, n_late);
    ck_assert_uint_gt(n_late, 0);
    ck_assert(same_bytes(all + (n - n_late), late, n_late));
    ck_assert(all[n - n_late - 1] < 250.0 && late[0] >= 250.0);
    for (size_t i = 1; i < n; ++i) ck_assert_double_gt(all[i], all[i - 1]);
  }
}
END_TEST

/** The rule of the header on a trace with intervals of 0.01 ms: up through +10 mV, re-armed below 0. */
static size_t crossings_of(const double *v, size_t length, double *times) {
  size_t n = 0;
  bool armed = true;
  for (size_t i = 1; i < length; ++i) {
    if (v[i] < 0.0) armed = true;
    if (!armed || v[i - 1] > 10.0 || v[i] <= 10.0) continue;
    armed = false;
    times[n++] = 0.01 * ((double)i - 1.0 + (10.0 - v[i - 1]) / (v[i] - v[i - 1]));
  }
  return n;
}

static void check_crossings(const dicrec_simulate_options *options, const char *what) {
  enum { LENGTH = 40001 };
  dicrec_simulation *simulation = simulate(1, options, DICREC_OK);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 0), LENGTH);
  double times[CAPACITY], expected[CAPACITY], *v = malloc(LENGTH * sizeof *v), worst = 0.0;
  answers(dicrec_simulation_copy_trace(simulation, 0, v, LENGTH), DICREC_OK);
  const size_t n = spikes_of(simulation, 0, times);
  ck_assert_uint_eq(crossings_of(v, LENGTH, expected), n);
  ck_assert_uint_gt(n, 5);
  for (size_t i = 0; i < n; ++i) worst = fmax(worst, fabs(times[i] - expected[i]));
  report_worst(what, worst, 1e-3);
  ck_assert_double_lt(worst, 1e-3);
  dicrec_simulation_free(simulation);
  free(v);
}

START_TEST(spikes_are_the_crossings_of_the_trace) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 400.0);
  options.trace_dt_ms = 0.01;
  check_crossings(&options, "spike times against the crossings of a 0.01 ms trace, ms");
}
END_TEST

/* Noise around the two levels: many crossings that are no spikes. */
START_TEST(crossings_before_the_fall_are_no_spikes) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 400.0);
  memset(neurons, 0, 8 * sizeof *neurons);
  neurons[7] = 2.0;
  options.current = 110.0; /* a leak of 2 mS/cm2 holds it at 5 mV */
  options.noise_std = 60.0;
  options.trace_dt_ms = 0.01;
  check_crossings(&options, "the same of noise around both levels, ms");
  double exact[CAPACITY], fast[CAPACITY];
  dicrec_simulation *simulation = simulate(1, &options, DICREC_OK);
  const double n = (double)spikes_of(simulation, 0, exact);
  dicrec_simulation_free(simulation);
  options.solver = DICREC_SOLVER_ENSEMBLE;
  options.trace_dt_ms = 0.0;
  options.dt_ms = 0.005;
  simulation = simulate(1, &options, DICREC_OK);
  ck_assert_double_eq_tol((double)spikes_of(simulation, 0, fast) / n, 1.0, 0.02);
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(traces_lie_on_their_grid) {
  static const struct {
    double t_end, dt;
    size_t length;
  } grids[] = {{100.0, 0.1, 1001}, {100.0, 0.3, 334}, {100.0, 30.0, 4},
               {100.0, 200.0, 1},  {0.7, 0.1, 8},     {99.95, 0.1, 1000}};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
  options.trace_dt_ms = 0.1;
  double fine[1001], v[1001];
  dicrec_simulation *simulation = simulate(2, &options, DICREC_OK);
  answers(dicrec_simulation_copy_trace(simulation, 1, fine, 1001), DICREC_OK);
  answers(dicrec_simulation_copy_trace(simulation, 1, fine, 1000), DICREC_E_BUFFER);
  answers(dicrec_simulation_copy_trace(simulation, 1, NULL, 1001), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_trace(simulation, 2, v, 1001), DICREC_E_ARGUMENT);
  ck_assert_double_eq(fine[0], -70.0);
  dicrec_simulation_free(simulation);
  for (size_t k = 0; k < sizeof grids / sizeof grids[0]; ++k) {
    options.t_end_ms = grids[k].t_end;
    options.trace_dt_ms = grids[k].dt;
    simulation = simulate(2, &options, DICREC_OK);
    ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 0), grids[k].length);
    answers(dicrec_simulation_copy_trace(simulation, 1, v, 1001), DICREC_OK);
    const size_t stride = (size_t)lround(grids[k].dt / 0.1);
    for (size_t i = 0; i < grids[k].length; ++i) ck_assert_double_eq_tol(v[i], fine[i * stride], 1e-3);
    dicrec_simulation_free(simulation);
  }
  options = simulate_until(DICREC_SOLVER_CVODE, 250.0); /* the same model time, twice and a half as long */
  options.time_scale = 2.5;
  options.trace_dt_ms = 0.25;
  simulation = simulate(2, &options, DICREC_OK);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 0), 1001);
  answers(dicrec_simulation_copy_trace(simulation, 1, v, 1001), DICREC_OK);
  for (size_t i = 0; i < 1001; ++i) ck_assert_double_eq_tol(v[i], fine[i], 1e-6);
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(limits_keep_what_was_computed) {
  double all[CAPACITY], few[CAPACITY];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 300.0);
    dicrec_simulation *simulation = simulate(2, &options, DICREC_OK);
    ck_assert_uint_gt(spikes_of(simulation, 1, all), 3);
    dicrec_simulation_free(simulation);
    options.max_spikes = 3;
    simulation = simulate(2, &options, DICREC_W_PARTIAL);
    ck_assert_int_eq(dicrec_simulation_status(simulation, 1), DICREC_W_LIMIT);
    ck_assert_uint_eq(spikes_of(simulation, 1, few), 3);
    ck_assert(same_bytes(all, few, 3));
    dicrec_simulation_free(simulation);
  }
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 300.0);
  options.max_steps = 40;
  options.trace_dt_ms = 0.01;
  dicrec_simulation *simulation = simulate(1, &options, DICREC_W_PARTIAL);
  ck_assert_int_eq(dicrec_simulation_status(simulation, 0), DICREC_W_LIMIT);
  const size_t length = dicrec_simulation_trace_sample_count(simulation, 0);
  double *v = malloc(length * sizeof *v);
  answers(dicrec_simulation_copy_trace(simulation, 0, v, length), DICREC_OK);
  ck_assert(isfinite(v[0]) && isnan(v[length - 1]));
  for (size_t i = 1; i < length; ++i) ck_assert(isfinite(v[i - 1]) || isnan(v[i])); /* one end */
  free(v);
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(rows_that_are_not_conductances_are_skipped) {
  static const struct {
    size_t channel;
    double value;
  } bad[] = {{0, (double)NAN}, {7, (double)NAN}, {3, -1.0}, {7, 0.0}, {4, (double)INFINITY}};
  double alone[CAPACITY], among[CAPACITY];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver)
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; ++k) {
      dicrec_simulate_options options = simulate_until(solver, 60.0);
      dicrec_simulation *simulation = simulate(4, &options, DICREC_OK);
      const size_t n = spikes_of(simulation, 3, alone);
      dicrec_simulation_free(simulation);
      const double saved = neurons[8 + bad[k].channel];
      neurons[8 + bad[k].channel] = bad[k].value;
      simulation = simulate(4, &options, DICREC_W_PARTIAL);
      neurons[8 + bad[k].channel] = saved;
      ck_assert_int_eq(dicrec_simulation_status(simulation, 1), DICREC_E_RANGE);
      ck_assert_uint_eq(dicrec_simulation_spike_count(simulation, 1), 0);
      ck_assert_int_eq(dicrec_simulation_status(simulation, 3), DICREC_OK);
      ck_assert_uint_eq(spikes_of(simulation, 3, among), n);
      ck_assert(same_bytes(alone, among, n));
      dicrec_simulation_free(simulation);
    }
}
END_TEST

START_TEST(a_current_drives_and_stops_the_neuron) {
  double *quiet = make_neurons(da, 8.0, 6.0, 1, 1);
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    size_t counts[3];
    for (int k = 0; k < 3; ++k) {
      dicrec_simulate_options options = simulate_until(solver, 1500.0);
      options.t_skip_ms = 200.0;
      options.current = 0.5 * (k - 1);
      dicrec_simulation *simulation;
      answers(dicrec_simulate(context, da, quiet, 1, &options, &simulation), DICREC_OK);
      counts[k] = dicrec_simulation_spike_count(simulation, 0);
      dicrec_simulation_free(simulation);
    }
    ck_assert(counts[0] < counts[1] && counts[1] < counts[2]);
  }
  free(quiet);
}
END_TEST

static void refused(const dicrec_simulate_options *options, dicrec_status expected, const char *word) {
  dicrec_simulation *simulation = (dicrec_simulation *)1;
  answers(dicrec_simulate(context, stg, neurons, 1, options, &simulation), expected);
  ck_assert_ptr_null(simulation);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' is not in: %s", word, error_text());
}

START_TEST(bad_options_are_refused_and_named) {
#define REFUSED(field, value)                                                                                          \
  do {                                                                                                                 \
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_AUTO, 100.0);                                       \
    options.field = (value);                                                                                           \
    refused(&options, DICREC_E_RANGE, #field);                                                                         \
  } while (0)
  static const double never[] = {(double)NAN, (double)INFINITY, (double)-INFINITY};
  for (int k = 0; k < 3; ++k) {
    REFUSED(t_end_ms, never[k]);
    REFUSED(t_skip_ms, never[k]);
    REFUSED(relative_tolerance, never[k]);
    REFUSED(absolute_tolerance, never[k]);
    REFUSED(dt_ms, never[k]);
    REFUSED(trace_dt_ms, never[k]);
    REFUSED(noise_std, never[k]);
    REFUSED(current, never[k]);
    REFUSED(time_scale, never[k]);
    REFUSED(max_wall_s, never[k]);
  }
  REFUSED(solver, -1);
  REFUSED(solver, 3);
  REFUSED(t_end_ms, -1.0);
  REFUSED(t_end_ms, 1.1e9);
  REFUSED(t_skip_ms, -1.0);
  REFUSED(t_skip_ms, 100.1);
  REFUSED(relative_tolerance, 1e-13);
  REFUSED(relative_tolerance, 0.1);
  REFUSED(absolute_tolerance, -1e-9);
  REFUSED(absolute_tolerance, 2.0);
  REFUSED(dt_ms, 1e-5);
  REFUSED(dt_ms, 0.11);
  REFUSED(trace_dt_ms, -0.1);
  REFUSED(trace_dt_ms, -2.0);
  REFUSED(trace, -1);
  REFUSED(trace, 3);
  REFUSED(max_wall_s, -1.0);
  REFUSED(noise_std, -1.0);
  REFUSED(time_scale, 0.009);
  REFUSED(time_scale, 101.0);
  REFUSED(max_spikes, -1);
  REFUSED(max_steps, -1);
  REFUSED(n_threads, -1);
  REFUSED(n_threads, 257);
#undef REFUSED
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 100.0);
  options.trace_dt_ms = 0.1;
  refused(&options, DICREC_E_ARGUMENT, "trace");
  options.trace_dt_ms = DICREC_TRACE_STEPS;
  refused(&options, DICREC_E_ARGUMENT, "trace");
  options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
  options.trace = DICREC_TRACE_STATES;
  refused(&options, DICREC_E_ARGUMENT, "trace_dt_ms");
  options.struct_size = 3;
  refused(&options, DICREC_E_OPTION, "struct_size");
}
END_TEST

START_TEST(bad_arrays_are_refused_and_their_place_is_named) {
  const double rising[] = {0.0, 1.0, 2.0}, falling[] = {0.0, 2.0, 1.0}, values[] = {0.0, 1.0, (double)NAN};
  const double never[] = {0.0, (double)NAN, 2.0}, huge[] = {0.0, 1.0, 2e6}, noise[] = {-1.0};
  const struct {
    const double *times, *values, *noise;
    dicrec_status expected;
    const char *word;
  } bad[] = {{NULL, rising, NULL, DICREC_E_ARGUMENT, "current_times_ms"},
             {rising, NULL, NULL, DICREC_E_ARGUMENT, "current_values"},
             {falling, rising, NULL, DICREC_E_RANGE, "point 2"},
             {never, rising, NULL, DICREC_E_RANGE, "point 1"},
             {rising, values, NULL, DICREC_E_RANGE, "current_values of point 2"},
             {rising, huge, NULL, DICREC_E_RANGE, "current_values of point 2"},
             {rising, rising, noise, DICREC_E_RANGE, "member_noise_std of member 0 is -1"},
             {rising, rising, values + 2, DICREC_E_RANGE, "member_noise_std of member 0"}};
  for (size_t k = 0; k < sizeof bad / sizeof bad[0]; ++k)
    for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
      dicrec_simulate_options options = simulate_until(solver, 100.0);
      options.current_times_ms = bad[k].times;
      options.current_values = bad[k].values;
      options.n_current = 3;
      options.member_noise_std = bad[k].noise;
      refused(&options, bad[k].expected, bad[k].word);
    }
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
  options.current_times_ms = options.current_values = rising;
  options.n_current = UINT64_MAX;
  refused(&options, DICREC_E_MEMORY, "current");
}
END_TEST

START_TEST(bad_simulations_are_refused) {
  dicrec_simulation *s = (dicrec_simulation *)1;
  answers(dicrec_simulate(NULL, stg, neurons, 1, NULL, &s), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(s);
  answers(dicrec_simulate(context, NULL, neurons, 1, NULL, &s), DICREC_E_ARGUMENT);
  answers(dicrec_simulate(context, stg, NULL, 1, NULL, &s), DICREC_E_ARGUMENT);
  answers(dicrec_simulate(context, stg, neurons, 1, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_simulate(context, stg, neurons, 0, NULL, &s), DICREC_E_RANGE);
  double times[4];
  ck_assert_uint_eq(dicrec_simulation_member_count(NULL), 0);
  ck_assert_int_eq(dicrec_simulation_solver(NULL), DICREC_SOLVER_AUTO);
  ck_assert_int_eq(dicrec_simulation_status(NULL, 0), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_simulation_spike_count(NULL, 0), 0);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(NULL, 0), 0);
  answers(dicrec_simulation_copy_spikes(NULL, 0, times, 4), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_simulation_trace_column_count(NULL), 0);
  ck_assert_uint_eq(dicrec_simulation_trace_column_name(NULL, 0, NULL, 0), 0);
  answers(dicrec_simulation_copy_trace(NULL, 0, times, 4), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_trace_times(NULL, 0, times, 4), DICREC_E_ARGUMENT);
  dicrec_simulation_free(NULL);
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 100.0);
  s = simulate(1, &options, DICREC_OK);
  ck_assert_uint_gt(dicrec_simulation_spike_count(s, 0), 1);
  answers(dicrec_simulation_copy_spikes(s, 0, times, 0), DICREC_E_BUFFER);
  answers(dicrec_simulation_copy_spikes(s, 0, NULL, CAPACITY), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_spikes(s, 1, times, 4), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_trace(s, 0, times, 4), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_trace_times(s, 0, times, 4), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(s, 0), 0);
  ck_assert_uint_eq(dicrec_simulation_trace_column_count(s), 0);
  ck_assert_int_eq(dicrec_simulation_status(s, 1), DICREC_E_ARGUMENT);
  dicrec_simulation_free(s);
}
END_TEST

static int32_t cancel_when_some_are_done(void *user, int64_t done, int64_t total) {
  (void)user, (void)total;
  return done > 0;
}

START_TEST(cancelling_cvode_keeps_what_is_done) {
  dicrec_context_options cancelling;
  dicrec_context_options_init(&cancelling, sizeof cancelling);
  cancelling.progress = cancel_when_some_are_done;
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    enum { N = 1000 }; /* more than any solver takes at once */
    static double many[8 * N];
    for (size_t i = 0; i < N; ++i) memcpy(many + 8 * i, neurons, 64);
    dicrec_context *own;
    answers(dicrec_context_create(&cancelling, &own), DICREC_OK);
    const dicrec_simulate_options options = simulate_until(solver, solver == DICREC_SOLVER_CVODE ? 10.0 : 3000.0);
    dicrec_simulation *simulation;
    ck_assert_int_eq(dicrec_simulate(own, stg, many, N, &options, &simulation), DICREC_W_PARTIAL);
    char text[512];
    dicrec_context_error(own, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "of 1000 members were finished"));
    ck_assert_int_eq(dicrec_simulation_status(simulation, 0), DICREC_OK);
    ck_assert_uint_gt(dicrec_simulation_spike_count(simulation, 0), 0);
    ck_assert_int_eq(dicrec_simulation_status(simulation, N - 1), DICREC_E_CANCELLED);
    ck_assert_uint_eq(dicrec_simulation_spike_count(simulation, N - 1), 0);
    dicrec_simulation_free(simulation);
    dicrec_context_free(own);
  }
}
END_TEST

/* One member that would take hours: it is stopped between its steps, with the spikes that it had. */
START_TEST(a_long_member_is_stopped_in_the_middle) {
  double all[CAPACITY], kept[CAPACITY];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver)
    for (int cancels = 0; cancels < 2; ++cancels) {
      int n_calls = 4;
      dicrec_context *own = cancels ? make_cancelling_context(&n_calls) : context;
      dicrec_simulate_options options = simulate_until(solver, 1e8);
      options.max_spikes = CAPACITY;
      if (!cancels) options.max_wall_s = 0.1;
      const dicrec_status expected = cancels ? DICREC_E_CANCELLED : DICREC_W_LIMIT;
      dicrec_simulation *simulation;
      ck_assert_int_eq(dicrec_simulate(own, stg, neurons, 1, &options, &simulation), DICREC_W_PARTIAL);
      ck_assert_int_eq(dicrec_simulation_status(simulation, 0), expected);
      const size_t n = spikes_of(simulation, 0, kept);
      ck_assert_uint_gt(n, 0);
      dicrec_simulation_free(simulation);
      options.max_wall_s = 0.0;
      options.t_end_ms = kept[n - 1] + 1.0;
      simulation = simulate(1, &options, DICREC_OK);
      ck_assert_uint_ge(spikes_of(simulation, 0, all), n);
      for (size_t i = 0; i < n; ++i) ck_assert_double_eq_tol(kept[i], all[i], 1e-2);
      dicrec_simulation_free(simulation);
      if (cancels) dicrec_context_free(own);
    }
}
END_TEST

/* The calling thread may be out of members while the other has one that would take hours. */
START_TEST(a_long_member_of_another_thread_is_stopped) {
  for (int first = 0; first < 2; ++first) {
    double noise[2] = {0.0, 0.0}, two[16];
    for (size_t i = 0; i < 2; ++i) memcpy(two + 8 * i, neurons, 64);
    two[8 * (1 - first)] = 0.0; /* without sodium nothing is fired */
    noise[1 - first] = 1.0;     /* and with noise the steps stay short */
    int n_calls = 8;
    dicrec_context *own = make_cancelling_context(&n_calls);
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1e8);
    options.n_threads = 2;
    options.max_spikes = 3;
    options.member_noise_std = noise;
    options.max_wall_s = 20.0; /* what ends the test if cancelling does not */
    dicrec_simulation *simulation;
    ck_assert_int_eq(dicrec_simulate(own, stg, two, 2, &options, &simulation), DICREC_W_PARTIAL);
    ck_assert_int_eq(dicrec_simulation_status(simulation, (size_t)first), DICREC_W_LIMIT);
    ck_assert_uint_eq(dicrec_simulation_spike_count(simulation, (size_t)first), 3);
    ck_assert_int_eq(dicrec_simulation_status(simulation, (size_t)(1 - first)), DICREC_E_CANCELLED);
    dicrec_simulation_free(simulation);
    dicrec_context_free(own);
  }
}
END_TEST

/* Memory grows with what is recorded; the time is watched within a step too, for a silent neuron's may be long. */
START_TEST(a_limit_of_time_bounds_a_trace) {
  enum { LENGTH = 100000001 };
  for (int silent = 0; silent < 2; ++silent) {
    counted_memory memory = {0};
    dicrec_context *own = make_counted_context(&memory);
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1e6);
    options.trace_dt_ms = 1e-2;
    options.max_wall_s = 0.1;
    if (silent) neurons[0] = 0.0;
    dicrec_simulation *simulation;
    ck_assert_int_eq(dicrec_simulate(own, stg, neurons, 1, &options, &simulation), DICREC_W_PARTIAL);
    ck_assert_int_eq(dicrec_simulation_status(simulation, 0), DICREC_W_LIMIT);
    ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 0), LENGTH);
    ck_assert_uint_lt(memory.largest, (size_t)400 << 20); /* the whole has 800 MB */
    dicrec_simulation_free(simulation);
    dicrec_context_free(own);
  }
}
END_TEST

START_TEST(the_memory_of_traces_has_a_limit) {
  static const double intervals[] = {1e-2, 1e-12, 1e-300};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1e9);
  for (int k = 0; k < 3; ++k) {
    options.trace_dt_ms = intervals[k];
    refused(&options, DICREC_E_RANGE, "max_trace_bytes");
  }
  options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
  options.trace_dt_ms = 0.1;
  options.max_trace_bytes = 2 * 1001 * 8;
  dicrec_simulation_free(simulate(2, &options, DICREC_OK));
  options.max_trace_bytes -= 1;
  dicrec_simulation *simulation = NULL;
  answers(dicrec_simulate(context, stg, neurons, 2, &options, &simulation), DICREC_E_RANGE);
  ck_assert_ptr_nonnull(strstr(error_text(), "16015"));
  options.trace_dt_ms = DICREC_TRACE_STEPS; /* each member has its share, the time of a sample is a number too */
  options.max_trace_bytes = 2 * 300 * 16;
  double whole[900], part[300];
  simulation = simulate(2, &options, DICREC_W_PARTIAL);
  ck_assert_int_eq(dicrec_simulation_status(simulation, 1), DICREC_W_LIMIT);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 1), 300);
  answers(dicrec_simulation_copy_trace(simulation, 1, part, 300), DICREC_OK);
  dicrec_simulation_free(simulation);
  options.max_trace_bytes *= 3;
  simulation = simulate(2, &options, DICREC_W_PARTIAL);
  answers(dicrec_simulation_copy_trace(simulation, 1, whole, 900), DICREC_OK);
  ck_assert(same_bytes(whole, part, 300));
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(unpayable_traces_are_out_of_memory) {
  counted_memory memory = {.limit = (size_t)64 << 10};
  dicrec_context *own = make_counted_context(&memory);
  const size_t before = memory.n_blocks;
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1e9);
  options.max_trace_bytes = UINT64_MAX;
  static const double intervals[] = {1e-2, 1e-8, DICREC_TRACE_STEPS};
  for (int k = 0; k < 3; ++k) {
    options.trace_dt_ms = intervals[k];
    dicrec_simulation *simulation = (dicrec_simulation *)1;
    ck_assert_int_eq(dicrec_simulate(own, stg, neurons, 1, &options, &simulation), DICREC_E_MEMORY);
    ck_assert_ptr_null(simulation);
    ck_assert_uint_eq(memory.n_blocks, before);
  }
  dicrec_context_free(own);
}
END_TEST

/* Members' noise is that of their streams, whatever stands beside them. */
START_TEST(noisy_members_can_be_simulated_in_parts) {
  static const uint64_t streams[] = {42, 40, ((uint64_t)1 << 53) - 1, 41};
  double whole[CAPACITY], part[CAPACITY];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 200.0);
    options.noise_std = 4.0;
    options.seed = 3;
    options.first_member = 40;
    dicrec_simulation *all = simulate(4, &options, DICREC_OK);
    options.member_streams = streams;
    dicrec_simulation *mixed = simulate(4, &options, DICREC_OK); /* instead of first_member */
    options.member_streams = NULL;
    for (size_t i = 0; i < 4; ++i) {
      options.first_member = 40 + i;
      dicrec_simulation *alone;
      answers(dicrec_simulate(context, stg, neurons + 8 * i, 1, &options, &alone), DICREC_OK);
      const size_t n = spikes_of(all, i, whole);
      ck_assert_uint_gt(n, 3);
      ck_assert_uint_eq(spikes_of(alone, 0, part), n);
      ck_assert(same_bytes(whole, part, n));
      const bool differs = spikes_of(mixed, i, part) != n || !same_bytes(whole, part, n);
      ck_assert(differs);
      options.first_member = streams[i];
      dicrec_simulation_free(alone);
      answers(dicrec_simulate(context, stg, neurons + 8 * i, 1, &options, &alone), DICREC_OK);
      const size_t n_mixed = spikes_of(mixed, i, whole);
      ck_assert_uint_eq(spikes_of(alone, 0, part), n_mixed);
      ck_assert(same_bytes(whole, part, n_mixed));
      dicrec_simulation_free(alone);
    }
    dicrec_simulation_free(all);
    dicrec_simulation_free(mixed);
  }
}
END_TEST

START_TEST(streams_are_numbers_that_doubles_hold) {
  const uint64_t limit = (uint64_t)1 << 53;
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 10.0);
  options.first_member = limit - 1;
  dicrec_simulation_free(simulate(1, &options, DICREC_OK));
  options.first_member = limit;
  refused(&options, DICREC_E_RANGE, "first_member");
  options.first_member = UINT64_MAX;
  refused(&options, DICREC_E_RANGE, "first_member");
  options.member_streams = &limit;
  refused(&options, DICREC_E_RANGE, "member_streams of member 0");
}
END_TEST

START_TEST(spikes_and_statuses_of_all_are_those_of_each) {
  enum { N = 5, ROOM = 2000 };
  double *g = make_neurons(stg, 5.0, 5.0, N, 3), all[ROOM], one[ROOM];
  g[2 * dicrec_model_channel_count(stg)] = (double)NAN; /* a member without spikes in between */
  uint64_t offsets[N + 1];
  dicrec_status statuses[N];
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 1000.0);
  dicrec_simulation *s;
  answers(dicrec_simulate(context, stg, g, N, &options, &s), DICREC_W_PARTIAL);
  const size_t total = dicrec_simulation_spike_total(s);
  answers(dicrec_simulation_copy_all_spikes(s, offsets, N + 1, all, total), DICREC_OK);
  answers(dicrec_simulation_copy_statuses(s, statuses, N), DICREC_OK);
  ck_assert(offsets[0] == 0 && offsets[N] == total && total > 0);
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_simulation_spike_count(s, i);
    ck_assert_uint_eq(offsets[i + 1] - offsets[i], n);
    answers(dicrec_simulation_copy_spikes(s, i, one, ROOM), DICREC_OK);
    ck_assert(same_bytes(all + offsets[i], one, n));
    ck_assert_int_eq(statuses[i], dicrec_simulation_status(s, i));
  }
  answers(dicrec_simulation_copy_all_spikes(s, offsets, N, all, total), DICREC_E_BUFFER);
  answers(dicrec_simulation_copy_all_spikes(s, offsets, N + 1, all, total - 1), DICREC_E_BUFFER);
  answers(dicrec_simulation_copy_all_spikes(s, NULL, N + 1, all, total), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_all_spikes(s, offsets, N + 1, NULL, total), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_all_spikes(NULL, offsets, N + 1, all, total), DICREC_E_ARGUMENT);
  answers(dicrec_simulation_copy_statuses(s, statuses, N - 1), DICREC_E_BUFFER);
  answers(dicrec_simulation_copy_statuses(NULL, statuses, N), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_simulation_spike_total(NULL), 0);
  dicrec_simulation_free(s);
  free(g);
}
END_TEST

Suite *simulator_suite(void) {
  Suite *suite = suite_create("simulator");
  TCase *tests = tcase_create("simulator");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, the_solver_is_chosen_by_what_is_asked);
  tcase_add_test(tests, the_protocol_is_the_default);
  tcase_add_test(tests, skipping_drops_the_early_spikes_only);
  tcase_add_test(tests, spikes_are_the_crossings_of_the_trace);
  tcase_add_test(tests, crossings_before_the_fall_are_no_spikes);
  tcase_add_test(tests, traces_lie_on_their_grid);
  tcase_add_test(tests, limits_keep_what_was_computed);
  tcase_add_test(tests, rows_that_are_not_conductances_are_skipped);
  tcase_add_test(tests, a_current_drives_and_stops_the_neuron);
  tcase_add_test(tests, bad_options_are_refused_and_named);
  tcase_add_test(tests, bad_arrays_are_refused_and_their_place_is_named);
  tcase_add_test(tests, bad_simulations_are_refused);
  tcase_add_test(tests, cancelling_cvode_keeps_what_is_done);
  tcase_add_test(tests, a_long_member_is_stopped_in_the_middle);
  tcase_add_test(tests, a_long_member_of_another_thread_is_stopped);
  tcase_add_test(tests, a_limit_of_time_bounds_a_trace);
  tcase_add_test(tests, the_memory_of_traces_has_a_limit);
  tcase_add_test(tests, noisy_members_can_be_simulated_in_parts);
  tcase_add_test(tests, streams_are_numbers_that_doubles_hold);
  tcase_add_test(tests, unpayable_traces_are_out_of_memory);
  tcase_add_test(tests, spikes_and_statuses_of_all_are_those_of_each);
  suite_add_tcase(suite, tests);
  return suite;
}
