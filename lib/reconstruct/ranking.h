/* SPDX-License-Identifier: MIT */
/** @file ranking.h Simulated candidates in the order of the members: the accepted, then the nearest of the rejected. */
#ifndef DICREC_RECONSTRUCT_RANKING_H
#define DICREC_RECONSTRUCT_RANKING_H

#include "reconstruct/candidate.h"

/** A candidate and the train that it fired. */
typedef struct dicrec__ranked {
  dicrec__candidate candidate;
  double mismatch; /**< of the train, 0: perfect; 1: at a tolerance */
  dicrec__member_train train;
  bool was_stopped; /**< by a limit of the simulation */
} dicrec__ranked;

/** Owns the trains of its candidates. */
typedef struct dicrec__ranking {
  const dicrec__allocator *allocator;
  size_t n_members;         /**< most of either kind */
  dicrec__ranked *accepted; /**< [n_accepted], as they came */
  dicrec__ranked *rejected; /**< [n_rejected], by their mismatch */
  size_t n_accepted, n_rejected;
} dicrec__ranking;

/** Released by the caller in any case. False without memory. */
bool dicrec__ranking_create(const dicrec__allocator *allocator, size_t n_members, dicrec__ranking *ranking);

void dicrec__ranking_release(dicrec__ranking *ranking);

/**
 * The place of a candidate, its train still to be filled in: that of the accepted one that it was moved from, if it
 * is nearer now, or a place of its own. NULL: there is none for it.
 */
dicrec__ranked *dicrec__ranking_place(dicrec__ranking *ranking, const dicrec__candidate *candidate, bool is_accepted,
                                      double mismatch);

/**
 * Put a candidate whose simulation did not come to its end behind all others, unless what it was moved from is there.
 */
void dicrec__ranking_add_unfinished(dicrec__ranking *ranking, const dicrec__candidate *candidate, bool was_stopped);

/** The i-th of the accepted, then of the rejected. */
dicrec__ranked *dicrec__ranking_at(const dicrec__ranking *ranking, size_t i);

/** The record of a member whose train is not known. */
dicrec__member_train dicrec__unknown_train(void);

#endif
