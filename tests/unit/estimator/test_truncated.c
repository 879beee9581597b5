/* SPDX-License-Identifier: MIT */
/** @file test_truncated.c The law of a posterior, a truncated mixture, against sums over a fine grid. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "estimator/binormal.h"
#include "estimator/truncated.h"
#include "estimator/truncated_moments.h"
#include "support/fixture.h"

Suite *truncated_suite(void);

static const double range[2][2] = {{-20.0, 20.0}, {0.0, 20.0}};

enum { N_PARTS = 3, N_CASES = 9, GRID = 1200 };

/* Weights are set by normalise(). Inside, across an edge, in corners, wide, tilted, nearly degenerate, outside. */
static const struct {
  double weight, mean[2], l11, l21, l22;
} cases[N_CASES][N_PARTS] = {{{0.2, {-3, 6}, 1, 0.5, 0.8}, {0.5, {4, 9}, 2, -1, 1.2}, {0.3, {0, 11}, 1.5, 0, 1}},
                             {{0.6, {-3, 1}, 2, 0.5, 1.5}, {0.2, {18, 9}, 3, -1, 2}, {0.2, {0, 19}, 4, 3, 2}},
                             {{0.6, {-19, 1}, 3, 1.5, 1.0}, {0.2, {19, 19}, 3, -1, 2}, {0.2, {22, -2}, 4, 3, 2}},
                             {{0.6, {0, 5}, 30, 5, 20}, {0.2, {10, 5}, 60, -40, 20}, {0.2, {0, 0}, 200, 100, 300}},
                             {{0.6, {0, 5}, 8, 7, 1.5}, {0.2, {-8, 18}, 8, -9, 1.6}, {0.2, {15, 1}, 5, 7, 1.5}},
                             {{0.6, {18, 2}, 4, 5, 0.9}, {0.2, {-18, 2}, 6, -5, 0.8}, {0.2, {15, 1}, 5, 9, 1.0}},
                             {{0.6, {30, -9}, 4, 1, 3}, {0.2, {-29, 26}, 3, -1, 2}, {0.2, {25, 25}, 2, 1, 2}},
                             {{1.0, {28, -8}, 4, -2, 3}, {0, {0, 5}, 1, 0, 1}, {0, {0, 5}, 1, 0, 1}},
                             {{1.0, {-30, 10}, 2.5, 0, 6}, {0, {0, 5}, 1, 0, 1}, {0, {0, 5}, 1, 0, 1}}};

static dicrec__mixture take(int which, dicrec__component parts[N_PARTS]) {
  for (int k = 0; k < N_PARTS; ++k) {
    const double weight = cases[which][k].weight;
    parts[k] = (dicrec__component){.log_weight = weight > 0.0 ? log(weight) : -1e3,
                                   .weight = weight,
                                   .mean = {cases[which][k].mean[0], cases[which][k].mean[1]},
                                   .l11 = cases[which][k].l11,
                                   .l21 = cases[which][k].l21,
                                   .l22 = cases[which][k].l22};
  }
  return (dicrec__mixture){N_PARTS, parts};
}

static double plain_density(const dicrec__mixture *mixture, double x, double y) {
  double sum = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    const dicrec__component *c = &mixture->components[k];
    const double a = (x - c->mean[0]) / c->l11, b = (y - c->mean[1] - c->l21 * a) / c->l22;
    sum += c->weight * exp(-0.5 * (a * a + b * b)) / (6.283185307179586 * c->l11 * c->l22);
  }
  return sum;
}

/** Moments of the grid: 1, x, y, xx, xy, yy; and the share below a point of each axis. */
struct sums {
  double one, x, y, xx, xy, yy, below[2];
};

/* Midpoints, whose error falls with the square of the step; the law is smooth inside. */
static struct sums sum_up(const dicrec__mixture *mixture, const double point[2]) {
  struct sums s = {0};
  const double hx = (range[0][1] - range[0][0]) / GRID, hy = (range[1][1] - range[1][0]) / GRID;
  for (int i = 0; i < GRID; ++i)
    for (int j = 0; j < GRID; ++j) {
      const double x = range[0][0] + (i + 0.5) * hx, y = range[1][0] + (j + 0.5) * hy;
      const double f = plain_density(mixture, x, y) * hx * hy;
      s.one += f, s.x += f * x, s.y += f * y, s.xx += f * x * x, s.xy += f * x * y, s.yy += f * y * y;
      s.below[0] += x < point[0] ? f : 0.0;
      s.below[1] += y < point[1] ? f : 0.0;
    }
  return s;
}

