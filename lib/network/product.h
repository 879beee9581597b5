/* SPDX-License-Identifier: MIT */
/**
 * @file product.h
 * Products with weights: the library's own, which take no lock and no memory. A number is the sum over the inputs in
 * their order, so that it does not depend on how many rows there are, nor on the processor but for whether it fuses
 * multiplication and addition.
 */
#ifndef DICREC_NETWORK_PRODUCT_H
#define DICREC_NETWORK_PRODUCT_H

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

/** What follows a product: nothing, a(x), or a(x) added to other rows; a(x) = x/2 (1 + x/sqrt(1 + x^2)), which is
 * smooth, close to max(x, 0), and made of operations that vectors have. */
enum dicrec__then { DICREC__AS_IS, DICREC__ACTIVATE, DICREC__ACTIVATE_ONTO };

/** out [n_rows][n_out] = then(bias + in [n_rows][n_in] times a packed matrix). */
typedef struct dicrec__product {
  const float *in, *packed;
  const float *bias;   /**< [n_out] and zeros up to a whole panel, or NULL */
  const float *before; /**< [n_rows][n_out], what DICREC__ACTIVATE_ONTO adds to; else not read */
  float *out;          /**< neither `in` nor `before` */
  size_t n_rows, n_in, n_out;
  enum dicrec__then then;
} dicrec__product;

/** `packed` and `bias` are aligned for vectors. */
void dicrec__multiply(const dicrec__product *product);

/** Bias and what follows alone, for sums that stand in `out`. */
void dicrec__finish(const dicrec__product *product);

/** The same, compiled for a vector unit. */
typedef struct dicrec__product_kernel {
  void (*multiply)(const dicrec__product *product);
  void (*finish)(const dicrec__product *product);
} dicrec__product_kernel;

extern const dicrec__product_kernel dicrec__product_plain, dicrec__product_avx2, dicrec__product_avx512;

#endif
