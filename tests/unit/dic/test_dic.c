/* SPDX-License-Identifier: MIT */
/** @file test_dic.c DICs, sensitivities, static current, thresholds and exact derivatives. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "dic/sensitivity.h"
#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *dic_suite(void);

enum { N_SETS = 24, MAX_VALUES = N_SETS * 8 };

/** Random conductances around those that populations have. */
static void random_sets(const dicrec_model *model, double *g, size_t n) {
  static const double stg_typical[] = {4000.0, 105.0, 5.0, 30.0, 160.0, 250.0, 0.4, 0.0105};
  static const double da_typical[] = {30.0, 8.0, 0.045, 0.05, 0.2, 0.012, 0.013};
  const double *typical = model == stg ? stg_typical : da_typical;
  const size_t n_channels = dicrec_model_channel_count(model);
  dicrec__random random;
  dicrec__random_start(&random, 12, DICREC__PURPOSE_POPULATION, n_channels, 0);
  for (size_t i = 0; i < n * n_channels; ++i)
    g[i] = typical[i % n_channels] * (0.3 + 1.4 * dicrec__random_uniform(&random));
}

static double sigmoid(double v, double c, double d) { return 1.0 / (1.0 + exp((v + d) / c)); }

/** The steady currents of method.md, written out. */
static double stg_static_current(const double *g, double v) {
  const double na = g[0] * pow(sigmoid(v, -5.29, 25.5), 3) * sigmoid(v, 5.18, 48.9) * (v - 50.0);
  const double kd = g[1] * pow(sigmoid(v, -11.8, 12.3), 4) * (v + 80.0);
  const double cat = g[2] * pow(sigmoid(v, -7.2, 27.1), 3) * sigmoid(v, 5.5, 32.1) * (v - 80.0);
  const double cas = g[3] * pow(sigmoid(v, -8.1, 33.0), 3) * sigmoid(v, 6.2, 60.0) * (v - 80.0);
  const double calcium = -0.94 * (cat + cas) + 0.05;
  const double kca = g[4] * pow(calcium / (calcium + 3.0) * sigmoid(v, -12.6, 28.3), 4) * (v + 80.0);
  const double a = g[5] * pow(sigmoid(v, -8.7, 27.2), 3) * sigmoid(v, 4.9, 56.9) * (v + 80.0);
  const double h = g[6] * sigmoid(v, 6.0, 70.0) * (v + 20.0);
  return na + kd + cat + cas + kca + a + h + g[7] * (v + 50.0);
}

static double da_static_current(const double *g, double v) {
  const double a0 = 0.0036 * exp(0.0759 * v), b0 = 1.2523e-5 * exp(-0.0671 * v);
  const double ai = 0.1 * exp(0.1189 * v), bi = 0.003 * exp(-0.0733 * v);
  const double na = g[0] * pow(sigmoid(v, -9.7264, 30.0907), 3) * sigmoid(v, 10.7665, 54.0289) * (v - 60.0);
  const double kd = g[1] * pow(sigmoid(v, -12.0, 25.0), 3) * (v + 85.0);
  const double cal = g[2] * pow(sigmoid(v, -2.0, 50.0), 2) * (v - 60.0);
  const double can = g[3] * sigmoid(v, -7.0, 30.0) * (v - 60.0);
  const double erg = g[4] * a0 * bi / (a0 * (ai + bi) + b0 * bi) * (v + 85.0);
  const double nmda = g[5] / (1.0 + 1.4 * exp(-0.08 * v) / 10.0) * v;
  return na + kd + cal + can + erg + nmda + g[6] * (v + 50.0);
}

