/* SPDX-License-Identifier: MIT */
/**
 * @file forward.h
 * The forward network: what a neuron of given conductances would fire, with its own uncertainty, without simulating.
 * One network answers for spiking inputs, one for bursting ones.
 */
#ifndef DICREC_ESTIMATOR_FORWARD_H
#define DICREC_ESTIMATOR_FORWARD_H

#include "dicrec/dic.h"
#include "dicrec/spikes.h"
#include "estimator/layer.h"
#include "models/model.h"

/** Statistics that are predicted, each as its natural logarithm; the spiking network has the first four alone. */
enum dicrec__predicted {
  DICREC__ISI_MEAN = 0,
  DICREC__ISI_CV,
  DICREC__ISI_MIN,
  DICREC__ISI_MAX,
  DICREC__N_OF_SPIKING,
  DICREC__SPIKES_PER_BURST = DICREC__N_OF_SPIKING,
  DICREC__BURST_PERIOD,
  DICREC__BURST_DURATION,
  DICREC__N_PREDICTED
};

/** Regular neurons have a CV of 0 within rounding: it is not resolved below this. */
#define DICREC__LEAST_CV 0.01

/** Hidden layers of a network, and with its output. */
enum { DICREC__FORWARD_HIDDEN = 3, DICREC__FORWARD_LAYERS = DICREC__FORWARD_HIDDEN + 1 };

/** What one network says of one candidate. */
typedef struct dicrec__prediction {
  double activity[3];                 /**< probabilities of silent, spiking, bursting */
  double mean[DICREC__N_PREDICTED];   /**< logarithms of ms, of a number, of a CV */
  double spread[DICREC__N_PREDICTED]; /**< scales of Student's law around them; 0 beyond what the network has */
} dicrec__prediction;

typedef struct dicrec__forward {
  bool present;
  const float *offset, *center, *scale; /**< of the inputs: [n_channels], [n_inputs], [n_inputs] */
  int n_channels, n_inputs;
  dicrec__layer layers[2][DICREC__FORWARD_LAYERS]; /**< of the spiking network, of the bursting one */
} dicrec__forward;

/** Find the networks in the weights; weights without any are OK and leave `present` false. OK or E_WEIGHTS. */
dicrec_status dicrec__forward_bind(dicrec_context *context, const dicrec__weights *weights, int n_channels,
                                   dicrec__forward *forward);

/**
 * Predict what n candidates fire, with the network of an activity (spiking or bursting).
 * conductances: [n][n_channels], dics: [n][DICREC_DIC_COUNT]. OK or E_MEMORY.
 */
dicrec_status dicrec__forward_predict(dicrec_context *context, const dicrec__forward *forward, int32_t activity,
                                      const double *conductances, const double *dics, size_t n,
                                      dicrec__prediction *predictions);

#endif
