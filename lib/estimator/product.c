/* SPDX-License-Identifier: MIT */
#include "estimator/product.h"

#include "core/vector_unit.h"

void dicrec__multiply(const float *in, size_t n_rows, size_t n_in, const float *packed, size_t n_out, float *out) {
  switch (dicrec__widest_vector_unit()) {
#ifdef DICREC__HAS_X86_KERNELS
  case DICREC__AVX512:
    dicrec__product_avx512.multiply(in, n_rows, n_in, packed, n_out, out);
    return;
  case DICREC__AVX2:
    dicrec__product_avx2.multiply(in, n_rows, n_in, packed, n_out, out);
    return;
#endif
  case DICREC__PLAIN:
  default:
    dicrec__product_plain.multiply(in, n_rows, n_in, packed, n_out, out);
  }
}