START_TEST(static_current_is_the_sum_of_steady_currents) {
  double g[MAX_VALUES], currents[N_SETS], worst = 0.0;
  for (int m = 0; m < 2; ++m) {
    const dicrec_model *model = m == 0 ? stg : da;
    const size_t n_channels = dicrec_model_channel_count(model);
    random_sets(model, g, N_SETS);
    for (double v = -100.0; v <= 40.0; v += 3.7) {
      answers(dicrec_dic_static_current(context, model, g, N_SETS, v, currents), DICREC_OK);
      for (size_t i = 0; i < N_SETS; ++i) {
        const double *row = g + i * n_channels;
        const double expected = m == 0 ? stg_static_current(row, v) : da_static_current(row, v);
        worst = fmax(worst, fabs(currents[i] - expected) / (fabs(expected) + 1e-3));
      }
    }
  }
  report_worst("static current against the equations written out", worst, 1e-10);
  ck_assert_double_lt(worst, 1e-10);
}
END_TEST

struct set_at {
  const dicrec_model *model;
  const double *g;
};

static double written_out(void *user, double v) {
  const struct set_at *set = user;
  return set->model == stg ? stg_static_current(set->g, v) : da_static_current(set->g, v);
}

/* The shares of the time scales add to 1, so g_t times the leak is the slope of the static current. */
START_TEST(the_total_is_the_slope_of_the_static_current) {
  double g[MAX_VALUES], dics[N_SETS * DICREC_DIC_COUNT], worst = 0.0;
  for (int m = 0; m < 2; ++m) {
    const dicrec_model *model = m == 0 ? stg : da;
    const size_t n_channels = dicrec_model_channel_count(model);
    random_sets(model, g, N_SETS);
    for (double v = -90.0; v <= 20.0; v += 4.3) {
      answers(dicrec_dic_compute(context, model, g, N_SETS, v, DICREC_DIC_COUNT, dics), DICREC_OK);
      for (size_t i = 0; i < N_SETS; ++i) {
        struct set_at set = {model, g + i * n_channels};
        const double *row = dics + i * DICREC_DIC_COUNT, leak = set.g[n_channels - 1];
        const double expected = difference(written_out, &set, v, 0.05) / leak;
        const double size = fabs(row[0]) + fabs(row[1]) + fabs(row[2]);
        worst = fmax(worst, fabs(row[DICREC_DIC_TOTAL] - expected) / size);
        ck_assert_double_eq_tol(row[3], row[0] + row[1] + row[2], 1e-12 * size);
      }
    }
  }
  report_worst("g_t against the slope of the static current (share of the terms)", worst, 1e-9);
  ck_assert_double_lt(worst, 1e-9);
}
END_TEST

START_TEST(built_in_sensitivities_map_conductances_to_dics) {
  double g[MAX_VALUES], dics[N_SETS * DICREC_DIC_COUNT], s[3 * MAX_VALUES], worst = 0.0;
  for (int m = 0; m < 2; ++m) {
    const dicrec_model *model = m == 0 ? stg : da;
    const size_t n_channels = dicrec_model_channel_count(model);
    random_sets(model, g, N_SETS);
    for (double v = -90.0; v <= 20.0; v += 9.1) {
      answers(dicrec_dic_compute(context, model, g, N_SETS, v, DICREC_DIC_COUNT, dics), DICREC_OK);
      answers(dicrec_dic_sensitivity(context, model, g, N_SETS, v, 3, s), DICREC_OK);
      for (size_t i = 0; i < N_SETS; ++i)
        for (size_t scale = 0; scale < 3; ++scale) {
          double sum = 0.0, size = 0.0;
          for (size_t c = 0; c < n_channels; ++c) {
            const double term = s[(i * 3 + scale) * n_channels + c] * g[i * n_channels + c];
            sum += term;
            size += fabs(term);
          }
          worst = fmax(worst, fabs(sum - dics[i * DICREC_DIC_COUNT + scale]) / (size + 1e-300));
        }
    }
  }
  report_worst("S(V) g against the DICs (share of the terms)", worst, 1e-13);
  ck_assert_double_lt(worst, 1e-13);
}
END_TEST

/** One DIC times the leak as a function of one conductance. */
struct moved {
  const dicrec__sensitivity *sensitivity;
  double g[DICREC__MAX_CHANNELS];
  int channel, dic;
};

static double moved_dic(void *user, double value) {
  struct moved *moved = user;
  double dics[DICREC__N_DIC_SCALES];
  moved->g[moved->channel] = value;
  dicrec__dics_times_leak(moved->sensitivity, moved->g, dics);
  return dics[moved->dic];
}

