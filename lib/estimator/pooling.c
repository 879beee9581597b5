/* SPDX-License-Identifier: MIT */
#include "estimator/pooling.h"

#include "core/kernel_choice.h"

void dicrec__add_rows(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum,
                      double *squares) {
  DICREC__BEST_KERNEL(dicrec__pooling_)->add_rows(rows, n_rows, width, shift, sum, squares);
}
