/* SPDX-License-Identifier: MIT */
#include "network/forward.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Candidates in one product: their hidden units fit in the cache. */
enum { BATCH = 128, N_DICS = 3, N_OF_NOISE = 2, N_OUT = DICREC__FORWARD_CLASSES + 2 * DICREC__PATTERN_SIZE };

static dicrec_status bind_network(dicrec_context *context, const dicrec__weights *weights, int network, int n_inputs,
                                  dicrec__layer *layers) {
  int n_in = n_inputs + (network == 0 ? 0 : N_OF_NOISE);
  for (int k = 0; k < DICREC__FORWARD_LAYERS; ++k) {
    char name[48];
    snprintf(name, sizeof name, "%s.%d", network == 0 ? DICREC__LAYER_STEADY : DICREC__LAYER_NOISY, k);
    const int n_out = k == DICREC__FORWARD_HIDDEN ? N_OUT : k == 0 ? 0 : n_in; /* hidden layers are added up */
    const dicrec_status status = dicrec__layer_bind(context, weights, name, n_in, n_out, &layers[k]);
    if (status != DICREC_OK) return status;
    n_in = layers[k].n_out;
  }
  return DICREC_OK;
}

/** The values of a tensor of n numbers that are above 0, or of any. */
static dicrec_status bind_numbers(dicrec_context *context, const dicrec__weights *weights, const char *name, int n,
                                  bool is_positive, const float **values) {
  const dicrec__tensor *tensor;
  const dicrec_status status =
      dicrec__weights_tensor(context, weights, name, 1, (const size_t[2]){(size_t)n, 0}, &tensor);
  if (status != DICREC_OK) return status;
  for (int i = 0; i < n && is_positive; ++i)
    if (!(tensor->values[i] > 0.0F))
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: %s is %g at index %d, expected above 0", name,
                          (double)tensor->values[i], i);
  *values = tensor->values;
  return DICREC_OK;
}

dicrec_status dicrec__forward_bind(dicrec_context *context, const dicrec__weights *weights, int n_channels,
                                   const double log_noise[2], dicrec__forward *forward) {
  const int n_inputs = 2 * n_channels + N_DICS;
  *forward =
      (dicrec__forward){.n_channels = n_channels, .n_inputs = n_inputs, .log_noise = {log_noise[0], log_noise[1]}};
  if (!dicrec__weights_has(weights, DICREC__FORWARD)) return DICREC_OK;
  dicrec_status status = bind_numbers(context, weights, DICREC__FORWARD_OFFSET, n_channels, true, &forward->offset);
  if (status == DICREC_OK)
    status = bind_numbers(context, weights, DICREC__FORWARD_CENTER, n_inputs, false, &forward->center);
  if (status == DICREC_OK)
    status = bind_numbers(context, weights, DICREC__FORWARD_SCALE, n_inputs, true, &forward->scale);
  if (status == DICREC_OK)
    status = bind_numbers(context, weights, DICREC__FORWARD_DURATION, 2, true, &forward->duration);
  if (status == DICREC_OK)
    status = bind_numbers(context, weights, DICREC__FORWARD_LEAST_SPREAD, DICREC__PATTERN_SIZE, true,
                          &forward->least_spread);
  for (int network = 0; network < 2 && status == DICREC_OK; ++network)
    status = bind_network(context, weights, network, n_inputs, forward->layers[network]);
  forward->present = status == DICREC_OK;
  return status;
}

static float limited(float x) { return fminf(fmaxf(x, -(float)DICREC__MOST_FORWARD), (float)DICREC__MOST_FORWARD); }

/*
 * Logarithms of the conductances, the conductances, the DICs; standardised. Rows of NaN, of members that could not be
 * made, have predictions that nobody asks for: zeros, since vectors signal an invalid operation where they compare NaN.
 */
static void lay_out_membrane(const dicrec__forward *forward, const double *conductances, const double *dics,
                             float *row) {
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
  for (int i = 0; i < forward->n_inputs; ++i) row[i] = limited((row[i] - forward->center[i]) / forward->scale[i]);
}

