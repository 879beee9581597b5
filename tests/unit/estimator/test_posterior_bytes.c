/* SPDX-License-Identifier: MIT */
/** @file test_posterior_bytes.c Posteriors as bytes and back, of friends and of strangers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimator/posterior.h"
#include "support/estimator_fixture.h"
#include "support/fixture.h"

Suite *posterior_bytes_suite(void);

typedef struct byte_array {
  uint8_t *bytes;
  size_t size;
} byte_array;

static byte_array bytes_of(const dicrec_posterior *posterior) {
  byte_array array = {.size = dicrec_posterior_byte_count(posterior)};
  ck_assert_uint_gt(array.size, 0);
  array.bytes = malloc(array.size);
  answers(dicrec_posterior_copy_bytes(posterior, array.bytes, array.size), DICREC_OK);
  return array;
}

static dicrec_posterior *from_bytes(byte_array array) {
  dicrec_posterior *posterior = NULL;
  answers(dicrec_posterior_create_from_bytes(context, array.bytes, array.size, &posterior), DICREC_OK);
  return posterior;
}

/** A posterior of a network, with its code; that of plain numbers; that of a target. */
static dicrec_posterior *posterior_of(int kind) {
  dicrec_posterior *posterior = NULL;
  const double target[] = {-5.0, 8.0, 2.0};
  if (kind == 2) {
    answers(dicrec_posterior_create_at(context, target, 3, &posterior), DICREC_OK);
    return posterior;
  }
  dicrec_spikes *spikes = make_train(60, 1.0);
  posterior = run(spikes, kind, kind == 0 ? 2.0 : 0.0); /* also with a time scale that was looked for */
  dicrec_spikes_free(spikes);
  return posterior;
}

static void check_same(const dicrec_posterior *a, const dicrec_posterior *b) {
  double of_a[30], of_b[30];
  answers(dicrec_posterior_sample(a, 1, 10, 3, of_a), DICREC_OK);
  answers(dicrec_posterior_sample(b, 1, 10, 3, of_b), DICREC_OK);
  ck_assert(memcmp(of_a, of_b, sizeof of_a) == 0);
  answers(dicrec_posterior_moments(a, 3, of_a, of_a + 3), DICREC_OK);
  answers(dicrec_posterior_moments(b, 3, of_b, of_b + 3), DICREC_OK);
  ck_assert(memcmp(of_a, of_b, 12 * sizeof *of_a) == 0);
  ck_assert_int_eq(dicrec_posterior_activity(a), dicrec_posterior_activity(b));
  ck_assert(dicrec_posterior_class_probabilities(a, 4, of_a) == dicrec_posterior_class_probabilities(b, 4, of_b));
  ck_assert(memcmp(of_a, of_b, 4 * sizeof *of_a) == 0);
  ck_assert_double_eq(dicrec_posterior_support(a), dicrec_posterior_support(b));
  ck_assert_double_eq(dicrec_posterior_time_scale(a), dicrec_posterior_time_scale(b));
  answers(dicrec_posterior_time_scale_interval(a, of_a), DICREC_OK);
  answers(dicrec_posterior_time_scale_interval(b, of_b), DICREC_OK);
  ck_assert(memcmp(of_a, of_b, 2 * sizeof *of_a) == 0);
  ck_assert(a->has_code == b->has_code);
  for (size_t i = 0; a->has_code && i < a->n_code; ++i) ck_assert_float_eq(a->code[i], b->code[i]);
}

START_TEST(bytes_hold_every_number) {
  dicrec_posterior *posterior = posterior_of(_i);
  const byte_array bytes = bytes_of(posterior);
  dicrec_posterior *same = from_bytes(bytes);
  const byte_array again = bytes_of(same);
  check_same(posterior, same);
  ck_assert_uint_eq(bytes.size, again.size);
  ck_assert(memcmp(bytes.bytes, again.bytes, again.size) == 0);
  dicrec_posterior_free(posterior);
  dicrec_posterior_free(same);
  free(bytes.bytes);
  free(again.bytes);
}
END_TEST

