/* SPDX-License-Identifier: MIT */
/** @file test_model_files.c Models of users' own: what a file may say, and how it is refused. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicrec/limits.h"
#include "models/model.h"
#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *model_files_suite(void);

/** Hodgkin and Huxley's neuron as a file, with a place for each gate's kinetics and for what the tests break. */
static const char beginning[] = "{\"dicrec_model\": 1, \"name\": \"hh\", \"description\": \"squid axon\",\n"
                                " \"capacitance\": 1, \"initial_mv\": -65, \"threshold_mv\": -55,\n"
                                " \"dic_time_scales\": {\"fast\": \"Na\", \"slow\": \"K\", \"ultraslow\": 100},\n"
                                " \"protocol\": {\"t_end_ms\": 1000, \"t_skip_ms\": 0}, \"leak\": \"leak\",\n";
static const char usual_na[] =
    "{\"reversal_mv\": 50,\n"
    "  \"activation\": {\"power\": 3, \"opening\": {\"linoid\": {\"scale\": 0.1, \"half_mv\": -40, \"slope_mv\": "
    "10}},\n"
    "    \"closing\": {\"exponential\": {\"scale\": 4, \"half_mv\": -65, \"slope_mv\": -18}}},\n"
    "  \"inactivation\": {\"opening\": {\"exponential\": {\"scale\": 0.07, \"half_mv\": -65, \"slope_mv\": -20}},\n"
    "    \"closing\": {\"boltzmann\": {\"half_mv\": -35, \"slope_mv\": -10}}}}";
static const char k[] = "{\"reversal_mv\": -77,\n"
                        "  \"activation\": {\"power\": 4, \"opening\": {\"linoid\": {\"scale\": 0.01, \"half_mv\": "
                        "-55, \"slope_mv\": 10}},\n"
                        "    \"closing\": {\"exponential\": {\"scale\": 0.125, \"half_mv\": -65, \"slope_mv\": -80}}}}";

static char text[65536];

/** The file with this sodium channel, this end of the channels, and this end of the file; its length. */
static size_t file_of(const char *na, const char *more_channels, const char *end) {
  return (size_t)snprintf(text, sizeof text,
                          "%s \"channels\": {\"Na\": %s,\n \"K\": %s,\n%s \"leak\": {\"reversal_mv\": -54.4}}%s}",
                          beginning, na, k, more_channels, end);
}

static dicrec_model *load(size_t size) {
  dicrec_model *model = NULL;
  answers(dicrec_model_create_from_text(context, text, size, &model), DICREC_OK);
  return model;
}

static void refused(size_t size, dicrec_status status, const char *word) {
  dicrec_model *model = stg;
  answers(dicrec_model_create_from_text(context, text, size, &model), status);
  ck_assert_ptr_null(model);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' lacks '%s'", error_text(), word);
}

/** A file with this time constant of an additional channel "X". */
static size_t file_with_tau(const char *tau) {
  static char more[32768];
  snprintf(more, sizeof more,
           "\"X\": {\"reversal_mv\": -80, \"activation\": {\"steady\": {\"boltzmann\": {\"half_mv\": -40, "
           "\"slope_mv\": -5}}, \"tau_ms\": %s}},",
           tau);
  return file_of(usual_na, more, "");
}

static double tau_at(const dicrec_model *model, double v) {
  return dicrec__gate_at(&model->table->channels[2].activation, v).tau.value;
}

