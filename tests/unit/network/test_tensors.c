/* SPDX-License-Identifier: MIT */
/** @file test_tensors.c Tensors of weights: missing, of wrong shape, with numbers that are not allowed. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/estimator_fixture.h"

Suite *tensors_suite(void);

static made_tensor *tensor_named(const char *name) {
  for (size_t t = 0; t < MADE_TENSORS; ++t)
    if (strcmp(made.tensors[t].name, name) == 0) return &made.tensors[t];
  abort();
}

START_TEST(every_tensor_is_needed) {
  for (size_t t = 0; t < MADE_TENSORS; ++t) {
    const char *name = made.tensors[t].name;
    made.tensors[t].name = "unknown";
    weights_answer(&made, stg, DICREC_E_WEIGHTS, name);
    made.tensors[t].name = name;
  }
}
END_TEST

START_TEST(every_shape_of_an_estimator_is_checked) {
  for (size_t t = 0; t < MADE_TENSORS; ++t) {
    const made_tensor before = made.tensors[t];
    made_tensor *tensor = &made.tensors[t];
    /* one row less: always wrong, but for the free number of prototypes, axes and quantiles */
    const bool is_free = strcmp(before.name, "support.prototypes") == 0 ||
                         strcmp(before.name, "support.distances") == 0 || strcmp(before.name, "support.odds") == 0 ||
                         strcmp(before.name, "support.least") == 0;
    tensor->dims[0] -= 1;
    weights_answer(&made, stg, is_free ? DICREC_OK : DICREC_E_WEIGHTS, NULL);
    *tensor = before;
    tensor->n_dims = 3 - before.n_dims; /* [n, 1] instead of [n], [n] instead of [n, m] */
    tensor->dims[1] = 1;
    weights_answer(&made, stg, DICREC_E_WEIGHTS, before.name);
    *tensor = before;
  }
}
END_TEST

/** A tensor with other dimensions must be refused with a word on it. */
static void shape_answers(const char *name, size_t n_rows, size_t n_columns, dicrec_status expected, const char *word) {
  made_tensor *tensor = tensor_named(name);
  const made_tensor before = *tensor;
  tensor->values = calloc(n_rows * n_columns, sizeof *tensor->values);
  tensor->dims[0] = n_rows;
  tensor->dims[1] = n_columns;
  weights_answer(&made, stg, expected, word);
  free(tensor->values);
  *tensor = before;
}

START_TEST(shapes_of_windows_classes_and_silence) {
  shape_answers("embed.0.weight", MADE_WIDTH, 7, DICREC_E_WEIGHTS, "'embed.0.weight' has 7 columns");
  shape_answers("embed.0.weight", MADE_WIDTH, 1, DICREC_E_WEIGHTS, "'embed.0.weight' has 1 columns");
  shape_answers("embed.0.weight", MADE_WIDTH, 34, DICREC_E_WEIGHTS, "even numbers up to 32");
  shape_answers("embed.0.weight", MADE_WIDTH, 2, DICREC_OK, NULL);
  shape_answers("embed.0.weight", MADE_WIDTH, 32, DICREC_OK, NULL);
  shape_answers("input.scale", 4, 1, DICREC_E_WEIGHTS, "'input.scale'");
  shape_answers("class.0.weight", MADE_CLASS_HIDDEN, MADE_LATENT + 1, DICREC_E_WEIGHTS, "'class.0.weight'");
  shape_answers("class.0.bias", MADE_CLASS_HIDDEN + 1, 1, DICREC_E_WEIGHTS, "'class.0.bias'");
  shape_answers("class.1.weight", 3, MADE_CLASS_HIDDEN, DICREC_E_WEIGHTS, "'class.1.weight'");
  shape_answers("class.1.weight", 4, MADE_CLASS_HIDDEN - 1, DICREC_E_WEIGHTS, "'class.1.weight'");
  shape_answers("class.1.bias", 5, 1, DICREC_E_WEIGHTS, "'class.1.bias'");
  shape_answers("support.0.weight", MADE_TELL_HIDDEN, MADE_FEATURES - 1, DICREC_E_WEIGHTS, "'support.0.weight'");
  shape_answers("support.1.weight", 2, MADE_TELL_HIDDEN, DICREC_E_WEIGHTS, "'support.1.weight'");
  shape_answers("silent.mixture", 8, 1, DICREC_E_WEIGHTS, "silent.mixture has 8 numbers");
  shape_answers("silent.mixture", 1, 1, DICREC_E_WEIGHTS, "silent.mixture has 1 numbers");
  shape_answers("silent.mixture", 12, 1, DICREC_E_WEIGHTS, "a multiple of 9 up to 576");
  shape_answers("silent.mixture", 65 * 9, 1, DICREC_E_WEIGHTS, "silent.mixture has 585 numbers");
  shape_answers("silent.mixture", 9, 1, DICREC_OK, NULL);
  shape_answers("silent.mixture", 90, 1, DICREC_OK, NULL);
}
END_TEST

