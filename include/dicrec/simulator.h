/* SPDX-License-Identifier: MIT */
/**
 * @file simulator.h
 * What given conductances fire: one neuron with its voltage trace, or a population.
 */
#ifndef DICREC_SIMULATOR_H
#define DICREC_SIMULATOR_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "model.h"
#include "spikes.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Spikes, a status and maybe a voltage trace per member; immutable, shareable between threads. */
typedef struct dicrec_simulation dicrec_simulation;

/** Integrators. */
enum {
  DICREC_SOLVER_AUTO = 0,    /**< CVODE for traces and whenever a tolerance is set, else the ensemble */
  DICREC_SOLVER_CVODE = 1,   /**< SUNDIALS CVODE: BDF, analytic Jacobian, adaptive steps to a tolerance */
  DICREC_SOLVER_ENSEMBLE = 2 /**< many neurons at once, exponential steps of fixed length, second order */
};

/** Options of dicrec_simulate(); see dicrec_simulate_options_init(). */
typedef struct dicrec_simulate_options {
  uint32_t struct_size;      /**< sizeof(dicrec_simulate_options) of the caller */
  int32_t solver;            /**< DICREC_SOLVER_* */
  double t_end_ms;           /**< end of the simulation, above 0 up to 1e9; 0: that of the model's protocol */
  double t_skip_ms;          /**< spikes before it do not count, 0 to t_end_ms; 0 if t_end_ms is 0: the protocol's */
  double relative_tolerance; /**< CVODE, 1e-12 to 1e-2; 0: 1e-8 */
  double absolute_tolerance; /**< CVODE, on gates, mV and uM alike, above 0 up to 1; 0: 1e-10 */
  double dt_ms;              /**< ensemble, step, 1e-4 to 0.1; 0: 0.025 */
  double trace_dt_ms;        /**< interval of the voltage trace, which begins at t = 0; 0: no trace. CVODE only */
  double noise_std;          /**< standard deviation of the noise current before its filter, uA/cm2; 0: none */
  double current;            /**< constant injected current, uA/cm2, depolarising positive */
  double time_scale;         /**< stretches every time constant and the capacitance, 0.01 to 100; 0: 1 */
  uint64_t seed;             /**< seed of the noise; member i has its own stream */
  int64_t max_spikes;        /**< limit of spikes for each member; 0: 100,000 */
  int64_t max_steps;         /**< CVODE, limit of steps for each member; 0: 1e8 */
  int32_t n_threads;         /**< worker threads, 1 to 256; 0: 1 */
  int32_t reserved;          /**< must be 0 */
} dicrec_simulate_options;

/**
 * Fill options with their defaults.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_simulate_options_init(dicrec_simulate_options *options, size_t size);

/**
 * Simulate neurons from the model's initial state.
 *
 * A spike is an upward crossing of +10 mV, located between the steps; the next counts only after V has fallen
 * below 0 mV. The noise is white at 10 kHz (of time, whatever the time scale), low-pass filtered at 1 kHz without
 * phase shift. CVODE uses memory of its own besides the context's.
 * @param context       Context; progress counts members.
 * @param model         Model.
 * @param conductances  [n][n_channels] row-major, mS/cm2, 0 to 1e7, leak positive. Rows that hold anything else, such
 *                      as the NaN of failed members, are skipped and answer E_RANGE in their status.
 * @param n             Number of neurons, at least 1.
 * @param options       Options, or NULL for the defaults.
 * @param simulation    Receives the handle; free with dicrec_simulation_free(). NULL on failure.
 * @return OK, W_PARTIAL (some members stopped early or failed: see their status), E_ARGUMENT, E_RANGE, E_OPTION,
 *         E_MEMORY, E_CANCELLED.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulate(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                         size_t n, const dicrec_simulate_options *options,
                                         dicrec_simulation **simulation);

/** Free a simulation; NULL is ignored. Threads: any, once. Since 0.1. */
DICREC_API void dicrec_simulation_free(dicrec_simulation *simulation);

/** Number of members; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_member_count(const dicrec_simulation *simulation);

/** The solver that ran, DICREC_SOLVER_CVODE or _ENSEMBLE; AUTO for NULL. Threads: any. Since 0.1. */
DICREC_API int32_t dicrec_simulation_solver(const dicrec_simulation *simulation);

/**
 * Status of a member: OK, W_LIMIT (steps or spikes), E_RANGE (the row was skipped), E_SOLVER, E_UNSTABLE.
 *
 * @return The status, or E_ARGUMENT beyond the last member.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_status(const dicrec_simulation *simulation, size_t member);

/** Number of spikes of a member; 0 beyond the last. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_spike_count(const dicrec_simulation *simulation, size_t member);

/**
 * Copy the spike times of a member.
 *
 * @param simulation  Simulation.
 * @param member      Member index.
 * @param times_ms    [capacity], receives the times from the start of the simulation.
 * @param capacity    At least the member's spike count.
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_spikes(const dicrec_simulation *simulation, size_t member,
                                                       double *times_ms, size_t capacity);

/** Number of samples of each voltage trace; 0 without traces. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_trace_length(const dicrec_simulation *simulation);

/**
 * Copy the voltage trace of a member.
 *
 * @param simulation  Simulation with traces.
 * @param member      Member index.
 * @param v_mv        [capacity], receives V at 0, trace_dt_ms, 2 trace_dt_ms, ...; NaN after an early stop.
 * @param capacity    At least dicrec_simulation_trace_length().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_trace(const dicrec_simulation *simulation, size_t member, double *v_mv,
                                                      size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
