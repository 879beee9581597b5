/* SPDX-License-Identifier: MIT */
/** @file compare.h How far a train that a candidate fired is from the input. */
#ifndef DICREC_RECONSTRUCT_COMPARE_H
#define DICREC_RECONSTRUCT_COMPARE_H

#include "reconstruct/screen.h"
#include "spikes/intervals.h"

/** The input as it is compared with. */
typedef struct dicrec__comparison {
  const dicrec__screen *screen;
  dicrec_spike_statistics input;
  double time_scale;
  double rate_tolerance, burst_tolerance; /**< for a regular input, with the sampling error of the input */
  size_t n_intervals;
  double *intervals; /**< [n_intervals], ascending, ms */
} dicrec__comparison;

/** What a train that was fired is, beside its statistics. */
typedef struct dicrec__compared {
  double mismatch; /**< in tolerances: at most 1 is accepted; beyond DICREC__OTHER_CLASS: not even the class */
  double fired[DICREC__PATTERN_SIZE];  /**< absolute pattern in the model's time; NaN with fewer than three spikes */
  dicrec__interval_distance intervals; /**< to those of the input; NaN with fewer than three spikes */
} dicrec__compared;

/** Mismatch of a train of another class than the input's: beyond that of any rate. */
#define DICREC__OTHER_CLASS 1e12

/** `intervals` has room for the intervals of the input. */
void dicrec__comparison_init(dicrec__comparison *comparison, const dicrec__screen *screen, dicrec__train train,
                             double time_scale, double *intervals);

/** Compare a train with its statistics; `sorted` has room for its intervals. */
dicrec__compared dicrec__compare(const dicrec__comparison *comparison, dicrec__train train,
                                 const dicrec_spike_statistics *statistics, double *sorted);

#endif
