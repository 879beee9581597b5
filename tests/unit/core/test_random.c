/* SPDX-License-Identifier: MIT */
/** @file test_random.c Random streams: their laws, and that each number depends on its own coordinates alone. */
#include <math.h>
#include <stdlib.h>

#include "core/random.h"
#include "support/fixture.h"

Suite *random_suite(void);

static double gamma_3(dicrec__random *random) { return dicrec__random_gamma(random, 3.0); }
static double gamma_27(dicrec__random *random) { return dicrec__random_gamma(random, 27.0); }
static double gamma_1(dicrec__random *random) { return dicrec__random_gamma(random, 1.0); }
static double normal(dicrec__random *random) {
  double pair[2];
  dicrec__random_normal_pair(random, pair);
  return pair[random->counter.v[0] % 2];
}

START_TEST(random_laws_have_their_moments) {
  static const struct {
    const char *name;
    double (*draw)(dicrec__random *);
    double mean, variance, skewness, kurtosis;
  } laws[] = {{"uniform", dicrec__random_uniform, 0.5, 1.0 / 12.0, 0.0, 1.8},
              {"normal", normal, 0.0, 1.0, 0.0, 3.0},
              {"gamma(1)", gamma_1, 1.0, 1.0, 2.0, 9.0},
              {"gamma(3)", gamma_3, 3.0, 3.0, 1.1547, 5.0},
              {"gamma(27)", gamma_27, 27.0, 27.0, 0.3849, 3.2222}};
  enum { N = 400000 };
  double *x = malloc(N * sizeof *x);
  for (size_t l = 0; l < sizeof laws / sizeof laws[0]; ++l) {
    dicrec__random random;
    dicrec__random_start(&random, 5, DICREC__PURPOSE_POPULATION, l, 0);
    double mean = 0.0, moments[5] = {0};
    for (size_t i = 0; i < N; ++i) mean += (x[i] = laws[l].draw(&random)) / N;
    for (size_t i = 0; i < N; ++i)
      for (int k = 2; k < 5; ++k) moments[k] += pow(x[i] - mean, k) / N;
    const double sigma = sqrt(moments[2]);
    ck_assert_msg(fabs(mean - laws[l].mean) < 5.0 * sigma / sqrt(N), "%s: mean %g", laws[l].name, mean);
    ck_assert_msg(fabs(moments[2] / laws[l].variance - 1.0) < 0.02, "%s: variance %g", laws[l].name, moments[2]);
    ck_assert_msg(fabs(moments[3] / pow(sigma, 3) - laws[l].skewness) < 0.05, "%s: skewness", laws[l].name);
    ck_assert_msg(fabs(moments[4] / pow(sigma, 4) / laws[l].kurtosis - 1.0) < 0.08, "%s: kurtosis", laws[l].name);
  }
  free(x);
}
END_TEST

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Kolmogorov's statistic against the closed distribution functions of shapes 1 and 3; 1.95 is passed once in 1,000. */
START_TEST(gamma_has_its_distribution) {
  enum { N = 20000 };
  double *x = malloc(N * sizeof *x);
  for (int shape = 1; shape <= 3; shape += 2) {
    dicrec__random random;
    dicrec__random_start(&random, 8, DICREC__PURPOSE_POPULATION, (uint64_t)shape, 0);
    for (size_t i = 0; i < N; ++i) x[i] = dicrec__random_gamma(&random, shape);
    qsort(x, N, sizeof *x, by_value);
    double worst = 0.0;
    for (size_t i = 0; i < N; ++i) {
      const double sum = shape == 1 ? 1.0 : 1.0 + x[i] + 0.5 * x[i] * x[i];
      worst = fmax(worst, fabs(1.0 - exp(-x[i]) * sum - ((double)i + 0.5) / N));
    }
    ck_assert_double_lt(worst * sqrt(N), 1.95);
  }
  free(x);
}
END_TEST

START_TEST(uniform_numbers_are_inside_the_interval) {
  dicrec__random random;
  dicrec__random_start(&random, 1, DICREC__PURPOSE_POSTERIOR, 0, 0);
  for (int i = 0; i < 1000000; ++i) {
    const double u = dicrec__random_uniform(&random);
    ck_assert(u > 0.0 && u < 1.0);
  }
}
END_TEST

