/* SPDX-License-Identifier: MIT */
#include "network/weights.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/whole_file.h"
#include "network/blas.h"
#include "network/product.h"

enum { prefix = 8, alignment = DICREC__ALIGNMENT / sizeof(float) };

static size_t value_count(const dicrec__tensor *tensor) { return tensor->dims[0] * tensor->dims[1]; }

static dicrec_status check_layout(dicrec_context *context, const dicrec__header *header, uint64_t data_size) {
  uint64_t used = 0;
  for (size_t i = 0; i < header->n_tensors; ++i) {
    const dicrec__tensor *a = &header->tensors[i];
    const uint64_t bytes = (uint64_t)a->dims[0] * a->dims[1] * sizeof(float);
    if (a->end > data_size)
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: tensor '%.64s' ends at byte %llu of %llu", a->name,
                          (unsigned long long)a->end, (unsigned long long)data_size);
    if (a->end - a->begin != bytes)
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: tensor '%.64s' has %llu bytes, its shape needs %llu",
                          a->name, (unsigned long long)(a->end - a->begin), (unsigned long long)bytes);
    for (size_t j = 0; j < i; ++j) {
      const dicrec__tensor *b = &header->tensors[j];
      if (a->begin < b->end && b->begin < a->end)
        return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: tensors '%.64s' and '%.64s' overlap", b->name,
                            a->name);
    }
    used += bytes;
  }
  if (used != data_size)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: %llu bytes of data, the tensors take %llu",
                        (unsigned long long)data_size, (unsigned long long)used);
  return DICREC_OK;
}

static float read_float(const unsigned char *bytes) {
  const uint32_t bits =
      (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static size_t aligned(size_t n) { return (n + alignment - 1) / alignment * alignment; }

/** Numbers that a tensor takes in the form that products are made with. */
static size_t packed_count(const dicrec__tensor *tensor) {
  return tensor->n_dims == 1 ? aligned(tensor->dims[0]) : dicrec__packed_size(tensor->dims[1], tensor->dims[0]);
}

static size_t column_count(const dicrec__tensor *tensor) {
  return dicrec__blas_serves(value_count(tensor)) ? aligned(value_count(tensor)) : 0;
}

static dicrec_status allocate_values(dicrec_context *context, dicrec__weights *weights) {
  uint64_t total = 0;
  for (size_t i = 0; i < weights->header.n_tensors; ++i)
    total += packed_count(&weights->header.tensors[i]) + column_count(&weights->header.tensors[i]);
  if (total * sizeof(float) > DICREC__WEIGHTS_MAX_MEMORY)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the tensors take %llu bytes of memory, allowed are %llu",
                        (unsigned long long)(total * sizeof(float)), (unsigned long long)DICREC__WEIGHTS_MAX_MEMORY);
  weights->values = dicrec__allocate(&weights->allocator, (size_t)total, sizeof(float));
  return weights->values == NULL ? dicrec__fail_memory(context, "the weights") : DICREC_OK;
}

static dicrec_status read_tensor(dicrec_context *context, const dicrec__tensor *tensor, const unsigned char *bytes,
                                 float *packed, float *columns) {
  const size_t n = value_count(tensor), n_rows = tensor->dims[0], n_columns = tensor->dims[1];
  for (size_t k = 0; k < n; ++k) {
    const float value = read_float(bytes + k * sizeof(float));
    if (!isfinite(value))
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: value %zu of tensor '%.64s' is not finite", k,
                          tensor->name);
    const size_t row = k / n_columns, column = k % n_columns;
    packed[tensor->n_dims == 1 ? k : dicrec__packed_place(n_columns, column, row)] = value;
    if (columns != NULL) columns[column * n_rows + row] = value;
  }
  return DICREC_OK;
}

static dicrec_status read_values(dicrec_context *context, dicrec__weights *weights, const unsigned char *data) {
  dicrec_status status = allocate_values(context, weights);
  float *next = weights->values;
  for (size_t i = 0; i < weights->header.n_tensors && status == DICREC_OK; ++i) {
    dicrec__tensor *tensor = &weights->header.tensors[i];
    float *const packed = next, *const columns = packed + packed_count(tensor);
    next = columns + column_count(tensor);
    tensor->values = packed;
    tensor->columns = next > columns ? columns : NULL;
    status = read_tensor(context, tensor, data + tensor->begin, packed, next > columns ? columns : NULL);
  }
  return status;
}

