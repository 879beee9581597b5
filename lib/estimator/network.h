/* SPDX-License-Identifier: MIT */
/** @file network.h Forward pass from the sums of trains: pooled values, code, and what the heads say; many at once. */
#ifndef DICREC_ESTIMATOR_NETWORK_H
#define DICREC_ESTIMATOR_NETWORK_H

#include "estimator/embedding.h"

enum {
  DICREC__HEAD_PER_PART = 6, /**< numbers per component of the mixture */
  DICREC__N_CLASSES = 4      /**< silent, spiking, bursting, irregular */
};

typedef struct dicrec__network {
  dicrec__embedding embedding;
  dicrec__layer code[2], head[2], classes[2];
  const float *silent; /**< [DICREC__HEAD_PER_PART n_silent], what the head would say of silent trains */
  size_t n_silent, n_components;
  size_t n_pooled, n_code;
} dicrec__network;

/** Find the layers in the weights and check that they fit together. */
dicrec_status dicrec__network_bind(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network);

/** Units of the widest hidden layer after the embedding. */
size_t dicrec__network_hidden(const dicrec__network *network);

/**
 * Pooled values [n_pooled] of a train of `n_intervals`, of which the sums hold the windows. They are not finite if
 * numbers overflow.
 */
void dicrec__network_pooled(const dicrec__network *network, const dicrec__sums *sums, size_t n_intervals,
                            float *pooled);

/** Codes [n][n_code] of pooled values [n][n_pooled]. `hidden`: [n][dicrec__network_hidden()], to work in. */
void dicrec__network_code(const dicrec__network *network, const float *pooled, size_t n, float *hidden, float *code);

/** Parameters of the mixture [n][6 n_components] and logits of the classes [n][4] of codes. */
void dicrec__network_heads(const dicrec__network *network, const float *code, size_t n, float *hidden, float *head,
                           float *classes);

#endif
