/* SPDX-License-Identifier: MIT */
/**
 * @file product_kernel.c
 * The products of product.h, in blocks whose sums stay in registers. Compiled once for each vector unit, by the name of
 * the unit.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

#include "core/kernel_choice.h"
#include "network/product.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
/* A loop without a loop: what it runs over are registers. */
#ifdef __clang__
#define UNROLLED(i, n) _Pragma("clang loop unroll(full)") for (int i = 0; i < (n); ++i)
#else
#define UNROLLED(i, n) _Pragma("GCC unroll 24") for (int i = 0; i < (n); ++i)
#endif

/* Numbers in a vector; rows and panels of a block, as many sums as the unit has registers for; panels of a block of one
   row, enough sums to hide how long each addition takes. */
#if defined(__AVX512F__)
enum { LANES = 16, ROWS = 8, PANELS = 3, SINGLE = 8 };
#elif defined(__AVX2__)
enum { LANES = 8, ROWS = 6, PANELS = 1, SINGLE = 4 };
#else
enum { LANES = 4, ROWS = 2, PANELS = 1, SINGLE = 2 };
#endif

/* Vectors of a panel, and panels of the largest block. */
enum { VECTORS = DICREC__PANEL / LANES, MOST_SUMS = ROWS * PANELS + SINGLE };

typedef float vector __attribute__((vector_size(LANES * sizeof(float)), may_alias));

/** Where a block begins, and what it is a part of. */
struct place {
  const dicrec__product *product;
  const float *in, *packed;
  size_t row, column;
};

#ifdef __AVX512F__
/* The unit's own approximation of 1/sqrt, within 2^-14, and a step of Newton's: it waits for no root and no quotient.
 */
ALWAYS_INLINE void activate(float *sums) {
  const __m512 x = _mm512_load_ps(sums), one = _mm512_set1_ps(1.0F), half = _mm512_set1_ps(0.5F);
  const __m512 inside = _mm512_min_ps(_mm512_max_ps(x, _mm512_set1_ps(-1e6F)), _mm512_set1_ps(1e6F));
  const __m512 squared = _mm512_fmadd_ps(inside, inside, one), root = _mm512_rsqrt14_ps(squared);
  const __m512 rest = _mm512_fnmadd_ps(_mm512_mul_ps(squared, root), root, one), rough = _mm512_mul_ps(inside, root);
  const __m512 ratio = _mm512_fmadd_ps(_mm512_mul_ps(rough, half), rest, rough), halved = _mm512_mul_ps(x, half);
  _mm512_store_ps(sums, _mm512_fmadd_ps(halved, ratio, halved));
}
#else
ALWAYS_INLINE void activate(float *sums) {
  for (int c = 0; c < DICREC__PANEL; ++c) sums[c] = 0.5F * sums[c] * (1.0F + sums[c] / sqrtf(1.0F + sums[c] * sums[c]));
}
#endif

/** What follows the sums of a row of a panel, aligned; n of them count. */
ALWAYS_INLINE void finish_panel(const dicrec__product *product, float *sums, size_t at, size_t n) {
  if (product->then != DICREC__AS_IS) activate(sums);
  if (product->then == DICREC__ACTIVATE_ONTO)
    for (size_t c = 0; c < n; ++c) sums[c] += product->before[at + c];
  for (size_t c = 0; c < n; ++c) product->out[at + c] = sums[c];
}

/** What follows the sums of a block, [n_panels][n_rows][DICREC__PANEL]. */
static void finish_block(const struct place *place, size_t n_rows, size_t n_panels, float *sums) {
  const dicrec__product *product = place->product;
  for (size_t p = 0; p < n_panels; ++p) {
    const size_t column = place->column + p * DICREC__PANEL, n = product->n_out - column;
    for (size_t r = 0; r < n_rows; ++r, sums += DICREC__PANEL) {
      const size_t at = (place->row + r) * product->n_out + column;
      if (n >= DICREC__PANEL) finish_panel(product, sums, at, DICREC__PANEL); /* a constant: in vectors */
      else finish_panel(product, sums, at, n);
    }
  }
}

