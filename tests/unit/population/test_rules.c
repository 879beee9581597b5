/* SPDX-License-Identifier: MIT */
/** @file test_rules.c Rules of populations that a model's file leaves out: what is chosen, and why nothing is. */
#define _GNU_SOURCE /* feenableexcept() */
#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/workers.h"
#include "population/rest.h"
#include "population/rules.h"
#include "support/fixture.h"
#include "support/synthetic_model.h"

Suite *rules_suite(void);

static char text[65536];

static dicrec_model *model_of(const char *of_text) {
  dicrec_model *model = NULL;
  answers(dicrec_model_create_from_text(context, of_text, strlen(of_text), &model), DICREC_OK);
  return model;
}

/** A built-in model whose file lacks what stands from one place to another. */
static dicrec_model *model_without(const dicrec_model *model, const char *from, const char *to) {
  ck_assert_uint_lt(dicrec_model_copy_text(model, text, sizeof text), sizeof text);
  char *begin = strstr(text, from), *end = strstr(text, to);
  ck_assert(begin != NULL && end != NULL && begin < end);
  memmove(begin, end, strlen(end) + 1);
  return model_of(text);
}

static dicrec_model *without_populations(const dicrec_model *model) {
  return model_without(model, "\"populations\"", "\"protocol\"");
}

static dicrec_model *with_plane_alone(const dicrec_model *model) {
  return model_without(model, ",\n    \"spiking\"", "\n  },\n  \"protocol\"");
}

static const dicrec__compensation_rules *rules_of(const dicrec_model *model) {
  const dicrec__compensation_rules *rules;
  answers(dicrec__rules_of(context, model, &rules), DICREC_OK);
  return rules;
}

/** Share of the members that could be made, some for each target of a grid over these ranges. */
static double share_reached(const dicrec_model *model, const double g_s[2], const double g_u[2]) {
  enum { N_S = 21, N_U = 11, EACH = 5, N = N_S * N_U * EACH };
  static double targets[N][2];
  for (int i = 0; i < N; ++i) {
    targets[i][0] = g_s[0] + (g_s[1] - g_s[0]) * (i / EACH % N_S) / (N_S - 1);
    targets[i][1] = g_u[0] + (g_u[1] - g_u[0]) * (i / EACH / N_S) / (N_U - 1);
  }
  dicrec_population *made = NULL;
  ck_assert_int_ge(dicrec_generate(context, model, targets[0], N, 2, N, NULL, &made), 0);
  const double share = (double)dicrec_population_valid_count(made) / N;
  dicrec_population_free(made);
  return share;
}

/** 200 members over the plane of a model: all of them good. */
static void all_are_made(const dicrec_model *model) {
  enum { N = 200 };
  static double targets[N][2], g[N * 32], dics[N][DICREC_DIC_COUNT];
  const dicrec__compensation_rules *rules = rules_of(model);
  for (int i = 0; i < N; ++i) { /* a lattice, all of whose rows and columns differ */
    targets[i][0] = rules->g_s_range[0] + (rules->g_s_range[1] - rules->g_s_range[0]) * (i + 0.5) / N;
    targets[i][1] = rules->g_u_range[0] + (rules->g_u_range[1] - rules->g_u_range[0]) * (i * 123 % N + 0.5) / N;
  }
  const size_t n_channels = dicrec_model_channel_count(model);
  dicrec_population *made = NULL;
  answers(dicrec_generate(context, model, targets[0], N, 2, N, NULL, &made), DICREC_OK);
  ck_assert_uint_eq(dicrec_population_valid_count(made), N);
  answers(dicrec_population_copy_conductances(made, DICREC_STAGE_FINAL, g, N * n_channels), DICREC_OK);
  for (size_t k = 0; k < N * n_channels; ++k) ck_assert_double_ge(g[k], 0.0);
  answers(dicrec_dic_compute(context, model, g, N, dicrec_model_threshold_mv(model), DICREC_DIC_COUNT, dics[0]),
          DICREC_OK);
  double worst = 0.0;
  for (int i = 0; i < N; ++i)
    for (int k = 0; k < 2; ++k)
      worst = fmax(worst, fabs(dics[i][DICREC_DIC_SLOW + k] - targets[i][k]) / fmax(1.0, fabs(targets[i][k])));
  report_worst("DICs of populations over a plane that was found", worst, 1e-9);
  dicrec_population_free(made);
}

