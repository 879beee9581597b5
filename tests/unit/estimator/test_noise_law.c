/* SPDX-License-Identifier: MIT */
/** @file test_noise_law.c The law of the noise current against integrals, samples and Bayes' rule. */
#include <math.h>
#include <string.h>

#include "estimator/noise_law.h"
#include "estimator/truncated.h"
#include "support/estimator_fixture.h"

Suite *noise_law_suite(void);

enum { N_PARTS = 4, N_SAMPLES = 40000 };

static const double range[2][2] = {{-20.0, 20.0}, {0.0, 20.0}};
static const double log_range[2] = {-3.5, 3.4};

/* Apart and over each other, across an edge; surely noisy, surely not; narrow, wide, mostly out of the range. */
static const dicrec__component parts[N_PARTS] = {
    {.weight = 0.3, .mean = {-3.0, 6.0}, .l11 = 1.0, .l21 = 0.5, .l22 = 0.8, .noise = {0.9, 1.0, 0.3}},
    {.weight = 0.2, .mean = {-2.0, 7.0}, .l11 = 2.0, .l21 = -1.0, .l22 = 1.2, .noise = {0.2, -2.0, 4.0}},
    {.weight = 0.4, .mean = {-20.5, 4.0}, .l11 = 1.5, .l22 = 1.0, .noise = {0.0, -4.5, 1.0}},
    {.weight = 0.1, .mean = {10.0, 21.0}, .l11 = 3.0, .l21 = 1.0, .l22 = 2.0, .noise = {1.0, 0.0, 1.0}}};

static dicrec__mixture take(dicrec__component copy[N_PARTS]) {
  memcpy(copy, parts, sizeof parts);
  for (int k = 0; k < N_PARTS; ++k) copy[k].log_weight = log(copy[k].weight);
  return (dicrec__mixture){N_PARTS, copy};
}

static double normal_below(double z) { return 0.5 * erfc(-z * sqrt(0.5)); }

/** Probability of a noise up to one of this logarithm in a part. */
static double below(const dicrec__noise_part *part, double log_noise) {
  const double least = normal_below((log_range[0] - part->mean) / part->deviation);
  const double most = normal_below((log_range[1] - part->mean) / part->deviation);
  const double here = normal_below((log_noise - part->mean) / part->deviation);
  return part->noiseless + (1.0 - part->noiseless) * (here - least) / (most - least);
}

static double law_below(const dicrec__noise_law *law, double log_noise) {
  double sum = 0.0;
  for (size_t k = 0; k < law->n; ++k) sum += law->weights[k] * below(&law->parts[k], log_noise);
  return sum;
}

/** Density of the DICs of a part, with its weight. */
static double density_at(const dicrec__component *c, double x, double y) {
  const double a = (x - c->mean[0]) / c->l11, b = (y - c->mean[1] - c->l21 * a) / c->l22;
  return c->weight * exp(-0.5 * (a * a + b * b)) / (6.283185307179586 * c->l11 * c->l22);
}

START_TEST(the_marginal_is_an_integral_over_the_dics) {
  enum { GRID = 1000 };
  dicrec__component copy[N_PARTS];
  const dicrec__mixture mixture = take(copy);
  dicrec__noise_law law;
  dicrec__noise_law_marginal(&law, &mixture, range, log_range);
  double shares[N_PARTS] = {0}, total = 0.0;
  for (int i = 0; i < GRID; ++i)
    for (int j = 0; j < GRID; ++j)
      for (int k = 0; k < N_PARTS; ++k) {
        const double f = density_at(&parts[k], -20.0 + 40.0 * (i + 0.5) / GRID, 20.0 * (j + 0.5) / GRID);
        shares[k] += f;
        total += f;
      }
  double none = 0.0;
  for (int k = 0; k < N_PARTS; ++k) none += shares[k] / total * parts[k].noise.noiseless;
  ck_assert_double_eq_tol(dicrec__noise_law_noiseless(&law), none, 1e-4);
  for (double p = none + 0.01; p < 1.0; p += 0.05) {
    const double log_noise = log(dicrec__noise_law_quantile(&law, p));
    double sum = 0.0;
    for (int k = 0; k < N_PARTS; ++k) sum += shares[k] / total * below(&parts[k].noise, log_noise);
    ck_assert_double_eq_tol(sum, p, 1e-4);
  }
}
END_TEST

