/* SPDX-License-Identifier: MIT */
/** @file simulation.h The inside of a simulation. */
#ifndef DICREC_SIMULATOR_SIMULATION_H
#define DICREC_SIMULATOR_SIMULATION_H

#include "core/context.h"
#include "core/owners.h"
#include "dicrec/simulator.h"
#include "models/model.h"
#include "simulator/spike_store.h"
#include "simulator/trace.h"

struct dicrec_simulation {
  dicrec__allocator allocator;
  dicrec__owners owners;
  int32_t solver;
  size_t n_members;
  dicrec__spike_store *spikes;
  dicrec__trace_store *traces; /**< NULL: none */
  dicrec_status *status;       /**< [n_members]; E_CANCELLED until the member is finished */
  dicrec_model *model;
  double *final_states; /**< [n_members][n_states]; NaN until the member is finished */
};

/**
 * A simulation without spikes whose members are all E_CANCELLED until they are finished, for options with every default
 * filled in. OK or E_MEMORY.
 */
dicrec_status dicrec__simulation_create(dicrec_context *context, const dicrec_model *model,
                                        const dicrec_simulate_options *options, size_t n_members,
                                        dicrec_simulation **simulation);

/** Keep the state that a member ends with; each member by one thread. */
void dicrec__simulation_keep_final_state(dicrec_simulation *simulation, size_t member, const double *state);

/** Answer what dicrec_simulate() answers about its options. OK, E_ARGUMENT, E_RANGE, E_OPTION or E_MEMORY. */
dicrec_status dicrec__simulate_options_check(dicrec_context *context, const dicrec_model *model,
                                             const dicrec_simulate_options *options);

#endif
