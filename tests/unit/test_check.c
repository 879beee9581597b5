/* SPDX-License-Identifier: MIT */
/** @file test_check.c What a model's table must hold: a sound table with one thing broken at a time, and at random. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "fixture.h"
#include "hodgkin_huxley.h"
#include "models/check.h"
#include "plain_model.h"
#include "simulator/equations.h"
#include "synthetic_model.h"

Suite *check_suite(void);

/** The synthetic model's table, to be broken; `na`, `cal`, ...: channels that the cases speak of. */
struct copy {
  dicrec__model_table table;
  dicrec__channel channels[DICREC__MAX_CHANNELS + 1];
  dicrec__channel *na, *cat, *cal, *kca, *bk, *nmda, *h, *leak;
  dicrec__compensation_rules *rules;
};

static void copy_table(struct copy *copy) {
  memset(copy, 0, sizeof *copy);
  copy->table = synthetic_table;
  memcpy(copy->channels, synthetic_table.channels, SYNTHETIC_CHANNELS * sizeof *copy->channels);
  copy->table.channels = copy->channels;
  copy->na = &copy->channels[SYNTHETIC_NA];
  copy->cat = &copy->channels[SYNTHETIC_CAT];
  copy->cal = &copy->channels[SYNTHETIC_CAL];
  copy->kca = &copy->channels[SYNTHETIC_KCA];
  copy->bk = &copy->channels[SYNTHETIC_BK];
  copy->nmda = &copy->channels[SYNTHETIC_NMDA];
  copy->h = &copy->channels[SYNTHETIC_H];
  copy->leak = &copy->channels[SYNTHETIC_LEAK];
  copy->rules = &copy->table.compensation;
}

