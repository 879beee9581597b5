/* SPDX-License-Identifier: MIT */
/**
 * @file command_help.c
 * The help of a command, made from its table of options.
 */
#include <string.h>

#include "commands/command_spec.h"

enum { HELP_COLUMN = 28, HELP_WIDTH = 96 };

/* Append text word by word, from `column` on, wrapped to lines that begin at HELP_COLUMN. */
static void append_wrapped(text_buffer *text, size_t column, const char *words) {
  for (bool is_first = true;; is_first = false) {
    size_t length = strcspn(words, " ");
    bool fits = column + 1 + length <= HELP_WIDTH;
    if (!is_first && !fits) text_buffer_format(text, "\n%*s", HELP_COLUMN, "");
    if (!is_first && fits) text_buffer_append(text, " ", 1);
    text_buffer_append(text, words, length);
    column = fits ? column + !is_first + length : HELP_COLUMN + length;
    if (words[length] == '\0') break;
    words += length + 1;
  }
  text_buffer_append(text, "\n", 1);
}

/* What is allowed and what is taken without the option: " (a number from LEAST to MOST; default N)". */
static void append_limits(text_buffer *text, const option_spec *option) {
  text_buffer limits = {0};
  if ((option->traits & OPTION_REQUIRED) != 0) text_buffer_format(&limits, "required");
  if (option->kind != OPTION_FLAG && option->kind != OPTION_TEXT) {
    text_buffer_format(&limits, limits.length > 0 ? "; " : "");
    option_describe(&limits, option);
  }
  text_buffer fallback = {0};
  option_describe_default(&fallback, option);
  if (fallback.length > 0) text_buffer_format(&limits, "%s%s", limits.length > 0 ? "; " : "", fallback.bytes);
  if (limits.length > 0) text_buffer_format(text, " (%s)", limits.bytes);
  text_buffer_free(&fallback);
  text_buffer_free(&limits);
}

static void append_meanings(text_buffer *text, const option_word *words) {
  for (; words != NULL && words->word != NULL; ++words)
    if (words->meaning != NULL) text_buffer_format(text, "; %s = %s", words->word, words->meaning);
}

static void append_option(text_buffer *text, const option_spec *option) {
  text_buffer name = {0};
  text_buffer help = {0};
  if (option->letter != 0) text_buffer_format(&name, "  -%c, ", option->letter);
  else text_buffer_format(&name, "      ");
  text_buffer_format(&name, "--%s%s%s", option->name, option->value != NULL ? " " : "",
                     option->value != NULL ? option->value : "");
  text_buffer_format(&help, "%s", option->help);
  if ((option->traits & OPTION_REPEATED) != 0) text_buffer_format(&help, "; may be repeated");
  append_meanings(&help, option->words);
  append_limits(&help, option);
  text_buffer_format(text, "%-*s", HELP_COLUMN, name.bytes);
  if (name.length >= HELP_COLUMN) text_buffer_format(text, "\n%*s", HELP_COLUMN, "");
  append_wrapped(text, HELP_COLUMN, help.bytes);
  text_buffer_free(&name);
  text_buffer_free(&help);
}

void command_help(text_buffer *text, const command_spec *command) {
  text_buffer_format(text, "Usage: dicrec %s", command->name);
  for (const option_spec *option = command->options; option->name != NULL; ++option)
    if ((option->traits & OPTION_REQUIRED) != 0) text_buffer_format(text, " --%s %s", option->name, option->value);
  const bool reads_table = command->operand != NULL && command->operand_kind == OPERAND_TABLE;
  text_buffer_format(text, " [OPTION]...");
  if (command->operand != NULL) text_buffer_format(text, reads_table ? " [%s]" : " %s", command->operand);
  text_buffer_format(text, "\n\n%s\n", command->summary);
  if (reads_table)
    text_buffer_format(text, "%s is a CSV file; without it, or with '-', the standard input is read.\n",
                       command->operand);
  if (command->details != NULL) text_buffer_format(text, "\n%s\n", command->details);
  text_buffer_format(text, "\nOptions:\n");
  for (const option_spec *option = command->options; option->name != NULL; ++option) append_option(text, option);
}