START_TEST(parts_are_as_likely_as_the_given_dics_make_them) {
  static const double points[][2] = {{-3.0, 6.0}, {-2.0, 8.0}, {-19.9, 4.0}, {9.0, 19.0}, {20.0, 0.0}, {-20.0, 20.0}};
  dicrec__component copy[N_PARTS];
  const dicrec__mixture mixture = take(copy);
  dicrec__noise_law law;
  for (size_t i = 0; i < sizeof points / sizeof *points; ++i) {
    double sum = 0.0, none = 0.0;
    for (int k = 0; k < N_PARTS; ++k) sum += density_at(&parts[k], points[i][0], points[i][1]);
    dicrec__noise_law_given(&law, &mixture, log_range, points[i]);
    for (int k = 0; k < N_PARTS; ++k) {
      const double share = density_at(&parts[k], points[i][0], points[i][1]) / sum;
      ck_assert_double_eq_tol(law.weights[k], share, 1e-12);
      none += share * parts[k].noise.noiseless;
    }
    ck_assert_double_eq_tol(dicrec__noise_law_noiseless(&law), none, 1e-12);
  }
  static const double nowhere[2] = {1e300, -1e300}; /* no density is left to tell the parts apart */
  dicrec__noise_law_given(&law, &mixture, log_range, nowhere);
  for (int k = 0; k < N_PARTS; ++k) ck_assert_double_eq_tol(law.weights[k], 1.0 / N_PARTS, 1e-15);
}
END_TEST

START_TEST(noise_quantiles_invert_the_distribution) {
  dicrec__component copy[N_PARTS];
  const dicrec__mixture mixture = take(copy);
  dicrec__noise_law law;
  dicrec__noise_law_marginal(&law, &mixture, range, log_range);
  const double none = dicrec__noise_law_noiseless(&law);
  double before = 0.0;
  for (double p = 0.001; p < 1.0; p += 0.001) {
    const double noise_std = dicrec__noise_law_quantile(&law, p);
    ck_assert_double_ge(noise_std, before);
    before = noise_std;
    if (p <= none) ck_assert_double_eq(noise_std, 0.0);
    else ck_assert_double_eq_tol(law_below(&law, log(noise_std)), p, 1e-12);
  }
  ck_assert_double_eq_tol(log(dicrec__noise_law_quantile(&law, 1.0 - 1e-16)), log_range[1], 1e-6);
  ck_assert_double_ge(dicrec__noise_law_quantile(&law, nextafter(none, 1.0)), exp(log_range[0]) * (1.0 - 1e-12));
}
END_TEST

/** Draws DICs and the noise given them: what all DICs together say of the noise. */
START_TEST(samples_have_the_marginal) {
  enum { N_PLACES = 9 };
  dicrec__component copy[N_PARTS];
  const dicrec__mixture mixture = take(copy);
  dicrec__noise_law law, given;
  dicrec__noise_law_marginal(&law, &mixture, range, log_range);
  int n_none = 0, n_below[N_PLACES] = {0};
  const double none = dicrec__noise_law_noiseless(&law);
  for (int i = 0; i < N_SAMPLES; ++i) {
    dicrec__random random;
    double point[2];
    dicrec__random_start(&random, 9, DICREC__PURPOSE_POSTERIOR, (uint64_t)i, 0);
    dicrec__truncated_sample(&mixture, range, &random, point);
    dicrec__noise_law_given(&given, &mixture, log_range, point);
    const double noise_std = dicrec__noise_law_sample(&given, &random);
    ck_assert(noise_std == 0.0 || (log(noise_std) >= log_range[0] - 1e-12 && log(noise_std) <= log_range[1] + 1e-12));
    n_none += noise_std == 0.0;
    for (int q = 0; q < N_PLACES; ++q)
      n_below[q] += noise_std <= dicrec__noise_law_quantile(&law, none + (1.0 - none) * (q + 1) / (N_PLACES + 1));
  }
  const double error = 4.0 * sqrt(0.25 / N_SAMPLES);
  ck_assert_double_eq_tol((double)n_none / N_SAMPLES, none, error);
  for (int q = 0; q < N_PLACES; ++q)
    ck_assert_double_eq_tol((double)n_below[q] / N_SAMPLES, none + (1.0 - none) * (q + 1) / (N_PLACES + 1), error);
}
END_TEST

/** Density of a noise in its logarithm under a part, by differences of its distribution; none: a probability. */
static double noise_density(const dicrec__noise_part *part, double noise_std) {
  if (noise_std == 0.0) return part->noiseless;
  const double x = log(noise_std), step = 1e-4;
  return (below(part, x + step) - below(part, x - step)) / (2.0 * step);
}