static double worst_derivative(const dicrec_model *model, const double *g, double v) {
  const int n = (int)dicrec_model_channel_count(model);
  int channels[DICREC__MAX_CHANNELS];
  for (int c = 0; c < n; ++c) channels[c] = c;
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(model->table, v, &sensitivity);
  double dics[DICREC__N_DIC_SCALES], derivatives[DICREC__MAX_CHANNELS][DICREC__N_DIC_SCALES], worst = 0.0;
  const double none[DICREC__MAX_CHANNELS] = {0.0};
  const dicrec__fixed_sums nothing = dicrec__fixed_sums_of(&sensitivity, none);
  dicrec__dics_derivatives(&sensitivity, &nothing, g, channels, n, dics, derivatives);
  struct moved moved = {.sensitivity = &sensitivity};
  for (moved.channel = 0; moved.channel < n; ++moved.channel)
    for (moved.dic = 0; moved.dic < DICREC__N_DIC_SCALES; ++moved.dic) {
      memcpy(moved.g, g, (size_t)n * sizeof *g);
      const double at = g[moved.channel], expected = difference(moved_dic, &moved, at, 0.02 * at);
      const double rounding = fabs(dics[moved.dic] / at);
      worst = fmax(worst, fabs(derivatives[moved.channel][moved.dic] - expected) / (fabs(expected) + rounding));
    }
  return worst;
}

START_TEST(derivatives_agree_with_differences) {
  double g[MAX_VALUES], worst = 0.0;
  for (int m = 0; m < 2; ++m) {
    const dicrec_model *model = m == 0 ? stg : da;
    random_sets(model, g, N_SETS);
    for (double v = -80.0; v <= 0.0; v += 7.3)
      for (size_t i = 0; i < N_SETS; ++i)
        worst = fmax(worst, worst_derivative(model, g + i * dicrec_model_channel_count(model), v));
  }
  report_worst("exact derivatives of the DICs by conductances against differences", worst, 1e-9);
  ck_assert_double_lt(worst, 1e-9);
}
END_TEST

static double total_at(const dicrec_model *model, const double *g, double v) {
  double row[DICREC_DIC_COUNT];
  answers(dicrec_dic_compute(context, model, g, 1, v, DICREC_DIC_COUNT, row), DICREC_OK);
  return row[DICREC_DIC_TOTAL];
}

/** First fall of g_t through zero on the grid of the header, -75 to 0 mV: the step's upper end; NaN without one. */
static double plain_threshold(const dicrec_model *model, const double *g) {
  for (int k = 1; k <= 750; ++k)
    if (total_at(model, g, -75.0 + 0.1 * (k - 1)) > 0.0 && total_at(model, g, -75.0 + 0.1 * k) <= 0.0)
      return -75.0 + 0.1 * k;
  return NAN;
}

START_TEST(threshold_is_the_first_fall_through_zero) {
  double g[MAX_VALUES], thresholds[N_SETS];
  size_t n_found = 0;
  for (int m = 0; m < 2; ++m) {
    const dicrec_model *model = m == 0 ? stg : da;
    random_sets(model, g, N_SETS);
    const dicrec_status status = dicrec_dic_threshold(context, model, g, N_SETS, NULL, thresholds);
    bool all = true;
    for (size_t i = 0; i < N_SETS; ++i) {
      const double *row = g + i * dicrec_model_channel_count(model), expected = plain_threshold(model, row);
      ck_assert(isnan(expected) == isnan(thresholds[i]));
      all &= !isnan(expected);
      if (isnan(expected)) continue;
      ++n_found;
      ck_assert(thresholds[i] >= expected - 0.1001 && thresholds[i] <= expected + 1e-4);
      ck_assert(total_at(model, row, thresholds[i] - 2e-10) > 0.0);
      ck_assert(total_at(model, row, thresholds[i] + 2e-10) < 0.0);
    }
    ck_assert_int_eq(status, all ? DICREC_OK : DICREC_W_THRESHOLD);
  }
  ck_assert_uint_gt(n_found, N_SETS);
}
END_TEST

