/* SPDX-License-Identifier: MIT */
/** @file header.h The JSON header of a safetensors file: which tensors stand where, and the metadata. */
#ifndef DICREC_NETWORK_HEADER_H
#define DICREC_NETWORK_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/context.h"

#define DICREC__HEADER_MAX_BYTES     1048576
#define DICREC__HEADER_MAX_TOKENS    4096
#define DICREC__HEADER_MAX_DIMENSION 65536

typedef struct dicrec__tensor {
  const char *name;
  int n_dims; /**< 1 or 2 */
  size_t dims[2];
  uint64_t begin, end;  /**< bytes from the begin of the data */
  const float *values;  /**< set once the data are read; of two dimensions packed, with dims[1] rows */
  const float *columns; /**< [dims[1]][dims[0]], for BLAS, where it is wanted; or NULL */
} dicrec__tensor;

typedef struct dicrec__metadata {
  const char *key, *value;
} dicrec__metadata;

/** Names and texts point into `text`. */
typedef struct dicrec__header {
  char *text;
  dicrec__tensor *tensors;
  dicrec__metadata *metadata;
  size_t n_tensors, n_metadata;
} dicrec__header;

/**
 * Read a header of `size` bytes, at most DICREC__HEADER_MAX_BYTES, not terminated. Every tensor is F32 with one or
 * two dimensions of 1 to DICREC__HEADER_MAX_DIMENSION; whether it lies within the data is for the caller to check.
 * `header` is zeroed by the caller and freed by it, after failures too.
 */
dicrec_status dicrec__header_parse(dicrec_context *context, const void *bytes, size_t size, dicrec__header *header);

void dicrec__header_free(const dicrec__allocator *allocator, dicrec__header *header);

#endif
