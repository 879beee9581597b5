/* SPDX-License-Identifier: MIT */
/**
 * @file revision.h
 * Candidates for a regular input that were simulated and are moved nearer to it, by what they fired, before they are
 * simulated again.
 */
#ifndef DICREC_RECONSTRUCT_REVISION_H
#define DICREC_RECONSTRUCT_REVISION_H

#include "reconstruct/candidate_source.h"
#include "reconstruct/compare.h"

/** Those that wait to be moved, and the patterns that they fired. */
typedef struct dicrec__revision {
  const dicrec__candidates *candidates;
  dicrec__candidate *waiting;            /**< [n] */
  double (*fired)[DICREC__PATTERN_SIZE]; /**< [n] */
  size_t n, room;
} dicrec__revision;

/** Room for so many; released by the caller in any case. False without memory. */
bool dicrec__revision_create(const dicrec__candidates *candidates, const dicrec__allocator *allocator, size_t room,
                             dicrec__revision *revision);

void dicrec__revision_release(dicrec__revision *revision, const dicrec__allocator *allocator);

/**
 * Add a candidate if moving it is possible and worth it; `slot`: one more than the accepted member that it is already,
 * 0: it is none.
 */
void dicrec__revision_add(dicrec__revision *revision, const dicrec__candidate *candidate,
                          const dicrec__compared *compared, size_t slot);

/** Move all that wait, in place. OK, E_MEMORY or what generation answers. */
dicrec_status dicrec__revision_move(dicrec__revision *revision);

#endif
