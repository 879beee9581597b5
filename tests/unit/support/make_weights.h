/* SPDX-License-Identifier: MIT */
/** @file make_weights.h Small random weights of an estimator, as tensors and as safetensors bytes. */
#ifndef DICREC_TEST_MAKE_WEIGHTS_H
#define DICREC_TEST_MAKE_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "spikes/pattern.h"

enum {
  MADE_WIDTH = 23, /* a panel and some columns besides */
  MADE_HIDDEN = 18,
  MADE_LATENT = 3,
  MADE_PARTS = 4,
  MADE_PER_PART = 9,
  MADE_HEAD = MADE_PER_PART * MADE_PARTS,
  MADE_POOLED = 2 * MADE_WIDTH + 1,
  MADE_GIVEN = MADE_POOLED + DICREC__PATTERN_SIZE, /* what the code is made of */
  MADE_FEATURES = MADE_GIVEN + MADE_LATENT,
  MADE_AXES = 3,
  MADE_PROTOTYPES = 21,
  MADE_QUANTILES = 70,
  MADE_WINDOW = 4,
  MADE_CLASS_HIDDEN = 5,
  MADE_SILENT_PARTS = 2,
  MADE_TELL_HIDDEN = 6,
  MADE_TENSORS = 36,
  MADE_FORWARD_HIDDEN = 4,
  MADE_FORWARD_OUT = 3 + 2 * DICREC__PATTERN_SIZE,
  MADE_FORWARD_TENSORS = 21,
  MADE_STEP_HIDDEN = 5,
  MADE_STEP_PARTS = 3,
  MADE_BEFORE = 4, /* what every step of the flow is given beside the code */
  MADE_STEP_TENSORS = 6,
  MADE_MAX_STEPS = 8
};

typedef struct made_tensor {
  const char *name;
  int n_dims;
  size_t dims[2];
  float *values;
} made_tensor;

typedef struct made_weights {
  made_tensor tensors[MADE_TENSORS + MADE_FORWARD_TENSORS + MADE_STEP_TENSORS * MADE_MAX_STEPS];
  size_t n_tensors; /**< MADE_TENSORS, and more with a flow or forward networks */
} made_weights;

/** Random tensors with the dimensions above; free with made_weights_free(). */
void make_weights(made_weights *weights, uint64_t seed);

/** Let the head answer a narrow posterior around (g_s, g_u), surely without noise, whatever the train. */
void made_posterior(const made_weights *weights, double g_s, double g_u);

/**
 * Let every component of the head answer this law of the noise, whatever the train: the probability that there is none,
 * and mean and deviation of the logarithm of the standard deviation in uA/cm2.
 */
void made_noise(const made_weights *weights, double noiseless, double mean, double deviation);

/** Add a flow of random steps for n coordinates of the base draw. */
void made_flow(made_weights *weights, size_t n_coordinates);

/** Let every step of the flow answer one Gaussian, whatever came before. */
void made_flow_of(const made_weights *weights, double mean, double deviation);

/**
 * Add forward networks for a model with n channels: offsets and scales are 1, the duration is standardised by the
 * logarithm's 9 and 1, spreads are at least 1e-3, all else is 0, which makes every output that of layer.3.bias.
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
