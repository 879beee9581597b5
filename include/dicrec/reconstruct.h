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

/** Where the members' DICs come from, DICREC_TARGET_*: name, value, word, meaning. */
#define DICREC_TARGET_LIST(X)                                                                                          \
  X(AUTO, 0, "auto",                                                                                                   \
    "a draw from the posterior if candidates are screened or the posterior is given, else its median")                 \
  X(MEDIAN, 1, "median", "every member has the posterior's marginal median")                                           \
  X(SAMPLE, 2, "sample", "every member has its own draw from the posterior")

enum {
#define DICREC_TARGET_ENUM(name, value, word, text) DICREC_TARGET_##name = value,
  DICREC_TARGET_LIST(DICREC_TARGET_ENUM)
#undef DICREC_TARGET_ENUM
};

/** Word of a constant of DICREC_TARGET_LIST, such as "median"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_target_name(int32_t value);

/** Whether candidates are screened by what a forward network predicts that they fire, DICREC_SCREENING_*: name, value,
 * word, meaning. */
#define DICREC_SCREENING_LIST(X)                                                                                       \
  X(AUTO, 0, "auto", "if the estimator's weights have a forward network, which the built-in ones do")                  \
  X(OFF, 1, "off", "every candidate that can be made becomes a member, as published")                                  \
  X(ON, 2, "on", "always: E_WEIGHTS if the weights have no forward network")

enum {
#define DICREC_SCREENING_ENUM(name, value, word, text) DICREC_SCREENING_##name = value,
  DICREC_SCREENING_LIST(DICREC_SCREENING_ENUM)
#undef DICREC_SCREENING_ENUM
};

/** Word of a constant of DICREC_SCREENING_LIST, such as "off"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_screening_name(int32_t value);

/** Which of the candidates that match become members, DICREC_SELECTION_*: name, value, word, meaning. */
#define DICREC_SELECTION_LIST(X)                                                                                       \
  X(REPRESENTATIVE, 0, "representative", "as they are drawn: members are a sample of what the spikes leave open")      \
  X(DIVERSE, 1, "diverse", "of four times as many, those that are farthest from each other")

enum {
#define DICREC_SELECTION_ENUM(name, value, word, text) DICREC_SELECTION_##name = value,
  DICREC_SELECTION_LIST(DICREC_SELECTION_ENUM)
#undef DICREC_SELECTION_ENUM
};

/** Word of a constant of DICREC_SELECTION_LIST, such as "diverse"; "other" for any other value; static. Threads: any.
 * Since 0.1. */
DICREC_API const char *dicrec_selection_name(int32_t value);

/** Where the noise current of the members comes from, DICREC_NOISE_*: name, value, word, meaning. */
#define DICREC_NOISE_LIST(X)                                                                                           \
  X(AUTO, 0, "auto",                                                                                                   \
    "the posterior: each member has its own, maybe none; none without screening, verify and a given posterior")        \
  X(FIXED, 1, "fixed", "noise_std of the options, for all members")

enum {
#define DICREC_NOISE_ENUM(name, value, word, text) DICREC_NOISE_##name = value,
  DICREC_NOISE_LIST(DICREC_NOISE_ENUM)
#undef DICREC_NOISE_ENUM
};

/** Word of a constant of DICREC_NOISE_LIST, such as "fixed"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_noise_name(int32_t value);

/**
 * What to know before a population is believed, as bits of dicrec_reconstruction_report.remarks: name, value, meaning.
 * Append only; treat a bit that you do not know as a remark.
 */
#define DICREC_REMARK_LIST(X)                                                                                          \
  X(SUPPORT, 1, "the input is unlike anything that the estimator was trained on")                                      \
  X(DRIFT, 2, "the rate of the input changes, which one set of conductances cannot follow")                            \
  X(FEW_SPIKES, 4, "too few spikes to compare the pattern: rate and class alone were matched")                         \
  X(INCOMPLETE, 8, "fewer members fire like the input than were asked for")                                            \
  X(OUTSIDE, 16, "members lie outside the 98 % interval of the posterior")                                             \
  X(WIDENED, 32, "members match only at wider tolerances")                                                             \
  X(NOISE_OFF, 64, "the input is irregular, and members were made without noise or with too little of it")             \
  X(SILENT_EDGE, 128, "the input is silent at an edge of its window for far longer than between its spikes")

