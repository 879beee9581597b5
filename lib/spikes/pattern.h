/* SPDX-License-Identifier: MIT */
/**
 * @file pattern.h
 * The firing pattern of a train as a list of numbers: rate, irregularity, serial correlation, distribution of the
 * intervals, shape of the bursts. Taken interval by interval in memory that does not grow.
 */
#ifndef DICREC_SPIKES_PATTERN_H
#define DICREC_SPIKES_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spikes/segments.h"

/* Bins of the histogram of log intervals: 1/16 wide, from 0.1 ms to 15 minutes. */
enum { DICREC__PATTERN_BINS = 256 };

/** Positions in a burst that the pattern has numbers of: intervals from its first on, and from its last back. */
enum { DICREC__PATTERN_FIRST = 8, DICREC__PATTERN_LAST = 3 };

/** Quantiles of the intervals: 5, 10, 20, ... 90, 95 %. */
enum { DICREC__PATTERN_QUANTILES = 11 };

/** What the numbers are, in their order. Logarithms are natural; `relative` ones are of intervals over their mean. */
enum {
  DICREC__PATTERN_LOG_MEAN,     /**< of the mean interval, ms */
  DICREC__PATTERN_MEAN_LOG,     /**< mean of the relative logarithms */
  DICREC__PATTERN_SD_LOG,       /**< their standard deviation */
  DICREC__PATTERN_LOG_SD_LOG,   /**< logarithm of that, which resolves regular trains */
  DICREC__PATTERN_CV,           /**< coefficient of variation of the intervals */
  DICREC__PATTERN_LV,           /**< local variation [Shinomoto et al., Neural Comput 15:2823, 2003] */
  DICREC__PATTERN_LOG_LV,       /**< half the logarithm of LV / 3, which resolves regular trains */
  DICREC__PATTERN_LAG_1,        /**< serial correlation of the logarithms, at a lag of one interval */
  DICREC__PATTERN_LAG_2,        /**< and of two */
  DICREC__PATTERN_LOG_SHORTEST, /**< relative */
  DICREC__PATTERN_LOG_LONGEST,  /**< relative */
  DICREC__PATTERN_QUANTILE,     /**< the first of the quantiles, relative logarithms */
  DICREC__PATTERN_BURST_SHARE = DICREC__PATTERN_QUANTILE + DICREC__PATTERN_QUANTILES, /**< bursts over intervals */
  DICREC__PATTERN_LOG_PERIOD,   /**< relative logarithm of the mean time between burst onsets */
  DICREC__PATTERN_PERIOD_CV,    /**< its coefficient of variation */
  DICREC__PATTERN_BURST_SPIKES, /**< spikes per burst */
  DICREC__PATTERN_BURST_SD,     /**< their standard deviation */
  DICREC__PATTERN_FROM_ONSET,   /**< mean relative logarithm of the first interval of a burst, of the second ... */
  DICREC__PATTERN_TO_END = DICREC__PATTERN_FROM_ONSET + DICREC__PATTERN_FIRST, /**< ... of the last but two to last */
  DICREC__PATTERN_PAUSE_SD = DICREC__PATTERN_TO_END + DICREC__PATTERN_LAST,    /**< of the logarithm of the last */
  DICREC__PATTERN_SIZE
};

/** Whether a number is the logarithm of an interval over the mean interval. */
bool dicrec__pattern_is_relative(int index);

/** Whether a number is a time, given as the logarithm of ms, in an absolute pattern: what a time scale shifts. */
bool dicrec__pattern_is_time(int index);

/**
 * The same pattern with logarithms of intervals in ms instead of relative ones, and the logarithm of the spikes per
 * burst; what the train does not show, of bursts where it has none, is NaN.
 */
void dicrec__pattern_absolute(const double *pattern, double *absolute);

/** Mean and sum of squared differences of numbers that come one by one. */
typedef struct dicrec__running {
  double n, mean, squares;
} dicrec__running;

/** What is kept of the intervals so far; all zero before the first. */
typedef struct dicrec__pattern_sums {
  uint64_t n, n_here;             /**< intervals; of the segment that goes on */
  double first, previous, before; /**< logarithms: of the first interval, of the last two */
  double previous_ms;
  dicrec__running interval, log;
  double shortest, longest;   /**< logarithms */
  double local, lag_1, lag_2; /**< sums over neighbours; of logarithms less that of the first */
  uint64_t n_pairs[2];        /**< neighbours at a lag of one, and of two */
  double heads[2], tails[2];  /**< at both lags, sums of what no pair ends with, and begins with; likewise */
  uint64_t burst_position;    /**< intervals of the burst that goes on, 0: none has begun */
  double burst_ms, burst_logs[DICREC__PATTERN_FIRST], burst_end[DICREC__PATTERN_LAST];
  dicrec__running period, spikes, pause;
  dicrec__running from_onset[DICREC__PATTERN_FIRST], to_end[DICREC__PATTERN_LAST];
  uint32_t counts[DICREC__PATTERN_BINS];
  double sums[DICREC__PATTERN_BINS]; /**< of the logarithms in the bin */
} dicrec__pattern_sums;

/** Take the next interval, ms. */
void dicrec__pattern_push(dicrec__pattern_sums *sums, double interval_ms);

/** The next interval is no neighbour of those before: a new segment begins. */
void dicrec__pattern_part(dicrec__pattern_sums *sums);

/** The pattern [DICREC__PATTERN_SIZE] of at least two intervals. What there is nothing to take from is neutral. */
void dicrec__pattern_read(const dicrec__pattern_sums *sums, double *pattern);

/** The pattern of a train of at least two intervals. */
void dicrec__pattern_of(dicrec__train train, double *pattern);

#endif
