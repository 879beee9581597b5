/* SPDX-License-Identifier: MIT */
/** @file make_weights.h Small random weights of an estimator, as tensors and as safetensors bytes. */
#ifndef DICREC_TEST_MAKE_WEIGHTS_H
#define DICREC_TEST_MAKE_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

enum {
  MADE_WIDTH = 23, /* a panel and some columns besides */
  MADE_HIDDEN = 18,
  MADE_LATENT = 3,
  MADE_PARTS = 4,
  MADE_POOLED = 2 * MADE_WIDTH + 1,
  MADE_FEATURES = MADE_POOLED + MADE_LATENT,
  MADE_AXES = 3,
  MADE_PROTOTYPES = 21,
  MADE_QUANTILES = 70,
  MADE_WINDOW = 4,
  MADE_CLASS_HIDDEN = 5,
  MADE_SILENT_PARTS = 2,
  MADE_TELL_HIDDEN = 6,
  MADE_TENSORS = 31,
  MADE_FORWARD_HIDDEN = 4,
  MADE_FORWARD_TENSORS = 19
};

typedef struct made_tensor {
  const char *name;
  int n_dims;
  size_t dims[2];
  float *values;
} made_tensor;

typedef struct made_weights {
  made_tensor tensors[MADE_TENSORS + MADE_FORWARD_TENSORS];
  size_t n_tensors; /**< MADE_TENSORS, or all with a forward network */
} made_weights;

/** Random tensors with the dimensions above; free with made_weights_free(). */
void make_weights(made_weights *weights, uint64_t seed);

/** Let the head answer a narrow posterior around (g_s, g_u), whatever the train. */
void made_posterior(const made_weights *weights, double g_s, double g_u);

/**
 * Add forward networks for a model with n channels: offsets and scales are 1, all else is 0, which makes every output
 * that of layer.3.bias.
 */
void made_forward(made_weights *weights, size_t n_channels);

/** Give embed.0 random weights for windows of another length. */
void made_window_of(made_weights *weights, size_t window, uint64_t seed);

/** Intervals that a window sees. */
size_t made_window(const made_weights *weights);

void made_weights_free(made_weights *weights);

/** One number of a tensor, and what the refusal of its change must say. */
typedef struct made_change {
  const char *name, *word;
  size_t index;
  float value;
} made_change;

/** Put a value where a change points to; the value that was there. */
float made_exchange(const made_weights *weights, const made_change *change, float value);

/** Values of a tensor; the name must exist. */
float *made_values(const made_weights *weights, const char *name);

/** Safetensors bytes for a model, malloc'ed. */
unsigned char *made_bytes(const made_weights *weights, const char *model, size_t *size);

/** Safetensors bytes of any header text and `data_size` bytes of data (zeros if NULL), malloc'ed. */
unsigned char *made_file(const char *header, const void *data, size_t data_size, size_t *size);

#endif
