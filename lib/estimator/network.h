/* SPDX-License-Identifier: MIT */
/** @file network.h Forward pass: intervals to pooled features, code, and the raw parameters of a mixture. */
#ifndef DICREC_ESTIMATOR_NETWORK_H
#define DICREC_ESTIMATOR_NETWORK_H

#include "estimator/layer.h"

#define DICREC__WINDOW        4   /**< intervals that a window sees */
#define DICREC__CHUNK         512 /**< windows per product: bounds the memory of long trains */
#define DICREC__ALL_WINDOWS   0   /**< no limit on the windows */
#define DICREC__HEAD_PER_PART 6   /**< numbers per component of the mixture */

typedef struct dicrec__network {
  const float *input_scale; /**< [4]: offset and scale of ln interval, offset and scale of ln count */
  dicrec__layer embed[2], code[2], head[2];
  int n_pooled, n_features; /**< features are the pooled values, then the code */
} dicrec__network;

/** What one run works in. */
typedef struct dicrec__scratch {
  dicrec__allocator allocator;
  float *features; /**< [n_features] */
  float *head;     /**< [outputs of the head] */
  float *hidden;
  double *x;
  float *windows, *first, *second;
  double *mean, *spread, *chunk_mean, *chunk_spread;
} dicrec__scratch;

/** Find the layers in the weights and check that they fit together. */
dicrec_status dicrec__network_bind(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network);

/** Get working memory for trains of up to `n_times` spikes, bounded for long ones. `scratch` is zeroed by the caller.
 */
dicrec_status dicrec__scratch_create(dicrec_context *context, const dicrec__network *network, size_t n_times,
                                     dicrec__scratch *scratch);

void dicrec__scratch_free(dicrec__scratch *scratch);

/**
 * Features of a train of at least three spikes, into scratch->features. Above `max_chunks` chunks of windows
 * (DICREC__ALL_WINDOWS: no limit), that many, evenly spaced, are used. They are not finite if numbers overflow.
 */
void dicrec__network_features(const dicrec__network *network, dicrec__scratch *scratch, const double *times_ms,
                              size_t n_times, double time_scale, size_t max_chunks);

/** Parameters of the mixture for scratch->features, into scratch->head. */
void dicrec__network_head(const dicrec__network *network, dicrec__scratch *scratch);

#endif
