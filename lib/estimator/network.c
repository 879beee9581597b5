/* SPDX-License-Identifier: MIT */
#include "estimator/network.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { row = 2 * DICREC__WINDOW };
static const double largest_input = 20.0, variance_floor = 1e-6;

static dicrec_status bind_input(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network) {
  const dicrec__tensor *scale;
  const dicrec_status status =
      dicrec__weights_tensor(context, weights, "input.scale", 1, (const size_t[2]){4, 0}, &scale);
  if (status != DICREC_OK) return status;
  network->input_scale = scale->values;
  if (scale->values[1] > 0.0F && scale->values[3] > 0.0F) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: input.scale has scales %g and %g, allowed is above 0",
                      (double)scale->values[1], (double)scale->values[3]);
}

dicrec_status dicrec__network_bind(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network) {
  dicrec__layer *embed = network->embed, *code = network->code, *head = network->head;
  dicrec_status status = bind_input(context, weights, network);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, "embed.0", row, 0, &embed[0]);
  if (status != DICREC_OK) return status;
  const int width = embed[0].n_out;
  network->n_pooled = 2 * width + 1;
  status = dicrec__layer_bind(context, weights, "embed.1", width, width, &embed[1]);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, "code.0", network->n_pooled, 0, &code[0]);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, "code.1", code[0].n_out, 0, &code[1]);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, "head.0", code[1].n_out, 0, &head[0]);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, "head.1", head[0].n_out, 0, &head[1]);
  if (status != DICREC_OK) return status;
  network->n_features = network->n_pooled + code[1].n_out;
  if (head[1].n_out % DICREC__HEAD_PER_PART == 0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: head.1 has %d outputs, expected a multiple of %d",
                      head[1].n_out, DICREC__HEAD_PER_PART);
}

dicrec_status dicrec__scratch_create(dicrec_context *context, const dicrec__network *network, size_t n_times,
                                     dicrec__scratch *scratch) {
  const size_t chunk = n_times < DICREC__CHUNK ? n_times : DICREC__CHUNK; /* windows at a time */
  const dicrec__allocator *allocator = &context->allocator;
  const size_t width = (size_t)network->embed[0].n_out;
  const int hidden = network->code[0].n_out > network->head[0].n_out ? network->code[0].n_out : network->head[0].n_out;
  scratch->allocator = *allocator;
  scratch->features = dicrec__allocate(allocator, (size_t)network->n_features, sizeof(float));
  scratch->head = dicrec__allocate(allocator, (size_t)network->head[1].n_out, sizeof(float));
  scratch->hidden = dicrec__allocate(allocator, (size_t)hidden, sizeof(float));
  scratch->x = dicrec__allocate(allocator, chunk + DICREC__WINDOW - 1, sizeof(double));
  scratch->windows = dicrec__allocate(allocator, chunk * row, sizeof(float));
  scratch->first = dicrec__allocate(allocator, chunk * width, sizeof(float));
  scratch->second = dicrec__allocate(allocator, chunk * width, sizeof(float));
  scratch->mean = dicrec__allocate(allocator, 4 * width, sizeof(double));
  if (scratch->features != NULL && scratch->head != NULL && scratch->hidden != NULL && scratch->x != NULL &&
      scratch->windows != NULL && scratch->first != NULL && scratch->second != NULL && scratch->mean != NULL) {
    scratch->spread = scratch->mean + width;
    scratch->chunk_mean = scratch->mean + 2 * width;
    scratch->chunk_spread = scratch->mean + 3 * width;
    return DICREC_OK;
  }
  dicrec__scratch_free(scratch);
  return dicrec__fail_memory(context, "the forward pass of the network");
}

void dicrec__scratch_free(dicrec__scratch *scratch) {
  const dicrec__allocator allocator = scratch->allocator;
  void *const blocks[] = {scratch->features, scratch->head,  scratch->hidden, scratch->x,
                          scratch->windows,  scratch->first, scratch->second, scratch->mean};
  for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; ++i) dicrec__release(&allocator, blocks[i]);
  *scratch = (dicrec__scratch){0};
}

/** Standardised logarithms of the n intervals between n + 1 times. */
static void standardise(const float *scale, const double *times_ms, size_t n, double time_scale, double *x) {
  const double offset = (double)scale[0] + log(time_scale), factor = (double)scale[1];
  for (size_t i = 0; i < n; ++i) {
    const double value = (log(times_ms[i + 1] - times_ms[i]) - offset) / factor;
    x[i] = fmin(fmax(value, -largest_input), largest_input);
  }
}

/** Windows of `n_present` (at most 4) intervals with their masks. */
static void lay_out_windows(const double *x, size_t n_windows, size_t n_present, float *windows) {
  for (size_t w = 0; w < n_windows; ++w)
    for (size_t k = 0; k < DICREC__WINDOW; ++k) {
      const bool is_present = k < n_present;
      windows[w * row + k] = is_present ? (float)x[w + k] : 0.0F;
      windows[w * row + DICREC__WINDOW + k] = is_present ? 1.0F : 0.0F;
    }
}

