/* SPDX-License-Identifier: MIT */
/**
 * @file command_options.c
 * Parses a command line by the command's table of options.
 */
#include "commands/command_options.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system/output_files.h"
#include "tables/decimal.h"

void fail_usage(const command_spec *command, const char *format, ...) {
  text_buffer text = {0};
  va_list values;
  va_start(values, format);
  int length = vsnprintf(NULL, 0, format, values);
  va_end(values);
  char *message = allocate((size_t)length + 1, 1);
  va_start(values, format);
  vsnprintf(message, (size_t)length + 1, format, values);
  va_end(values);
  text_buffer_format(&text, "%s: %s; see 'dicrec %s --help'", command->name, message, command->name);
  fail("%s", text.bytes);
}

/* Position of a word in "a|b|c", or -1. */
static int32_t word_position(const char *words, const char *word) {
  size_t length = strlen(word);
  for (int32_t position = 0; words != NULL; ++position) {
    size_t candidate = strcspn(words, "|");
    if (candidate == length && strncmp(words, word, length) == 0) return position;
    words = words[candidate] == '|' ? words + candidate + 1 : NULL;
  }
  return -1;
}

void option_describe(text_buffer *text, const option_spec *option) {
  if (option->kind == OPTION_COUNT && option->most == UINT64_MAX) {
    text_buffer_format(text, "a whole number from %llu to 2^64 - 1", (unsigned long long)option->least);
  } else if (option->kind == OPTION_COUNT) {
    text_buffer_format(text, "a whole number from %llu to %llu", (unsigned long long)option->least,
                       (unsigned long long)option->most);
  } else if (option->kind == OPTION_NUMBER) {
    bool is_above = (option->traits & OPTION_ABOVE) != 0;
    text_buffer_format(text, "a number %s %g %s %g", is_above ? "above" : "from", option->lowest,
                       is_above ? "up to" : "to", option->highest);
    bool has_words = option->words != NULL, has_one = has_words && strchr(option->words, '|') == NULL;
    if (has_words) text_buffer_format(text, has_one ? " or '%s'" : " or one of %s", option->words);
  } else if (option->kind == OPTION_CHOICE) {
    text_buffer_format(text, "one of %s", option->words);
  } else {
    text_buffer_format(text, "a text");
  }
}

bool option_number_is_allowed(const option_spec *option, double value) {
  bool is_high_enough = (option->traits & OPTION_ABOVE) != 0 ? value > option->lowest : value >= option->lowest;
  return is_high_enough && value <= option->highest;
}

static bool read_value(const option_spec *option, const char *text, option_value *value) {
  *value = (option_value){.option = option, .text = text, .number = NAN};
  switch (option->kind) {
  case OPTION_FLAG:
    return true;
  case OPTION_TEXT:
    return *text != '\0';
  case OPTION_CHOICE:
    return word_position(option->words, text) >= 0;
  case OPTION_COUNT:
    return decimal_count(text, &value->count) && value->count >= option->least && value->count <= option->most;
  case OPTION_NUMBER:
    if (word_position(option->words, text) >= 0) return true;
    return decimal_number(text, &value->number) && option_number_is_allowed(option, value->number);
  }
  return false;
}

static option_value *append_value(arguments *parsed) {
  parsed->values = grow(parsed->values, &parsed->capacity, parsed->n_values + 1, sizeof *parsed->values);
  return &parsed->values[parsed->n_values++];
}

static void add_value(arguments *parsed, const option_spec *option, const char *text) {
  if (read_value(option, text, append_value(parsed))) return;
  text_buffer allowed = {0};
  option_describe(&allowed, option);
  fail_usage(parsed->command, "option --%s: '%s' is not %s", option->name, text, allowed.bytes);
}

static void add_defaults(arguments *parsed) {
  for (const option_spec *option = parsed->command->options; option->name != NULL; ++option) {
    if (option->fallback == NULL) continue;
    add_value(parsed, option, option->fallback);
    parsed->values[parsed->n_values - 1].is_default = true;
  }
}

const option_spec *command_option(const command_spec *command, const char *name) {
  const option_spec *option = command->options;
  while (option->name != NULL && strcmp(option->name, name) != 0) ++option;
  return option;
}

