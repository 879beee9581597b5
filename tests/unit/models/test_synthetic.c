/* SPDX-License-Identifier: MIT */
/** @file test_synthetic.c Every reader of tables against their plain meaning, on a model that uses every feature. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "population/compensation.h"
#include "simulator/equations.h"
#include "support/fixture.h"
#include "support/kernel_run.h"
#include "support/plain_model.h"
#include "support/synthetic_model.h"

Suite *synthetic_suite(void);

static dicrec_model *synthetic;
static const double *const conductances = synthetic_conductances;

static void setup(void) {
  fixture_setup();
  answers(dicrec__model_create(context, &synthetic_table, &synthetic), DICREC_OK);
}

static void teardown(void) {
  dicrec_model_free(synthetic);
  fixture_teardown();
}

/** A state anywhere between the ends of its variables. */
static void random_state(dicrec__random *random, double *state) {
  for (int i = 0; i < synthetic->n_states; ++i) state[i] = dicrec__random_uniform(random);
  state[0] = -100.0 + 150.0 * state[0];
  state[synthetic->calcium_state] *= 20.0;
}

static void library_derivative(const double *state, double *derivative) {
  static dicrec__equations equations;
  double values[DICREC__MAX_BATCH];
  ck_assert(dicrec__equations_prepare(&equations, synthetic, &context->allocator));
  dicrec__curve_batch_start(&equations.batch, values);
  dicrec__equations_derivative(&equations, conductances, 1.5, state, values, derivative);
  dicrec__equations_release(&equations, &context->allocator);
}

START_TEST(derivatives_are_what_the_table_says) {
  dicrec__random random;
  dicrec__random_start(&random, 1, DICREC__PURPOSE_POPULATION, 0, 0);
  double worst = 0.0;
  for (int trial = 0; trial < 200; ++trial) {
    double state[DICREC__MAX_STATES], made[DICREC__MAX_STATES], expected[DICREC__MAX_STATES];
    random_state(&random, state);
    library_derivative(state, made);
    plain_derivative(synthetic, conductances, 1.5, state, expected);
    for (int i = 0; i < synthetic->n_states; ++i)
      worst = fmax(worst, fabs(made[i] - expected[i]) / (fabs(expected[i]) + 1e-3));
  }
  report_worst("synthetic model: derivative against its plain meaning", worst, 1e-10);
  ck_assert_double_lt(worst, 1e-10);
}
END_TEST

START_TEST(currents_are_what_the_table_says) {
  dicrec__random random;
  dicrec__random_start(&random, 2, DICREC__PURPOSE_POPULATION, 0, 0);
  double worst = 0.0;
  for (int trial = 0; trial < 200; ++trial) {
    double state[DICREC__MAX_STATES], currents[SYNTHETIC_CHANNELS], derivative[DICREC__MAX_STATES], sum = 0.0;
    double carried = 0.0, size = 1.0;
    random_state(&random, state);
    const plain_state at = plain_state_of(synthetic, state);
    dicrec__equations_currents(synthetic, conductances, state, currents);
    for (int c = 0; c < SYNTHETIC_CHANNELS; ++c) {
      const dicrec__channel *channel = &synthetic_table.channels[c];
      const double expected = plain_current(channel, conductances[c], state[0], at.x[c]);
      worst = fmax(worst, fabs(currents[c] - expected) / (fabs(expected) + 1e-6));
      sum += currents[c];
      size += fabs(currents[c]);
      if (channel->carries_calcium) carried += currents[c];
    }
    library_derivative(state, derivative);
    const dicrec__calcium *pool = &synthetic_table.calcium;
    const int ca = synthetic->calcium_state;
    ck_assert_double_lt(fabs(derivative[0] * synthetic_table.capacitance - (1.5 - sum)), 1e-12 * size);
    ck_assert_double_lt(fabs(derivative[ca] * pool->tau_ms - (pool->gain * carried - state[ca] + pool->rest_um)),
                        1e-12 * size);
  }
  report_worst("synthetic model: currents against their plain meaning", worst, 1e-10);
  ck_assert_double_lt(worst, 1e-10);
}
END_TEST

/** A row of the derivative as a function of one state. */
struct entry {
  double state[DICREC__MAX_STATES];
  int row, column;
};

static double entry_value(void *user, double x) {
  struct entry *entry = user;
  double derivative[DICREC__MAX_STATES];
  entry->state[entry->column] = x;
  plain_derivative(synthetic, conductances, 1.5, entry->state, derivative);
  return derivative[entry->row];
}

