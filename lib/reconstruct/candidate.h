/* SPDX-License-Identifier: MIT */
/**
 * @file candidate.h
 * A candidate: a conductance set that may become a member. It matches if what it is predicted to fire is within the
 * tolerances of the screening, and is accepted if what it fired in a simulation is within those of the verification.
 */
#ifndef DICREC_RECONSTRUCT_CANDIDATE_H
#define DICREC_RECONSTRUCT_CANDIDATE_H

#include "reconstruct/request.h"

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

#endif
