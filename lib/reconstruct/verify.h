/* SPDX-License-Identifier: MIT */
/**
 * @file verify.h
 * Members that fire like the input: candidates are drawn and simulated until enough are accepted.
 */
#ifndef DICREC_RECONSTRUCT_VERIFY_H
#define DICREC_RECONSTRUCT_VERIFY_H

#include "reconstruct/reconstruction.h"

/** What is asked for. */
typedef struct dicrec__verification {
  const dicrec_model *model;
  const dicrec_spikes *spikes;
  const dicrec_posterior *posterior;
  size_t n_members;
  dicrec_reconstruct_options options; /**< with every default filled in */
  dicrec_population_options population;
  dicrec_simulate_options simulate; /**< with the duration and the time scale of the input */
} dicrec__verification;

/** Targets of candidates first to first + n (excluded): [n][2]. */
void dicrec__candidate_targets(const dicrec_posterior *posterior, int32_t target, uint64_t seed, uint64_t first,
                               size_t n, double *targets);

/** How long members are simulated so that they can be compared with a train: at least the model's protocol. */
void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   dicrec_simulate_options *simulate);

/**
 * Fill the reconstruction's population and checks. Accepted members come first, then the nearest of the rejected.
 * OK, E_MEMORY, E_CANCELLED, or what generation and simulation answer.
 */
dicrec_status dicrec__verify(dicrec_context *context, const dicrec__verification *verification,
                             dicrec_reconstruction *reconstruction);

#endif
