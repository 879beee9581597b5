/* SPDX-License-Identifier: MIT */
/** @file test_activation.c What follows products and the sums over windows, on every vector unit that the processor
 * has. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernel_choice.h"
#include "estimator/pooling.h"
#include "network/product.h"
#include "support/fixture.h"

Suite *activation_suite(void);

enum { ROWS = 9, MAX_WIDTH = 100 };

static const dicrec__product_kernel *products[3];
static const dicrec__pooling_kernel *kernels[3];
static int n_kernels;

static void setup(void) {
  n_kernels = 0;
  for (enum dicrec__vector_unit unit = DICREC__PLAIN; unit <= dicrec__widest_vector_unit(); ++unit) {
    products[n_kernels] = DICREC__KERNEL_FOR(unit, dicrec__product_);
    kernels[n_kernels++] = DICREC__KERNEL_FOR(unit, dicrec__pooling_);
  }
}

static float value_at(size_t i) { return (float)(sin(1.3 * (double)i) * pow(10.0, (double)(i % 9) - 4.0)); }

static double activated(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

/** The activation of values [ROWS][width]: what follows sums that stand there already. */
static void activate(int k, const float *before, float *values, const float *bias, size_t width) {
  products[k]->finish(&(dicrec__product){.bias = bias,
                                         .before = before,
                                         .out = values,
                                         .n_rows = ROWS,
                                         .n_out = width,
                                         .then = before == NULL ? DICREC__ACTIVATE : DICREC__ACTIVATE_ONTO});
}

START_TEST(activation_agrees_with_the_formula) {
  float values[ROWS * MAX_WIDTH], onto[ROWS * MAX_WIDTH], before[ROWS * MAX_WIDTH], bias[MAX_WIDTH];
  double worst = 0.0;
  for (int k = 0; k < n_kernels; ++k)
    for (size_t width = 1; width <= MAX_WIDTH; ++width) {
      const size_t n = ROWS * width;
      for (size_t i = 0; i < n; ++i) values[i] = onto[i] = value_at(i), before[i] = value_at(i + 5);
      for (size_t u = 0; u < width; ++u) bias[u] = value_at(u + 77);
      activate(k, NULL, values, bias, width);
      activate(k, before, onto, bias, width);
      for (size_t i = 0; i < n; ++i) {
        const double x = (double)(value_at(i) + bias[i % width]), expected = activated(x);
        const double sum = expected + (double)before[i];
        worst = fmax(worst, fabs((double)values[i] - expected) / (1.0 + fabs(x)));
        worst = fmax(worst, fabs((double)onto[i] - sum) / (1.0 + fabs(x) + fabs((double)before[i])));
      }
    }
  report_worst("activation, float against double", worst, 1e-6);
  ck_assert_double_le(worst, 1e-6);
}
END_TEST

START_TEST(sums_agree_with_plain_loops) {
  float rows[ROWS * MAX_WIDTH], shift[MAX_WIDTH];
  double sum[MAX_WIDTH], square[MAX_WIDTH], worst = 0.0;
  for (size_t i = 0; i < ROWS * MAX_WIDTH; ++i) rows[i] = value_at(i);
  for (int k = 0; k < n_kernels; ++k)
    for (size_t width = 1; width <= MAX_WIDTH; ++width) {
      for (size_t u = 0; u < width; ++u) shift[u] = rows[u], sum[u] = 1.0, square[u] = 2.0;
      kernels[k]->add_rows(rows, ROWS, width, shift, sum, square);
      for (size_t u = 0; u < width; ++u) {
        double expected[2] = {1.0, 2.0};
        for (size_t r = 0; r < ROWS; ++r) {
          const double difference = (double)rows[r * width + u] - (double)shift[u];
          expected[0] += difference;
          expected[1] += difference * difference;
        }
        worst = fmax(worst, fabs(sum[u] - expected[0]) / (1.0 + sqrt(expected[1])));
        worst = fmax(worst, fabs(square[u] - expected[1]) / expected[1]);
      }
    }
  report_worst("sums over windows", worst, 1e-6);
  ck_assert_double_le(worst, 1e-6);
}
END_TEST

START_TEST(overflow_is_no_surprise) {
  for (int k = 0; k < n_kernels; ++k) {
    float values[ROWS * 4] = {1e30F, -1e30F, NAN, 0.0F};
    const float bias[4] = {0};
    activate(k, NULL, values, bias, 4);
    ck_assert(isfinite(values[0]) && isfinite(values[1]) && isnan(values[2]));
    ck_assert(values[3] >= 0.0F && values[3] <= 0.0F);
  }
}
END_TEST

Suite *activation_suite(void) {
  Suite *suite = suite_create("activation");
  TCase *tests = tcase_create("activation");
  tcase_add_checked_fixture(tests, setup, NULL);
  tcase_add_test(tests, activation_agrees_with_the_formula);
  tcase_add_test(tests, sums_agree_with_plain_loops);
  tcase_add_test(tests, overflow_is_no_surprise);
  suite_add_tcase(suite, tests);
  return suite;
}
