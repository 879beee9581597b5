/* SPDX-License-Identifier: MIT */
/** @file test_forward.c The forward networks: predictions against a plain computation, and weights that are broken. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "network/forward.h"
#include "support/estimator_fixture.h"
#include "support/plain_network.h"

Suite *forward_suite(void);

enum {
  N_CHANNELS = 8,
  N_MEMBRANE = 2 * N_CHANNELS + 3,
  N_INPUTS = N_MEMBRANE + 2,
  N_OUT = MADE_FORWARD_OUT,
  H = MADE_FORWARD_HIDDEN,
  N_ROWS = 600
};

static const double log_noise[2] = {-3.0, 2.0};

static double g[N_ROWS][N_CHANNELS], dics[N_ROWS][DICREC_DIC_COUNT], noise_std[N_ROWS];
static dicrec__prediction found[N_ROWS];

static void setup(void) {
  estimator_setup();
  made_forward(&made, N_CHANNELS);
}

static dicrec__weights *load(void) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  dicrec__weights *weights;
  answers(dicrec__weights_from_data(context, bytes, size, &weights), DICREC_OK);
  free(bytes);
  return weights;
}

static dicrec__forward bind(const dicrec__weights *weights) {
  dicrec__forward forward = {.present = true};
  answers(dicrec__forward_bind(context, weights, N_CHANNELS, log_noise, &forward), DICREC_OK);
  return forward;
}

/** Random numbers in every tensor; those that are above 0 between 0.3 and 1.3. */
static void fill_randomly(void) {
  dicrec__random random;
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    const made_tensor *tensor = &made.tensors[t];
    const bool is_positive = strstr(tensor->name, "layer") == NULL && strstr(tensor->name, "center") == NULL;
    dicrec__random_start(&random, 5, DICREC__PURPOSE_POPULATION, t, 0);
    for (size_t i = 0; i < tensor->dims[0] * tensor->dims[1]; ++i)
      tensor->values[i] = (float)(dicrec__random_uniform(&random) + (is_positive ? 0.3 : -0.5));
  }
}

/** Standardised inputs of a row; of a noisy one with its noise and the duration. */
static int lay_out(int row, double duration_ms, double in[N_INPUTS]) {
  const float *offset = made_values(&made, "forward.input.offset");
  const float *center = made_values(&made, "forward.input.center"), *scale = made_values(&made, "forward.input.scale");
  const float *duration = made_values(&made, "forward.input.duration");
  const bool is_noisy = noise_std[row] > 0.0;
  for (int i = 0; i < N_CHANNELS; ++i) in[i] = log(g[row][i] + (double)offset[i]);
  for (int i = 0; i < N_CHANNELS; ++i) in[N_CHANNELS + i] = g[row][i];
  for (int i = 0; i < 3; ++i) in[2 * N_CHANNELS + i] = dics[row][i];
  for (int i = 0; i < N_MEMBRANE; ++i) in[i] = (in[i] - (double)center[i]) / (double)scale[i];
  in[N_MEMBRANE] = is_noisy ? (log(noise_std[row]) - log_noise[0]) / (log_noise[1] - log_noise[0]) * 2.0 - 1.0 : 0.0;
  in[N_MEMBRANE + 1] = (log(duration_ms) - (double)duration[0]) / (double)duration[1];
  for (int i = 0; i < N_INPUTS; ++i) in[i] = fmin(fmax(in[i], -5.0), 5.0);
  return is_noisy ? N_INPUTS : N_MEMBRANE;
}

/** The outputs for a row, as the layout of the networks describes them. */
static void compute(int row, double duration_ms, double out[N_OUT]) {
  static const char *const layers[2][4] = {
      {"forward.steady.layer.0", "forward.steady.layer.1", "forward.steady.layer.2", "forward.steady.layer.3"},
      {"forward.noisy.layer.0", "forward.noisy.layer.1", "forward.noisy.layer.2", "forward.noisy.layer.3"}};
  const char *const *names = layers[noise_std[row] > 0.0];
  double in[N_INPUTS], hidden[H], more[H];
  plain_layer(&made, names[0], lay_out(row, duration_ms, in), H, in, hidden);
  for (int i = 0; i < H; ++i) hidden[i] = plain_act(hidden[i]);
  for (int k = 1; k < 3; ++k) {
    plain_layer(&made, names[k], H, H, hidden, more);
    for (int i = 0; i < H; ++i) hidden[i] += plain_act(more[i]);
  }
  plain_layer(&made, names[3], H, N_OUT, hidden, out);
}

