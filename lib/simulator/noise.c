/* SPDX-License-Identifier: MIT */
#include "simulator/noise.h"

#include <math.h>

#include "core/random.h"

_Static_assert(DICREC__NOISE_REACH % 4 == 0, "the filter is summed in fours");

static const double pi = 3.14159265358979323846;
static const double cutoff_khz = 1.0;

void dicrec__noise_filter_init(dicrec__noise_filter *filter) {
  const double omega = 2.0 * pi * cutoff_khz * DICREC__NOISE_DT_MS; /* radians per sample */
  double sum = 0.0;
  for (int k = 0; k < DICREC__NOISE_TAPS; ++k) {
    const int lag = k - DICREC__NOISE_REACH;
    const double sinc = lag == 0 ? omega / pi : sin(omega * lag) / (pi * lag);
    const double hamming = 0.54 + 0.46 * cos(pi * lag / DICREC__NOISE_REACH);
    filter->taps[k] = sinc * hamming;
    sum += filter->taps[k];
  }
  for (int k = 0; k < DICREC__NOISE_TAPS; ++k) filter->taps[k] /= sum;
}

/* White samples come in pairs, each pair with its own counter. */
static void make_white_pair(dicrec__noise *noise) {
  dicrec__random random;
  dicrec__random_start(&random, noise->seed, DICREC__PURPOSE_NOISE, noise->member, 0);
  random.counter.v[0] = (uint32_t)(noise->n_white / 2);
  random.counter.v[1] += (uint32_t)(noise->n_white >> 33);
  double pair[2];
  dicrec__random_normal_pair(&random, pair);
  for (int k = 0; k < 2; ++k) {
    const int64_t place = noise->n_white++ % DICREC__NOISE_WHITE;
    noise->white[place] = noise->white[place + DICREC__NOISE_WHITE] = noise->std * pair[k];
  }
}

/* Symmetric taps: the samples at equal distances from the middle share one. Four sums, so that none waits for itself.
 */
static double filter(const double *taps, const double *white) {
  enum { LAST = DICREC__NOISE_TAPS - 1 };
  double sums[4] = {0.0, 0.0, 0.0, 0.0};
  for (int k = 0; k < DICREC__NOISE_REACH; k += 4)
    for (int i = 0; i < 4; ++i) sums[i] += taps[k + i] * (white[k + i] + white[LAST - k - i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]) + taps[DICREC__NOISE_REACH] * white[DICREC__NOISE_REACH];
}

/* Filtered sample k is centred on white sample k + reach, so that the first one has its whole past. */
static void make_filtered(dicrec__noise *noise) {
  const int64_t first = noise->n_filtered;
  while (noise->n_white < first + DICREC__NOISE_TAPS) make_white_pair(noise);
  noise->filtered[noise->n_filtered++ % DICREC__NOISE_KEPT] =
      filter(noise->filter->taps, noise->white + first % DICREC__NOISE_WHITE);
}

void dicrec__noise_start(dicrec__noise *noise, const dicrec__noise_filter *filter, uint64_t seed, uint64_t member,
                         double std) {
  *noise = (dicrec__noise){.filter = filter, .seed = seed, .member = member, .std = std};
}

double dicrec__noise_at(dicrec__noise *noise, double t_ms) {
  const double position = t_ms * DICREC__NOISE_PER_MS;
  const int64_t k = (int64_t)position;
  while (noise->n_filtered < k + 2) make_filtered(noise);
  const double before = noise->filtered[k % DICREC__NOISE_KEPT], after = noise->filtered[(k + 1) % DICREC__NOISE_KEPT];
  return before + (after - before) * (position - (double)k);
}
