/* SPDX-License-Identifier: MIT */
#include "core/vector_unit.h"

#include <stdbool.h>

enum dicrec__vector_unit dicrec__widest_vector_unit(void) {
#ifdef DICREC__HAS_X86_KERNELS
  const bool fma = __builtin_cpu_supports("fma");
  if (fma && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    return DICREC__AVX512;
  if (fma && __builtin_cpu_supports("avx2")) return DICREC__AVX2;
#endif
  return DICREC__PLAIN;
}
