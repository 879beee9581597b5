/* SPDX-License-Identifier: MIT */
#include "network/header.h"

#include <string.h>

#include "core/json.h"

/** Read an array of at least one and at most two non-negative whole numbers; 0 if it is anything else. */
static int read_pair(const dicrec__json *json, int array, uint64_t numbers[2]) {
  const int n = dicrec__json_count(json, array);
  if (dicrec__json_kind_of(json, array) != DICREC__JSON_ARRAY || n < 1 || n > 2) return 0;
  for (int i = 0; i < n; ++i)
    if (!dicrec__json_is_in(json, array + 1 + i, array) || !dicrec__json_whole(json, array + 1 + i, &numbers[i]))
      return 0;
  return n;
}

static dicrec_status bad_tensor(const dicrec__json *json, const dicrec__tensor *tensor, const char *what) {
  return dicrec__fail(json->subject.context, DICREC_E_WEIGHTS, "weights: tensor '%.64s': %s", tensor->name, what);
}

static dicrec_status read_shape(const dicrec__json *json, int value, dicrec__tensor *tensor) {
  uint64_t dims[2] = {1, 1};
  tensor->n_dims = read_pair(json, value, dims);
  if (tensor->n_dims == 0) return bad_tensor(json, tensor, "shape is not one or two whole numbers");
  for (int i = 0; i < 2; ++i) {
    if (dims[i] < 1 || dims[i] > DICREC__HEADER_MAX_DIMENSION)
      return bad_tensor(json, tensor, "a dimension is outside 1 to 65536");
    tensor->dims[i] = (size_t)dims[i];
  }
  return DICREC_OK;
}

static dicrec_status read_offsets(const dicrec__json *json, int value, dicrec__tensor *tensor) {
  uint64_t offsets[2] = {0, 0};
  if (read_pair(json, value, offsets) != 2 || offsets[0] > offsets[1])
    return bad_tensor(json, tensor, "data_offsets are not two whole numbers in order");
  tensor->begin = offsets[0];
  tensor->end = offsets[1];
  return DICREC_OK;
}

static dicrec_status read_field(const dicrec__json *json, int key, dicrec__tensor *tensor, unsigned *seen) {
  static const char *const names[] = {"dtype", "shape", "data_offsets"};
  const char *name = dicrec__json_text(json, key);
  unsigned field = 0;
  while (field < 3 && strcmp(names[field], name) != 0) ++field;
  if (field == 3) return bad_tensor(json, tensor, "has a field other than dtype, shape and data_offsets");
  if (*seen & 1U << field) return bad_tensor(json, tensor, "has a field twice");
  *seen |= 1U << field;
  if (field == 1) return read_shape(json, key + 1, tensor);
  if (field == 2) return read_offsets(json, key + 1, tensor);
  if (dicrec__json_kind_of(json, key + 1) != DICREC__JSON_STRING ||
      strcmp(dicrec__json_text(json, key + 1), "F32") != 0)
    return bad_tensor(json, tensor, "dtype is not F32");
  return DICREC_OK;
}

static bool is_printable(const char *text) {
  for (; *text != '\0'; ++text)
    if (*text < 0x20 || *text > 0x7E) return false;
  return true;
}

static dicrec_status read_tensor(const dicrec__json *json, int key, dicrec__header *header) {
  dicrec__tensor *tensor = &header->tensors[header->n_tensors];
  tensor->name = dicrec__json_text(json, key);
  if (!is_printable(tensor->name)) return dicrec__json_refuse(json, key, "name of a tensor is not plain ASCII");
  if (dicrec__json_kind_of(json, key + 1) != DICREC__JSON_OBJECT)
    return bad_tensor(json, tensor, "is not described by an object");
  for (size_t i = 0; i < header->n_tensors; ++i)
    if (strcmp(header->tensors[i].name, tensor->name) == 0) return bad_tensor(json, tensor, "is there twice");
  unsigned seen = 0;
  const int end = dicrec__json_after(json, key + 1);
  for (int field = key + 2; field < end; field = dicrec__json_after(json, field + 1)) {
    dicrec_status status = dicrec__json_check_name(json, key + 1, field);
    if (status == DICREC_OK) status = read_field(json, field, tensor, &seen);
    if (status != DICREC_OK) return status;
  }
  if (seen != 7) return bad_tensor(json, tensor, "dtype, shape or data_offsets is missing");
  ++header->n_tensors;
  return DICREC_OK;
}

static dicrec_status read_metadata(const dicrec__json *json, int object, dicrec__header *header) {
  if (dicrec__json_kind_of(json, object) != DICREC__JSON_OBJECT || header->metadata != NULL)
    return dicrec__json_refuse(json, object, "__metadata__ is there twice or is not an object");
  header->metadata = dicrec__allocate(&json->subject.context->allocator, (size_t)dicrec__json_count(json, object) + 1,
                                      sizeof *header->metadata);
  if (header->metadata == NULL) return dicrec__fail_memory(json->subject.context, "the metadata of the weights");
  const int end = dicrec__json_after(json, object);
  for (int key = object + 1; key < end; key = dicrec__json_after(json, key + 1)) {
    const dicrec_status status = dicrec__json_check_name(json, object, key);
    if (status != DICREC_OK) return status;
    if (dicrec__json_kind_of(json, key + 1) != DICREC__JSON_STRING)
      return dicrec__json_refuse(json, object + 1, "metadata must be strings");
    const dicrec__metadata entry = {dicrec__json_text(json, key), dicrec__json_text(json, key + 1)};
    for (size_t i = 0; i < header->n_metadata; ++i)
      if (strcmp(header->metadata[i].key, entry.key) == 0)
        return dicrec__json_refuse(json, key, "an entry of the metadata is there twice");
    header->metadata[header->n_metadata++] = entry;
  }
  return DICREC_OK;
}

static dicrec_status read_members(const dicrec__json *json, dicrec__header *header) {
  for (int key = 1; key < json->n; key = dicrec__json_after(json, key + 1)) {
    dicrec_status status = dicrec__json_check_name(json, 0, key);
    if (status != DICREC_OK) return status;
    if (strcmp(dicrec__json_text(json, key), "__metadata__") == 0) status = read_metadata(json, key + 1, header);
    else status = read_tensor(json, key, header);
    if (status != DICREC_OK) return status;
  }
  return DICREC_OK;
}

dicrec_status dicrec__header_parse(dicrec_context *context, const void *bytes, size_t size, dicrec__header *header) {
  const dicrec__allocator *allocator = &context->allocator;
  const dicrec__json_subject subject = {context, "weights: header", DICREC_E_WEIGHTS, DICREC__HEADER_MAX_TOKENS};
  dicrec__json json = {.n = 0};
  dicrec_status status = dicrec__json_parse(&subject, bytes, size, &json);
  header->text = json.text;
  if (status == DICREC_OK) {
    header->tensors = dicrec__allocate(allocator, (size_t)dicrec__json_count(&json, 0) + 1, sizeof *header->tensors);
    status = header->tensors == NULL ? dicrec__fail_memory(context, "the header of the weights")
                                     : read_members(&json, header);
  }
  dicrec__json_release(&json);
  return status;
}

void dicrec__header_free(const dicrec__allocator *allocator, dicrec__header *header) {
  dicrec__release(allocator, header->text);
  dicrec__release(allocator, header->tensors);
  dicrec__release(allocator, header->metadata);
  *header = (dicrec__header){0};
}
