/* SPDX-License-Identifier: MIT */
/**
 * @file simulator.h
 * What given conductances fire: one neuron with its states or currents, or a population.
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

/** Spikes, a status and maybe a trace per member; immutable, shareable between threads. */
typedef struct dicrec_simulation dicrec_simulation;

/** Integrators, DICREC_SOLVER_*: name, value, word, meaning. */
#define DICREC_SOLVER_LIST(X)                                                                                          \
  X(AUTO, 0, "auto", "CVODE for traces and whenever a tolerance is set, else the ensemble")                            \
  X(CVODE, 1, "cvode", "SUNDIALS CVODE: analytic Jacobian, adaptive steps to a tolerance")                             \
  X(ENSEMBLE, 2, "ensemble", "many neurons at once, exponential steps that each neuron chooses, second order")

enum {
#define DICREC_SOLVER_ENUM(name, value, word, text) DICREC_SOLVER_##name = value,
  DICREC_SOLVER_LIST(DICREC_SOLVER_ENUM)
#undef DICREC_SOLVER_ENUM
};

/** Word of a constant of DICREC_SOLVER_LIST, such as "cvode"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_solver_name(int32_t value);

/** What a trace holds, DICREC_TRACE_*: name, value, word, meaning. Its first column is always V in mV. */
#define DICREC_TRACE_LIST(X)                                                                                           \
  X(VOLTAGE, 0, "voltage", "V alone")                                                                                  \
  X(STATES, 1, "states", "every state of the model: V, m_Na, h_Na, ..., Ca (uM)")                                      \
  X(CURRENTS, 2, "currents", "V and the current of each channel, I_Na, ...: uA/cm2, outward positive")

enum {
#define DICREC_TRACE_ENUM(name, value, word, text) DICREC_TRACE_##name = value,
  DICREC_TRACE_LIST(DICREC_TRACE_ENUM)
#undef DICREC_TRACE_ENUM
};

/** Word of a constant of DICREC_TRACE_LIST, such as "states"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_trace_name(int32_t value);

/** As trace_dt_ms: a sample at every step of the solver. */
enum { DICREC_TRACE_STEPS = -1 };

