/* SPDX-License-Identifier: MIT */
/**
 * @file decimal.c
 * Reads decimal numbers from text.
 */
#include "tables/decimal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *skip_blanks(const char *text) { return text + strspn(text, " \t\r\n"); }

bool decimal_prefix(const char *text, const char **end, double *value) {
  const char *digits = text + (*text == '-' || *text == '+');
  bool is_hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
  if (*digits == '\0' || strchr("0123456789.nNiI", *digits) == NULL || is_hexadecimal) return false;
  char *after;
  *value = strtod(text, &after);
  *end = after;
  return after != text;
}

bool decimal_number(const char *text, double *value) {
  const char *end;
  return decimal_prefix(skip_blanks(text), &end, value) && *skip_blanks(end) == '\0';
}

bool decimal_count(const char *text, uint64_t *value) {
  if (*text == '\0' || text[strspn(text, "0123456789")] != '\0') return false;
  errno = 0;
  unsigned long long parsed = strtoull(text, NULL, 10);
  *value = (uint64_t)parsed;
  return errno == 0;
}
