/* SPDX-License-Identifier: MIT */
/** @file trial.h Members that the refinement tries: made from their coordinates, and predicted. */
#ifndef DICREC_RECONSTRUCT_TRIAL_H
#define DICREC_RECONSTRUCT_TRIAL_H

#include "reconstruct/candidate_source.h"

typedef struct dicrec__trial {
  size_t n;
  dicrec__candidate *members;
  dicrec__candidate **pointers; /**< to each of them */
  bool *is_made;
  dicrec__prediction *predictions;
} dicrec__trial;

/** Room for n members; released by the caller in any case. OK or E_MEMORY. */
dicrec_status dicrec__trial_create(dicrec_context *context, size_t n, dicrec__trial *trial);

void dicrec__trial_release(const dicrec__allocator *allocator, dicrec__trial *trial);

/** Make the members from their DICs and base draws, as far as that is possible. OK or what generation answers. */
dicrec_status dicrec__trial_make(const dicrec__candidates *candidates, dicrec__trial *trial);

/** Predict what the members fire. OK or E_MEMORY. */
dicrec_status dicrec__trial_predict(const dicrec__candidates *candidates, dicrec__trial *trial);

#endif
