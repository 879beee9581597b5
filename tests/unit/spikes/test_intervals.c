/* SPDX-License-Identifier: MIT */
/** @file test_intervals.c Sorted intervals, their median, and distances of distributions against plain definitions. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "core/random.h"
#include "spikes/intervals.h"

Suite *intervals_suite(void);

enum { MOST = 60 };

static double share_up_to(const double *values, size_t n, double x) {
  size_t below = 0;
  for (size_t i = 0; i < n; ++i) below += values[i] <= x;
  return (double)below / (double)n;
}

/* The largest difference of the distribution functions: it is reached at a value of one of the samples. */
static double plain_kolmogorov_smirnov(const double *a, size_t n_a, const double *b, size_t n_b) {
  double most = 0.0;
  for (size_t i = 0; i < n_a + n_b; ++i) {
    const double x = i < n_a ? a[i] : b[i - n_a];
    most = fmax(most, fabs(share_up_to(a, n_a, x) - share_up_to(b, n_b, x)));
  }
  return most;
}

/* The mean distance of what stands at the same place: both samples repeated to as many values as the other has. */
static double plain_moved(const double *a, size_t n_a, const double *b, size_t n_b) {
  double distance = 0.0, mean = 0.0;
  for (size_t k = 0; k < n_a * n_b; ++k) distance += fabs(a[k / n_b] - b[k / n_a]) / (double)(n_a * n_b);
  for (size_t i = 0; i < n_a; ++i) mean += a[i] / (double)n_a;
  return distance / mean;
}

/* Sorted by insertion. */
static void plain_sort(double *values, size_t n) {
  for (size_t i = 1; i < n; ++i)
    for (size_t j = i; j > 0 && values[j - 1] > values[j]; --j) {
      const double larger = values[j - 1];
      values[j - 1] = values[j];
      values[j] = larger;
    }
}

/* Few different values make ties, within a sample and between two. */
static void draw(dicrec__random *random, double *values, size_t n, int n_different) {
  for (size_t i = 0; i < n; ++i) {
    const double u = dicrec__random_uniform(random);
    values[i] = n_different == 0 ? 1.0 + 9.0 * u : 1.0 + floor(u * n_different);
  }
  plain_sort(values, n);
}

START_TEST(distances_are_those_of_their_definitions) {
  dicrec__random random;
  dicrec__random_start(&random, 5, DICREC__PURPOSE_POPULATION, 0, 0);
  double a[MOST], b[MOST];
  for (int round = 0; round < 400; ++round) {
    const size_t n_a = 1 + (size_t)round % 23, n_b = 1 + (size_t)round % 17 + (size_t)round / 20;
    const int n_different = round % 3 == 0 ? 0 : 1 + round % 6;
    draw(&random, a, n_a, n_different);
    draw(&random, b, n_b, n_different);
    const dicrec__interval_distance found = dicrec__intervals_compare(a, n_a, b, n_b);
    ck_assert_double_eq_tol(found.kolmogorov_smirnov, plain_kolmogorov_smirnov(a, n_a, b, n_b), 1e-12);
    ck_assert_double_eq_tol(found.moved, plain_moved(a, n_a, b, n_b), 1e-12);
  }
}
END_TEST

START_TEST(equal_samples_have_no_distance) {
  const double values[] = {2.0, 2.0, 3.0, 5.0, 5.0, 5.0},
               twice[] = {2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0};
  const dicrec__interval_distance same = dicrec__intervals_compare(values, 6, values, 6);
  ck_assert(same.kolmogorov_smirnov == 0.0 && same.moved == 0.0);
  const dicrec__interval_distance longer = dicrec__intervals_compare(values, 6, twice, 12);
  ck_assert(longer.kolmogorov_smirnov < 1e-15 && longer.moved < 1e-15);
}
END_TEST

/* One interval on either side; the distance is in means of the first sample. */
START_TEST(single_intervals_are_samples_too) {
  const double one[] = {4.0}, other[] = {6.0}, many[] = {3.0, 4.0, 5.0, 8.0};
  const dicrec__interval_distance apart = dicrec__intervals_compare(one, 1, other, 1);
  ck_assert_double_eq(apart.kolmogorov_smirnov, 1.0);
  ck_assert_double_eq_tol(apart.moved, 0.5, 1e-15);
  ck_assert_double_eq_tol(dicrec__intervals_compare(other, 1, one, 1).moved, 2.0 / 6.0, 1e-15);
  const dicrec__interval_distance to_many = dicrec__intervals_compare(one, 1, many, 4);
  ck_assert_double_eq_tol(to_many.kolmogorov_smirnov, 0.5, 1e-15);
  ck_assert_double_eq_tol(to_many.moved, 1.5 / 4.0, 1e-15);
}
END_TEST

START_TEST(intervals_come_in_order) {
  dicrec__random random;
  dicrec__random_start(&random, 6, DICREC__PURPOSE_POPULATION, 0, 0);
  for (size_t n = 2; n <= MOST; ++n) {
    double times[MOST] = {3.0}, sorted[MOST], plain[MOST];
    for (size_t i = 1; i < n; ++i) {
      times[i] = times[i - 1] + 1.0 + floor(8.0 * dicrec__random_uniform(&random));
      plain[i - 1] = times[i] - times[i - 1];
    }
    plain_sort(plain, n - 1);
    dicrec__intervals_sorted(dicrec__train_of(times, n), sorted);
    ck_assert(memcmp(sorted, plain, (n - 1) * sizeof *plain) == 0);
  }
}
END_TEST

START_TEST(the_median_is_in_the_middle) {
  double none[1] = {0.0}, one[] = {7.0}, two[] = {9.0, 4.0}, odd[] = {5.0, 1.0, 4.0, 1.0, 8.0};
  ck_assert(isnan(dicrec__median(none, 0)));
  ck_assert_double_eq(dicrec__median(one, 1), 7.0);
  ck_assert_double_eq(dicrec__median(two, 2), 9.0);
  ck_assert_double_eq(dicrec__median(odd, 5), 4.0);
}
END_TEST

Suite *intervals_suite(void) {
  Suite *suite = suite_create("intervals");
  TCase *tests = tcase_create("intervals");
  tcase_add_test(tests, distances_are_those_of_their_definitions);
  tcase_add_test(tests, equal_samples_have_no_distance);
  tcase_add_test(tests, single_intervals_are_samples_too);
  tcase_add_test(tests, intervals_come_in_order);
  tcase_add_test(tests, the_median_is_in_the_middle);
  suite_add_tcase(suite, tests);
  return suite;
}
