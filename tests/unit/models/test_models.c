/* SPDX-License-Identifier: MIT */
/** @file test_models.c Curves, gates, right-hand side and Jacobian; a model that the library does not know. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "models/model.h"
#include "simulator/equations.h"
#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *models_suite(void);

static const dicrec__curve curves[] = {DICREC__CONSTANT(3.5),
                                       DICREC__SIGMOID(-7.2, 27.1),
                                       DICREC__SIGMOID_FROM(272.0, 1499.0, -8.73, 42.2),
                                       DICREC__SIGMOID_PRODUCT(0.67, -10.0, 62.9, 1.5, 3.6, 34.9),
                                       DICREC__BELL(1.4, 7.0, 27.0, 10.0, 70.0, 13.0),
                                       DICREC__BELL(60.0, 150.0, 55.0, 9.0, 65.0, 16.0),
                                       DICREC__EXPONENTIAL(9.7529, 0.13442),
                                       DICREC__EXPONENTIAL(1.2523e-5, -0.0671),
                                       DICREC__LINOID(4.0, 0.1, 4.0, 0.1),
                                       DICREC__LINOID(0.55, 0.01, 5.5, 0.1),
                                       DICREC__LINOID(15.6504, 0.4043, 19.565, 0.5052),
                                       DICREC__BLOCK(1.4 / 10.0, -0.08)};
static const size_t n_curves = sizeof curves / sizeof curves[0];

/* Where the rates of DA's sodium activation vanish together, mV. */
static const double da_pole_mv = -19.565 / 0.5052;

static double curve_value(void *user, double v) { return dicrec__curve_at(user, v).value; }

/** Worst slope error over voltages, relative to |slope| + |value| / 10 mV. */
static double worst_slope(const dicrec__curve *curve, double low, double high, double grid, double step) {
  dicrec__curve copy = *curve;
  double worst = 0.0;
  for (double v = low; v <= high; v += grid) {
    const dicrec__jet jet = dicrec__curve_at(curve, v);
    const double expected = difference(curve_value, &copy, v, step);
    worst = fmax(worst, fabs(jet.slope - expected) / (fabs(expected) + fabs(jet.value) / 10.0 + 1e-15));
  }
  return worst;
}

START_TEST(curve_slopes_agree_with_differences) {
  double worst = 0.0;
  for (size_t k = 0; k < n_curves; ++k) {
    if (k != 10) {
      worst = fmax(worst, worst_slope(&curves[k], -120.0, 80.0, 0.137, 0.05));
      continue;
    }
    /* around the pole see the next test; below -60 mV the values are rounding beside the other rate */
    worst = fmax(worst, worst_slope(&curves[k], -60.0, da_pole_mv - 3.0, 0.137, 0.05));
    worst = fmax(worst, worst_slope(&curves[k], da_pole_mv + 3.0, 80.0, 0.137, 0.05));
  }
  report_worst("slopes of curves against differences", worst, 1e-10);
  ck_assert_double_lt(worst, 1e-10);
}
END_TEST

START_TEST(linoid_slopes_near_their_poles) {
  const double hh =
      fmax(worst_slope(&curves[8], -41.0, -39.0, 0.0037, 0.01), worst_slope(&curves[9], -56.0, -54.0, 0.0037, 0.01));
  const double passage = worst_slope(&curves[10], da_pole_mv - 3.1, da_pole_mv + 3.1, 0.00113, 5e-4);
  report_worst("slopes of linoids at a removable pole against differences", hh, 1e-9);
  report_worst("slope in the passage through the pole of DA against differences", passage, 1e-7);
  ck_assert_double_lt(hh, 1e-9);
  ck_assert_double_lt(passage, 1e-7);
}
END_TEST

