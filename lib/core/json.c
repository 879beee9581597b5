/* SPDX-License-Identifier: MIT */
#include "core/json.h"

#include <stdint.h>
#include <string.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS /* without them, runs of brackets or colons cost quadratic time */
#include <jsmn.h>

#include "core/system.h"

struct dicrec__json_token {
  jsmntok_t inside;
};

static const jsmntok_t *token_of(const dicrec__json *json, int value) { return &json->tokens[value].inside; }

dicrec_status dicrec__json_refuse(const dicrec__json *json, int value, const char *what) {
  return dicrec__fail(json->subject.context, json->subject.status, "%s byte %d: %s", json->subject.name,
                      token_of(json, value)->start, what);
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
static dicrec_status decode_string(const dicrec__json *json, int value) {
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char *to = json->text + token_of(json, value)->start;
  const char *end = json->text + token_of(json, value)->end;
  for (const char *from = to; from < end; ++from) {
    if ((unsigned char)*from < 0x20) return dicrec__json_refuse(json, value, "control character in a string");
    if (*from != '\\') {
      *to++ = *from;
      continue;
    }
    ++from;
    if (*from != 'u') {
      *to++ = meanings[strchr(letters, *from) - letters];
      continue;
    }
    if (end - from < 5) return dicrec__json_refuse(json, value, "cut \\u escape");
    unsigned code = 0;
    for (int i = 1; i <= 4; ++i) code = code << 4 | (unsigned)hex_value(from[i]);
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
      return dicrec__json_refuse(json, value, "unsupported \\u escape");
    to = write_utf8(to, code);
    from += 4;
  }
  *to = '\0';
  return DICREC_OK;
}

static dicrec_status tokenize(dicrec__json *json, size_t size) {
  const dicrec__json_subject *subject = &json->subject;
  jsmn_parser parser;
  jsmn_init(&parser);
  json->n = jsmn_parse(&parser, json->text, size, &json->tokens[0].inside, (unsigned)subject->max_tokens);
  if (json->n == JSMN_ERROR_NOMEM)
    return dicrec__fail(subject->context, subject->status, "%s has more than %d JSON tokens", subject->name,
                        subject->max_tokens);
  if (json->n < 1 || token_of(json, 0)->type != JSMN_OBJECT || token_of(json, 0)->start != 0)
    return dicrec__fail(subject->context, subject->status, "%s is not a JSON object (near byte %u)", subject->name,
                        parser.pos);
  for (int i = 0; i < json->n; ++i) {
    if (token_of(json, i)->start >= token_of(json, 0)->end)
      return dicrec__json_refuse(json, i, "text after the end of the JSON object");
    if (token_of(json, i)->type != JSMN_STRING) continue;
    const dicrec_status status = decode_string(json, i);
    if (status != DICREC_OK) return status;
  }
  return DICREC_OK;
}

dicrec_status dicrec__json_parse(const dicrec__json_subject *subject, const void *bytes, size_t size,
                                 dicrec__json *json) {
  const dicrec__allocator *allocator = &subject->context->allocator;
  json->subject = *subject;
  if (size > 0 && memchr(bytes, '\0', size) != NULL)
    return dicrec__fail(subject->context, subject->status, "%s contains a zero byte", subject->name);
  json->text = dicrec__allocate(allocator, size + 1, 1);
  json->tokens = dicrec__allocate(allocator, (size_t)subject->max_tokens, sizeof *json->tokens);
  if (json->text == NULL || json->tokens == NULL) return dicrec__fail_memory(subject->context, subject->name);
  memcpy(json->text, bytes, size);
  return tokenize(json, size);
}

void dicrec__json_release(dicrec__json *json) {
  if (json->tokens != NULL) dicrec__release(&json->subject.context->allocator, json->tokens);
  json->tokens = NULL;
}

enum dicrec__json_kind dicrec__json_kind_of(const dicrec__json *json, int value) {
  switch (token_of(json, value)->type) {
  case JSMN_OBJECT:
    return DICREC__JSON_OBJECT;
  case JSMN_ARRAY:
    return DICREC__JSON_ARRAY;
  case JSMN_STRING:
    return DICREC__JSON_STRING;
  case JSMN_UNDEFINED:
  case JSMN_PRIMITIVE:
    break;
  }
  return DICREC__JSON_PRIMITIVE;
}

int dicrec__json_count(const dicrec__json *json, int value) { return token_of(json, value)->size; }

int dicrec__json_after(const dicrec__json *json, int value) {
  int next = value + 1;
  while (next < json->n && token_of(json, next)->start < token_of(json, value)->end) ++next;
  return next;
}

dicrec_status dicrec__json_check_name(const dicrec__json *json, int object, int name) {
  const jsmntok_t *token = token_of(json, name);
  if (token->parent != object || token->type != JSMN_STRING || token->size != 1 || name + 1 >= json->n ||
      token_of(json, name + 1)->parent != name)
    return dicrec__json_refuse(json, name, "a name with one value is expected");
  const jsmntok_t *value = token + 1;
  if (value->type == JSMN_STRING && value->size != 0) return dicrec__json_refuse(json, name + 1, "a comma is missing");
  return DICREC_OK;
}

const char *dicrec__json_text(const dicrec__json *json, int value) { return json->text + token_of(json, value)->start; }

bool dicrec__json_is_in(const dicrec__json *json, int value, int parent) {
  return value < json->n && token_of(json, value)->parent == parent;
}

bool dicrec__json_whole(const dicrec__json *json, int value, uint64_t *number) {
  const jsmntok_t *token = token_of(json, value);
  if (token->type != JSMN_PRIMITIVE || token->size != 0 || token->end - token->start > 15) return false;
  *number = 0;
  for (int i = token->start; i < token->end; ++i) {
    const char digit = json->text[i];
    if (digit < '0' || digit > '9') return false;
    *number = *number * 10 + (uint64_t)(digit - '0'); /* 15 digits cannot overflow */
  }
  return true;
}

int dicrec__json_parent(const dicrec__json *json, int value) { return token_of(json, value)->parent; }

bool dicrec__json_is_name(const dicrec__json *json, int value) {
  const jsmntok_t *token = token_of(json, value);
  return token->type == JSMN_STRING && token->parent >= 0 && token_of(json, token->parent)->type == JSMN_OBJECT;
}

size_t dicrec__json_start(const dicrec__json *json, int value) { return (size_t)token_of(json, value)->start; }

bool dicrec__json_is_word(const dicrec__json *json, int value, const char *word) {
  const jsmntok_t *token = token_of(json, value);
  const size_t length = (size_t)(token->end - token->start);
  return token->type == JSMN_PRIMITIVE && token->size == 0 && length == strlen(word) &&
         memcmp(json->text + token->start, word, length) == 0;
}

/** Skip decimal digits; false: there are none. */
static bool skip_digits(const char **at, const char *end) {
  const char *begin = *at;
  while (*at < end && **at >= '0' && **at <= '9') ++*at;
  return *at > begin;
}

/** Whether a text is a number as JSON has it: -1.5e-3, but neither +1, .5, 01, nor 0x1 or NaN. */
static bool is_number(const char *at, const char *end) {
  if (at < end && *at == '-') ++at;
  const char *digits = at;
  if (!skip_digits(&at, end) || (*digits == '0' && at - digits > 1)) return false;
  if (at < end && *at == '.') {
    ++at;
    if (!skip_digits(&at, end)) return false;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at < end && (*at == '+' || *at == '-')) ++at;
    if (!skip_digits(&at, end)) return false;
  }
  return at == end;
}

bool dicrec__json_number(const dicrec__json *json, int value, double *number) {
  const jsmntok_t *token = token_of(json, value);
  if (token->type != JSMN_PRIMITIVE || token->size != 0) return false;
  if (!is_number(json->text + token->start, json->text + token->end)) return false;
  *number = dicrec__decimal(json->text + token->start);
  return true;
}
