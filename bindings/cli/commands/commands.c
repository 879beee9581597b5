/* SPDX-License-Identifier: MIT */
/**
 * @file commands.c
 * The table of commands.
 */
#include "commands/commands.h"

#include <string.h>

static const command_spec *const TABLE[] = {
#define COMMAND_ADDRESS(name) &command_##name,
    COMMANDS(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
};
enum { N_COMMANDS = sizeof TABLE / sizeof *TABLE };

const command_spec *command_find(const char *name) {
  for (size_t i = 0; i < N_COMMANDS; ++i)
    if (strcmp(TABLE[i]->name, name) == 0) return TABLE[i];
  text_buffer names = {0};
  for (size_t i = 0; i < N_COMMANDS; ++i) text_buffer_format(&names, "%s%s", i > 0 ? ", " : "", TABLE[i]->name);
  fail("'%s' is not one of the commands %s; see 'dicrec --help'", name, names.bytes);
}

void commands_overview(text_buffer *text) {
  text_buffer_format(text, "Usage: dicrec COMMAND [OPTION]... [FILE]\n\n"
                           "Turn spike times of a neuron into a population of conductance-based models.\n\n"
                           "Commands:\n");
  for (size_t i = 0; i < N_COMMANDS; ++i) text_buffer_format(text, "  %-12s %s\n", TABLE[i]->name, TABLE[i]->summary);
  text_buffer_format(
      text,
      "\n'dicrec help COMMAND' tells more, as does 'dicrec COMMAND --help'; 'dicrec --version' tells the version.\n"
      "Tables are CSV. Exit status: 0; 1 if some rows failed; 2 if nothing was written.\n");
}