/* Sums, products and quotients are those of their terms; a table passes through its samples as they rise and fall. */
START_TEST(composites_are_made_of_their_terms) {
  const dicrec__curve terms[] = {DICREC__SIGMOID_FROM(1.5, 1.0, 3.6, 34.9),
                                 DICREC__SIGMOID_FROM(0.1, 0.67, -10.0, 62.9)};
  const dicrec__curve sum = {.kind = DICREC__CURVE_SUM, .terms = terms, .n = 2};
  const dicrec__curve product = {.kind = DICREC__CURVE_PRODUCT, .terms = terms, .n = 2};
  const dicrec__curve quotient = {.kind = DICREC__CURVE_QUOTIENT, .terms = terms, .n = 2};
  for (double v = -100.0; v <= 50.0; v += 0.37) {
    const double a = dicrec__curve_at(&terms[0], v).value, b = dicrec__curve_at(&terms[1], v).value;
    ck_assert_double_eq_tol(dicrec__curve_at(&sum, v).value, a + b, 1e-14);
    ck_assert_double_eq_tol(dicrec__curve_at(&product, v).value, a * b, 1e-14);
    ck_assert_double_eq_tol(dicrec__curve_at(&quotient, v).value, a / b, 1e-13);
  }
  ck_assert_double_lt(worst_slope(&sum, -100.0, 50.0, 0.37, 0.05), 1e-9);
  ck_assert_double_lt(worst_slope(&product, -100.0, 50.0, 0.37, 0.05), 1e-9);
  ck_assert_double_lt(worst_slope(&quotient, -100.0, 50.0, 0.37, 0.05), 1e-9);
}
END_TEST

START_TEST(tables_rise_and_fall_as_their_samples) {
  dicrec__curve_sample samples[] = {{-90, 0, 0}, {-70, 0.1, 0}, {-60, 0.1, 0}, {-55, 0.9, 0}, {-20, 1, 0}, {0, 0.2, 0}};
  enum { SAMPLES = sizeof samples / sizeof samples[0] };
  const dicrec__curve table = {.kind = DICREC__CURVE_TABLE, .samples = samples, .n = SAMPLES};
  dicrec__curve_set_slopes(samples, SAMPLES);
  for (int i = 0; i + 1 < SAMPLES; ++i) {
    const double low = fmin(samples[i].value, samples[i + 1].value),
                 high = samples[i].value + samples[i + 1].value - low;
    double before = samples[i].value;
    for (double v = samples[i].v_mv; v < samples[i + 1].v_mv; v += 0.01) {
      const double value = dicrec__curve_at(&table, v).value;
      ck_assert(value >= low - 1e-15 && value <= high + 1e-15);
      ck_assert((value - before) * (samples[i + 1].value - samples[i].value) >= -1e-15);
      before = value;
    }
    ck_assert_double_eq_tol(before, samples[i + 1].value, 0.01);
    ck_assert_double_eq(dicrec__curve_at(&table, samples[i].v_mv).value, samples[i].value);
  }
  ck_assert_double_lt(worst_slope(&table, -89.9, -0.1, 0.0913, 0.01), 1e-3); /* its curvature jumps at samples */
  ck_assert_double_eq(dicrec__curve_at(&table, -1000.0).value, 0.0);
  ck_assert_double_eq(dicrec__curve_at(&table, 1000.0).value, 0.2);
  ck_assert_double_eq(dicrec__curve_at(&table, 1000.0).slope, 0.0);
  dicrec__curve_sample line[] = {{-10, 1, 0}, {10, 2, 0}};
  dicrec__curve_set_slopes(line, 2);
  ck_assert_double_eq(line[0].slope, 0.05);
}
END_TEST

START_TEST(curves_are_finite_everywhere) {
  for (size_t k = 0; k < n_curves; ++k)
    for (double v = -1000.0; v <= 1000.0; v += 0.25) {
      const dicrec__jet jet = dicrec__curve_at(&curves[k], v);
      ck_assert_msg(isfinite(jet.value) && isfinite(jet.slope), "curve %zu at %g mV: %g, slope %g", k, v, jet.value,
                    jet.slope);
    }
}
END_TEST

static const dicrec__gate *da_sodium(void) { return &da->table->channels[0].activation; }

/** The published time constant as it stands, pole included. */
static double published_tau(double v_mv) {
  const long double v = (long double)v_mv;
  const long double quotient = (15.6504L + 0.4043L * v) / (1.0L - expl(-19.565L - 0.5052L * v));
  return (double)(0.01L + 1.0L / (quotient + 3.0212L * expl(-0.007463L * v)));
}

