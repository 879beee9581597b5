/* SPDX-License-Identifier: MIT */
/** @file foreign_blas.c A BLAS of the host, which the library must not find: its products are not numbers. */
#include <math.h>

void cblas_sgemm(int order, int transposed_a, int transposed_b, int m, int n, int k, float alpha, const float *a,
                 int lda, const float *b, int ldb, float beta, float *c, int ldc);

void cblas_sgemm(int order, int transposed_a, int transposed_b, int m, int n, int k, float alpha, const float *a,
                 int lda, const float *b, int ldb, float beta, float *c, int ldc) {
  (void)order, (void)transposed_a, (void)transposed_b, (void)k, (void)alpha, (void)a, (void)lda, (void)b, (void)ldb;
  (void)beta;
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) c[i * ldc + j] = NAN;
}
