/* SPDX-License-Identifier: MIT */
/**
 * @file command_spec.h
 * One command of the program; parsing, checks and help all come from it.
 */
#ifndef DICREC_CLI_COMMAND_SPEC_H
#define DICREC_CLI_COMMAND_SPEC_H

#include "commands/option_spec.h"

struct arguments;

/** What stands on the command line beside the options. */
typedef enum operand_kind {
  OPERAND_TABLE, /* a CSV file, or nothing: the standard input */
  OPERAND_MODEL, /* a model, by its name or its file */
  OPERAND_MODELS /* one or more of them */
} operand_kind;

/** One command. */
typedef struct command_spec {
  const char *name;    /* one word, or two of which several commands have the first */
  const char *operand; /* its name in the help, or NULL: the command has none */
  operand_kind operand_kind;
  const char *summary; /* one line */
  const char *details; /* more lines of help, or NULL */
  const option_spec *options;
  int (*run)(const struct arguments *given); /* returns the exit status */
} command_spec;

/** The option of a command by its name; the table's end, without a name, if there is none. */
const option_spec *command_option(const command_spec *command, const char *name);

/** Append the help of a command. */
void command_help(text_buffer *text, const command_spec *command);

/** fail() with the command's name and a pointer to its help. */
_Noreturn void fail_usage(const command_spec *command, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