static bool has_channels(const dicrec_model *model, const int *channels, int n, const char *const *names) {
  for (int k = 0; k < n; ++k) {
    bool is_there = false;
    for (int i = 0; i < n; ++i) is_there |= channels[i] == dicrec_model_channel_index(model, names[k]);
    if (!is_there) return false;
  }
  return true;
}

/* At least as much of the published plane as by the published rules, by the published channels in step 2. */
START_TEST(the_published_plane_is_reached) {
  static const char *const spiking[2][3] = {{"Na", "A", "H"}, {"Na", "CaN", "ERG"}};
  const dicrec_model *published[2] = {stg, da};
  for (int m = 0; m < 2; ++m) {
    const dicrec__compensation_rules *rules = &published[m]->table->compensation;
    dicrec_model *model = with_plane_alone(published[m]);
    ck_assert_int_eq(model->table->compensation.n_rules, 0);
    const double share = share_reached(model, rules->g_s_range, rules->g_u_range);
    ck_assert_double_ge(share, share_reached(published[m], rules->g_s_range, rules->g_u_range));
    ck_assert(has_channels(model, rules_of(model)->spiking_channels, 3, spiking[m]));
    all_are_made(model);
    dicrec_model_free(model);
  }
}
END_TEST

/* Without a word on populations; the plane has room for what is published. */
START_TEST(a_plane_is_found) {
  const dicrec_model *published[2] = {stg, da};
  for (int m = 0; m < 2; ++m) {
    dicrec_model *model = without_populations(published[m]);
    double g_s[2], g_u[2];
    answers(dicrec_model_target_range(model, 0, g_s), DICREC_OK);
    answers(dicrec_model_target_range(model, 1, g_u), DICREC_OK);
    ck_assert(g_s[0] <= -10.0 && g_s[1] >= 10.0 && g_u[0] == 0.0 && g_u[1] >= 10.0);
    all_are_made(model);
    dicrec_model_free(model);
  }
}
END_TEST

/* What the file says stays. */
START_TEST(rules_of_the_file_win) {
  const dicrec__compensation_rules *published = &stg->table->compensation;
  ck_assert_ptr_eq(rules_of(stg), published);
  dicrec_model *model = model_without(stg, "\"g_s\": [-20", "\"spiking\"");
  const dicrec__compensation_rules *rules = rules_of(model);
  ck_assert(same_bytes(rules->spiking_point, published->spiking_point, 3));
  ck_assert_int_eq(rules->n_rules, published->n_rules);
  ck_assert(memcmp(rules->rules, published->rules, sizeof rules->rules) == 0);
  ck_assert(rules->g_s_range[0] < rules->g_s_range[1] && rules->g_u_range[0] < rules->g_u_range[1]);
  all_are_made(model);
  dicrec_model_free(model);
  model = model_without(stg, ",\n    \"rules\"", "\n  },\n  \"protocol\"");
  rules = rules_of(model);
  ck_assert(same_bytes(rules->spiking_point, published->spiking_point, 3));
  ck_assert(same_bytes(rules->g_s_range, published->g_s_range, 2));
  ck_assert_int_ge(rules->n_rules, 1);
  dicrec_model_free(model);
}
END_TEST

START_TEST(the_choice_is_kept_and_always_the_same) {
  dicrec_model *model = without_populations(stg), *again = without_populations(stg);
  const dicrec__compensation_rules *rules = rules_of(model);
  ck_assert_ptr_eq(rules_of(model), rules);
  ck_assert_ptr_ne(rules_of(again), rules);
  ck_assert(memcmp(rules_of(again), rules, sizeof *rules) == 0);
  dicrec_model_free(model);
  dicrec_model_free(again);
}
END_TEST

/** What each of many workers finds. */
struct shared_choice {
  const dicrec_model *model;
  const dicrec__compensation_rules *found[64];
};

