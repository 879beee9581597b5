/* SPDX-License-Identifier: MIT */
/**
 * @file segments.h
 * What all readers of spikes are given: times, divided into the stretches that were observed without a gap. Intervals
 * are those inside a segment.
 */
#ifndef DICREC_SPIKES_SEGMENTS_H
#define DICREC_SPIKES_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>

/** A stretch that was observed without a gap, and its spikes. */
typedef struct dicrec__segment {
  double start_ms, stop_ms;
  size_t first, n; /**< of the spikes */
} dicrec__segment;

/** A train that others own; small, and handed on by value. */
typedef struct dicrec__train {
  const double *times_ms;          /**< [n], strictly increasing in every segment */
  size_t n, n_intervals;           /**< spikes; intervals */
  const dicrec__segment *segments; /**< [n_segments]; NULL: there is one, from the first spike to the last */
  size_t n_segments;
  size_t n_counted;   /**< spikes that the observed time is divided by: without a window one is the end of none */
  double observed_ms; /**< length of the segments */
} dicrec__train;

/** The train of n strictly increasing times, observed from the first to the last. */
dicrec__train dicrec__train_of(const double *times_ms, size_t n);

/** The train of n times in segments that hold them all; `n_unbounded` trials have no window but their spikes. */
dicrec__train dicrec__train_in(const double *times_ms, size_t n, const dicrec__segment *segments, size_t n_segments,
                               size_t n_unbounded);

dicrec__segment dicrec__train_segment(dicrec__train train, size_t index);

/** The segment of the most spikes, the first of them. */
dicrec__segment dicrec__train_longest(dicrec__train train);

/** Sum of the intervals: without a gap, the time from the first spike to the last. */
double dicrec__train_covered_ms(dicrec__train train);

/** The shortest interval and the longest; infinity and 0 if there is none. */
void dicrec__train_extremes(dicrec__train train, double *shortest_ms, double *longest_ms);

/** Too few intervals to classify how a neuron fires. */
static inline bool dicrec__train_is_silent(dicrec__train train) { return train.n_intervals < 2; }

#endif