START_TEST(streams_do_not_depend_on_the_order_of_calls) {
  enum { N_STREAMS = 5, N_DRAWS = 50 };
  double alone[N_STREAMS][N_DRAWS];
  dicrec__random streams[N_STREAMS];
  for (uint64_t s = 0; s < N_STREAMS; ++s) {
    dicrec__random_start(&streams[s], 3, DICREC__PURPOSE_NOISE, s, 2);
    for (int k = 0; k < N_DRAWS; ++k) alone[s][k] = dicrec__random_uniform(&streams[s]);
  }
  for (uint64_t s = N_STREAMS; s-- > 0;) dicrec__random_start(&streams[s], 3, DICREC__PURPOSE_NOISE, s, 2);
  for (int k = 0; k < N_DRAWS; ++k)
    for (int s = N_STREAMS - 1; s >= 0; --s) ck_assert(dicrec__random_uniform(&streams[s]) == alone[s][k]);
}
END_TEST

START_TEST(streams_differ_in_every_coordinate) {
  static const struct {
    uint64_t seed, stream;
    uint32_t attempt;
    enum dicrec__purpose purpose;
  } starts[] = {{1, 1, 1, DICREC__PURPOSE_NOISE},
                {2, 1, 1, DICREC__PURPOSE_NOISE},
                {1, 2, 1, DICREC__PURPOSE_NOISE},
                {1, 1, 2, DICREC__PURPOSE_NOISE},
                {1, 1, 1, DICREC__PURPOSE_POPULATION},
                {1 + (1ULL << 32), 1, 1, DICREC__PURPOSE_NOISE},
                {1, 1 + (1ULL << 32), 1, DICREC__PURPOSE_NOISE}};
  enum { N = sizeof starts / sizeof starts[0], LENGTH = 20000 };
  double *x = malloc(N * LENGTH * sizeof *x);
  for (size_t s = 0; s < N; ++s) {
    dicrec__random random;
    dicrec__random_start(&random, starts[s].seed, starts[s].purpose, starts[s].stream, starts[s].attempt);
    for (size_t i = 0; i < LENGTH; ++i) x[s * LENGTH + i] = dicrec__random_uniform(&random) - 0.5;
  }
  for (size_t s = 0; s < N; ++s)
    for (size_t r = 0; r < s; ++r) {
      double correlation = 0.0;
      for (size_t i = 0; i < LENGTH; ++i) correlation += 12.0 * x[s * LENGTH + i] * x[r * LENGTH + i] / LENGTH;
      ck_assert_double_lt(fabs(correlation), 5.0 / sqrt(LENGTH));
    }
  free(x);
}
END_TEST

static int compare_streams(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

START_TEST(streams_of_inputs_are_whole_numbers_of_their_own) {
  enum { N_KEYS = 100, N_DRAWS = 1000, N = N_KEYS * N_DRAWS };
  uint64_t *streams = malloc(N * sizeof *streams);
  ck_assert_ptr_nonnull(streams);
  for (size_t i = 0; i < N; ++i) {
    streams[i] = dicrec__random_stream(i / N_DRAWS, i % N_DRAWS); /* neighbouring keys */
    ck_assert_uint_lt(streams[i], (uint64_t)1 << 53);
  }
  qsort(streams, N, sizeof *streams, compare_streams);
  for (size_t i = 1; i < N; ++i) ck_assert_uint_ne(streams[i - 1], streams[i]);
  free(streams);
}
END_TEST

Suite *random_suite(void) {
  Suite *suite = suite_create("random");
  TCase *tests = tcase_create("random");
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, random_laws_have_their_moments);
  tcase_add_test(tests, gamma_has_its_distribution);
  tcase_add_test(tests, uniform_numbers_are_inside_the_interval);
  tcase_add_test(tests, streams_do_not_depend_on_the_order_of_calls);
  tcase_add_test(tests, streams_differ_in_every_coordinate);
  tcase_add_test(tests, streams_of_inputs_are_whole_numbers_of_their_own);
  suite_add_tcase(suite, tests);
  return suite;
}
