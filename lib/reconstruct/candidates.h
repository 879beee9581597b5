/* SPDX-License-Identifier: MIT */
/** @file candidates.h A source of candidates: draws as many as needed within a budget, and gives out those that match.
 */
#ifndef DICREC_RECONSTRUCT_CANDIDATES_H
#define DICREC_RECONSTRUCT_CANDIDATES_H

#include "reconstruct/candidate_source.h"

/** `candidates` is zeroed by the caller and released in any case. OK or E_MEMORY. */
dicrec_status dicrec__candidates_start(dicrec_context *context, const dicrec__request *request,
                                       dicrec__candidates *candidates);

void dicrec__candidates_release(dicrec__candidates *candidates);

/**
 * Take the next n candidates that match, as they were drawn or the most diverse first; when the budget of draws ends,
 * the tolerances are widened, and when that does not help there are fewer. `count` receives how many. OK, E_MEMORY,
 * E_CANCELLED, or what generation answers.
 */
dicrec_status dicrec__candidates_next(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken,
                                      size_t *count);

#endif
