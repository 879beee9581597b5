/* SPDX-License-Identifier: MIT */
/** @file simulation.h The inside of a simulation, and what every integrator is given. */
#ifndef DICREC_SIMULATOR_SIMULATION_H
#define DICREC_SIMULATOR_SIMULATION_H

#include "core/context.h"
#include "core/owners.h"
#include "dicrec/simulator.h"
#include "models/model.h"
#include "simulator/current.h"
#include "simulator/noise.h"
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
};

/**
 * What an integrator runs, all in the model's time (time_scale.h). A member that is stopped by
 * dicrec__worker_stopped() keeps the status that it had before, E_CANCELLED.
 */
typedef struct dicrec__run {
  const dicrec_model *model;
  const double *conductances;      /**< [n_members][n_channels] */
  dicrec_simulate_options options; /**< with every default filled in, of the time scale 1 */
  double deadline_s;               /**< for the workers; 0: none */
  dicrec__noise_filter filter;
  dicrec__current current; /**< besides options.current */
  int n_threads;
  dicrec_simulation *simulation;
} dicrec__run;

/** Standard deviation of a member's noise; 0: it has none. */
static inline double dicrec__run_noise_std(const dicrec__run *run, size_t member) {
  return run->options.member_noise_std == NULL ? run->options.noise_std : run->options.member_noise_std[member];
}

/** Number of a member's random stream. */
static inline uint64_t dicrec__run_stream(const dicrec__run *run, size_t member) {
  return run->options.member_streams == NULL ? run->options.first_member + member : run->options.member_streams[member];
}

/** Injected current without noise at a time; `segment` remembers the place in the current, first 0. */
static inline double dicrec__run_current(const dicrec__run *run, size_t *segment, double t_ms) {
  if (run->current.n == 0) return run->options.current;
  *segment = dicrec__current_find(&run->current, *segment, t_ms);
  return run->options.current + dicrec__current_on(&run->current, *segment, t_ms);
}

/**
 * Run all members with CVODE or as an ensemble; statuses go to the simulation.
 * OK, E_MEMORY, E_ARGUMENT, or what stopped the workers: E_CANCELLED, W_LIMIT.
 */
dicrec_status dicrec__cvode_run(dicrec_context *context, const dicrec__run *run);
dicrec_status dicrec__ensemble_run(dicrec_context *context, const dicrec__run *run);

/** Answer what dicrec_simulate() answers about its options. OK, E_ARGUMENT, E_RANGE, E_OPTION or E_MEMORY. */
dicrec_status dicrec__simulate_options_check(dicrec_context *context, const dicrec_model *model,
                                             const dicrec_simulate_options *options);

/** Rows that integrators skip: not finite, negative, or without a positive leak. */
bool dicrec__run_accepts(const dicrec__run *run, size_t member);

#endif
