/* SPDX-License-Identifier: MIT */
/**
 * @file output_files.c
 * Writes finished outputs, all or none.
 *
 * A regular file is written under a temporary name beside it and renamed when every output is complete. Devices and
 * pipes cannot be replaced by a rename and are written directly.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include "output_files.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_OUTPUTS = 4 };

/* An output between the first byte and the rename. */
typedef struct staged_file {
  char *target;    /* where it goes once links are followed; NULL: written directly */
  char *temporary; /* where it is until then */
} staged_file;

static bool is_stdout(const char *path) { return path == NULL || strcmp(path, "-") == 0; }

static void discard(staged_file *staged, size_t n) {
  for (size_t i = 0; i < n; ++i)
    if (staged[i].temporary != NULL) unlink(staged[i].temporary);
}

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

static char *copy_with_suffix(const char *text, const char *suffix) {
  size_t size = strlen(text) + strlen(suffix) + 1;
  char *copy = allocate(size, 1);
  snprintf(copy, size, "%s%s", text, suffix);
  return copy;
}

static FILE *open_temporary(staged_file *staged, const char *path, const struct stat *existing) {
  staged->target = existing != NULL ? realpath(path, NULL) : copy_with_suffix(path, "");
  if (staged->target == NULL) return NULL;
  char *name = copy_with_suffix(staged->target, ".XXXXXX");
  int descriptor = mkstemp(name);
  if (descriptor < 0) {
    free(name);
    return NULL;
  }
  staged->temporary = name;
  if (fchmod(descriptor, wanted_mode(existing)) != 0) return NULL;
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

void output_files_write(const output_file *outputs, size_t n) {
  staged_file staged[MAX_OUTPUTS] = {{0}};
  for (size_t i = 0; i < n; ++i) {
    bool good = is_stdout(outputs[i].path) || stage(&staged[i], &outputs[i]);
    int reason = errno;
    if (good) continue;
    discard(staged, n);
    fail("cannot write '%s': %s", outputs[i].path, strerror(reason));
  }
  for (size_t i = 0; i < n; ++i) {
    if (!is_stdout(outputs[i].path) || write_and_close(stdout, outputs[i].content)) continue;
    int reason = errno;
    discard(staged, n);
    fail("cannot write to the standard output: %s", strerror(reason));
  }
  for (size_t i = 0; i < n; ++i) {
    if (staged[i].temporary == NULL) continue;
    if (rename(staged[i].temporary, staged[i].target) != 0) {
      int reason = errno;
      discard(staged + i, n - i);
      fail("cannot write '%s': %s", outputs[i].path, strerror(reason));
    }
    free(staged[i].temporary);
    free(staged[i].target);
    staged[i] = (staged_file){0};
  }
}