/* The squid axon of a file is the one of a table in C. */
START_TEST(a_file_is_a_table) {
  dicrec_model *model = load(file_of(usual_na, "", ""));
  const dicrec__model_table *table = model->table;
  ck_assert_int_eq(table->n_channels, 3);
  for (int c = 0; c < 3; ++c)
    for (double v = -100.0; v <= 50.0; v += 0.7)
      for (int gate = 0; gate < 2; ++gate) {
        const dicrec__channel *a = &table->channels[c], *b = &hodgkin_huxley_table.channels[c];
        const dicrec__gate_point p = dicrec__gate_at(gate == 0 ? &a->activation : &a->inactivation, v);
        const dicrec__gate_point q = dicrec__gate_at(gate == 0 ? &b->activation : &b->inactivation, v);
        ck_assert_double_eq_tol(p.steady.value, q.steady.value, 1e-12);
        ck_assert_double_eq_tol(p.tau.value, q.tau.value, 1e-11);
      }
  char copied[sizeof text];
  ck_assert_uint_eq(dicrec_model_copy_text(model, copied, sizeof copied), strlen(text));
  ck_assert_str_eq(copied, text);
  ck_assert_str_eq(dicrec_model_description(model), "squid axon");
  dicrec_model_free(model);
}
END_TEST

START_TEST(builtin_models_are_files) {
  for (size_t i = 0; i < dicrec_model_builtin_count(); ++i) {
    dicrec_model *model = NULL, *same = NULL;
    dicrec_estimator *estimator = NULL;
    answers(dicrec_model_open(context, dicrec_model_builtin_name(i), &model), DICREC_OK);
    const size_t size = dicrec_model_copy_text(model, text, sizeof text);
    ck_assert_uint_lt(size, sizeof text);
    same = load(size);
    answers(dicrec_estimator_create(context, same, NULL, &estimator), DICREC_OK); /* it is the one it was trained for */
    dicrec_estimator_free(estimator);
    dicrec_model_free(same);
    text[size] = '\n';
    same = load(size + 1);
    answers(dicrec_estimator_create(context, same, NULL, &estimator), DICREC_E_NAME); /* who knows */
    dicrec_model_free(same);
    dicrec_model_free(model);
  }
}
END_TEST

START_TEST(curves_may_be_made_of_curves) {
  static const struct {
    const char *tau;
    double at_minus_40;
  } cases[] = {
      {"7.5", 7.5},
      {"{\"sum\": [1, 2, {\"boltzmann\": {\"half_mv\": -40, \"slope_mv\": 3}}]}", 3.5},
      {"{\"product\": [4, {\"boltzmann\": {\"offset\": 1, \"scale\": 2, \"half_mv\": -40, \"slope_mv\": 3}}]}", 8.0},
      {"{\"quotient\": [1, {\"sum\": [0.25, {\"boltzmann\": {\"half_mv\": -40, \"slope_mv\": 3}}]}]}", 1.0 / 0.75},
      {"{\"bell\": {\"offset\": 1, \"scale\": 10, \"first\": {\"half_mv\": -40, \"slope_mv\": 9}, \"second\": "
       "{\"half_mv\": -40, \"slope_mv\": -7}}}",
       6.0},
      {"{\"rates\": {\"least_ms\": 0.5, \"opening\": 0.25, \"closing\": 0.25}}", 2.5},
      {"{\"exponential\": {\"scale\": 2, \"per_mv\": 0.01}}", 1.3406400920712787},
      {"{\"table\": {\"v_mv\": [-100, -50, -30, 0], \"values\": [1, 2, 3, 3]}}", 2.5625}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    dicrec_model *model = load(file_with_tau(cases[i].tau));
    ck_assert_msg(fabs(tau_at(model, -40.0) - cases[i].at_minus_40) < 0.07 * (i == 7) + 1e-12, "%s: %.17g",
                  cases[i].tau, tau_at(model, -40.0));
    dicrec_model_free(model);
  }
}
END_TEST

/* Two Boltzmann curves multiplied have the vector form of their product. */
START_TEST(products_are_recognised) {
  dicrec_model *model =
      load(file_with_tau("{\"product\": [{\"boltzmann\": {\"scale\": 3, \"half_mv\": -60, \"slope_mv\": "
                         "-10}}, {\"boltzmann\": {\"offset\": 1.5, \"half_mv\": -35, \"slope_mv\": 4}}]}"));
  ck_assert_int_eq(model->table->channels[2].activation.tau.kind, DICREC__CURVE_SIGMOID_PRODUCT);
  dicrec_model_free(model);
}
END_TEST