/** The remarks as constants: DICREC_REMARK_SUPPORT, ... */
enum {
#define DICREC_REMARK_ENUM(name, value, text) DICREC_REMARK_##name = value,
  DICREC_REMARK_LIST(DICREC_REMARK_ENUM)
#undef DICREC_REMARK_ENUM
      DICREC_REMARK_FORCE_INT32 = INT32_MAX
};

/**
 * Name and meaning of one remark.
 *
 * @param remark  One bit, DICREC_REMARK_*.
 * @return "SUPPORT", ..., and its meaning in one line; static; NULL for anything else.
 * Threads: any. Since 0.1.
 */
DICREC_API const char *dicrec_remark_name(int32_t remark);
DICREC_API const char *dicrec_remark_text(int32_t remark);

/** How a search for members ended, DICREC_OUTCOME_*: name, value, word, meaning. */
#define DICREC_OUTCOME_LIST(X)                                                                                         \
  X(COMPLETE, 0, "complete", "all members were found")                                                                 \
  X(DRAWN, 1, "drawn", "the budget of candidates to draw ended")                                                       \
  X(SIMULATED, 2, "simulated", "the budget of candidates to simulate ended")                                           \
  X(GIVEN_UP, 3, "given up", "so few simulated candidates were accepted that more would not help")                     \
  X(UNREACHABLE, 4, "unreachable", "too few conductance sets have the DICs")                                           \
  X(TIMED_OUT, 5, "timed out", "max_wall_s was over")

enum {
#define DICREC_OUTCOME_ENUM(name, value, word, text) DICREC_OUTCOME_##name = value,
  DICREC_OUTCOME_LIST(DICREC_OUTCOME_ENUM)
#undef DICREC_OUTCOME_ENUM
};

/** Word of a constant of DICREC_OUTCOME_LIST, such as "complete"; "other" for any other value; static. Threads: any.
 * Since 0.1. */
DICREC_API const char *dicrec_outcome_name(int32_t value);

