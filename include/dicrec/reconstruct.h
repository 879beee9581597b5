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
  DICREC_TARGET_AUTO = 0,   /**< a draw from the posterior if candidates are screened, else its median */
  DICREC_TARGET_MEDIAN = 1, /**< every member has the posterior's marginal median */
  DICREC_TARGET_SAMPLE = 2  /**< every member has its own draw from the posterior */
};

/** Whether candidates are screened by what the forward network predicts that they fire. */
enum {
  DICREC_SCREENING_ON = 0, /**< if the estimator's weights have a forward network, which the built-in ones do */
  DICREC_SCREENING_OFF = 1 /**< every candidate that can be made becomes a member, as published */
};

/** How a search for members ended. */
enum {
  DICREC_OUTCOME_COMPLETE = 0,    /**< all members were found */
  DICREC_OUTCOME_DRAWN = 1,       /**< the budget of candidates to draw ended */
  DICREC_OUTCOME_SIMULATED = 2,   /**< the budget of candidates to simulate ended */
  DICREC_OUTCOME_GIVEN_UP = 3,    /**< so few simulated candidates were accepted that more would not help */
  DICREC_OUTCOME_UNREACHABLE = 4, /**< too few conductance sets have the DICs */
  DICREC_OUTCOME_TIMED_OUT = 5    /**< max_wall_s of the check was over */
};

