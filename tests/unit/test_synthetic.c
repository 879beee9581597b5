/* SPDX-License-Identifier: MIT */
/** @file test_synthetic.c Every reader of tables against their plain meaning, on a model that uses every feature. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "fixture.h"
#include "plain_model.h"
#include "simulator/equations.h"
#include "synthetic_model.h"

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

START_TEST(jacobian_agrees_with_differences) {
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

Suite *synthetic_suite(void) {
  Suite *suite = suite_create("synthetic");
  TCase *tests = tcase_create("synthetic");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, derivatives_are_what_the_table_says);
  tcase_add_test(tests, currents_are_what_the_table_says);
  tcase_add_test(tests, jacobian_agrees_with_differences);
  suite_add_tcase(suite, tests);
  return suite;
}
