/* SPDX-License-Identifier: MIT */
#include "estimator/forward.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Candidates in one product: their hidden units fit in the cache. */
enum { BATCH = 256, N_DICS = 3 };

/* Inputs beyond these, in standard deviations, are far outside what was trained. */
static const float largest_input = 5.0F;

/* Scales below these are not believed: what the networks resolve at their best. */
static const double least_spread[DICREC__N_PREDICTED] = {0.003, 0.05, 0.005, 0.005, 0.01, 0.003, 0.01};

static int n_predicted(int network) { return network == 0 ? DICREC__N_OF_SPIKING : DICREC__N_PREDICTED; }

static dicrec_status bind_network(dicrec_context *context, const dicrec__weights *weights, int network, int n_inputs,
                                  dicrec__layer *layers) {
  int n_in = n_inputs;
  for (int k = 0; k < DICREC__FORWARD_LAYERS; ++k) {
    char name[48];
    snprintf(name, sizeof name, "forward.%s.layer.%d", network == 0 ? "spiking" : "bursting", k);
    const bool is_last = k == DICREC__FORWARD_HIDDEN;
    const int n_out = is_last ? 3 + 2 * n_predicted(network) : k == 0 ? 0 : n_in; /* hidden layers are added up */
    const dicrec_status status = dicrec__layer_bind(context, weights, name, n_in, n_out, &layers[k]);
    if (status != DICREC_OK) return status;
    n_in = layers[k].n_out;
  }
  return DICREC_OK;
}

dicrec_status dicrec__forward_bind(dicrec_context *context, const dicrec__weights *weights, int n_channels,
                                   dicrec__forward *forward) {
  *forward = (dicrec__forward){.n_channels = n_channels, .n_inputs = 2 * n_channels + N_DICS};
  if (!dicrec__weights_has(weights, "forward.")) return DICREC_OK;
  const size_t n_offsets[2] = {(size_t)n_channels, 0}, n_inputs[2] = {(size_t)forward->n_inputs, 0};
  const dicrec__tensor *offset, *center, *scale;
  dicrec_status status = dicrec__weights_tensor(context, weights, "forward.input.offset", 1, n_offsets, &offset);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, "forward.input.center", 1, n_inputs, &center);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, "forward.input.scale", 1, n_inputs, &scale);
  for (int network = 0; network < 2 && status == DICREC_OK; ++network)
    status = bind_network(context, weights, network, forward->n_inputs, forward->layers[network]);
  if (status != DICREC_OK) return status;
  for (int i = 0; i < forward->n_inputs; ++i)
    if (!(scale->values[i] > 0.0F) || (i < n_channels && !(offset->values[i] > 0.0F)))
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: place %d of forward.input has a scale or an offset of 0",
                          i);
  forward->offset = offset->values;
  forward->center = center->values;
  forward->scale = scale->values;
  forward->present = true;
  return DICREC_OK;
}

/*
 * Logarithms of the conductances, the conductances, the DICs; standardised. Rows of NaN, of members that could not be
 * made, have predictions that nobody asks for: zeros, since vectors signal an invalid operation where they compare NaN.
 */
static void lay_out_inputs(const dicrec__forward *forward, const double *conductances, const double *dics, float *row) {
  const int n = forward->n_channels;
  if (isnan(conductances[0])) {
    memset(row, 0, (size_t)forward->n_inputs * sizeof *row);
    return;
  }
  for (int c = 0; c < n; ++c) {
    row[c] = (float)log(conductances[c] + (double)forward->offset[c]);
    row[n + c] = (float)conductances[c];
  }
  for (int k = 0; k < N_DICS; ++k) row[2 * n + k] = (float)dics[k];
  for (int i = 0; i < forward->n_inputs; ++i) {
    const float x = (row[i] - forward->center[i]) / forward->scale[i];
    row[i] = fminf(fmaxf(x, -largest_input), largest_input);
  }
}

static void read_output(const float *out, int n, dicrec__prediction *prediction) {
  const double most = fmax((double)out[0], fmax((double)out[1], (double)out[2]));
  double sum = 0.0;
  for (int k = 0; k < 3; ++k) sum += prediction->activity[k] = exp((double)out[k] - most);
  for (int k = 0; k < 3; ++k) prediction->activity[k] /= sum;
  for (int k = 0; k < DICREC__N_PREDICTED; ++k) {
    prediction->mean[k] = k < n ? (double)out[3 + k] : (double)NAN;
    prediction->spread[k] = k < n ? exp((double)out[3 + n + k]) : 0.0;
    if (k < n && prediction->spread[k] < least_spread[k]) prediction->spread[k] = least_spread[k];
  }
}

/* Hidden layers after the first add to what came before. `hidden` and `more` are [n][n_hidden]. */
static void run_layers(const dicrec__layer *layers, const float *in, size_t n, float *hidden, float *more, float *out) {
  dicrec__layer_apply_active(&layers[0], in, n, hidden);
  for (int k = 1; k < DICREC__FORWARD_HIDDEN; ++k) {
    dicrec__layer_apply_onto(&layers[k], hidden, n, hidden, more);
    float *const before = hidden;
    hidden = more;
    more = before;
  }
  dicrec__layer_apply(&layers[DICREC__FORWARD_HIDDEN], hidden, n, out);
}

dicrec_status dicrec__forward_predict(dicrec_context *context, const dicrec__forward *forward, int32_t activity,
                                      const double *conductances, const double *dics, size_t n,
                                      dicrec__prediction *predictions) {
  const int network = activity == DICREC_ACTIVITY_BURSTING ? 1 : 0;
  const dicrec__layer *layers = forward->layers[network];
  const size_t n_inputs = (size_t)forward->n_inputs, n_hidden = (size_t)layers[0].n_out;
  const size_t n_out = (size_t)layers[DICREC__FORWARD_HIDDEN].n_out, n_channels = (size_t)forward->n_channels;
  float *work = dicrec__allocate_unset(&context->allocator, BATCH * (n_inputs + 2 * n_hidden + n_out), sizeof *work);
  if (work == NULL) return dicrec__fail_memory(context, "the predictions of the candidates");
  float *hidden = work + BATCH * n_inputs, *more = hidden + BATCH * n_hidden, *out = more + BATCH * n_hidden;
  for (size_t first = 0; first < n; first += BATCH) {
    const size_t count = n - first < BATCH ? n - first : BATCH;
    for (size_t i = 0; i < count; ++i)
      lay_out_inputs(forward, conductances + (first + i) * n_channels, dics + (first + i) * DICREC_DIC_COUNT,
                     work + i * n_inputs);
    run_layers(layers, work, count, hidden, more, out);
    for (size_t i = 0; i < count; ++i) read_output(out + i * n_out, n_predicted(network), &predictions[first + i]);
  }
  dicrec__release(&context->allocator, work);
  return DICREC_OK;
}
