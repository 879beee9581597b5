/* SPDX-License-Identifier: MIT */
/** @file test_cvode.c CVODE's traces, injected currents and noise of each member, and the solver of its systems. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "simulator/cvode/arrow_solver.h"
#include "simulator/cvode/state_vector.h"
#include "simulator/equations.h"
#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *cvode_suite(void);

enum { CAPACITY = 4000 };

static dicrec_model *hh;
static double *neuron; /* a bursting STG neuron */

static void setup(void) {
  fixture_setup();
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  neuron = make_neurons(stg, -5.0, 8.0, 1, 2);
}

static void teardown(void) {
  free(neuron);
  dicrec_model_free(hh);
  fixture_teardown();
}

/** A trace copied out. */
struct samples {
  size_t length, columns, n_spikes;
  double *times, *values, spikes[CAPACITY];
};

static struct samples record(const dicrec_model *model, const double *g, const dicrec_simulate_options *options) {
  struct samples s;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, model, g, 1, options, &simulation), DICREC_OK);
  s.length = dicrec_simulation_trace_sample_count(simulation, 0);
  s.columns = dicrec_simulation_trace_column_count(simulation);
  s.times = malloc((s.length + 1) * sizeof *s.times);
  s.values = malloc((s.length * s.columns + 1) * sizeof *s.values);
  if (s.length > 0) {
    answers(dicrec_simulation_copy_trace_times(simulation, 0, s.times, s.length - 1), DICREC_E_BUFFER);
    answers(dicrec_simulation_copy_trace_times(simulation, 0, s.times, s.length), DICREC_OK);
    answers(dicrec_simulation_copy_trace(simulation, 0, s.values, s.length * s.columns - 1), DICREC_E_BUFFER);
    answers(dicrec_simulation_copy_trace(simulation, 0, s.values, s.length * s.columns), DICREC_OK);
  }
  s.n_spikes = dicrec_simulation_spike_count(simulation, 0);
  answers(dicrec_simulation_copy_spikes(simulation, 0, s.spikes, CAPACITY), DICREC_OK);
  dicrec_simulation_free(simulation);
  return s;
}

static void forget(struct samples *s) {
  free(s->times);
  free(s->values);
}

static void check_columns(const dicrec_model *model, const double *g, int32_t kind, const char *expected) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1.0);
  options.trace = kind;
  options.trace_dt_ms = 0.5;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, model, g, 1, &options, &simulation), DICREC_OK);
  char all[256] = "", name[64];
  const size_t n = dicrec_simulation_trace_column_count(simulation);
  for (size_t k = 0; k < n; ++k) {
    const size_t length = dicrec_simulation_trace_column_name(simulation, k, name, sizeof name);
    ck_assert_uint_eq(length, strlen(name));
    ck_assert_uint_eq(dicrec_simulation_trace_column_name(simulation, k, NULL, 0), length);
    strcat(strcat(all, k > 0 ? " " : ""), name);
  }
  ck_assert_str_eq(all, expected);
  ck_assert_uint_eq(dicrec_simulation_trace_column_name(simulation, n, name, sizeof name), 0);
  ck_assert_str_eq(name, "");
  ck_assert_uint_eq(dicrec_simulation_trace_column_name(simulation, n - 1, name, 2),
                    strlen(strrchr(expected, ' ') + 1));
  ck_assert_uint_eq(strlen(name), 1);
  dicrec_simulation_free(simulation);
}

START_TEST(columns_have_their_names) {
  double *dopaminergic = make_neurons(da, 5.0, 2.0, 1, 1);
  check_columns(stg, neuron, DICREC_TRACE_STATES, "V m_Na h_Na m_Kd m_CaT h_CaT m_CaS h_CaS m_KCa m_A h_A m_H Ca");
  check_columns(stg, neuron, DICREC_TRACE_CURRENTS, "V I_Na I_Kd I_CaT I_CaS I_KCa I_A I_H I_leak");
  check_columns(da, dopaminergic, DICREC_TRACE_STATES, "V m_Na h_Na m_Kd m_CaL m_CaN o_ERG i_ERG");
  check_columns(da, dopaminergic, DICREC_TRACE_CURRENTS, "V I_Na I_Kd I_CaL I_CaN I_ERG I_NMDA I_leak");
  free(dopaminergic);
}
END_TEST

