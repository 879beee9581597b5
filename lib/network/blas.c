/* SPDX-License-Identifier: MIT */
#include "network/blas.h"

#ifdef DICREC__HAS_BLAS

#include <cblas.h>

#include "core/system.h"

/* OpenBLAS maps 128 MiB for every thread that is in a product, keeps them, and tries again for ever when it gets none.
   Room for two and some more: another thread may take as much between this look and the product. */
static const size_t room = ((size_t)256 + 32) << 20;

bool dicrec__blas_serves(size_t n_weights) { return n_weights > DICREC__OWN_WEIGHTS; }

bool dicrec__blas_multiply(const float *in, size_t n_rows, size_t n_in, const float *columns, size_t n_out,
                           float *out) {
  if (!dicrec__has_room(room)) return false;
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n_rows, (int)n_out, (int)n_in, 1.0F, in, (int)n_in,
              columns, (int)n_out, 0.0F, out, (int)n_out);
  return true;
}

#else

bool dicrec__blas_serves(size_t n_weights) {
  (void)n_weights;
  return false;
}

bool dicrec__blas_multiply(const float *in, size_t n_rows, size_t n_in, const float *columns, size_t n_out,
                           float *out) {
  (void)in, (void)n_rows, (void)n_in, (void)columns, (void)n_out, (void)out;
  return false;
}

#endif
