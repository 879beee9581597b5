/* SPDX-License-Identifier: MIT */
/**
 * @file noise.h
 * Band-limited Gaussian current: white at 10 kHz, low-pass filtered at 1 kHz without phase shift, linear between
 * its samples. Made in blocks from a member's random stream; a few samples back cost nothing, further back a new block.
 */
#ifndef DICREC_SIMULATOR_NOISE_H
#define DICREC_SIMULATOR_NOISE_H

#include <stdint.h>

#include "core/random.h"

/** Samples of the noise in a millisecond of the user's time. */
#define DICREC__NOISE_PER_MS 10.0

enum {
  DICREC__NOISE_REACH = 20, /**< samples that the filter reaches to either side */
  DICREC__NOISE_TAPS = 2 * DICREC__NOISE_REACH + 1,
  DICREC__NOISE_BLOCK = 64, /**< samples made at once */
  DICREC__NOISE_KEPT = 16,  /**< samples kept of the blocks before */
  DICREC__NOISE_HELD = DICREC__NOISE_KEPT + DICREC__NOISE_BLOCK
};

typedef struct dicrec__noise dicrec__noise;

/** How blocks are made; one source, compiled for several vector units, which differ by rounding alone. */
typedef struct dicrec__noise_kernel {
  /** A block of the white noise. */
  void (*make_white)(const dicrec__noise *noise, int64_t block, float *white);
  /** DICREC__NOISE_BLOCK filtered samples of that many and DICREC__NOISE_TAPS - 1 white ones. */
  void (*filter)(const float *taps, const float *white, float *filtered);
  /** The integrals up to DICREC__NOISE_BLOCK samples, in units of a sample; both arrays have the sample before them. */
  void (*integrate)(const float *filtered, double *integral);
} dicrec__noise_kernel;

extern const dicrec__noise_kernel dicrec__noise_plain, dicrec__noise_avx2, dicrec__noise_avx512;

/** What all members share: the coefficients of a low-pass of unit gain at rest, and how dense its samples are. */
typedef struct dicrec__noise_filter {
  const dicrec__noise_kernel *kernel;
  double per_ms, dt_ms; /**< samples in a millisecond of the time that noise is asked for, and its inverse */
  float taps[DICREC__NOISE_TAPS];
} dicrec__noise_filter;

struct dicrec__noise {
  const dicrec__noise_filter *filter;
  dicrec__random random; /**< the member's stream, whose counters number its samples */
  float std;
  int64_t n_blocks; /**< blocks made; the latest ends the two arrays */
  float white[DICREC__NOISE_TAPS - 1 + DICREC__NOISE_BLOCK];
  float filtered[DICREC__NOISE_HELD];
  double integral[DICREC__NOISE_HELD]; /**< up to each filtered sample, from wherever the noise was begun */
};

/** Windowed-sinc coefficients, and the kernel that suits the processor. */
void dicrec__noise_filter_init(dicrec__noise_filter *filter, double per_ms);

/** Start the noise of a member's stream; `std` is that of the white noise before the filter. */
void dicrec__noise_start(dicrec__noise *noise, const dicrec__noise_filter *filter, uint64_t seed, uint64_t stream,
                         double std);

/** Have samples k and k + 1, k from 0 on, among those held; returns which sample the first of these is. */
int64_t dicrec__noise_hold(dicrec__noise *noise, int64_t k);

/** Current at a time, in any order of times; before 0 as at 0. */
double dicrec__noise_at(dicrec__noise *noise, double t_ms);

#endif
