/* SPDX-License-Identifier: MIT */
/**
 * @file flow.h
 * The law of a member's base draw given what the spikes say: coordinate by coordinate, each a mixture of Gaussians
 * whose parameters a small network computes from the code, the DICs, the noise and the coordinates before. Coordinates
 * are those of dicrec__member_law: of the leak, then of each free channel, standard normal over all neurons.
 */
#ifndef DICREC_ESTIMATOR_FLOW_H
#define DICREC_ESTIMATOR_FLOW_H

#include "core/random.h"
#include "estimator/mixture.h"
#include "models/model.h"
#include "network/layer.h"

enum { DICREC__FLOW_LAYERS = 3 };

typedef struct dicrec__flow {
  int n_coordinates; /**< 0: the weights have no law of base draws */
  int n_code;
  dicrec__layer layers[DICREC__MAX_CHANNELS][DICREC__FLOW_LAYERS];
} dicrec__flow;

/** A member so far, and where its random numbers come from. */
typedef struct dicrec__flow_draw {
  double dics[2], noise_std;
  uint64_t stream;
} dicrec__flow_draw;

/** Find the layers in the weights; weights without any are OK and leave no coordinates. OK or E_WEIGHTS. */
dicrec_status dicrec__flow_bind(dicrec_context *context, const dicrec__weights *weights, int n_code, int n_coordinates,
                                dicrec__flow *flow);

/**
 * Numbers of the law of coordinate k, [n][n_out of its last layer] in the blocks of format.h, of rows of inputs: the
 * code, what is given beside it, the coordinates before. `hidden` and `more`: [n][n_out of its first layer], to work
 * in.
 */
void dicrec__flow_law(const dicrec__flow *flow, int k, const float *rows, size_t n, float *hidden, float *more,
                      float *out);

/**
 * Draw the coordinates [n][n_coordinates] of n members of one code [n_code]; `target` is what the network's DICs and
 * noise are standardised by. OK or E_MEMORY.
 */
dicrec_status dicrec__flow_sample(dicrec_context *context, const dicrec__flow *flow, const float *code,
                                  const dicrec__target *target, uint64_t seed, const dicrec__flow_draw *draws, size_t n,
                                  double *coordinates);

#endif
