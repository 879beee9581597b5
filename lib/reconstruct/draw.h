/* SPDX-License-Identifier: MIT */
/** @file draw.h Draws candidates: from the posterior and by compensation, screened, and moved to a regular input. */
#ifndef DICREC_RECONSTRUCT_DRAW_H
#define DICREC_RECONSTRUCT_DRAW_H

#include "reconstruct/candidate_source.h"

/** Streams [n], targets [n][2] and noise [n] of candidates first to first + n (excluded). */
void dicrec__candidate_targets(const dicrec__request *request, uint64_t first, size_t n, uint64_t *streams,
                               double *targets, double *noise_std);

/**
 * Draw the next n candidates to `made` [n], of which the first n_made could be made. Targets are `reach` times as far
 * from the posterior's median as they were drawn. OK, E_MEMORY, E_CANCELLED, or what generation answers.
 */
dicrec_status dicrec__candidates_draw(dicrec__candidates *candidates, double reach, size_t n, dicrec__candidate *made,
                                      size_t *n_made);

#endif
