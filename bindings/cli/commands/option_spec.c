/* SPDX-License-Identifier: MIT */
/**
 * @file option_spec.c
 * Reads and describes the values of an option.
 */
#include "commands/option_spec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tables/decimal.h"

static const double BEYOND_COUNTS = 18446744073709551616.0; /* 2^64 */

bool option_number_is_allowed(const option_spec *option, double value) {
  if (!isfinite(value) || ((option->traits & OPTION_POSITIVE) != 0 && value <= 0)) return false;
  return limits_allow(option->limits, value);
}

bool option_read(const option_spec *option, const char *text, option_value *value) {
  *value = (option_value){.option = option, .text = text, .word = find_word(option->words, text)};
  switch (option->kind) {
  case OPTION_FLAG:
    value->count = 1;
    return true;
  case OPTION_TEXT:
    return *text != '\0';
  case OPTION_CHOICE:
    return value->word != NULL;
  case OPTION_COUNT:
    return decimal_count(text, &value->count) && limits_allow(option->limits, (double)value->count);
  case OPTION_NUMBER:
    return value->word != NULL ||
           (decimal_number(text, &value->number) && option_number_is_allowed(option, value->number));
  }
  return false;
}

const option_word *option_default_word(const option_spec *option) {
  const option_limits *limits = option->kind == OPTION_CHOICE ? option->limits : option->word_limits;
  if (limits == NULL) return option->kind == OPTION_CHOICE ? option->words : NULL;
  return find_word_of(option->words, (int32_t)limits->fallback);
}

static void describe_count(text_buffer *text, const option_limits *limits) {
  text_buffer_format(text, "a whole number from %.0f to ", limits != NULL ? limits->least : 0);
  if (limits == NULL || limits->most >= BEYOND_COUNTS) text_buffer_format(text, "2^64 - 1");
  else text_buffer_format(text, "%.0f", limits->most);
}

/* "1e6" rather than "1e+06". */
static void append_number(text_buffer *text, double value) {
  char digits[32];
  snprintf(digits, sizeof digits, "%g", value);
  char *exponent = strchr(digits, 'e');
  if (exponent == NULL) {
    text_buffer_format(text, "%s", digits);
    return;
  }
  text_buffer_append(text, digits, (size_t)(exponent - digits));
  text_buffer_format(text, "e%ld", strtol(exponent + 1, NULL, 10));
}

static void append_bounds(text_buffer *text, const option_limits *limits, bool is_positive) {
  text_buffer_format(text, is_positive ? " above 0" : " from ");
  if (!is_positive) append_number(text, limits->least);
  if (isfinite(limits->most)) {
    text_buffer_format(text, is_positive ? " up to " : " to ");
    append_number(text, limits->most);
  }
  if (*limits->unit != '\0') text_buffer_format(text, " %s", limits->unit);
}

static void describe_number(text_buffer *text, const option_spec *option) {
  text_buffer_format(text, "a number");
  if (option->limits != NULL) append_bounds(text, option->limits, (option->traits & OPTION_POSITIVE) != 0);
  if (option->words == NULL) return;
  bool has_one = option->words[1].word == NULL;
  text_buffer_format(text, has_one ? " or '" : " or one of ");
  append_words(text, option->words);
  text_buffer_format(text, "%s", has_one ? "'" : "");
}

void option_describe(text_buffer *text, const option_spec *option) {
  switch (option->kind) {
  case OPTION_COUNT:
    describe_count(text, option->limits);
    break;
  case OPTION_NUMBER:
    describe_number(text, option);
    break;
  case OPTION_CHOICE:
    text_buffer_format(text, "one of ");
    append_words(text, option->words);
    break;
  case OPTION_FLAG:
  case OPTION_TEXT:
    text_buffer_format(text, "a text");
    break;
  }
}

void option_describe_default(text_buffer *text, const option_spec *option) {
  const option_word *word = option_default_word(option);
  const option_limits *limits = option->limits;
  bool has_number = word == NULL && limits != NULL && option_number_is_allowed(option, limits->fallback);
  if (word == NULL && !has_number && option->instead == NULL) return;
  text_buffer_format(text, option->instead != NULL ? "default: %s" : "default", option->instead);
  if (word == NULL && !has_number) return;
  text_buffer_format(text, option->instead != NULL ? ", or " : " ");
  if (word != NULL) text_buffer_format(text, "%s", word->word);
  else if (option->kind == OPTION_COUNT) text_buffer_format(text, "%.0f", limits->fallback);
  else append_number(text, limits->fallback);
}