/** Options of dicrec_simulate(); see dicrec_simulate_options_init(). Times are those of the result. */
typedef struct dicrec_simulate_options {
  uint32_t struct_size;      /**< sizeof(dicrec_simulate_options) of the caller */
  int32_t solver;            /**< DICREC_SOLVER_* */
  double t_end_ms;           /**< end of the simulation; 0: that of the model's protocol */
  double t_skip_ms;          /**< spikes before it do not count, up to t_end_ms; 0 if t_end_ms is 0: the protocol's */
  double relative_tolerance; /**< CVODE */
  double absolute_tolerance; /**< CVODE, on gates, mV and uM alike */
  double dt_ms;              /**< ensemble, finest step */
  double trace_dt_ms;        /**< interval of the trace, which begins at t = 0, or DICREC_TRACE_STEPS; 0: none. CVODE */
  double noise_std;          /**< standard deviation of the noise current before its filter, uA/cm2; 0: none */
  const double *member_noise_std; /**< [n] one for each member instead; NULL: noise_std for all */
  double current;                 /**< constant injected current, uA/cm2, depolarising positive */
  const double *current_times_ms; /**< [n_current] points of a current to add; rising, two equal times are a jump */
  const double *current_values;   /**< [n_current] uA/cm2; linear between the points, constant before and after them */
  uint64_t n_current;             /**< number of points; 0: none */
  double time_scale;              /**< stretches every time constant and the capacitance */
  uint64_t seed;                  /**< seed of the noise; each member has a stream of its own */
  int64_t max_spikes;             /**< limit of spikes for each member */
  int64_t max_steps;              /**< CVODE, limit of steps for each member */
  double max_wall_s;              /**< limit of the time that the call takes, seconds; 0: none */
  int32_t trace;                  /**< DICREC_TRACE_*; needs a trace_dt_ms */
  int32_t n_threads;              /**< worker threads */
  uint64_t first_member;          /**< stream of the first member; member i has stream first_member + i */
  const uint64_t *member_streams; /**< [n] one for each member instead, below 2^53; NULL: first_member + i */
  uint64_t max_trace_bytes;       /**< limit of the memory of all traces, each member has its share */
  /** [n_initial_states][n_states], in the order of dicrec_model_state_name(): V within -150 to 100 mV, gates 0 to 1, Ca
   * 0 to 1e9 uM. NULL only if n_initial_states is 0. */
  const double *initial_states;
  uint64_t n_initial_states; /**< 1: one row for all members; n: one row each; 0: the model's own initial state */
  /** V rising through it is a spike, the next one once V has fallen well below; DICREC_SPIKE_LEVEL_OF_MODEL: the level
   * of the model */
  double spike_level_mv;
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
 * Simulate neurons from the model's initial state, or from states of the user.
 *
 * A spike is an upward crossing of the level in the options, located between the steps; the next counts only after V
 * has fallen by another 10 mV. The noise is white at 10 kHz (of time, whatever the time scale), low-pass filtered at 1
 * kHz without phase shift. CVODE uses memory of its own besides the context's.
 *
 * Progress is also reported in the middle of long members. A call that is cancelled or out of time keeps what was
 * done and answers W_PARTIAL: members that were not finished have the status E_CANCELLED or W_LIMIT and the spikes and
 * samples that were recorded until then.
 *
 * A member's noise depends on the seed and its stream alone, so that members can be simulated in parts, in any order
 * and again. Traces on a grid that would need more than max_trace_bytes are refused before anything is computed; at the
 * solver's steps a member whose share is used up ends with W_LIMIT.
 * @param context       Context; progress counts members.
 * @param model         Model.
 * @param conductances  [n][n_channels] row-major, mS/cm2, 0 to DICREC_MAX_CONDUCTANCE, leak positive. Rows that hold
 *                      anything else, such as the NaN of failed members, are skipped and answer E_RANGE in their
 *                      status.
 * @param n             Number of neurons, at least 1.
 * @param options       Options, or NULL for the defaults.
 * @param simulation    Receives the handle; free with dicrec_simulation_free(). NULL on failure.
 * @return OK, W_PARTIAL (some members stopped early or failed: see their status), E_ARGUMENT, E_RANGE, E_OPTION,
 *         E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulate(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                         size_t n, const dicrec_simulate_options *options,
                                         dicrec_simulation **simulation);

/**
 * One more owner of a simulation: it is freed when dicrec_simulation_free() was called for every owner, in any order,
 * on any thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_simulation *dicrec_simulation_retain(const dicrec_simulation *simulation);

/** Free a simulation; NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_simulation_free(dicrec_simulation *simulation);

/** Number of members; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_member_count(const dicrec_simulation *simulation);

/** The solver that ran, DICREC_SOLVER_CVODE or _ENSEMBLE; AUTO for NULL. Threads: any. Since 0.1. */
DICREC_API int32_t dicrec_simulation_solver(const dicrec_simulation *simulation);

/**
 * Status of a member: OK, W_LIMIT (steps, spikes, samples or the call's time), E_RANGE (the row was skipped), E_SOLVER,
 * E_UNSTABLE, E_CANCELLED.
 *
 * @return The status, or E_ARGUMENT beyond the last member.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_status(const dicrec_simulation *simulation, size_t member);

/**
 * Copy the statuses of all members, as dicrec_simulation_status() returns them one by one.
 *
 * @param simulation  Simulation.
 * @param statuses    [capacity], receives [n_members].
 * @param capacity    At least dicrec_simulation_member_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_statuses(const dicrec_simulation *simulation, dicrec_status *statuses,
                                                         size_t capacity);

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

/** Number of spikes of all members together; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_spike_total(const dicrec_simulation *simulation);

/**
 * Copy the spike times of all members, one after the other.
 *
 * @param simulation       Simulation.
 * @param offsets          [offset_capacity], receives [n_members + 1]: the times of member i are those from offsets[i]
 *                         to offsets[i + 1], excluded.
 * @param offset_capacity  At least dicrec_simulation_member_count() + 1.
 * @param times_ms         [time_capacity], receives the times from the start of the simulation. NULL only if there are
 *                         none.
 * @param time_capacity    At least dicrec_simulation_spike_total().
 * @return OK, E_ARGUMENT, E_BUFFER; after a failure nothing is written.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_all_spikes(const dicrec_simulation *simulation, uint64_t *offsets,
                                                           size_t offset_capacity, double *times_ms,
                                                           size_t time_capacity);

/**
 * Copy the states that the members end with, from which as initial_states they go on.
 *
 * Nothing else goes on: times are counted from 0 again, so that the next simulation has its own t_skip_ms, points of
 * current lie at its own times, and a member's noise begins with the first sample of its stream, which therefore is to
 * be another one. A spike counts where V rises through its level, so that one under way counts once. The states are
 * those at t_end_ms, of the ensemble solver between its steps: it goes on to within the error of its finest step, CVODE
 * to within its tolerances.
 * @param simulation  Simulation.
 * @param states      [capacity], receives [n_members][n_states], in the order of dicrec_model_state_name(): mV, gates 0
 *                    to 1, uM; NaN for members whose status is not OK.
 * @param capacity    At least dicrec_simulation_member_count() times dicrec_model_state_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_final_states(const dicrec_simulation *simulation, double *states,
                                                             size_t capacity);

/**
 * Number of samples of a member's trace: the same for all on a grid, where samples after an early stop are NaN and take
 * no memory; at the solver's steps each member has its own. 0 without traces and beyond the last member. Threads: any.
 * Since 0.1.
 */
DICREC_API size_t dicrec_simulation_trace_sample_count(const dicrec_simulation *simulation, size_t member);

/** Number of columns of the traces; 0 without traces. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_simulation_trace_column_count(const dicrec_simulation *simulation);

/**
 * Copy the name of a column: "V", "m_Na" (activation), "h_Na" (inactivation), "o_ERG", "i_ERG" (open and inactivated
 * fraction of a kinetic scheme), "Ca", "I_Na".
 *
 * @param simulation  Simulation.
 * @param column      Column index.
 * @param name        Receives at most `size` bytes, always terminated if `size` > 0; may be NULL if `size` is 0.
 * @param size        Bytes at `name`; 64 are enough for every built-in model.
 * @return Length of the whole name without its terminator; 0 beyond the last column.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_simulation_trace_column_name(const dicrec_simulation *simulation, size_t column, char *name,
                                                      size_t size);

/**
 * Copy the trace of a member.
 *
 * @param simulation  Simulation with traces.
 * @param member      Member index.
 * @param values      [capacity], receives [length][columns], row-major; NaN after an early stop on a grid.
 * @param capacity    At least dicrec_simulation_trace_sample_count() times dicrec_simulation_trace_column_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_trace(const dicrec_simulation *simulation, size_t member,
                                                      double *values, size_t capacity);

/**
 * Copy the times of the samples of a member's trace.
 *
 * @param simulation  Simulation with traces.
 * @param member      Member index.
 * @param times_ms    [capacity], receives the times, rising from 0.
 * @param capacity    At least dicrec_simulation_trace_sample_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_simulation_copy_trace_times(const dicrec_simulation *simulation, size_t member,
                                                            double *times_ms, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