START_TEST(da_tau_is_positive_through_the_pole) {
  double previous = dicrec__gate_at(da_sodium(), da_pole_mv - 0.2).tau.value;
  for (double away = -0.2; away <= 0.2; away += 1e-6) {
    const dicrec__gate_point point = dicrec__gate_at(da_sodium(), da_pole_mv + away);
    ck_assert(isfinite(point.tau.value) && isfinite(point.tau.slope));
    ck_assert(point.tau.value > 0.01 && point.tau.value < 1.0);
    ck_assert_double_lt(fabs(point.tau.value - previous), 1e-6); /* no jump */
    previous = point.tau.value;
  }
}
END_TEST

START_TEST(da_tau_is_the_published_one_beyond_the_pole) {
  double worst = 0.0;
  for (double v = -150.0; v <= 100.0; v += 0.0113) {
    if (fabs(v - da_pole_mv) < 0.2) continue;
    worst = fmax(worst, fabs(dicrec__gate_at(da_sodium(), v).tau.value / published_tau(v) - 1.0));
  }
  report_worst("time constant of DA's m_Na against the published formula", worst, 2e-13);
  ck_assert_double_lt(worst, 2e-13);
}
END_TEST

static double gate_steady(void *user, double v) { return dicrec__gate_at(user, v).steady.value; }
static double gate_tau(void *user, double v) { return dicrec__gate_at(user, v).tau.value; }

static double scheme_steady(void *user, double v) {
  const dicrec__scheme_point point = dicrec__scheme_at(user, v);
  return dicrec__scheme_steady(&point).value;
}

static double relative_error(double value, double expected, double size) {
  return fabs(value - expected) / (fabs(expected) + fabs(size) / 10.0 + 1e-12);
}

START_TEST(gate_slopes_agree_with_differences) {
  const dicrec__model_table *tables[] = {stg->table, da->table, &hodgkin_huxley_table};
  double worst = 0.0;
  for (size_t t = 0; t < 3; ++t)
    for (int c = 0; c < tables[t]->n_channels; ++c) {
      const dicrec__channel *channel = &tables[t]->channels[c];
      for (double v = -110.0; v < 60.0; v += 0.731) {
        if (t == 1 && fabs(v - da_pole_mv) < 3.0) continue;
        for (int k = 0; k < 2; ++k) {
          dicrec__gate gate = k == 0 ? channel->activation : channel->inactivation;
          const dicrec__gate_point point = dicrec__gate_at(&gate, v);
          const double steady = difference(gate_steady, &gate, v, 0.05), tau = difference(gate_tau, &gate, v, 0.05);
          worst = fmax(worst, relative_error(point.steady.slope, steady, point.steady.value));
          worst = fmax(worst, relative_error(point.tau.slope, tau, point.tau.value));
        }
        if (!channel->has_scheme) continue;
        dicrec__scheme scheme = channel->scheme;
        const dicrec__scheme_point point = dicrec__scheme_at(&scheme, v);
        const dicrec__jet steady = dicrec__scheme_steady(&point);
        worst = fmax(worst, relative_error(steady.slope, difference(scheme_steady, &scheme, v, 0.05), steady.value));
      }
    }
  report_worst("slopes of steady states and time constants against differences", worst, 1e-9);
  ck_assert_double_lt(worst, 1e-9);
}
END_TEST

static void derivative_of(const dicrec_model *model, const double *g, double injected, const double *state,
                          double *derivative) {
  static dicrec__equations equations;
  double values[DICREC__MAX_BATCH];
  ck_assert(dicrec__equations_prepare(&equations, model, &context->allocator));
  dicrec__curve_batch_start(&equations.batch, values);
  dicrec__equations_derivative(&equations, g, injected, state, values, derivative);
  dicrec__equations_release(&equations, &context->allocator);
}

/** One entry of a Jacobian as a function of one state. */
struct entry {
  const dicrec_model *model;
  const double *conductances;
  double state[DICREC__MAX_STATES];
  int row, column;
};

static double entry_value(void *user, double x) {
  struct entry *entry = user;
  double derivative[DICREC__MAX_STATES];
  entry->state[entry->column] = x;
  derivative_of(entry->model, entry->conductances, 1.5, entry->state, derivative);
  return derivative[entry->row];
}