static dicrec_status parse(dicrec_context *context, const unsigned char *bytes, uint64_t size,
                           dicrec__weights *weights) {
  if (size < prefix || size > DICREC__WEIGHTS_MAX_BYTES)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: %llu bytes, allowed are %d to %d",
                        (unsigned long long)size, prefix, DICREC__WEIGHTS_MAX_BYTES);
  uint64_t header_size = 0;
  for (int i = prefix - 1; i >= 0; --i) header_size = header_size << 8 | bytes[i];
  if (header_size > DICREC__HEADER_MAX_BYTES || header_size > size - prefix)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: the header of %llu bytes does not fit (%llu bytes in all)",
                        (unsigned long long)header_size, (unsigned long long)size);
  dicrec_status status = dicrec__header_parse(context, bytes + prefix, (size_t)header_size, &weights->header);
  if (status == DICREC_OK) status = check_layout(context, &weights->header, size - prefix - header_size);
  if (status == DICREC_OK) status = read_values(context, weights, bytes + prefix + header_size);
  return status;
}

dicrec_status dicrec__weights_from_data(dicrec_context *context, const void *data, uint64_t size,
                                        dicrec__weights **weights) {
  *weights = NULL;
  dicrec__weights *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "the weights");
  made->allocator = context->allocator;
  const dicrec_status status = parse(context, data, size, made);
  if (status == DICREC_OK) *weights = made;
  else dicrec__weights_free(made);
  return status;
}

dicrec_status dicrec__weights_from_file(dicrec_context *context, const char *path, dicrec__weights **weights) {
  *weights = NULL;
  dicrec__whole_file file;
  dicrec_status status = dicrec__whole_file_read(context, "weights", path, DICREC__WEIGHTS_MAX_BYTES, &file);
  if (status != DICREC_OK) return status;
  status = dicrec__weights_from_data(context, file.bytes, file.size, weights);
  dicrec__release(&context->allocator, file.bytes);
  return status;
}

void dicrec__weights_free(dicrec__weights *weights) {
  if (weights == NULL) return;
  const dicrec__allocator allocator = weights->allocator;
  dicrec__header_free(&allocator, &weights->header);
  dicrec__release(&allocator, weights->values);
  dicrec__release(&allocator, weights);
}

const char *dicrec__weights_metadata(const dicrec__weights *weights, const char *key) {
  for (size_t i = 0; i < weights->header.n_metadata; ++i)
    if (strcmp(weights->header.metadata[i].key, key) == 0) return weights->header.metadata[i].value;
  return NULL;
}

bool dicrec__weights_has(const dicrec__weights *weights, const char *beginning) {
  const dicrec__header *header = &weights->header;
  size_t i = 0;
  while (i < header->n_tensors && strncmp(header->tensors[i].name, beginning, strlen(beginning)) != 0) ++i;
  return i < header->n_tensors;
}

dicrec_status dicrec__weights_tensor(dicrec_context *context, const dicrec__weights *weights, const char *name,
                                     int n_dims, const size_t expected[2], const dicrec__tensor **tensor) {
  const dicrec__header *header = &weights->header;
  size_t i = 0;
  while (i < header->n_tensors && strcmp(header->tensors[i].name, name) != 0) ++i;
  if (i == header->n_tensors) return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: tensor '%s' is missing", name);
  const dicrec__tensor *found = &header->tensors[i];
  bool fits = found->n_dims == n_dims;
  for (int d = 0; d < n_dims; ++d) fits = fits && (expected[d] == 0 || expected[d] == found->dims[d]);
  if (!fits)
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: tensor '%s' has %d dimensions (%zu x %zu), expected %d (%zu x %zu; 0: any)", name,
                        found->n_dims, found->dims[0], found->dims[1], n_dims, expected[0],
                        n_dims == 1 ? (size_t)1 : expected[1]);
  *tensor = found;
  return DICREC_OK;
}
