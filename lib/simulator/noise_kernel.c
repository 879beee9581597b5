/* SPDX-License-Identifier: MIT */
/**
 * @file noise_kernel.c
 * White noise and its filter, in vectors. Compiled once for each vector unit, by the name of the unit.
 */
#include <math.h>

#include "core/kernel_choice.h"
#include "core/vectors.h"
#include "simulator/noise.h"

/* Samples of one vector of pairs: sixteen with the cosine, sixteen with the sine; each counter gives two pairs. */
enum { PAIRS = 16, COUNTERS = PAIRS / 2, PARTS = DICREC__NOISE_BLOCK / (2 * PAIRS) };

_Static_assert(DICREC__NOISE_BLOCK % (2 * PAIRS) == 0, "a block is made of whole vectors");

typedef dicrec__v8u words; /* of 32 bits each, for eight counters */

static const uint64_t low_half = 0xffffffff;

/* Philox 4x32 with ten rounds, for eight counters of one stream at once; what random.h draws one by one. */
static inline void philox(const dicrec__noise *noise, uint64_t first, words drawn[4]) {
  const dicrec__random *random = &noise->random;
  const words at = first + (words){0, 1, 2, 3, 4, 5, 6, 7}, none = {0};
  words c0 = at & low_half, c1 = random->counter.v[1] + (at >> 32);
  words c2 = none + random->counter.v[2], c3 = none + random->counter.v[3];
  uint32_t k0 = random->key.v[0], k1 = random->key.v[1];
  for (int round = 0; round < philox4x32_rounds; ++round, k0 += PHILOX_W32_0, k1 += PHILOX_W32_1) {
    const words p0 = dicrec__multiply8u(c0, PHILOX_M4x32_0), p1 = dicrec__multiply8u(c2, PHILOX_M4x32_1);
    c0 = (p1 >> 32) ^ c1 ^ (none + k0);
    c1 = p1 & low_half;
    c2 = (p0 >> 32) ^ c3 ^ (none + k1);
    c3 = p0 & low_half;
  }
  drawn[0] = c0, drawn[1] = c1, drawn[2] = c2, drawn[3] = c3;
}

/* ln u for u in (0, 1], to single precision: u = 2^e m with m around 1, ln m by the series of the inverse tanh. */
static inline dicrec__v16f logarithm(dicrec__v16f u) {
  const int32_t root_half = 0x3f3504f3; /* the bits of sqrt(1/2): m is from there to sqrt(2) */
  const dicrec__v16i e = ((dicrec__v16i)u - root_half) >> 23;
  const dicrec__v16f m = (dicrec__v16f)((dicrec__v16i)u - (e << 23));
  const dicrec__v16f t = (m - 1.0F) / (m + 1.0F), q = t * t;
  const dicrec__v16f series = 2.0F + q * (2.0F / 3.0F + q * (2.0F / 5.0F + q * (2.0F / 7.0F)));
  return __builtin_convertvector(e, dicrec__v16f) * 0.693147181F + t * series;
}

static inline dicrec__v16f root_of(dicrec__v16f x) {
  float roots[PAIRS];
  dicrec__store16f(roots, x);
  for (int k = 0; k < PAIRS; ++k) roots[k] = sqrtf(fmaxf(roots[k], 0.0F)); /* becomes one vector */
  return dicrec__load16f(roots);
}

/* Two words of each counter side by side, as vectors of sixteen. */
static inline dicrec__v16i side_by_side(words a, words b) { return (dicrec__v16i)(a | b << 32); }

/*
 * Box-Muller: from 32 random words, 32 normal numbers. The angle runs from -1/8 of a turn over a whole turn, in
 * quarters about the axes: the quarter exchanges and negates sine and cosine.
 */
