/* SPDX-License-Identifier: MIT */
/** @file test_flow.c The law of base draws: against a plain reading of its steps, one that is known, weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimator/estimator.h"
#include "support/estimator_fixture.h"
#include "support/plain_network.h"

Suite *flow_suite(void);

enum { N_COORDINATES = 5, N_DRAWS = 1000, OF_FLOW = 2 /* the part of a posterior's stream */ };

static const char *const steps[N_COORDINATES][3] = {{"flow.0.0", "flow.0.1", "flow.0.2"},
                                                    {"flow.1.0", "flow.1.1", "flow.1.2"},
                                                    {"flow.2.0", "flow.2.1", "flow.2.2"},
                                                    {"flow.3.0", "flow.3.1", "flow.3.2"},
                                                    {"flow.4.0", "flow.4.1", "flow.4.2"}};

static const float code[MADE_LATENT] = {0.7F, -1.3F, 0.2F};
static dicrec__flow_draw draws[N_DRAWS];
static double found[N_DRAWS][N_COORDINATES], again[N_DRAWS][N_COORDINATES];

/** Members over the plane, of three one without noise, with streams in no order. */
static void setup(void) {
  estimator_setup();
  made_flow(&made, N_COORDINATES);
  remake_estimator();
  for (size_t i = 0; i < N_DRAWS; ++i)
    draws[i] = (dicrec__flow_draw){.dics = {-20.0 + (double)(i % 41), (double)(i % 21)},
                                   .noise_std = i % 3 == 0 ? 0.0 : 0.03 * pow(1000.0, (double)(i % 7) / 6.0),
                                   .stream = (i * 7919) % 100003 + (i % 2 == 0 ? UINT64_C(1) << 40 : 0)};
}

static void sample(uint64_t seed, size_t first, size_t n, double *coordinates) {
  const dicrec__flow *flow = dicrec__estimator_flow(estimator);
  ck_assert_int_eq(flow->n_coordinates, N_COORDINATES);
  answers(dicrec__flow_sample(context, flow, code, dicrec__estimator_target(estimator), seed, draws + first, n,
                              coordinates),
          DICREC_OK);
}

/** A number of the mixture that a step tells: which part, then where. */
static double draw_from(const double *out, dicrec__random *random) {
  double sum = 0.0, normal[2];
  for (int k = 0; k < MADE_STEP_PARTS; ++k) sum += exp(out[k]);
  double left = sum * dicrec__random_uniform(random);
  int k = 0;
  while (k + 1 < MADE_STEP_PARTS && left >= exp(out[k])) left -= exp(out[k++]);
  dicrec__random_normal_pair(random, normal);
  return out[MADE_STEP_PARTS + k] + exp(fmin(fmax(out[2 * MADE_STEP_PARTS + k], -9.0), 5.0)) * normal[0];
}

/** Coordinates of a draw as the layout describes the steps, in double. */
static void plain_draw(const dicrec__flow_draw *draw, uint64_t seed, double coordinates[N_COORDINATES]) {
  const float *center = made_values(&made, "target.center"), *scale = made_values(&made, "target.scale");
  double in[MADE_LATENT + MADE_BEFORE + N_COORDINATES], hidden[MADE_STEP_HIDDEN], more[MADE_STEP_HIDDEN];
  double out[3 * MADE_STEP_PARTS];
  for (int i = 0; i < MADE_LATENT; ++i) in[i] = (double)code[i];
  for (int i = 0; i < 2; ++i) in[MADE_LATENT + i] = (draw->dics[i] - (double)center[i]) / (double)scale[i];
  const bool is_noisy = draw->noise_std > 0.0;
  in[MADE_LATENT + 2] = is_noisy ? 1.0 : 0.0;
  in[MADE_LATENT + 3] = is_noisy ? 2.0 * log(draw->noise_std / 0.03) / log(1000.0) - 1.0 : 0.0;
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POSTERIOR, draw->stream, OF_FLOW);
  for (int k = 0; k < N_COORDINATES; ++k) {
    const int n_in = MADE_LATENT + MADE_BEFORE + k;
    plain_layer(&made, steps[k][0], n_in, MADE_STEP_HIDDEN, in, hidden);
    for (int i = 0; i < MADE_STEP_HIDDEN; ++i) hidden[i] = plain_act(hidden[i]);
    plain_layer(&made, steps[k][1], MADE_STEP_HIDDEN, MADE_STEP_HIDDEN, hidden, more);
    for (int i = 0; i < MADE_STEP_HIDDEN; ++i) hidden[i] += plain_act(more[i]);
    plain_layer(&made, steps[k][2], MADE_STEP_HIDDEN, 3 * MADE_STEP_PARTS, hidden, out);
    coordinates[k] = in[n_in] = draw_from(out, &random);
  }
}

