/* SPDX-License-Identifier: MIT */
#include "support/make_weights.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"

static const made_tensor shapes[MADE_TENSORS] = {
    {"input.scale", 1, {7, 1}, NULL},
    {"embed.0.weight", 2, {MADE_WIDTH, 2 * MADE_WINDOW}, NULL},
    {"embed.0.bias", 1, {MADE_WIDTH, 1}, NULL},
    {"embed.1.weight", 2, {MADE_WIDTH, MADE_WIDTH}, NULL},
    {"embed.1.bias", 1, {MADE_WIDTH, 1}, NULL},
    {"pattern.center", 1, {DICREC__PATTERN_SIZE, 1}, NULL},
    {"pattern.scale", 1, {DICREC__PATTERN_SIZE, 1}, NULL},
    {"code.0.weight", 2, {MADE_HIDDEN, MADE_GIVEN}, NULL},
    {"code.0.bias", 1, {MADE_HIDDEN, 1}, NULL},
    {"code.1.weight", 2, {MADE_HIDDEN, MADE_HIDDEN}, NULL},
    {"code.1.bias", 1, {MADE_HIDDEN, 1}, NULL},
    {"code.2.weight", 2, {MADE_LATENT, MADE_HIDDEN}, NULL},
    {"code.2.bias", 1, {MADE_LATENT, 1}, NULL},
    {"head.0.weight", 2, {MADE_HIDDEN + 1, MADE_LATENT}, NULL},
    {"head.0.bias", 1, {MADE_HIDDEN + 1, 1}, NULL},
    {"head.1.weight", 2, {MADE_HEAD, MADE_HIDDEN + 1}, NULL},
    {"head.1.bias", 1, {MADE_HEAD, 1}, NULL},
    {"class.0.weight", 2, {MADE_CLASS_HIDDEN, MADE_LATENT}, NULL},
    {"class.0.bias", 1, {MADE_CLASS_HIDDEN, 1}, NULL},
    {"class.1.weight", 2, {4, MADE_CLASS_HIDDEN}, NULL},
    {"class.1.bias", 1, {4, 1}, NULL},
    {"silent.mixture", 1, {MADE_PER_PART * MADE_SILENT_PARTS, 1}, NULL},
    {"target.center", 1, {2, 1}, NULL},
    {"target.scale", 1, {2, 1}, NULL},
    {"target.range", 2, {2, 2}, NULL},
    {"noise.range", 1, {2, 1}, NULL},
    {"support.mean", 1, {MADE_FEATURES, 1}, NULL},
    {"support.projection", 2, {MADE_AXES, MADE_FEATURES}, NULL},
    {"support.prototypes", 2, {MADE_PROTOTYPES, MADE_AXES}, NULL},
    {"support.distances", 1, {MADE_QUANTILES, 1}, NULL},
    {"support.odds", 1, {MADE_QUANTILES, 1}, NULL},
    {"support.least", 1, {MADE_QUANTILES, 1}, NULL},
    {"support.0.weight", 2, {MADE_TELL_HIDDEN, MADE_FEATURES}, NULL},
    {"support.0.bias", 1, {MADE_TELL_HIDDEN, 1}, NULL},
    {"support.1.weight", 2, {1, MADE_TELL_HIDDEN}, NULL},
    {"support.1.bias", 1, {1, 1}, NULL},
};

static void set(const made_weights *weights, const char *name, const float *values, size_t n) {
  memcpy(made_values(weights, name), values, n * sizeof *values);
}

static void fill(made_tensor *tensor, uint64_t seed, uint64_t index) {
  const size_t n = tensor->dims[0] * tensor->dims[1];
  tensor->values = malloc(n * sizeof(float));
  const double largest = tensor->n_dims == 1 ? 0.8 : fmin(0.8, 2.2 / sqrt((double)tensor->dims[1]));
  dicrec__random random;
  dicrec__random_start(&random, seed, DICREC__PURPOSE_POPULATION, index, 0);
  for (size_t i = 0; i < n; ++i) tensor->values[i] = (float)(largest * (2.0 * dicrec__random_uniform(&random) - 1.0));
}

static const made_tensor *find(const made_weights *weights, const char *name) {
  for (size_t t = 0; t < weights->n_tensors; ++t)
    if (strcmp(weights->tensors[t].name, name) == 0) return &weights->tensors[t];
  abort();
}