static double worst_prediction(const dicrec__prediction *prediction, const double *out) {
  const float *least = made_values(&made, "forward.least_spread");
  const double sum = exp(out[0]) + exp(out[1]) + exp(out[2]), *means = out + 3, *logs = means + DICREC__PATTERN_SIZE;
  double worst = 0.0;
  for (int k = 0; k < 3; ++k) worst = fmax(worst, fabs(prediction->activity[k] - exp(out[k]) / sum));
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    worst = fmax(worst, fabs(prediction->mean[k] - means[k]));
    worst = fmax(worst, fabs(prediction->spread[k] / fmax(exp(logs[k]), (double)least[k]) - 1.0));
  }
  return worst;
}

/** Random neurons; of five neighbours two have noise, in and beyond its range. */
static void draw_neurons(void) {
  dicrec__random random;
  dicrec__random_start(&random, 6, DICREC__PURPOSE_POPULATION, 0, 0);
  for (int row = 0; row < N_ROWS; ++row) {
    for (int i = 0; i < N_CHANNELS; ++i) g[row][i] = row % 7 == i ? 0.0 : 4.0 * dicrec__random_uniform(&random);
    for (int i = 0; i < 3; ++i) dics[row][i] = 10.0 * dicrec__random_uniform(&random) - 5.0;
    noise_std[row] = row % 5 > 2 ? exp(8.0 * dicrec__random_uniform(&random) - 4.5) : 0.0;
  }
}

static void predict(const dicrec__forward *forward, size_t first, size_t n, double duration_ms) {
  const dicrec__forward_neurons neurons = {n, g[first], dics[first], noise_std + first, duration_ms};
  memset(found, 0, sizeof found);
  answers(dicrec__forward_predict(context, forward, &neurons, found), DICREC_OK);
}

START_TEST(predictions_are_those_of_the_layout) {
  static const double durations[] = {0.1, 2.0, 2.7, 1e5};
  fill_randomly();
  draw_neurons();
  /* Spreads below the least, and what is so far out that it is cut. */
  made_values(&made, "forward.steady.layer.3.bias")[3 + DICREC__PATTERN_SIZE + 4] = -20.0F;
  made_values(&made, "forward.noisy.layer.3.bias")[3 + DICREC__PATTERN_SIZE + 5] = -20.0F;
  g[3][0] = 1e6, noise_std[4] = 1e9;
  dicrec__weights *weights = load();
  const dicrec__forward forward = bind(weights);
  ck_assert(forward.present);
  double worst = 0.0;
  for (size_t d = 0; d < 4; ++d) {
    predict(&forward, 0, N_ROWS, durations[d]);
    for (int row = 0; row < N_ROWS; ++row) {
      double out[N_OUT];
      compute(row, durations[d], out);
      worst = fmax(worst, worst_prediction(&found[row], out));
    }
  }
  report_worst("predictions of the forward networks, float against double", worst, 1e-4);
  ck_assert_double_lt(worst, 1e-4);
  dicrec__weights_free(weights);
}
END_TEST

/* Neurons with and without noise that come together, in any number, have the predictions that they have alone. */
START_TEST(predictions_do_not_depend_on_the_others) {
  static dicrec__prediction all[N_ROWS];
  static const size_t sizes[] = {1, 2, 5, 127, 128, 129, 400};
  fill_randomly();
  draw_neurons();
  dicrec__weights *weights = load();
  const dicrec__forward forward = bind(weights);
  predict(&forward, 0, N_ROWS, 2.0);
  memcpy(all, found, sizeof all);
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s)
    for (size_t first = 0; first + sizes[s] <= N_ROWS; first += 67 + sizes[s]) {
      predict(&forward, first, sizes[s], 2.0);
      ck_assert(same_bytes(found, all + first, sizes[s]));
    }
  predict(&forward, 0, 0, 2.0);
  dicrec__weights_free(weights);
}
END_TEST

/* Members that could not be made are rows of NaN: the others are predicted as if they were not there. */
START_TEST(rows_without_numbers_disturb_no_others) {
  static dicrec__prediction all[N_ROWS];
  fill_randomly();
  draw_neurons();
  dicrec__weights *weights = load();
  const dicrec__forward forward = bind(weights);
  predict(&forward, 0, N_ROWS, 2.0);
  memcpy(all, found, sizeof all);
  for (int row = 0; row < N_ROWS; row += 4) {
    for (int i = 0; i < N_CHANNELS; ++i) g[row][i] = (double)NAN;
    for (int i = 0; i < DICREC_DIC_COUNT; ++i) dics[row][i] = (double)NAN;
  }
  predict(&forward, 0, N_ROWS, 2.0);
  for (int row = 0; row < N_ROWS; ++row) {
    if (row % 4 != 0) ck_assert(same_bytes(&found[row], &all[row], 1));
    for (int k = 0; k < DICREC__PATTERN_SIZE && row % 4 == 0; ++k)
      ck_assert(isfinite(found[row].mean[k]) && isfinite(found[row].spread[k]));
  }
  dicrec__weights_free(weights);
}
END_TEST

