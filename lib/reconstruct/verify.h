/* SPDX-License-Identifier: MIT */
/**
 * @file verify.h
 * Members that fire like the input: candidates are simulated until enough are accepted.
 */
#ifndef DICREC_RECONSTRUCT_VERIFY_H
#define DICREC_RECONSTRUCT_VERIFY_H

#include "reconstruct/candidates.h"

/**
 * How long members are simulated so that they can be compared with a train: at least the model's protocol, and longer
 * than an irregular train.
 */
void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   bool is_irregular, dicrec_simulate_options *simulate);

/**
 * Fill the reconstruction's population and checks. Accepted members come first, then the nearest of the rejected.
 * OK, E_MEMORY, E_CANCELLED, or what generation and simulation answer.
 */
dicrec_status dicrec__verify(dicrec_context *context, const dicrec__request *request,
                             dicrec_reconstruction *reconstruction);

#endif
