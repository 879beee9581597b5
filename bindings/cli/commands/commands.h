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
  X(info)

#define COMMAND_DECLARATION(name) extern const command_spec command_##name;
COMMANDS(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

/** The command of a name; fail() if there is none. */
const command_spec *command_find(const char *name);

/** Append the help of the program. */
void commands_overview(text_buffer *text);

#endif