START_TEST(synthetic_jacobian_agrees_with_differences) {
  const int n = synthetic->n_states;
  dicrec__random random;
  dicrec__random_start(&random, 3, DICREC__PURPOSE_POPULATION, 0, 0);
  double jacobian[DICREC__MAX_STATES * DICREC__MAX_STATES], worst = 0.0;
  for (int trial = 0; trial < 40; ++trial) {
    double state[DICREC__MAX_STATES], derivative[DICREC__MAX_STATES];
    struct entry entry;
    random_state(&random, state);
    for (int k = 0; k < n * n; ++k) jacobian[k] = NAN;
    dicrec__equations_jacobian(synthetic, conductances, state, jacobian);
    plain_derivative(synthetic, conductances, 1.5, state, derivative);
    for (entry.column = 0; entry.column < n; ++entry.column)
      for (entry.row = 0; entry.row < n; ++entry.row) {
        memcpy(entry.state, state, sizeof entry.state);
        const double expected = difference(entry_value, &entry, state[entry.column], entry.column == 0 ? 0.05 : 0.01);
        const double size = 1e-3 * fabs(derivative[entry.row]);
        worst = fmax(worst, fabs(jacobian[entry.column * n + entry.row] - expected) / (fabs(expected) + size + 1e-6));
      }
  }
  report_worst("synthetic model: Jacobian against differences", worst, 1e-8);
  ck_assert_double_lt(worst, 1e-8);
}
END_TEST

/** Conductances around those that fire. */
static void random_set(dicrec__random *random, double *g) {
  for (int c = 0; c < SYNTHETIC_CHANNELS; ++c) g[c] = conductances[c] * (0.3 + 1.4 * dicrec__random_uniform(random));
}

START_TEST(dics_agree_with_differences_of_steady_currents) {
  dicrec__random random;
  dicrec__random_start(&random, 4, DICREC__PURPOSE_POPULATION, 0, 0);
  double g[SYNTHETIC_CHANNELS], row[DICREC_DIC_COUNT], expected[DICREC_DIC_COUNT], current, worst = 0.0, off = 0.0;
  for (double v = -90.0; v <= 20.0; v += 2.3) {
    random_set(&random, g);
    answers(dicrec_dic_compute(context, synthetic, g, 1, v, DICREC_DIC_COUNT, row), DICREC_OK);
    answers(dicrec_dic_static_current(context, synthetic, g, 1, v, &current), DICREC_OK);
    plain_dics(&synthetic_table, g, v, expected);
    const plain_state steady = plain_steady_state(&synthetic_table, g, v);
    const double plain = plain_total_current(&synthetic_table, g, &steady);
    const double size = fabs(expected[0]) + fabs(expected[1]) + fabs(expected[2]);
    for (int k = 0; k < DICREC_DIC_COUNT; ++k) worst = fmax(worst, fabs(row[k] - expected[k]) / size);
    off = fmax(off, fabs(current - plain) / (fabs(plain) + 1e-3));
  }
  report_worst("synthetic model: DICs against differences (share of the terms)", worst, 1e-8);
  report_worst("synthetic model: static current against its plain meaning", off, 1e-9);
  ck_assert_double_lt(worst, 1e-8);
  ck_assert_double_lt(off, 1e-9);
}
END_TEST

/** A plain DIC times the leak as a function of one conductance. */
struct moved {
  double g[SYNTHETIC_CHANNELS], v;
  int channel, dic;
};

static double moved_dic(void *user, double value) {
  struct moved *moved = user;
  double row[DICREC_DIC_COUNT];
  moved->g[moved->channel] = value;
  plain_dics(&synthetic_table, moved->g, moved->v, row);
  return row[moved->dic] * moved->g[SYNTHETIC_LEAK];
}

static double worst_derivative(const double *g, double v) {
  int channels[SYNTHETIC_CHANNELS];
  for (int c = 0; c < SYNTHETIC_CHANNELS; ++c) channels[c] = c;
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(&synthetic_table, v, &sensitivity);
  double dics[DICREC__N_DIC_SCALES], derivatives[SYNTHETIC_CHANNELS][DICREC__N_DIC_SCALES], worst = 0.0;
  const double none[SYNTHETIC_CHANNELS] = {0.0};
  const dicrec__fixed_sums nothing = dicrec__fixed_sums_of(&sensitivity, none);
  dicrec__dics_derivatives(&sensitivity, &nothing, g, channels, SYNTHETIC_CHANNELS, dics, derivatives);
  const double size = fabs(dics[0]) + fabs(dics[1]) + fabs(dics[2]);
  struct moved moved = {.v = v};
  for (moved.channel = 0; moved.channel < SYNTHETIC_CHANNELS; ++moved.channel)
    for (moved.dic = 0; moved.dic < DICREC__N_DIC_SCALES; ++moved.dic) {
      memcpy(moved.g, g, sizeof moved.g);
      const double at = g[moved.channel], expected = difference(moved_dic, &moved, at, 0.02 * at);
      worst = fmax(worst, fabs(derivatives[moved.channel][moved.dic] - expected) / (fabs(expected) + size / at));
    }
  return worst;
}

