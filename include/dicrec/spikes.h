/* SPDX-License-Identifier: MIT */
/**
 * @file spikes.h
 * A validated spike train and when it was observed, its statistics and stationarity, and the distance between two.
 */
#ifndef DICREC_SPIKES_H
#define DICREC_SPIKES_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A validated spike train; immutable, shareable between threads.
 *
 * It is a list of segments: stretches of time that were observed without a gap, of one trial or of several, each with
 * its spikes. Intervals are those between spikes of the same segment, never across a gap or between trials.
 */
typedef struct dicrec_spikes dicrec_spikes;

/** Units of time that a train may be given in. */
enum { DICREC_TIME_MS = 0, DICREC_TIME_S = 1 };

/**
 * When a train was observed, and in which unit it is given; see dicrec_spikes_options_init(). Times are in that unit,
 * -1e13 to 1e13 ms.
 */
typedef struct dicrec_spikes_options {
  uint32_t struct_size; /**< sizeof(dicrec_spikes_options) of the caller */
  int32_t unit;         /**< DICREC_TIME_*, of the spikes and of all times here */
  int32_t has_window;   /**< 1: observed from `start` to `stop`, in every trial; 0: from its first spike to its last */
  int32_t reserved;     /**< must be 0 */
  double start;         /**< of the observation, before `stop`; without has_window it must be 0 */
  double stop;          /**< of the observation; likewise */
  /** [n_gaps][2], start and stop of stretches that were not observed, in any trial: rising, not overlapping, inside
      every trial's window, without spikes. NULL only if n_gaps is 0. */
  const double *gaps;
  uint64_t n_gaps; /**< number of gaps */
  /** [n_trials], spikes of each trial; they add up to the spikes. The trials' spikes come one trial after the other,
     and times may begin again in each. NULL only if n_trials is 0. */
  const uint64_t *trial_counts;
  uint64_t n_trials;           /**< number of trials; 0: the train is not divided */
  const double *trial_windows; /**< [n_trials][2], start and stop of each; NULL: as has_window says, which must be 0 if
                                  they are given */
  int64_t origin;              /**< dicrec_spikes_create_from_samples(): the sample that is time 0; else it must be 0 */
} dicrec_spikes_options;

/** Activity classes [Brandoit et al., arXiv:2509.12783], DICREC_ACTIVITY_*: name, value, word, meaning. */
#define DICREC_ACTIVITY_LIST(X)                                                                                        \
  X(SILENT, 0, "silent", "fewer than two intervals: of an undivided train, fewer than three spikes")                   \
  X(SPIKING, 1, "spiking", "the coefficient of variation of the intervals is at most 0.15")                            \
  X(BURSTING, 2, "bursting", "it is above")                                                                            \
  X(IRREGULAR, 3, "irregular", "only as a class probability: above, without regular bursts")

enum {
#define DICREC_ACTIVITY_ENUM(name, value, word, text) DICREC_ACTIVITY_##name = value,
  DICREC_ACTIVITY_LIST(DICREC_ACTIVITY_ENUM)
#undef DICREC_ACTIVITY_ENUM
};

/** Word of a constant of DICREC_ACTIVITY_LIST, such as "spiking"; "other" for any other value; static. Threads: any.
 * Since 0.1. */
DICREC_API const char *dicrec_activity_name(int32_t value);

/** Statistics of a train; what cannot be computed is NaN. */
typedef struct dicrec_spike_statistics {
  uint32_t struct_size;       /**< set by the caller to sizeof(dicrec_spike_statistics) */
  int32_t activity;           /**< DICREC_ACTIVITY_* */
  int64_t n_spikes;           /**< number of spikes */
  int64_t n_bursts;           /**< whole bursts of at least two spikes: those that may be cut are left out */
  double rate_hz;             /**< 1000 / mean interval */
  double isi_mean_ms;         /**< mean inter-spike interval */
  double isi_cv;              /**< standard deviation over mean of the intervals */
  double isi_min_ms;          /**< shortest interval */
  double isi_max_ms;          /**< longest interval */
  double spikes_per_burst;    /**< mean over the whole bursts */
  double burst_hz;            /**< 1000 / mean time between burst onsets */
  double burst_duration_ms;   /**< mean time from first to last spike of a burst */
  double spikes_per_burst_sd; /**< standard deviation over the whole bursts, with n - 1 */
  double burst_period_cv;     /**< standard deviation over mean of the times between burst onsets */
  int64_t n_segments;         /**< stretches observed without a gap */
  int64_t n_intervals;        /**< inter-spike intervals, which are inside the segments */
  double observed_ms;         /**< length of the windows less the gaps; from first to last spike without a window */
  double mean_rate_hz;        /**< spikes over observed time; without a window 1000 / mean interval */
  double burst_gap_ms;        /**< intervals above it end a burst; NaN unless the train bursts */
} dicrec_spike_statistics;

