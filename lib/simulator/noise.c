/* SPDX-License-Identifier: MIT */
#include "simulator/noise.h"

#include <math.h>

#include "core/random.h"
#include "simulator/vectors.h"

/** Samples that one vector of pairs makes: sixteen with the cosine, sixteen with the sine. */
enum { PAIRS = 16, COUNTERS = PAIRS / 2 };

_Static_assert(DICREC__NOISE_BLOCK % (2 * PAIRS) == 0, "a block is made of whole vectors");

static const double pi = 3.14159265358979323846;
static const double cutoff_khz = 1.0;

void dicrec__noise_filter_init(dicrec__noise_filter *filter) {
  const double omega = 2.0 * pi * cutoff_khz * DICREC__NOISE_DT_MS; /* radians per sample */
  double taps[DICREC__NOISE_TAPS], sum = 0.0;
  for (int k = 0; k < DICREC__NOISE_TAPS; ++k) {
    const int lag = k - DICREC__NOISE_REACH;
    const double sinc = lag == 0 ? omega / pi : sin(omega * lag) / (pi * lag);
    const double hamming = 0.54 + 0.46 * cos(pi * lag / DICREC__NOISE_REACH);
    taps[k] = sinc * hamming;
    sum += taps[k];
  }
  for (int k = 0; k < DICREC__NOISE_TAPS; ++k) filter->taps[k] = (float)(taps[k] / sum);
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

/*
 * Box-Muller: from 32 random words, 32 normal numbers. The angle runs from -1/8 of a turn over a whole turn, in
 * quarters about the axes: the quarter exchanges and negates sine and cosine.
 */
static void make_normal(const uint32_t radius_bits[PAIRS], const uint32_t angle_bits[PAIRS], float std, float *normal) {
  float root[PAIRS];
  dicrec__v16f u, f;
  dicrec__v16i quarter;
  for (int k = 0; k < PAIRS; ++k) {
    u[k] = ((float)radius_bits[k] + 0.5F) * 0x1p-32F;
    quarter[k] = (int32_t)(angle_bits[k] >> 30);
    f[k] = (float)(int32_t)(angle_bits[k] << 2) * 0x1p-32F; /* -1/2 to 1/2 of a quarter */
  }
  dicrec__store16f(root, -2.0F * logarithm(u));
  for (int k = 0; k < PAIRS; ++k) root[k] = std * sqrtf(fmaxf(root[k], 0.0F));
  const dicrec__v16f a = f * 1.57079633F, q = a * a, radius = dicrec__load16f(root);
  const dicrec__v16f c = 1.0F - q * (1.0F / 2.0F - q * (1.0F / 24.0F - q * (1.0F / 720.0F - q * (1.0F / 40320.0F))));
  const dicrec__v16f s = a * (1.0F - q * (1.0F / 6.0F - q * (1.0F / 120.0F - q * (1.0F / 5040.0F))));
  const dicrec__v16i odd = (quarter & 1) != 0, bits_c = (dicrec__v16i)(radius * c), bits_s = (dicrec__v16i)(radius * s);
  const dicrec__v16i sign_c = ((quarter + 1) & 2) << 30, sign_s = (quarter & 2) << 30;
  dicrec__store16f(normal, (dicrec__v16f)(((odd & bits_s) | (~odd & bits_c)) ^ sign_c));
  dicrec__store16f(normal + PAIRS, (dicrec__v16f)(((odd & bits_c) | (~odd & bits_s)) ^ sign_s));
}

/* White noise comes in blocks, each counter of the member's stream giving four samples of one. */
static void make_white(const dicrec__noise *noise, int64_t block, float *white) {
  dicrec__random random;
  dicrec__random_start(&random, noise->seed, DICREC__PURPOSE_NOISE, noise->stream, 0);
  const uint64_t first = (uint64_t)block * (DICREC__NOISE_BLOCK / 4);
  for (uint64_t part = 0; part < DICREC__NOISE_BLOCK / (2 * PAIRS); ++part) {
    uint32_t radius_bits[PAIRS], angle_bits[PAIRS];
    for (uint64_t k = 0; k < COUNTERS; ++k) {
      philox4x32_ctr_t counter = random.counter;
      counter.v[0] = (uint32_t)(first + part * COUNTERS + k);
      counter.v[1] += (uint32_t)((first + part * COUNTERS + k) >> 32);
      const philox4x32_ctr_t words = philox4x32(counter, random.key);
      radius_bits[2 * k] = words.v[0];
      angle_bits[2 * k] = words.v[1];
      radius_bits[2 * k + 1] = words.v[2];
      angle_bits[2 * k + 1] = words.v[3];
    }
    make_normal(radius_bits, angle_bits, noise->std, white + part * 2 * PAIRS);
  }
}

/* Filtered sample k is centred on white sample k + reach, so that the first one has its whole past. */
static void make_block(dicrec__noise *noise) {
  enum { LAST = DICREC__NOISE_TAPS - 1 };
  memmove(noise->white, noise->white + DICREC__NOISE_BLOCK, LAST * sizeof *noise->white);
  memmove(noise->filtered, noise->filtered + DICREC__NOISE_BLOCK, DICREC__NOISE_KEPT * sizeof *noise->filtered);
  make_white(noise, ++noise->n_blocks, noise->white + LAST);
  const float *taps = noise->filter->taps;
  for (int from = 0; from < DICREC__NOISE_BLOCK; from += 16) {
    const float *white = noise->white + from;
    dicrec__v16f sum = taps[DICREC__NOISE_REACH] * dicrec__load16f(white + DICREC__NOISE_REACH);
    for (int k = 0; k < DICREC__NOISE_REACH; ++k) /* symmetric: equal distances share a tap */
      sum += taps[k] * (dicrec__load16f(white + k) + dicrec__load16f(white + LAST - k));
    dicrec__store16f(noise->filtered + DICREC__NOISE_KEPT + from, sum);
  }
}

/* Go to a block, which is made next; the streams of white noise can begin anywhere. */
static void begin_at(dicrec__noise *noise, int64_t block) {
  noise->n_blocks = block;
  make_white(noise, block, noise->white + DICREC__NOISE_TAPS - 1); /* what comes before its first sample */
}

void dicrec__noise_start(dicrec__noise *noise, const dicrec__noise_filter *filter, uint64_t seed, uint64_t stream,
                         double std) {
  noise->filter = filter;
  noise->seed = seed;
  noise->stream = stream;
  noise->std = (float)std;
  if (std > 0.0) begin_at(noise, 0);
}

double dicrec__noise_at(dicrec__noise *noise, double t_ms) {
  const double position = fmax(t_ms, 0.0) * DICREC__NOISE_PER_MS;
  const int64_t k = (int64_t)position, latest = (noise->n_blocks - 1) * DICREC__NOISE_BLOCK;
  if (k < latest - DICREC__NOISE_KEPT) { /* from the block before on, so that what is kept of it is there too */
    const int64_t block = k / DICREC__NOISE_BLOCK;
    begin_at(noise, block > 0 ? block - 1 : 0);
  }
  while (k + 1 >= noise->n_blocks * DICREC__NOISE_BLOCK) make_block(noise);
  const float *at = noise->filtered + DICREC__NOISE_KEPT + (k - (noise->n_blocks - 1) * DICREC__NOISE_BLOCK);
  return (double)at[0] + (double)(at[1] - at[0]) * (position - (double)k);
}
