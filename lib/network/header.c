/* SPDX-License-Identifier: MIT */
#include "network/header.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS /* without them, runs of brackets or colons cost quadratic time */
#include <jsmn.h>

struct json {
  dicrec_context *context;
  char *text;
  jsmntok_t *tokens;
  int n;
};

static dicrec_status malformed(const struct json *json, const jsmntok_t *token, const char *what) {
  return dicrec__fail(json->context, DICREC_E_WEIGHTS, "weights: header byte %d: %s", token->start, what);
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10; /* the parser has let only hexadecimal digits pass */
}

/** Write a code point of the basic plane as UTF-8. */
static char *write_utf8(char *to, unsigned code) {
  if (code < 0x80) {
    *to++ = (char)code;
    return to;
  }
  if (code < 0x800) {
    *to++ = (char)(0xC0 | code >> 6);
  } else {
    *to++ = (char)(0xE0 | code >> 12);
    *to++ = (char)(0x80 | (code >> 6 & 0x3F));
  }
  *to++ = (char)(0x80 | (code & 0x3F));
  return to;
}

/** Replace the escapes of a string in place, where the result is never longer, and terminate it. */
static dicrec_status decode_string(const struct json *json, const jsmntok_t *token) {
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char *to = json->text + token->start;
  const char *end = json->text + token->end;
  for (const char *from = to; from < end; ++from) {
    if ((unsigned char)*from < 0x20) return malformed(json, token, "control character in a string");
    if (*from != '\\') {
      *to++ = *from;
      continue;
    }
    ++from;
    if (*from != 'u') {
      *to++ = meanings[strchr(letters, *from) - letters];
      continue;
    }
    if (end - from < 5) return malformed(json, token, "cut \\u escape");
    unsigned code = 0;
    for (int i = 1; i <= 4; ++i) code = code << 4 | (unsigned)hex_value(from[i]);
    if (code == 0 || (code >= 0xD800 && code < 0xE000)) return malformed(json, token, "unsupported \\u escape");
    to = write_utf8(to, code);
    from += 4;
  }
  *to = '\0';
  return DICREC_OK;
}

static dicrec_status tokenize(struct json *json, size_t size) {
  jsmn_parser parser;
  jsmn_init(&parser);
  json->n = jsmn_parse(&parser, json->text, size, json->tokens, DICREC__HEADER_MAX_TOKENS);
  if (json->n == JSMN_ERROR_NOMEM)
    return dicrec__fail(json->context, DICREC_E_WEIGHTS, "weights: header has more than %d JSON tokens",
                        DICREC__HEADER_MAX_TOKENS);
  if (json->n < 1 || json->tokens[0].type != JSMN_OBJECT || json->tokens[0].start != 0)
    return dicrec__fail(json->context, DICREC_E_WEIGHTS, "weights: header is not a JSON object (near byte %u)",
                        parser.pos);
  for (int i = 0; i < json->n; ++i) {
    if (json->tokens[i].start >= json->tokens[0].end)
      return malformed(json, &json->tokens[i], "text after the end of the JSON object");
    if (json->tokens[i].type != JSMN_STRING) continue;
    const dicrec_status status = decode_string(json, &json->tokens[i]);
    if (status != DICREC_OK) return status;
  }
  return DICREC_OK;
}

/** Index of the token that follows a token and all that is inside it. */
static int after(const struct json *json, int token) {
  int next = token + 1;
  while (next < json->n && json->tokens[next].start < json->tokens[token].end) ++next;
  return next;
}

/** Check that a key of an object is a string with exactly one value, which is the next token. */
static dicrec_status check_key(const struct json *json, int object, int key) {
  const jsmntok_t *token = &json->tokens[key];
  if (token->parent != object || token->type != JSMN_STRING || token->size != 1 || key + 1 >= json->n ||
      json->tokens[key + 1].parent != key)
    return malformed(json, token, "a name with one value is expected");
  const jsmntok_t *value = token + 1;
  if (value->type == JSMN_STRING && value->size != 0) return malformed(json, value, "a comma is missing");
  return DICREC_OK;
}

static bool read_number(const struct json *json, int index, uint64_t *number) {
  const jsmntok_t *token = &json->tokens[index];
  if (token->type != JSMN_PRIMITIVE || token->size != 0 || token->end - token->start > 15) return false;
  *number = 0;
  for (int i = token->start; i < token->end; ++i) {
    const char digit = json->text[i];
    if (digit < '0' || digit > '9') return false;
    *number = *number * 10 + (uint64_t)(digit - '0'); /* 15 digits cannot overflow */
  }
  return true;
}

/** Read an array of at least one and at most two non-negative whole numbers; 0 if it is anything else. */
static int read_pair(const struct json *json, int array, uint64_t numbers[2]) {
  const jsmntok_t *token = &json->tokens[array];
  if (token->type != JSMN_ARRAY || token->size < 1 || token->size > 2 || array + token->size >= json->n) return 0;
  for (int i = 0; i < token->size; ++i)
    if (json->tokens[array + 1 + i].parent != array || !read_number(json, array + 1 + i, &numbers[i])) return 0;
  return token->size;
}

static dicrec_status bad_tensor(const struct json *json, const dicrec__tensor *tensor, const char *what) {
  return dicrec__fail(json->context, DICREC_E_WEIGHTS, "weights: tensor '%.64s': %s", tensor->name, what);
}

