/* SPDX-License-Identifier: MIT */
/** @file screen.h How far what a candidate is predicted to fire is from the input. */
#ifndef DICREC_RECONSTRUCT_SCREEN_H
#define DICREC_RECONSTRUCT_SCREEN_H

#include "dicrec/spikes.h"
#include "estimator/forward.h"

/** What the input asks of a candidate. */
typedef struct dicrec__screen {
  int32_t activity;                      /**< spiking or bursting */
  double asked[DICREC__N_PREDICTED];     /**< logarithms, in the model's time; NaN: the input does not show it */
  double target[DICREC__N_PREDICTED];    /**< what predictions should be: asked for, less their bias */
  double tolerance[DICREC__N_PREDICTED]; /**< of the logarithms: that of the method and the input's sampling error */
} dicrec__screen;

/** Mean errors of predictions about candidates for one input, in the logarithm. */
typedef struct dicrec__bias {
  double sum[DICREC__N_PREDICTED];
  double n[DICREC__N_PREDICTED];
} dicrec__bias;

/** Standard errors that a train of finite length leaves of its statistics, relative; 0 for those it does not show. */
typedef struct dicrec__sampling_error {
  double rate, spikes_per_burst;
} dicrec__sampling_error;

dicrec__sampling_error dicrec__sampling_error_of(const dicrec_spike_statistics *input);

void dicrec__screen_init(dicrec__screen *screen, const dicrec_spike_statistics *input, double time_scale);

/** How far a prediction is from the target, in tolerances, its own uncertainty included: at most 1 is a match. */
double dicrec__screen_mismatch(const dicrec__screen *screen, const dicrec__prediction *prediction);

/** Count what a candidate fired at a time scale. */
void dicrec__bias_add(dicrec__bias *bias, const dicrec__screen *screen, const dicrec__prediction *prediction,
                      const dicrec_spike_statistics *fired, double time_scale);

/** Aim so that predictions with this bias hit what is asked for. */
void dicrec__screen_shift(dicrec__screen *screen, const dicrec__bias *bias);

#endif
