/* SPDX-License-Identifier: MIT */
/** @file predict.h What candidates are predicted to fire, and how far that is from the input. */
#ifndef DICREC_RECONSTRUCT_PREDICT_H
#define DICREC_RECONSTRUCT_PREDICT_H

#include "reconstruct/candidate_source.h"

/** Predict what n candidates fire: predictions [n]. OK or E_MEMORY. */
dicrec_status dicrec__candidates_predict(const dicrec__candidates *candidates, dicrec__candidate *const *predicted,
                                         size_t n, dicrec__prediction *predictions);

/** Set the mismatches of n candidates by what they are predicted to fire. OK or E_MEMORY. */
dicrec_status dicrec__candidates_screen(const dicrec__candidates *candidates, dicrec__candidate *const *predicted,
                                        size_t n);

#endif
