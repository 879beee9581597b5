/* SPDX-License-Identifier: MIT */
#include "estimator/layer.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* OpenBLAS starts threads of its own for products above 2^18 multiplications, which costs more than it gains here. */
static const size_t largest_product = 1 << 18;

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
  *layer = (dicrec__layer){weight->values, bias->values, (int)weight->dims[1], (int)weight->dims[0]};
  return DICREC_OK;
}

void dicrec__activate(float *values, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const float x = values[i];
    values[i] = 0.5F * x * (1.0F + x / sqrtf(1.0F + x * x));
  }
}

void dicrec__layer_apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  const size_t n_out = (size_t)layer->n_out;
  for (size_t r = 0; r < n_rows; ++r) memcpy(out + r * n_out, layer->bias, n_out * sizeof(float));
  const size_t per_row = (size_t)layer->n_in * n_out;
  const size_t block = per_row < largest_product ? largest_product / per_row : 1;
  for (size_t r = 0; r < n_rows; r += block) {
    const size_t n = n_rows - r < block ? n_rows - r : block;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, layer->n_out, layer->n_in, 1.0F,
                in + r * (size_t)layer->n_in, layer->n_in, layer->weight, layer->n_in, 1.0F, out + r * n_out,
                layer->n_out);
  }
}