/* What is broken, the status, what the text says. */
#define CASES(each)                                                                                                    \
  each(b->table.name = NULL, ARGUMENT, "there is no name")                                                             \
  each(b->table.name = "", ARGUMENT, "there is no name")                                                               \
  each(b->table.name = "two words", ARGUMENT, "letters, digits")                                                       \
  each(b->table.description = NULL, ARGUMENT, "no description")                                                        \
  each(b->table.channels = NULL, RANGE, "number of channels")                                                          \
  each(b->table.n_channels = 0, RANGE, "number of channels is 0, allowed is 1 to 32")                                  \
  each(b->table.n_channels = 33, RANGE, "number of channels is 33")                                                    \
  each(b->table.capacitance = 0.0, RANGE, "capacitance is 0")                                                          \
  each(b->table.capacitance = (double)NAN, RANGE, "capacitance is")                                                    \
  each(b->table.initial_v_mv = -151.0, RANGE, "initial voltage is -151")                                               \
  each(b->table.threshold_mv = (double)INFINITY, RANGE, "threshold is inf")                                            \
  each(b->table.t_end_ms = 0.0, RANGE, "end of the protocol is 0")                                                     \
  each(b->table.t_end_ms = 2e9, RANGE, "end of the protocol is 2e+09")                                                 \
  each(b->table.t_skip_ms = -1.0, RANGE, "protocol skips is -1")                                                       \
  each(b->table.t_skip_ms = b->table.t_end_ms, RANGE, "protocol skips")                                                \
  each(b->table.calcium.tau_ms = 0.0, RANGE, "calcium: the time constant is 0")                                        \
  each(b->table.calcium.tau_ms = -20.0, RANGE, "calcium: the time constant is -20")                                    \
  each(b->table.calcium.gain = 0.94, RANGE, "calcium: the gain is 0.94")                                               \
  each(b->table.calcium.rest_um = -0.1, RANGE, "resting calcium is -0.1")                                              \
  each(b->table.calcium.initial_um = (double)NAN, RANGE, "initial calcium")                                            \
  each(b->table.calcium.present = false, ARGUMENT, "CaT: it carries calcium, but the model has no calcium pool")       \
  each(b->na->name = NULL, ARGUMENT, "there is no name")                                                               \
  each(b->na->name = "", ARGUMENT, "there is no name")                                                                 \
  each(b->na->name = "N,a", ARGUMENT, "letters, digits")                                                               \
  each(b->na->name = "s", ARGUMENT, "those of DICs")                                                                   \
  each(b->na->name = "a_name_that_is_longer_than_columns", ARGUMENT, "longer than 32 bytes")                           \
  each(b->h->name = "Kd", ARGUMENT, "channel Kd: another channel has the same name")                                   \
  each(b->na->reversal_mv = (double)NAN, RANGE, "channel Na: the reversal potential")                                  \
  each(b->na->reversal_mv = 201.0, RANGE, "the reversal potential is 201, allowed is -200 to 200 mV")                  \
  each(b->cat->reversal_mv = -60.0, RANGE, "channel CaT: the reversal potential is -60")                               \
  each(b->cat->range[0] = -0.1, RANGE, "channel CaT: the range is -0.1 to 1")                                          \
  each(b->cat->range[1] = 0.1, RANGE, "channel CaT: the range is 0.5 to 0.1")                                          \
  each(b->cat->range[1] = (double)NAN, RANGE, "channel CaT: the range")                                                \
  each(b->na->activation.kind = (enum dicrec__gate_kind)9, ARGUMENT, "Na, activation: the kind of gate is unknown")    \
  each(b->na->activation.power = 0, RANGE, "Na, activation: the power is 0, allowed is 1 to 4")                        \
  each(b->na->inactivation.power = 5, RANGE, "Na, inactivation: the power is 5")                                       \
  each(b->na->activation.kind = DICREC__GATE_ABSENT, ARGUMENT, "without a kind of gate")                               \
  each(b->nmda->inactivation.calcium_half_um = 3.0, ARGUMENT, "NMDA, inactivation: a power or a half")                 \
  each(b->kca->activation.calcium_half_um = -3.0, RANGE, "KCa, activation: the half-activation by calcium is -3")      \
  each(b->kca->activation.calcium_half_um = (double)NAN, RANGE, "half-activation by calcium")                          \
  each(b->kca->activation.calcium_half_um = 7.0, RANGE, "one more half-activation by calcium, allowed are 2")          \
  each(b->cat->activation.steady.kind = (enum dicrec__curve_kind)7, ARGUMENT, "steady state: the form is unknown")     \
  each(b->cat->activation.steady.p[2] = 0.0, RANGE, "CaT, activation, steady state: parameter 3 is 0")                 \
  each(b->cat->activation.steady.p[3] = (double)NAN, RANGE, "CaT, activation, steady state: a parameter")              \
  each(b->cat->activation.steady.p[1] = 1.1, RANGE, "steady state: the highest value is 1.1")                          \
  each(b->cat->activation.steady.p[0] = -0.1, RANGE, "steady state: the lowest value is -0.1")                         \
  each(b->cat->activation.tau.p[1] = 0.0, RANGE, "CaT, activation, time constant: parameter 2 is 0")                   \
  each(b->cat->activation.tau.p[4] = 0.0, RANGE, "CaT, activation, time constant: parameter 5 is 0")                   \
  each(b->cat->activation.tau.p[3] = -0.5, RANGE, "CaT, activation, time constant: the lowest value is -")             \
  each(b->cat->inactivation.tau.p[3] = 0.0, RANGE, "CaT, inactivation, time constant: parameter 4 is 0")               \
  each(b->cat->inactivation.tau.p[5] = -16.0, RANGE, "parameter 6 is -16, allowed is a width")                         \
  each(b->cat->inactivation.tau.p[1] = -80.0, RANGE, "CaT, inactivation, time constant: the lowest value is -")        \
  each(b->channels[SYNTHETIC_KD].activation.tau.p[1] = -6.3, RANGE, "Kd, activation, time constant: the lowest value") \
  each(b->na->activation.rates[0].p[3] = 0.0, RANGE, "Na, activation, opening rate: parameter 4 is 0")                 \
  each(b->na->activation.rates[0].p[0] = 6.0, RANGE, "Na, activation, opening rate: the lowest value is -")            \
  each(b->na->activation.rates[1].p[0] = -0.1, RANGE, "Na, activation, closing rate: the lowest value is -")           \
  each(b->na->inactivation.rates[0].p[1] = 1.0, RANGE, "Na, inactivation, opening rate: the highest value is")         \
  each(b->h->activation.rates[0].p[0] = b->h->activation.rates[1].p[0] = 0.0, RANGE, "H, activation: the time cons")   \
  each(b->h->activation.tau.p[0] = -1.0, RANGE, "H, activation, time constant: the lowest value is -1")                \
  each(b->nmda->activation.steady.p[0] = 0.0, RANGE, "NMDA, activation, steady state: parameter 1 is 0")               \
  each(b->cal->activation = b->na->activation, ARGUMENT, "CaL, activation: a gate beside a kinetic scheme")            \
  each(b->cal->inactivation = b->na->inactivation, ARGUMENT, "CaL, inactivation: a gate beside a kinetic scheme")      \
  each(b->cal->scheme.recovering.p[0] = -0.01, RANGE, "CaL, kinetic scheme, recovering rate: the lowest value is -")   \
  each(b->cal->scheme.closing.p[0] = (double)INFINITY, RANGE, "CaL, kinetic scheme, closing rate: a parameter is inf") \
  each(b->cal->scheme.opening.p[0] = b->cal->scheme.recovering.p[0] = 0.0, RANGE, "the steady open fraction")          \
  each(b->cal->scheme.opening.p[0] = 60.0, RANGE, "CaL, kinetic scheme: the opening rate at the initial voltage")      \
  each(b->table.leak = -1, RANGE, "the leak is -1, allowed is the number of a channel")                                \
  each(b->table.leak = SYNTHETIC_CHANNELS, RANGE, "the leak is 12")                                                    \
  each(b->table.leak = SYNTHETIC_ERG, ARGUMENT, "channel ERG: a leak has no gates")                                    \
  each(b->leak->activation = b->h->activation, ARGUMENT, "channel leak: a leak has no gates")                          \
  each(b->table.fast.constant_ms = -1.0, ARGUMENT, "fast time scale: neither a constant nor a channel")                \
  each(b->table.slow.channel = SYNTHETIC_CHANNELS, ARGUMENT, "slow time scale: neither")                               \
  each(b->table.slow.channel = SYNTHETIC_NMDA, ARGUMENT, "slow time scale: neither")                                   \
  each(b->table.slow.channel = SYNTHETIC_CAL, ARGUMENT, "slow time scale: neither")                                    \
  each(b->table.ultraslow.constant_ms = (double)NAN, ARGUMENT, "ultraslow time scale: neither")                        \
  each(b->table.fast.constant_ms = 50.0, RANGE, "slow time scale: its value at the threshold is")                      \
  each(b->rules->n_rules = -1, RANGE, "compensation: the number of rules is -1, allowed is 0 to 4")                    \
  each(b->rules->n_rules = 5, RANGE, "the number of rules is 5")                                                       \
  each(b->rules->spiking_channels[1] = 12, RANGE, "a channel to solve for is 12")                                      \
  each(b->rules->spiking_channels[2] = b->rules->spiking_channels[0], RANGE, "stands there twice")                     \
  each(b->rules->spiking_point[0] = (double)NAN, ARGUMENT, "the spiking point is not a number")                        \
  each(b->rules->rules[0].channels[0] = SYNTHETIC_LEAK, RANGE, "a channel to solve for is 11")                         \
  each(b->rules->rules[1].channels[1] = b->rules->rules[1].channels[0], RANGE, "stands there twice")                   \
  each(b->rules->rules[0].below_g_s = (double)NAN, ARGUMENT, "of a rule is not a number")                              \
  each(b->rules->rules[0].start[1] = (double)INFINITY, ARGUMENT, "of a rule is not a number")                          \
  each(b->rules->g_s_range[1] = b->rules->g_s_range[0], ARGUMENT, "does not rise")                                     \
  each(b->rules->g_u_range[0] = (double)NAN, ARGUMENT, "does not rise")                                                \
  each(b->leak->range[0] = 0.0, ARGUMENT, "the range of the leak does not begin above 0")