/** File of channel X with this time constant, and a factor of temperature or none; 3^1.5 times faster with it. */
static dicrec_model *load_warm(const char *tau, bool is_warm) {
  static char gate[4096];
  snprintf(gate, sizeof gate, "%s%s", tau, is_warm ? ", \"q10\": {\"factor\": 3, \"at_c\": 10}" : "");
  const size_t size = file_with_tau(gate);
  strcpy(text + size - 1, ", \"temperature_c\": 25}");
  return load(strlen(text));
}

static const double warm_speed = 5.196152422706632;

static const char *const warm_curves[] = {
    "7.5",
    "{\"boltzmann\": {\"offset\": 1, \"scale\": 3, \"half_mv\": -40, \"slope_mv\": 5}}",
    "{\"exponential\": {\"scale\": 2, \"per_mv\": 0.01}}",
    "{\"bell\": {\"offset\": 1, \"scale\": 10, \"first\": {\"half_mv\": -40, \"slope_mv\": 9}, \"second\": "
    "{\"half_mv\": -40, \"slope_mv\": -7}}}",
    "{\"product\": [{\"boltzmann\": {\"scale\": 3, \"half_mv\": -60, \"slope_mv\": -10}}, {\"boltzmann\": "
    "{\"offset\": 1.5, \"half_mv\": -35, \"slope_mv\": 4}}]}",
    "{\"sum\": [1, {\"linoid\": {\"scale\": 0.1, \"half_mv\": -40, \"slope_mv\": 10}}]}", /* from here on multiplied */
    "{\"quotient\": [1, {\"sum\": [0.25, {\"boltzmann\": {\"half_mv\": -40, \"slope_mv\": 3}}]}]}",
    "{\"block\": {\"scale\": 0.3, \"per_mv\": -0.02}}",
    "{\"table\": {\"v_mv\": [-100, -50, -30, 0], \"values\": [1, 2, 3, 3]}}",
    "{\"rates\": {\"least_ms\": 0.5, \"opening\": {\"linoid\": {\"scale\": 0.1, \"half_mv\": -40, \"slope_mv\": 10}}, "
    "\"closing\": 0.25}}"};

/* Closed forms stay what they are. */
START_TEST(temperature_divides_time_constants) {
  dicrec_model *cold = load_warm(warm_curves[_i], false), *warm = load_warm(warm_curves[_i], true);
  for (double v = -120.0; v <= 60.0; v += 0.9)
    ck_assert_double_eq_tol(tau_at(warm, v) * warm_speed / tau_at(cold, v), 1.0, 1e-14);
  const dicrec__gate *a = &cold->table->channels[2].activation, *b = &warm->table->channels[2].activation;
  ck_assert((a->tau.kind == b->tau.kind) == (_i < 5 || _i == 9));
  ck_assert(a->rates[0].kind == b->rates[0].kind);
  dicrec_model_free(cold);
  dicrec_model_free(warm);
}
END_TEST

