/* SPDX-License-Identifier: MIT */
/** @file test_integrators.c The ensemble against CVODE, its order, its kernels, and what both must do exactly. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"
#include "support/hodgkin_huxley.h"
#include "support/kernel_run.h"

Suite *integrators_suite(void);

enum { CAPACITY = 4000 };

/** Spikes of one neuron; returns how many. */
static size_t fire(const dicrec_model *model, const double *g, const dicrec_simulate_options *options, double *times) {
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, model, g, 1, options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, CAPACITY), DICREC_OK);
  dicrec_simulation_free(simulation);
  return n;
}

static double mean_interval(const double *times, size_t n) {
  ck_assert_uint_gt(n, 3);
  return (times[n - 1] - times[0]) / (double)(n - 1);
}

/* Regularly spiking neurons: a burster may gain or lose a spike through any error. */
START_TEST(ensemble_intervals_agree_with_cvode) {
  static const struct {
    bool is_da;
    double g_s, g_u, t_end;
  } neurons[] = {
      {false, 10.0, 5.0, 2000.0}, {false, 5.0, 12.0, 2000.0}, {true, 0.0, 4.0, 4000.0}, {true, 5.0, 2.0, 3000.0}};
  double worst = 0.0, exact[CAPACITY], fast[CAPACITY];
  for (size_t k = 0; k < sizeof neurons / sizeof neurons[0]; ++k) {
    const dicrec_model *model = neurons[k].is_da ? da : stg;
    double *g = make_neurons(model, neurons[k].g_s, neurons[k].g_u, 2, 1);
    for (size_t i = 0; i < 2; ++i) {
      dicrec_simulate_options cvode = simulate_until(DICREC_SOLVER_CVODE, neurons[k].t_end);
      dicrec_simulate_options ensemble = simulate_until(DICREC_SOLVER_ENSEMBLE, neurons[k].t_end);
      const double *row = g + i * dicrec_model_channel_count(model);
      const size_t n = fire(model, row, &cvode, exact), n_fast = fire(model, row, &ensemble, fast);
      const double error = mean_interval(fast, n_fast) / mean_interval(exact, n) - 1.0;
      worst = fmax(worst, fabs(error));
    }
    free(g);
  }
  report_worst("mean interval of the ensemble against CVODE", worst, 1.5e-3);
  ck_assert_double_lt(worst, 1.5e-3);
}
END_TEST

/* A lower level is passed earlier, by each spike once, and one that no spike reaches by none. */
START_TEST(the_level_of_a_spike_can_be_set) {
  double *g = make_neurons(stg, 5.0, 5.0, 1, 1), usual[CAPACITY], early[CAPACITY];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    dicrec_simulate_options options = simulate_until(solver, 1000.0);
    const size_t n = fire(stg, g, &options, usual);
    options.spike_level_mv = -20.0;
    ck_assert_uint_eq(fire(stg, g, &options, early), n);
    for (size_t i = 0; i < n; ++i) ck_assert(early[i] < usual[i] && early[i] > usual[i] - 2.0);
    options.spike_level_mv = 0.0; /* is no default */
    ck_assert_uint_eq(fire(stg, g, &options, early), n);
    ck_assert(early[0] < usual[0]);
    options.spike_level_mv = 90.0;
    ck_assert_uint_eq(fire(stg, g, &options, early), 0);
    options.spike_level_mv = dicrec_model_spike_level_mv(stg);
    ck_assert_uint_eq(fire(stg, g, &options, early), n);
    ck_assert(same_bytes(early, usual, n));
  }
  free(g);
}
END_TEST

/** Squared error of the ensemble's last spike within a fixed count, ms^2. */
static double squared_error(const dicrec_model *model, const double *g, double current, double t_end, double dt,
                            const double *exact, size_t n) {
  double times[CAPACITY];
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, t_end);
  options.dt_ms = dt;
  options.current = current;
  ck_assert_uint_ge(fire(model, g, &options, times), n);
  return (times[n - 1] - exact[n - 1]) * (times[n - 1] - exact[n - 1]);
}

/* The ratio of the errors at dt and dt / 2, root mean square over neurons and geometric mean over four step sizes: 4
 * for second order. One neuron's error may pass through zero on the way. */
static double mean_ratio(const dicrec_model *model, const double *g, size_t n_neurons, double current, double t_end,
                         double coarsest) {
  double exact[CAPACITY], errors[4] = {0.0};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, t_end);
  options.relative_tolerance = 1e-11;
  options.absolute_tolerance = 1e-12;
  options.current = current;
  for (size_t i = 0; i < n_neurons; ++i) {
    const double *row = g + i * dicrec_model_channel_count(model);
    const size_t n = fire(model, row, &options, exact) - 1; /* the last may fall off the end */
    for (int k = 0; k < 4; ++k) errors[k] += squared_error(model, row, current, t_end, coarsest / (1 << k), exact, n);
  }
  for (int k = 1; k < 4; ++k) ck_assert_double_lt(errors[k], errors[k - 1]);
  return pow(errors[0] / errors[3], 1.0 / 6.0);
}

