/* SPDX-License-Identifier: MIT */
/** @file layer.h Dense layers of weights, applied to many rows at once. */
#ifndef DICREC_ESTIMATOR_LAYER_H
#define DICREC_ESTIMATOR_LAYER_H

#include "estimator/weights.h"

/** out = weight in + bias; the numbers belong to the weights. */
typedef struct dicrec__layer {
  const float *weight, *bias;
  int n_in, n_out;
} dicrec__layer;

/** Find NAME.weight [n_out][n_in] and NAME.bias [n_out]; 0 for a size: any. OK or E_WEIGHTS. */
dicrec_status dicrec__layer_bind(dicrec_context *context, const dicrec__weights *weights, const char *name, int n_in,
                                 int n_out, dicrec__layer *layer);

/** in: [n_rows][n_in], out: [n_rows][n_out]. */
void dicrec__layer_apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out);

/** x/2 (1 + x/sqrt(1 + x^2)) for each value: smooth, close to max(x, 0), and made of operations that vectors have. */
void dicrec__activate(float *values, size_t n);

#endif
