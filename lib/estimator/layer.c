/* SPDX-License-Identifier: MIT */
#include "estimator/layer.h"

#include <cblas.h>
#include <stdio.h>

#include "estimator/activation.h"

/* OpenBLAS starts threads of its own for products above 2^18 multiplications, which costs more than it gains here. */
static const size_t largest_product = 1 << 18;

/* For what is left of the columns after strips as wide as its vectors, some kernels of OpenBLAS allocate memory. */
enum { STRIP = 16 };

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

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/** Columns `first` to n_out (excluded), without BLAS. */
static void multiply_plainly(const float *in, size_t n_rows, size_t n_in, const float *columns, size_t first,
                             size_t n_out, float *out) {
  for (size_t r = 0; r < n_rows; ++r) {
    float sums[STRIP] = {0};
    for (size_t i = 0; i < n_in; ++i)
      for (size_t c = first; c < n_out; ++c) sums[c - first] += in[r * n_in + i] * columns[i * n_out + c];
    for (size_t c = first; c < n_out; ++c) out[r * n_out + c] = sums[c - first];
  }
}

void dicrec__product(const float *in, size_t n_rows, size_t n_in, const float *columns, size_t n_out, float *out) {
  const size_t whole = n_out / STRIP * STRIP, fitting = largest_product / (n_in * n_out);
  const size_t narrow = n_in < largest_product / STRIP ? largest_product / n_in / STRIP * STRIP : STRIP;
  const size_t rows = fitting > 0 ? fitting : 1, width = fitting > 0 ? n_out : narrow;
  for (size_t r = 0; r < n_rows; r += rows)
    for (size_t c = 0; c < whole; c += width)
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)least(rows, n_rows - r), (int)least(width, whole - c),
                  (int)n_in, 1.0F, in + r * n_in, (int)n_in, columns + c, (int)n_out, 0.0F, out + r * n_out + c,
                  (int)n_out);
  if (whole < n_out) multiply_plainly(in, n_rows, n_in, columns, whole, n_out, out);
}

static void apply(const dicrec__layer *layer, const float *in, size_t n_rows, float *out) {
  dicrec__product(in, n_rows, (size_t)layer->n_in, layer->weight, (size_t)layer->n_out, out);
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