START_TEST(traces_of_all_kinds_agree) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 200.0);
  options.trace_dt_ms = 0.25;
  struct samples kinds[3];
  for (int32_t kind = 0; kind < 3; ++kind) {
    options.trace = kind;
    kinds[kind] = record(stg, neuron, &options);
    ck_assert_uint_eq(kinds[kind].length, 801);
    for (size_t i = 0; i < 801; ++i) {
      ck_assert_double_eq_tol(kinds[kind].times[i], 0.25 * (double)i, 1e-12);
      ck_assert_double_eq(kinds[kind].values[i * kinds[kind].columns], kinds[0].values[i]);
    }
  }
  double worst = 0.0;
  for (size_t i = 0; i < 801; ++i) { /* I = g x (V - E) from the gates that were traced */
    const double *x = kinds[1].values + 13 * i, *current = kinds[2].values + 9 * i;
    const double kd = neuron[1] * pow(x[3], 4) * (x[0] + 80.0), leak = neuron[7] * (x[0] + 50.0);
    worst = fmax(worst, fabs(current[2] - kd) / (1.0 + fabs(kd)) + fabs(current[8] - leak));
  }
  ck_assert_double_lt(worst, 1e-12);
  for (int kind = 0; kind < 3; ++kind) forget(&kinds[kind]);
}
END_TEST

/* Between steps C (V - V0) is the integral of the injected current less those of the channels. */
static void check_balance(const dicrec_model *model, const double *g, double time_scale, const char *what) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 40.0 * time_scale);
  const double times[] = {0.0, 20.0 * time_scale, 30.0 * time_scale}, values[] = {0.0, 3.0, -1.0};
  options.trace = DICREC_TRACE_CURRENTS;
  options.trace_dt_ms = 0.0005 * time_scale;
  options.current = 2.0;
  options.current_times_ms = times;
  options.current_values = values;
  options.n_current = 3;
  options.time_scale = time_scale;
  struct samples s = record(model, g, &options);
  double charge = 0.0, moved = 0.0, worst = 0.0, previous = 0.0;
  for (size_t i = 0; i < s.length; ++i) {
    const double t = s.times[i] / time_scale, *row = s.values + i * s.columns;
    double net = 2.0 + (t < 20.0 ? 0.15 * t : t < 30.0 ? 3.0 - 0.4 * (t - 20.0) : -1.0);
    for (size_t k = 1; k < s.columns; ++k) net -= row[k];
    if (i > 0) charge += 0.5 * (net + previous) * (t - s.times[i - 1] / time_scale);
    previous = net;
    moved = fmax(moved, fabs(row[0] - s.values[0]));
    worst = fmax(worst, fabs(charge - (row[0] - s.values[0])));
  }
  ck_assert_double_gt(moved, 50.0);
  report_worst(what, worst, 0.01);
  ck_assert_double_lt(worst, 0.01);
  forget(&s);
}

START_TEST(currents_balance_the_voltage) {
  double *dopaminergic = make_neurons(da, 5.0, 2.0, 1, 1);
  check_balance(stg, neuron, 1.0, "charge balance of stg, mV");
  check_balance(stg, neuron, 2.5, "charge balance of stg, 2.5 times slower, mV");
  check_balance(da, dopaminergic, 1.0, "charge balance of da, mV");
  check_balance(hh, hodgkin_huxley_conductances, 1.0, "charge balance of hodgkin-huxley, mV");
  free(dopaminergic);
}
END_TEST

