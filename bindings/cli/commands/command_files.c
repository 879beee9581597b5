/* SPDX-License-Identifier: MIT */
/**
 * @file command_files.c
 * The files that a command line names, looked at before any work.
 */
#include "commands/command_files.h"

#include <stdlib.h>
#include <string.h>

#include "system/file_identity.h"
#include "system/file_place.h"
#include "system/output_files.h"

/* One file of a command line. */
typedef struct used_file {
  text_buffer label; /* "option --trace 'a.csv'" */
  file_identity identity;
} used_file;

typedef struct used_files {
  used_file *files;
  size_t n, capacity;
} used_files;

static void check_writable(const arguments *given, const char *path) {
  int reason = file_write_problem(path);
  if (reason != 0) fail("%s: cannot write '%s': %s", given->command->name, path, strerror(reason));
}

static used_file *add_file(used_files *used, const char *path, bool is_output) {
  used->files = grow(used->files, &used->capacity, used->n + 1, sizeof *used->files);
  used_file *file = &used->files[used->n++];
  *file = (used_file){.identity = file_identity_of(path, is_output)};
  return file;
}

static void add_options(used_files *used, const arguments *given) {
  for (const option_spec *option = given->command->options; option->name != NULL; ++option) {
    const char *path = argument_text(given, option->name);
    bool is_output = (option->traits & OPTION_WRITTEN) != 0, is_stdout = is_output && is_standard_stream(path);
    bool is_main = is_output && strcmp(option->name, "output") == 0; /* stdout, where it is not given */
    if ((option->traits & (OPTION_WRITTEN | OPTION_READ)) == 0 || (path == NULL && !is_main)) continue;
    if (is_output && !is_stdout) check_writable(given, path);
    used_file *file = add_file(used, path, is_output);
    if (path != NULL) text_buffer_format(&file->label, "option --%s '%s'", option->name, path);
    else text_buffer_format(&file->label, "the standard output");
  }
}

static void add_operand(used_files *used, const arguments *given) {
  const bool is_table = given->command->operand_kind == OPERAND_TABLE;
  if (given->command->operand == NULL) return;
  if (is_table && is_standard_stream(argument_operand(given)))
    text_buffer_format(&add_file(used, argument_operand(given), false)->label, "the standard input");
  else
    for (size_t i = 0; i < given->n_operands; ++i)
      text_buffer_format(&add_file(used, given->operands[i], false)->label, "the input '%s'", given->operands[i]);
}

void command_files_check(const arguments *given) {
  used_files used = {0};
  add_operand(&used, given);
  add_options(&used, given);
  for (size_t i = 0; i < used.n; ++i)
    for (size_t k = 0; k < i; ++k) {
      if (!file_identity_clashes(&used.files[i].identity, &used.files[k].identity)) continue;
      fail_usage(given->command, "%s and %s are one file, which cannot hold both", used.files[k].label.bytes,
                 used.files[i].label.bytes);
    }
  for (size_t i = 0; i < used.n; ++i) {
    text_buffer_free(&used.files[i].label);
    file_identity_free(&used.files[i].identity);
  }
  free(used.files);
}
