/* SPDX-License-Identifier: MIT */
/** @file activation_kernel.c The loops of activation.h. Compiled once for each vector unit, by the name of the unit. */
#include <math.h>

#include "estimator/activation.h"

#define JOIN(name, unit)   JOINED(name, unit)
#define JOINED(name, unit) name##unit

static inline float activated(float x) { return 0.5F * x * (1.0F + x / sqrtf(1.0F + x * x)); }

static void activate(float *restrict values, const float *restrict bias, size_t n_rows, size_t width) {
  for (size_t r = 0; r < n_rows; ++r, values += width)
    for (size_t u = 0; u < width; ++u) values[u] = activated(values[u] + bias[u]);
}

static void activate_onto(const float *restrict before, float *restrict values, const float *restrict bias,
                          size_t n_rows, size_t width) {
  for (size_t r = 0; r < n_rows; ++r, before += width, values += width)
    for (size_t u = 0; u < width; ++u) values[u] = before[u] + activated(values[u] + bias[u]);
}

static void add_rows(const float *restrict rows, size_t n_rows, size_t width, const float *restrict shift,
                     double *restrict sum, double *restrict squares) {
  for (size_t r = 0; r < n_rows; ++r, rows += width)
    for (size_t u = 0; u < width; ++u) {
      const double difference = (double)(rows[u] - shift[u]);
      sum[u] += difference;
      squares[u] += difference * difference;
    }
}

const dicrec__activation_kernel JOIN(dicrec__activation_, DICREC__UNIT) = {activate, activate_onto, add_rows};