START_TEST(traces_at_the_solvers_steps) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
  options.trace_dt_ms = DICREC_TRACE_STEPS;
  options.trace = DICREC_TRACE_STATES;
  options.time_scale = 2.0;
  struct samples s = record(stg, neuron, &options);
  ck_assert_uint_gt(s.length, 300);
  ck_assert_uint_eq(s.columns, 13);
  ck_assert_double_eq(s.times[0], 0.0);
  ck_assert_double_eq(s.values[0], -70.0);
  ck_assert_double_eq_tol(s.times[s.length - 1], 100.0, 1e-9);
  size_t n_crossed = 0;
  for (size_t i = 1; i < s.length; ++i) {
    ck_assert_double_gt(s.times[i], s.times[i - 1]);
    if (s.values[13 * i] <= 10.0 || s.values[13 * (i - 1)] > 10.0) continue;
    ck_assert(s.spikes[n_crossed] >= s.times[i - 1] && s.spikes[n_crossed] <= s.times[i]); /* between two steps */
    ++n_crossed;
  }
  ck_assert_uint_eq(n_crossed, s.n_spikes);
  ck_assert_uint_gt(n_crossed, 2);
  forget(&s);
  dicrec_simulation *simulation; /* members have lengths of their own; skipped ones have none */
  double rows[24];
  for (int k = 0; k < 3; ++k) memcpy(rows + 8 * k, neuron, 64);
  rows[8] = (double)NAN;
  rows[16] = 0.0;
  options.trace = DICREC_TRACE_VOLTAGE;
  answers(dicrec_simulate(context, stg, rows, 3, &options, &simulation), DICREC_W_PARTIAL);
  ck_assert_uint_gt(dicrec_simulation_trace_sample_count(simulation, 0), 300);
  ck_assert_uint_eq(dicrec_simulation_trace_sample_count(simulation, 1), 0);
  ck_assert_uint_ne(dicrec_simulation_trace_sample_count(simulation, 2),
                    dicrec_simulation_trace_sample_count(simulation, 0));
  answers(dicrec_simulation_copy_trace(simulation, 1, NULL, 0), DICREC_OK);
  dicrec_simulation_free(simulation);
}
END_TEST

START_TEST(endless_traces_run_out_of_memory) {
  counted_memory memory = {.limit = (size_t)1 << 20};
  dicrec_context *own = make_counted_context(&memory);
  const size_t before = memory.n_blocks;
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 1e6);
  options.trace_dt_ms = DICREC_TRACE_STEPS;
  options.trace = DICREC_TRACE_CURRENTS;
  dicrec_simulation *simulation = (dicrec_simulation *)1;
  ck_assert_int_eq(dicrec_simulate(own, stg, neuron, 1, &options, &simulation), DICREC_E_MEMORY);
  ck_assert_ptr_null(simulation);
  ck_assert_uint_eq(memory.n_blocks, before);
  dicrec_context_free(own);
}
END_TEST

/* A leak alone under a current: a jump at 10, a ramp from 20 to 40, a short pulse at 60, constant after 61. */
static double leaky_voltage(double t, double rate) {
  static const double points[][2] = {{0.0, 0.0},  {10.0, 0.0}, {10.0, 1.0}, {20.0, 1.0},  {40.0, 3.0},
                                     {60.0, 3.0}, {60.0, 9.0}, {61.0, 9.0}, {61.0, -0.5}, {1e9, -0.5}};
  double v = -20.0; /* from the reversal potential */
  for (int k = 1; k < 10; ++k) {
    const double begin = points[k - 1][0], end = fmin(t, points[k][0]);
    if (end <= begin) continue;
    const double slope = k == 9 ? 0.0 : (points[k][1] - points[k - 1][1]) / (points[k][0] - begin);
    const double steady = points[k - 1][1] / rate - slope / (rate * rate), drift = slope / rate;
    v = steady + drift * (end - begin) + (v - steady) * exp(-rate * (end - begin));
  }
  return v - 50.0;
}

static const double leaky_times[] = {10.0, 10.0, 20.0, 40.0, 60.0, 60.0, 61.0, 61.0};
static const double leaky_values[] = {0.0, 1.0, 1.0, 3.0, 3.0, 9.0, 9.0, -0.5};

