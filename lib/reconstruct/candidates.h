/* SPDX-License-Identifier: MIT */
/**
 * @file candidates.h
 * Conductance sets that may become members: drawn from the posterior and by compensation, and screened by what they are
 * predicted to fire, each with a random stream of its own.
 */
#ifndef DICREC_RECONSTRUCT_CANDIDATES_H
#define DICREC_RECONSTRUCT_CANDIDATES_H

#include "reconstruct/request.h"
#include "reconstruct/screen.h"

/** A conductance set that can be made. */
typedef struct dicrec__candidate {
  double conductances[DICREC__MAX_CHANNELS], dics[DICREC_DIC_COUNT];
  dicrec__prediction prediction; /**< without screening not set */
  double mismatch;               /**< of the prediction, in tolerances; NaN without screening */
  uint64_t stream;               /**< of its random numbers: target, base draw and noise */
} dicrec__candidate;

/** A source of candidates. */
typedef struct dicrec__candidates {
  dicrec_context *context; /**< memory, progress and cancelling */
  const dicrec__request *request;
  dicrec__screen screen;
  size_t n_drawn, n_valid, n_matched;
  size_t budget;         /**< of n_drawn */
  dicrec_status failure; /**< of the first that could not be made; OK: all could */
  double tolerance;      /**< mismatch up to which a candidate matches */
  double widest;         /**< the largest tolerance so far */
  /* Those that do not match, at least the most_reserve nearest: [2 most_reserve]; in order when they are taken. */
  dicrec__candidate *reserve;
  size_t *order; /**< room for their order */
  size_t n_reserve, most_reserve;
  /* Those that match and nobody has taken yet, the most diverse first: [n_waiting] from first_waiting. */
  dicrec__candidate *waiting;
  size_t n_waiting, first_waiting, most_waiting;
  double *nearest;   /**< room for their order */
  dicrec__bias bias; /**< of the predictions about this input */
  double mean[DICREC__MAX_CHANNELS],
      squares[DICREC__MAX_CHANNELS]; /**< of all valid ones: sums of squared deviations */
} dicrec__candidates;

/** Streams [n] and targets [n][2] of candidates first to first + n (excluded). */
void dicrec__candidate_targets(const dicrec__request *request, uint64_t first, size_t n, uint64_t *streams,
                               double *targets);

/** `candidates` is zeroed by the caller and released in any case. OK or E_MEMORY. */
dicrec_status dicrec__candidates_start(dicrec_context *context, const dicrec__request *request,
                                       dicrec__candidates *candidates);

void dicrec__candidates_release(dicrec__candidates *candidates);

/**
 * Take the next n candidates that match, the most diverse first; when the budget of draws ends, the tolerances are
 * widened, and when that does not help there are fewer. `count` receives how many.
 * OK, E_MEMORY, E_CANCELLED, or what generation answers.
 */
dicrec_status dicrec__candidates_next(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken,
                                      size_t *count);

/**
 * Tell what a candidate that was taken fired, once for each; the targets of the screening are
 * shifted by the mean error of the predictions, which neighbours share. Takes effect with dicrec__candidates_rescore().
 */
void dicrec__candidates_learn(dicrec__candidates *candidates, const dicrec__candidate *candidate,
                              const dicrec_spike_statistics *fired);

/** Judge again those that nobody has taken yet, by the targets that were learnt. */
void dicrec__candidates_rescore(dicrec__candidates *candidates);

/** Take up to n of the nearest that do not match, each once. */
size_t dicrec__candidates_reserve(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken);

#endif