static dicrec_status read_shape(const struct json *json, int value, dicrec__tensor *tensor) {
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

static dicrec_status read_offsets(const struct json *json, int value, dicrec__tensor *tensor) {
  uint64_t offsets[2] = {0, 0};
  if (read_pair(json, value, offsets) != 2 || offsets[0] > offsets[1])
    return bad_tensor(json, tensor, "data_offsets are not two whole numbers in order");
  tensor->begin = offsets[0];
  tensor->end = offsets[1];
  return DICREC_OK;
}

static dicrec_status read_field(const struct json *json, int key, dicrec__tensor *tensor, unsigned *seen) {
  static const char *const names[] = {"dtype", "shape", "data_offsets"};
  const char *name = json->text + json->tokens[key].start;
  const jsmntok_t *value = &json->tokens[key + 1];
  unsigned field = 0;
  while (field < 3 && strcmp(names[field], name) != 0) ++field;
  if (field == 3) return bad_tensor(json, tensor, "has a field other than dtype, shape and data_offsets");
  if (*seen & 1U << field) return bad_tensor(json, tensor, "has a field twice");
  *seen |= 1U << field;
  if (field == 1) return read_shape(json, key + 1, tensor);
  if (field == 2) return read_offsets(json, key + 1, tensor);
  if (value->type != JSMN_STRING || strcmp(json->text + value->start, "F32") != 0)
    return bad_tensor(json, tensor, "dtype is not F32");
  return DICREC_OK;
}

static bool is_printable(const char *text) {
  for (; *text != '\0'; ++text)
    if (*text < 0x20 || *text > 0x7E) return false;
  return true;
}

static dicrec_status read_tensor(const struct json *json, int key, dicrec__header *header) {
  dicrec__tensor *tensor = &header->tensors[header->n_tensors];
  tensor->name = json->text + json->tokens[key].start;
  if (!is_printable(tensor->name)) return malformed(json, &json->tokens[key], "name of a tensor is not plain ASCII");
  if (json->tokens[key + 1].type != JSMN_OBJECT) return bad_tensor(json, tensor, "is not described by an object");
  for (size_t i = 0; i < header->n_tensors; ++i)
    if (strcmp(header->tensors[i].name, tensor->name) == 0) return bad_tensor(json, tensor, "is there twice");
  unsigned seen = 0;
  const int end = after(json, key + 1);
  for (int field = key + 2; field < end; field = after(json, field + 1)) {
    dicrec_status status = check_key(json, key + 1, field);
    if (status == DICREC_OK) status = read_field(json, field, tensor, &seen);
    if (status != DICREC_OK) return status;
  }
  if (seen != 7) return bad_tensor(json, tensor, "dtype, shape or data_offsets is missing");
  ++header->n_tensors;
  return DICREC_OK;
}

static dicrec_status read_metadata(const struct json *json, int object, dicrec__header *header) {
  const jsmntok_t *token = &json->tokens[object];
  if (token->type != JSMN_OBJECT || header->metadata != NULL)
    return malformed(json, token, "__metadata__ is there twice or is not an object");
  header->metadata = dicrec__allocate(&json->context->allocator, (size_t)token->size + 1, sizeof *header->metadata);
  if (header->metadata == NULL) return dicrec__fail_memory(json->context, "the metadata of the weights");
  const int end = after(json, object);
  for (int key = object + 1; key < end; key = after(json, key + 1)) {
    const dicrec_status status = check_key(json, object, key);
    if (status != DICREC_OK) return status;
    if (json->tokens[key + 1].type != JSMN_STRING) return malformed(json, token + 1, "metadata must be strings");
    const dicrec__metadata entry = {json->text + json->tokens[key].start, json->text + json->tokens[key + 1].start};
    for (size_t i = 0; i < header->n_metadata; ++i)
      if (strcmp(header->metadata[i].key, entry.key) == 0)
        return malformed(json, &json->tokens[key], "an entry of the metadata is there twice");
    header->metadata[header->n_metadata++] = entry;
  }
  return DICREC_OK;
}

static dicrec_status read_members(const struct json *json, dicrec__header *header) {
  for (int key = 1; key < json->n; key = after(json, key + 1)) {
    dicrec_status status = check_key(json, 0, key);
    if (status != DICREC_OK) return status;
    if (strcmp(json->text + json->tokens[key].start, "__metadata__") == 0)
      status = read_metadata(json, key + 1, header);
    else status = read_tensor(json, key, header);
    if (status != DICREC_OK) return status;
  }
  return DICREC_OK;
}

dicrec_status dicrec__header_parse(dicrec_context *context, const void *bytes, size_t size, dicrec__header *header) {
  if (size > 0 && memchr(bytes, '\0', size) != NULL)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: header contains a zero byte");
  const dicrec__allocator *allocator = &context->allocator;
  struct json json = {.context = context};
  header->text = dicrec__allocate(allocator, size + 1, 1);
  json.tokens = dicrec__allocate(allocator, DICREC__HEADER_MAX_TOKENS, sizeof *json.tokens);
  dicrec_status status = DICREC_OK;
  if (header->text == NULL || json.tokens == NULL) status = dicrec__fail_memory(context, "the header of the weights");
  if (status == DICREC_OK) {
    json.text = header->text;
    memcpy(json.text, bytes, size);
    status = tokenize(&json, size);
  }
  if (status == DICREC_OK) {
    header->tensors = dicrec__allocate(allocator, (size_t)json.tokens[0].size + 1, sizeof *header->tensors);
    status = header->tensors == NULL ? dicrec__fail_memory(context, "the header of the weights")
                                     : read_members(&json, header);
  }
  dicrec__release(allocator, json.tokens);
  return status;
}

void dicrec__header_free(const dicrec__allocator *allocator, dicrec__header *header) {
  dicrec__release(allocator, header->text);
  dicrec__release(allocator, header->tensors);
  dicrec__release(allocator, header->metadata);
  *header = (dicrec__header){0};
}