START_TEST(a_leak_follows_a_current_exactly) {
  static const double rates[] = {0.02, 0.3};
  double worst = 0.0;
  for (int k = 0; k < 2; ++k) {
    const double g[8] = {[7] = rates[k]};
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 100.0);
    options.relative_tolerance = 1e-10;
    options.absolute_tolerance = 1e-10;
    options.current_times_ms = leaky_times;
    options.current_values = leaky_values;
    options.n_current = 8;
    options.trace_dt_ms = 0.25;
    struct samples s = record(stg, g, &options);
    for (size_t i = 0; i < s.length; ++i) worst = fmax(worst, fabs(s.values[i] - leaky_voltage(s.times[i], rates[k])));
    forget(&s);
  }
  report_worst("a leak under a current with jumps, a ramp and a pulse, mV", worst, 1e-6);
  ck_assert_double_lt(worst, 1e-6);
}
END_TEST

/* A pulse much shorter than the steps of a resting neuron is not stepped over. */
START_TEST(short_pulses_are_seen) {
  const double times[] = {500.0, 500.0, 500.001, 500.001}, values[] = {0.0, 2000.0, 2000.0, 0.0};
  const double g[8] = {[7] = 0.001};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 501.0);
  options.current_times_ms = times;
  options.current_values = values;
  options.n_current = 4;
  options.trace_dt_ms = 501.0;
  struct samples pulsed = record(stg, g, &options);
  options.n_current = 0;
  struct samples plain = record(stg, g, &options);
  ck_assert_double_eq_tol(pulsed.values[1] - plain.values[1], 2.0, 0.003);
  forget(&pulsed);
  forget(&plain);
}
END_TEST

START_TEST(a_step_of_current_changes_the_firing) {
  const double times[] = {100.0, 100.0}, values[] = {0.0, 10.0};
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 200.0);
    options.solver = solver;
    options.current_times_ms = times;
    options.current_values = values;
    options.n_current = 2;
    struct samples stepped = record(hh, hodgkin_huxley_conductances, &options);
    ck_assert_uint_ge(stepped.n_spikes, 5);
    ck_assert(stepped.spikes[0] > 100.0 && stepped.spikes[0] < 105.0); /* silent until then */
    forget(&stepped);
  }
}
END_TEST

START_TEST(a_sampled_current_is_that_of_its_formula) {
  static double times[2001], values[2001];
  for (int i = 0; i <= 2000; ++i) { /* constant in pieces: the same as options.current */
    times[i] = 0.1 * i;
    values[i] = 4.0;
  }
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 200.0);
  options.current = 10.0;
  struct samples plain = record(hh, hodgkin_huxley_conductances, &options);
  options.current = 6.0;
  options.current_times_ms = times;
  options.current_values = values;
  options.n_current = 2001;
  struct samples sampled = record(hh, hodgkin_huxley_conductances, &options);
  ck_assert_uint_eq(plain.n_spikes, sampled.n_spikes);
  for (size_t i = 0; i < plain.n_spikes; ++i) ck_assert_double_eq_tol(plain.spikes[i], sampled.spikes[i], 1e-3);
  forget(&plain);
  forget(&sampled);
}
END_TEST

START_TEST(members_may_have_their_own_noise) {
  double rows[24], alone[CAPACITY], among[CAPACITY];
  const double noise[] = {0.0, 4.0, 2.0};
  for (int k = 0; k < 3; ++k) memcpy(rows + 8 * k, neuron, 64);
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 200.0);
    options.solver = solver;
    options.seed = 5;
    options.noise_std = 7.0; /* not used */
    options.member_noise_std = noise;
    dicrec_simulation *each, *same;
    answers(dicrec_simulate(context, stg, rows, 3, &options, &each), DICREC_OK);
    options.member_noise_std = NULL;
    for (size_t k = 0; k < 3; ++k) {
      options.noise_std = noise[k];
      answers(dicrec_simulate(context, stg, rows, 3, &options, &same), DICREC_OK);
      const size_t n = dicrec_simulation_spike_count(each, k);
      ck_assert_uint_eq(dicrec_simulation_spike_count(same, k), n);
      ck_assert_uint_gt(n, 3);
      answers(dicrec_simulation_copy_spikes(each, k, among, CAPACITY), DICREC_OK);
      answers(dicrec_simulation_copy_spikes(same, k, alone, CAPACITY), DICREC_OK);
      for (size_t i = 0; i < n; ++i) ck_assert_double_eq_tol(alone[i], among[i], 1e-9);
      dicrec_simulation_free(same);
    }
    dicrec_simulation_free(each);
  }
}
END_TEST

