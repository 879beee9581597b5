/* SPDX-License-Identifier: MIT */
#include "estimator/layer.h"

#include <stdio.h>

#include "estimator/activation.h"
#include "estimator/blas.h"
#include "estimator/product.h"

dicrec_status dicrec__layer_bind(dicrec_context *context, const dicrec__weights *weights, const char *name, int n_in,
                                 int n_out, dicrec__layer *layer) {
  char full[64];
  const dicrec__tensor *weight, *bias;
  snprintf(full, sizeof full, "%s.weight", name);
  dicrec_status status =
      dicrec__weights_tensor(context, weights, full, 2, (const size_t[2]){(size_t)n_out, (size_t)n_in}, &weight);
  if (status != DICREC_OK) return status;
  snprintf(full, sizeof full, "%s.bias", name);
  status = dicrec__weights_tensor(context, weights, full, 1, (const size_t[2]){weight->dims[0], 0}, &bias);
  if (status != DICREC_OK) return status;
  *layer = (dicrec__layer){weight->values, weight->columns, bias->values, (int)weight->dims[1], (int)weight->dims[0]};
  return DICREC_OK;
}

static void apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  const size_t n_in = (size_t)layer->n_in, n_out = (size_t)layer->n_out;
  const bool is_large = layer->columns != NULL && n_rows > DICREC__OWN_ROWS;
  if (is_large && dicrec__blas_multiply(in, n_rows, n_in, layer->columns, n_out, out)) return;
  dicrec__multiply(in, n_rows, n_in, layer->weight, n_out, out);
}

void dicrec__layer_apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  const size_t n_out = (size_t)layer->n_out;
  apply(layer, in, n_rows, out);
  for (size_t r = 0; r < n_rows; ++r)
    for (size_t u = 0; u < n_out; ++u) out[r * n_out + u] += layer->bias[u];
}

void dicrec__layer_apply_active(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  apply(layer, in, n_rows, out);
  dicrec__activate(out, layer->bias, n_rows, (size_t)layer->n_out);
}

void dicrec__layer_apply_onto(const dicrec__layer *layer, const float *in, size_t n_rows, const float *before,
                              float *out) {
  apply(layer, in, n_rows, out);
  dicrec__activate_onto(before, out, layer->bias, n_rows, (size_t)layer->n_out);
}
