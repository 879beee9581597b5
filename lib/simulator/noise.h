/* SPDX-License-Identifier: MIT */
/**
 * @file noise.h
 * Band-limited Gaussian current: white at 10 kHz, low-pass filtered at 1 kHz without phase shift, linear between
 * its samples. Made in blocks from a member's random stream; a few samples back cost nothing, further back a new block.
 */
#ifndef DICREC_SIMULATOR_NOISE_H
#define DICREC_SIMULATOR_NOISE_H

#include <stdint.h>

/** Sampling interval of the noise, ms, and its inverse. */
#define DICREC__NOISE_DT_MS  0.1
#define DICREC__NOISE_PER_MS 10.0

enum {
  DICREC__NOISE_REACH = 20, /**< samples that the filter reaches to either side */
  DICREC__NOISE_TAPS = 2 * DICREC__NOISE_REACH + 1,
  DICREC__NOISE_BLOCK = 64, /**< samples made at once */
  DICREC__NOISE_KEPT = 16   /**< samples kept of the blocks before */
};

/** Coefficients shared by all members: a low-pass of unit gain at rest. */
typedef struct dicrec__noise_filter {
  float taps[DICREC__NOISE_TAPS];
} dicrec__noise_filter;

typedef struct dicrec__noise {
  const dicrec__noise_filter *filter;
  uint64_t seed, stream;
  float std;
  int64_t n_blocks; /**< blocks made; the latest ends the two arrays */
  float white[DICREC__NOISE_TAPS - 1 + DICREC__NOISE_BLOCK];
  float filtered[DICREC__NOISE_KEPT + DICREC__NOISE_BLOCK];
} dicrec__noise;

/** Windowed-sinc coefficients. */
void dicrec__noise_filter_init(dicrec__noise_filter *filter);

/** Start the noise of a member's stream; `std` is that of the white noise before the filter. */
void dicrec__noise_start(dicrec__noise *noise, const dicrec__noise_filter *filter, uint64_t seed, uint64_t stream,
                         double std);

/** Current at a time, in any order of times; before 0 as at 0. */
double dicrec__noise_at(dicrec__noise *noise, double t_ms);

#endif