static inline void make_normal(dicrec__v16i radius_bits, dicrec__v16i angle_bits, float std, float *normal) {
  /* The words have no sign: half of each, which loses its last bit, is converted as if it had one. */
  const dicrec__v16i half = radius_bits >> 1 & INT32_MAX;
  const dicrec__v16f u = (__builtin_convertvector(half, dicrec__v16f) + 0.25F) * 0x1p-31F;
  const dicrec__v16i quarter = angle_bits >> 30 & 3;
  const dicrec__v16f f = __builtin_convertvector(angle_bits << 2, dicrec__v16f) * 0x1p-32F; /* -1/2 to 1/2 of one */
  const dicrec__v16f radius = std * root_of(-2.0F * logarithm(u));
  const dicrec__v16f a = f * 1.57079633F, q = a * a;
  const dicrec__v16f c = 1.0F - q * (1.0F / 2.0F - q * (1.0F / 24.0F - q * (1.0F / 720.0F - q * (1.0F / 40320.0F))));
  const dicrec__v16f s = a * (1.0F - q * (1.0F / 6.0F - q * (1.0F / 120.0F - q * (1.0F / 5040.0F))));
  const dicrec__v16i odd = (quarter & 1) != 0, bits_c = (dicrec__v16i)(radius * c), bits_s = (dicrec__v16i)(radius * s);
  const dicrec__v16i sign_c = ((quarter + 1) & 2) << 30, sign_s = (quarter & 2) << 30;
  dicrec__store16f(normal, (dicrec__v16f)(((odd & bits_s) | (~odd & bits_c)) ^ sign_c));
  dicrec__store16f(normal + PAIRS, (dicrec__v16f)(((odd & bits_c) | (~odd & bits_s)) ^ sign_s));
}

/* White noise comes in blocks, each counter of the member's stream giving four samples of one. */
static void make_white(const dicrec__noise *noise, int64_t block, float *white) {
  for (uint64_t part = 0; part < PARTS; ++part) {
    words drawn[4];
    philox(noise, ((uint64_t)block * PARTS + part) * COUNTERS, drawn);
    make_normal(side_by_side(drawn[0], drawn[2]), side_by_side(drawn[1], drawn[3]), noise->std,
                white + part * 2 * PAIRS);
  }
}

/* As many numbers as the unit takes at once, and four sums under way, which stay in its registers. */
#if defined(__AVX512F__)
enum { WIDTH = 16 };
#elif defined(__AVX__)
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif
enum { SUMS = 4, LAST = DICREC__NOISE_TAPS - 1 };
typedef float chunk __attribute__((vector_size(WIDTH * sizeof(float))));

_Static_assert(DICREC__NOISE_BLOCK % (SUMS * WIDTH) == 0, "a block is made of whole sums");

static inline chunk load(const float *from) {
  chunk c;
  memcpy(&c, from, sizeof c);
  return c;
}

static void filter(const float *taps, const float *white, float *filtered) {
  for (int from = 0; from < DICREC__NOISE_BLOCK; from += SUMS * WIDTH) {
    const float *at = white + from;
    chunk sum[SUMS];
    for (int s = 0; s < SUMS; ++s) sum[s] = taps[DICREC__NOISE_REACH] * load(at + WIDTH * s + DICREC__NOISE_REACH);
    for (int k = 0; k < DICREC__NOISE_REACH; ++k) /* symmetric: equal distances share a tap */
      for (int s = 0; s < SUMS; ++s) sum[s] += taps[k] * (load(at + WIDTH * s + k) + load(at + WIDTH * s + LAST - k));
    memcpy(filtered + from, sum, sizeof sum);
  }
}

/* The sum of the lane and of all before it. */
static inline dicrec__v8d sums_of(dicrec__v8d x) {
  const dicrec__v8d none = dicrec__same8d(0.0);
  x += __builtin_shufflevector(none, x, 0, 8, 9, 10, 11, 12, 13, 14);
  x += __builtin_shufflevector(none, x, 0, 1, 8, 9, 10, 11, 12, 13);
  return x + __builtin_shufflevector(none, x, 0, 1, 2, 3, 8, 9, 10, 11);
}

static void integrate(const float *filtered, double *integral) {
  double before = integral[-1];
  for (int from = 0; from < DICREC__NOISE_BLOCK; from += 8) {
    const dicrec__v8f pair = dicrec__load8f(filtered + from - 1) + dicrec__load8f(filtered + from);
    const dicrec__v8d sums = sums_of(0.5 * __builtin_convertvector(pair, dicrec__v8d)) + before;
    dicrec__store8d(integral + from, sums);
    before = integral[from + 7];
  }
}

const dicrec__noise_kernel DICREC__FOR_UNIT(dicrec__noise_) = {make_white, filter, integrate};
