/* SPDX-License-Identifier: MIT */
/**
 * @file command_files.c
 * The files that a command line names, looked at before any work.
 *
 * Files that exist are told apart by device and number, which also tells hard links; those that do not by the place
 * that their path leads to.
 */
#define _XOPEN_SOURCE 700 /* fstat, access */

#include "commands/command_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_place.h"
#include "output_files.h"

/* One file of a command line. */
typedef struct used_file {
  text_buffer label; /* "option --trace 'a.csv'" */
  bool is_output;
  bool exists;
  struct stat known; /* if it exists */
  char *place;       /* if it does not exist; NULL: nowhere */
} used_file;

enum { MAX_FILES = MAX_OUTPUTS + 4 };

typedef struct used_files {
  used_file files[MAX_FILES];
  size_t n;
} used_files;

static _Noreturn void refuse(const arguments *given, const char *path, int reason) {
  fail("%s: cannot write '%s': %s", given->command->name, path, strerror(reason));
}

/* Whether a file can be made beside the place that a path leads to. */
static bool folder_is_writable(const char *path) {
  char *place = file_place(path);
  if (place == NULL) return false;
  place[file_folder_length(place)] = '\0';
  bool is_writable = access(place, W_OK | X_OK) == 0;
  free(place);
  return is_writable;
}

static void check_writable(const arguments *given, const char *path) {
  struct stat known;
  if (stat(path, &known) == 0) {
    if (S_ISDIR(known.st_mode)) refuse(given, path, EISDIR);
    if (access(path, W_OK) != 0) refuse(given, path, errno);
    if (!S_ISREG(known.st_mode)) return;
  }
  if (!folder_is_writable(path)) refuse(given, path, errno);
}

static used_file *add_file(used_files *used, const char *path, bool is_output) {
  if (used->n == MAX_FILES) fail("more than %d files at once", MAX_FILES);
  used_file *file = &used->files[used->n++];
  file->is_output = is_output;
  bool is_standard = is_standard_stream(path);
  file->exists =
      (is_standard ? fstat(is_output ? STDOUT_FILENO : STDIN_FILENO, &file->known) : stat(path, &file->known)) == 0;
  if (!file->exists && !is_standard) file->place = file_place(path);
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

static bool is_same(const used_file *a, const used_file *b) {
  if (a->exists != b->exists) return false;
  if (!a->exists) return a->place != NULL && b->place != NULL && strcmp(a->place, b->place) == 0;
  if (a->known.st_dev != b->known.st_dev || a->known.st_ino != b->known.st_ino) return false;
  /* Terminals and /dev/null lose nothing; a socket may be both ends of a conversation. */
  return a->is_output && b->is_output ? !S_ISCHR(a->known.st_mode) : S_ISREG(a->known.st_mode);
}

void command_files_check(const arguments *given) {
  used_files used = {0};
  if (given->command->operand != NULL) {
    used_file *input = add_file(&used, given->operand, false);
    if (is_standard_stream(given->operand)) text_buffer_format(&input->label, "the standard input");
    else text_buffer_format(&input->label, "the input '%s'", given->operand);
  }
  add_options(&used, given);
  for (size_t i = 0; i < used.n; ++i)
    for (size_t k = 0; k < i; ++k) {
      if (!(used.files[i].is_output || used.files[k].is_output) || !is_same(&used.files[i], &used.files[k])) continue;
      fail_usage(given->command, "%s and %s are one file, which cannot hold both", used.files[k].label.bytes,
                 used.files[i].label.bytes);
    }
  for (size_t i = 0; i < used.n; ++i) {
    text_buffer_free(&used.files[i].label);
    free(used.files[i].place);
  }
}