START_TEST(ensemble_is_of_second_order) {
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  double *of_stg = make_neurons(stg, 5.0, 8.0, 6, 1), *of_da = make_neurons(da, 5.0, 2.0, 6, 1);
  const double ratios[] = {mean_ratio(hh, hodgkin_huxley_conductances, 1, 10.0, 300.0, 0.1),
                           mean_ratio(stg, of_stg, 6, 0.0, 800.0, 0.08), mean_ratio(da, of_da, 6, 0.0, 1000.0, 0.04)};
  static const char *const names[] = {"order of the ensemble: error ratio, hodgkin-huxley (4 is second order)",
                                      "order of the ensemble: error ratio, stg (4 is second order)",
                                      "order of the ensemble: error ratio, da (4 is second order)"};
  for (int k = 0; k < 3; ++k) {
    report_worst(names[k], ratios[k], 8.0);
    ck_assert(ratios[k] >= 3.0 && ratios[k] <= 8.0);
  }
  free(of_stg);
  free(of_da);
  dicrec_model_free(hh);
}
END_TEST

/* Time scales stretch the solution exactly; only the last digit of each time may differ. */
START_TEST(time_scales_stretch_spike_times) {
  static const double scales[] = {2.5, 0.4, 7.0, 0.01, 100.0};
  const dicrec_model *models[] = {stg, da};
  double worst = 0.0, plain[CAPACITY], stretched[CAPACITY];
  for (int m = 0; m < 2; ++m) {
    double *g = make_neurons(models[m], 5.0, 2.0, 1, 1);
    for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
      dicrec_simulate_options options = simulate_until(solver, 1000.0);
      options.t_skip_ms = 100.0;
      const size_t n = fire(models[m], g, &options, plain);
      ck_assert_uint_gt(n, 3);
      for (size_t k = 0; k < sizeof scales / sizeof scales[0]; ++k) {
        options.time_scale = scales[k];
        options.t_end_ms = 1000.0 * scales[k];
        options.t_skip_ms = 100.0 * scales[k];
        ck_assert_uint_eq(fire(models[m], g, &options, stretched), n);
        for (size_t i = 0; i < n; ++i) worst = fmax(worst, fabs(stretched[i] / (plain[i] * scales[k]) - 1.0));
      }
    }
    free(g);
  }
  report_worst("spike times under a time scale against stretched ones", worst, 1e-12);
  ck_assert_double_lt(worst, 1e-12);
}
END_TEST

START_TEST(ensemble_does_not_depend_on_threads_or_blocks) {
  enum { N = 21, FEW = 5 };
  double *g = make_neurons(stg, -5.0, 8.0, N, 4), one[CAPACITY], other[CAPACITY];
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 400.0);
  options.noise_std = 3.0;
  options.seed = 8;
  dicrec_simulation *simulations[4];
  for (int32_t k = 0; k < 4; ++k) {
    options.n_threads = k == 3 ? 1 : k + 1;
    answers(dicrec_simulate(context, stg, g, k == 3 ? FEW : N, &options, &simulations[k]), DICREC_OK);
  }
  for (size_t i = 0; i < N; ++i) {
    const size_t n = dicrec_simulation_spike_count(simulations[0], i);
    ck_assert_uint_gt(n, 0);
    answers(dicrec_simulation_copy_spikes(simulations[0], i, one, CAPACITY), DICREC_OK);
    for (int k = 1; k < (i < FEW ? 4 : 3); ++k) {
      ck_assert_uint_eq(dicrec_simulation_spike_count(simulations[k], i), n);
      answers(dicrec_simulation_copy_spikes(simulations[k], i, other, CAPACITY), DICREC_OK);
      ck_assert(same_bytes(one, other, n));
    }
  }
  for (int k = 0; k < 4; ++k) dicrec_simulation_free(simulations[k]);
  options.noise_std = 0.0; /* without noise a neuron fires the same in any lane */
  answers(dicrec_simulate(context, stg, g, N, &options, &simulations[0]), DICREC_OK);
  for (size_t i = 0; i < N; i += 5) {
    const size_t n = fire(stg, g + 8 * i, &options, one);
    ck_assert_uint_eq(dicrec_simulation_spike_count(simulations[0], i), n);
    answers(dicrec_simulation_copy_spikes(simulations[0], i, other, CAPACITY), DICREC_OK);
    ck_assert(same_bytes(one, other, n));
  }
  dicrec_simulation_free(simulations[0]);
  free(g);
}
END_TEST

static void check_gates(const kernel_run *bench) {
  const dicrec__ensemble_block *b = &bench->block;
  for (int lane = 0; lane < DICREC__LANES; ++lane) {
    ck_assert(b->v[lane] > -120.0 && b->v[lane] < 90.0);
    ck_assert(b->calcium[lane] >= 0.0);
    for (int g = 0; g < bench->ensemble.n_groups; ++g)
      for (int place = 0; place < 2 * DICREC__SLOTS; ++place)
        ck_assert(b->gates[g][lane][place] >= 0.0F && b->gates[g][lane][place] <= 1.000001F);
    for (int s = 0; s < bench->ensemble.n_schemes; ++s) {
      const double o = b->open[s][lane], i = b->inactivated[s][lane];
      ck_assert(o >= 0.0 && i >= 0.0 && o + i <= 1.0 + 1e-12);
    }
  }
}