/** How the rate of a train changes, DICREC_CHANGE_*: name, value, word, meaning. */
#define DICREC_CHANGE_LIST(X)                                                                                          \
  X(NONE, 0, "none", "too few spikes to tell")                                                                         \
  X(DRIFT, 1, "drift", "a steady drift describes it")                                                                  \
  X(STEP, 2, "step", "a step describes it better")

enum {
#define DICREC_CHANGE_ENUM(name, value, word, text) DICREC_CHANGE_##name = value,
  DICREC_CHANGE_LIST(DICREC_CHANGE_ENUM)
#undef DICREC_CHANGE_ENUM
};

/** Word of a constant of DICREC_CHANGE_LIST, such as "drift"; "other" for any other value; static. Threads: any. Since
 * 0.1. */
DICREC_API const char *dicrec_change_name(int32_t value);

/** Whether the rate of a train changes while it is observed; NaN with fewer than ten intervals. */
typedef struct dicrec_spike_stationarity {
  uint32_t struct_size;    /**< set by the caller to sizeof(dicrec_spike_stationarity) */
  int32_t drifts;          /**< 1: p_value is below 0.01 and rate_factor outside 1/1.15 to 1.15; else 0 */
  int32_t change;          /**< DICREC_CHANGE_*: what fits best, be it significant or not */
  int32_t n_components;    /**< slow Fourier components compared: the fastest has so many half periods in the train */
  double p_value;          /**< probability of as large a change in a train of constant statistics */
  double rate_factor;      /**< late rate over early, of the fit: at the ends of a drift, after and before a step */
  double step_ms;          /**< when the step is, in the times of its segment; NaN for a drift */
  int64_t step_segment;    /**< the segment that it is in; -1 for a drift */
  double silence_ms;       /**< longest silence between a spike and the edge of its segment, or of one without spikes; 0
                              without windows and gaps; NaN with fewer than two intervals */
  double silence_p;        /**< probability of as long a one in an irregular train; likewise */
  int32_t has_silent_edge; /**< 1: silence_p is below 0.001 and silence_ms above three times the longest interval */
  int32_t reserved;        /**< 0 */
} dicrec_spike_stationarity;

/**
 * Fill options with their defaults: ms, one undivided train, observed from its first spike to its last.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_spikes_options_init(dicrec_spikes_options *options, size_t size);

/**
 * Make a train from times.
 *
 * @param context  Context.
 * @param times    [n], -1e13 to 1e13 ms (300 years), strictly increasing in every trial; copied. NULL only if n is 0.
 * @param n        Number of spikes; 0 is a silent train.
 * @param options  Options, or NULL for the defaults; what they point to is copied.
 * @param spikes   Receives the handle; free with dicrec_spikes_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE (windows and gaps), E_OPTION, E_SPIKES (the text names index and value; also spikes
 *         outside the window or in a gap), E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_create(dicrec_context *context, const double *times, size_t n,
                                              const dicrec_spikes_options *options, dicrec_spikes **spikes);

/**
 * Make a train from sample indices of a recording.
 *
 * @param context  Context.
 * @param samples  [n], strictly increasing in every trial; copied. NULL only if n is 0. The origin of the options is
 *                 subtracted before they become times.
 * @param n        Number of spikes.
 * @param rate_hz  Sampling rate, positive and finite.
 * @param options  Options, or NULL for the defaults; windows and gaps are times, in which a spike may be off by half a
 *                 sample.
 * @param spikes   Receives the handle. NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE, E_OPTION, E_SPIKES, E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_create_from_samples(dicrec_context *context, const int64_t *samples, size_t n,
                                                           double rate_hz, const dicrec_spikes_options *options,
                                                           dicrec_spikes **spikes);

/**
 * One more owner of a train: it is freed when dicrec_spikes_free() was called for every owner, in any order, on any
 * thread.
 *
 * @return The same handle; NULL for NULL.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_spikes *dicrec_spikes_retain(const dicrec_spikes *spikes);

/** Free a train; NULL is ignored. Threads: any, once for every owner. Since 0.1. */
DICREC_API void dicrec_spikes_free(dicrec_spikes *spikes);

