/* SPDX-License-Identifier: MIT */
#include "simulator/cvode/state_vector.h"

#include <stdlib.h>

#include "core/vector_unit.h"

enum { ALIGNMENT = 64 }; /* no chunk lies across two cache lines */

/* Give an empty vector its numbers; the serial vector frees them. */
static N_Vector with_numbers(N_Vector vector) {
  if (vector == NULL) return NULL;
  NV_DATA_S(vector) = aligned_alloc(ALIGNMENT, (size_t)NV_LENGTH_S(vector) * sizeof(double));
  NV_OWN_DATA_S(vector) = SUNTRUE;
  if (NV_DATA_S(vector) != NULL) return vector;
  N_VDestroy(vector);
  return NULL;
}

static N_Vector clone(N_Vector vector) { return with_numbers(N_VCloneEmpty_Serial(vector)); }

N_Vector dicrec__state_vector(int n, SUNContext context) {
  N_Vector vector = with_numbers(N_VNewEmpty_Serial(dicrec__padded_length(n), context));
  if (vector == NULL) return NULL;
  vector->ops->nvclone = clone;
  switch (dicrec__widest_vector_unit()) {
#ifdef DICREC__HAS_X86_KERNELS
  case DICREC__AVX512:
    dicrec__state_operations_avx512(vector);
    break;
  case DICREC__AVX2:
    dicrec__state_operations_avx2(vector);
    break;
#endif
  case DICREC__PLAIN:
  default:
    dicrec__state_operations_plain(vector);
    break;
  }
  N_VConst(0.0, vector);
  return vector;
}
