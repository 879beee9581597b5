/* SPDX-License-Identifier: MIT */
/**
 * @file text_buffer.c
 * Growing text, and the cells of a CSV table in it.
 */
#include "tables/text_buffer.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_buffer_free(text_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (text_buffer){0};
}

char *text_buffer_extend(text_buffer *buffer, size_t length) {
  buffer->bytes = grow(buffer->bytes, &buffer->capacity, buffer->length + length + 1, 1);
  char *added = buffer->bytes + buffer->length;
  buffer->length += length;
  buffer->bytes[buffer->length] = '\0';
  return added;
}

void text_buffer_append(text_buffer *buffer, const char *bytes, size_t length) {
  char *added = text_buffer_extend(buffer, length);
  if (length > 0) memcpy(added, bytes, length);
}

void text_buffer_format_list(text_buffer *buffer, const char *format, va_list values) {
  va_list again;
  va_copy(again, values);
  int length = vsnprintf(NULL, 0, format, values);
  if (length > 0) vsnprintf(text_buffer_extend(buffer, (size_t)length), (size_t)length + 1, format, again);
  va_end(again);
}

void text_buffer_format(text_buffer *buffer, const char *format, ...) {
  va_list values;
  va_start(values, format);
  text_buffer_format_list(buffer, format, values);
  va_end(values);
}

void csv_text(text_buffer *buffer, const char *text) {
  if (strpbrk(text, ",\"\r\n") == NULL) {
    text_buffer_append(buffer, text, strlen(text));
  } else {
    text_buffer_append(buffer, "\"", 1);
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
      text_buffer_append(buffer, text, (size_t)(quote - text));
      text_buffer_append(buffer, "\"\"", 2);
    }
    text_buffer_append(buffer, text, strlen(text));
    text_buffer_append(buffer, "\"", 1);
  }
  csv_empty(buffer, 1);
}

void text_buffer_number(text_buffer *buffer, double value) {
  char text[32];
  int digits = DBL_DIG;
  while (snprintf(text, sizeof text, "%.*g", digits, value) > 0 && digits < DBL_DECIMAL_DIG &&
         strtod(text, NULL) != value)
    ++digits;
  text_buffer_append(buffer, text, strlen(text));
}

void csv_number(text_buffer *buffer, double value) {
  if (!isnan(value)) text_buffer_number(buffer, value);
  csv_empty(buffer, 1);
}

void csv_all_digits(text_buffer *buffer, double value) {
  if (!isnan(value)) text_buffer_format(buffer, "%.*g", DBL_DECIMAL_DIG, value);
  csv_empty(buffer, 1);
}

void csv_count(text_buffer *buffer, uint64_t count) { text_buffer_format(buffer, "%" PRIu64 ",", count); }

void csv_empty(text_buffer *buffer, size_t n) {
  for (size_t i = 0; i < n; ++i) text_buffer_append(buffer, ",", 1);
}

void csv_end_row(text_buffer *buffer) { buffer->bytes[buffer->length - 1] = '\n'; }