/** Files of earlier versions are to be read for ever. */
START_TEST(the_format_stays_as_it_is) {
  static const uint8_t beginning[] = {'D', 'C', 'R', 'C', 'P', 'O', 'S', 'T', 1, 0, 0, 0, 1, 0,    0,    0,
                                      0,   0,   0,   0,   255, 255, 255, 255, 0, 0, 0, 0, 0, 0x88, 0xc3, 0xc0};
  dicrec_posterior *posterior = posterior_of(2);
  const byte_array bytes = bytes_of(posterior);
  ck_assert_uint_eq(bytes.size, 24 + 14 * 8 + 10 * 8);
  ck_assert(memcmp(bytes.bytes, beginning, sizeof beginning) == 0); /* the range begins at -10,000 */
  dicrec_posterior_free(posterior);
  free(bytes.bytes);
}
END_TEST

static void refused(byte_array array, const char *word) {
  dicrec_posterior *posterior = (dicrec_posterior *)(void *)array.bytes;
  answers(dicrec_posterior_create_from_bytes(context, array.bytes, array.size, &posterior), DICREC_E_ARGUMENT);
  ck_assert_ptr_null(posterior);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' does not tell of '%s'", error_text(), word);
}

START_TEST(truncated_and_foreign_bytes_are_refused) {
  dicrec_posterior *posterior = posterior_of(0);
  const byte_array whole = bytes_of(posterior);
  dicrec_posterior_free(posterior);
  for (size_t size = 0; size < whole.size; ++size) {
    byte_array part = {malloc(size + 1), size}; /* a read beyond its end shows under a sanitizer */
    memcpy(part.bytes, whole.bytes, size);
    refused(part, size < 24 ? "not those of a posterior" : size < whole.size / 3 ? "" : "should have");
    free(part.bytes);
  }
  whole.bytes[8] = 2;
  refused(whole, "format 2");
  whole.bytes[8] = 1;
  whole.bytes[12] = 65;
  refused(whole, "65 components");
  whole.bytes[0] = 'X';
  refused(whole, "not those of a posterior");
  answers(dicrec_posterior_create_from_bytes(context, NULL, 3, &posterior), DICREC_E_ARGUMENT);
  dicrec_posterior *none = posterior_of(2);
  answers(dicrec_posterior_copy_bytes(none, whole.bytes, 10), DICREC_E_BUFFER);
  answers(dicrec_posterior_copy_bytes(none, NULL, 1000), DICREC_E_ARGUMENT);
  answers(dicrec_posterior_copy_bytes(NULL, whole.bytes, 1000), DICREC_E_ARGUMENT);
  ck_assert_uint_eq(dicrec_posterior_byte_count(NULL), 0);
  ck_assert_int_eq(whole.bytes[0], 'X');
  dicrec_posterior_free(none);
  free(whole.bytes);
}
END_TEST

/** Replace one number and hope for the best: refused, or a posterior that answers as any other. */
START_TEST(damaged_numbers_are_refused_or_harmless) {
  static const double numbers[] = {0.0, -1.0, 2.0, 1e-320, 1e308, -1e308, (double)INFINITY, (double)NAN};
  dicrec_posterior *posterior = posterior_of(0);
  const byte_array whole = bytes_of(posterior);
  size_t n_refused = 0;
  dicrec_posterior_free(posterior);
  for (size_t at = 24; at + 8 <= whole.size; at += 8)
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) {
      uint8_t before[8];
      memcpy(before, whole.bytes + at, sizeof before);
      memcpy(whole.bytes + at, &numbers[i], sizeof before);
      const dicrec_status status = dicrec_posterior_create_from_bytes(context, whole.bytes, whole.size, &posterior);
      memcpy(whole.bytes + at, before, sizeof before);
      ck_assert(status == DICREC_OK || status == DICREC_E_ARGUMENT);
      n_refused += status != DICREC_OK;
      if (status == DICREC_OK) check_finite(posterior);
      dicrec_posterior_free(posterior);
    }
  ck_assert_uint_gt(n_refused, whole.size / 8);
  free(whole.bytes);
}
END_TEST

Suite *posterior_bytes_suite(void) {
  Suite *suite = suite_create("posterior_bytes");
  TCase *cases = tcase_create("posterior_bytes");
  tcase_add_checked_fixture(cases, estimator_setup, estimator_teardown);
  tcase_add_loop_test(cases, bytes_hold_every_number, 0, 3);
  tcase_add_test(cases, the_format_stays_as_it_is);
  tcase_add_test(cases, truncated_and_foreign_bytes_are_refused);
  tcase_add_test(cases, damaged_numbers_are_refused_or_harmless);
  suite_add_tcase(suite, cases);
  return suite;
}
