/* SPDX-License-Identifier: MIT */
/** @file test_product.c Products with weights, own and BLAS's, on every vector unit that the processor has. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* RLIMIT_AS */
#endif
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/kernel_choice.h"
#include "network/blas.h"
#include "network/layer.h"
#include "network/product.h"
#include "support/fixture.h"

Suite *product_suite(void);

static const dicrec__product_kernel *kernels[3];
static int n_kernels;

static void setup(void) {
  n_kernels = 0;
  for (enum dicrec__vector_unit unit = DICREC__PLAIN; unit <= dicrec__widest_vector_unit(); ++unit)
    kernels[n_kernels++] = DICREC__KERNEL_FOR(unit, dicrec__product_);
}

/** A product: its factors, the second in both forms, and room for the result with a number beyond that must stay. */
struct product {
  size_t n_rows, n_in, n_out;
  float *in, *columns, *packed, *out;
};

static dicrec__product own(const struct product *p, size_t first, size_t n_rows, float *out) {
  return (dicrec__product){.in = p->in + first * p->n_in,
                           .packed = p->packed,
                           .out = out,
                           .n_rows = n_rows,
                           .n_in = p->n_in,
                           .n_out = p->n_out};
}

static float *numbers(size_t n) {
  float *made = aligned_alloc(64, (n * sizeof *made + 127) / 64 * 64);
  ck_assert_ptr_nonnull(made);
  memset(made, 0, (n * sizeof *made + 127) / 64 * 64);
  return made;
}

static struct product make(size_t n_rows, size_t n_in, size_t n_out) {
  struct product p = {n_rows,
                      n_in,
                      n_out,
                      numbers(n_rows * n_in),
                      numbers(n_in * n_out),
                      numbers(dicrec__packed_size(n_in, n_out)),
                      numbers(n_rows * n_out + 1)};
  for (size_t i = 0; i < n_rows * n_in; ++i) p.in[i] = (float)sin(1.0 + 1.7 * (double)i);
  for (size_t i = 0; i < n_in; ++i)
    for (size_t o = 0; o < n_out; ++o)
      p.packed[dicrec__packed_place(n_in, i, o)] = p.columns[i * n_out + o] = (float)cos(2.3 * (double)(i * n_out + o));
  p.out[n_rows * n_out] = 77.0F;
  return p;
}

static void release(struct product *p) {
  free(p->in);
  free(p->columns);
  free(p->packed);
  free(p->out);
}

static void multiply(const dicrec__product_kernel *kernel, struct product *p) {
  const dicrec__product product = own(p, 0, p->n_rows, p->out);
  kernel->multiply(&product);
  ck_assert(p->out[p->n_rows * p->n_out] >= 77.0F && p->out[p->n_rows * p->n_out] <= 77.0F);
}

/** Largest error against sums in double, relative to the sum of the terms' sizes. */
static double error_of(const struct product *p) {
  double worst = 0.0;
  for (size_t r = 0; r < p->n_rows; ++r)
    for (size_t o = 0; o < p->n_out; ++o) {
      double sum = 0.0, size = 0.0;
      for (size_t i = 0; i < p->n_in; ++i) {
        const double term = (double)p->in[r * p->n_in + i] * (double)p->columns[i * p->n_out + o];
        sum += term;
        size += fabs(term);
      }
      worst = fmax(worst, fabs((double)p->out[r * p->n_out + o] - sum) / size);
    }
  return worst;
}

/** Every number of rows and columns beside and between the blocks. */
START_TEST(own_products_agree_with_plain_sums) {
  double worst = 0.0;
  for (size_t n_rows = 1; n_rows <= 21; ++n_rows)
    for (size_t n_out = 1; n_out <= 150; n_out += 1 + n_out / 40) {
      struct product p = make(n_rows, 1 + (n_rows * 7 + n_out) % 40, n_out);
      for (int k = 0; k < n_kernels; ++k) {
        multiply(kernels[k], &p);
        worst = fmax(worst, error_of(&p));
      }
      release(&p);
    }
  report_worst("own products, float against double", worst, 1e-6);
  ck_assert_double_le(worst, 1e-6);
}
END_TEST

/** A row's numbers are the same bytes whatever rows stand beside it, and on all units that fuse. */
START_TEST(digits_do_not_depend_on_rows_or_vectors) {
  for (size_t n_out = 1; n_out <= 150; n_out += 13) {
    struct product all = make(70, 37, n_out), first = all;
    first.out = numbers(all.n_rows * n_out + 1);
    for (int k = 0; k < n_kernels; ++k) {
      multiply(kernels[k], &all);
      for (size_t r = 0; r < all.n_rows; ++r) {
        const dicrec__product one = own(&all, r, 1, first.out + r * n_out);
        kernels[k]->multiply(&one);
      }
      ck_assert(same_bytes(all.out, first.out, all.n_rows * n_out));
      if (k < 2) continue;
      const dicrec__product again = own(&all, 0, all.n_rows, first.out);
      kernels[1]->multiply(&again);
      ck_assert(same_bytes(all.out, first.out, all.n_rows * n_out));
    }
    free(first.out);
    release(&all);
  }
}
END_TEST

static const size_t sizes[][3] = {{1, 96, 96}, {64, 8, 96}, {256, 19, 144}, {100, 217, 17}, {65, 600, 330}};
enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

