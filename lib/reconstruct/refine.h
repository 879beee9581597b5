/* SPDX-License-Identifier: MIT */
/**
 * @file refine.h
 * Candidates for a regular input, moved as little as needed so that they are predicted to fire exactly like the input:
 * damped Gauss-Newton steps in the coordinates of a member (DICs and base draw) by what the forward network predicts.
 */
#ifndef DICREC_RECONSTRUCT_REFINE_H
#define DICREC_RECONSTRUCT_REFINE_H

#include "reconstruct/candidate_source.h"

/**
 * Move n candidates that were drawn with coordinates, each towards the pattern that it is to be predicted to fire:
 * what the input asks for, plus the row of `errors` [n][DICREC__PATTERN_SIZE] by which the prediction is known to be
 * too large; NULL: by none. For an irregular input all stay. A candidate is left as it was where no step makes it
 * better. OK, E_MEMORY or what generation answers.
 */
dicrec_status dicrec__refine(const dicrec__candidates *candidates, dicrec__candidate *const *moved, size_t n,
                             const double *errors);

#endif
