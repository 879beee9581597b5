/* SPDX-License-Identifier: MIT */
/**
 * @file output_files.c
 * Writes finished outputs, all or none.
 *
 * A regular file is written under a temporary name beside it and renamed when every output is complete. Devices and
 * pipes cannot be replaced by a rename and are written directly.
 */
#define _XOPEN_SOURCE 700 /* fchmod, fdopen */

#include "system/output_files.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/file_place.h"
#include "system/temporary_files.h"

/* An output between the first byte and the rename. */
typedef struct staged_file {
  char *target;          /* where it goes once links are followed; NULL: written directly */
  const char *temporary; /* where it is until then */
} staged_file;

static bool write_and_close(FILE *stream, const text_buffer *content) {
  bool good = fwrite(content->bytes, 1, content->length, stream) == content->length;
  good = fflush(stream) == 0 && good;
  int reason = errno;
  if (stream != stdout && fclose(stream) != 0 && good) return false;
  if (!good) errno = reason;
  return good;
}

/* The permissions that the file has, or that a new file would get. */
static mode_t wanted_mode(const struct stat *existing) {
  if (existing != NULL) return existing->st_mode & 07777;
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

static FILE *open_temporary(staged_file *staged, const char *path, const struct stat *existing) {
  staged->target = file_place(path);
  if (staged->target == NULL) return NULL;
  int descriptor = temporary_file_create(staged->target, &staged->temporary);
  if (descriptor < 0 || fchmod(descriptor, wanted_mode(existing)) != 0) return NULL;
  return fdopen(descriptor, "wb");
}

static bool stage(staged_file *staged, const output_file *output) {
  struct stat existing;
  bool exists = stat(output->path, &existing) == 0;
  bool is_special = exists && !S_ISREG(existing.st_mode);
  FILE *stream =
      is_special ? fopen(output->path, "wb") : open_temporary(staged, output->path, exists ? &existing : NULL);
  return stream != NULL && write_and_close(stream, output->content);
}

static _Noreturn void give_up(const char *path, const char *quote) {
  int reason = errno;
  temporary_files_remove();
  fail("cannot write %s%s%s: %s", quote, path, quote, strerror(reason));
}

void output_files_write(const output_file *outputs, size_t n) {
  staged_file staged[MAX_OUTPUTS] = {{0}};
  for (size_t i = 0; i < n; ++i)
    if (!is_standard_stream(outputs[i].path) && !stage(&staged[i], &outputs[i])) give_up(outputs[i].path, "'");
  for (size_t i = 0; i < n; ++i)
    if (is_standard_stream(outputs[i].path) && !write_and_close(stdout, outputs[i].content))
      give_up("to the standard output", "");
  for (size_t i = 0; i < n; ++i) {
    if (staged[i].temporary != NULL && temporary_file_rename(staged[i].temporary, staged[i].target) != 0)
      give_up(outputs[i].path, "'");
    free(staged[i].target);
  }
}
