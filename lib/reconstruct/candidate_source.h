/* SPDX-License-Identifier: MIT */
/** @file candidate_source.h The state of a source of candidates; candidates.h, draw.h and predict.h work on it. */
#ifndef DICREC_RECONSTRUCT_CANDIDATE_SOURCE_H
#define DICREC_RECONSTRUCT_CANDIDATE_SOURCE_H

#include "reconstruct/reserve.h"
#include "reconstruct/screen.h"

/** A source of candidates. */
typedef struct dicrec__candidates {
  dicrec_context *context; /**< memory, progress and cancelling */
  const dicrec__request *request;
  dicrec__screen screen;
  size_t n_drawn, n_valid, n_matched, n_taken;
  size_t budget;           /**< of n_drawn */
  dicrec_status failure;   /**< of the first that could not be made; OK: all could */
  double tolerance;        /**< mismatch up to which a candidate matches */
  double widest;           /**< the largest tolerance so far */
  dicrec__reserve reserve; /**< those that do not match */
  /* Those that match and nobody has taken yet, in order: [n_waiting] from first_waiting. */
  dicrec__candidate *waiting;
  size_t n_waiting, first_waiting, most_waiting;
  double *nearest; /**< room for their order */
  double mean[DICREC__MAX_CHANNELS],
      squares[DICREC__MAX_CHANNELS]; /**< of all valid ones: sums of squared deviations */
} dicrec__candidates;

#endif
