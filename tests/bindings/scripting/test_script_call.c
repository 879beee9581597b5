/* SPDX-License-Identifier: MIT */
/**
 * @file test_script_call.c
 * Calls of scripts without an interpreter, so that sanitizers and valgrind see them.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script_call.h"

enum { N_SPIKES = 50, N_CHANNELS = 8 };

static double bursts[N_SPIKES];
static const double two = 2, minus_three = -3, half = 0.5, pair[] = {1, 2}, target[] = {-5, 8};

static void fill_bursts(void) {
  for (size_t i = 0; i < N_SPIKES; ++i) bursts[i] = 100 + 117.3 * (double)(i / 5) + 9.2 * (double)(i % 5);
}

static script_value number(const double *value) { return (script_value){.numbers = value, .rows = 1, .columns = 1}; }

static script_value vector(const double *values, size_t n) {
  return (script_value){.numbers = values, .rows = n, .columns = 1};
}

static script_value text(const char *value) { return (script_value){.text = value}; }

/* A call with a model and further options. */
static script_call run(const char *command, script_value data, size_t n, const script_option *options) {
  script_option all[8] = {{"model", text("stg")}};
  if (n > 0) memcpy(&all[1], options, n * sizeof *options);
  script_call call = {.command = command, .data = data, .options = all, .n_options = n + 1};
  script_call_run(&call);
  call.options = NULL;
  return call;
}

static const answer_value *value_of(const script_call *call, const char *name) {
  for (size_t i = 0; i < call->n_values; ++i)
    if (strcmp(call->values[i].name, name) == 0) return &call->values[i];
  ck_abort_msg("no value %s", name);
  return NULL;
}

static void expect_failure(script_call call, dicrec_status status, const char *words) {
  ck_assert_msg(call.status == status, "%s: %s", dicrec_status_name(call.status), call.problem.text);
  ck_assert_msg(strstr(call.problem.text, words) != NULL, "'%s' is not in '%s'", words, call.problem.text);
  script_call_free(&call);
  ck_assert_ptr_null(call.memory.last);
}

START_TEST(every_command_answers) {
  const script_option members[] = {{"n", number(&two)}, {"verify", number(&two)}};
  script_call made = run("generate", vector(target, 2), 1, members);
  ck_assert_int_eq(made.status, DICREC_OK);
  const answer_value *g = value_of(&made, "conductances");
  ck_assert_uint_eq(g->rows, 2);
  ck_assert_uint_eq(g->columns, N_CHANNELS);
  ck_assert_str_eq(g->labels[0], "Na");
  const script_value conductances = {.numbers = g->numbers, .rows = g->rows, .columns = g->columns};

  const double duration = 200, interval = 1;
  const script_option settings[] = {{"t_end_ms", number(&duration)},
                                    {"trace", text("currents")},
                                    {"trace_dt_ms", number(&interval)},
                                    {"member_noise_std", vector(pair, 2)},
                                    {"member_streams", vector(pair, 2)}};
  script_call fired = run("simulate", conductances, 5, settings);
  ck_assert_int_eq(fired.status, DICREC_OK);
  ck_assert_uint_eq(value_of(&fired, "spikes")->rows, 2);
  ck_assert_uint_eq(value_of(&fired, "traces")->parts[1].rows, 201);
  ck_assert_str_eq(value_of(&fired, "traces")->labels[1], "V");
  script_call_free(&fired);

  script_call dics = run("dics", conductances, 0, NULL), thresholds = run("threshold", conductances, 0, NULL);
  ck_assert_double_eq_tol(value_of(&dics, "dics")->numbers[1], target[0], 1e-9);
  ck_assert_double_lt(value_of(&thresholds, "threshold_mv")->numbers[0], -40);
  script_call_free(&dics), script_call_free(&thresholds), script_call_free(&made);
}
END_TEST

START_TEST(trains_are_read) {
  const double one = 1;
  const script_option options[] = {
      {"n", number(&two)}, {"verify", number(&one)}, {"simulate.solver", text("ensemble")}};
  script_call read = run("estimate", vector(bursts, N_SPIKES), 0, NULL);
  ck_assert_int_ge(read.status, DICREC_OK);
  ck_assert_str_eq(value_of(&read, "activity")->texts[0], "bursting");
  ck_assert_str_eq(value_of(&read, "median")->labels[0], "g_s");
  script_call_free(&read);
  script_call made = run("reconstruct", vector(bursts, N_SPIKES), 3, options);
  ck_assert_int_ge(made.status, DICREC_OK);
  ck_assert_uint_eq(value_of(&made, "spikes")->rows, 2);
  ck_assert_int_eq(value_of(&made, "report")->kind, ANSWER_GROUP);
  ck_assert_uint_eq(value_of(&made, "statistics")->rows, 2);
  script_call_free(&made);
}
END_TEST