void make_weights(made_weights *weights, uint64_t seed) {
  memcpy(weights->tensors, shapes, sizeof shapes);
  weights->n_tensors = MADE_TENSORS;
  for (size_t t = 0; t < MADE_TENSORS; ++t) fill(&weights->tensors[t], seed, t);
  set(weights, "input.scale", (const float[]){3.5F, 1.2F, 3.0F, 0.7F, 0.1F, 1e6F, 0.01F}, 7);
  set(weights, "target.center", (const float[]){1.0F, 9.0F}, 2);
  set(weights, "target.scale", (const float[]){5.0F, 3.0F}, 2);
  set(weights, "target.range", (const float[]){-20.0F, 20.0F, 0.0F, 20.0F}, 4);
  set(weights, "noise.range", (const float[]){0.03F, 30.0F}, 2);
  for (int i = 0; i < DICREC__PATTERN_SIZE; ++i)
    made_values(weights, "pattern.scale")[i] = 0.75F + 0.25F * (float)(i % 4);
  made_values(weights, "pattern.center")[DICREC__PATTERN_LOG_MEAN] = 3.5F;
  for (int i = 0; i < MADE_QUANTILES; ++i) {
    const float level = ((float)i + 0.5F) / MADE_QUANTILES;
    made_values(weights, "support.distances")[i] = 0.02F * (float)((i + 1) * (i + 1));
    made_values(weights, "support.odds")[i] = 4.0F * level - 2.0F;
    made_values(weights, "support.least")[i] = level * level;
  }
}

void made_window_of(made_weights *weights, size_t window, uint64_t seed) {
  made_tensor *tensor = &weights->tensors[find(weights, "embed.0.weight") - weights->tensors];
  free(tensor->values);
  tensor->dims[1] = 2 * window;
  fill(tensor, seed, 0);
}

size_t made_window(const made_weights *weights) { return find(weights, "embed.0.weight")->dims[1] / 2; }

void made_posterior(const made_weights *weights, double g_s, double g_u) {
  const double target[2] = {g_s, g_u};
  memset(made_values(weights, "head.1.weight"), 0, sizeof(float[MADE_HEAD][MADE_HIDDEN + 1]));
  const float *center = made_values(weights, "target.center"), *scale = made_values(weights, "target.scale");
  float *bias = made_values(weights, "head.1.bias");
  for (int k = 0; k < MADE_PARTS; ++k) { /* weight, means, spread of g_s, covariance, spread of g_u */
    bias[k] = bias[4 * MADE_PARTS + k] = 0.0F;
    for (int i = 0; i < 2; ++i) bias[(1 + i) * MADE_PARTS + k] = ((float)target[i] - center[i]) / scale[i];
    bias[3 * MADE_PARTS + k] = bias[5 * MADE_PARTS + k] = -4.0F;
  }
  made_noise(weights, 1.0, 0.0, 1.0);
}

void made_noise(const made_weights *weights, double noiseless, double mean, double deviation) {
  const float *range = made_values(weights, "noise.range");
  const double low = log((double)range[0]), high = log((double)range[1]), half = 0.5 * (high - low);
  const double share = fmin(fmax(noiseless, 1e-300), 1.0 - 1e-16), logit = log(share / (1.0 - share));
  const size_t first = 6 * MADE_PARTS, row = MADE_HIDDEN + 1;
  float *bias = made_values(weights, "head.1.bias") + first;
  memset(made_values(weights, "head.1.weight") + first * row, 0, (MADE_HEAD - first) * row * sizeof(float));
  for (int k = 0; k < MADE_PARTS; ++k) {
    bias[k] = (float)logit;
    bias[MADE_PARTS + k] = (float)((mean - low) / half - 1.0);
    bias[2 * MADE_PARTS + k] = (float)log(deviation / half);
  }
}

static made_tensor *add(made_weights *weights, const char *name, int n_dims, size_t n_rows, size_t n_columns) {
  made_tensor *tensor = &weights->tensors[weights->n_tensors++];
  *tensor = (made_tensor){name, n_dims, {n_rows, n_columns}, calloc(n_rows * n_columns, sizeof(float))};
  return tensor;
}

/** Zeros for a layer NAME, in names that outlive the weights. */
static void add_layer(made_weights *weights, const char *const names[2], size_t n_in, size_t n_out) {
  add(weights, names[0], 2, n_out, n_in);
  add(weights, names[1], 1, n_out, 1);
}

#define LAYER(name)                                                                                                    \
  { name ".weight", name ".bias" }
