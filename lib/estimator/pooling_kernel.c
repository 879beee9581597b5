/* SPDX-License-Identifier: MIT */
/** @file pooling_kernel.c The loop of pooling.h. Compiled once for each vector unit, by the name of the unit. */
#include "core/kernel_choice.h"
#include "estimator/pooling.h"

static void add_rows(const float *restrict rows, size_t n_rows, size_t width, const float *restrict shift,
                     double *restrict sum, double *restrict squares) {
  for (size_t r = 0; r < n_rows; ++r, rows += width)
    for (size_t u = 0; u < width; ++u) {
      const double difference = (double)(rows[u] - shift[u]);
      sum[u] += difference;
      squares[u] += difference * difference;
    }
}

const dicrec__pooling_kernel DICREC__FOR_UNIT(dicrec__pooling_) = {add_rows};
