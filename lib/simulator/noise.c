/* SPDX-License-Identifier: MIT */
#include "simulator/noise.h"

#include <math.h>
#include <string.h>

#include "core/kernel_choice.h"

static const double pi = 3.14159265358979323846;
static const double cutoff_khz = 1.0;

void dicrec__noise_filter_init(dicrec__noise_filter *filter, double per_ms) {
  filter->per_ms = per_ms;
  filter->dt_ms = 1.0 / per_ms;
  filter->kernel = DICREC__BEST_KERNEL(dicrec__noise_);
  const double omega = 2.0 * pi * cutoff_khz * (1.0 / DICREC__NOISE_PER_MS); /* radians per sample */
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

/* Filtered sample k is centred on white sample k + reach, so that the first one has its whole past. */
static void make_block(dicrec__noise *noise) {
  enum { LAST = DICREC__NOISE_TAPS - 1 };
  memmove(noise->white, noise->white + DICREC__NOISE_BLOCK, LAST * sizeof *noise->white);
  memmove(noise->filtered, noise->filtered + DICREC__NOISE_BLOCK, DICREC__NOISE_KEPT * sizeof *noise->filtered);
  memmove(noise->integral, noise->integral + DICREC__NOISE_BLOCK, DICREC__NOISE_KEPT * sizeof *noise->integral);
  const dicrec__noise_kernel *kernel = noise->filter->kernel;
  kernel->make_white(noise, ++noise->n_blocks, noise->white + LAST);
  kernel->filter(noise->filter->taps, noise->white, noise->filtered + DICREC__NOISE_KEPT);
  kernel->integrate(noise->filtered + DICREC__NOISE_KEPT, noise->integral + DICREC__NOISE_KEPT);
}

/* Go to a block, which is made next; the streams of white noise can begin anywhere. */
static void begin_at(dicrec__noise *noise, int64_t block) {
  noise->n_blocks = block;
  noise->filtered[DICREC__NOISE_HELD - 1] = 0.0F; /* what the integral goes on from */
  noise->integral[DICREC__NOISE_HELD - 1] = 0.0;
  noise->filter->kernel->make_white(noise, block,
                                    noise->white + DICREC__NOISE_TAPS - 1); /* what comes before its first sample */
}

void dicrec__noise_start(dicrec__noise *noise, const dicrec__noise_filter *filter, uint64_t seed, uint64_t stream,
                         double std) {
  noise->filter = filter;
  dicrec__random_start(&noise->random, seed, DICREC__PURPOSE_NOISE, stream, 0);
  noise->std = (float)std;
  begin_at(noise, 0);
}

int64_t dicrec__noise_hold(dicrec__noise *noise, int64_t k) {
  const int64_t latest = (noise->n_blocks - 1) * DICREC__NOISE_BLOCK;
  if (k < latest - DICREC__NOISE_KEPT) { /* from the block before on, so that what is kept of it is there too */
    const int64_t block = k / DICREC__NOISE_BLOCK;
    begin_at(noise, block > 0 ? block - 1 : 0);
  }
  while (k + 1 >= noise->n_blocks * DICREC__NOISE_BLOCK) make_block(noise);
  return (noise->n_blocks - 1) * DICREC__NOISE_BLOCK - DICREC__NOISE_KEPT;
}

double dicrec__noise_at(dicrec__noise *noise, double t_ms) {
  const double position = fmax(t_ms, 0.0) * noise->filter->per_ms;
  const int64_t k = (int64_t)position;
  const float *at = noise->filtered + (k - dicrec__noise_hold(noise, k));
  return (double)at[0] + (double)(at[1] - at[0]) * (position - (double)k);
}