START_TEST(moments_and_marginals_are_those_of_a_grid) {
  const double point[2] = {range[0][0] + 40.0 * 700 / GRID, range[1][0] + 20.0 * 400 / GRID}; /* lines of the grid */
  dicrec__component parts[N_PARTS];
  const dicrec__mixture mixture = take(_i, parts);
  const struct sums s = sum_up(&mixture, point);
  double mean[2], c[4], worst = fabs(dicrec__truncated_mass(&mixture, range) / s.one - 1.0);
  dicrec__truncated_moments(&mixture, range, mean, c);
  const double m[2] = {s.x / s.one, s.y / s.one};
  const double v[3] = {s.xx / s.one - m[0] * m[0], s.xy / s.one - m[0] * m[1], s.yy / s.one - m[1] * m[1]};
  worst = fmax(worst, fmax(fabs(mean[0] - m[0]) / sqrt(v[0]), fabs(mean[1] - m[1]) / sqrt(v[2])));
  worst = fmax(worst, fmax(fabs(c[0] / v[0] - 1.0), fabs(c[3] / v[2] - 1.0)));
  worst = fmax(worst, fabs(c[1] - v[1]) / sqrt(v[0] * v[2]));
  ck_assert_double_eq(c[1], c[2]);
  for (int axis = 0; axis < 2; ++axis)
    worst = fmax(worst, fabs(dicrec__truncated_cdf(&mixture, range, axis, point[axis]) - s.below[axis] / s.one));
  report_worst("truncated law against a grid", worst, 5e-4);
  ck_assert_double_le(worst, 5e-4);
}
END_TEST

START_TEST(masses_of_parts_add_up) {
  dicrec__component parts[N_PARTS];
  const dicrec__mixture mixture = take(_i, parts);
  double masses[N_PARTS], sum = 0.0;
  dicrec__truncated_masses(&mixture, range, masses);
  for (int k = 0; k < N_PARTS; ++k) {
    const dicrec__mixture alone = {1, &parts[k]}; /* with its weight in the whole */
    ck_assert_double_eq_tol(masses[k], dicrec__truncated_mass(&alone, range), 1e-15);
    sum += masses[k];
  }
  ck_assert_double_eq_tol(sum, dicrec__truncated_mass(&mixture, range), 1e-14);
}
END_TEST

START_TEST(truncated_quantiles_invert_the_distribution) {
  static const double p[] = {1e-9, 1e-3, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1.0 - 1e-9};
  dicrec__component parts[N_PARTS];
  const dicrec__mixture mixture = take(_i, parts);
  const double exact = 1e-12 + 1e-13 / dicrec__truncated_mass(&mixture, range);
  for (size_t i = 0; i < sizeof p / sizeof p[0]; ++i)
    for (int axis = 0; axis < 2; ++axis) {
      const double x = dicrec__truncated_quantile(&mixture, range, axis, p[i]);
      ck_assert(x >= range[axis][0] && x <= range[axis][1]);
      ck_assert_double_eq_tol(dicrec__truncated_cdf(&mixture, range, axis, x), p[i], exact);
    }
}
END_TEST

START_TEST(samples_have_the_law) {
  enum { N = 40000 };
  dicrec__component parts[N_PARTS];
  const dicrec__mixture mixture = take(_i, parts);
  double mean[2], c[4], m[2] = {0}, v[3] = {0}, median[2];
  int n_below[2] = {0};
  dicrec__truncated_moments(&mixture, range, mean, c);
  for (int axis = 0; axis < 2; ++axis) median[axis] = dicrec__truncated_quantile(&mixture, range, axis, 0.5);
  const int n = dicrec__truncated_mass(&mixture, range) > 0.02 ? N : N / 10; /* those are slow to draw */
  for (int i = 0; i < n; ++i) {
    dicrec__random random;
    double point[2];
    dicrec__random_start(&random, 5, DICREC__PURPOSE_POSTERIOR, (uint64_t)i, 0);
    dicrec__truncated_sample(&mixture, range, &random, point);
    for (int axis = 0; axis < 2; ++axis) {
      ck_assert(point[axis] >= range[axis][0] && point[axis] <= range[axis][1]);
      m[axis] += (point[axis] - mean[axis]) / n;
      n_below[axis] += point[axis] < median[axis];
    }
    v[0] += (point[0] - mean[0]) * (point[0] - mean[0]) / n;
    v[1] += (point[0] - mean[0]) * (point[1] - mean[1]) / n;
    v[2] += (point[1] - mean[1]) * (point[1] - mean[1]) / n;
  }
  const double error = 5.0 / sqrt((double)n);
  for (int axis = 0; axis < 2; ++axis) {
    ck_assert_double_eq_tol(m[axis] / sqrt(c[3 * axis]), 0.0, error);
    ck_assert_double_eq_tol((double)n_below[axis] / n, 0.5, error);
  }
  ck_assert_double_eq_tol(v[0] / c[0], 1.0, 3.0 * error);
  ck_assert_double_eq_tol(v[2] / c[3], 1.0, 3.0 * error);
  ck_assert_double_eq_tol((v[1] - c[1]) / sqrt(c[0] * c[3]), 0.0, 3.0 * error);
}
END_TEST