/** Options of dicrec_reconstruct(); see dicrec_reconstruct_options_init(). */
typedef struct dicrec_reconstruct_options {
  uint32_t struct_size; /**< sizeof(dicrec_reconstruct_options) of the caller */
  int32_t target;       /**< DICREC_TARGET_* */
  /** 1: simulate candidates and keep members that fire like the input, until n are found or the budget ends. */
  int32_t verify;
  int32_t max_candidates; /**< verify: candidates to simulate for each member asked for */
  int32_t screening;      /**< DICREC_SCREENING_* */
  int32_t max_drawn; /**< screening: candidates to draw for each member asked for, twice as many if they are verified */
  double rate_tolerance;                   /**< verify: relative difference of the mean rate */
  double burst_tolerance;                  /**< verify: difference in spikes per burst */
  const dicrec_estimate_options *estimate; /**< options of the estimate, or NULL */
  const dicrec_generate_options *generate; /**< options of the population, or NULL */
  /**
   * Options of the check, or NULL. t_end_ms 0: as long as the input lasts, or three times that if it is irregular,
   * within 1 and 4 times the model's protocol; time_scale 0 or 1: that of the input, nothing else is allowed; noise_std
   * must be 0, for members have their own; max_wall_s bounds the whole check of a train.
   */
  const dicrec_simulate_options *simulate;
  int32_t n_threads; /**< of dicrec_reconstruct_many(): trains at once; of dicrec_reconstruct(): worker threads of the
                        population and of the check, where their own options leave it open */
  int32_t reserved;  /**< must be 0 */
  int32_t selection; /**< DICREC_SELECTION_* */
  int32_t noise;     /**< DICREC_NOISE_* */
  double noise_std;  /**< with DICREC_NOISE_FIXED: standard deviation of the noise current of all members, uA/cm2; else
                        it must be 0 */
  uint64_t seed;     /**< seed of all random numbers, where the options of population and check leave theirs at 0 */
  double max_wall_s; /**< limit of the time that a train takes, seconds: what was found until then is taken as it is; 0:
                        none */
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
 * Candidates have DICs and a noise current from the posterior, or from the posterior given the noise that is set. Their
 * base draws follow the law that the weights give for the spikes, if they have one and the options of the population
 * leave ranges, law of the leak and channels as they are; else they are drawn as any neuron's.
 *
 * The input is taken for regular if it is probably one of a neuron without noise, or if noise is fixed to 0. Then every
 * candidate, with the little noise that it may have, must fire the very pattern; else trains of a neuron scatter, and
 * the input must be a likely one of them.
 *
 * Screening keeps candidates that a forward network predicts to fire like the input. For a regular one it compares
 * class, CV and mean interval; for one of at least two whole bursts, instead of the mean interval, the burst period,
 * the spikes per burst and the intervals by their place in the burst; for one that bursts without, also quantiles of
 * the intervals. They match within one or two percent, which the sampling error of the input and the uncertainty of the
 * prediction widen. Candidates that are near are moved first, in DICs and base draw and as little as is needed, to
 * where they are predicted to fire exactly like the input; that takes weights with a law of the base draw. For an
 * irregular input none is moved, and it compares mean interval, CV, local and serial variation, share of bursts and
 * quantiles of the intervals, in units of what trains of the candidate are predicted to scatter by. Inputs of fewer
 * than eight intervals are compared by class and mean interval alone; one whose CV is near that which parts the classes
 * may be of either. Members are the first that match, a sample of what the spikes leave open, or the most diverse of
 * four times as many (DICREC_SELECTION_DIVERSE). If the budget of draws ends before, the tolerances are doubled, and
 * once more.
 *
 * With `verify` they are then simulated, each with its own noise. For a regular input a member is accepted if what it
 * fires has the class and the pattern of the input, as above, and its mean rate and its spikes per burst are within the
 * tolerances of the options, which are widened by the sampling error too. For an irregular one it is accepted if rate,
 * CV, local variation and distribution of its intervals differ from the input's by no more than trains of such neurons
 * do; by the rate alone if the input has fewer than eight intervals. Candidates that came near a regular input are
 * moved by what they fired and simulated again, up to twice, and the better train counts; each simulation counts in
 * max_candidates. Once something was simulated, the budget of draws is granted a second time, for draws that reach
 * twice as far from the posterior's median. A search that has accepted none of 10 simulated candidates per member is
 * given up before its budget ends.
 *
 * With neither, as published, every candidate that can be made is a member, without noise unless it is set.
 *
 * Members that match come first, then the nearest of the others with W_REJECTED, then those whose simulation a limit
 * has stopped with W_LIMIT, so that n members are returned whenever n candidates could be made.
 *
 * Random numbers are keyed by the seed and the content of the train: the draws of different trains are independent, and
 * depend on nothing beside them. The population has each member's stream; dicrec_simulate() repeats the train that a
 * member fired in the check, given the stream, the seed of the check, the population's noise and time scale, and the
 * report's t_end_ms and t_skip_ms. first_member of the population's options must be 0, and keep_raw of the population's
 * options has no effect on members that were selected.
 *
 * @param context         Context; progress counts members.
 * @param estimator       Estimator; its model is the population's.
 * @param spikes          Train of at least three spikes.
 * @param n_members       Number of members, at least 1.
 * @param options         Options, or NULL for the defaults.
 * @param reconstruction  Receives the handle; free with dicrec_reconstruction_free(). NULL on failure.
 * @return OK, W_SUPPORT (before W_PARTIAL), W_PARTIAL (fewer members that match, or can be made, than asked for; before
 * W_REMARK), W_REMARK (the report has another remark), E_SPIKES (fewer than two intervals), E_WEIGHTS (without
 * the forward network that DICREC_SCREENING_ON asks for), E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY, E_CANCELLED.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruct(dicrec_context *context, const dicrec_estimator *estimator,
                                            const dicrec_spikes *spikes, size_t n_members,
                                            const dicrec_reconstruct_options *options,
                                            dicrec_reconstruction **reconstruction);

/**
 * Turn a posterior into a degenerate population, without an estimator: one that was made of plain numbers, or of a
 * target with dicrec_posterior_create_at(), or an estimator's.
 *
 * As dicrec_reconstruct() without screening, for there is no network. With `verify` members are those that fire like
 * the spikes; their time scale is the posterior's.
 * @param context         Context; progress counts members.
 * @param model           Model of the members, which must have rules of compensation.
 * @param posterior       Posterior that candidates are drawn from.
 * @param spikes          Train of at least three spikes that members should fire like; NULL: there is none, and no
 *                        check.
 * @param n_members       Number of members, at least 1.
 * @param options         Options, or NULL for the defaults; those of the estimate have no effect.
 * @param reconstruction  Receives the handle; free with dicrec_reconstruction_free(). NULL on failure.
 * @return What dicrec_reconstruct() answers, but never W_SUPPORT or E_WEIGHTS; also E_ARGUMENT (verify without spikes;
 *         DICREC_SCREENING_ON).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruct_posterior(dicrec_context *context, const dicrec_model *model,
                                                      const dicrec_posterior *posterior, const dicrec_spikes *spikes,
                                                      size_t n_members, const dicrec_reconstruct_options *options,
                                                      dicrec_reconstruction **reconstruction);

/**
 * Reconstruct many trains, several at once: for each what dicrec_reconstruct() makes of it, to the byte, whatever the
 * number of threads and whatever stands beside it.
 *
 * A train that fails does not sink the others. Its handle holds a status and a text and nothing else: no posterior, no
 * population, no report. So it is, with the status E_CANCELLED, for trains that were not done when the call was
 * cancelled, which answers W_PARTIAL. The threads of the options of the population and of the check count for each
 * train: leave them at 0 where there are at least as many trains as threads.
 * @param context          Context; progress counts trains.
 * @param estimator        Estimator; its model is the populations'.
 * @param trains           [n], none of them NULL. NULL only if n is 0.
 * @param n                Number of trains.
 * @param n_members        Number of members for each train, at least 1.
 * @param options          Options for every train, or NULL for the defaults; n_threads counts here alone.
 * @param reconstructions  [n], receives a handle for each train; free each with dicrec_reconstruction_free(). All NULL
 *                         on failure. NULL only if n is 0.
 * @return OK, W_PARTIAL (some trains failed or were cancelled, or some members are missing: see
 * dicrec_reconstruction_status()), W_SUPPORT (of no train more than that), E_ARGUMENT, E_RANGE, E_OPTION, E_MEMORY.
 * W_REMARK is the status of a train alone.
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

/**
 * One more owner of a reconstruction: it is freed when dicrec_reconstruction_free() was called for every owner, in any
 * order, on any thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_reconstruction *dicrec_reconstruction_retain(const dicrec_reconstruction *reconstruction);

/** Free a reconstruction, and what it lends if nobody retained it; NULL is ignored. Threads: any, once for every owner.
 * Since 0.1. */
DICREC_API void dicrec_reconstruction_free(dicrec_reconstruction *reconstruction);

/**
 * The posterior, lent: valid as long as the reconstruction, or longer with dicrec_posterior_retain().
 *
 * @return The posterior; NULL for NULL or a failed train.
 * Threads: any. Since 0.1.
 */
DICREC_API const dicrec_posterior *dicrec_reconstruction_posterior(const dicrec_reconstruction *reconstruction);

/**
 * The population, lent: valid as long as the reconstruction, or longer with dicrec_population_retain().
 *
 * @return The population; NULL for NULL or a failed train.
 * Threads: any. Since 0.1.
 */
DICREC_API const dicrec_population *dicrec_reconstruction_population(const dicrec_reconstruction *reconstruction);

/** What came of a reconstruction. */
typedef struct dicrec_reconstruction_report {
  uint32_t struct_size;   /**< set by the caller to sizeof(dicrec_reconstruction_report) */
  int32_t outcome;        /**< DICREC_OUTCOME_* */
  int32_t activity;       /**< DICREC_ACTIVITY_* of the input */
  int32_t screened;       /**< 1: candidates were screened */
  int32_t verified;       /**< 1: candidates were simulated */
  int32_t target;         /**< DICREC_TARGET_*: MEDIAN or SAMPLE, also where AUTO was asked for */
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
  double spread_kept_min; /**< least of dicrec_reconstruction_copy_spread_kept(); NaN if not known */
  double t_end_ms;        /**< how long members were simulated, as in dicrec_simulate_options; 0: they were not */
  double t_skip_ms;       /**< spikes before it did not count */
  int32_t selection;      /**< DICREC_SELECTION_* */
  int32_t remarks;        /**< DICREC_REMARK_*, or-ed; 0: nothing is to be remarked */
  int64_t n_outside;      /**< accepted members outside the 98 % interval of g_s, g_u or noise of the posterior */
  double noise_std;       /**< posterior median of the noise current, or the fixed one, uA/cm2 */
  double noiseless;       /**< posterior probability that there is none */
  double drift_p;         /**< p value of a change of the input's rate, see dicrec_spikes_stationarity() */
  double drift_factor;    /**< late rate over early */
  double isi_distance;    /**< of the accepted members' intervals to the input's, Kolmogorov-Smirnov, median; NaN if no
                             member was accepted in a check */
  double isi_moved;       /**< the same, earth mover's distance over the input's mean interval */
} dicrec_reconstruction_report;

/**
 * Copy the report.
 *
 * @param reconstruction  Reconstruction.
 * @param report          Written; the caller sets struct_size.
 * @return OK, E_ARGUMENT (also: its train failed).
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_copy_report(const dicrec_reconstruction *reconstruction,
                                                           dicrec_reconstruction_report *report);

/**
 * How much of the degeneracy the selection has kept: for each channel the standard deviation of its conductance over
 * the accepted members, relative to that over all candidates that were drawn, where the screening has moved them to.
 *
 * @param reconstruction  Screened or verified reconstruction.
 * @param kept            [capacity]; NaN where fewer than two members were accepted or a conductance does not vary.
 * @param capacity        At least the model's number of channels.
 * @return OK, E_ARGUMENT (also: neither screened nor verified), E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_copy_spread_kept(const dicrec_reconstruction *reconstruction,
                                                                double *kept, size_t capacity);

/**
 * What the selection has chosen from: mean and standard deviation of each conductance over all candidates that were
 * drawn, where the screening has moved them to.
 *
 * @param reconstruction  Screened or verified reconstruction.
 * @param mean            [capacity], receives the means, mS/cm2; NaN if no candidate could be made.
 * @param deviation       [capacity], receives the standard deviations, mS/cm2; NaN with fewer than two candidates.
 * @param capacity        At least the model's number of channels.
 * @return OK, E_ARGUMENT (also: neither screened nor verified), E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_copy_candidate_moments(const dicrec_reconstruction *reconstruction,
                                                                      double *mean, double *deviation, size_t capacity);

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

/** Number of spikes that all members fired in the check together; 0 without verify. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_reconstruction_spike_total(const dicrec_reconstruction *reconstruction);

/**
 * Copy the spike times that all members fired in the check, one after the other, at the input's time scale.
 *
 * @param reconstruction   Verified reconstruction.
 * @param offsets          [offset_capacity], receives [n_members + 1]: the times of member i are those from offsets[i]
 *                         to offsets[i + 1], excluded.
 * @param offset_capacity  At least the number of members and one more.
 * @param times_ms         [time_capacity], receives the times. NULL only if there are none.
 * @param time_capacity    At least dicrec_reconstruction_spike_total().
 * @return OK, E_ARGUMENT (also: not verified), E_BUFFER; after a failure nothing is written.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_reconstruction_copy_all_spikes(const dicrec_reconstruction *reconstruction,
                                                               uint64_t *offsets, size_t offset_capacity,
                                                               double *times_ms, size_t time_capacity);

#ifdef __cplusplus
}
#endif

#endif
