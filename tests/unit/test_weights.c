/* SPDX-License-Identifier: MIT */
/** @file test_weights.c Files of weights: truncated, hostile, missing, of wrong shape. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicrec.h"
#include "estimator/weights.h"
#include "make_weights.h"

Suite *weights_suite(void);

static dicrec_context *context;
static dicrec_model *model;
static made_weights made;

static void setup(void) {
  ck_assert_int_eq(dicrec_context_create(NULL, &context), DICREC_OK);
  ck_assert_int_eq(dicrec_model_open(context, "stg", &model), DICREC_OK);
  make_weights(&made, 2);
}

static void teardown(void) {
  made_weights_free(&made);
  dicrec_model_free(model);
  dicrec_context_free(context);
}

/** Create must answer `expected`, with `word` in the text unless NULL. The bytes stand at the end of a block. */
static void create_answers(const unsigned char *bytes, size_t size, dicrec_status expected, const char *word) {
  unsigned char *exact = malloc(size > 0 ? size : 1);
  memcpy(exact, bytes, size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = exact;
  options.weights_size = size;
  dicrec_estimator *estimator = NULL;
  const dicrec_status status = dicrec_estimator_create(context, model, &options, &estimator);
  char text[512];
  dicrec_context_error(context, text, sizeof text);
  ck_assert_msg(status == expected, "status %d instead of %d: %s", (int)status, (int)expected, text);
  ck_assert((estimator != NULL) == (status == DICREC_OK));
  ck_assert_msg(word == NULL || strstr(text, word) != NULL, "'%s' is not in: %s", word, text);
  ck_assert(status == DICREC_OK || text[0] != '\0');
  dicrec_estimator_free(estimator);
  free(exact);
}

static void made_answers(dicrec_status expected, const char *word) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  create_answers(bytes, size, expected, word);
  free(bytes);
}

static made_tensor *tensor_named(const char *name) {
  for (size_t t = 0; t < MADE_TENSORS; ++t)
    if (strcmp(made.tensors[t].name, name) == 0) return &made.tensors[t];
  abort();
}

START_TEST(truncation_at_every_length) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  for (size_t n = 0; n < size; ++n) create_answers(bytes, n, DICREC_E_WEIGHTS, "weights");
  create_answers(bytes, size, DICREC_OK, NULL);
  create_answers(bytes, size + 1, DICREC_E_WEIGHTS, "data"); /* made_file leaves one byte more */
  free(bytes);
}
END_TEST

START_TEST(changed_bytes_are_survived) {
  size_t size;
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  uint32_t state = 1;
  for (int i = 0; i < 20000; ++i) {
    state = state * 1664525U + 1013904223U;
    const size_t at = (state >> 8) % (i % 2 == 0 ? 2048 : size);
    const unsigned char before = bytes[at];
    state = state * 1664525U + 1013904223U;
    bytes[at] = i % 3 == 0 ? (unsigned char)(state >> 24) : (unsigned char)"{}[]\",:\\u019"[(state >> 24) % 12];
    dicrec__weights *weights;
    const dicrec_status status = dicrec__weights_from_data(context, bytes, size, &weights);
    ck_assert(status == DICREC_OK || status == DICREC_E_WEIGHTS);
    dicrec__weights_free(weights);
    bytes[at] = before;
  }
  free(bytes);
}
END_TEST

START_TEST(every_tensor_is_needed) {
  for (size_t t = 0; t < MADE_TENSORS; ++t) {
    const char *name = made.tensors[t].name;
    made.tensors[t].name = "unknown";
    made_answers(DICREC_E_WEIGHTS, name);
    made.tensors[t].name = name;
  }
}
END_TEST