/* The option that a word names; `value` receives the text joined to it ("--n=5", "-n5"), or NULL. */
static const option_spec *find_option(const command_spec *command, const char *word, const char **value) {
  bool is_long = word[1] == '-';
  size_t length = is_long ? strcspn(word + 2, "=") : 1;
  for (const option_spec *option = command->options; option->name != NULL; ++option) {
    bool matches = is_long ? strlen(option->name) == length && strncmp(option->name, word + 2, length) == 0
                           : option->letter == word[1];
    if (!matches) continue;
    const char *rest = is_long ? word + 2 + length : word + 2;
    *value = *rest == '\0' ? NULL : rest + (is_long ? 1 : 0);
    return option;
  }
  fail_usage(command, "unknown option '%s'", word);
}

static _Noreturn void show_help(const command_spec *command) {
  text_buffer help = {0};
  command_help(&help, command);
  output_files_write(&(output_file){.content = &help}, 1);
  text_buffer_free(&help);
  exit(EXIT_GOOD);
}

/* Take the option at `words[0]`, and its value; returns how many words were used. */
static int take_option(arguments *parsed, int n, char **words) {
  const char *value;
  const option_spec *option = find_option(parsed->command, words[0], &value);
  if (option->kind == OPTION_FLAG) {
    if (value != NULL) fail_usage(parsed->command, "option --%s takes no value, not '%s'", option->name, value);
    if (strcmp(option->name, "help") == 0) show_help(parsed->command);
    add_value(parsed, option, "");
    return 1;
  }
  if (value != NULL) {
    add_value(parsed, option, value);
    return 1;
  }
  if (n < 2 || strncmp(words[1], "--", 2) == 0) {
    text_buffer allowed = {0};
    option_describe(&allowed, option);
    fail_usage(parsed->command, "option --%s needs a value: %s", option->name, allowed.bytes);
  }
  add_value(parsed, option, words[1]);
  return 2;
}

static void take_operand(arguments *parsed, const char *word) {
  if (parsed->command->operand == NULL) fail_usage(parsed->command, "unexpected argument '%s'", word);
  if (parsed->operand != NULL)
    fail_usage(parsed->command, "one input file at a time, not '%s' and '%s'", parsed->operand, word);
  parsed->operand = word;
}

static void check_required(const arguments *parsed) {
  for (const option_spec *option = parsed->command->options; option->name != NULL; ++option)
    if ((option->traits & OPTION_REQUIRED) != 0 && !argument_given(parsed, option->name))
      fail_usage(parsed->command, "option --%s %s is required", option->name, option->value);
}

void arguments_parse(arguments *parsed, const command_spec *command, int n, char **words) {
  *parsed = (arguments){.command = command};
  add_defaults(parsed);
  bool options_ended = false;
  for (int i = 0; i < n;) {
    if (!options_ended && strcmp(words[i], "--") == 0) {
      options_ended = true;
      ++i;
    } else if (!options_ended && words[i][0] == '-' && words[i][1] != '\0') {
      i += take_option(parsed, n - i, words + i);
    } else {
      take_operand(parsed, words[i++]);
    }
  }
  check_required(parsed);
}

void arguments_free(arguments *parsed) {
  free(parsed->values);
  *parsed = (arguments){0};
}

const option_value *argument_next(const arguments *parsed, const char *name, const option_value *previous) {
  const option_value *end = parsed->values + parsed->n_values;
  for (const option_value *value = previous == NULL ? parsed->values : previous + 1; value < end; ++value)
    if (strcmp(value->option->name, name) == 0) return value;
  return NULL;
}

const option_value *argument_value(const arguments *parsed, const char *name) {
  const option_value *last = NULL;
  for (const option_value *value = NULL; (value = argument_next(parsed, name, value)) != NULL;) last = value;
  return last;
}

bool argument_given(const arguments *parsed, const char *name) {
  const option_value *value = argument_value(parsed, name);
  return value != NULL && !value->is_default;
}

const char *argument_text(const arguments *parsed, const char *name) {
  const option_value *value = argument_value(parsed, name);
  return value != NULL ? value->text : NULL;
}

double argument_number(const arguments *parsed, const char *name) {
  const option_value *value = argument_value(parsed, name);
  return value != NULL ? value->number : 0;
}

uint64_t argument_count(const arguments *parsed, const char *name) {
  const option_value *value = argument_value(parsed, name);
  return value != NULL ? value->count : 0;
}

int32_t argument_choice(const arguments *parsed, const char *name) {
  const option_value *value = argument_value(parsed, name);
  return value != NULL ? word_position(value->option->words, value->text) : 0;
}