START_TEST(temperature_multiplies_rates) {
  static const char more[] =
      "\"X\": {\"reversal_mv\": -80, \"scheme\": {\"opening\": 0.02, \"closing\": {\"block\": {\"scale\": 1, "
      "\"per_mv\": 0.1}}, \"inactivating\": 0.5, \"recovering\": 0.25, \"q10\": {\"factor\": 3, \"at_c\": 40}}},"
      "\"Y\": {\"reversal_mv\": -80, \"activation\": {\"q10\": {\"factor\": 3, \"at_c\": 10}, \"opening\": 0.5, "
      "\"closing\": {\"exponential\": {\"scale\": 1, \"slope_mv\": 20}}}},";
  dicrec_model *model =
      load(file_of(usual_na, more,
                   ", \"temperature_c\": 25, \"calcium\": {\"tau_ms\": 20, \"gain\": -1, \"rest_um\": "
                   "0.05, \"initial_um\": 0.5, \"q10\": {\"factor\": 3, \"at_c\": 10}}"));
  const dicrec__channel *x = &model->table->channels[2], *y = &model->table->channels[3];
  const dicrec__scheme_point rates = dicrec__scheme_at(&x->scheme, 0.0);
  ck_assert_double_eq_tol(rates.opening.value * warm_speed, 0.02, 1e-16);
  ck_assert_double_eq_tol(rates.closing.value * warm_speed, 0.5, 1e-15);
  ck_assert_double_eq_tol(rates.inactivating.value * warm_speed, 0.5, 1e-15);
  ck_assert_double_eq_tol(rates.recovering.value * warm_speed, 0.25, 1e-15);
  const dicrec__gate_point gate = dicrec__gate_at(&y->activation, 0.0);
  ck_assert_double_eq_tol(gate.tau.value * warm_speed, 1.0 / 1.5, 1e-15);
  ck_assert_double_eq_tol(gate.steady.value, 1.0 / 3.0, 1e-15);
  ck_assert_double_eq_tol(model->table->calcium.tau_ms * warm_speed, 20.0, 1e-14);
  dicrec_model_free(model);
}
END_TEST

START_TEST(bad_temperatures_are_refused) {
  static const char gate[] = "{\"reversal_mv\": 50, \"activation\": {\"steady\": 1, \"instant\": true, \"q10\": "
                             "{\"factor\": 3, \"at_c\": 6.3}}}";
  refused(file_of(gate, "", ""), DICREC_E_ARGUMENT, "activation.q10: the model has no 'temperature_c'");
  refused(file_of(gate, "", ", \"temperature_c\": 20"), DICREC_E_ARGUMENT, "follows V at once has no 'q10'");
  refused(file_of(gate, "", ", \"temperature_c\": 293"), DICREC_E_ARGUMENT,
          "293 degrees Celsius, allowed is -50 to 100");
  refused(file_with_tau("1, \"q10\": {\"factor\": 0, \"at_c\": 6.3}"), DICREC_E_ARGUMENT,
          "the factor is 0, allowed is 0.1");
  refused(file_with_tau("1, \"q10\": {\"factor\": 3}"), DICREC_E_ARGUMENT, "'at_c' is missing");
  refused(file_with_tau("1, \"q10\": 3"), DICREC_E_ARGUMENT, "an object is expected");
}
END_TEST

START_TEST(a_file_has_its_level_of_spikes) {
  dicrec_model *model = load(file_of(usual_na, "", ", \"spike_level_mv\": -20"));
  ck_assert_double_eq(dicrec_model_spike_level_mv(model), -20.0);
  const double g[3] = {120.0, 36.0, 0.3};
  double own[8], same[8], higher[8];
  for (int32_t solver = DICREC_SOLVER_CVODE; solver <= DICREC_SOLVER_ENSEMBLE; ++solver) {
    double *const times[3] = {own, same, higher};
    for (int run = 0; run < 3; ++run) {
      dicrec_simulate_options options = simulate_until(solver, 40.0);
      options.current = 10.0;
      if (run > 0) options.spike_level_mv = run == 1 ? -20.0 : 10.0;
      dicrec_simulation *simulation = NULL;
      answers(dicrec_simulate(context, model, g, 1, &options, &simulation), DICREC_OK);
      ck_assert_uint_ge(dicrec_simulation_spike_count(simulation, 0), 2);
      answers(dicrec_simulation_copy_spikes(simulation, 0, times[run], 8), DICREC_OK);
      dicrec_simulation_free(simulation);
    }
    ck_assert(own[1] == same[1] && own[1] < higher[1]);
  }
  dicrec_model_free(model);
  model = load(file_of(usual_na, "", ""));
  ck_assert_double_eq(dicrec_model_spike_level_mv(model), DICREC_SPIKE_LEVEL_MV);
  ck_assert(isnan(dicrec_model_spike_level_mv(NULL)));
  dicrec_model_free(model);
  dicrec_model_free(load(file_of(usual_na, "", ", \"$schema\": \"model.schema.json\"")));
  refused(file_of(usual_na, "", ", \"spike_level_mv\": -1000"), DICREC_E_RANGE, "the level of a spike is -1000");
  refused(file_of(usual_na, "", ", \"spike_level_mv\": \"low\""), DICREC_E_ARGUMENT, "a number is expected");
}
END_TEST