static void find_rules(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  struct shared_choice *choice = user;
  (void)worker;
  for (size_t i = begin; i < end; ++i) dicrec__rules_of(NULL, choice->model, &choice->found[i]);
}

START_TEST(threads_share_one_choice) {
  dicrec_model *model = without_populations(stg);
  struct shared_choice choice = {.model = model};
  answers(dicrec__workers_run(context, 8, 64, 1, 0.0, find_rules, &choice), DICREC_OK);
  for (int i = 0; i < 64; ++i) ck_assert_ptr_eq(choice.found[i], rules_of(choice.model));
  dicrec_model *again = without_populations(stg);
  ck_assert(memcmp(rules_of(again), choice.found[0], sizeof *choice.found[0]) == 0);
  dicrec_model_free(again);
  dicrec_model_free(model);
}
END_TEST

#ifdef __GLIBC__
/* A host may have unmasked them. */
START_TEST(the_choice_sets_off_no_trap) {
  dicrec__model_table table = synthetic_table;
  memset(&table.compensation, 0, sizeof table.compensation);
  dicrec_model *models[3] = {without_populations(stg), without_populations(da)};
  answers(dicrec__model_create(context, &table, &models[2]), DICREC_OK);
  const bool has_traps = feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW) != -1;
  for (int m = 0; m < 3 && has_traps; ++m) rules_of(models[m]);
  fedisableexcept(FE_ALL_EXCEPT);
  for (int m = 0; m < 3; ++m) dicrec_model_free(models[m]);
}
END_TEST
#endif

/* Of neurons that the simulator runs, those that are silent rest, and hardly any other. */
START_TEST(neurons_that_rest_are_silent) {
  enum { N = 48 };
  static double targets[N][2], g[N][DICREC__MAX_CHANNELS], rows[N * 8], before[N], injected[N];
  static bool rests[N];
  for (int i = 0; i < N; ++i) {
    targets[i][0] = -20.0 + 40.0 * (i % 8) / 7;
    targets[i][1] = 20.0 * (i / 8) / 5;
  }
  dicrec_population *made = NULL;
  dicrec_simulation *simulation = NULL;
  answers(dicrec_generate(context, stg, targets[0], N, 2, N, NULL, &made), DICREC_OK);
  answers(dicrec_population_copy_conductances(made, DICREC_STAGE_FINAL, rows, sizeof rows / sizeof *rows), DICREC_OK);
  for (int i = 0; i < N; ++i) memcpy(g[i], rows + 8 * (size_t)i, 8 * sizeof *rows);
  const dicrec__resting neurons = {.conductances = (const double(*)[DICREC__MAX_CHANNELS])g,
                                   .n = N,
                                   .rests = rests,
                                   .before = before,
                                   .injected = injected};
  dicrec__find_resting(stg->table, &neurons);
  const dicrec_simulate_options options = simulate_until(DICREC_SOLVER_ENSEMBLE, 3000.0);
  answers(dicrec_simulate(context, stg, rows, N, &options, &simulation), DICREC_OK);
  int n_wrong = 0;
  for (size_t i = 0; i < N; ++i) n_wrong += rests[i] != (dicrec_simulation_spike_count(simulation, i) < 10);
  ck_assert_int_le(n_wrong, 3);
  dicrec_simulation_free(simulation);
  dicrec_population_free(made);
}
END_TEST

START_TEST(the_choice_may_run_out_of_memory) {
  counted_memory memory = {.limit = 0};
  dicrec_context *counted = make_counted_context(&memory);
  dicrec_model *model = NULL;
  const double target[2] = {5.0, 5.0};
  double range[2];
  dicrec_model *whole = without_populations(stg); /* its text stays */
  answers(dicrec_model_create_from_text(counted, text, strlen(text), &model), DICREC_OK);
  for (memory.limit = 64; memory.limit < 1000000; memory.limit *= 4) {
    dicrec_population *made = NULL;
    const dicrec_status status = dicrec_generate(counted, model, target, 1, 2, 1, NULL, &made);
    ck_assert(status == DICREC_OK || status == DICREC_E_MEMORY);
    ck_assert(status == DICREC_OK || dicrec_model_target_range(model, 0, range) == DICREC_E_MEMORY);
    dicrec_population_free(made);
  }
  memory.limit = 0;
  answers(dicrec_model_target_range(model, 0, range), DICREC_OK);
  dicrec_model_free(model);
  dicrec_context_free(counted);
  ck_assert_uint_eq(memory.n_blocks, 0);
  dicrec_model_free(whole);
}
END_TEST