#define NUMBER(...)         +1
#define BREAK(code, ...)    case __COUNTER__ - FIRST: code; break;
#define EXPECT(code, s, t) {DICREC_E_##s, t, #code},

enum { N_CASES = 0 CASES(NUMBER) };

enum { FIRST = __COUNTER__ + 1 };

static void break_table(struct copy *b, int which) {
  switch (which) {
    CASES(BREAK)
  default:
    break;
  }
}

static const struct {
  dicrec_status status;
  const char *text, *code;
} expected[N_CASES] = {CASES(EXPECT)};

START_TEST(sound_tables_pass) {
  const dicrec__model_table *tables[] = {&dicrec__stg_table, &dicrec__da_table, &hodgkin_huxley_table,
                                         &synthetic_table};
  for (size_t k = 0; k < sizeof tables / sizeof tables[0]; ++k)
    answers(dicrec__model_check(context, tables[k]), DICREC_OK);
  static struct copy copy;
  copy_table(&copy);
  answers(dicrec__model_check(context, &copy.table), DICREC_OK);
}
END_TEST

START_TEST(whatever_is_broken_is_refused_and_named) {
  static struct copy copy;
  const dicrec_status status = expected[_i].status;
  dicrec_model *model = stg;
  copy_table(&copy);
  break_table(&copy, _i);
  answers(dicrec__model_check(context, &copy.table), status);
  ck_assert_msg(strstr(error_text(), expected[_i].text) != NULL, "%s: '%s' lacks '%s'", expected[_i].code,
                error_text(), expected[_i].text);
  if (copy.table.name != NULL) ck_assert_ptr_nonnull(strstr(error_text(), copy.table.name));
  answers(dicrec__model_create(context, &copy.table, &model), status);
  ck_assert_ptr_null(model);
}
END_TEST