START_TEST(blas_agrees_with_own_products) {
  double worst = 0.0;
  for (size_t s = 0; s < N_SIZES; ++s) {
    struct product p = make(sizes[s][0], sizes[s][1], sizes[s][2]);
    float *made = numbers(p.n_rows * p.n_out);
    const dicrec__product product = own(&p, 0, p.n_rows, made);
    dicrec__multiply(&product);
    if (dicrec__blas_multiply(p.in, p.n_rows, p.n_in, p.columns, p.n_out, p.out)) worst = fmax(worst, error_of(&p));
    else ck_assert(!dicrec__blas_serves((size_t)1 << 40)); /* built without it */
    for (size_t i = 0; i < p.n_rows * p.n_out && dicrec__blas_serves((size_t)1 << 40); ++i)
      worst = fmax(worst, fabs((double)(made[i] - p.out[i])) / (1.0 + fabs((double)made[i])));
    free(made);
    release(&p);
  }
  report_worst("BLAS against own products", worst, 1e-5);
  ck_assert_double_le(worst, 1e-5);
}
END_TEST

/** Which layers of weights BLAS gets, and that few rows never reach it. */
START_TEST(layers_choose_by_size) {
  ck_assert(!dicrec__blas_serves(DICREC__OWN_WEIGHTS));
  struct product p = make(DICREC__OWN_ROWS + 1, 40, 33);
  float *bias = numbers(48), *before = numbers(p.n_rows * p.n_out);
  for (int o = 0; o < 33; ++o) bias[o] = (float)sin(o);
  for (size_t i = 0; i < p.n_rows * p.n_out; ++i) before[i] = (float)cos((double)i);
  const dicrec__layer small = {p.packed, NULL, bias, 40, 33}, both = {p.packed, p.columns, bias, 40, 33};
  float *expected = numbers(p.n_rows * p.n_out);
  dicrec__layer_apply_onto(&small, p.in, p.n_rows, before, expected);
  dicrec__layer_apply_onto(&both, p.in, p.n_rows, before, p.out);
  for (size_t i = 0; i < p.n_rows * p.n_out; ++i) ck_assert_float_eq_tol(p.out[i], expected[i], 1e-4F);
  memset(p.columns, 0, p.n_in * p.n_out * sizeof *p.columns); /* would be seen */
  dicrec__layer_apply_onto(&both, p.in, DICREC__OWN_ROWS, before, p.out);
  ck_assert(same_bytes(p.out, expected, DICREC__OWN_ROWS * p.n_out));
  free(expected);
  free(bias);
  free(before);
  release(&p);
}
END_TEST

static void *multiply_often(void *argument) {
  struct product *p = argument;
  for (int i = 0; i < 50; ++i)
    if (!dicrec__blas_multiply(p->in, p->n_rows, p->n_in, p->columns, p->n_out, p->out)) return NULL;
  return p;
}

/** BLAS in several threads at a time gives what it gives in one. */
START_TEST(blas_in_several_threads) {
  enum { N_THREADS = 4 };
  struct product alone = make(100, 300, 200), products[N_THREADS];
  if (multiply_often(&alone) == NULL) {
    release(&alone);
    return; /* built without BLAS */
  }
  pthread_t threads[N_THREADS];
  for (int t = 0; t < N_THREADS; ++t) {
    products[t] = make(100, 300, 200);
    ck_assert_int_eq(pthread_create(&threads[t], NULL, multiply_often, &products[t]), 0);
  }
  for (int t = 0; t < N_THREADS; ++t) {
    void *result;
    pthread_join(threads[t], &result);
    ck_assert_ptr_nonnull(result);
    ck_assert(same_bytes(products[t].out, alone.out, alone.n_rows * alone.n_out));
    release(&products[t]);
  }
  release(&alone);
}
END_TEST

/** OpenBLAS would wait for ever for memory that is not there; it is not asked then. Runs in a process of its own. */
START_TEST(blas_without_memory) {
  struct product p = make(8, 8, 8);
  unsigned long long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file != NULL && fscanf(file, "%llu", &pages) != 1) pages = 0;
  if (file != NULL) fclose(file);
  struct rlimit limit = {0, RLIM_INFINITY};
  limit.rlim_cur = (rlim_t)(pages * (unsigned long long)sysconf(_SC_PAGESIZE)) + (100 << 20);
  ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
  const bool was_made = dicrec__blas_multiply(p.in, 8, 8, p.columns, 8, p.out);
  limit.rlim_cur = RLIM_INFINITY;
  setrlimit(RLIMIT_AS, &limit);
  ck_assert(pages == 0 || !was_made);
  release(&p);
}
END_TEST

Suite *product_suite(void) {
  Suite *suite = suite_create("product");
  TCase *tests = tcase_create("product");
  tcase_set_timeout(tests, 60);
  tcase_add_checked_fixture(tests, setup, NULL);
  tcase_add_test(tests, own_products_agree_with_plain_sums);
  tcase_add_test(tests, digits_do_not_depend_on_rows_or_vectors);
  tcase_add_test(tests, blas_agrees_with_own_products);
  tcase_add_test(tests, layers_choose_by_size);
  tcase_add_test(tests, blas_in_several_threads);
  tcase_add_test(tests, blas_without_memory);
  suite_add_tcase(suite, tests);
  return suite;
}
