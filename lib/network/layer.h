/* SPDX-License-Identifier: MIT */
/** @file layer.h Dense layers of weights, applied to many rows at once. */
#ifndef DICREC_NETWORK_LAYER_H
#define DICREC_NETWORK_LAYER_H

#include "network/weights.h"

/** out = weight in + bias; the numbers belong to the weights. */
typedef struct dicrec__layer {
  const float *weight;  /**< [n_in][n_out], packed */
  const float *columns; /**< the same for BLAS, [n_in][n_out], or NULL where it is not wanted */
  const float *bias;
  int n_in, n_out;
} dicrec__layer;

/** Find NAME.weight [n_out][n_in] and NAME.bias [n_out]; 0 for a size: any. OK or E_WEIGHTS. */
dicrec_status dicrec__layer_bind(dicrec_context *context, const dicrec__weights *weights, const char *name, int n_in,
                                 int n_out, dicrec__layer *layer);

/** in: [n_rows][n_in], out: [n_rows][n_out]. */
void dicrec__layer_apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out);

/** The same, and DICREC__ACTIVATE of product.h. */
void dicrec__layer_apply_active(const dicrec__layer *layer, const float *in, size_t n_rows, float *out);

/** The same, and DICREC__ACTIVATE_ONTO the rows [n_rows][n_out] of `before`. */
void dicrec__layer_apply_onto(const dicrec__layer *layer, const float *in, size_t n_rows, const float *before,
                              float *out);

#endif
