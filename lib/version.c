/* SPDX-License-Identifier: MIT */
/** @file version.c What this library is and how it was built. */
#include "dicrec/version.h"

#include <sundials/sundials_config.h>

#include "core/limits.h"
#include "core/vector_unit.h"

#if defined(__clang__)
#define COMPILER "Clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "GCC " __VERSION__
#else
#define COMPILER "an unknown compiler"
#endif

#define BUILD(kernel)                                                                                                  \
  "compiled by " COMPILER ", SUNDIALS " SUNDIALS_VERSION ", " DICREC__BLAS_NAME ", kernels for " kernel

const char *dicrec_version(void) {
  return DICREC__TEXT(DICREC_VERSION_MAJOR) "." DICREC__TEXT(DICREC_VERSION_MINOR) "." DICREC__TEXT(
      DICREC_VERSION_PATCH);
}

const char *dicrec_build_info(void) {
  switch (dicrec__widest_vector_unit()) {
  case DICREC__AVX512:
    return BUILD("AVX-512");
  case DICREC__AVX2:
    return BUILD("AVX2");
  case DICREC__PLAIN:
  default:
    return BUILD("plain vectors");
  }
}