/** A number of a table that is to be changed at random. */
static double *any_number(struct copy *copy, dicrec__random *random) {
  dicrec__channel *channel = &copy->channels[(int)(SYNTHETIC_CHANNELS * dicrec__random_uniform(random))];
  dicrec__gate *gate = dicrec__random_uniform(random) < 0.6 ? &channel->activation : &channel->inactivation;
  dicrec__curve *curves[] = {&gate->steady,           &gate->tau,
                             &gate->rates[0],         &gate->rates[1],
                             &channel->scheme.opening, &channel->scheme.closing,
                             &channel->scheme.inactivating, &channel->scheme.recovering};
  double *numbers[] = {&channel->reversal_mv,       &gate->calcium_half_um,
                       &copy->table.calcium.tau_ms, &copy->table.calcium.gain,
                       &copy->table.capacitance,    &copy->table.initial_v_mv,
                       &copy->table.threshold_mv,   &copy->table.slow.constant_ms};
  const int which = (int)(8.0 * dicrec__random_uniform(random));
  if (dicrec__random_uniform(random) < 0.2) return numbers[which];
  return &curves[which]->p[(int)(6.0 * dicrec__random_uniform(random))];
}

static void mutate(struct copy *copy, dicrec__random *random) {
  static const double special[] = {0.0, -1.0, 1.0, 1e-8, 1e8, 1e300, (double)NAN, (double)INFINITY};
  const double choice = dicrec__random_uniform(random), part = dicrec__random_uniform(random);
  double *number = any_number(copy, random);
  dicrec__channel *channel = &copy->channels[(int)(SYNTHETIC_CHANNELS * dicrec__random_uniform(random))];
  if (choice < 0.3) *number *= exp(4.0 * (part - 0.5));
  else if (choice < 0.5) *number += 40.0 * (part - 0.5);
  else if (choice < 0.6) *number = -*number;
  else if (choice < 0.7) *number = special[(int)(8.0 * part)];
  else if (choice < 0.75) channel->activation.kind = (enum dicrec__gate_kind)(5.0 * part);
  else if (choice < 0.8) channel->activation.steady.kind = (enum dicrec__curve_kind)(8.0 * part);
  else if (choice < 0.85) channel->inactivation.tau.kind = (enum dicrec__curve_kind)(8.0 * part);
  else if (choice < 0.9) channel->activation.power = (int)(6.0 * part);
  else if (choice < 0.94) channel->carries_calcium = !channel->carries_calcium;
  else if (choice < 0.97) channel->has_scheme = !channel->has_scheme;
  else copy->table.calcium.present = false;
}