START_TEST(coordinates_are_those_of_the_layout) {
  double worst = 0.0;
  sample(5, 0, N_DRAWS, found[0]);
  for (int i = 0; i < N_DRAWS; ++i) {
    double expected[N_COORDINATES];
    plain_draw(&draws[i], 5, expected);
    for (int k = 0; k < N_COORDINATES; ++k)
      worst = fmax(worst, fabs(found[i][k] - expected[k]) / (1.0 + fabs(expected[k])));
  }
  report_worst("coordinates of base draws, float against double", worst, 1e-4);
  ck_assert_double_lt(worst, 1e-4);
}
END_TEST

START_TEST(draws_do_not_depend_on_the_others) {
  static const size_t sizes[] = {1, 2, 127, 128, 129, 256, 500};
  sample(5, 0, N_DRAWS, found[0]);
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s)
    for (size_t first = 0; first + sizes[s] <= N_DRAWS; first += sizes[s] + 61) {
      sample(5, first, sizes[s], again[0]);
      ck_assert(same_bytes(again[0], found[first], sizes[s] * N_COORDINATES));
    }
  sample(5, 0, 0, again[0]);
}
END_TEST

START_TEST(seed_and_stream_tell_draws_apart) {
  sample(5, 0, N_DRAWS, found[0]);
  sample(UINT64_C(5) << 32, 0, N_DRAWS, again[0]);
  for (int i = 0; i < N_DRAWS; ++i)
    for (int k = 0; k < N_COORDINATES; ++k) ck_assert_double_ne(found[i][k], again[i][k]);
  for (int i = 1; i < N_DRAWS; ++i) draws[i] = draws[0], draws[i].stream += (uint64_t)i;
  sample(5, 0, N_DRAWS, again[0]);
  ck_assert(same_bytes(again[0], found[0], N_COORDINATES));
  for (int i = 1; i < N_DRAWS; ++i) ck_assert_double_ne(again[i][0], again[0][0]);
}
END_TEST

START_TEST(a_known_law_is_followed) {
  enum { N_ROUNDS = 40, N = N_ROUNDS * N_DRAWS };
  static const double mean = 0.7, deviation = 0.4;
  double sums[N_COORDINATES] = {0}, squares[N_COORDINATES][N_COORDINATES] = {{0}};
  made_flow_of(&made, mean, deviation);
  remake_estimator();
  for (uint64_t round = 0; round < N_ROUNDS; ++round) {
    sample(round, 0, N_DRAWS, found[0]);
    for (int i = 0; i < N_DRAWS; ++i)
      for (int k = 0; k < N_COORDINATES; ++k) {
        const double z = (found[i][k] - mean) / deviation;
        sums[k] += z / N;
        for (int j = 0; j <= k; ++j) squares[k][j] += z * (found[i][j] - mean) / deviation / N;
      }
  }
  const double error = 4.5 / sqrt((double)N);
  for (int k = 0; k < N_COORDINATES; ++k) {
    ck_assert_double_eq_tol(sums[k], 0.0, error);
    for (int j = 0; j < k; ++j) ck_assert_double_eq_tol(squares[k][j], 0.0, error);
    ck_assert_double_eq_tol(squares[k][k], 1.0, error * sqrt(2.0));
  }
}
END_TEST

/** Deviations are kept in the bounds of the training, and a part without weight is never drawn. */
START_TEST(extreme_steps) {
  made_flow_of(&made, -3.0, 1e-9);
  float *bias = made_values(&made, "flow.2.2.bias");
  for (int p = 0; p < MADE_STEP_PARTS; ++p) bias[p] = p == 1 ? 1e30F : -1e30F;
  for (int p = 0; p < MADE_STEP_PARTS; ++p) bias[MADE_STEP_PARTS + p] = p == 1 ? 8.0F : 1e30F;
  for (int p = 0; p < MADE_STEP_PARTS; ++p) made_values(&made, "flow.4.2.bias")[2 * MADE_STEP_PARTS + p] = 1e30F;
  remake_estimator();
  sample(1, 0, N_DRAWS, found[0]);
  double largest = 0.0;
  for (int i = 0; i < N_DRAWS; ++i) {
    ck_assert_double_eq_tol(found[i][0], -3.0, 6.0 * exp(-9.0));
    ck_assert_double_eq_tol(found[i][2], 8.0, 6.0 * exp(-9.0));
    largest = fmax(largest, fabs(found[i][4] + 3.0));
  }
  ck_assert(largest > 2.0 * exp(5.0) && largest < 6.0 * exp(5.0));
}
END_TEST