START_TEST(every_shape_is_checked) {
  for (size_t t = 0; t < MADE_TENSORS; ++t) {
    const made_tensor before = made.tensors[t];
    made_tensor *tensor = &made.tensors[t];
    /* one row less: always wrong, but for the free number of prototypes, axes and quantiles */
    const bool is_free = strcmp(before.name, "support.prototypes") == 0 ||
                         strcmp(before.name, "support.distances") == 0 || strcmp(before.name, "support.odds") == 0 ||
                         strcmp(before.name, "support.least") == 0;
    tensor->dims[0] -= 1;
    made_answers(is_free ? DICREC_OK : DICREC_E_WEIGHTS, NULL);
    *tensor = before;
    tensor->n_dims = 3 - before.n_dims; /* [n, 1] instead of [n], [n] instead of [n, m] */
    tensor->dims[1] = 1;
    made_answers(DICREC_E_WEIGHTS, before.name);
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
  made_answers(expected, word);
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
  shape_answers("silent.mixture", 7, 1, DICREC_E_WEIGHTS, "silent.mixture has 7 numbers");
  shape_answers("silent.mixture", 1, 1, DICREC_E_WEIGHTS, "silent.mixture has 1 numbers");
  shape_answers("silent.mixture", 6, 1, DICREC_OK, NULL);
  shape_answers("silent.mixture", 60, 1, DICREC_OK, NULL);
}
END_TEST

START_TEST(values_are_checked) {
  static const made_change cases[] = {
      {"embed.1.weight", "value 5 of tensor 'embed.1.weight'", 5, NAN},
      {"head.1.bias", "value 23 of tensor 'head.1.bias'", 23, INFINITY},
      {"input.scale", "input.scale", 1, 0.0F},
      {"input.scale", "input.scale", 3, -1.0F},
      {"input.scale", "shortest interval 0", 4, 0.0F},
      {"input.scale", "shortest interval -3", 4, -3.0F},
      {"input.scale", "largest count 1.5", 5, 1.5F},
      {"silent.mixture", "value 3 of tensor 'silent.mixture'", 3, NAN},
      {"class.1.weight", "value 0 of tensor 'class.1.weight'", 0, -INFINITY},
      {"target.scale", "target", 1, 0.0F},
      {"target.range", "target", 0, 20.0F},
      {"support.distances", "support.distances", 7, 0.0F},
      {"support.odds", "support.odds", 7, -3.0F},
      {"support.least", "support.least", 69, 0.0F},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    const float before = made_exchange(&made, &cases[i], cases[i].value);
    made_answers(DICREC_E_WEIGHTS, cases[i].word);
    made_exchange(&made, &cases[i], before);
  }
  tensor_named("head.1.bias")->name = "head.1.weight";
  made_answers(DICREC_E_WEIGHTS, "twice");
}
END_TEST

START_TEST(hostile_headers) {
#define TENSOR(fields) "{\"a\":{" fields "}}"
#define F32            "\"dtype\":\"F32\","
  static const struct {
    const char *header, *word;
    size_t data;
  } cases[] = {
      {"", "not a JSON object", 0},
      {"[]", "not a JSON object", 0},
      {"7", "not a JSON object", 0},
      {"{", "not a JSON object", 0},
      {"{}}", "not a JSON object", 0},
      {"{}{}", "after the end", 0},
      {" {}", "not a JSON object", 0},
      {"{]", "not a JSON object", 0},
      {"{}", "format", 0},
      {"{}", "4 bytes of data", 4},
      {"{\"a\"}", "one value", 0},
      {"{\"a\":1}", "object", 0},
      {"{\"a\":{},\"a\":{}}", "missing", 0},
      {"{\"a\":\"b\":\"c\"}", "comma", 0},
      {"{\"a\":\"b\" \"c\":1}", "one value", 0},
      {"{\"\\ud800\":{}}", "escape", 0},
      {"{\"\\u0000\":{}}", "escape", 0},
      {"{\"a\\nb\":{}}", "ASCII", 0},
      {"{\"a\nb\":{}}", "control", 0},
      {TENSOR("\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]"), "'a': dtype", 8},
      {TENSOR(F32 "\"shape\":[],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[1,1,1],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[0],\"data_offsets\":[0,0]"), "dimension", 0},
      {TENSOR(F32 "\"shape\":[-1],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[1.0],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[65537],\"data_offsets\":[0,4]"), "dimension", 4},
      {TENSOR(F32 "\"shape\":[18446744073709551617],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[65536,65536],\"data_offsets\":[0,4]"), "17179869184", 4},
      {TENSOR(F32 "\"shape\":[65536,65536],\"data_offsets\":[0,17179869184]"), "ends at byte", 4},
      {TENSOR(F32 "\"shape\":[1],\"data_offsets\":[4,0]"), "order", 4},
      {TENSOR(F32 "\"shape\":[1],\"data_offsets\":[0]"), "order", 4},
      {TENSOR(F32 "\"shape\":[1],\"data_offsets\":[4,8]"), "ends at byte 8", 4},
      {TENSOR(F32 "\"shape\":[[1]],\"data_offsets\":[0,4]"), "shape", 4},
      {TENSOR(F32 "\"shape\":[1]"), "missing", 4},
      {TENSOR(F32 "\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]"), "twice", 4},
      {TENSOR(F32 "\"shape\":[1],\"data_offsets\":[0,4],\"more\":1"), "field", 4},
      {"{\"a\":{" F32 "\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{" F32 "\"shape\":[1],\"data_offsets\":[0,4]}}",
       "overlap", 4},
      {"{\"a\":{" F32 "\"shape\":[1],\"data_offsets\":[0,4]},\"\\u0061\":{" F32
       "\"shape\":[1],\"data_offsets\":[4,8]}}",
       "twice", 8},
      {"{\"__metadata__\":7}", "metadata", 0},
      {"{\"__metadata__\":{\"a\":7}}", "strings", 0},
      {"{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", "twice", 0},
      {"{\"__metadata__\":{},\"__metadata__\":{}}", "twice", 0},
      {"{\"__metadata__\":{\"format\":\"other\"}}", "format", 0},
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-1\"}}", "format", 0},
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-2\"}}", "model", 0},
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-2\",\"model\":\"stg\"}}", "input.scale", 0},
  };