START_TEST(gates_over_voltages) {
  enum { N = 3 };
  const double v[N] = {-100.0, -51.0, 200.0}, far = 200.5;
  double steady[N], tau[N], scales[3];
  const dicrec__channel *kd = &stg->table->channels[1];
  answers(dicrec_model_gate_curves(stg, 1, 0, v, N, steady, tau), DICREC_OK);
  for (int i = 0; i < N; ++i) {
    const dicrec__gate_point point = dicrec__gate_at(&kd->activation, v[i]);
    ck_assert(steady[i] == point.steady.value && tau[i] == point.tau.value);
  }
  answers(dicrec_model_time_scales(stg, v[1], scales), DICREC_OK);
  ck_assert(scales[1] == tau[1] && scales[0] < scales[1] && scales[1] < scales[2]);
  answers(dicrec_model_time_scales(stg, far, scales), DICREC_E_RANGE);
  answers(dicrec_model_time_scales(NULL, 0.0, scales), DICREC_E_ARGUMENT);
  answers(dicrec_model_gate_curves(stg, 1, 0, NULL, 0, NULL, NULL), DICREC_OK);
  answers(dicrec_model_gate_curves(stg, 1, 1, NULL, 0, NULL, NULL), DICREC_E_RANGE);
  answers(dicrec_model_gate_curves(stg, 1, 2, NULL, 0, NULL, NULL), DICREC_E_RANGE);
  answers(dicrec_model_gate_curves(stg, 99, 0, NULL, 0, NULL, NULL), DICREC_E_RANGE);
  answers(dicrec_model_gate_curves(stg, 1, 0, &far, 1, steady, tau), DICREC_E_RANGE);
  answers(dicrec_model_gate_curves(stg, 1, 0, v, N, NULL, tau), DICREC_E_ARGUMENT);
  const size_t erg = (size_t)dicrec_model_channel_index(da, "ERG");
  answers(dicrec_model_gate_curves(da, erg, 0, v, N, steady, tau), DICREC_OK);
  ck_assert(steady[1] > 0.0 && steady[1] < 1.0 && isnan(tau[1]));
  answers(dicrec_model_gate_curves(da, erg, 1, NULL, 0, NULL, NULL), DICREC_E_RANGE);
}
END_TEST