static void random_state(const dicrec_model *model, dicrec__random *random, double *state) {
  for (int i = 0; i < model->n_states; ++i) state[i] = dicrec__random_uniform(random);
  do state[0] = -100.0 + 150.0 * dicrec__random_uniform(random);
  while (fabs(state[0] - da_pole_mv) < 3.0); /* differences need a smooth neighbourhood */
  if (model->calcium_state >= 0) state[model->calcium_state] = 20.0 * dicrec__random_uniform(random);
}

static double worst_jacobian(const dicrec_model *model, const double *g) {
  const int n = model->n_states;
  double worst = 0.0, jacobian[DICREC__MAX_STATES * DICREC__MAX_STATES];
  dicrec__random random;
  dicrec__random_start(&random, 4, DICREC__PURPOSE_POPULATION, 0, 0);
  for (int trial = 0; trial < 40; ++trial) {
    struct entry entry = {.model = model, .conductances = g};
    double state[DICREC__MAX_STATES], derivative[DICREC__MAX_STATES];
    random_state(model, &random, state);
    for (int k = 0; k < n * n; ++k) jacobian[k] = NAN; /* every entry is to be written */
    dicrec__equations_jacobian(model, g, state, jacobian);
    derivative_of(model, g, 1.5, state, derivative);
    for (int column = 0; column < n; ++column)
      for (int row = 0; row < n; ++row) {
        entry.row = row;
        entry.column = column;
        memcpy(entry.state, state, sizeof entry.state);
        const double expected = difference(entry_value, &entry, state[column], column == 0 ? 0.05 : 0.01);
        const double size = 1e-3 * fabs(derivative[row]);
        worst = fmax(worst, fabs(jacobian[column * n + row] - expected) / (fabs(expected) + size + 1e-6));
      }
  }
  return worst;
}

START_TEST(built_in_jacobians_agree_with_differences) {
  const double stg_set[] = {3000.0, 105.0, 5.0, 14.0, 160.0, 120.0, 0.4, 0.01};
  const double da_set[] = {30.0, 8.0, 0.045, 0.05, 0.15, 0.012, 0.013};
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  const double worst[] = {worst_jacobian(stg, stg_set), worst_jacobian(da, da_set),
                          worst_jacobian(hh, hodgkin_huxley_conductances)};
  static const char *const names[] = {"Jacobian of stg against differences", "Jacobian of da against differences",
                                      "Jacobian of hodgkin-huxley against differences"};
  for (int k = 0; k < 3; ++k) {
    report_worst(names[k], worst[k], 1e-8);
    ck_assert_double_lt(worst[k], 1e-8);
  }
  dicrec_model_free(hh);
}
END_TEST

START_TEST(states_are_laid_out_as_published) {
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  ck_assert_int_eq(stg->n_states, 13);
  ck_assert_int_eq(da->n_states, 8);
  ck_assert_int_eq(hh->n_states, 4);
  ck_assert_int_eq(stg->calcium_state, 12);
  ck_assert_int_eq(da->calcium_state, -1);
  double x[DICREC__MAX_STATES], rate[DICREC__MAX_STATES];
  dicrec__model_initial_state(stg, x);
  ck_assert_double_eq(x[0], -70.0);
  ck_assert_double_eq(x[12], 0.5);
  const double none[8] = {0};
  derivative_of(stg, none, 0.0, x, rate);
  for (int i = 0; i < 12; ++i) ck_assert_double_eq_tol(rate[i], 0.0, 1e-15); /* all gates at steady state */
  ck_assert_double_eq_tol(rate[12], (0.05 - 0.5) / 20.0, 1e-15);
  dicrec__model_initial_state(da, x);
  ck_assert_double_eq(x[0], -90.0);
  derivative_of(da, none, 0.0, x, rate);
  for (int i = 0; i < 6; ++i) ck_assert_double_eq_tol(rate[i], 0.0, 1e-15);
  ck_assert_double_eq_tol(x[6], 0.0036 * exp(0.0759 * -90.0), 1e-18);
  ck_assert_double_eq(x[7], 0.0);
  dicrec_model_free(hh);
}
END_TEST

