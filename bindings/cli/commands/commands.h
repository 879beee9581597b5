/* SPDX-License-Identifier: MIT */
/**
 * @file commands.h
 * The commands of the program, in the order of its help.
 */
#ifndef DICREC_CLI_COMMANDS_H
#define DICREC_CLI_COMMANDS_H

#include "commands/command_spec.h"

/** Every command: X(name) stands for `command_name`, in commands/command_name.c or with its kin. */
#define COMMANDS(X)                                                                                                    \
  X(reconstruct)                                                                                                       \
  X(estimate)                                                                                                          \
  X(generate)                                                                                                          \
  X(dics)                                                                                                              \
  X(simulate)                                                                                                          \
  X(models)                                                                                                            \
  X(model_check)                                                                                                       \
  X(model_show)                                                                                                        \
  X(info)

#define COMMAND_DECLARATION(name) extern const command_spec command_##name;
COMMANDS(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

/** The command whose name begins the words, which are moved behind it; fail() if there is none. */
const command_spec *command_find(int *n, char ***words);

/** Append the help of all commands of two words whose first is this one; whether there are any. */
bool commands_help_of(text_buffer *text, const char *first);

/** Append the help of the program. */
void commands_overview(text_buffer *text);

#endif