static const struct {
  const char *tau, *word;
  dicrec_status status;
} bad_curves[] = {
    {"{\"boltzman\": {}}", "the form is unknown, known are a number, boltzmann", DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"half_mv\": -40, \"slop_mv\": 5}}", "'slop_mv' is unknown, the nearest is 'slope_mv'",
     DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"half_mv\": -40}}", "channels.X.activation.tau_ms.boltzmann: 'slope_mv' is missing",
     DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"half_mv\": -40, \"half_mv\": -40, \"slope_mv\": 5}}", "twice", DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"half_mv\": -40, \"slope_mv\": 0}}", "a slope of 0", DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"half_mv\": \"-40\", \"slope_mv\": 5}}", "a number is expected", DICREC_E_ARGUMENT},
    {"{\"boltzmann\": {\"offset\": -1, \"half_mv\": -40, \"slope_mv\": 5}}", "X, activation, time constant: the lowest",
     DICREC_E_RANGE},
    {"1e400", "too large", DICREC_E_ARGUMENT},
    {"1e308", "allowed are finite ones up to 1e100", DICREC_E_RANGE},
    {"NaN", "model file is not a JSON object (near byte", DICREC_E_ARGUMENT},
    {"0", "the lowest value is 0", DICREC_E_RANGE},
    {"{\"sum\": []}", "curves between brackets", DICREC_E_ARGUMENT},
    {"{\"sum\": 3}", "curves between brackets", DICREC_E_ARGUMENT},
    {"{\"quotient\": [1]}", "a quotient has 2", DICREC_E_ARGUMENT},
    {"{\"quotient\": [1, {\"sum\": [-0.5, {\"boltzmann\": {\"half_mv\": -40, \"slope_mv\": 5}}]}]}",
     "the lowest value is -", DICREC_E_RANGE},
    {"{\"table\": {\"v_mv\": [0, 10, 5], \"values\": [1, 2, 3]}}", "the voltages have to rise", DICREC_E_ARGUMENT},
    {"{\"table\": {\"v_mv\": [0, 10], \"values\": [1, 2, 3]}}", "equally many", DICREC_E_ARGUMENT},
    {"{\"exponential\": {\"scale\": 1}}", "either 'slope_mv'", DICREC_E_ARGUMENT},
    {"{\"exponential\": {\"scale\": 1, \"per_mv\": 1, \"slope_mv\": 2}}", "either 'slope_mv'", DICREC_E_ARGUMENT},
    {"{\"linoid\": {\"scale\": 1, \"numerator\": [1, 2]}}", "'numerator' and 'exponent' are expected",
     DICREC_E_ARGUMENT},
    {"{\"linoid\": {\"numerator\": [1, 2], \"exponent\": [1]}}", "2 numbers between brackets", DICREC_E_ARGUMENT},
    {"{\"bell\": {\"scale\": 1, \"first\": {\"half_mv\": 0, \"slope_mv\": 5}, \"second\": {\"half_mv\": 0, "
     "\"slope_mv\": "
     "5}}}",
     "allowed are above and below 0", DICREC_E_ARGUMENT}};

START_TEST(bad_curves_are_refused) {
  refused(file_with_tau(bad_curves[_i].tau), bad_curves[_i].status, bad_curves[_i].word);
}
END_TEST

START_TEST(deep_curves_are_refused) {
  char deep[4096] = "";
  for (int i = 0; i < 9; ++i) strcat(deep, "{\"sum\": [");
  strcat(deep, "1");
  for (int i = 0; i < 9; ++i) strcat(deep, "]}");
  refused(file_with_tau(deep), DICREC_E_ARGUMENT, "more than 8 layers");
}
END_TEST

START_TEST(bad_files_are_refused) {
  refused(file_of("{\"reversal_mv\": 50, \"activation\": {\"steady\": 1}}", "", ""), DICREC_E_ARGUMENT,
          "'steady' and 'tau_ms', 'opening' and 'closing'");
  refused(file_of("{}", "", ""), DICREC_E_ARGUMENT, "line 5, channels.Na: 'reversal_mv' is missing");
  refused(file_of("{\"reversal_mv\": 500}", "", ""), DICREC_E_RANGE, "Na: the reversal potential is 500");
  refused(file_of(usual_na, "\"K\": {\"reversal_mv\": -80},", ""), DICREC_E_ARGUMENT,
          "K: another channel has the same");
  refused(file_of(usual_na, "", ", \"calcium\": {\"tau_ms\": 20}"), DICREC_E_ARGUMENT, "calcium: 'gain' is missing");
  refused(file_of(usual_na, "", ", \"calcuim\": {}"), DICREC_E_ARGUMENT, "the nearest is 'calcium'");
  refused(file_of(usual_na, "",
                  ", \"populations\": {\"g_s\": [0, 1], \"g_u\": [0, 1], \"spiking\": {\"channels\": [\"Na\", "
                  "\"K\", \"A\"], \"dics\": [0, 1, 2]}, \"rules\": []}"),
          DICREC_E_ARGUMENT, "there is no channel 'A'");
  refused(0, DICREC_E_ARGUMENT, "not a JSON object");
  text[0] = '[';
  refused(1, DICREC_E_ARGUMENT, "not a JSON object");
  size_t size = file_of(usual_na, "", "");
  memcpy(strstr(text, "\"dicrec_model\": 1"), "\"dicrec_model\": 7", 17);
  refused(size, DICREC_E_ARGUMENT, "format 7 of models, this version reads 1");
  size = file_of(usual_na, "", "");
  memcpy(strstr(text, "\"leak\": \"leak\""), "\"leak\": \"lean\"", 14);
  refused(size, DICREC_E_ARGUMENT, "there is no channel 'lean'");
  dicrec_model *model;
  answers(dicrec_model_create_from_file(context, "/nowhere/model.json", &model), DICREC_E_FILE);
  answers(dicrec_model_create_from_file(context, NULL, &model), DICREC_E_ARGUMENT);
  answers(dicrec_model_create_from_text(context, NULL, 3, &model), DICREC_E_ARGUMENT);
  answers(dicrec_model_create_from_text(context, text, (size_t)1 << 40, &model), DICREC_E_ARGUMENT);
}
END_TEST