START_TEST(a_known_noise_weighs_the_parts) {
  static const double noises[] = {0.0, 0.031, 0.2, 1.0, 2.7, 25.0};
  for (size_t i = 0; i < sizeof noises / sizeof *noises; ++i) {
    dicrec__component copy[N_PARTS];
    dicrec__mixture mixture = take(copy);
    double sum = 0.0;
    for (int k = 0; k < N_PARTS; ++k) sum += parts[k].weight * noise_density(&parts[k].noise, noises[i]);
    ck_assert_double_eq_tol(dicrec__mixture_given_noise(&mixture, log_range, noises[i]) / sum, 1.0, 1e-5);
    for (int k = 0; k < N_PARTS; ++k) {
      const double share = parts[k].weight * noise_density(&parts[k].noise, noises[i]) / sum;
      ck_assert_double_eq_tol(copy[k].weight, share, 1e-5);
      ck_assert_double_eq_tol(copy[k].log_weight, log(fmax(copy[k].weight, 1e-300)), 1e-12);
      ck_assert(memcmp(copy[k].mean, parts[k].mean, sizeof copy[k].mean) == 0); /* the DICs of a part stay */
    }
  }
}
END_TEST

START_TEST(a_known_noise_is_the_nearest_that_was_trained) {
  dicrec__component copy[2][N_PARTS];
  static const double pairs[][2] = {{1e-9, 0.0301973834223185}, {1e6, 29.96410004739701}}; /* exp(-3.5), exp(3.4) */
  for (int i = 0; i < 2; ++i) {
    dicrec__mixture beyond = take(copy[0]), at_end = take(copy[1]);
    dicrec__mixture_given_noise(&beyond, log_range, pairs[i][0]);
    dicrec__mixture_given_noise(&at_end, log_range, pairs[i][1]);
    for (int k = 0; k < N_PARTS; ++k) ck_assert_double_eq_tol(copy[0][k].weight, copy[1][k].weight, 1e-9);
  }
}
END_TEST

START_TEST(a_noise_that_is_impossible_changes_nothing) {
  dicrec__component copy[N_PARTS];
  dicrec__mixture mixture = take(copy);
  for (int k = 0; k < N_PARTS; ++k) copy[k].noise.noiseless = 0.0;
  ck_assert_double_eq(dicrec__mixture_given_noise(&mixture, log_range, 0.0), 0.0);
  for (int k = 0; k < N_PARTS; ++k) copy[k].noise.noiseless = 1.0;
  ck_assert_double_eq(dicrec__mixture_given_noise(&mixture, log_range, 0.5), 0.0);
  for (int k = 0; k < N_PARTS; ++k) ck_assert_double_eq(copy[k].weight, parts[k].weight);
}
END_TEST

/** Parts that reach the range nowhere, that are points, that are flat: one law for quantiles and samples. */
START_TEST(extreme_parts) {
  static const dicrec__noise_part extremes[] = {{0.0, 1e4, 0.02}, {0.0, -1e4, 0.02}, {0.0, 0.5, 1e-9}, {0.0, 3.4, 1e-9},
                                                {0.0, 0.0, 1e6},  {1.0, 0.0, 1.0},   {0.0, -5.0, 0.02}};
  for (size_t i = 0; i < sizeof extremes / sizeof *extremes; ++i) {
    dicrec__noise_law law = {
        .n = 1, .weights = {1.0}, .parts = {extremes[i]}, .log_range = {log_range[0], log_range[1]}};
    int n_below = 0;
    const double median = dicrec__noise_law_quantile(&law, 0.5), low = dicrec__noise_law_quantile(&law, 1e-3);
    const double high = dicrec__noise_law_quantile(&law, 0.999);
    for (int s = 0; s < 2000; ++s) {
      dicrec__random random;
      dicrec__random_start(&random, 3, DICREC__PURPOSE_POSTERIOR, (uint64_t)s, 0);
      const double noise_std = dicrec__noise_law_sample(&law, &random);
      ck_assert(isfinite(noise_std) && noise_std <= exp(log_range[1]) * (1.0 + 1e-12));
      ck_assert(noise_std == 0.0 || noise_std >= exp(log_range[0]) * (1.0 - 1e-12));
      n_below += noise_std < high * (1.0 - 1e-6) && noise_std > low * (1.0 + 1e-6);
      if (i != 4) ck_assert_double_le(fabs(noise_std - median), 1e-6 * median);
    }
    ck_assert(low <= median && median <= high);
    if (i == 4) ck_assert_int_ge(n_below, 1980);
  }
}
END_TEST

Suite *noise_law_suite(void) {
  Suite *suite = suite_create("noise_law");
  TCase *tests = tcase_create("noise_law");
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, the_marginal_is_an_integral_over_the_dics);
  tcase_add_test(tests, parts_are_as_likely_as_the_given_dics_make_them);
  tcase_add_test(tests, noise_quantiles_invert_the_distribution);
  tcase_add_test(tests, samples_have_the_marginal);
  tcase_add_test(tests, a_known_noise_weighs_the_parts);
  tcase_add_test(tests, a_known_noise_is_the_nearest_that_was_trained);
  tcase_add_test(tests, a_noise_that_is_impossible_changes_nothing);
  tcase_add_test(tests, extreme_parts);
  suite_add_tcase(suite, tests);
  return suite;
}