START_TEST(derivatives_by_conductance_agree_with_differences) {
  dicrec__random random;
  dicrec__random_start(&random, 5, DICREC__PURPOSE_POPULATION, 0, 0);
  double g[SYNTHETIC_CHANNELS], worst = 0.0;
  for (double v = -80.0; v <= 0.0; v += 13.3) {
    random_set(&random, g);
    worst = fmax(worst, worst_derivative(g, v));
  }
  report_worst("synthetic model: derivatives of the DICs by conductances against differences", worst, 1e-7);
  ck_assert_double_lt(worst, 1e-7);
}
END_TEST

START_TEST(synthetic_sensitivities_map_conductances_to_dics) {
  dicrec__random random;
  dicrec__random_start(&random, 6, DICREC__PURPOSE_POPULATION, 0, 0);
  double g[SYNTHETIC_CHANNELS], row[DICREC_DIC_COUNT], s[3 * SYNTHETIC_CHANNELS], worst = 0.0;
  for (double v = -90.0; v <= 20.0; v += 9.1) {
    random_set(&random, g);
    answers(dicrec_dic_compute(context, synthetic, g, 1, v, DICREC_DIC_COUNT, row), DICREC_OK);
    answers(dicrec_dic_sensitivity(context, synthetic, g, 1, v, 3, s), DICREC_OK);
    for (size_t scale = 0; scale < 3; ++scale) {
      double sum = 0.0, size = 0.0;
      for (size_t c = 0; c < SYNTHETIC_CHANNELS; ++c) {
        sum += s[scale * SYNTHETIC_CHANNELS + c] * g[c];
        size += fabs(s[scale * SYNTHETIC_CHANNELS + c] * g[c]);
      }
      worst = fmax(worst, fabs(sum - row[scale]) / size);
    }
  }
  report_worst("synthetic model: S(V) g against the DICs (share of the terms)", worst, 1e-13);
  ck_assert_double_lt(worst, 1e-13);
}
END_TEST

/* Where calcium gates what carries it, the derivatives must lead Newton's method back to a set that is known. */
START_TEST(compensation_finds_gated_carriers) {
  static const int pairs[][2] = {
      {SYNTHETIC_CAN, SYNTHETIC_KCA}, {SYNTHETIC_CAN, SYNTHETIC_H}, {SYNTHETIC_BK, SYNTHETIC_CAL}};
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(&synthetic_table, -30.0, &sensitivity);
  double worst = 0.0;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; ++i) {
    double g[SYNTHETIC_CHANNELS], row[DICREC_DIC_COUNT], solved[DICREC_DIC_COUNT];
    memcpy(g, conductances, sizeof g);
    dicrec__dics(&sensitivity, g, row);
    for (int k = 0; k < 2; ++k) g[pairs[i][k]] *= 1.2 - 0.3 * k;
    const dicrec__compensation compensation = dicrec__compensation_to_target(&sensitivity, pairs[i]);
    const double wanted[2] = {row[DICREC_DIC_SLOW], row[DICREC_DIC_ULTRASLOW]};
    answers(dicrec__compensate(&sensitivity, &compensation, wanted, g), DICREC_OK);
    dicrec__dics(&sensitivity, g, solved);
    for (int c = 0; c < SYNTHETIC_CHANNELS; ++c) worst = fmax(worst, fabs(g[c] / conductances[c] - 1.0));
    ck_assert_double_eq_tol(solved[DICREC_DIC_SLOW], wanted[0], 1e-10 * (1.0 + fabs(wanted[0])));
    ck_assert_double_eq_tol(solved[DICREC_DIC_ULTRASLOW], wanted[1], 1e-10 * (1.0 + fabs(wanted[1])));
  }
  report_worst("synthetic model: conductances that compensation finds again", worst, 1e-8);
  ck_assert_double_lt(worst, 1e-8);
}
END_TEST

START_TEST(populations_reach_their_targets) {
  static const double targets[][2] = {{17.0, 1.0}, {20.0, 0.6}, {22.0, 1.5}};
  enum { N = 20 };
  for (size_t i = 0; i < sizeof targets / sizeof targets[0]; ++i) {
    dicrec_population *population;
    double dics[N * DICREC_DIC_COUNT];
    answers(dicrec_generate(context, synthetic, targets[i], 1, 2, N, NULL, &population), DICREC_OK);
    answers(dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics, N * DICREC_DIC_COUNT), DICREC_OK);
    for (size_t k = 0; k < N; ++k) {
      ck_assert_double_eq_tol(dics[k * DICREC_DIC_COUNT + DICREC_DIC_SLOW], targets[i][0], 1e-9);
      ck_assert_double_eq_tol(dics[k * DICREC_DIC_COUNT + DICREC_DIC_ULTRASLOW], targets[i][1], 1e-9);
    }
    dicrec_population_free(population);
  }
}
END_TEST

