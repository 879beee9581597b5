/* SPDX-License-Identifier: MIT */
/**
 * @file temporary_files.c
 * Files that must not outlive the program.
 *
 * Signals are held back while a file and its entry come or go, so that a handler always finds the two in agreement.
 */
#define _XOPEN_SOURCE 700 /* mkstemp, sigprocmask */

#include "system/temporary_files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

static char *paths[MAX_TEMPORARY_FILES]; /* NULL: none */

static sigset_t hold_signals(void) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  return before;
}

/* Keeps errno, which holds the caller's error. */
static void release_signals(const sigset_t *before) {
  int reason = errno;
  sigprocmask(SIG_SETMASK, before, NULL);
  errno = reason;
}

/* The entry of a path, or a free one for NULL. */
static char **entry_of(const char *path) {
  for (size_t i = 0; i < MAX_TEMPORARY_FILES; ++i)
    if (paths[i] == path) return &paths[i];
  fail("more than %d files at once", MAX_TEMPORARY_FILES);
}

int temporary_file_create(const char *target, const char **path) {
  static const char ending[] = ".XXXXXX";
  size_t size = strlen(target) + sizeof ending;
  char *name = allocate(size, 1);
  snprintf(name, size, "%s%s", target, ending);
  char **entry = entry_of(NULL);
  sigset_t before = hold_signals();
  int descriptor = mkstemp(name);
  if (descriptor >= 0) *entry = name;
  release_signals(&before);
  if (descriptor < 0) free(name);
  *path = descriptor < 0 ? NULL : name;
  return descriptor;
}

int temporary_file_rename(const char *path, const char *target) {
  char **entry = entry_of(path);
  sigset_t before = hold_signals();
  int result = rename(path, target);
  if (result == 0) {
    free(*entry);
    *entry = NULL;
  }
  release_signals(&before);
  return result;
}

void temporary_files_remove(void) {
  int reason = errno;
  for (size_t i = 0; i < MAX_TEMPORARY_FILES; ++i) {
    if (paths[i] == NULL) continue;
    unlink(paths[i]);
    paths[i] = NULL;
  }
  errno = reason;
}