START_TEST(hodgkin_huxley_rests_as_known) {
  /* m, h and n at -65 mV as textbooks give them */
  static const double known[] = {0.0529, 0.5961, 0.3177};
  const dicrec__channel *channels = hodgkin_huxley_table.channels;
  const dicrec__gate *gates[] = {&channels[HH_NA].activation, &channels[HH_NA].inactivation,
                                 &channels[HH_K].activation};
  static const double known_tau[] = {0.2368, 8.5158, 5.4586};
  for (int k = 0; k < 3; ++k) {
    const dicrec__gate_point point = dicrec__gate_at(gates[k], -65.0);
    ck_assert_double_eq_tol(point.steady.value, known[k], 5e-5);
    ck_assert_double_eq_tol(point.tau.value, known_tau[k], 5e-4);
  }
  /* opening rates at their removable poles: 1 and 0.1 per ms */
  ck_assert_double_eq_tol(dicrec__curve_at(&gates[0]->rates[0], -40.0).value, 1.0, 1e-12);
  ck_assert_double_eq_tol(dicrec__curve_at(&gates[2]->rates[0], -55.0).value, 0.1, 1e-12);
}
END_TEST

static double hh_interval(const dicrec_model *hh, int32_t solver, double current) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = solver;
  options.current = current;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, hh, hodgkin_huxley_conductances, 1, &options, &simulation), DICREC_OK);
  ck_assert_int_eq(dicrec_simulation_solver(simulation), solver);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  double times[200], mean = INFINITY;
  ck_assert_uint_lt(n, 200);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times, 200), DICREC_OK);
  if (n > 1) mean = (times[n - 1] - times[0]) / (double)(n - 1);
  dicrec_simulation_free(simulation);
  return mean;
}

START_TEST(hodgkin_huxley_fires_repetitively) {
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  const double cvode = hh_interval(hh, DICREC_SOLVER_CVODE, 10.0);
  const double ensemble = hh_interval(hh, DICREC_SOLVER_ENSEMBLE, 10.0);
  ck_assert_double_eq_tol(1000.0 / cvode, 68.3, 0.3);
  report_worst("hodgkin-huxley at 10 uA/cm2: interval of the ensemble against CVODE", fabs(ensemble / cvode - 1.0),
               1e-3);
  ck_assert_double_eq_tol(ensemble / cvode, 1.0, 1e-3);
  ck_assert(isinf(hh_interval(hh, DICREC_SOLVER_CVODE, 0.0)));
  ck_assert(isinf(hh_interval(hh, DICREC_SOLVER_ENSEMBLE, 0.0)));
  dicrec_model_free(hh);
}
END_TEST