#define STEP(k)                                                                                                        \
  { LAYER("flow." #k ".0"), LAYER("flow." #k ".1"), LAYER("flow." #k ".2") }
#define FORWARD(network)                                                                                               \
  {                                                                                                                    \
    LAYER("forward." network ".layer.0"), LAYER("forward." network ".layer.1"), LAYER("forward." network ".layer.2"),  \
        LAYER("forward." network ".layer.3")                                                                           \
  }

static const char *const step_names[MADE_MAX_STEPS][3][2] = {STEP(0), STEP(1), STEP(2), STEP(3),
                                                             STEP(4), STEP(5), STEP(6), STEP(7)};

void made_flow(made_weights *weights, size_t n_coordinates) {
  for (size_t k = 0; k < n_coordinates; ++k) {
    const size_t first = weights->n_tensors;
    add_layer(weights, step_names[k][0], MADE_LATENT + MADE_BEFORE + k, MADE_STEP_HIDDEN);
    add_layer(weights, step_names[k][1], MADE_STEP_HIDDEN, MADE_STEP_HIDDEN);
    add_layer(weights, step_names[k][2], MADE_STEP_HIDDEN, 3 * MADE_STEP_PARTS);
    for (size_t t = first; t < weights->n_tensors; ++t) {
      free(weights->tensors[t].values);
      fill(&weights->tensors[t], 17, t);
    }
  }
}

void made_flow_of(const made_weights *weights, double mean, double deviation) {
  for (size_t t = MADE_TENSORS; t < weights->n_tensors; ++t) {
    const made_tensor *tensor = &weights->tensors[t];
    if (strncmp(tensor->name, "flow.", 5) != 0 || strncmp(tensor->name + 6, ".2.", 3) != 0) continue;
    for (size_t i = 0; i < tensor->dims[0] * tensor->dims[1]; ++i) tensor->values[i] = 0.0F;
    for (size_t p = 0; p < MADE_STEP_PARTS && tensor->n_dims == 1; ++p) {
      tensor->values[MADE_STEP_PARTS + p] = (float)mean;
      tensor->values[2 * MADE_STEP_PARTS + p] = (float)log(deviation);
    }
  }
}

static const char *const forward_names[2][4][2] = {FORWARD("steady"), FORWARD("noisy")};

void made_forward(made_weights *weights, size_t n_channels) {
  const size_t n_inputs = 2 * n_channels + 3, h = MADE_FORWARD_HIDDEN;
  const made_tensor *offset = add(weights, "forward.input.offset", 1, n_channels, 1);
  add(weights, "forward.input.center", 1, n_inputs, 1);
  const made_tensor *scale = add(weights, "forward.input.scale", 1, n_inputs, 1);
  const made_tensor *duration = add(weights, "forward.input.duration", 1, 2, 1);
  const made_tensor *least = add(weights, "forward.least_spread", 1, DICREC__PATTERN_SIZE, 1);
  for (size_t i = 0; i < n_channels; ++i) offset->values[i] = 1.0F;
  for (size_t i = 0; i < n_inputs; ++i) scale->values[i] = 1.0F;
  for (size_t i = 0; i < DICREC__PATTERN_SIZE; ++i) least->values[i] = 1e-3F;
  duration->values[0] = 9.0F;
  duration->values[1] = 1.0F;
  for (size_t network = 0; network < 2; ++network)
    for (size_t k = 0; k < 4; ++k)
      add_layer(weights, forward_names[network][k], k > 0 ? h : n_inputs + 2 * network, k < 3 ? h : MADE_FORWARD_OUT);
}

void made_weights_free(made_weights *weights) {
  for (size_t t = 0; t < weights->n_tensors; ++t) free(weights->tensors[t].values);
}

float *made_values(const made_weights *weights, const char *name) { return find(weights, name)->values; }

float made_exchange(const made_weights *weights, const made_change *change, float value) {
  float *place = &made_values(weights, change->name)[change->index];
  const float before = *place;
  *place = value;
  return before;
}

unsigned char *made_file(const char *header, const void *data, size_t data_size, size_t *size) {
  const size_t length = strlen(header);
  unsigned char *bytes = calloc(8 + length + data_size + 1, 1);
  for (size_t i = 0; i < 8; ++i) bytes[i] = (unsigned char)((uint64_t)length >> 8 * i);
  memcpy(bytes + 8, header, length);
  if (data != NULL) memcpy(bytes + 8 + length, data, data_size);
  *size = 8 + length + data_size;
  return bytes;
}

unsigned char *made_bytes(const made_weights *weights, const char *model, size_t *size) {
  size_t length = 0, offset = 0, n_values = 0;
  for (size_t t = 0; t < weights->n_tensors; ++t) n_values += weights->tensors[t].dims[0] * weights->tensors[t].dims[1];
  char *header = malloc(512 + 160 * weights->n_tensors);
  float *data = malloc(n_values * sizeof *data);
  length += (size_t)sprintf(header, "{\"__metadata__\":{\"format\":\"dicrec-estimator-3\",\"model\":\"%s\",", model);
  length += (size_t)sprintf(header + length, "\"version\":\"0.1\",\"note\":\"a \\\"b\\\" \\u00e9\"}");
  for (size_t t = 0; t < weights->n_tensors; ++t) {
    const made_tensor *tensor = &weights->tensors[t];
    const size_t n = tensor->dims[0] * tensor->dims[1];
    length +=
        (size_t)sprintf(header + length, ",\"%s\":{\"dtype\":\"F32\",\"shape\":[%zu", tensor->name, tensor->dims[0]);
    if (tensor->n_dims == 2) length += (size_t)sprintf(header + length, ",%zu", tensor->dims[1]);
    length += (size_t)sprintf(header + length, "],\"data_offsets\":[%zu,%zu]}", offset * sizeof(float),
                              (offset + n) * sizeof(float));
    memcpy(data + offset, tensor->values, n * sizeof(float));
    offset += n;
  }
  strcpy(header + length, "}");
  unsigned char *bytes = made_file(header, data, offset * sizeof(float), size);
  free(data);
  free(header);
  return bytes;
}
