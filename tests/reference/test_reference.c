/* SPDX-License-Identifier: MIT */
/**
 * @file test_reference.c
 * Numbers of the published method: DICs, sensitivities, compensation and spike times, each within its tolerance.
 * The folder of the tables is in the environment variable DICREC_REFERENCE_DATA.
 */
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_reader.h"
#include "dicrec.h"
#include "population/compensation.h"

enum { MAX_CHANNELS = 8, MAX_SPIKES = 2000 };

static dicrec_context *context;

static void setup(void) { ck_assert_int_eq(dicrec_context_create(NULL, &context), DICREC_OK); }

static void teardown(void) { dicrec_context_free(context); }

static csv_table read_table(const char *model, const char *kind) {
  const char *folder = getenv("DICREC_REFERENCE_DATA");
  char name[64];
  snprintf(name, sizeof name, "%s_%s.csv", model, kind);
  ck_assert_msg(folder != NULL, "DICREC_REFERENCE_DATA is not set");
  return csv_read(folder, name);
}

static dicrec_model *open_model(const char *name) {
  dicrec_model *model = NULL;
  ck_assert_int_eq(dicrec_model_open(context, name, &model), DICREC_OK);
  return model;
}

/** Print the worst error of a quantity and require its tolerance. */
static void within(const char *model, const char *what, double worst, double allowed) {
  printf("%-4s %-58s worst %.2e, allowed %.2e\n", model, what, worst, allowed);
  fflush(stdout);
  ck_assert_double_le(worst, allowed);
}

/** Conductances of a row: columns prefix + channel name; channels without a column are 0. */
static void read_conductances(const csv_table *table, const dicrec_model *model, size_t row, const char *prefix,
                              const int *skipped, double *g) {
  for (size_t c = 0; c < dicrec_model_channel_count(model); ++c) {
    bool is_skipped = false;
    for (int k = 0; skipped != NULL && k < 3; ++k) is_skipped |= skipped[k] == (int)c;
    g[c] = is_skipped ? 0.0 : csv_number(table, row, csv_column(table, prefix, dicrec_model_channel_name(model, c)));
  }
}

static double relative(double value, double expected) {
  return expected == 0.0 ? fabs(value) : fabs(value / expected - 1.0);
}

static void check_dics(const char *name) {
  static const char *const columns[DICREC_DIC_COUNT] = {"g_f", "g_s", "g_u", "g_t"};
  dicrec_model *model = open_model(name);
  csv_table table = read_table(name, "dics");
  ck_assert_uint_eq(table.n_rows, 520);
  double worst = 0.0;
  for (size_t row = 0; row < table.n_rows; ++row) {
    double g[MAX_CHANNELS], dics[DICREC_DIC_COUNT];
    read_conductances(&table, model, row, "g_", NULL, g);
    const double v = csv_number(&table, row, csv_column(&table, "V_", "mV"));
    ck_assert_int_eq(dicrec_dic_compute(context, model, g, 1, v, DICREC_DIC_COUNT, dics), DICREC_OK);
    for (size_t k = 0; k < DICREC_DIC_COUNT; ++k)
      worst = fmax(worst, relative(dics[k], csv_number(&table, row, csv_column(&table, columns[k], ""))));
  }
  within(name, "DICs, relative", worst, 1e-9);
  csv_free(&table);
  dicrec_model_free(model);
}

START_TEST(dics_of_stg) { check_dics("stg"); }
END_TEST

START_TEST(dics_of_da) { check_dics("da"); }
END_TEST

