/* SPDX-License-Identifier: MIT */
#include "estimator/activation.h"

#include "core/vector_unit.h"

static const dicrec__activation_kernel *kernel(void) {
  switch (dicrec__widest_vector_unit()) {
#ifdef DICREC__HAS_X86_KERNELS
  case DICREC__AVX512:
    return &dicrec__activation_avx512;
  case DICREC__AVX2:
    return &dicrec__activation_avx2;
#endif
  case DICREC__PLAIN:
  default:
    return &dicrec__activation_plain;
  }
}

void dicrec__activate(float *values, const float *bias, size_t n_rows, size_t width) {
  kernel()->activate(values, bias, n_rows, width);
}

void dicrec__activate_onto(const float *before, float *values, const float *bias, size_t n_rows, size_t width) {
  kernel()->activate_onto(before, values, bias, n_rows, width);
}

void dicrec__add_rows(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum,
                      double *squares) {
  kernel()->add_rows(rows, n_rows, width, shift, sum, squares);
}
