/* SPDX-License-Identifier: MIT */
/** @file detector.h What counts as a spike: an upward crossing, re-armed by a fall. */
#ifndef DICREC_SIMULATOR_DETECTOR_H
#define DICREC_SIMULATOR_DETECTOR_H

/** A spike is V rising through this, mV. */
#define DICREC__SPIKE_MV 10.0

/** The next spike counts only after V has fallen below this, mV. */
#define DICREC__REARM_MV 0.0

/** Beyond this the solution is not physical, mV. */
#define DICREC__UNSTABLE_MV 500.0

#endif
