/* SPDX-License-Identifier: MIT */
/**
 * @file product.h
 * Products with weights: the library's own, which take no lock and no memory. A number is the sum over the inputs in
 * their order, so that it does not depend on how many rows there are, nor on the processor but for whether it fuses
 * multiplication and addition.
 */
#ifndef DICREC_ESTIMATOR_PRODUCT_H
#define DICREC_ESTIMATOR_PRODUCT_H

#include <stddef.h>

/** Columns of a panel. */
#define DICREC__PANEL 16

/**
 * Numbers of a matrix [n_in][n_out] that is packed for products: panels of neighbouring columns, [n_panels][n_in]
 * [DICREC__PANEL], of which the last is filled up with zeros.
 */
static inline size_t dicrec__packed_size(size_t n_in, size_t n_out) {
  return (n_out + DICREC__PANEL - 1) / DICREC__PANEL * n_in * DICREC__PANEL;
}

/** Where row `i` and column `o` of a matrix of n_in rows stand once it is packed. */
static inline size_t dicrec__packed_place(size_t n_in, size_t i, size_t o) {
  return (o / DICREC__PANEL * n_in + i) * DICREC__PANEL + o % DICREC__PANEL;
}

/** out [n_rows][n_out] = in [n_rows][n_in] times a packed matrix, which is aligned for vectors. */
void dicrec__multiply(const float *in, size_t n_rows, size_t n_in, const float *packed, size_t n_out, float *out);

/** The same, compiled for a vector unit. */
typedef struct dicrec__product_kernel {
  void (*multiply)(const float *in, size_t n_rows, size_t n_in, const float *packed, size_t n_out, float *out);
} dicrec__product_kernel;

extern const dicrec__product_kernel dicrec__product_plain;
#ifdef DICREC__HAS_X86_KERNELS
extern const dicrec__product_kernel dicrec__product_avx2, dicrec__product_avx512;
#endif

#endif