static void refused(const char *word) { weights_answer(&made, stg, DICREC_E_WEIGHTS, word); }

START_TEST(weights_may_lack_a_forward_network) {
  made.n_tensors = MADE_TENSORS;
  weights_answer(&made, stg, DICREC_OK, NULL);
  dicrec__weights *weights = load();
  ck_assert(!bind(weights).present);
  dicrec__weights_free(weights);
  made.n_tensors = MADE_TENSORS + MADE_FORWARD_TENSORS;
}
END_TEST

START_TEST(half_a_forward_network_is_refused) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    const char *name = made.tensors[t].name;
    made.tensors[t].name = "unknown";
    refused(name);
    made.tensors[t].name = name;
  }
}
END_TEST

/* One tensor alone shows that a network was meant. */
START_TEST(any_part_asks_for_the_whole) {
  static const char *const names[] = {"forward.input.scale", "forward.noisy.layer.3.bias", "forward.unknown"};
  const made_tensor first = made.tensors[MADE_TENSORS];
  made.n_tensors = MADE_TENSORS + 1;
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    made.tensors[MADE_TENSORS].name = names[i];
    refused("forward.input.offset");
  }
  made.tensors[MADE_TENSORS] = first;
  made.n_tensors = MADE_TENSORS + MADE_FORWARD_TENSORS;
}
END_TEST

START_TEST(every_shape_of_a_forward_network_is_checked) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    made_tensor *tensor = &made.tensors[t];
    const made_tensor before = *tensor;
    tensor->dims[0] -= 1;
    refused("forward.");
    *tensor = before;
    tensor->n_dims = 3 - before.n_dims;
    tensor->dims[1] = 1;
    refused(before.name);
    *tensor = before;
    if (before.n_dims == 1) continue;
    tensor->dims[1] -= 1;
    refused("forward.");
    *tensor = before;
  }
}
END_TEST

START_TEST(values_of_a_forward_network_are_checked) {
  static const made_change cases[] = {
      {"forward.input.scale", "forward.input.scale is 0 at index 3", 3, 0.0F},
      {"forward.input.scale", "forward.input.scale is -1 at index 18", 18, -1.0F},
      {"forward.input.offset", "forward.input.offset is 0 at index 7", 7, 0.0F},
      {"forward.input.duration", "forward.input.duration is 0 at index 1", 1, 0.0F},
      {"forward.least_spread", "forward.least_spread is 0 at index 38", 38, 0.0F},
      {"forward.least_spread", "forward.least_spread is -0.5 at index 0", 0, -0.5F},
      {"forward.input.center", "value 2 of tensor 'forward.input.center'", 2, NAN},
      {"forward.steady.layer.1.weight", "value 5 of tensor 'forward.steady.layer.1.weight'", 5, NAN},
      {"forward.noisy.layer.3.bias", "value 80 of tensor 'forward.noisy.layer.3.bias'", 80, INFINITY},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const float before = made_exchange(&made, &cases[i], cases[i].value);
    refused(cases[i].word);
    made_exchange(&made, &cases[i], before);
  }
}
END_TEST

/* The weights are of a model with one channel less. */
START_TEST(another_model_is_refused) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) free(made.tensors[t].values);
  made.n_tensors = MADE_TENSORS;
  made_forward(&made, N_CHANNELS - 1);
  refused("forward.input.offset");
}
END_TEST

Suite *forward_suite(void) {
  Suite *suite = suite_create("forward");
  TCase *tests = tcase_create("forward");
  tcase_add_checked_fixture(tests, setup, estimator_teardown);
  tcase_add_test(tests, predictions_are_those_of_the_layout);
  tcase_add_test(tests, predictions_do_not_depend_on_the_others);
  tcase_add_test(tests, rows_without_numbers_disturb_no_others);
  tcase_add_test(tests, weights_may_lack_a_forward_network);
  tcase_add_test(tests, half_a_forward_network_is_refused);
  tcase_add_test(tests, any_part_asks_for_the_whole);
  tcase_add_test(tests, every_shape_of_a_forward_network_is_checked);
  tcase_add_test(tests, values_of_a_forward_network_are_checked);
  tcase_add_test(tests, another_model_is_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
