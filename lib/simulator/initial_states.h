/* SPDX-License-Identifier: MIT */
/** @file initial_states.h States that a user gives simulations to start from. */
#ifndef DICREC_SIMULATOR_INITIAL_STATES_H
#define DICREC_SIMULATOR_INITIAL_STATES_H

#include "dicrec/simulator.h"
#include "models/model.h"

/**
 * Check the initial states of the options for n members, of whom there may be none yet: one row or as many as members,
 * and every state where a neuron's can be. OK, E_ARGUMENT or E_RANGE.
 */
dicrec_status dicrec__initial_states_check(dicrec_context *context, const dicrec_model *model,
                                           const dicrec_simulate_options *options, size_t n);

/** Bring a state to where the check has it, from which integrators stray by rounding: gates into 0 to 1, calcium to 0
 * or above. */
void dicrec__state_into_range(const dicrec_model *model, double *state);

#endif