/** Both layers of the embedding, into scratch->first. */
static void embed(const dicrec__network *network, dicrec__scratch *scratch, size_t n_windows) {
  const size_t n = n_windows * (size_t)network->embed[0].n_out;
  dicrec__layer_apply(&network->embed[0], scratch->windows, n_windows, scratch->first);
  dicrec__activate(scratch->first, n);
  dicrec__layer_apply(&network->embed[1], scratch->first, n_windows, scratch->second);
  dicrec__activate(scratch->second, n);
  for (size_t i = 0; i < n; ++i) scratch->first[i] += scratch->second[i];
}

/** Mean and sum of squared deviations of the chunk's units, merged into those of the `n_before` windows before. */
static void pool(dicrec__scratch *scratch, size_t width, size_t n_windows, size_t n_before) {
  double *mean = scratch->chunk_mean, *spread = scratch->chunk_spread;
  memset(mean, 0, 2 * width * sizeof *mean); /* chunk_spread follows chunk_mean */
  for (size_t w = 0; w < n_windows; ++w)
    for (size_t u = 0; u < width; ++u) mean[u] += (double)scratch->first[w * width + u];
  for (size_t u = 0; u < width; ++u) mean[u] /= (double)n_windows;
  for (size_t w = 0; w < n_windows; ++w)
    for (size_t u = 0; u < width; ++u) {
      const double deviation = (double)scratch->first[w * width + u] - mean[u];
      spread[u] += deviation * deviation;
    }
  const double share = (double)n_windows / (double)(n_before + n_windows);
  for (size_t u = 0; u < width; ++u) {
    const double shift = mean[u] - scratch->mean[u];
    scratch->spread[u] += spread[u] + shift * shift * share * (double)n_before;
    scratch->mean[u] += shift * share;
  }
}

/** Pool over the windows; the number of windows that were used. */
static size_t pool_windows(const dicrec__network *network, dicrec__scratch *scratch, const double *times_ms,
                           size_t n_intervals, double time_scale, size_t max_chunks) {
  const size_t width = (size_t)network->embed[0].n_out;
  const size_t n_present = n_intervals < DICREC__WINDOW ? n_intervals : DICREC__WINDOW;
  const size_t n_windows = n_intervals - n_present + 1;
  const size_t n_chunks = (n_windows + DICREC__CHUNK - 1) / DICREC__CHUNK;
  const size_t n_used = max_chunks != DICREC__ALL_WINDOWS && n_chunks > max_chunks ? max_chunks : n_chunks;
  size_t n_pooled = 0;
  memset(scratch->mean, 0, 2 * width * sizeof(double)); /* spread follows mean */
  for (size_t c = 0; c < n_used; ++c) {
    const size_t begin = c * n_chunks / n_used * DICREC__CHUNK;
    const size_t n = n_windows - begin < DICREC__CHUNK ? n_windows - begin : DICREC__CHUNK;
    standardise(network->input_scale, times_ms + begin, n + n_present - 1, time_scale, scratch->x);
    lay_out_windows(scratch->x, n, n_present, scratch->windows);
    embed(network, scratch, n);
    pool(scratch, width, n, n_pooled);
    n_pooled += n;
  }
  return n_pooled;
}

void dicrec__network_features(const dicrec__network *network, dicrec__scratch *scratch, const double *times_ms,
                              size_t n_times, double time_scale, size_t max_chunks) {
  const size_t width = (size_t)network->embed[0].n_out, n_intervals = n_times - 1;
  const size_t n_pooled = pool_windows(network, scratch, times_ms, n_intervals, time_scale, max_chunks);
  const float *scale = network->input_scale;
  float *features = scratch->features;
  for (size_t u = 0; u < width; ++u) {
    features[u] = (float)scratch->mean[u];
    features[width + u] = (float)sqrt(scratch->spread[u] / (double)n_pooled + variance_floor);
  }
  features[2 * width] = (float)((log((double)n_intervals) - (double)scale[2]) / (double)scale[3]);
  dicrec__layer_apply(&network->code[0], features, 1, scratch->hidden);
  dicrec__activate(scratch->hidden, (size_t)network->code[0].n_out);
  dicrec__layer_apply(&network->code[1], scratch->hidden, 1, features + network->n_pooled);
}

void dicrec__network_head(const dicrec__network *network, dicrec__scratch *scratch) {
  dicrec__layer_apply(&network->head[0], scratch->features + network->n_pooled, 1, scratch->hidden);
  dicrec__activate(scratch->hidden, (size_t)network->head[0].n_out);
  dicrec__layer_apply(&network->head[1], scratch->hidden, 1, scratch->head);
}
