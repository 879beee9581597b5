/* SPDX-License-Identifier: MIT */
/**
 * @file candidates.h
 * Conductance sets that may become members: drawn from the posterior and by compensation, and screened by what they are
 * predicted to fire, each with a random stream of its own.
 */
#ifndef DICREC_RECONSTRUCT_CANDIDATES_H
#define DICREC_RECONSTRUCT_CANDIDATES_H

#include "reconstruct/candidate.h"

/** Streams [n], targets [n][2] and noise [n] of candidates first to first + n (excluded). */
void dicrec__candidate_targets(const dicrec__request *request, uint64_t first, size_t n, uint64_t *streams,
                               double *targets, double *noise_std);

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

/** Take up to n of the nearest that do not match, each once. */
size_t dicrec__candidates_reserve(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken);

#endif