/* Systems of every model with the structure that the solver relies on, against their residual. */
static double worst_residual(const dicrec_model *model, const double *g) {
  static dicrec__arrow arrow;
  SUNContext suncontext;
  ck_assert_int_eq(SUNContext_Create(DICREC__NO_COMMUNICATOR, &suncontext), 0);
  const int n = model->n_states;
  N_Vector b = dicrec__state_vector(n, suncontext), x = dicrec__state_vector(n, suncontext);
  SUNMatrix matrix = SUNDenseMatrix(n, n, suncontext);
  SUNLinearSolver solver = dicrec__arrow_solver(&arrow, model, suncontext);
  dicrec__random random;
  dicrec__random_start(&random, 7, DICREC__PURPOSE_POPULATION, 0, 0);
  double worst = 0.0, state[DICREC__MAX_STATES];
  for (int trial = 0; trial < 50; ++trial) {
    const double *j = SUNDenseMatrix_Data(matrix);
    for (int i = 0; i < n; ++i) {
      state[i] = dicrec__random_uniform(&random);
      dicrec__state_of(b)[i] = dicrec__random_uniform(&random) - 0.5;
    }
    state[0] = -90.0 + 130.0 * state[0];
    dicrec__equations_jacobian(model, g, state, SUNDenseMatrix_Data(matrix));
    arrow.gamma = pow(10.0, -4.0 + 4.0 * dicrec__random_uniform(&random));
    ck_assert_int_eq(SUNLinSolSetup(solver, matrix), 0);
    ck_assert_int_eq(SUNLinSolSolve(solver, matrix, x, b, 0.0), 0);
    for (int row = 0; row < n; ++row) {
      double sum = dicrec__state_of(x)[row] - dicrec__state_of(b)[row], size = fabs(dicrec__state_of(b)[row]);
      for (int column = 0; column < n; ++column) {
        const double term = arrow.gamma * j[column * n + row] * dicrec__state_of(x)[column];
        sum -= term;
        size += fabs(term);
      }
      worst = fmax(worst, fabs(sum) / size);
    }
  }
  SUNLinSolFree(solver);
  SUNMatDestroy(matrix);
  N_VDestroy(x);
  N_VDestroy(b);
  SUNContext_Free(&suncontext);
  return worst;
}

START_TEST(linear_systems_are_solved) {
  const double dopaminergic[] = {30.0, 8.0, 0.045, 0.05, 0.15, 0.012, 0.013};
  const double worst[] = {worst_residual(stg, neuron), worst_residual(da, dopaminergic),
                          worst_residual(hh, hodgkin_huxley_conductances)};
  for (int k = 0; k < 3; ++k) {
    report_worst("residual of linear systems: stg, da, hodgkin-huxley", worst[k], 1e-11);
    ck_assert_double_lt(worst[k], 1e-11);
  }
}
END_TEST