static void check_sensitivities(const char *name) {
  dicrec_model *model = open_model(name);
  const size_t n_channels = dicrec_model_channel_count(model);
  csv_table table = read_table(name, "sensitivity");
  ck_assert_uint_eq(table.n_rows, 30);
  double worst = 0.0;
  for (size_t row = 0; row < table.n_rows; ++row) {
    double g[MAX_CHANNELS], s[3 * MAX_CHANNELS];
    read_conductances(&table, model, row, "g_", NULL, g);
    const double v = csv_number(&table, row, csv_column(&table, "V_", "mV"));
    ck_assert_double_eq(v, dicrec_model_threshold_mv(model));
    ck_assert_int_eq(dicrec_dic_sensitivity(context, model, g, 1, v, 3, s), DICREC_OK);
    const char scale = csv_text(&table, row, csv_column(&table, "time", "scale"))[0];
    const size_t k = scale == 'f' ? 0 : scale == 's' ? 1 : 2;
    for (size_t c = 0; c < n_channels; ++c) {
      const double expected = csv_number(&table, row, csv_column(&table, "S_", dicrec_model_channel_name(model, c)));
      worst = fmax(worst, relative(s[k * n_channels + c], expected));
    }
  }
  within(name, "sensitivities, relative", worst, 1e-9);
  csv_free(&table);
  dicrec_model_free(model);
}

START_TEST(sensitivities_of_stg) { check_sensitivities("stg"); }
END_TEST

START_TEST(sensitivities_of_da) { check_sensitivities("da"); }
END_TEST

static double worst_conductance(const csv_table *table, const dicrec_model *model, size_t row, const char *prefix,
                                const double *g) {
  double expected[MAX_CHANNELS], worst = 0.0;
  read_conductances(table, model, row, prefix, NULL, expected);
  for (size_t c = 0; c < dicrec_model_channel_count(model); ++c) worst = fmax(worst, relative(g[c], expected[c]));
  return worst;
}

/** The pair of channels of a cell like "CaS+H". */
static void read_pair(const char *cell, const dicrec_model *model, int channels[2]) {
  char first[32];
  const size_t length = strcspn(cell, "+");
  ck_assert(length < sizeof first && cell[length] == '+');
  memcpy(first, cell, length);
  first[length] = '\0';
  channels[0] = dicrec_model_channel_index(model, first);
  channels[1] = dicrec_model_channel_index(model, cell + length + 1);
}

static void check_compensation(const char *name) {
  dicrec_model *model = open_model(name);
  const dicrec__compensation_rules *rules = &model->table->compensation;
  csv_table table = read_table(name, "compensation");
  ck_assert_uint_eq(table.n_rows, 60);
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(model->table, model->table->threshold_mv, &sensitivity);
  const dicrec__compensation to_spiking = dicrec__compensation_to_spiking(&sensitivity, rules->spiking_channels);
  double worst_spiking = 0.0, worst_final = 0.0;
  for (size_t row = 0; row < table.n_rows; ++row) {
    double g[MAX_CHANNELS];
    read_conductances(&table, model, row, "base_", rules->spiking_channels, g);
    ck_assert_int_eq(dicrec__compensate(&sensitivity, &to_spiking, rules->spiking_point, g), DICREC_OK);
    worst_spiking = fmax(worst_spiking, worst_conductance(&table, model, row, "spiking_g_", g));

    const double target[2] = {csv_number(&table, row, csv_column(&table, "g_s", "")),
                              csv_number(&table, row, csv_column(&table, "g_u", ""))};
    const dicrec__rule *rule = &rules->rules[dicrec__compensation_rule(rules->rules, rules->n_rules, target)];
    int pair[2];
    read_pair(csv_text(&table, row, csv_column(&table, "compensated", "")), model, pair);
    ck_assert(pair[0] == rule->channels[0] && pair[1] == rule->channels[1]);
    if (rule->start[0] != 0.0) g[pair[0]] = rule->start[0] + rule->start[1] * target[0];
    const dicrec__compensation to_target = dicrec__compensation_to_target(&sensitivity, pair);
    ck_assert_int_eq(dicrec__compensate(&sensitivity, &to_target, target, g), DICREC_OK);
    worst_final = fmax(worst_final, worst_conductance(&table, model, row, "g_", g));
  }
  within(name, "spiking neurons of step 2, relative", worst_spiking, 1e-8);
  within(name, "compensated neurons of step 3, relative", worst_final, 1e-8);
  csv_free(&table);
  dicrec_model_free(model);
}