START_TEST(sets_without_a_threshold_are_nan) {
  double g[MAX_VALUES], thresholds[3];
  random_sets(stg, g, 3);
  answers(dicrec_dic_threshold(context, stg, g, 3, NULL, thresholds), DICREC_OK);
  const double first = thresholds[0], last = thresholds[2];
  for (int c = 0; c < 7; ++c) g[8 + c] = 0.0; /* a leak alone: g_t is 1 at every voltage */
  ck_assert_double_eq_tol(total_at(stg, g + 8, -51.0), 1.0, 1e-15);
  answers(dicrec_dic_threshold(context, stg, g, 3, NULL, thresholds), DICREC_W_THRESHOLD);
  ck_assert_ptr_nonnull(strstr(error_text(), "set 1"));
  ck_assert(isnan(thresholds[1]));
  ck_assert(thresholds[0] == first && thresholds[2] == last);
  const double above[2] = {first + 0.05, first + 1.0};
  answers(dicrec_dic_threshold(context, stg, g, 1, above, thresholds), DICREC_W_THRESHOLD);
  const double around[2] = {first - 0.5, first + 0.5};
  answers(dicrec_dic_threshold(context, stg, g, 1, around, thresholds), DICREC_OK);
  ck_assert_double_eq_tol(thresholds[0], first, 1e-9);
}
END_TEST

START_TEST(a_table_of_ones_own_has_dics) {
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  double row[DICREC_DIC_COUNT], threshold;
  answers(dicrec_dic_compute(context, hh, hodgkin_huxley_conductances, 1, -55.0, DICREC_DIC_COUNT, row), DICREC_OK);
  ck_assert(row[DICREC_DIC_FAST] < 0.0 && row[DICREC_DIC_SLOW] > 0.0);
  ck_assert_double_lt(worst_derivative(hh, hodgkin_huxley_conductances, -60.0), 1e-9);
  /* potassium outweighs sodium at every voltage: g_t never falls through zero */
  answers(dicrec_dic_threshold(context, hh, hodgkin_huxley_conductances, 1, NULL, &threshold), DICREC_W_THRESHOLD);
  ck_assert(isnan(threshold));
  dicrec_model_free(hh);
}
END_TEST

static dicrec_status compute(dicrec_context *of, const dicrec_model *model, const double *g, size_t n, double v,
                             double *out) {
  return dicrec_dic_compute(of, model, g, n, v, DICREC_DIC_COUNT, out);
}

static dicrec_status sense(dicrec_context *of, const dicrec_model *model, const double *g, size_t n, double v,
                           double *out) {
  return dicrec_dic_sensitivity(of, model, g, n, v, 3, out);
}

typedef dicrec_status (*dic_call)(dicrec_context *, const dicrec_model *, const double *, size_t, double, double *);

START_TEST(bad_sets_are_refused_and_named) {
  static const dic_call calls[] = {compute, sense, dicrec_dic_static_current};
  static const struct {
    size_t channel;
    double value;
  } bad[] = {{3, (double)NAN}, {0, (double)INFINITY}, {5, (double)-INFINITY}, {7, 0.0}, {7, -0.01}, {7, (double)NAN}};
  static const double bad_v[] = {(double)NAN, 200.1, -200.1, (double)INFINITY};
  double g[16], out[64], thresholds[2];
  for (size_t k = 0; k < 3; ++k) {
    random_sets(stg, g, 2);
    answers(calls[k](NULL, stg, g, 2, -50.0, out), DICREC_E_ARGUMENT);
    answers(calls[k](context, NULL, g, 2, -50.0, out), DICREC_E_ARGUMENT);
    answers(calls[k](context, stg, NULL, 2, -50.0, out), DICREC_E_ARGUMENT);
    answers(calls[k](context, stg, g, 2, -50.0, NULL), DICREC_E_ARGUMENT);
    answers(calls[k](context, stg, NULL, 0, -50.0, NULL), DICREC_OK);
    for (size_t i = 0; i < 4; ++i) answers(calls[k](context, stg, g, 2, bad_v[i], out), DICREC_E_RANGE);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i) {
      random_sets(stg, g, 2);
      g[8 + bad[i].channel] = bad[i].value;
      answers(calls[k](context, stg, g, 2, -50.0, out), DICREC_E_RANGE);
      ck_assert_ptr_nonnull(strstr(error_text(), dicrec_model_channel_name(stg, bad[i].channel)));
      ck_assert_ptr_nonnull(strstr(error_text(), "set 1"));
      answers(dicrec_dic_threshold(context, stg, g, 2, NULL, thresholds), DICREC_E_RANGE);
    }
  }
}
END_TEST