/** Hodgkin and Huxley's neuron with these channels more, and with this leak. */
static dicrec_model *squid_axon(const char *more, const char *leak) {
  snprintf(text, sizeof text,
           "{\"dicrec_model\": 1, \"name\": \"hh\", \"description\": \"squid axon\", \"capacitance\": 1,"
           " \"initial_mv\": -65, \"threshold_mv\": -55, \"leak\": \"leak\","
           " \"dic_time_scales\": {\"fast\": \"Na\", \"slow\": \"K\", \"ultraslow\": 100},"
           " \"protocol\": {\"t_end_ms\": 1000, \"t_skip_ms\": 0}, \"channels\": {"
           "\"Na\": {\"reversal_mv\": 50, \"range\": [80, 160], \"activation\": {\"power\": 3,"
           " \"opening\": {\"linoid\": {\"scale\": 0.1, \"half_mv\": -40, \"slope_mv\": 10}},"
           " \"closing\": {\"exponential\": {\"scale\": 4, \"half_mv\": -65, \"slope_mv\": -18}}},"
           " \"inactivation\": {\"opening\": {\"exponential\": {\"scale\": 0.07, \"half_mv\": -65, \"slope_mv\": -20}},"
           " \"closing\": {\"boltzmann\": {\"half_mv\": -35, \"slope_mv\": -10}}}},"
           "\"K\": {\"reversal_mv\": -77, \"range\": [25, 50], \"activation\": {\"power\": 4,"
           " \"opening\": {\"linoid\": {\"scale\": 0.01, \"half_mv\": -55, \"slope_mv\": 10}},"
           " \"closing\": {\"exponential\": {\"scale\": 0.125, \"half_mv\": -65, \"slope_mv\": -80}}}},"
           "%s \"leak\": {%s}}}",
           more, leak);
  return model_of(text);
}

static const char usual_leak[] = "\"reversal_mv\": -54.4, \"range\": [0.2, 0.4]";
static const char m_current[] = "\"M\": {\"reversal_mv\": -77, \"range\": [0, 2], \"activation\": {\"tau_ms\": 120,"
                                " \"steady\": {\"boltzmann\": {\"half_mv\": -45, \"slope_mv\": -8}}}},";
static const char m_and_ca[] = "\"M\": {\"reversal_mv\": -77, \"activation\": {\"tau_ms\": 120,"
                               " \"steady\": {\"boltzmann\": {\"half_mv\": -45, \"slope_mv\": -8}}}},"
                               "\"Ca\": {\"reversal_mv\": 60, \"activation\": {\"tau_ms\": 8,"
                               " \"steady\": {\"boltzmann\": {\"half_mv\": -48, \"slope_mv\": -6}}}},";

/* With one more channel there is but one set of three; with two, of which nothing is known, they are solved for; and
 * with a leak like that none fires without a current. */
START_TEST(other_models_have_populations) {
  static const char resting_leak[] = "\"reversal_mv\": -75, \"range\": [0.2, 0.4]";
  dicrec_model *models[3] = {squid_axon(m_current, usual_leak), squid_axon(m_and_ca, usual_leak),
                             squid_axon(m_current, resting_leak)};
  static const char *const pair[2] = {"M", "Ca"};
  ck_assert(has_channels(models[1], rules_of(models[1])->rules[0].channels, 2, pair));
  for (int m = 0; m < 3; ++m) {
    all_are_made(models[m]);
    dicrec_model_free(models[m]);
  }
}
END_TEST

