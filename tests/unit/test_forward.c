/* SPDX-License-Identifier: MIT */
/** @file test_forward.c The forward network: its predictions against a plain computation, and weights that are broken.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "estimator/forward.h"
#include "fixture.h"

Suite *forward_suite(void);

enum { N_CHANNELS = 8, N_INPUTS = 2 * N_CHANNELS + 3, H = MADE_FORWARD_HIDDEN, N_ROWS = 600 };

static made_weights made;

static void setup(void) {
  fixture_setup();
  make_weights(&made, 3);
  made_forward(&made, N_CHANNELS);
}

static void teardown(void) {
  made_weights_free(&made);
  fixture_teardown();
}

static dicrec__weights *load(void) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  dicrec__weights *weights;
  answers(dicrec__weights_from_data(context, bytes, size, &weights), DICREC_OK);
  free(bytes);
  return weights;
}

/** Random numbers in every tensor; offsets and scales between 0.3 and 1.3. */
static void fill_randomly(void) {
  dicrec__random random;
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    const made_tensor *tensor = &made.tensors[t];
    const bool is_positive = strstr(tensor->name, "offset") != NULL || strstr(tensor->name, "scale") != NULL;
    dicrec__random_start(&random, 5, DICREC__PURPOSE_POPULATION, t, 0);
    for (size_t i = 0; i < tensor->dims[0] * tensor->dims[1]; ++i)
      tensor->values[i] = (float)(dicrec__random_uniform(&random) + (is_positive ? 0.3 : -0.5));
  }
}

static const float *values_of(const char *network, int layer, const char *part) {
  char name[48];
  snprintf(name, sizeof name, "forward.%s.layer.%d.%s", network, layer, part);
  return made_values(&made, name);
}

/** One layer, in double. */
static void apply(const char *network, int layer, const double *in, int n_in, int n_out, double *out) {
  const float *weight = values_of(network, layer, "weight"), *bias = values_of(network, layer, "bias");
  for (int o = 0; o < n_out; ++o) {
    out[o] = (double)bias[o];
    for (int i = 0; i < n_in; ++i) out[o] += (double)weight[o * n_in + i] * in[i];
  }
}