START_TEST(many_channels_are_refused) {
  static char many[60000];
  size_t length = 0;
  for (int i = 0; i < 1500; ++i)
    length += (size_t)snprintf(many + length, sizeof many - length, "\"X%d\": {\"reversal_mv\": 1},", i);
  refused(file_of(usual_na, many, ""), DICREC_E_ARGUMENT, "1503 channels, allowed are 1 to 32");
}
END_TEST

/* Cut, or with a byte changed: refused, or a sound model; never a crash. */
START_TEST(damaged_files_are_harmless) {
  if (_i == 2) dicrec_model_free(load_warm(warm_curves[9], true));
  const size_t size = _i == 2 ? strlen(text) : dicrec_model_copy_text(_i == 0 ? stg : da, text, sizeof text);
  char *damaged = malloc(size);
  unsigned seed = 1;
  dicrec_model *model;
  for (size_t cut = 0; cut < size; cut += 1 + cut / 64) {
    memcpy(damaged, text, cut);
    ck_assert_int_lt(dicrec_model_create_from_text(context, damaged, cut, &model), 0);
  }
  for (int i = 0; i < 3000; ++i) {
    memcpy(damaged, text, size);
    for (int n = 0; n < 2; ++n) {
      seed = seed * 1664525U + 1013904223U;
      damaged[(seed >> 8) % size] = "{}[]:,\"0159.e-\\ntx\x80"[(seed >> 3) % 19];
    }
    if (dicrec_model_create_from_text(context, damaged, size, &model) < 0) continue;
    double state[DICREC__MAX_STATES];
    dicrec__model_initial_state(model, state);
    dicrec_model_free(model);
  }
  free(damaged);
}
END_TEST

Suite *model_files_suite(void) {
  Suite *suite = suite_create("model_files");
  TCase *tests = tcase_create("model_files");
  tcase_set_timeout(tests, 60);
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_add_test(tests, a_file_is_a_table);
  tcase_add_test(tests, builtin_models_are_files);
  tcase_add_test(tests, curves_may_be_made_of_curves);
  tcase_add_test(tests, products_are_recognised);
  tcase_add_loop_test(tests, temperature_divides_time_constants, 0, sizeof warm_curves / sizeof warm_curves[0]);
  tcase_add_test(tests, temperature_multiplies_rates);
  tcase_add_test(tests, bad_temperatures_are_refused);
  tcase_add_test(tests, a_file_has_its_level_of_spikes);
  tcase_add_test(tests, gates_over_voltages);
  tcase_add_loop_test(tests, bad_curves_are_refused, 0, sizeof bad_curves / sizeof bad_curves[0]);
  tcase_add_test(tests, deep_curves_are_refused);
  tcase_add_test(tests, bad_files_are_refused);
  tcase_add_test(tests, many_channels_are_refused);
  tcase_add_loop_test(tests, damaged_files_are_harmless, 0, 3);
  suite_add_tcase(suite, tests);
  return suite;
}
