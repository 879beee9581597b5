/* SPDX-License-Identifier: MIT */
/** @file pooling.h The sums that pool windows. */
#ifndef DICREC_ESTIMATOR_POOLING_H
#define DICREC_ESTIMATOR_POOLING_H

#include <stddef.h>

/** Add differences of the rows from `shift`, and their squares, to the sums; all three are [width]. */
void dicrec__add_rows(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum, double *squares);

/** The same, compiled for a vector unit. */
typedef struct dicrec__pooling_kernel {
  void (*add_rows)(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum, double *squares);
} dicrec__pooling_kernel;

extern const dicrec__pooling_kernel dicrec__pooling_plain, dicrec__pooling_avx2, dicrec__pooling_avx512;

#endif