static void refused(const char *word) { weights_answer(&made, stg, DICREC_E_WEIGHTS, word); }

START_TEST(weights_may_lack_a_flow) {
  made.n_tensors = MADE_TENSORS;
  remake_estimator();
  ck_assert_int_eq(dicrec__estimator_flow(estimator)->n_coordinates, 0);
  made.n_tensors = MADE_TENSORS + MADE_STEP_TENSORS * N_COORDINATES;
}
END_TEST

START_TEST(half_a_flow_is_refused) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    const char *name = made.tensors[t].name;
    made.tensors[t].name = "unknown";
    refused(name);
    made.tensors[t].name = "flow.unknown";
    refused(name);
    made.tensors[t].name = name;
  }
}
END_TEST

START_TEST(another_models_flow_is_refused) {
  made.n_tensors -= MADE_STEP_TENSORS; /* a coordinate less than the model has */
  refused("flow.4.0.weight");
  made.n_tensors += MADE_STEP_TENSORS;
}
END_TEST

START_TEST(every_shape_of_a_flow_is_checked) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    made_tensor *tensor = &made.tensors[t];
    const made_tensor before = *tensor;
    tensor->dims[0] -= 1;
    refused("flow.");
    *tensor = before;
    if (before.n_dims == 1) continue;
    tensor->dims[1] -= 1;
    refused(before.name);
    *tensor = before;
  }
  made_values(&made, "flow.3.1.weight")[7] = NAN;
  refused("value 7 of tensor 'flow.3.1.weight'");
}
END_TEST

/** A layer NAME.weight, NAME.bias with other outputs must be refused. */
static void outputs_are_refused(const char *name, size_t n_out, const char *word) {
  for (size_t t = MADE_TENSORS; t < made.n_tensors; ++t) {
    made_tensor *layer = &made.tensors[t];
    if (layer->n_dims != 2 || strncmp(layer->name, name, strlen(name)) != 0) continue;
    const made_tensor before[2] = {layer[0], layer[1]};
    for (int i = 0; i < 2; ++i) {
      layer[i].dims[0] = n_out;
      layer[i].values = calloc(n_out * layer[i].dims[1], sizeof(float));
    }
    refused(word);
    for (int i = 0; i < 2; ++i) free(layer[i].values), layer[i] = before[i];
  }
}

START_TEST(outputs_are_those_of_mixtures) {
  outputs_are_refused("flow.1.2", 3 * MADE_STEP_PARTS - 1,
                      "flow.1.2 has 8 outputs, expected a multiple of 3 up to 192");
  outputs_are_refused("flow.4.2", 195, "flow.4.2 has 195 outputs");
  outputs_are_refused("flow.0.1", MADE_STEP_HIDDEN + 1, "'flow.0.1.weight'"); /* it is added to the layer before */
}
END_TEST

Suite *flow_suite(void) {
  Suite *suite = suite_create("flow");
  TCase *tests = tcase_create("flow");
  tcase_add_checked_fixture(tests, setup, estimator_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, coordinates_are_those_of_the_layout);
  tcase_add_test(tests, draws_do_not_depend_on_the_others);
  tcase_add_test(tests, seed_and_stream_tell_draws_apart);
  tcase_add_test(tests, a_known_law_is_followed);
  tcase_add_test(tests, extreme_steps);
  tcase_add_test(tests, weights_may_lack_a_flow);
  tcase_add_test(tests, half_a_flow_is_refused);
  tcase_add_test(tests, another_models_flow_is_refused);
  tcase_add_test(tests, every_shape_of_a_flow_is_checked);
  tcase_add_test(tests, outputs_are_those_of_mixtures);
  suite_add_tcase(suite, tests);
  return suite;
}