/* Gated carriers, schemes, rates, and DICs that are hard to set. */
START_TEST(the_synthetic_model_has_populations) {
  dicrec__model_table table = synthetic_table;
  memset(&table.compensation, 0, sizeof table.compensation);
  dicrec_model *model = NULL;
  answers(dicrec__model_create(context, &table, &model), DICREC_OK);
  const dicrec__compensation_rules *rules = rules_of(model);
  ck_assert_double_ge(share_reached(model, rules->g_s_range, rules->g_u_range), 0.95);
  dicrec_model_free(model);
}
END_TEST

static void makes_none(dicrec_model *model, dicrec_status status, const char *word) {
  const double target[2] = {1.0, 1.0};
  dicrec_population *made = NULL;
  double range[2] = {1.0, 2.0};
  for (int time = 0; time < 2; ++time) { /* the second time from what is kept */
    answers(dicrec_generate(context, model, target, 1, 2, 1, NULL, &made), status);
    ck_assert_ptr_null(made);
    ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' lacks '%s'", error_text(), word);
  }
  answers(dicrec_model_target_range(model, 0, range), DICREC_OK);
  ck_assert(range[0] == 0.0 && range[1] == 0.0);
  dicrec_model_free(model);
}

START_TEST(models_without_populations_say_why) {
  static const char many[] = "\"A\": {\"reversal_mv\": -80}, \"B\": {\"reversal_mv\": -80}, \"C\": {\"reversal_mv\": "
                             "-80}, \"D\": {\"reversal_mv\": 0},";
  static const char inward[] = "\"M\": {\"reversal_mv\": -77, \"activation\": {\"tau_ms\": 120,"
                               " \"steady\": {\"boltzmann\": {\"half_mv\": -45, \"slope_mv\": 8}}}},";
  makes_none(squid_axon("", usual_leak), DICREC_E_SINGULAR, "no channel sets g_u apart from the other DICs at -55 mV");
  makes_none(squid_axon(m_current, "\"reversal_mv\": -54.4"), DICREC_E_ARGUMENT,
             "the range of leak does not begin above 0");
  makes_none(squid_axon(many, usual_leak), DICREC_E_ARGUMENT, "4 channels have no range, allowed are 3");
  makes_none(squid_axon(inward, usual_leak), DICREC_E_INFEASIBLE, "without a negative conductance, least of all g_u");
}
END_TEST

static void refused(const char *from, const char *to, const char *word) {
  dicrec_model *model = NULL;
  ck_assert_uint_lt(dicrec_model_copy_text(stg, text, sizeof text), sizeof text);
  char *at = strstr(text, from);
  ck_assert(at != NULL && strlen(from) == strlen(to));
  memcpy(at, to, strlen(to));
  answers(dicrec_model_create_from_text(context, text, strlen(text), &model), DICREC_E_ARGUMENT);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' lacks '%s'", error_text(), word);
}

START_TEST(planes_without_area_are_refused) {
  refused("\"g_s\": [-20, 20]", "\"g_s\": [ 20,-20]", "populations.g_s: a lower and a higher DIC are expected");
  refused("\"g_u\": [0, 20]", "\"g_u\": [0,  0]", "populations.g_u: a lower and a higher DIC are expected");
}
END_TEST

Suite *rules_suite(void) {
  Suite *suite = suite_create("rules");
  TCase *tests = tcase_create("chosen");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120);
  tcase_add_test(tests, the_published_plane_is_reached);
  tcase_add_test(tests, a_plane_is_found);
  tcase_add_test(tests, rules_of_the_file_win);
  tcase_add_test(tests, the_choice_is_kept_and_always_the_same);
  tcase_add_test(tests, threads_share_one_choice);
#ifdef __GLIBC__
  tcase_add_test(tests, the_choice_sets_off_no_trap);
#endif
  tcase_add_test(tests, neurons_that_rest_are_silent);
  tcase_add_test(tests, the_choice_may_run_out_of_memory);
  tcase_add_test(tests, other_models_have_populations);
  tcase_add_test(tests, the_synthetic_model_has_populations);
  tcase_add_test(tests, models_without_populations_say_why);
  tcase_add_test(tests, planes_without_area_are_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