/* The noise, -1 and 1 at the ends of its range, and the duration. */
static void lay_out_noise(const dicrec__forward *forward, double noise_std, double duration_ms, float *row) {
  const double low = forward->log_noise[0], high = forward->log_noise[1];
  const double duration = (log(duration_ms) - (double)forward->duration[0]) / (double)forward->duration[1];
  row[0] = limited((float)((2.0 * log(noise_std) - low - high) / (high - low)));
  row[1] = limited((float)duration);
}

static void read_output(const dicrec__forward *forward, const float *out, dicrec__prediction *prediction) {
  const double most = fmax((double)out[0], fmax((double)out[1], (double)out[2]));
  const float *means = out + DICREC__FORWARD_CLASSES, *logs = means + DICREC__PATTERN_SIZE;
  double sum = 0.0;
  for (int k = 0; k < DICREC__FORWARD_CLASSES; ++k) sum += prediction->activity[k] = exp((double)out[k] - most);
  for (int k = 0; k < DICREC__FORWARD_CLASSES; ++k) prediction->activity[k] /= sum;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    const double spread = exp((double)logs[k]), least = (double)forward->least_spread[k];
    prediction->mean[k] = (double)means[k];
    prediction->spread[k] = spread < least ? least : spread;
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

/** What a batch is computed in, and which neurons are in it. */
struct work {
  float *rows, *hidden, *more, *out;
  size_t n, members[BATCH];
};

static void run_batch(const dicrec__forward *forward, int network, struct work *work, dicrec__prediction *predictions) {
  run_layers(forward->layers[network], work->rows, work->n, work->hidden, work->more, work->out);
  for (size_t i = 0; i < work->n; ++i) read_output(forward, work->out + i * N_OUT, &predictions[work->members[i]]);
  work->n = 0;
}

/* The neurons that a network answers for. */
static void run_network(const dicrec__forward *forward, int network, const dicrec__forward_neurons *neurons,
                        struct work *work, dicrec__prediction *predictions) {
  const size_t n_in = (size_t)forward->layers[network][0].n_in;
  for (size_t i = 0; i < neurons->n; ++i) {
    if ((neurons->noise_std[i] > 0.0) != (network == 1)) continue;
    float *row = work->rows + work->n * n_in;
    lay_out_membrane(forward, neurons->conductances + i * (size_t)forward->n_channels,
                     neurons->dics + i * DICREC_DIC_COUNT, row);
    if (network == 1) lay_out_noise(forward, neurons->noise_std[i], neurons->duration_ms, row + forward->n_inputs);
    work->members[work->n++] = i;
    if (work->n == BATCH) run_batch(forward, network, work, predictions);
  }
  if (work->n > 0) run_batch(forward, network, work, predictions);
}

static size_t widest(const dicrec__forward *forward) {
  const int steady = forward->layers[0][0].n_out, noisy = forward->layers[1][0].n_out;
  return (size_t)(steady > noisy ? steady : noisy);
}

dicrec_status dicrec__forward_predict(dicrec_context *context, const dicrec__forward *forward,
                                      const dicrec__forward_neurons *neurons, dicrec__prediction *predictions) {
  const size_t n_in = (size_t)forward->n_inputs + N_OF_NOISE, n_hidden = widest(forward);
  struct work work = {.n = 0};
  work.rows = dicrec__allocate_unset(&context->allocator, BATCH * (n_in + 2 * n_hidden + N_OUT), sizeof *work.rows);
  if (work.rows == NULL) return dicrec__fail_memory(context, "the predictions of the candidates");
  work.hidden = work.rows + BATCH * n_in;
  work.more = work.hidden + BATCH * n_hidden;
  work.out = work.more + BATCH * n_hidden;
  for (int network = 0; network < 2; ++network) run_network(forward, network, neurons, &work, predictions);
  dicrec__release(&context->allocator, work.rows);
  return DICREC_OK;
}
