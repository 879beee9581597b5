/* SPDX-License-Identifier: MIT */
/**
 * @file product_kernel.c
 * The products of product.h, in blocks whose sums stay in registers. Compiled once for each vector unit, by the name of
 * the unit.
 */
#include <string.h>

#include "estimator/product.h"

#define JOIN(name, unit)   JOINED(name, unit)
#define JOINED(name, unit) name##unit
#define ALWAYS_INLINE      static inline __attribute__((always_inline))
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
typedef float loose_vector __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float)), may_alias));

/** Where a block begins, and what it is a part of. */
struct place {
  const float *in, *packed;
  float *out;
  size_t n_in, n_out;
  size_t n_left; /**< columns from here to the last */
};

/** A row of a panel, or what of it there is. */
ALWAYS_INLINE void store(const vector *sums, size_t n_left, float *out) {
  if (n_left >= DICREC__PANEL) {
    for (int v = 0; v < VECTORS; ++v) *(loose_vector *)(out + v * LANES) = sums[v];
    return;
  }
  float numbers[DICREC__PANEL];
  memcpy(numbers, sums, sizeof numbers);
  for (size_t c = 0; c < n_left; ++c) out[c] = numbers[c];
}

/** The number of rows and panels is a constant wherever this is called, so that the sums are registers. */
ALWAYS_INLINE void block(const struct place *at, int n_rows, int n_panels) {
  const size_t n_in = at->n_in;
  const float *const in = at->in;
  vector sums[MOST_SUMS][VECTORS];
  UNROLLED (i, n_rows * n_panels) {
    UNROLLED (v, VECTORS) {
      sums[i][v] = (vector){0};
    }
  }
  for (size_t k = 0; k < n_in; ++k)
    UNROLLED (p, n_panels) {
      const vector *const weights = (const vector *)(at->packed + ((size_t)p * n_in + k) * DICREC__PANEL);
      UNROLLED (r, n_rows) {
        UNROLLED (v, VECTORS) {
          sums[p * n_rows + r][v] += in[(size_t)r * n_in + k] * weights[v];
        }
      }
    }
  UNROLLED (p, n_panels) {
    UNROLLED (r, n_rows) {
      store(sums[p * n_rows + r], at->n_left - (size_t)p * DICREC__PANEL,
            at->out + (size_t)r * at->n_out + p * DICREC__PANEL);
    }
  }
}

ALWAYS_INLINE void next_rows(struct place *at, size_t n_rows) {
  at->in += n_rows * at->n_in;
  at->out += n_rows * at->n_out;
}

ALWAYS_INLINE void next_panels(struct place *at, size_t n_panels) {
  const size_t n = n_panels * DICREC__PANEL;
  at->packed += n * at->n_in;
  at->out += n;
  at->n_left -= n < at->n_left ? n : at->n_left;
}

/** Some panels of all rows but the last that fill no block. */
ALWAYS_INLINE void columns(struct place at, size_t n_rows, int n_panels) {
  for (; n_rows >= ROWS; n_rows -= ROWS, next_rows(&at, ROWS)) block(&at, ROWS, n_panels);
  if (n_rows >= ROWS / 2) block(&at, ROWS / 2, n_panels);
}

/** All columns of a row. */
static void row(struct place at) {
  for (; at.n_left > (SINGLE - 1) * DICREC__PANEL; next_panels(&at, SINGLE)) block(&at, 1, SINGLE);
  for (; at.n_left > (SINGLE / 2 - 1) * DICREC__PANEL; next_panels(&at, SINGLE / 2)) block(&at, 1, SINGLE / 2);
  for (; at.n_left > DICREC__PANEL; next_panels(&at, 2)) block(&at, 1, 2);
  for (; at.n_left > 0; next_panels(&at, 1)) block(&at, 1, 1);
}

static void multiply(const float *in, size_t n_rows, size_t n_in, const float *packed, size_t n_out, float *out) {
  const size_t n_half = n_rows / (ROWS / 2), n_blocked = n_half * (ROWS / 2);
  struct place at = {in, packed, out, n_in, n_out, n_out};
  for (; at.n_left > (PANELS - 1) * DICREC__PANEL; next_panels(&at, PANELS)) columns(at, n_blocked, PANELS);
  for (; at.n_left > 0; next_panels(&at, 1)) columns(at, n_blocked, 1);
  at = (struct place){in, packed, out, n_in, n_out, n_out};
  next_rows(&at, n_blocked);
  for (size_t r = n_blocked; r < n_rows; ++r, next_rows(&at, 1)) row(at);
}

const dicrec__product_kernel JOIN(dicrec__product_, DICREC__UNIT) = {multiply};
