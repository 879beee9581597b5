/* SPDX-License-Identifier: MIT */
/** @file run.h What every integrator is given, reads of a member and reports of it. */
#ifndef DICREC_SIMULATOR_RUN_H
#define DICREC_SIMULATOR_RUN_H

#include "simulator/current.h"
#include "simulator/noise.h"
#include "simulator/simulation.h"

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

/** Whether a member has conductances that can be simulated: finite, not negative, not too large, a positive leak. */
bool dicrec__run_accepts(const dicrec__run *run, size_t member);

/** The state [n_states] that a member starts from. */
void dicrec__run_initial_state(const dicrec__run *run, size_t member, double *state);

/** Start the noise of a member; its standard deviation, or 0: it has none, and nothing is started. */
double dicrec__run_start_noise(const dicrec__run *run, size_t member, dicrec__noise *noise);

/** Record a spike, if it is at a time that counts. OK, W_LIMIT or E_MEMORY. */
dicrec_status dicrec__run_add_spike(const dicrec__run *run, size_t member, double time_ms);

/** A member's row. */
static inline const double *dicrec__run_conductances(const dicrec__run *run, size_t member) {
  return run->conductances + member * (size_t)run->model->table->n_channels;
}

/** Whether a member may have noise. */
static inline bool dicrec__run_is_noisy(const dicrec__run *run) {
  return run->options.noise_std > 0.0 || run->options.member_noise_std != NULL;
}

/** Injected current without noise, on a segment of the current at a time within it. */
static inline double dicrec__run_current_on(const dicrec__run *run, size_t segment, double t_ms) {
  if (run->current.n == 0) return run->options.current;
  return run->options.current + dicrec__current_on(&run->current, segment, t_ms);
}

/** Injected current without noise at a time; `segment` remembers the place in the current, first 0. */
static inline double dicrec__run_current(const dicrec__run *run, size_t *segment, double t_ms) {
  *segment = dicrec__current_find(&run->current, *segment, t_ms);
  return dicrec__run_current_on(run, *segment, t_ms);
}

/**
 * Run all members with CVODE or as an ensemble; statuses go to the simulation.
 * OK, E_MEMORY, E_ARGUMENT, or what stopped the workers: E_CANCELLED, W_LIMIT.
 */
dicrec_status dicrec__cvode_run(dicrec_context *context, const dicrec__run *run);
dicrec_status dicrec__ensemble_run(dicrec_context *context, const dicrec__run *run);

/** All members with the solver of the options. OK, W_PARTIAL, or E_MEMORY or E_ARGUMENT of the whole. */
dicrec_status dicrec__run_all(dicrec_context *context, const dicrec__run *run);

#endif
