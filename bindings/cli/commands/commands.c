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

/* The second word of a command's name if the first is this one; "" if there is none; NULL: it is another command. */
static const char *second_word(const command_spec *command, const char *first) {
  const size_t length = strcspn(command->name, " ");
  if (strncmp(command->name, first, length) != 0 || first[length] != '\0') return NULL;
  return command->name[length] == '\0' ? "" : command->name + length + 1;
}

const command_spec *command_find(int *n, char ***words) {
  char **given = *words;
  bool has_second = false;
  for (size_t i = 0; i < N_COMMANDS; ++i) {
    const char *second = second_word(TABLE[i], given[0]);
    if (second == NULL) continue;
    has_second = *second != '\0' && *n > 1;
    if (*second != '\0' && !(has_second && strcmp(second, given[1]) == 0)) continue;
    *n -= 1 + has_second;
    *words += 1 + has_second;
    return TABLE[i];
  }
  text_buffer names = {0};
  for (size_t i = 0; i < N_COMMANDS; ++i) text_buffer_format(&names, "%s%s", i > 0 ? ", " : "", TABLE[i]->name);
  fail("'%s%s%s' is not one of the commands %s; see 'dicrec --help'", given[0], has_second ? " " : "",
       has_second ? given[1] : "", names.bytes);
}

bool commands_help_of(text_buffer *text, const char *first) {
  bool is_first = true;
  for (size_t i = 0; i < N_COMMANDS; ++i) {
    const char *second = second_word(TABLE[i], first);
    if (second == NULL || *second == '\0') continue;
    if (!is_first) text_buffer_append(text, "\n", 1);
    command_help(text, TABLE[i]);
    is_first = false;
  }
  return !is_first;
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