START_TEST(models_are_found_by_name) {
  ck_assert_uint_ge(dicrec_model_builtin_count(), 2);
  ck_assert_ptr_null(dicrec_model_builtin_name(dicrec_model_builtin_count()));
  for (size_t i = 0; i < dicrec_model_builtin_count(); ++i) {
    dicrec_model *model;
    answers(dicrec_model_open(context, dicrec_model_builtin_name(i), &model), DICREC_OK);
    ck_assert_str_eq(dicrec_model_name(model), dicrec_model_builtin_name(i));
    ck_assert_ptr_nonnull(dicrec_model_description(model));
    for (size_t c = 0; c < dicrec_model_channel_count(model); ++c)
      ck_assert_int_eq(dicrec_model_channel_index(model, dicrec_model_channel_name(model, c)), (int32_t)c);
    dicrec_model_free(model);
  }
  dicrec_model *model = stg;
  answers(dicrec_model_open(context, "STG", &model), DICREC_E_NAME);
  ck_assert_ptr_null(model);
  answers(dicrec_model_open(context, "", &model), DICREC_E_NAME);
  answers(dicrec_model_open(context, NULL, &model), DICREC_E_ARGUMENT);
  answers(dicrec_model_open(context, "stg", NULL), DICREC_E_ARGUMENT);
  answers(dicrec_model_open(NULL, "stg", &model), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(models_tell_what_was_published) {
  ck_assert_uint_eq(dicrec_model_channel_count(stg), 8);
  ck_assert_uint_eq(dicrec_model_channel_count(da), 7);
  ck_assert_double_eq(dicrec_model_threshold_mv(stg), -51.0);
  ck_assert_double_eq(dicrec_model_threshold_mv(da), -55.5);
  ck_assert_double_eq(dicrec_model_reversal_mv(stg, 2), 80.0);
  double g_s[2], g_u[2], range[2], t_end, t_skip;
  answers(dicrec_model_target_range(da, 0, g_s), DICREC_OK);
  answers(dicrec_model_target_range(da, 1, g_u), DICREC_OK);
  ck_assert_uint_eq(dicrec_model_target_count(da), 2);
  ck_assert_str_eq(dicrec_model_target_name(da, 1), "g_u");
  ck_assert_str_eq(dicrec_model_channel_name(da, (size_t)dicrec_model_leak_index(da)), "leak");
  ck_assert(g_s[0] == -10.0 && g_s[1] == 15.0 && g_u[0] == 0.0 && g_u[1] == 20.0);
  answers(dicrec_model_conductance_range(stg, 3, range), DICREC_OK);
  ck_assert(range[0] == 6.0 && range[1] == 22.0);
  answers(dicrec_model_protocol(da, &t_end, &t_skip), DICREC_OK);
  ck_assert(t_end == 12000.0 && t_skip == 3000.0);
}
END_TEST

START_TEST(models_refuse_bad_arguments) {
  double g_s[2], g_u[2], range[2], t;
  ck_assert_ptr_null(dicrec_model_name(NULL));
  ck_assert_ptr_null(dicrec_model_description(NULL));
  ck_assert_uint_eq(dicrec_model_channel_count(NULL), 0);
  ck_assert_ptr_null(dicrec_model_channel_name(stg, 8));
  ck_assert_ptr_null(dicrec_model_channel_name(NULL, 0));
  ck_assert_int_eq(dicrec_model_channel_index(stg, "na"), -1);
  ck_assert_int_eq(dicrec_model_channel_index(stg, NULL), -1);
  ck_assert_int_eq(dicrec_model_channel_index(NULL, "Na"), -1);
  ck_assert(isnan(dicrec_model_reversal_mv(stg, 8)) && isnan(dicrec_model_reversal_mv(NULL, 0)));
  ck_assert(isnan(dicrec_model_threshold_mv(NULL)));
  answers(dicrec_model_target_range(NULL, 0, g_s), DICREC_E_ARGUMENT);
  answers(dicrec_model_target_range(stg, 0, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_model_target_range(stg, 2, g_u), DICREC_E_RANGE);
  ck_assert_ptr_null(dicrec_model_target_name(stg, 2));
  ck_assert_int_eq(dicrec_model_leak_index(NULL), -1);
  answers(dicrec_model_conductance_range(stg, 8, range), DICREC_E_RANGE);
  answers(dicrec_model_conductance_range(NULL, 0, range), DICREC_E_ARGUMENT);
  answers(dicrec_model_conductance_range(stg, 0, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_model_protocol(NULL, &t, &t), DICREC_E_ARGUMENT);
  answers(dicrec_model_protocol(stg, NULL, &t), DICREC_E_ARGUMENT);
  answers(dicrec_model_protocol(stg, &t, NULL), DICREC_E_ARGUMENT);
  dicrec_model_free(NULL);
}
END_TEST

Suite *models_suite(void) {
  Suite *suite = suite_create("models");
  TCase *tests = tcase_create("models");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, curve_slopes_agree_with_differences);
  tcase_add_test(tests, linoid_slopes_near_their_poles);
  tcase_add_test(tests, composites_are_made_of_their_terms);
  tcase_add_test(tests, tables_rise_and_fall_as_their_samples);
  tcase_add_test(tests, curves_are_finite_everywhere);
  tcase_add_test(tests, da_tau_is_positive_through_the_pole);
  tcase_add_test(tests, da_tau_is_the_published_one_beyond_the_pole);
  tcase_add_test(tests, gate_slopes_agree_with_differences);
  tcase_add_test(tests, built_in_jacobians_agree_with_differences);
  tcase_add_test(tests, states_are_laid_out_as_published);
  tcase_add_test(tests, hodgkin_huxley_rests_as_known);
  tcase_add_test(tests, hodgkin_huxley_fires_repetitively);
  tcase_add_test(tests, models_are_found_by_name);
  tcase_add_test(tests, models_tell_what_was_published);
  tcase_add_test(tests, models_refuse_bad_arguments);
  suite_add_tcase(suite, tests);
  return suite;
}