START_TEST(bad_voltage_ranges_are_refused) {
  static const double ranges[][2] = {{0.0, -10.0},         {-50.0, -50.0}, {(double)NAN, 0.0},
                                     {-50.0, (double)NAN}, {-201.0, 0.0},  {-50.0, 201.0}};
  double g[8], threshold;
  random_sets(stg, g, 1);
  for (size_t i = 0; i < 6; ++i)
    answers(dicrec_dic_threshold(context, stg, g, 1, ranges[i], &threshold), DICREC_E_RANGE);
  answers(dicrec_dic_threshold(NULL, stg, g, 1, NULL, &threshold), DICREC_E_ARGUMENT);
  answers(dicrec_dic_threshold(context, NULL, g, 1, NULL, &threshold), DICREC_E_ARGUMENT);
  answers(dicrec_dic_threshold(context, stg, NULL, 1, NULL, &threshold), DICREC_E_ARGUMENT);
  answers(dicrec_dic_threshold(context, stg, g, 1, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_dic_threshold(context, stg, NULL, 0, NULL, NULL), DICREC_OK);
}
END_TEST

/* Fewer columns are the first ones, and no more than there are can be asked for. */
START_TEST(callers_may_know_fewer_columns) {
  double g[16], whole[8], part[4], rows[48], row[16];
  random_sets(stg, g, 2);
  answers(dicrec_dic_compute(context, stg, g, 2, -50.0, dicrec_dic_count(), whole), DICREC_OK);
  answers(dicrec_dic_compute(context, stg, g, 2, -50.0, 2, part), DICREC_OK);
  answers(dicrec_dic_sensitivity(context, stg, g, 2, -50.0, 3, rows), DICREC_OK);
  answers(dicrec_dic_sensitivity(context, stg, g, 2, -50.0, 1, row), DICREC_OK);
  for (int i = 0; i < 4; ++i) ck_assert(part[i] == whole[i / 2 * 4 + i % 2]);
  ck_assert(same_bytes(row, rows, 8) && same_bytes(row + 8, rows + 24, 8));
  for (size_t n = 0; n <= 5; n += 5) {
    answers(dicrec_dic_compute(context, stg, g, 2, -50.0, n, whole), DICREC_E_RANGE);
    answers(dicrec_dic_sensitivity(context, stg, g, 2, -50.0, n, rows), DICREC_E_RANGE);
  }
  ck_assert_str_eq(dicrec_dic_name(DICREC_DIC_TOTAL), "g_t");
  ck_assert_ptr_null(dicrec_dic_name(dicrec_dic_count()));
}
END_TEST

Suite *dic_suite(void) {
  Suite *suite = suite_create("dic");
  TCase *tests = tcase_create("dic");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, static_current_is_the_sum_of_steady_currents);
  tcase_add_test(tests, the_total_is_the_slope_of_the_static_current);
  tcase_add_test(tests, built_in_sensitivities_map_conductances_to_dics);
  tcase_add_test(tests, derivatives_agree_with_differences);
  tcase_add_test(tests, threshold_is_the_first_fall_through_zero);
  tcase_add_test(tests, sets_without_a_threshold_are_nan);
  tcase_add_test(tests, a_table_of_ones_own_has_dics);
  tcase_add_test(tests, bad_sets_are_refused_and_named);
  tcase_add_test(tests, callers_may_know_fewer_columns);
  tcase_add_test(tests, bad_voltage_ranges_are_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
