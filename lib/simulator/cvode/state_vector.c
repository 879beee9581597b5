/* SPDX-License-Identifier: MIT */
#include "simulator/cvode/state_vector.h"

#include <stdlib.h>

#include "core/kernel_choice.h"

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
  DICREC__BEST_KERNEL(dicrec__state_operations_)(vector);
  N_VConst(0.0, vector);
  return vector;
}
