/* SPDX-License-Identifier: MIT */
/** @file candidate_runs.h Simulations of candidates: how long they last, and with which noise and streams they run. */
#ifndef DICREC_RECONSTRUCT_CANDIDATE_RUNS_H
#define DICREC_RECONSTRUCT_CANDIDATE_RUNS_H

#include "reconstruct/candidate.h"

/**
 * How long members are simulated so that they can be compared with a train: at least the model's protocol, and longer
 * than an irregular train.
 */
void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   bool is_irregular, dicrec_simulate_options *simulate);

/** Simulate n candidates until a deadline of dicrec__clock_s(); 0: none. What dicrec_simulate() answers. */
dicrec_status dicrec__candidates_simulate(dicrec_context *context, const dicrec__request *request, double deadline_s,
                                          const dicrec__candidate *candidates, size_t n,
                                          dicrec_simulation **simulation);

#endif
