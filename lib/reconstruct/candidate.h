/* SPDX-License-Identifier: MIT */
/** @file candidate.h A candidate, and the state of a source of them; candidates.h draws, judge.h predicts. */
#ifndef DICREC_RECONSTRUCT_CANDIDATE_H
#define DICREC_RECONSTRUCT_CANDIDATE_H

#include "reconstruct/request.h"
#include "reconstruct/screen.h"

/** A conductance set that can be made, and what noise goes with it. */
typedef struct dicrec__candidate {
  double conductances[DICREC__MAX_CHANNELS], dics[DICREC_DIC_COUNT];
  double base[DICREC__MAX_CHANNELS]; /**< coordinates of its base draw, if candidates are drawn with them */
  double noise_std;                  /**< uA/cm2 */
  double mismatch;                   /**< of the prediction, in tolerances; NaN without screening */
  uint64_t stream;                   /**< of its random numbers: target, base draw and noise */
  int n_revised;                     /**< how often it was moved after it was simulated */
  size_t slot;                       /**< of a check: one more than the member that it is moved from; 0: none */
} dicrec__candidate;

/** A source of candidates. */
typedef struct dicrec__candidates {
  dicrec_context *context; /**< memory, progress and cancelling */
  const dicrec__request *request;
  dicrec__screen screen;
  size_t n_drawn, n_valid, n_matched, n_taken;
  size_t budget;         /**< of n_drawn */
  dicrec_status failure; /**< of the first that could not be made; OK: all could */
  double tolerance;      /**< mismatch up to which a candidate matches */
  double widest;         /**< the largest tolerance so far */
  /* Those that do not match, at least the most_reserve nearest: [2 most_reserve]; in order when they are taken. */
  dicrec__candidate *reserve;
  size_t *order; /**< room for their order */
  size_t n_reserve, most_reserve;
  /* Those that match and nobody has taken yet, in order: [n_waiting] from first_waiting. */
  dicrec__candidate *waiting;
  size_t n_waiting, first_waiting, most_waiting;
  double *nearest; /**< room for their order */
  double mean[DICREC__MAX_CHANNELS],
      squares[DICREC__MAX_CHANNELS]; /**< of all valid ones: sums of squared deviations */
} dicrec__candidates;

#endif
