/* SPDX-License-Identifier: MIT */
/**
 * @file text_buffer.h
 * Growing text, and the cells of a CSV table in it.
 */
#ifndef DICREC_CLI_TEXT_BUFFER_H
#define DICREC_CLI_TEXT_BUFFER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"

/** Text under construction; zero is an empty one. */
typedef struct text_buffer {
  char *bytes;
  size_t length;
  size_t capacity;
} text_buffer;

/** Give the memory back; the buffer is empty afterwards. */
void text_buffer_free(text_buffer *buffer);

/** Append bytes. */
void text_buffer_append(text_buffer *buffer, const char *bytes, size_t length);

/** Append formatted text. */
void text_buffer_format(text_buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/** text_buffer_format() with its values in a list. */
void text_buffer_format_list(text_buffer *buffer, const char *format, va_list values);

/** Append a number with the fewest digits that read back as the same double. */
void text_buffer_number(text_buffer *buffer, double value);

/** Append `length` bytes that the caller writes, and a terminator, where the result points. */
char *text_buffer_extend(text_buffer *buffer, size_t length);

/** Append a cell of text and a comma, quoted by RFC 4180 where needed. */
void csv_text(text_buffer *buffer, const char *text);

/** Append a number and a comma; an empty cell for NaN. */
void csv_number(text_buffer *buffer, double value);

/** csv_number() for long columns: always with all digits that a double may need, which takes a third of the time. */
void csv_all_digits(text_buffer *buffer, double value);

/** Append a count and a comma. */
void csv_count(text_buffer *buffer, uint64_t count);

/** Append `n` empty cells. */
void csv_empty(text_buffer *buffer, size_t n);

/** End the row: the comma after its last cell becomes a newline. */
void csv_end_row(text_buffer *buffer);

#endif
