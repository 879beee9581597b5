/* SPDX-License-Identifier: MIT */
/** @file screen.h How far what a candidate is predicted to fire is from the input. */
#ifndef DICREC_RECONSTRUCT_SCREEN_H
#define DICREC_RECONSTRUCT_SCREEN_H

#include "dicrec/spikes.h"
#include "network/forward.h"
#include "spikes/segments.h"

/** Standard errors that a train of finite length leaves of its statistics; 0 for those it does not show. */
typedef struct dicrec__sampling_error {
  double rate, spikes_per_burst; /**< relative */
  double cv;
} dicrec__sampling_error;

dicrec__sampling_error dicrec__sampling_error_of(const dicrec_spike_statistics *input);

/** Standard error of the CV of n intervals, of a normal law. */
double dicrec__cv_error(double cv, double n);

/** Absolute numbers of a pattern as a neuron would fire it in the model's own time. */
void dicrec__pattern_in_model_time(const double *pattern, double time_scale, double absolute[DICREC__PATTERN_SIZE]);

/** Trains of fewer intervals are compared by their rate and class alone. */
#define DICREC__LEAST_INTERVALS 8

/** What the input asks of a candidate. Numbers are those of an absolute pattern in the model's time. */
typedef struct dicrec__screen {
  /**
   * The input shows no noise: every candidate is taken for one without, and must fire the very pattern. Else trains
   * of a candidate scatter, and the input must be a likely one of them.
   */
  bool is_regular;
  bool is_allowed[DICREC__FORWARD_CLASSES]; /**< classes of candidates for a regular input: its own, or at the border
                                               both */
  double asked[DICREC__PATTERN_SIZE];       /**< NaN: the input does not show it */
  double tolerance[DICREC__PATTERN_SIZE];   /**< with the input's sampling error; 0: not compared */
  double duration_ms;                       /**< of the intervals of the input */
} dicrec__screen;

void dicrec__screen_init(dicrec__screen *screen, dicrec__train train, double time_scale, bool is_regular);

/** Whether a number is compared. */
static inline bool dicrec__screen_compares(const dicrec__screen *screen, int k) {
  return screen->tolerance[k] > 0.0 && screen->asked[k] == screen->asked[k];
}

/**
 * How far a prediction is from the input, in tolerances: at most 1 is a match. What the prediction itself is not sure
 * of, or what trains of the neuron scatter by, widens the tolerances.
 */
double dicrec__screen_mismatch(const dicrec__screen *screen, const dicrec__prediction *prediction);

/** How far an absolute pattern that a candidate fired is from a regular input, in tolerances. */
double dicrec__screen_mismatch_of_fired(const dicrec__screen *screen, const double *fired);

#endif
