/* SPDX-License-Identifier: MIT */
/**
 * @file activation.h
 * What the network does to its values besides products: a(x) = x/2 (1 + x/sqrt(1 + x^2)), which is smooth, close to
 * max(x, 0), and made of operations that vectors have; and the sums that pool windows.
 */
#ifndef DICREC_ESTIMATOR_ACTIVATION_H
#define DICREC_ESTIMATOR_ACTIVATION_H

#include <stddef.h>

/** values = a(values + bias). values: [n_rows][width], bias: [width]. */
void dicrec__activate(float *values, const float *bias, size_t n_rows, size_t width);

/** values = before + a(values + bias). before: [n_rows][width] as well. */
void dicrec__activate_onto(const float *before, float *values, const float *bias, size_t n_rows, size_t width);

/** Add differences of the rows from `shift`, and their squares, to the sums; all three are [width]. */
void dicrec__add_rows(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum, double *squares);

/** The same three, compiled for a vector unit. */
typedef struct dicrec__activation_kernel {
  void (*activate)(float *values, const float *bias, size_t n_rows, size_t width);
  void (*activate_onto)(const float *before, float *values, const float *bias, size_t n_rows, size_t width);
  void (*add_rows)(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum, double *squares);
} dicrec__activation_kernel;

extern const dicrec__activation_kernel dicrec__activation_plain;
#ifdef DICREC__HAS_X86_KERNELS
extern const dicrec__activation_kernel dicrec__activation_avx2, dicrec__activation_avx512;
#endif

#endif
