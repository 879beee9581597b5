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

static int version(void) {
  text_buffer text = {0};
  text_buffer_format(&text, "dicrec %s\n", dicrec_version());
  return print(&text);
}

/* Run the command that the words begin with. */
static int run(int n, char **words) {
  const command_spec *command = command_find(&n, &words);
  arguments given;
  arguments_parse(&given, command, n, words);
  command_files_check(&given);
  int exit_status = command->run(&given);
  arguments_free(&given);
  return exit_status;
}

static bool is_help(const char *word) {
  return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* "dicrec help", "dicrec help COMMAND" and, of all commands that begin so, "dicrec help WORD". */
static int help(int n, char **words) {
  text_buffer text = {0};
  if (n == 0) commands_overview(&text);
  else if (n > 1 || !commands_help_of(&text, words[0])) command_help(&text, command_find(&n, &words));
  return print(&text);
}

int main(int n, char **words) {
  host_replace_closed_streams();
  interruption_prepare();
  if (n < 2) fail("a command is required; see 'dicrec --help'");
  const char *first = words[1];
  if (is_help(first)) return help(n - 2, words + 2);
  if (n == 3 && words[2][0] == '-' && is_help(words[2])) return help(1, words + 1);
  if (strcmp(first, "--version") == 0) return version();
  if (first[0] == '-') fail("'%s' stands where a command is needed; see 'dicrec --help'", first);
  return run(n - 1, words + 1);
}