START_TEST(wrong_options_are_named) {
  const struct {
    script_option option;
    dicrec_status status;
    const char *words;
  } cases[] = {
      {{"nix", number(&two)}, DICREC_E_NAME, "no option 'nix', but target"},
      {{"nix.dt_ms", number(&two)}, DICREC_E_NAME, "no option 'nix.dt_ms'"},
      {{"a_part_with_a_name_that_is_far_too_long.dt_ms", number(&two)}, DICREC_E_NAME, "no option"},
      {{"", number(&two)}, DICREC_E_NAME, "no option ''"},
      {{"target", text("nix")}, DICREC_E_ARGUMENT, "target is 'nix', allowed is auto"},
      {{"max_drawn", text("nix")}, DICREC_E_ARGUMENT, "max_drawn is 'nix', a number"},
      {{"max_drawn", number(&half)}, DICREC_E_RANGE, "max_drawn is 0.5, a whole number"},
      {{"max_drawn", vector(pair, 2)}, DICREC_E_ARGUMENT, "max_drawn has 2 values"},
      {{"max_drawn", vector(pair, 0)}, DICREC_E_ARGUMENT, "max_drawn has 0 values"},
      {{"seed", number(&minus_three)}, DICREC_E_RANGE, "seed is -3"},
      {{"simulate.t_end_ms", number(&minus_three)}, DICREC_E_RANGE, "t_end_ms is -3"},
      {{"simulate.member_streams", vector(pair, 2)}, DICREC_E_ARGUMENT, "is not for this command"},
      {{"spikes.gaps", vector(pair, 2)}, DICREC_E_ARGUMENT, "2 column(s)"},
      {{"spikes.gaps", text("nix")}, DICREC_E_ARGUMENT, "2 column(s)"},
      {{"spikes.trial_counts", vector(&half, 1)}, DICREC_E_RANGE, "value 1 of 1 is 0.5"},
      {{"spikes.trial_counts", vector(pair, 2)}, DICREC_E_ARGUMENT, "trial"},
      {{"estimator.weights_path", number(&two)}, DICREC_E_ARGUMENT, "a text is expected"},
      {{"estimator.weights_path", text("nix")}, DICREC_E_FILE, "cannot read"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const script_option options[] = {{"n", number(&two)}, cases[i].option};
    expect_failure(run("reconstruct", vector(bursts, N_SPIKES), 2, options), cases[i].status, cases[i].words);
  }
}
END_TEST

START_TEST(wrong_data_is_refused) {
  const double gap[] = {1, NAN, 3};
  const script_option n[] = {{"n", number(&two)}}, part[] = {{"n", number(&half)}};
  const script_value matrix = {.numbers = bursts, .rows = 2, .columns = 3};
  expect_failure(run("estimate", matrix, 0, NULL), DICREC_E_ARGUMENT, "a vector of spike times");
  expect_failure(run("estimate", text("nix"), 0, NULL), DICREC_E_ARGUMENT, "a vector of spike times");
  expect_failure(run("estimate", vector(gap, 3), 0, NULL), DICREC_E_SPIKES, "spike 2 of 3 is nan");
  expect_failure(run("reconstruct", vector(bursts, 1), 1, n), DICREC_E_SPIKES, "at least 3");
  expect_failure(run("reconstruct", vector(bursts, N_SPIKES), 0, NULL), DICREC_E_ARGUMENT, "n: a whole number");
  expect_failure(run("generate", vector(target, 2), 1, part), DICREC_E_ARGUMENT, "n: a whole number");
  expect_failure(run("generate", matrix, 1, n), DICREC_E_ARGUMENT, "2 by 3 numbers, 2 columns");
  expect_failure(run("simulate", vector(bursts, 0), 0, NULL), DICREC_E_ARGUMENT, "8 columns are expected");
  expect_failure(run("nix", vector(bursts, 1), 0, NULL), DICREC_E_NAME, "no command 'nix', but estimate");
  script_call nameless = {.command = "estimate", .data = vector(bursts, N_SPIKES)};
  script_call_run(&nameless);
  expect_failure(nameless, DICREC_E_ARGUMENT, "model: the name");
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("script_call");
  tcase_add_unchecked_fixture(cases, fill_bursts, NULL);
  tcase_add_test(cases, every_command_answers);
  tcase_add_test(cases, trains_are_read);
  tcase_add_test(cases, wrong_options_are_named);
  tcase_add_test(cases, wrong_data_is_refused);
  tcase_set_timeout(cases, 120);
  Suite *suite = suite_create("scripting");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  const int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