START_TEST(compensation_of_stg) { check_compensation("stg"); }
END_TEST

START_TEST(compensation_of_da) { check_compensation("da"); }
END_TEST

/** Spikes of CVODE from the initial state; tolerance 0: the default. */
static size_t fire(const dicrec_model *model, const double *g, double t_end, double tolerance, double *times) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = DICREC_SOLVER_CVODE;
  options.t_end_ms = t_end;
  options.relative_tolerance = tolerance;
  options.absolute_tolerance = 0.01 * tolerance;
  dicrec_simulation *simulation = NULL;
  ck_assert_int_eq(dicrec_simulate(context, model, g, 1, &options, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  ck_assert_int_eq(dicrec_simulation_copy_spikes(simulation, 0, times, MAX_SPIKES), DICREC_OK);
  dicrec_simulation_free(simulation);
  return n;
}

struct spike_errors {
  double worst, worst_late; /**< of all spikes, and of those past the saddle */
};

/*
 * Worst errors over every spike of every neuron. `saddle_set` and `n_before` name the one neuron whose trajectory
 * passes so near a saddle, after n_before spikes, that any error grows about 10^10 times: its later spikes are judged
 * apart.
 */
static struct spike_errors find_spike_errors(const char *name, double t_end, double tolerance, size_t n_sets,
                                             size_t saddle_set, size_t n_before) {
  dicrec_model *model = open_model(name);
  csv_table table = read_table(name, "spike_times");
  ck_assert_uint_eq(table.n_rows, n_sets);
  struct spike_errors errors = {0.0, 0.0};
  for (size_t row = 0; row < table.n_rows; ++row) {
    double g[MAX_CHANNELS], times[MAX_SPIKES], expected[MAX_SPIKES];
    read_conductances(&table, model, row, "g_", NULL, g);
    const size_t n = csv_numbers(&table, row, csv_column(&table, "spiking_times_ms", ""), expected, MAX_SPIKES);
    ck_assert_uint_eq(fire(model, g, t_end, tolerance, times), n);
    for (size_t i = 0; i < n; ++i) {
      const double error = fabs(times[i] - expected[i]);
      double *worst = row == saddle_set && i >= n_before ? &errors.worst_late : &errors.worst;
      *worst = fmax(*worst, error);
    }
  }
  csv_free(&table);
  dicrec_model_free(model);
  return errors;
}

static void check_spike_times(const char *name, double t_end, size_t n_sets, size_t saddle_set, size_t n_before) {
  const struct spike_errors usual = find_spike_errors(name, t_end, 0.0, n_sets, saddle_set, n_before);
  const struct spike_errors tight = find_spike_errors(name, t_end, 1e-10, n_sets, saddle_set, n_before);
  within(name, "spike times of CVODE at the default tolerance, ms", usual.worst, 0.01);
  within(name, "spike times of CVODE at a tolerance of 1e-10, ms", tight.worst, 0.001);
  if (saddle_set < n_sets) within(name, "the neuron at a saddle, past it, at the default, ms", usual.worst_late, 2.5);
}

/* Set 0 passes the saddle between its fourth and its fifth spike; at the default tolerance it is off by up to 2 ms. */
START_TEST(spike_times_of_stg) { check_spike_times("stg", 1500.0, 10, 0, 4); }
END_TEST

START_TEST(spike_times_of_da) { check_spike_times("da", 4000.0, 8, SIZE_MAX, 0); }
END_TEST

int main(void) {
  Suite *suite = suite_create("reference");
  TCase *tests = tcase_create("reference");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, dics_of_stg);
  tcase_add_test(tests, dics_of_da);
  tcase_add_test(tests, sensitivities_of_stg);
  tcase_add_test(tests, sensitivities_of_da);
  tcase_add_test(tests, compensation_of_stg);
  tcase_add_test(tests, compensation_of_da);
  tcase_add_test(tests, spike_times_of_stg);
  tcase_add_test(tests, spike_times_of_da);
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  const int n_failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
