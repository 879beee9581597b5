/* SPDX-License-Identifier: MIT */
/**
 * @file main.c
 * The program dicrec: finds the command and runs it.
 */
#include <string.h>

#include <dicrec.h>

#include "commands/command_files.h"
#include "commands/commands.h"
#include "system/host.h"
#include "system/interruption.h"
#include "system/output_files.h"

static const command_spec *const COMMANDS[] = {&command_reconstruct, &command_estimate, &command_generate,
                                               &command_dics,        &command_simulate, &command_models,
                                               &command_info};
enum { N_COMMANDS = sizeof COMMANDS / sizeof *COMMANDS };

static void append_overview(text_buffer *text) {
  text_buffer_format(text, "Usage: dicrec COMMAND [OPTION]... [FILE]\n\n"
                           "Turn spike times of a neuron into a population of conductance-based models.\n\n"
                           "Commands:\n");
  for (size_t i = 0; i < N_COMMANDS; ++i)
    text_buffer_format(text, "  %-12s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
  text_buffer_format(text, "\n'dicrec COMMAND --help' tells more; 'dicrec --version' tells the version.\n"
                           "Tables are CSV. Exit status: 0; 1 if some rows failed; 2 if nothing was written.\n");
}

static int print(text_buffer *text) {
  output_files_write(&(output_file){.content = text}, 1);
  text_buffer_free(text);
  return EXIT_GOOD;
}

static const command_spec *find_command(const char *name) {
  text_buffer names = {0};
  for (size_t i = 0; i < N_COMMANDS; ++i) {
    if (strcmp(COMMANDS[i]->name, name) == 0) {
      text_buffer_free(&names);
      return COMMANDS[i];
    }
    text_buffer_format(&names, "%s%s", i > 0 ? ", " : "", COMMANDS[i]->name);
  }
  fail("'%s' is not one of the commands %s; see 'dicrec --help'", name, names.bytes);
}

int main(int n, char **words) {
  host_replace_closed_streams();
  interruption_prepare();
  text_buffer text = {0};
  if (n < 2) fail("a command is required; see 'dicrec --help'");
  if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0) {
    append_overview(&text);
    return print(&text);
  }
  if (strcmp(words[1], "--version") == 0) {
    text_buffer_format(&text, "dicrec %s\n", dicrec_version());
    return print(&text);
  }
  const command_spec *command = find_command(words[1]);
  arguments given;
  arguments_parse(&given, command, n - 2, words + 2);
  command_files_check(&given);
  int exit_status = command->run(&given);
  arguments_free(&given);
  return exit_status;
}
