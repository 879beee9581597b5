/* SPDX-License-Identifier: MIT */
/** @file weights.h Trained numbers by name, from a file or from bytes in the safetensors layout. */
#ifndef DICREC_NETWORK_WEIGHTS_H
#define DICREC_NETWORK_WEIGHTS_H

#include "network/header.h"

#define DICREC__WEIGHTS_MAX_BYTES  268435456
#define DICREC__WEIGHTS_MAX_MEMORY (4 * (uint64_t)DICREC__WEIGHTS_MAX_BYTES) /**< tensors of few rows are filled up */

typedef struct dicrec__weights {
  dicrec__allocator allocator;
  dicrec__header header;
  float *values;
} dicrec__weights;

/** Read bytes; what is needed is copied. E_WEIGHTS names what is wrong and where. */
dicrec_status dicrec__weights_from_data(dicrec_context *context, const void *data, uint64_t size,
                                        dicrec__weights **weights);

/** Read a file of at most DICREC__WEIGHTS_MAX_BYTES. */
dicrec_status dicrec__weights_from_file(dicrec_context *context, const char *path, dicrec__weights **weights);

void dicrec__weights_free(dicrec__weights *weights);

/** An entry of the metadata, or NULL. */
const char *dicrec__weights_metadata(const dicrec__weights *weights, const char *key);

/** Whether there is a tensor whose name begins with this. */
bool dicrec__weights_has(const dicrec__weights *weights, const char *beginning);

/** A tensor by name. `expected` is its shape, 0: any; only expected[0] counts where `n_dims` is 1. */
dicrec_status dicrec__weights_tensor(dicrec_context *context, const dicrec__weights *weights, const char *name,
                                     int n_dims, const size_t expected[2], const dicrec__tensor **tensor);

#endif
