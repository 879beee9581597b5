/* SPDX-License-Identifier: MIT */
/** @file test_weights.c Files of weights: truncated, hostile, missing. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicrec.h"
#include "network/weights.h"
#include "support/make_weights.h"

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
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-2\"}}", "format", 0},
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-3\"}}", "model", 0},
      {"{\"__metadata__\":{\"format\":\"dicrec-estimator-3\",\"model\":\"stg\"}}", "input.scale", 0},
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
  tcase_add_test(tests, hostile_headers);
  tcase_add_test(tests, deep_and_endless_headers);
  tcase_add_test(tests, absurd_sizes);
  tcase_add_test(tests, files);
  tcase_add_test(tests, contradicting_options);
  suite_add_tcase(suite, tests);
  return suite;
}