START_TEST(gates_stay_between_0_and_1) {
  static kernel_run bench;
  const dicrec_model *models[] = {stg, da};
  for (int m = 0; m < 2; ++m) {
    double *g = make_neurons(models[m], -5.0, 8.0, DICREC__LANES, 6);
    for (double t_end = 0.3; t_end < 120.0; t_end += 2.7) {
      kernel_run_start(&bench, models[m], g, t_end, dicrec__ensemble_kernel_plain);
      check_gates(&bench);
      kernel_run_end(&bench);
    }
    free(g);
  }
}
END_TEST

/* Kernels of different vector units round differently, nothing more. */
START_TEST(kernels_agree) {
  dicrec__ensemble_kernel kernels[3];
  const int n_kernels = kernels_here(kernels);
  static kernel_run plain, other;
  const dicrec_model *models[] = {stg, da};
  double worst = 0.0;
  for (int m = 0; m < 2; ++m) {
    double *g = make_neurons(models[m], 8.0, 6.0, DICREC__LANES, 6);
    kernel_run_start(&plain, models[m], g, 1000.0, kernels[0]);
    for (int k = 1; k < n_kernels; ++k) {
      kernel_run_start(&other, models[m], g, 1000.0, kernels[k]);
      for (int lane = 0; lane < DICREC__LANES; ++lane) {
        const dicrec__spike_list *a = &plain.simulation.spikes->lists[lane], *b = &other.simulation.spikes->lists[lane];
        ck_assert_uint_gt(a->n, 0);
        ck_assert_uint_eq(a->n, b->n);
        for (size_t i = 0; i < a->n; ++i) worst = fmax(worst, fabs(a->times_ms[i] - b->times_ms[i]));
      }
      kernel_run_end(&other);
    }
    kernel_run_end(&plain);
    free(g);
  }
  report_worst("kernels of the vector units against the plain one, spikes of 1 s, ms", worst, 0.02);
  ck_assert_double_lt(worst, 0.02);
}
END_TEST

START_TEST(a_leak_alone_decays_exponentially) {
  const double g[DICREC__LANES * 8] = {
      [7] = 0.01, [15] = 0.02, [23] = 0.05, [31] = 0.1, [39] = 0.2, [47] = 0.5, [55] = 1.0, [63] = 10.0};
  dicrec_simulate_options options = simulate_until(DICREC_SOLVER_CVODE, 200.0);
  options.trace_dt_ms = 0.5;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, DICREC__LANES, &options, &simulation), DICREC_OK);
  static kernel_run bench;
  double trace[401], worst = 0.0, worst_fast = 0.0, same[DICREC__LANES * 8];
  for (size_t i = 0; i < DICREC__LANES; ++i) {
    const double rate = g[8 * i + 7];
    answers(dicrec_simulation_copy_trace(simulation, i, trace, 401), DICREC_OK);
    ck_assert_uint_eq(dicrec_simulation_spike_count(simulation, i), 0);
    for (size_t k = 0; k <= 400; ++k)
      worst = fmax(worst, fabs(trace[k] - (-50.0 - 20.0 * exp(-rate * 0.5 * (double)k))));
    for (size_t lane = 0; lane < DICREC__LANES; ++lane) memcpy(same + 8 * lane, g + 8 * i, 8 * sizeof *g);
    kernel_run_start(&bench, stg, same, 200.0, dicrec__ensemble_kernel_plain);
    worst_fast = fmax(worst_fast, fabs(bench.block.v[i] - (-50.0 - 20.0 * exp(-rate * bench.block.t_ms[i]))));
    kernel_run_end(&bench);
  }
  report_worst("a leak alone: CVODE against the exponential, mV", worst, 2e-5);
  report_worst("a leak alone: ensemble against the exponential, mV", worst_fast, 1e-9);
  ck_assert_double_lt(worst, 2e-5);
  ck_assert_double_lt(worst_fast, 1e-9);
  dicrec_simulation_free(simulation);
}
END_TEST

Suite *integrators_suite(void) {
  Suite *suite = suite_create("integrators");
  TCase *tests = tcase_create("integrators");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, ensemble_intervals_agree_with_cvode);
  tcase_add_test(tests, the_level_of_a_spike_can_be_set);
  tcase_add_test(tests, ensemble_is_of_second_order);
  tcase_add_test(tests, time_scales_stretch_spike_times);
  tcase_add_test(tests, ensemble_does_not_depend_on_threads_or_blocks);
  tcase_add_test(tests, gates_stay_between_0_and_1);
  tcase_add_test(tests, kernels_agree);
  tcase_add_test(tests, a_leak_alone_decays_exponentially);
  suite_add_tcase(suite, tests);
  return suite;
}
