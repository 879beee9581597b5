/* SPDX-License-Identifier: MIT */
/** @file time_scale_search.h The time scale under which a train is most like the training trains. */
#ifndef DICREC_ESTIMATOR_TIME_SCALE_SEARCH_H
#define DICREC_ESTIMATOR_TIME_SCALE_SEARCH_H

#include "estimator/scratch.h"

/** A time scale and the lowest and highest that fit as well. */
typedef struct dicrec__time_scale_found {
  double best, interval[2];
} dicrec__time_scale_found;

/**
 * Choose a time scale for a train of at least two intervals: 1 if it has a support of at least 0.05, otherwise the one
 * with the highest support in 0.1 to 100, ties towards 1, and 1 if there is no support anywhere. The interval is the
 * run of tried scales around it with at least half of its support; 1 and 1 where 1 is chosen. Uses all rows of the
 * scratch.
 */
dicrec__time_scale_found dicrec__time_scale_search(const dicrec__reader *reader, dicrec__scratch *scratch,
                                                   dicrec__train train);

#endif
