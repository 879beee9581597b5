/* SPDX-License-Identifier: MIT */
/** @file reconstruction.h The inside of a reconstruction. */
#ifndef DICREC_RECONSTRUCT_RECONSTRUCTION_H
#define DICREC_RECONSTRUCT_RECONSTRUCTION_H

#include "core/context.h"
#include "core/owners.h"
#include "dicrec/reconstruct.h"
#include "population/population.h"
#include "spikes/intervals.h"
#include "spikes/spikes.h"

/** The train that a member fired in its simulation, and how it compares with the input. */
typedef struct dicrec__member_train {
  bool accepted;
  double distance;                     /**< NaN if silent */
  dicrec__interval_distance intervals; /**< to those of the input; NaN if there are none */
  dicrec_spike_statistics statistics;
  double *times_ms; /**< [n_times] */
  size_t n_times;
} dicrec__member_train;

struct dicrec_reconstruction {
  dicrec__allocator allocator;
  dicrec__owners owners;
  dicrec_posterior *posterior;
  dicrec_population *population;
  dicrec__member_train *trains; /**< [n_members], or NULL without verify */
  double *mismatch;             /**< [n_members], predicted; NULL without screening */
  double *spread_kept;          /**< [n_channels], or NULL without screening and verify */
  double *candidates;           /**< [2][n_channels], means and standard deviations, or NULL like that */
  dicrec_reconstruction_report report;
  dicrec_status status; /**< of its train; negative: there is neither posterior nor population */
  char *text;           /**< of the failure or remark; NULL: none */
};

/** Free all that a reconstruction lends. */
void dicrec__reconstruction_clear(dicrec_reconstruction *reconstruction);

/** Keep how its train ended; false if there is no memory for the text. */
bool dicrec__reconstruction_conclude(dicrec_reconstruction *reconstruction, dicrec_status status, const char *text);

#endif
