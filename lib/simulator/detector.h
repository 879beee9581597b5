/* SPDX-License-Identifier: MIT */
/** @file detector.h What counts as a spike: an upward crossing, re-armed by a fall; and what is still a neuron. */
#ifndef DICREC_SIMULATOR_DETECTOR_H
#define DICREC_SIMULATOR_DETECTOR_H

#include <math.h>
#include <stdbool.h>

/** The next spike counts only after V has fallen so far below the level of a spike, mV. */
#define DICREC__REARM_BELOW_MV 10.0

/** Beyond this the solution is not physical, mV. */
#define DICREC__UNSTABLE_MV 500.0

/** Whether V rises through the level in a step between two voltages. `armed`: whether a spike may come; true before the
 * first step. */
static inline bool dicrec__detect_spike(bool *armed, double level_mv, double before_mv, double after_mv) {
  if (!*armed) {
    *armed = after_mv < level_mv - DICREC__REARM_BELOW_MV;
    return false;
  }
  const bool spikes = before_mv <= level_mv && after_mv > level_mv;
  if (spikes) *armed = false;
  return spikes;
}

/** Whether a solution may go on from here; not a number: it may not. */
static inline bool dicrec__is_physical(double v_mv) { return fabs(v_mv) < DICREC__UNSTABLE_MV; }

#endif