/* The batch of curves against the curves one by one. */
START_TEST(curves_in_vectors_are_the_curves) {
  static const dicrec__curve curves[] = {DICREC__SIGMOID(-5.29, 25.5),
                                         DICREC__SIGMOID_FROM(272.0, 1499.0, -8.73, 42.2),
                                         DICREC__SIGMOID_PRODUCT(0.67, -10.0, 62.9, 1.5, 3.6, 34.9),
                                         DICREC__BELL(1.4, 7.0, 27.0, 10.0, 70.0, 13.0),
                                         DICREC__CONSTANT(0.4),
                                         DICREC__EXPONENTIAL(0.00050754, -0.063213),
                                         DICREC__EXPONENTIAL(0.0, 0.1),
                                         DICREC__LINOID(15.6504, 0.4043, 19.565, 0.5052),
                                         DICREC__LINOID(0.55, 0.01, 5.5, 0.1),
                                         DICREC__BLOCK(0.14, -0.08)};
  enum { N = sizeof curves / sizeof curves[0] };
  static dicrec__curve_batch batch;
  double values[DICREC__MAX_BATCH], worst = 0.0;
  for (size_t k = 0; k < N; ++k) ck_assert_int_eq(dicrec__curve_batch_add(&batch, &curves[k]), (int)k);
  ck_assert(dicrec__curve_batch_prepare(&batch, &context->allocator));
  dicrec__curve_kernel kernels[] = {batch.kernel, dicrec__curve_kernel_plain};
  for (int unit = 0; unit < 2; ++unit) {
    batch.kernel = kernels[unit];
    dicrec__curve_batch_start(&batch, values);
    for (double v = -150.0; v < 150.0; v += 0.37) {
      dicrec__curve_batch_at(&batch, v, values);
      for (size_t k = 0; k < N; ++k) {
        const double exact = dicrec__curve_at(&curves[k], v).value;
        const double least = curves[k].kind == DICREC__CURVE_LINOID ? 1.0 : 1e-30; /* its own sums cancel */
        worst = fmax(worst, fabs(values[batch.places[k]] - exact) / (fabs(exact) + least));
      }
    }
    for (int side = -1; side <= 1; side += 2) { /* far away everything stays finite */
      dicrec__curve_batch_at(&batch, side * 500.0, values);
      for (size_t k = 0; k < N; ++k) ck_assert(isfinite(values[batch.places[k]]));
    }
  }
  report_worst("curves in vectors against one by one, relative", worst, 1e-13);
  ck_assert_double_lt(worst, 1e-13);
  dicrec__curve_batch_release(&batch, &context->allocator);
}
END_TEST

/* Models that have one are refused; nothing takes it for something else. */
START_TEST(unknown_forms_of_curves_are_no_numbers) {
  const dicrec__curve unknown = {.kind = (enum dicrec__curve_kind)99, .p = {1.0}};
  static dicrec__curve_batch batch;
  double values[DICREC__MAX_BATCH] = {0.0};
  dicrec__curve_batch_add(&batch, &unknown);
  ck_assert(dicrec__curve_batch_prepare(&batch, &context->allocator));
  dicrec__curve_batch_start(&batch, values);
  dicrec__curve_batch_at(&batch, -50.0, values);
  ck_assert(isnan(dicrec__curve_at(&unknown, -50.0).value) && isnan(values[batch.places[0]]));
  dicrec__curve_batch_release(&batch, &context->allocator);
}
END_TEST

Suite *cvode_suite(void) {
  Suite *suite = suite_create("cvode");
  TCase *tests = tcase_create("cvode");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, columns_have_their_names);
  tcase_add_test(tests, traces_of_all_kinds_agree);
  tcase_add_test(tests, currents_balance_the_voltage);
  tcase_add_test(tests, traces_at_the_solvers_steps);
  tcase_add_test(tests, endless_traces_run_out_of_memory);
  tcase_add_test(tests, a_leak_follows_a_current_exactly);
  tcase_add_test(tests, short_pulses_are_seen);
  tcase_add_test(tests, a_step_of_current_changes_the_firing);
  tcase_add_test(tests, a_sampled_current_is_that_of_its_formula);
  tcase_add_test(tests, members_may_have_their_own_noise);
  tcase_add_test(tests, linear_systems_are_solved);
  tcase_add_test(tests, curves_in_vectors_are_the_curves);
  tcase_add_test(tests, unknown_forms_of_curves_are_no_numbers);
  suite_add_tcase(suite, tests);
  return suite;
}
