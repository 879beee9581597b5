/* SPDX-License-Identifier: MIT */
/**
 * @file reconstruct.h
 * The whole way in one call: spike train, DICs, population, and a check of what it fires.
 */
#ifndef DICREC_RECONSTRUCT_H
#define DICREC_RECONSTRUCT_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "estimator.h"
#include "population.h"
#include "simulator.h"
#include "spikes.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Posterior, population and, if verified, the firing of each member; immutable, shareable between threads. */
typedef struct dicrec_reconstruction dicrec_reconstruction;

/** Where the members' DICs come from. */
enum {
  DICREC_TARGET_MEDIAN = 0, /**< every member has the posterior's marginal median */
  DICREC_TARGET_SAMPLE = 1  /**< every member has its own draw from the posterior */
};

/** Options of dicrec_reconstruct(); see dicrec_reconstruct_options_init(). */
typedef struct dicrec_reconstruct_options {
  uint32_t struct_size; /**< sizeof(dicrec_reconstruct_options) of the caller */
  int32_t target;       /**< DICREC_TARGET_* */
  /** 1: simulate candidates and keep members that fire like the input, until n are found or the budget ends. */
  int32_t verify;
  int32_t max_candidates; /**< verify: budget of candidates for each member asked for, 1 to 10,000; 0: 50 */
  double rate_tolerance;  /**< verify: relative difference of the mean rate, above 0; 0: 0.02 */
  double burst_tolerance; /**< verify: difference in spikes per burst, above 0; 0: 0.5 */
  const dicrec_estimate_options *estimate;     /**< options of the estimate, or NULL */
  const dicrec_population_options *population; /**< options of the population, or NULL */
  const dicrec_simulate_options *simulate;     /**< options of the check, or NULL */
} dicrec_reconstruct_options;

/**
 * Fill options with their defaults.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_reconstruct_options_init(dicrec_reconstruct_options *options, size_t size);

/**
 * Turn a spike train into a degenerate population.
 *
 * With `verify`, accepted members come first, then the nearest of the rejected with W_REJECTED, so that n members
 * are returned whenever n candidates could be made. A member is accepted if its activity class is the input's,
 * its mean rate and its spikes per burst are within the tolerances. A search that has accepted none of 10 candidates
 * per member is given up before its budget ends.
 * @param context         Context; progress counts members.
 * @param estimator       Estimator; its model is the population's.
 * @param spikes          Train of at least three spikes.
 * @param n_members       Number of members, at least 1.
 * @param options         Options, or NULL for the defaults.
 * @param reconstruction  Receives the handle; free with dicrec_reconstruction_free(). NULL on failure.
 * @return OK, W_SUPPORT (before W_PARTIAL), W_PARTIAL (fewer valid or, with verify, fewer accepted members than
 *         asked for), E_SPIKES (fewer than three spikes), E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY, E_CANCELLED.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruct(dicrec_context *context, const dicrec_estimator *estimator,
                                            const dicrec_spikes *spikes, size_t n_members,
                                            const dicrec_reconstruct_options *options,
                                            dicrec_reconstruction **reconstruction);

/** Free a reconstruction with all that it lends; NULL is ignored. Threads: any, once. Since 0.1. */
DICREC_API void dicrec_reconstruction_free(dicrec_reconstruction *reconstruction);

/** The posterior, owned by the reconstruction; NULL for NULL. Threads: any. Since 0.1. */
DICREC_API const dicrec_posterior *dicrec_reconstruction_posterior(const dicrec_reconstruction *reconstruction);

/** The population, owned by the reconstruction; NULL for NULL. Threads: any. Since 0.1. */
DICREC_API const dicrec_population *dicrec_reconstruction_population(const dicrec_reconstruction *reconstruction);

/** Number of candidates that were simulated; 0 without verify. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_reconstruction_candidate_count(const dicrec_reconstruction *reconstruction);

/** Number of accepted members; 0 without verify. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_reconstruction_accepted_count(const dicrec_reconstruction *reconstruction);

/** 1 if a member was found to fire like the input, else 0; 0 without verify. Threads: any. Since 0.1. */
DICREC_API int32_t dicrec_reconstruction_accepted(const dicrec_reconstruction *reconstruction, size_t member);

/**
 * Squared van Rossum distance of a member's train to the input, 1/ms, over the time that the input lasts, or that the
 * member was simulated if that is shorter.
 *
 * @return The distance; NaN if the member is silent or beyond the last, or without verify.
 * Threads: any. Since 0.1.
 */
DICREC_API double dicrec_reconstruction_distance(const dicrec_reconstruction *reconstruction, size_t member);

/**
 * Statistics of the train that a member fired in the check, at the input's time scale.
 *
 * @param reconstruction  Verified reconstruction.
 * @param member          Member index.
 * @param statistics      Written; the caller sets struct_size.
 * @return OK, W_SILENT, E_ARGUMENT (also: not verified).
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_statistics(const dicrec_reconstruction *reconstruction, size_t member,
                                                          dicrec_spike_statistics *statistics);

/** Number of spikes that a member fired in the check; 0 without verify. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_reconstruction_spike_count(const dicrec_reconstruction *reconstruction, size_t member);

/**
 * Copy the spike times that a member fired in the check, at the input's time scale.
 *
 * @param reconstruction  Verified reconstruction.
 * @param member          Member index.
 * @param times_ms        [capacity], receives the times.
 * @param capacity        At least the member's spike count.
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_copy_spikes(const dicrec_reconstruction *reconstruction, size_t member,
                                                           double *times_ms, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
