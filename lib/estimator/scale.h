/* SPDX-License-Identifier: MIT */
/** @file scale.h The time scale under which a train is most like the training trains. */
#ifndef DICREC_ESTIMATOR_SCALE_H
#define DICREC_ESTIMATOR_SCALE_H

#include "estimator/scratch.h"

/** A time scale and the lowest and highest that fit as well. */
typedef struct dicrec__scale {
  double best, interval[2];
} dicrec__scale;

/**
 * Choose a time scale for a train of at least two intervals: 1 if it has a support of at least 0.05, otherwise the one
 * with the highest support in 0.1 to 100, ties towards 1, and 1 if there is no support anywhere. The interval is the
 * run of tried scales around it with at least half of its support; 1 and 1 where 1 is chosen. Uses all rows of the
 * scratch.
 */
dicrec__scale dicrec__scale_find(const dicrec__reader *reader, dicrec__scratch *scratch, dicrec__train train);

#endif
