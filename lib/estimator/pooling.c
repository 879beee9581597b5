/* SPDX-License-Identifier: MIT */
#include "estimator/pooling.h"

#include "core/vector_unit.h"

static const dicrec__pooling_kernel *kernel(void) {
  switch (dicrec__widest_vector_unit()) {
#ifdef DICREC__HAS_X86_KERNELS
  case DICREC__AVX512:
    return &dicrec__pooling_avx512;
  case DICREC__AVX2:
    return &dicrec__pooling_avx2;
#endif
  case DICREC__PLAIN:
  default:
    return &dicrec__pooling_plain;
  }
}

void dicrec__add_rows(const float *rows, size_t n_rows, size_t width, const float *shift, double *sum,
                      double *squares) {
  kernel()->add_rows(rows, n_rows, width, shift, sum, squares);
}
