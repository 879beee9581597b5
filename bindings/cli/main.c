/* SPDX-License-Identifier: MIT */
/**
 * @file main.c
 * The program dicrec: finds the command and runs it.
 */
#include <string.h>

#include <dicrec.h>

#include "commands/arguments.h"
#include "commands/command_files.h"
#include "commands/commands.h"
#include "system/host.h"
#include "system/interruption.h"
#include "system/output_files.h"

static int print(text_buffer *text) {
  output_files_write(&(output_file){.content = text}, 1);
  text_buffer_free(text);
  return EXIT_GOOD;
}

int main(int n, char **words) {
  host_replace_closed_streams();
  interruption_prepare();
  text_buffer text = {0};
  if (n < 2) fail("a command is required; see 'dicrec --help'");
  if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0) {
    commands_overview(&text);
    return print(&text);
  }
  if (strcmp(words[1], "--version") == 0) {
    text_buffer_format(&text, "dicrec %s\n", dicrec_version());
    return print(&text);
  }
  const command_spec *command = command_find(words[1]);
  arguments given;
  arguments_parse(&given, command, n - 2, words + 2);
  command_files_check(&given);
  int exit_status = command->run(&given);
  arguments_free(&given);
  return exit_status;
}
