/* SPDX-License-Identifier: MIT */
#include "network/layer.h"

#include <stdio.h>

#include "network/blas.h"
#include "network/format.h"
#include "network/product.h"

dicrec_status dicrec__layer_bind(dicrec_context *context, const dicrec__weights *weights, const char *name, int n_in,
                                 int n_out, dicrec__layer *layer) {
  char full[64];
  const dicrec__tensor *weight, *bias;
  snprintf(full, sizeof full, "%s" DICREC__LAYER_WEIGHT, name);
  dicrec_status status =
      dicrec__weights_tensor(context, weights, full, 2, (const size_t[2]){(size_t)n_out, (size_t)n_in}, &weight);
  if (status != DICREC_OK) return status;
  snprintf(full, sizeof full, "%s" DICREC__LAYER_BIAS, name);
  status = dicrec__weights_tensor(context, weights, full, 1, (const size_t[2]){weight->dims[0], 0}, &bias);
  if (status != DICREC_OK) return status;
  *layer = (dicrec__layer){weight->values, weight->columns, bias->values, (int)weight->dims[1], (int)weight->dims[0]};
  return DICREC_OK;
}

static void apply(const dicrec__layer *layer, const float *in, size_t n_rows, enum dicrec__then then,
                  const float *before, float *out) {
  const size_t n_in = (size_t)layer->n_in, n_out = (size_t)layer->n_out;
  const dicrec__product product = {in, layer->weight, layer->bias, before, out, n_rows, n_in, n_out, then};
  const bool is_large = layer->columns != NULL && n_rows > DICREC__OWN_ROWS;
  if (is_large && dicrec__blas_multiply(in, n_rows, n_in, layer->columns, n_out, out)) dicrec__finish(&product);
  else dicrec__multiply(&product);
}

void dicrec__layer_apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  apply(layer, in, n_rows, DICREC__AS_IS, NULL, out);
}

void dicrec__layer_apply_active(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  apply(layer, in, n_rows, DICREC__ACTIVATE, NULL, out);
}

void dicrec__layer_apply_onto(const dicrec__layer *layer, const float *in, size_t n_rows, const float *before,
                              float *out) {
  apply(layer, in, n_rows, DICREC__ACTIVATE_ONTO, before, out);
}
