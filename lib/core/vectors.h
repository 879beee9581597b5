/* SPDX-License-Identifier: MIT */
/** @file vectors.h Portable vectors of eight and sixteen numbers; the compiler maps them to what the processor has. */
#ifndef DICREC_CORE_VECTORS_H
#define DICREC_CORE_VECTORS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

typedef double dicrec__v8d __attribute__((vector_size(8 * sizeof(double))));
typedef int64_t dicrec__v8l __attribute__((vector_size(8 * sizeof(int64_t))));
typedef uint64_t dicrec__v8u __attribute__((vector_size(8 * sizeof(uint64_t))));
typedef float dicrec__v8f __attribute__((vector_size(8 * sizeof(float))));
typedef int32_t dicrec__v8i __attribute__((vector_size(8 * sizeof(int32_t))));
typedef float dicrec__v16f __attribute__((vector_size(16 * sizeof(float))));
typedef int32_t dicrec__v16i __attribute__((vector_size(16 * sizeof(int32_t))));

static inline dicrec__v8d dicrec__load8d(const double *from) {
  dicrec__v8d v;
  memcpy(&v, from, sizeof v);
  return v;
}

static inline void dicrec__store8d(double *to, dicrec__v8d v) { memcpy(to, &v, sizeof v); }

static inline dicrec__v8f dicrec__load8f(const float *from) {
  dicrec__v8f v;
  memcpy(&v, from, sizeof v);
  return v;
}

static inline void dicrec__store8f(float *to, dicrec__v8f v) { memcpy(to, &v, sizeof v); }

static inline dicrec__v16f dicrec__load16f(const float *from) {
  dicrec__v16f v;
  memcpy(&v, from, sizeof v);
  return v;
}

static inline void dicrec__store16f(float *to, dicrec__v16f v) { memcpy(to, &v, sizeof v); }

/** a where a lane of the mask is set, else b. */
static inline dicrec__v8d dicrec__select8d(dicrec__v8l mask, dicrec__v8d a, dicrec__v8d b) {
  return (dicrec__v8d)((mask & (dicrec__v8l)a) | (~mask & (dicrec__v8l)b));
}

static inline dicrec__v8d dicrec__abs8d(dicrec__v8d v) { return (dicrec__v8d)((dicrec__v8l)v & INT64_MAX); }

static inline dicrec__v8d dicrec__min8d(dicrec__v8d a, dicrec__v8d b) { return dicrec__select8d(a < b, a, b); }

static inline dicrec__v8d dicrec__max8d(dicrec__v8d a, dicrec__v8d b) { return dicrec__select8d(a > b, a, b); }

static inline dicrec__v8d dicrec__same8d(double value) {
  return (dicrec__v8d){value, value, value, value, value, value, value, value};
}

/** Whole products of numbers below 2^32; compilers do not see by themselves that half a multiplication is enough. */
static inline dicrec__v8u dicrec__multiply8u(dicrec__v8u a, uint32_t b) {
#if defined(__AVX512F__)
  return (dicrec__v8u)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64(b));
#elif defined(__AVX2__)
  __m256i part[2];
  memcpy(part, &a, sizeof a);
  for (int k = 0; k < 2; ++k) part[k] = _mm256_mul_epu32(part[k], _mm256_set1_epi64x(b));
  memcpy(&a, part, sizeof a);
  return a;
#else
  return a * b;
#endif
}

/** Whether a lane of the mask is set. */
static inline bool dicrec__any8l(dicrec__v8l mask) {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
  return _mm512_movepi64_mask((__m512i)mask) != 0;
#else
  int64_t some = 0;
  for (int k = 0; k < 8; ++k) some |= mask[k];
  return some != 0;
#endif
}

/** exp(x), relative error some 2e-16 besides that of x, cut off at |x| = 700: 2^n times the series of the rest. */
static inline dicrec__v8d dicrec__exp8d(dicrec__v8d x) {
  x = dicrec__max8d(dicrec__min8d(x, dicrec__same8d(700.0)), dicrec__same8d(-700.0));
  const double round_magic = 0x1.8p52, log2_e = 1.4426950408889634074;
  const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  const dicrec__v8d shifted = x * log2_e + round_magic;
  const dicrec__v8d n = shifted - round_magic;
  const dicrec__v8d r = (x - n * ln2_high) - n * ln2_low;
  const dicrec__v8d r2 = r * r, r4 = r2 * r2;
  const dicrec__v8d p0 = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
  const dicrec__v8d p4 = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
  const dicrec__v8d p8 = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0));
  const dicrec__v8d p = p0 + r4 * (p4 + r4 * (p8 + r4 * (1.0 / 479001600.0)));
  return (dicrec__v8d)((dicrec__v8l)p + ((dicrec__v8l)shifted << 52));
}

/** Turn eight rows of eight into columns. */
static inline void dicrec__transpose8f(dicrec__v8f r[8]) {
#define PAIR(a, b, low, high)                                                                                          \
  const dicrec__v8f low = __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13),                                     \
                    high = __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
  PAIR(r[0], r[1], a0, a1);
  PAIR(r[2], r[3], a2, a3);
  PAIR(r[4], r[5], a4, a5);
  PAIR(r[6], r[7], a6, a7);
#undef PAIR
#define QUAD(a, b, low, high)                                                                                          \
  const dicrec__v8f low = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13),                                     \
                    high = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
  QUAD(a0, a2, b0, b1);
  QUAD(a1, a3, b2, b3);
  QUAD(a4, a6, b4, b5);
  QUAD(a5, a7, b6, b7);
#undef QUAD
#define HALF(a, b, low, high)                                                                                          \
  low = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);                                                       \
  high = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)
  HALF(b0, b4, r[0], r[4]);
  HALF(b1, b5, r[1], r[5]);
  HALF(b2, b6, r[2], r[6]);
  HALF(b3, b7, r[3], r[7]);
#undef HALF
}

#endif