START_TEST(shapes_of_patterns_codes_and_heads) {
  shape_answers("pattern.center", DICREC__PATTERN_SIZE - 1, 1, DICREC_E_WEIGHTS, "'pattern.center'");
  shape_answers("pattern.scale", DICREC__PATTERN_SIZE + 1, 1, DICREC_E_WEIGHTS, "'pattern.scale'");
  shape_answers("code.0.weight", MADE_HIDDEN, MADE_POOLED, DICREC_E_WEIGHTS, "'code.0.weight'");
  shape_answers("code.1.weight", MADE_HIDDEN, MADE_HIDDEN + 1, DICREC_E_WEIGHTS, "'code.1.weight'");
  shape_answers("code.2.weight", MADE_LATENT, MADE_HIDDEN - 1, DICREC_E_WEIGHTS, "'code.2.weight'");
  shape_answers("head.0.weight", MADE_HIDDEN + 1, MADE_LATENT + 1, DICREC_E_WEIGHTS, "'head.0.weight'");
  shape_answers("support.mean", MADE_POOLED + MADE_LATENT, 1, DICREC_E_WEIGHTS, "'support.mean'");
  shape_answers("noise.range", 3, 1, DICREC_E_WEIGHTS, "'noise.range'");
}
END_TEST

/** Both tensors of a layer with other outputs must be refused with a word on it. */
static void outputs_are_refused(const char *names[2], size_t n_out, const char *word) {
  made_tensor *weight = tensor_named(names[0]), *bias = tensor_named(names[1]);
  const made_tensor before[2] = {*weight, *bias};
  weight->values = calloc(n_out * weight->dims[1], sizeof *weight->values);
  bias->values = calloc(n_out, sizeof *bias->values);
  weight->dims[0] = bias->dims[0] = n_out;
  weights_answer(&made, stg, DICREC_E_WEIGHTS, word);
  free(weight->values);
  free(bias->values);
  *weight = before[0];
  *bias = before[1];
}

START_TEST(layers_that_are_added_up_and_heads_have_their_size) {
  outputs_are_refused((const char *[]){"code.1.weight", "code.1.bias"}, MADE_HIDDEN + 1,
                      "code.1 has 19 outputs, expected those of code.0, 18");
  outputs_are_refused((const char *[]){"head.1.weight", "head.1.bias"}, 6 * MADE_PARTS, "head.1 has 24 numbers");
  outputs_are_refused((const char *[]){"head.1.weight", "head.1.bias"}, 585, "head.1 has 585 numbers");
}
END_TEST

START_TEST(values_of_an_estimator_are_checked) {
  static const made_change cases[] = {
      {"embed.1.weight", "value 5 of tensor 'embed.1.weight'", 5, NAN},
      {"head.1.bias", "value 23 of tensor 'head.1.bias'", 23, INFINITY},
      {"input.scale", "input.scale", 1, 0.0F},
      {"input.scale", "input.scale", 3, -1.0F},
      {"input.scale", "shortest interval 0", 4, 0.0F},
      {"input.scale", "resolution 0", 6, 0.0F},
      {"input.scale", "shortest interval -3", 4, -3.0F},
      {"input.scale", "largest count 1.5", 5, 1.5F},
      {"silent.mixture", "value 3 of tensor 'silent.mixture'", 3, NAN},
      {"class.1.weight", "value 0 of tensor 'class.1.weight'", 0, -INFINITY},
      {"target.scale", "target", 1, 0.0F},
      {"target.range", "target", 0, 20.0F},
      {"pattern.scale", "pattern.scale is 0 at index 0", 0, 0.0F},
      {"pattern.scale", "pattern.scale is -2 at index 38", 38, -2.0F},
      {"pattern.center", "value 5 of tensor 'pattern.center'", 5, NAN},
      {"code.2.weight", "value 4 of tensor 'code.2.weight'", 4, INFINITY},
      {"noise.range", "noise.range is 0 to 30", 0, 0.0F},
      {"noise.range", "noise.range is -1 to 30", 0, -1.0F},
      {"noise.range", "noise.range is 0.03 to 0.02", 1, 0.02F},
      {"noise.range", "noise.range is 30 to 30", 0, 30.0F},
      {"support.distances", "support.distances", 7, 0.0F},
      {"support.odds", "support.odds", 7, -3.0F},
      {"support.least", "support.least", 69, 0.0F},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    const float before = made_exchange(&made, &cases[i], cases[i].value);
    weights_answer(&made, stg, DICREC_E_WEIGHTS, cases[i].word);
    made_exchange(&made, &cases[i], before);
  }
  tensor_named("head.1.bias")->name = "head.1.weight";
  weights_answer(&made, stg, DICREC_E_WEIGHTS, "twice");
}
END_TEST

Suite *tensors_suite(void) {
  Suite *suite = suite_create("tensors");
  TCase *tests = tcase_create("tensors");
  tcase_add_checked_fixture(tests, estimator_setup, estimator_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, every_tensor_is_needed);
  tcase_add_test(tests, every_shape_of_an_estimator_is_checked);
  tcase_add_test(tests, shapes_of_windows_classes_and_silence);
  tcase_add_test(tests, shapes_of_patterns_codes_and_heads);
  tcase_add_test(tests, layers_that_are_added_up_and_heads_have_their_size);
  tcase_add_test(tests, values_of_an_estimator_are_checked);
  suite_add_tcase(suite, tests);
  return suite;
}
