/* SPDX-License-Identifier: MIT */
/** @file scale.h The time scale under which a train is most like the training trains. */
#ifndef DICREC_ESTIMATOR_SCALE_H
#define DICREC_ESTIMATOR_SCALE_H

#include "estimator/network.h"
#include "estimator/support.h"

/** A train of at least three spikes in front of a network. */
typedef struct dicrec__view {
  const dicrec__network *network;
  const dicrec__support *support;
  dicrec__scratch *scratch;
  const double *times_ms;
  size_t n_times;
} dicrec__view;

/** Support at a time scale, from the whole train; leaves the features in the scratch. */
double dicrec__scale_support(const dicrec__view *view, double time_scale);

/**
 * Choose a time scale: 1 if it has a support of at least 0.05, otherwise the one with the highest support
 * in 0.1 to 100, ties towards 1, and 1 if there is no support anywhere.
 */
double dicrec__scale_find(const dicrec__view *view);

#endif