/** The number of rows and panels is a constant wherever this is called, so that the sums are registers. */
ALWAYS_INLINE void block(const struct place *place, int n_rows, int n_panels) {
  const size_t n_in = place->product->n_in;
  const float *const in = place->in, *const bias = place->product->bias;
  vector sums[MOST_SUMS][VECTORS];
  UNROLLED (p, n_panels) {
    const vector *const begin = (const vector *)(bias + place->column) + p * VECTORS;
    UNROLLED (r, n_rows) {
      UNROLLED (v, VECTORS) {
        sums[p * n_rows + r][v] = bias == NULL ? (vector){0} : begin[v];
      }
    }
  }
  for (size_t k = 0; k < n_in; ++k)
    UNROLLED (p, n_panels) {
      const vector *const weights = (const vector *)(place->packed + ((size_t)p * n_in + k) * DICREC__PANEL);
      UNROLLED (r, n_rows) {
        UNROLLED (v, VECTORS) {
          sums[p * n_rows + r][v] += in[(size_t)r * n_in + k] * weights[v];
        }
      }
    }
  vector stored[MOST_SUMS][VECTORS]; /* apart from the sums, which stay in registers */
  UNROLLED (i, n_rows * n_panels) {
    UNROLLED (v, VECTORS) {
      stored[i][v] = sums[i][v];
    }
  }
  finish_block(place, (size_t)n_rows, (size_t)n_panels, (float *)stored);
}

ALWAYS_INLINE void next_rows(struct place *place, size_t n_rows) {
  place->in += n_rows * place->product->n_in;
  place->row += n_rows;
}

ALWAYS_INLINE void next_panels(struct place *place, size_t n_panels) {
  place->packed += n_panels * DICREC__PANEL * place->product->n_in;
  place->column += n_panels * DICREC__PANEL;
}

/** Whether so many panels are left, the last of them maybe in part. */
ALWAYS_INLINE bool has_panels(const struct place *place, size_t n_panels) {
  return place->column + (n_panels - 1) * DICREC__PANEL < place->product->n_out;
}

/** Some panels of the first rows, as many as fill blocks. */
ALWAYS_INLINE void columns(struct place place, size_t n_rows, int n_panels) {
  for (; n_rows >= ROWS; n_rows -= ROWS, next_rows(&place, ROWS)) block(&place, ROWS, n_panels);
  if (n_rows >= ROWS / 2) block(&place, ROWS / 2, n_panels);
}

/** All columns of a row. */
static void row(struct place place) {
  for (; has_panels(&place, SINGLE); next_panels(&place, SINGLE)) block(&place, 1, SINGLE);
  for (; has_panels(&place, SINGLE / 2); next_panels(&place, SINGLE / 2)) block(&place, 1, SINGLE / 2);
  for (; has_panels(&place, 2); next_panels(&place, 2)) block(&place, 1, 2);
  for (; has_panels(&place, 1); next_panels(&place, 1)) block(&place, 1, 1);
}

static void multiply(const dicrec__product *product) {
  const size_t n_blocked = product->n_rows / (ROWS / 2) * (ROWS / 2);
  const struct place begin = {product, product->in, product->packed, 0, 0};
  struct place place = begin;
  for (; has_panels(&place, PANELS); next_panels(&place, PANELS)) columns(place, n_blocked, PANELS);
  for (; has_panels(&place, 1); next_panels(&place, 1)) columns(place, n_blocked, 1);
  place = begin;
  next_rows(&place, n_blocked);
  for (size_t r = n_blocked; r < product->n_rows; ++r, next_rows(&place, 1)) row(place);
}

static void finish(const dicrec__product *product) {
  vector stored[VECTORS];
  float *const sums = (float *)stored;
  for (size_t r = 0; r < product->n_rows; ++r)
    for (size_t column = 0; column < product->n_out; column += DICREC__PANEL) {
      const size_t left = product->n_out - column, n = left < DICREC__PANEL ? left : DICREC__PANEL;
      const size_t at = r * product->n_out + column;
      memset(stored, 0, sizeof stored);
      for (size_t c = 0; c < n; ++c)
        sums[c] = product->out[at + c] + (product->bias == NULL ? 0.0F : product->bias[column + c]);
      finish_panel(product, sums, at, n);
    }
}

const dicrec__product_kernel DICREC__FOR_UNIT(dicrec__product_) = {multiply, finish};