enum { CAPACITY = 1000 };

/** Spikes of a solver; returns how many. */
static size_t fire(int32_t solver, double *times) {
  const dicrec_simulate_options options = simulate_until(solver, 1500.0);
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, synthetic, conductances, 1, &options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, CAPACITY), DICREC_OK);
  dicrec_simulation_free(simulation);
  return n;
}

START_TEST(cvode_and_ensemble_fire_alike) {
  double exact[CAPACITY], fast[CAPACITY];
  const size_t n = fire(DICREC_SOLVER_CVODE, exact), n_fast = fire(DICREC_SOLVER_ENSEMBLE, fast);
  ck_assert_uint_gt(n, 20);
  ck_assert_uint_eq(n, n_fast);
  double worst = 0.0;
  for (size_t i = 0; i < n; ++i) worst = fmax(worst, fabs(fast[i] - exact[i]));
  report_worst("synthetic model: spikes of the ensemble against CVODE, ms", worst, 1.0);
  ck_assert_double_lt(worst, 1.0);
}
END_TEST

/** The last sample of CVODE's states at a time, at a tight tolerance. */
static void state_at(double t_ms, double *state) {
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, t_ms);
  options.trace = DICREC_TRACE_STATES;
  options.trace_dt_ms = t_ms;
  options.relative_tolerance = 1e-10;
  dicrec_simulation *simulation;
  double trace[2 * DICREC__MAX_STATES];
  const size_t n = (size_t)synthetic->n_states;
  answers(dicrec_simulate(context, synthetic, conductances, 1, &options, &simulation), DICREC_OK);
  answers(dicrec_simulation_copy_trace(simulation, 0, trace, 2 * n), DICREC_OK);
  memcpy(state, trace + n, n * sizeof *state);
  dicrec_simulation_free(simulation);
}

/* Between spikes, where a late spike does not count as a wrong voltage. */
START_TEST(voltage_and_calcium_of_every_kernel_agree_with_cvode) {
  static const double times[] = {1.0, 9.0, 14.0, 30.0, 45.0, 60.0, 140.0};
  dicrec__ensemble_kernel kernels[3];
  const int n_kernels = kernels_here(kernels);
  double g[DICREC__LANES * SYNTHETIC_CHANNELS], worst_v = 0.0, worst_calcium = 0.0;
  for (int i = 0; i < DICREC__LANES * SYNTHETIC_CHANNELS; ++i) g[i] = conductances[i % SYNTHETIC_CHANNELS];
  for (size_t k = 0; k < sizeof times / sizeof times[0]; ++k)
    for (int i = 0; i < n_kernels; ++i) {
      static kernel_run run;
      double state[DICREC__MAX_STATES];
      kernel_run_start(&run, synthetic, g, times[k], kernels[i]);
      const double t = run.block.t_ms[3], v = run.block.v[3], calcium = run.block.calcium[3];
      kernel_run_end(&run);
      state_at(t, state);
      worst_v = fmax(worst_v, fabs(v - state[0]));
      worst_calcium = fmax(worst_calcium, fabs(calcium / state[synthetic->calcium_state] - 1.0));
    }
  report_worst("synthetic model: voltage of the kernels against CVODE, mV", worst_v, 0.1);
  report_worst("synthetic model: calcium of the kernels against CVODE", worst_calcium, 2e-3);
  ck_assert_double_lt(worst_v, 0.1);
  ck_assert_double_lt(worst_calcium, 2e-3);
}
END_TEST

Suite *synthetic_suite(void) {
  Suite *suite = suite_create("synthetic");
  TCase *tests = tcase_create("synthetic");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, derivatives_are_what_the_table_says);
  tcase_add_test(tests, currents_are_what_the_table_says);
  tcase_add_test(tests, synthetic_jacobian_agrees_with_differences);
  tcase_add_test(tests, dics_agree_with_differences_of_steady_currents);
  tcase_add_test(tests, derivatives_by_conductance_agree_with_differences);
  tcase_add_test(tests, synthetic_sensitivities_map_conductances_to_dics);
  tcase_add_test(tests, compensation_finds_gated_carriers);
  tcase_add_test(tests, populations_reach_their_targets);
  tcase_add_test(tests, cvode_and_ensemble_fire_alike);
  tcase_add_test(tests, voltage_and_calcium_of_every_kernel_agree_with_cvode);
  suite_add_tcase(suite, tests);
  return suite;
}
