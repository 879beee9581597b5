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

/** Predict what n candidates fire: predictions [n]. OK or E_MEMORY. */
dicrec_status dicrec__candidates_predict(const dicrec__candidates *candidates, dicrec__candidate *const *judged,
                                         size_t n, dicrec__prediction *predictions);

/** Set the mismatches of n candidates by what they are predicted to fire. OK or E_MEMORY. */
dicrec_status dicrec__candidates_judge(const dicrec__candidates *candidates, dicrec__candidate *const *judged,
                                       size_t n);

/** Take up to n of the nearest that do not match, each once. */
size_t dicrec__candidates_reserve(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken);

#endif
