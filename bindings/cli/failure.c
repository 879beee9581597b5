/* SPDX-License-Identifier: MIT */
/**
 * @file failure.c
 * Ends the program with a message; checked memory.
 */
#include "failure.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void fail(const char *format, ...) {
  static char message[8192]; /* two paths of the greatest length; no heap, which may be what has run out */
  va_list values;
  va_start(values, format);
  vsnprintf(message, sizeof message, format, values);
  va_end(values);
  make_one_line(message);
  fprintf(stderr, "dicrec: %s\n", message);
  exit(EXIT_NOTHING_WRITTEN);
}

void make_one_line(char *text) {
  for (; *text != '\0'; ++text)
    if ((unsigned char)*text < ' ' || *text == 0x7F) *text = ' ';
}

void *allocate(size_t count, size_t size) {
  void *block = calloc(count > 0 ? count : 1, size);
  if (block == NULL) fail("out of memory: %zu items of %zu bytes could not be had", count, size);
  return block;
}

void *grow(void *block, size_t *capacity, size_t needed, size_t size) {
  if (needed <= *capacity) return block;
  size_t wanted = *capacity < SIZE_MAX / 2 ? 2 * *capacity : needed;
  if (wanted < needed) wanted = needed;
  void *grown = wanted <= SIZE_MAX / size ? realloc(block, wanted * size) : NULL;
  if (grown == NULL) fail("out of memory: %zu items of %zu bytes could not be had", wanted, size);
  *capacity = wanted;
  return grown;
}
