/* SPDX-License-Identifier: MIT */
/**
 * @file forward.h
 * The forward networks: the pattern of what a neuron of given conductances and noise would fire, with its own
 * uncertainty, without simulating. One network answers for neurons without noise, one for those with.
 */
#ifndef DICREC_NETWORK_FORWARD_H
#define DICREC_NETWORK_FORWARD_H

#include "dicrec/dic.h"
#include "dicrec/spikes.h"
#include "models/model.h"
#include "network/format.h"
#include "network/layer.h"
#include "spikes/pattern.h"

/** Layers of a network, with its output. */
enum { DICREC__FORWARD_LAYERS = DICREC__FORWARD_HIDDEN + 1 };

/** Classes of trains: those of dicrec_activity that trains have. */
enum { DICREC__FORWARD_CLASSES = DICREC_ACTIVITY_BURSTING + 1 };

/** What the networks say of one candidate; numbers are those of an absolute pattern at time scale 1. */
typedef struct dicrec__prediction {
  double activity[DICREC__FORWARD_CLASSES]; /**< probabilities */
  double mean[DICREC__PATTERN_SIZE];
  double spread[DICREC__PATTERN_SIZE]; /**< scales of Student's law around them, over noise and what is not known */
} dicrec__prediction;

typedef struct dicrec__forward {
  bool present;
  const float *offset, *center, *scale; /**< of the inputs: [n_channels], [n_inputs], [n_inputs] */
  const float *duration;                /**< [2], what the logarithm of a duration in ms is standardised by */
  const float *least_spread;            /**< [DICREC__PATTERN_SIZE], what the networks resolve at their best */
  double log_noise[2];
  int n_channels, n_inputs;
  dicrec__layer layers[2][DICREC__FORWARD_LAYERS]; /**< without noise, with noise */
} dicrec__forward;

/** Neurons whose firing is to be predicted. */
typedef struct dicrec__forward_neurons {
  size_t n;
  const double *conductances; /**< [n][n_channels] */
  const double *dics;         /**< [n][DICREC_DIC_COUNT] */
  const double *noise_std;    /**< [n], uA/cm2 */
  double duration_ms;         /**< from the first to the last spike of the trains, at time scale 1 */
} dicrec__forward_neurons;

/**
 * Find the networks in the weights; weights without any are OK and leave `present` false. log_noise: logarithms of the
 * least and the largest noise that was trained. OK or E_WEIGHTS.
 */
dicrec_status dicrec__forward_bind(dicrec_context *context, const dicrec__weights *weights, int n_channels,
                                   const double log_noise[2], dicrec__forward *forward);

/** Predict what neurons fire: predictions [n]. OK or E_MEMORY. */
dicrec_status dicrec__forward_predict(dicrec_context *context, const dicrec__forward *forward,
                                      const dicrec__forward_neurons *neurons, dicrec__prediction *predictions);

#endif
