/* SPDX-License-Identifier: MIT */
#include "estimator/code.h"

#include <math.h>

/** Two layers NAME.0 and NAME.1 on `n_in` values, with `n_out` values at the end; 0: any. */
static dicrec_status bind_pair(dicrec_context *context, const dicrec__weights *weights, const char *first,
                               const char *second, int n_in, int n_out, dicrec__layer layers[2]) {
  const dicrec_status status = dicrec__layer_bind(context, weights, first, n_in, 0, &layers[0]);
  if (status != DICREC_OK) return status;
  return dicrec__layer_bind(context, weights, second, layers[0].n_out, n_out, &layers[1]);
}

static dicrec_status check_parts(dicrec_context *context, const char *name, size_t n) {
  if (n % DICREC__HEAD_PER_PART == 0 && n <= (size_t)DICREC__HEAD_PER_PART * DICREC__MAX_COMPONENTS) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: %s has %zu numbers, expected a multiple of %d up to %d",
                      name, n, DICREC__HEAD_PER_PART, DICREC__HEAD_PER_PART * DICREC__MAX_COMPONENTS);
}

static dicrec_status bind_silent(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network) {
  const dicrec__tensor *silent;
  const dicrec_status status =
      dicrec__weights_tensor(context, weights, DICREC__SILENT_MIXTURE, 1, (const size_t[2]){0, 0}, &silent);
  if (status != DICREC_OK) return status;
  network->silent = silent->values;
  network->n_silent = silent->dims[0] / DICREC__HEAD_PER_PART;
  return check_parts(context, DICREC__SILENT_MIXTURE, silent->dims[0]);
}

static dicrec_status bind_pattern(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network) {
  const size_t size[2] = {DICREC__PATTERN_SIZE, 0};
  const dicrec__tensor *center, *scale;
  dicrec_status status = dicrec__weights_tensor(context, weights, DICREC__PATTERN_CENTER, 1, size, &center);
  if (status == DICREC_OK) status = dicrec__weights_tensor(context, weights, DICREC__PATTERN_SCALE, 1, size, &scale);
  if (status != DICREC_OK) return status;
  for (int i = 0; i < DICREC__PATTERN_SIZE; ++i)
    if (!(scale->values[i] > 0.0F))
      return dicrec__fail(context, DICREC_E_WEIGHTS,
                          "weights: " DICREC__PATTERN_SCALE " is %g at index %d, expected above 0",
                          (double)scale->values[i], i);
  network->pattern_center = center->values;
  network->pattern_scale = scale->values;
  return DICREC_OK;
}

/** Layers code.0 to code.2, of which the second is added to the first. */
static dicrec_status bind_code(dicrec_context *context, const dicrec__weights *weights, int n_features,
                               dicrec__layer code[3]) {
  const dicrec_status status =
      bind_pair(context, weights, DICREC__LAYER_CODE ".0", DICREC__LAYER_CODE ".1", n_features, 0, code);
  if (status != DICREC_OK) return status;
  if (code[1].n_out != code[0].n_out)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: code.1 has %d outputs, expected those of code.0, %d",
                        code[1].n_out, code[0].n_out);
  return dicrec__layer_bind(context, weights, DICREC__LAYER_CODE ".2", code[1].n_out, 0, &code[2]);
}

dicrec_status dicrec__code_bind(dicrec_context *context, const dicrec__weights *weights, dicrec__network *network) {
  dicrec__layer *code = network->code, *head = network->head;
  dicrec_status status = dicrec__embedding_bind(context, weights, &network->embedding);
  if (status != DICREC_OK) return status;
  network->n_features = 2 * dicrec__embedding_width(&network->embedding) + 1 + DICREC__PATTERN_SIZE;
  status = bind_pattern(context, weights, network);
  if (status == DICREC_OK) status = bind_code(context, weights, (int)network->n_features, code);
  if (status == DICREC_OK)
    status = bind_pair(context, weights, DICREC__LAYER_HEAD ".0", DICREC__LAYER_HEAD ".1", code[2].n_out, 0, head);
  if (status == DICREC_OK)
    status = bind_pair(context, weights, DICREC__LAYER_CLASS ".0", DICREC__LAYER_CLASS ".1", code[2].n_out,
                       DICREC__N_CLASSES, network->classes);
  if (status == DICREC_OK) status = bind_silent(context, weights, network);
  if (status != DICREC_OK) return status;
  network->n_code = (size_t)code[2].n_out;
  network->n_components = (size_t)head[1].n_out / DICREC__HEAD_PER_PART;
  return check_parts(context, "head.1", (size_t)head[1].n_out);
}

size_t dicrec__code_hidden(const dicrec__network *network) {
  const int sizes[] = {network->code[0].n_out, network->head[0].n_out, network->classes[0].n_out};
  int largest = sizes[0];
  for (int i = 1; i < 3; ++i) largest = sizes[i] > largest ? sizes[i] : largest;
  return (size_t)largest;
}

void dicrec__code_features(const dicrec__network *network, const dicrec__sums *sums, size_t n_intervals,
                           const double *pattern, float *features) {
  const size_t width = dicrec__embedding_width(&network->embedding);
  const float *numbers = network->embedding.numbers;
  const double share = 1.0 / (double)sums->n, largest = (double)numbers[DICREC__MOST_COUNT],
               count = (double)n_intervals;
  for (size_t u = 0; u < width; ++u) {
    const double mean = sums->sum[u] * share, variance = sums->square[u] * share - mean * mean;
    features[u] = (float)((double)sums->shift[u] + mean);
    features[width + u] = (float)sqrt((variance < 0.0 ? 0.0 : variance) + DICREC__VARIANCE_FLOOR);
  }
  features[2 * width] = (float)((log(count < largest ? count : largest) - (double)numbers[DICREC__COUNT_CENTER]) /
                                (double)numbers[DICREC__COUNT_SCALE]);
  for (size_t k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    const double most = DICREC__MOST_NUMBER,
                 x = (pattern[k] - (double)network->pattern_center[k]) / (double)network->pattern_scale[k];
    features[2 * width + 1 + k] = (float)(x < -most ? -most : x < most ? x : most);
  }
}

void dicrec__code_read(const dicrec__network *network, const float *features, size_t n, float *hidden, float *code) {
  float *more = hidden + n * dicrec__code_hidden(network);
  dicrec__layer_apply_active(&network->code[0], features, n, hidden);
  dicrec__layer_apply_onto(&network->code[1], hidden, n, hidden, more);
  dicrec__layer_apply(&network->code[2], more, n, code);
}

void dicrec__code_heads(const dicrec__network *network, const float *code, size_t n, float *hidden, float *head,
                        float *classes) {
  dicrec__layer_apply_active(&network->head[0], code, n, hidden);
  dicrec__layer_apply(&network->head[1], hidden, n, head);
  dicrec__layer_apply_active(&network->classes[0], code, n, hidden);
  dicrec__layer_apply(&network->classes[1], hidden, n, classes);
}