/** Number of spikes; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_spikes_count(const dicrec_spikes *spikes);

/**
 * Copy the spike times.
 *
 * @param spikes    Train.
 * @param times_ms  [capacity], receives the times in ms.
 * @param capacity  At least dicrec_spikes_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_copy_times(const dicrec_spikes *spikes, double *times_ms, size_t capacity);

/** Segments of a train, at least 1; 0 for NULL. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_spikes_segment_count(const dicrec_spikes *spikes);

/**
 * Copy when the train was observed: its segments, trial by trial and rising in each.
 *
 * @param spikes      Train.
 * @param windows_ms  [capacity][2], receives start and stop of each segment in ms: of the first spike and the last, or
 *                    0 and 0 without any, where no window was given. NULL: not wanted.
 * @param counts      [capacity], receives how many spikes each has; they are in order. NULL: not wanted.
 * @param capacity    At least dicrec_spikes_segment_count().
 * @return OK, E_ARGUMENT, E_BUFFER.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_copy_segments(const dicrec_spikes *spikes, double *windows_ms, uint64_t *counts,
                                                     size_t capacity);

/**
 * Statistics of a train.
 *
 * A burst ends where an interval exceeds the mean of the shortest and the longest interval; the first and the last
 * burst of a segment, which may be cut, do not count [arXiv:2509.12783], unless the silence between them and the edge
 * of the window or gap exceeds that too.
 * @param spikes      Train.
 * @param statistics  Written; the caller sets struct_size.
 * @return OK, W_SILENT (counts, observed time and mean rate only, the rest NaN), E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_statistics(const dicrec_spikes *spikes, dicrec_spike_statistics *statistics);

/**
 * Whether the rate of a train changes: a drift or a step, with its p value.
 *
 * Trains of constant statistics may be regular, irregular, bursting or serially correlated: the slow Fourier components
 * of the train are compared with each other [Mueller, J Econometrics 141:1331, 2007; Johansen & Johnstone, Ann Stat
 * 18:652, 1990]. Dependence that lasts longer than 1 / n_components of the train looks like a change, as does a train
 * that holds only two or three of its bursts. Changes that return, slow waves, are not looked for. The intervals of all
 * segments are joined in their order, without what is between them or at their edges. Silence at
 * the edges, of windows above all, is compared with the longest interval. Costs at most 128 multiplications
 * a spike, and no memory.
 * @param spikes        Train.
 * @param stationarity  Written; the caller sets struct_size.
 * @return OK (NaN with fewer than ten intervals), W_SILENT (fewer than two: NaN too), E_ARGUMENT.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_stationarity(const dicrec_spikes *spikes,
                                                    dicrec_spike_stationarity *stationarity);

/**
 * The unit that times were most likely in, to warn of one that was confused with another.
 *
 * Times that were said to be ms are likely seconds if at least half of all intervals are below 2 and some time is no
 * whole number; times that were said to be seconds are likely ms if the mean interval is above 5. Of 85,000 windows of
 * 3 to 100 spikes of recorded and simulated trains, 66 in seconds were not recognised, and 14 in ms were taken for
 * seconds; 3 and none of those of ten spikes or more.
 * @param trains    [n_trains], trains that were given in one unit; NULL entries are left out. NULL only if n_trains is
 * 0.
 * @param n_trains  Number of trains.
 * @param unit      DICREC_TIME_* that they were made with.
 * @return DICREC_TIME_*: `unit` itself, also of fewer than two intervals in all, or the one that is more likely.
 * Threads: any. Since 0.1.
 */
DICREC_API int32_t dicrec_spikes_likely_unit(const dicrec_spikes *const *trains, size_t n_trains, int32_t unit);

/**
 * How many numbers a firing pattern has, in an order that never changes; a later version may append more.
 *
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_pattern_count(void);

/** Name of a number of the pattern; NULL beyond the last. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_pattern_name(size_t index);

/**
 * The firing pattern of a train: rate, irregularity, serial correlation, quantiles of the intervals, shape of bursts.
 *
 * It is what an estimator reads of a train beside its intervals, and what simulated neurons are compared by. Names
 * tell the numbers; natural logarithms of intervals are relative to the mean interval, except `log_mean` itself, of ms.
 * A burst begins where an interval is at most half of the one before. Correlations, local variation and bursts are
 * those inside the segments.
 * @param spikes     Train of at least two intervals.
 * @param n_numbers  How many, 1 to dicrec_pattern_count(): the first of them.
 * @param pattern    [n_numbers], receives the numbers.
 * @return OK, W_SILENT (fewer: all NaN), E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_pattern(const dicrec_spikes *spikes, size_t n_numbers, double *pattern);

/**
 * Van Rossum distance between two trains, each shifted to its first spike.
 *
 * Kernel exp(-t/tau)/tau. By default tau is the mean of the shortest and the longest interval of `a`
 * [arXiv:2509.12783]. Of trains with several segments, each is compared with the other's of the same place, both
 * shifted to their own first spike, and the squared distances add up; a segment without a partner is compared with
 * silence. Windows do not count. Costs O(n_a + n_b).
 * @param a        Reference train.
 * @param b        Other train.
 * @param tau_ms   Time constant, positive, or 0 for the default, which needs an interval in `a`.
 * @param squared  Receives the squared distance, 1/ms.
 * @return OK, E_ARGUMENT, E_RANGE.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_spikes_distance(const dicrec_spikes *a, const dicrec_spikes *b, double tau_ms,
                                                double *squared);

#ifdef __cplusplus
}
#endif

#endif