/** Options of dicrec_reconstruct(); see dicrec_reconstruct_options_init(). */
typedef struct dicrec_reconstruct_options {
  uint32_t struct_size; /**< sizeof(dicrec_reconstruct_options) of the caller */
  int32_t target;       /**< DICREC_TARGET_* */
  /** 1: simulate candidates and keep members that fire like the input, until n are found or the budget ends. */
  int32_t verify;
  int32_t max_candidates; /**< verify: candidates to simulate for each member asked for, 1 to 10,000; 0: 50 */
  int32_t screening;      /**< DICREC_SCREENING_* */
  int32_t max_drawn; /**< screening: candidates to draw for each member asked for, 1 to 100,000, 8 times as many if they
                        are verified; 0: 256 */
  double rate_tolerance;                       /**< verify: relative difference of the mean rate, above 0; 0: 0.015 */
  double burst_tolerance;                      /**< verify: difference in spikes per burst, above 0; 0: 0.5 */
  const dicrec_estimate_options *estimate;     /**< options of the estimate, or NULL */
  const dicrec_population_options *population; /**< options of the population, or NULL */
  /**
   * Options of the check, or NULL. t_end_ms 0: as long as the input lasts, within 1 and 4 times the model's protocol;
   * time_scale 0 or 1: that of the input, nothing else is allowed; max_wall_s bounds the whole check of a train.
   */
  const dicrec_simulate_options *simulate;
  int32_t n_threads; /**< dicrec_reconstruct_many(): trains at once, each on a thread of its own, 1 to 256; 0: 1 */
  int32_t reserved;  /**< must be 0 */
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
 * Candidates are drawn with the posterior's DICs. Screening keeps those that a forward network predicts to fire like
 * the input: its class, mean interval (within 0.5 %, 1.5 % if it bursts) and spikes per burst (within 1.5 %), with the
 * network's own uncertainty counted against them and the sampling error of the input for them. Of four times as many
 * as are asked for the most diverse become members. If the budget of draws ends before, the tolerances are doubled,
 * and once more.
 *
 * With `verify` they are then simulated, and a member is accepted if its activity class is the input's and its mean
 * rate and its spikes per burst are within the tolerances, which are widened by the sampling error too. What candidates
 * fire also corrects the predictions about others for the same input, and later draws reach twice as far from the
 * posterior's median. A search that has accepted none of 10 simulated candidates per member is given up before its
 * budget ends.
 *
 * Members that match come first, then the nearest of the others with W_REJECTED, then those whose simulation a limit
 * has stopped with W_LIMIT, so that n members are returned whenever n candidates could be made.
 *
 * Random numbers are keyed by the seed and the content of the train: the draws of different trains are independent, and
 * depend on nothing beside them. The population tells each member's stream; dicrec_simulate() repeats the train that a
 * member fired in the check, given the stream, the seed of the check, the population's noise and time scale, and the
 * report's t_end_ms and t_skip_ms. first_member of the population's options must be 0, and keep_raw of the population's
 * options has no effect on members that were selected.
 * @param context         Context; progress counts members.
 * @param estimator       Estimator; its model is the population's.
 * @param spikes          Train of at least three spikes.
 * @param n_members       Number of members, at least 1.
 * @param options         Options, or NULL for the defaults.
 * @param reconstruction  Receives the handle; free with dicrec_reconstruction_free(). NULL on failure.
 * @return OK, W_SUPPORT (before W_PARTIAL), W_PARTIAL (fewer members that match, or can be made, than asked for),
 * E_SPIKES (fewer than three spikes), E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY, E_CANCELLED. Threads: the context's.
 * Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruct(dicrec_context *context, const dicrec_estimator *estimator,
                                            const dicrec_spikes *spikes, size_t n_members,
                                            const dicrec_reconstruct_options *options,
                                            dicrec_reconstruction **reconstruction);

/**
 * Reconstruct many trains, several at once: for each what dicrec_reconstruct() makes of it, to the byte, whatever the
 * number of threads and whatever stands beside it.
 *
 * A train that fails does not sink the others. Its handle holds a status and a text and nothing else: no posterior, no
 * population, no report. The threads of the options of the population and of the check count for each train: leave
 * them at 0 where there are at least as many trains as threads.
 * @param context          Context; progress counts trains.
 * @param estimator        Estimator; its model is the populations'.
 * @param trains           [n], none of them NULL. NULL only if n is 0.
 * @param n                Number of trains.
 * @param n_members        Number of members for each train, at least 1.
 * @param options          Options for every train, or NULL for the defaults; n_threads counts here alone.
 * @param reconstructions  [n], receives a handle for each train; free each with dicrec_reconstruction_free(). All NULL
 *                         on failure. NULL only if n is 0.
 * @return OK, W_PARTIAL (some trains failed, or some members are missing: see dicrec_reconstruction_status()),
 * W_SUPPORT (of no train more than that), E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY, E_CANCELLED.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruct_many(dicrec_context *context, const dicrec_estimator *estimator,
                                                 const dicrec_spikes *const *trains, size_t n, size_t n_members,
                                                 const dicrec_reconstruct_options *options,
                                                 dicrec_reconstruction **reconstructions);

/**
 * What dicrec_reconstruct() answers for the train; negative: the train of dicrec_reconstruct_many() failed, and there
 * is nothing else in the reconstruction. E_ARGUMENT for NULL. Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_status(const dicrec_reconstruction *reconstruction);

/**
 * Copy the text of the train's failure or remark, as dicrec_context_error() does; an empty text for NULL.
 *
 * @return Length of the whole text without its terminator.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_reconstruction_error(const dicrec_reconstruction *reconstruction, char *text, size_t size);

/** Free a reconstruction with all that it lends; NULL is ignored. Threads: any, once. Since 0.1. */
DICREC_API void dicrec_reconstruction_free(dicrec_reconstruction *reconstruction);

/** The posterior, owned by the reconstruction; NULL for NULL or a failed train. Threads: any. Since 0.1. */
DICREC_API const dicrec_posterior *dicrec_reconstruction_posterior(const dicrec_reconstruction *reconstruction);

/** The population, owned by the reconstruction; NULL for NULL or a failed train. Threads: any. Since 0.1. */
DICREC_API const dicrec_population *dicrec_reconstruction_population(const dicrec_reconstruction *reconstruction);

/** What came of a reconstruction. */
typedef struct dicrec_reconstruction_report {
  uint32_t struct_size;   /**< set by the caller to sizeof(dicrec_reconstruction_report) */
  int32_t outcome;        /**< DICREC_OUTCOME_* */
  int32_t activity;       /**< DICREC_ACTIVITY_* of the input */
  int32_t screened;       /**< 1: candidates were screened */
  int32_t verified;       /**< 1: candidates were simulated */
  int32_t target;         /**< DICREC_TARGET_MEDIAN or _SAMPLE, also where AUTO was asked for */
  int64_t n_requested;    /**< members asked for */
  int64_t n_found;        /**< members that hold conductances */
  int64_t n_accepted;     /**< of these, members that match: simulated if verified, predicted if only screened */
  int64_t n_drawn;        /**< candidates drawn */
  int64_t n_matched;      /**< candidates drawn that are predicted to match; all valid ones without screening */
  int64_t n_simulated;    /**< candidates simulated, up to a limit or the end */
  double g_s;             /**< posterior median */
  double g_u;             /**< posterior median */
  double support;         /**< of the input, 0 to 1 */
  double time_scale;      /**< of the input */
  double tolerance;       /**< largest mismatch that counted as a match: 1, 2 or 4; NaN without screening */
  double spread_kept_min; /**< least of dicrec_reconstruction_spread_kept(); NaN if not known */
  double t_end_ms;        /**< how long members were simulated, as in dicrec_simulate_options; 0: they were not */
  double t_skip_ms;       /**< spikes before it did not count */
} dicrec_reconstruction_report;

/**
 * Copy the report.
 *
 * @param reconstruction  Reconstruction.
 * @param report          Written; the caller sets struct_size.
 * @return OK, E_ARGUMENT (also: its train failed).
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_get_report(const dicrec_reconstruction *reconstruction,
                                                          dicrec_reconstruction_report *report);

/**
 * How much of the degeneracy the selection has kept: for each channel the standard deviation of its conductance over
 * the accepted members, relative to that over all candidates that were drawn.
 *
 * @param reconstruction  Screened or verified reconstruction.
 * @param kept            [capacity]; NaN where fewer than two members were accepted or a conductance does not vary.
 * @param capacity        At least the model's number of channels.
 * @return OK, E_ARGUMENT (also: neither screened nor verified), E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_spread_kept(const dicrec_reconstruction *reconstruction, double *kept,
                                                           size_t capacity);

/**
 * How far what a member is predicted to fire is from the input, in tolerances of the screening; see the
 * report for what is a match.
 *
 * @return The mismatch; NaN without screening and beyond the last member.
 * Threads: any. Since 0.1.
 */
DICREC_API double dicrec_reconstruction_mismatch(const dicrec_reconstruction *reconstruction, size_t member);

/** 1 if a member fired like the input when it was simulated, else 0; 0 without verify. Threads: any. Since 0.1. */
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
