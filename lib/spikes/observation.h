/* SPDX-License-Identifier: MIT */
/** @file observation.h When a train was observed: the options read and checked, and the segments that follow. */
#ifndef DICREC_SPIKES_OBSERVATION_H
#define DICREC_SPIKES_OBSERVATION_H

#include "dicrec/spikes.h"
#include "spikes/segments.h"

/** Options of a train, with what follows from them. */
typedef struct dicrec__observation {
  dicrec_spikes_options options;
  const char *unit;               /**< name of the unit of time */
  double unit_ms, latest;         /**< ms in a unit; the limit of times, in units */
  double slack_ms;                /**< by so much a spike may lie beyond an edge of a window or gap */
  size_t n_gaps, n_trials;        /**< at least one trial */
  size_t n_segments, n_unbounded; /**< segments; trials that have spikes and no window but these */
  bool is_plain;                  /**< one segment, from first spike to last */
} dicrec__observation;

/** Read the options of a train of n spikes and check what does not depend on when these are. */
dicrec_status dicrec__observation_read(dicrec_context *context, const dicrec_spikes_options *options, size_t n,
                                       dicrec__observation *observation);

/** How many of n spikes a trial has. */
size_t dicrec__trial_size(const dicrec__observation *observation, size_t trial, size_t n);

enum { DICREC__TRIAL_NAME = 64 };

/** "trial 3: ", what a message about a trial begins with; empty if there are none. */
void dicrec__trial_name(const dicrec__observation *observation, size_t trial, char name[DICREC__TRIAL_NAME]);

/** Divide n times, strictly increasing in every trial, into the segments [n_segments]. OK, E_RANGE or E_SPIKES. */
dicrec_status dicrec__observation_divide(dicrec_context *context, const dicrec__observation *observation,
                                         const double *times_ms, size_t n, dicrec__segment *segments);

#endif
