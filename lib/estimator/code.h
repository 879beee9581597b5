/* SPDX-License-Identifier: MIT */
/** @file network.h Forward pass from the sums of trains: features, code, and what the heads say; many at once. */
#ifndef DICREC_ESTIMATOR_CODE_H
#define DICREC_ESTIMATOR_CODE_H

#include "dicrec/spikes.h"
#include "estimator/embedding.h"
#include "estimator/mixture.h"
#include "spikes/pattern.h"

/** Classes of neurons: those of dicrec_activity. */
enum { DICREC__N_CLASSES = DICREC_ACTIVITY_IRREGULAR + 1 };

typedef struct dicrec__network {
  dicrec__embedding embedding;
  const float *pattern_center, *pattern_scale; /**< [DICREC__PATTERN_SIZE] */
  dicrec__layer code[3], head[2], classes[2];
  const float *silent; /**< [DICREC__HEAD_PER_PART n_silent], what the head would say of silent trains */
  size_t n_silent, n_components;
  size_t n_features, n_code;
} dicrec__network;

/** Find the layers in the weights and check that they fit together. */
dicrec_status dicrec__code_bind(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network);

/** Units of the widest hidden layer after the embedding. */
size_t dicrec__code_hidden(const dicrec__network *network);

/**
 * Features [n_features] of a train of `n_intervals`: mean and spread of the units of its windows, which the sums hold,
 * the count, and its pattern [DICREC__PATTERN_SIZE] in the model's time. They are not finite if numbers overflow.
 */
void dicrec__code_features(const dicrec__network *network, const dicrec__sums *sums, size_t n_intervals,
                           const double *pattern, float *features);

/** Codes [n][n_code] of features [n][n_features]. `hidden`: [2 n][dicrec__code_hidden()], to work in. */
void dicrec__code_read(const dicrec__network *network, const float *features, size_t n, float *hidden, float *code);

/** Parameters of the mixture [n][DICREC__HEAD_PER_PART n_components] and logits of the classes [n][4] of codes. */
void dicrec__code_heads(const dicrec__network *network, const float *code, size_t n, float *hidden, float *head,
                        float *classes);

#endif
