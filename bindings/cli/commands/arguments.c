/* SPDX-License-Identifier: MIT */
/**
 * @file arguments.c
 * Parses a command line by the command's table of options.
 */
#include "commands/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "system/output_files.h"

static option_value *append_value(arguments *parsed) {
  parsed->values = grow(parsed->values, &parsed->capacity, parsed->n_values + 1, sizeof *parsed->values);
  return &parsed->values[parsed->n_values++];
}

static void add_value(arguments *parsed, const option_spec *option, const char *text) {
  if (option_read(option, text, append_value(parsed))) return;
  text_buffer allowed = {0};
  option_describe(&allowed, option);
  fail_usage(parsed->command, "option --%s: '%s' is not %s", option->name, text, allowed.bytes);
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
  if (parsed->n_operands > 0 && parsed->command->operand_kind != OPERAND_MODELS)
    fail_usage(parsed->command, "one input at a time, not '%s' and '%s'", parsed->operands[0], word);
  parsed->operands[parsed->n_operands++] = word;
}

static void check_required(const arguments *parsed) {
  if (parsed->command->operand != NULL && parsed->command->operand_kind != OPERAND_TABLE && parsed->n_operands == 0)
    fail_usage(parsed->command, "%s is required", parsed->command->operand);
  for (const option_spec *option = parsed->command->options; option->name != NULL; ++option)
    if ((option->traits & OPTION_REQUIRED) != 0 && !argument_given(parsed, option->name))
      fail_usage(parsed->command, "option --%s %s is required", option->name, option->value);
}

void arguments_parse(arguments *parsed, const command_spec *command, int n, char **words) {
  *parsed = (arguments){.command = command, .operands = allocate((size_t)n, sizeof *parsed->operands)};
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
  free(parsed->operands);
  free(parsed->values);
  *parsed = (arguments){0};
}

const char *argument_operand(const arguments *parsed) { return parsed->n_operands > 0 ? parsed->operands[0] : NULL; }

const option_value *argument_next(const arguments *parsed, const char *name, const option_value *previous) {
  const option_value *end = parsed->values + parsed->n_values;
  for (const option_value *value = previous == NULL ? parsed->values : previous + 1; value < end; ++value)
    if (strcmp(value->option->name, name) == 0) return value;
  return NULL;
}

/* The value that counts: the last one given; NULL if none is. */
static const option_value *last_value(const arguments *parsed, const char *name) {
  const option_value *last = NULL;
  for (const option_value *value = NULL; (value = argument_next(parsed, name, value)) != NULL;) last = value;
  return last;
}

static double default_number(const arguments *parsed, const char *name) {
  const option_limits *limits = command_option(parsed->command, name)->limits;
  return limits != NULL ? limits->fallback : 0;
}

bool argument_given(const arguments *parsed, const char *name) { return last_value(parsed, name) != NULL; }

const char *argument_text(const arguments *parsed, const char *name) {
  const option_value *value = last_value(parsed, name);
  return value != NULL ? value->text : NULL;
}

double argument_number(const arguments *parsed, const char *name) {
  const option_value *value = last_value(parsed, name);
  return value != NULL ? value->number : default_number(parsed, name);
}

uint64_t argument_count(const arguments *parsed, const char *name) {
  const option_value *value = last_value(parsed, name);
  return value != NULL ? value->count : (uint64_t)default_number(parsed, name);
}

const option_word *argument_word(const arguments *parsed, const char *name) {
  const option_value *value = last_value(parsed, name);
  return value != NULL ? value->word : option_default_word(command_option(parsed->command, name));
}

int32_t argument_choice(const arguments *parsed, const char *name) { return argument_word(parsed, name)->value; }

void arguments_fill(const arguments *parsed, option_struct of, void *options) {
  for (size_t i = 0; i < parsed->n_values; ++i) {
    const option_value *value = &parsed->values[i];
    const option_spec *option = value->option;
    bool is_word_for_number = option->kind == OPTION_NUMBER && value->word != NULL; /* each command knows its own */
    if (option->field.of != of || is_word_for_number) continue;
    uint64_t whole = value->word != NULL ? (uint64_t)value->word->value : value->count;
    field_set(&option->field, options, value->number, whole);
  }
}