START_TEST(the_density_integrates_to_one_inside) {
  dicrec__component parts[N_PARTS];
  const dicrec__mixture mixture = take(_i, parts);
  enum { N = 400 };
  double sum = 0.0, log_density;
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) {
      const double point[2] = {-20.0 + 40.0 * (i + 0.5) / N, 20.0 * (j + 0.5) / N};
      dicrec__truncated_log_density(&mixture, range, point, 1, &log_density);
      sum += exp(log_density) * 800.0 / N / N;
    }
  ck_assert_double_eq_tol(sum, 1.0, 1e-3);
  const double outside[][2] = {{-20.1, 5}, {20.1, 5}, {0, -0.1}, {0, 20.1}};
  for (int i = 0; i < 4; ++i) {
    dicrec__truncated_log_density(&mixture, range, outside[i], 1, &log_density);
    ck_assert(isinf(log_density) && log_density < 0.0);
  }
}
END_TEST

/** Against Simpson's rule over one of the two, for correlations up to nearly full ones. */
START_TEST(two_normal_numbers) {
  static const double rs[] = {-0.999, -0.95, -0.9, -0.6, -0.2, 0.0, 0.1, 0.4, 0.8, 0.92, 0.93, 0.999};
  static const double places[] = {-6.0, -2.2, -0.7, 0.0, 0.3, 1.5, 4.0};
  enum { N = 20000 };
  double worst = 0.0;
  for (size_t r = 0; r < sizeof rs / sizeof rs[0]; ++r)
    for (size_t i = 0; i < 7; ++i)
      for (size_t j = 0; j < 7; ++j) {
        const double rest = sqrt((1.0 - rs[r]) * (1.0 + rs[r])), step = (places[i] + 9.0) / N;
        double sum = 0.0;
        for (int s = 0; s <= N; ++s) {
          const double u = -9.0 + s * step, weight = s == 0 || s == N ? 1.0 : s % 2 == 1 ? 4.0 : 2.0;
          sum += weight * dicrec__normal_density(u) * dicrec__normal_below((places[j] - rs[r] * u) / rest);
        }
        worst = fmax(worst, fabs(dicrec__binormal_below(places[i], places[j], rs[r], rest) - sum * step / 3.0));
      }
  report_worst("two correlated normal numbers", worst, 1e-11);
  ck_assert_double_le(worst, 1e-11);
}
END_TEST

/** Narrow and wide parts far apart in a wide range. */
START_TEST(quantiles_of_hard_mixtures) {
  static const double wide[2][2] = {{-1e12, 1e12}, {-1e12, 1e12}};
  dicrec__component parts[3] = {{log(0.5), 0.5, {-1e6, 0.0}, 1e-6, 0.0, 1e-9, {0, 0, 1}},
                                {log(0.5) - 1e-9, 0.5 - 1e-9, {1e6, 5.0}, 1e4, 0.3, 1.0, {0, 0, 1}},
                                {log(1e-9), 1e-9, {3.0, 1e9}, 1e-3, -4.0, 1e8, {0, 0, 1}}};
  const dicrec__mixture mixture = {3, parts};
  for (int i = 1; i < 200; ++i)
    for (int axis = 0; axis < 2; ++axis) {
      const double p = i / 200.0, x = dicrec__truncated_quantile(&mixture, wide, axis, p);
      const double step = 1e-14 * fabs(x) + 1e-22;
      ck_assert_double_le(dicrec__truncated_cdf(&mixture, wide, axis, x - step), p + 1e-8);
      ck_assert_double_ge(dicrec__truncated_cdf(&mixture, wide, axis, x + step), p - 1e-8);
    }
}
END_TEST

Suite *truncated_suite(void) {
  Suite *suite = suite_create("truncated");
  TCase *tests = tcase_create("truncated");
  tcase_set_timeout(tests, 60.0);
  tcase_add_loop_test(tests, moments_and_marginals_are_those_of_a_grid, 0, N_CASES);
  tcase_add_loop_test(tests, masses_of_parts_add_up, 0, N_CASES);
  tcase_add_loop_test(tests, truncated_quantiles_invert_the_distribution, 0, N_CASES);
  tcase_add_loop_test(tests, samples_have_the_law, 0, N_CASES);
  tcase_add_loop_test(tests, the_density_integrates_to_one_inside, 0, N_CASES - 2);
  tcase_add_test(tests, two_normal_numbers);
  tcase_add_test(tests, quantiles_of_hard_mixtures);
  suite_add_tcase(suite, tests);
  return suite;
}