#undef TENSOR
#undef F32
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    size_t size;
    unsigned char *bytes = made_file(cases[i].header, NULL, cases[i].data, &size);
    create_answers(bytes, size, DICREC_E_WEIGHTS, cases[i].word);
    free(bytes);
  }
}
END_TEST

START_TEST(deep_and_endless_headers) {
  static const char *const patterns[] = {"[", "{\"a\":", "[]", ":,", "\"\",", "]", "0,"};
  enum { n = 1000000 };
  char *header = malloc(n + 1);
  for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; ++p) {
    const size_t length = strlen(patterns[p]);
    for (size_t i = 0; i < n; ++i) header[i] = patterns[p][i % length];
    header[n] = '\0';
    for (int inside = 0; inside < 2; ++inside) {
      if (inside) memcpy(header, "{\"a\":", 5);
      size_t size;
      unsigned char *bytes = made_file(header, NULL, 0, &size);
      create_answers(bytes, size, DICREC_E_WEIGHTS, NULL);
      free(bytes);
    }
  }
  free(header);
}
END_TEST

START_TEST(absurd_sizes) {
  const unsigned char huge[16] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, '{', '}'};
  const unsigned char zero_inside[10] = {2, 0, 0, 0, 0, 0, 0, 0, '{', 0};
  create_answers(huge, sizeof huge, DICREC_E_WEIGHTS, "header");
  create_answers(zero_inside, sizeof zero_inside, DICREC_E_WEIGHTS, "zero byte");
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = huge;
  options.weights_size = UINT64_MAX; /* refused before anything is read */
  dicrec_estimator *estimator;
  ck_assert_int_eq(dicrec_estimator_create(context, model, &options, &estimator), DICREC_E_WEIGHTS);
}
END_TEST

static dicrec_status open_path(const char *path, char text[512]) {
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_path = path;
  dicrec_estimator *estimator;
  const dicrec_status status = dicrec_estimator_create(context, model, &options, &estimator);
  dicrec_context_error(context, text, 512);
  dicrec_estimator_free(estimator);
  return status;
}

START_TEST(files) {
  static const char path[] = "test_weights.safetensors";
  char text[512];
  size_t size;
  ck_assert_int_eq(open_path("no/such/file", text), DICREC_E_FILE);
  ck_assert(strstr(text, "no/such/file") != NULL);
  ck_assert_int_eq(open_path(".", text), DICREC_E_FILE);
  ck_assert(strstr(text, "regular") != NULL);
  unsigned char *bytes = made_bytes(&made, "stg", &size);
  FILE *file = fopen(path, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
  fclose(file);
  ck_assert_int_eq(open_path(path, text), DICREC_OK);
  file = fopen(path, "wb");
  fclose(file);
  ck_assert_int_eq(open_path(path, text), DICREC_E_WEIGHTS);
  remove(path);
  free(bytes);
}
END_TEST

START_TEST(contradicting_options) {
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  dicrec_estimator *estimator = (dicrec_estimator *)1;
  options.weights_path = "x";
  options.weights_data = "y";
  options.weights_size = 1;
  ck_assert_int_eq(dicrec_estimator_create(context, model, &options, &estimator), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(estimator);
  options.weights_path = options.weights_data = NULL;
  ck_assert_int_eq(dicrec_estimator_create(context, model, &options, &estimator), DICREC_E_ARGUMENT);
  options.weights_size = 0;
  options.reserved = 1;
  ck_assert_int_eq(dicrec_estimator_create(context, model, &options, &estimator), DICREC_E_OPTION);
  ck_assert_int_eq(dicrec_estimator_create(context, NULL, NULL, &estimator), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_estimator_create(context, model, NULL, NULL), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_estimator_create(NULL, model, NULL, &estimator), DICREC_E_ARGUMENT);
}
END_TEST

Suite *weights_suite(void) {
  Suite *suite = suite_create("weights");
  TCase *tests = tcase_create("weights");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, truncation_at_every_length);
  tcase_add_test(tests, changed_bytes_are_survived);
  tcase_add_test(tests, every_tensor_is_needed);
  tcase_add_test(tests, every_shape_is_checked);
  tcase_add_test(tests, shapes_of_windows_classes_and_silence);
  tcase_add_test(tests, values_are_checked);
  tcase_add_test(tests, hostile_headers);
  tcase_add_test(tests, deep_and_endless_headers);
  tcase_add_test(tests, absurd_sizes);
  tcase_add_test(tests, files);
  tcase_add_test(tests, contradicting_options);
  suite_add_tcase(suite, tests);
  return suite;
}