static double activated(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

/** The outputs of a network as its layout describes them. */
static void compute(const char *network, const double *g, const double *dics, int n_out, double *out) {
  const float *offset = made_values(&made, "forward.input.offset");
  const float *center = made_values(&made, "forward.input.center"), *scale = made_values(&made, "forward.input.scale");
  double in[N_INPUTS], hidden[H], more[H];
  for (int i = 0; i < N_CHANNELS; ++i) in[i] = log(g[i] + (double)offset[i]);
  for (int i = 0; i < N_CHANNELS; ++i) in[N_CHANNELS + i] = g[i];
  for (int i = 0; i < 3; ++i) in[2 * N_CHANNELS + i] = dics[i];
  for (int i = 0; i < N_INPUTS; ++i) in[i] = fmin(fmax((in[i] - (double)center[i]) / (double)scale[i], -5.0), 5.0);
  apply(network, 0, in, N_INPUTS, H, hidden);
  for (int i = 0; i < H; ++i) hidden[i] = activated(hidden[i]);
  for (int k = 1; k < 3; ++k) {
    apply(network, k, hidden, H, H, more);
    for (int i = 0; i < H; ++i) hidden[i] += activated(more[i]);
  }
  apply(network, 3, hidden, H, n_out, out);
}

static double worst_prediction(const dicrec__prediction *found, const double *out, int n) {
  static const double floors[] = {0.003, 0.05, 0.005, 0.005, 0.01, 0.003, 0.01};
  const double sum = exp(out[0]) + exp(out[1]) + exp(out[2]);
  double worst = 0.0;
  for (int k = 0; k < 3; ++k) worst = fmax(worst, fabs(found->activity[k] - exp(out[k]) / sum));
  for (int k = 0; k < n; ++k) {
    worst = fmax(worst, fabs(found->mean[k] - out[3 + k]));
    worst = fmax(worst, fabs(found->spread[k] / fmax(exp(out[3 + n + k]), floors[k]) - 1.0));
  }
  for (int k = n; k < DICREC__N_PREDICTED; ++k) ck_assert(isnan(found->mean[k]));
  return worst;
}

START_TEST(predictions_are_those_of_the_layout) {
  static double g[N_ROWS][N_CHANNELS], dics[N_ROWS][DICREC_DIC_COUNT];
  static dicrec__prediction found[N_ROWS];
  static const char *const networks[] = {"spiking", "bursting"};
  fill_randomly();
  /* One spread below its floor, and one conductance so far out that it is cut. */
  made_values(&made, "forward.spiking.layer.3.bias")[3 + 4] = -20.0F;
  dicrec__random random;
  dicrec__random_start(&random, 6, DICREC__PURPOSE_POPULATION, 0, 0);
  for (int row = 0; row < N_ROWS; ++row) {
    for (int i = 0; i < N_CHANNELS; ++i) g[row][i] = row % 7 == i ? 0.0 : 4.0 * dicrec__random_uniform(&random);
    for (int i = 0; i < 3; ++i) dics[row][i] = 10.0 * dicrec__random_uniform(&random) - 5.0;
  }
  g[3][0] = 1e6;
  dicrec__weights *weights = load();
  dicrec__forward forward;
  answers(dicrec__forward_bind(context, weights, N_CHANNELS, &forward), DICREC_OK);
  ck_assert(forward.present);
  double worst = 0.0;
  for (int network = 0; network < 2; ++network) {
    const int n = network == 0 ? 4 : 7, activity = network == 0 ? DICREC_ACTIVITY_SPIKING : DICREC_ACTIVITY_BURSTING;
    answers(dicrec__forward_predict(context, &forward, activity, g[0], dics[0], N_ROWS, found), DICREC_OK);
    for (int row = 0; row < N_ROWS; ++row) {
      double out[17];
      compute(networks[network], g[row], dics[row], 3 + 2 * n, out);
      worst = fmax(worst, worst_prediction(&found[row], out, n));
    }
  }
  report_worst("predictions of the forward network, float against double", worst, 1e-4);
  ck_assert_double_lt(worst, 1e-4);
  dicrec__weights_free(weights);
}
END_TEST

/** The made weights must be refused, with `word` in the text. */
static void refused(const char *word) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = bytes;
  options.weights_size = size;
  dicrec_estimator *estimator = (dicrec_estimator *)1;
  answers(dicrec_estimator_create(context, stg, &options, &estimator), DICREC_E_WEIGHTS);
  ck_assert_ptr_null(estimator);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' is not in: %s", word, error_text());
  free(bytes);
}

START_TEST(weights_may_lack_it) {
  made.n_tensors = MADE_TENSORS;
  dicrec_estimator *estimator = make_estimator(stg, &made);
  dicrec_estimator_free(estimator);
  dicrec__weights *weights = load();
  dicrec__forward forward = {.present = true};
  answers(dicrec__forward_bind(context, weights, N_CHANNELS, &forward), DICREC_OK);
  ck_assert(!forward.present);
  dicrec__weights_free(weights);
  made.n_tensors = MADE_TENSORS + MADE_FORWARD_TENSORS;
}
END_TEST

START_TEST(half_of_it_is_refused) {
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
  static const char *const names[] = {"forward.input.scale", "forward.bursting.layer.3.bias", "forward.unknown"};
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

START_TEST(every_shape_is_checked) {
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

START_TEST(values_are_checked) {
  static const made_change cases[] = {
      {"forward.input.scale", "place 3 of forward.input", 3, 0.0F},
      {"forward.input.scale", "place 18 of forward.input", 18, -1.0F},
      {"forward.input.offset", "place 7 of forward.input", 7, 0.0F},
      {"forward.input.center", "value 2 of tensor 'forward.input.center'", 2, NAN},
      {"forward.spiking.layer.1.weight", "value 5 of tensor 'forward.spiking.layer.1.weight'", 5, NAN},
      {"forward.bursting.layer.3.bias", "value 16 of tensor 'forward.bursting.layer.3.bias'", 16, INFINITY},
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
  made_forward(&made, N_CHANNELS - 1);
  refused("forward.input.offset");
}
END_TEST

Suite *forward_suite(void) {
  Suite *suite = suite_create("forward");
  TCase *tests = tcase_create("forward");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, predictions_are_those_of_the_layout);
  tcase_add_test(tests, weights_may_lack_it);
  tcase_add_test(tests, half_of_it_is_refused);
  tcase_add_test(tests, any_part_asks_for_the_whole);
  tcase_add_test(tests, every_shape_is_checked);
  tcase_add_test(tests, values_are_checked);
  tcase_add_test(tests, another_model_is_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
