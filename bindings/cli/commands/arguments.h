/* SPDX-License-Identifier: MIT */
/**
 * @file arguments.h
 * A parsed command line. What is not given counts as its default.
 */
#ifndef DICREC_CLI_ARGUMENTS_H
#define DICREC_CLI_ARGUMENTS_H

#include "commands/command_spec.h"

/** A parsed command line. */
typedef struct arguments {
  const command_spec *command;
  const char **operands; /* [n_operands], what is no option */
  size_t n_operands;
  option_value *values; /* that were given */
  size_t n_values;
  size_t capacity;
} arguments;

/** Parse what follows the command's name; usage errors end in fail_usage(), --help in the help. */
void arguments_parse(arguments *parsed, const command_spec *command, int n, char **words);

/** The first operand; NULL: none is given. */
const char *argument_operand(const arguments *parsed);

/** Give the memory back. */
void arguments_free(arguments *parsed);

/** The next value of a repeated option after `previous` (NULL: the first), or NULL. */
const option_value *argument_next(const arguments *parsed, const char *name, const option_value *previous);

/** Whether the option stands on the command line. */
bool argument_given(const arguments *parsed, const char *name);

/** The text of an option, or NULL. */
const char *argument_text(const arguments *parsed, const char *name);

/** The number of an option; 0, which is the library's word for "default", if it has none. */
double argument_number(const arguments *parsed, const char *name);

/** The whole number of an option, or 0. */
uint64_t argument_count(const arguments *parsed, const char *name);

/** The word of an option; NULL where a number counts. */
const option_word *argument_word(const arguments *parsed, const char *name);

/** The constant that the option's word stands for; the option must be a choice. */
int32_t argument_choice(const arguments *parsed, const char *name);

/** Set the fields of the library's options that options of the command line set, where these are given. */
void arguments_fill(const arguments *parsed, option_struct of, void *options);

#endif
