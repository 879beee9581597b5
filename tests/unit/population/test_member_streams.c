/* SPDX-License-Identifier: MIT */
/** @file test_member_streams.c Random streams of members: populations in parts, chosen streams, what is told of them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "population/generate.h"
#include "population/population.h"
#include "support/fixture.h"

Suite *member_streams_suite(void);

enum { N_CHANNELS = 8 };

static const double target[2] = {-5.0, 8.0};

static dicrec_population *generate(const dicrec_generate_options *options, size_t n) {
  dicrec_population *population = NULL;
  answers(dicrec_generate(context, stg, target, 1, 2, n, options, &population), DICREC_OK);
  return population;
}

static dicrec_generate_options options_from(uint64_t first_member) {
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  ck_assert_uint_eq(options.first_member, 0);
  options.seed = 11;
  options.keep_raw = 1;
  options.first_member = first_member;
  return options;
}

/* Rows `at`, `at` + 1, ... of one population are rows 0, 1, ... of another, in every stage. */
static void check_rows(const dicrec_population *whole, size_t at, const dicrec_population *part) {
  const size_t n = part->n_members;
  ck_assert(same_bytes(whole->conductances + at * N_CHANNELS, part->conductances, n * N_CHANNELS));
  ck_assert(same_bytes(whole->base + at * N_CHANNELS, part->base, n * N_CHANNELS));
  ck_assert(same_bytes(whole->spiking + at * N_CHANNELS, part->spiking, n * N_CHANNELS));
  ck_assert(same_bytes(whole->dics + at * DICREC_DIC_COUNT, part->dics, n * DICREC_DIC_COUNT));
  ck_assert(same_bytes(whole->streams + at, part->streams, n));
}

START_TEST(a_population_can_be_made_in_parts) {
  enum { N = 700 };
  const dicrec_generate_options from_start = options_from(0);
  dicrec_population *whole = generate(&from_start, N);
  static const size_t parts[][2] = {{0, 1}, {1, 299}, {300, 7}, {307, 393}};
  for (size_t k = 0; k < sizeof parts / sizeof parts[0]; ++k) {
    const dicrec_generate_options options = options_from(parts[k][0]);
    dicrec_population *part = generate(&options, parts[k][1]);
    check_rows(whole, parts[k][0], part);
    dicrec_population_free(part);
  }
  dicrec_population_free(whole);
}
END_TEST

START_TEST(members_can_have_any_streams) {
  enum { N = 20 };
  const dicrec_generate_options options = options_from(3);
  uint64_t streams[N];
  for (size_t i = 0; i < N; ++i) streams[i] = (UINT64_C(1) << 53) - 1 - 1000 * i;
  dicrec_population *p = NULL;
  answers(dicrec__generate_from(context, stg, target, 1, N, streams, NULL, &options, &p), DICREC_OK);
  ck_assert(same_bytes(p->streams, streams, N));
  for (size_t i = 0; i < N; ++i) {
    const dicrec_generate_options alone = options_from(streams[i]);
    dicrec_population *member = generate(&alone, 1);
    check_rows(p, i, member);
    dicrec_population_free(member);
  }
  dicrec_population_free(p);
}
END_TEST

START_TEST(a_population_tells_how_to_repeat_it) {
  enum { N = 5 };
  const dicrec_generate_options options = options_from(40);
  dicrec_population *p = generate(&options, N);
  uint64_t streams[N];
  double noise_std[N];
  answers(dicrec_population_copy_streams(p, streams, N), DICREC_OK);
  answers(dicrec_population_copy_noise_std(p, noise_std, N), DICREC_OK);
  ck_assert(dicrec_population_time_scale(p) == 1.0);
  for (size_t i = 0; i < N; ++i) ck_assert(streams[i] == 40 + i && noise_std[i] == 0.0);
  dicrec_population_free(p);
}
END_TEST

START_TEST(the_last_stream_is_one_that_a_double_holds) {
  dicrec_generate_options options = options_from((UINT64_C(1) << 53) - 2);
  dicrec_population_free(generate(&options, 2));
  dicrec_population *p = NULL;
  answers(dicrec_generate(context, stg, target, 1, 2, 3, &options, &p), DICREC_E_RANGE);
  ck_assert_ptr_null(p);
  ck_assert_ptr_nonnull(strstr(error_text(), "first_member is 9007199254740990"));
}
END_TEST

Suite *member_streams_suite(void) {
  Suite *suite = suite_create("member_streams");
  TCase *tests = tcase_create("member_streams");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, a_population_can_be_made_in_parts);
  tcase_add_test(tests, members_can_have_any_streams);
  tcase_add_test(tests, a_population_tells_how_to_repeat_it);
  tcase_add_test(tests, the_last_stream_is_one_that_a_double_holds);
  suite_add_tcase(suite, tests);
  return suite;
}
