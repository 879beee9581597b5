/* SPDX-License-Identifier: MIT */
/**
 * @file file_identity.c
 * Which file a path means, and whether it can be written.
 */
#define _XOPEN_SOURCE 700 /* fstat, access */

#include "system/file_identity.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/file_place.h"

file_identity file_identity_of(const char *path, bool is_output) {
  file_identity file = {.is_output = is_output};
  struct stat known;
  bool is_standard = is_standard_stream(path);
  file.exists = (is_standard ? fstat(is_output ? STDOUT_FILENO : STDIN_FILENO, &known) : stat(path, &known)) == 0;
  if (file.exists) {
    file.is_regular = S_ISREG(known.st_mode);
    file.is_character_device = S_ISCHR(known.st_mode);
    file.device = (uintmax_t)known.st_dev;
    file.number = (uintmax_t)known.st_ino;
  } else if (!is_standard) {
    file.place = file_place(path);
  }
  return file;
}

bool file_identity_clashes(const file_identity *a, const file_identity *b) {
  if (!(a->is_output || b->is_output) || a->exists != b->exists) return false;
  if (!a->exists) return a->place != NULL && b->place != NULL && strcmp(a->place, b->place) == 0;
  if (a->device != b->device || a->number != b->number) return false;
  /* Terminals and /dev/null lose nothing; a socket may be both ends of a conversation. */
  return a->is_output && b->is_output ? !a->is_character_device : a->is_regular;
}

void file_identity_free(file_identity *file) {
  free(file->place);
  file->place = NULL;
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

int file_write_problem(const char *path) {
  struct stat known;
  if (stat(path, &known) == 0) {
    if (S_ISDIR(known.st_mode)) return EISDIR;
    if (access(path, W_OK) != 0) return errno;
    if (!S_ISREG(known.st_mode)) return 0;
  }
  return folder_is_writable(path) ? 0 : errno;
}