static void random_state(const dicrec_model *model, dicrec__random *random, double *state) {
  for (int i = 0; i < model->n_states; ++i) state[i] = dicrec__random_uniform(random);
  state[0] = DICREC__LOWEST_MV + (DICREC__HIGHEST_MV - DICREC__LOWEST_MV) * state[0];
  if (model->calcium_state >= 0) state[model->calcium_state] *= 50.0;
}

/* What passes is finite, and means the same to the library and to a plain reading. */
static void check_readers(const dicrec_model *model, dicrec__random *random) {
  static dicrec__equations equations;
  const double *g = synthetic_conductances;
  const int n = model->n_states;
  double values[DICREC__MAX_BATCH], state[DICREC__MAX_STATES], made[DICREC__MAX_STATES], plain[DICREC__MAX_STATES];
  double jacobian[DICREC__MAX_STATES * DICREC__MAX_STATES], row[DICREC_DIC_COUNT];
  ck_assert(dicrec__equations_prepare(&equations, model, &context->allocator));
  dicrec__curve_batch_start(&equations.batch, values);
  for (int trial = 0; trial < 8; ++trial) {
    random_state(model, random, state);
    if (trial == 0) dicrec__model_initial_state(model, state);
    dicrec__equations_derivative(&equations, g, 0.0, state, values, made);
    plain_derivative(model, g, 0.0, state, plain);
    dicrec__equations_jacobian(model, g, state, jacobian);
    for (int i = 0; i < n; ++i)
      ck_assert_msg(isfinite(made[i]) && fabs(made[i] - plain[i]) <= 1e-8 * (1.0 + fabs(plain[i])),
                    "derivative %d at %g mV: %g, plainly %g", i, state[0], made[i], plain[i]);
    for (int i = 0; i < n * n; ++i) ck_assert_msg(isfinite(jacobian[i]), "Jacobian %d at %g mV", i, state[0]);
  }
  dicrec__equations_release(&equations, &context->allocator);
  answers(dicrec_dic_compute(context, model, g, 1, model->table->threshold_mv, row), DICREC_OK);
}

START_TEST(random_tables_are_refused_or_sound) {
  enum { N_TRIALS = 4000 };
  dicrec__random random;
  dicrec__random_start(&random, 17, DICREC__PURPOSE_POPULATION, 0, 0);
  int n_sound = 0;
  for (int trial = 0; trial < N_TRIALS; ++trial) {
    static struct copy copy;
    dicrec_model *model;
    copy_table(&copy);
    const int n_changes = 1 + (int)(3.0 * dicrec__random_uniform(&random));
    for (int k = 0; k < n_changes; ++k) mutate(&copy, &random);
    const dicrec_status status = dicrec__model_create(context, &copy.table, &model);
    ck_assert(status == DICREC_OK || status == DICREC_E_RANGE || status == DICREC_E_ARGUMENT);
    if (status != DICREC_OK) continue;
    ++n_sound;
    check_readers(model, &random);
    dicrec_model_free(model);
  }
  ck_assert_int_gt(n_sound, N_TRIALS / 10);
  ck_assert_int_lt(n_sound, N_TRIALS * 9 / 10);
}
END_TEST

Suite *check_suite(void) {
  Suite *suite = suite_create("check");
  TCase *tests = tcase_create("check");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, sound_tables_pass);
  tcase_add_loop_test(tests, whatever_is_broken_is_refused_and_named, 0, N_CASES);
  tcase_add_test(tests, random_tables_are_refused_or_sound);
  suite_add_tcase(suite, tests);
  return suite;
}
