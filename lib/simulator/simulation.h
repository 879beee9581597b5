/* SPDX-License-Identifier: MIT */
/** @file simulation.h The inside of a simulation, and what every integrator is given. */
#ifndef DICREC_SIMULATOR_SIMULATION_H
#define DICREC_SIMULATOR_SIMULATION_H

#include "core/context.h"
#include "dicrec/simulator.h"
#include "models/model.h"
#include "simulator/noise.h"
#include "simulator/spike_store.h"

struct dicrec_simulation {
  dicrec__allocator allocator;
  int32_t solver;
  size_t n_members, trace_length;
  dicrec__spike_store *spikes;
  dicrec_status *status; /**< [n_members] */
  double *traces;        /**< [n_members][trace_length], or NULL */
};

/**
 * What an integrator runs. All times are those of the model: the user's divided by the time scale. Integrators
 * report spikes in the model's time; they are stretched when all is done.
 */
typedef struct dicrec__run {
  const dicrec_model *model;
  const double *conductances;      /**< [n_members][n_channels] */
  dicrec_simulate_options options; /**< with every default filled in */
  double t_end_ms, t_skip_ms, trace_dt_ms;
  dicrec__noise_filter filter;
  int n_threads;
  dicrec_simulation *simulation;
} dicrec__run;

/** Injected current: the constant one, and noise at a time of the model. */
static inline double dicrec__run_injected(const dicrec__run *run, dicrec__noise *noise, double t_ms) {
  const double current = run->options.current;
  return run->options.noise_std > 0.0 ? current + dicrec__noise_at(noise, t_ms * run->options.time_scale) : current;
}

/** Run all members with CVODE or as an ensemble; statuses go to the simulation. OK, E_MEMORY, E_CANCELLED, E_SOLVER. */
dicrec_status dicrec__cvode_run(dicrec_context *context, const dicrec__run *run);
dicrec_status dicrec__ensemble_run(dicrec_context *context, const dicrec__run *run);

/** Rows that integrators skip: not finite, negative, or without a positive leak. */
bool dicrec__run_accepts(const dicrec__run *run, size_t member);

#endif
