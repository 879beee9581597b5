/* SPDX-License-Identifier: MIT */
#include "network/product.h"

#include "core/vector_unit.h"

static const dicrec__product_kernel *kernel(void) {
  switch (dicrec__widest_vector_unit()) {
#ifdef DICREC__HAS_X86_KERNELS
  case DICREC__AVX512:
    return &dicrec__product_avx512;
  case DICREC__AVX2:
    return &dicrec__product_avx2;
#endif
  case DICREC__PLAIN:
  default:
    return &dicrec__product_plain;
  }
}

void dicrec__multiply(const dicrec__product *product) { kernel()->multiply(product); }

void dicrec__finish(const dicrec__product *product) { kernel()->finish(product); }
