/* SPDX-License-Identifier: MIT */
/**
 * @file limits.h
 * The default and the limits of every numeric option, once: the library fills and checks options by this list, and the
 * help of the program, the bindings and docs/options.md are made of it.
 */
#ifndef DICREC_LIMITS_H
#define DICREC_LIMITS_H

#include "version.h"

/** Most worker threads of a call. */
#define DICREC_MAX_THREADS 256
/** Shortest and longest simulation, ms. */
#define DICREC_DURATION_LEAST_MS 1e-6
#define DICREC_DURATION_MOST_MS  1e9
/** Least and largest time scale. */
#define DICREC_TIME_SCALE_LEAST 0.01
#define DICREC_TIME_SCALE_MOST  100
/** Largest DIC of a target, of either sign. */
#define DICREC_MAX_DIC 1e4
/** Largest standard deviation of a noise current and largest injected current, uA/cm2. */
#define DICREC_MAX_CURRENT 1e6
/** Largest conductance that is simulated or made, mS/cm2. */
#define DICREC_MAX_CONDUCTANCE 1e7
/** Highest voltage at which DICs are computed, of either sign, mV. */
#define DICREC_MAX_VOLTAGE_MV 200
/** Where a threshold is looked for unless a range is given, mV. */
#define DICREC_THRESHOLD_LEAST_MV (-75)
#define DICREC_THRESHOLD_MOST_MV  0
/** The voltage that V rises through in a spike, of models whose file has none, mV. */
#define DICREC_SPIKE_LEVEL_MV 10
/** Highest such voltage, of either sign, mV. */
#define DICREC_SPIKE_LEVEL_MOST_MV 100
/** The spike_level_mv that stands for the model's own. */
#define DICREC_SPIKE_LEVEL_OF_MODEL (-1000)
/** What the program and the bindings take for trace_dt_ms where a trace is asked for and no interval, ms. */
#define DICREC_TRACE_DT_MS 0.1

/**
 * Rows X(struct dicrec_<options>_options, field, default, least, most, unit); least and most are allowed themselves.
 *
 * A field of 0 takes the default, unless 0 is itself allowed: then dicrec_<options>_options_init() writes the default,
 * and 0 means 0. A default that is not allowed is chosen by other means, which the comment of the field says.
 */
#define DICREC_LIMITS(X)                                                                                               \
  X(spikes, unit, DICREC_TIME_MS, DICREC_TIME_MS, DICREC_TIME_S, "")                                                   \
  X(spikes, has_window, 0, 0, 1, "")                                                                                   \
  X(estimate, auto_scale, 0, 0, 1, "")                                                                                 \
  X(estimate, time_scale, 1, DICREC_TIME_SCALE_LEAST, DICREC_TIME_SCALE_MOST, "")                                      \
  X(estimate, support_limit, 0.01, 0, 1, "")                                                                           \
  X(estimate, n_threads, 1, 1, DICREC_MAX_THREADS, "")                                                                 \
  X(generate, n_threads, 1, 1, DICREC_MAX_THREADS, "")                                                                 \
  X(generate, max_draws, 200, 1, 1000000, "")                                                                          \
  X(generate, leak_law, DICREC_LEAK_GAMMA, DICREC_LEAK_GAMMA, DICREC_LEAK_FIXED, "")                                   \
  X(generate, keep_raw, 0, 0, 1, "")                                                                                   \
  X(simulate, solver, DICREC_SOLVER_AUTO, DICREC_SOLVER_AUTO, DICREC_SOLVER_ENSEMBLE, "")                              \
  X(simulate, t_end_ms, 0, DICREC_DURATION_LEAST_MS, DICREC_DURATION_MOST_MS, "ms")                                    \
  X(simulate, t_skip_ms, 0, 0, DICREC_DURATION_MOST_MS, "ms")                                                          \
  X(simulate, relative_tolerance, 2e-8, 1e-12, 1e-2, "")                                                               \
  X(simulate, absolute_tolerance, 2e-10, 1e-300, 1, "")                                                                \
  X(simulate, dt_ms, 0.02, 1e-4, 0.1, "ms")                                                                            \
  X(simulate, trace_dt_ms, 0, DICREC_TRACE_STEPS, 1e9, "ms")                                                           \
  X(simulate, noise_std, 0, 0, DICREC_MAX_CURRENT, "uA/cm2")                                                           \
  X(simulate, current, 0, -DICREC_MAX_CURRENT, DICREC_MAX_CURRENT, "uA/cm2")                                           \
  X(simulate, time_scale, 1, DICREC_TIME_SCALE_LEAST, DICREC_TIME_SCALE_MOST, "")                                      \
  X(simulate, max_spikes, 100000, 1, 1e15, "")                                                                         \
  X(simulate, max_steps, 100000000, 1, 1e18, "")                                                                       \
  X(simulate, max_wall_s, 0, 0, 1e9, "s")                                                                              \
  X(simulate, trace, DICREC_TRACE_VOLTAGE, DICREC_TRACE_VOLTAGE, DICREC_TRACE_CURRENTS, "")                            \
  X(simulate, n_threads, 1, 1, DICREC_MAX_THREADS, "")                                                                 \
  X(simulate, max_trace_bytes, 1073741824, 1, 1.85e19, "bytes")                                                        \
  X(simulate, spike_level_mv, DICREC_SPIKE_LEVEL_OF_MODEL, -DICREC_SPIKE_LEVEL_MOST_MV, DICREC_SPIKE_LEVEL_MOST_MV,    \
    "mV")                                                                                                              \
  X(reconstruct, target, DICREC_TARGET_AUTO, DICREC_TARGET_AUTO, DICREC_TARGET_SAMPLE, "")                             \
  X(reconstruct, verify, 0, 0, 1, "")                                                                                  \
  X(reconstruct, max_candidates, 50, 1, 10000, "")                                                                     \
  X(reconstruct, screening, DICREC_SCREENING_AUTO, DICREC_SCREENING_AUTO, DICREC_SCREENING_ON, "")                     \
  X(reconstruct, max_drawn, 64, 1, 100000, "")                                                                         \
  X(reconstruct, rate_tolerance, 0.015, 1e-9, 1e9, "")                                                                 \
  X(reconstruct, burst_tolerance, 0.5, 1e-9, 1e9, "spikes")                                                            \
  X(reconstruct, n_threads, 1, 1, DICREC_MAX_THREADS, "")                                                              \
  X(reconstruct, selection, DICREC_SELECTION_REPRESENTATIVE, DICREC_SELECTION_REPRESENTATIVE,                          \
    DICREC_SELECTION_DIVERSE, "")                                                                                      \
  X(reconstruct, noise, DICREC_NOISE_AUTO, DICREC_NOISE_AUTO, DICREC_NOISE_FIXED, "")                                  \
  X(reconstruct, noise_std, 0, 0, DICREC_MAX_CURRENT, "uA/cm2")                                                        \
  X(reconstruct, max_wall_s, 0, 0, 1e9, "s")

#endif
