/* SPDX-License-Identifier: MIT */
/**
 * @file file_place.c
 * Where a path leads once its links are followed.
 */
#define _XOPEN_SOURCE 700 /* realpath, readlink */

#include "system/file_place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tables/text_buffer.h"

enum { MAX_LINKS = 40, FIRST_LINK_SIZE = 256 };

bool is_standard_stream(const char *path) { return path == NULL || strcmp(path, "-") == 0; }

size_t file_folder_length(const char *path) {
  size_t length = (size_t)(strrchr(path, '/') - path);
  return length > 0 ? length : 1;
}

/* Replace a path whose last part is a link by what the link says; false if it is no link. */
static bool follow(text_buffer *path) {
  size_t size = FIRST_LINK_SIZE;
  char *link = allocate(size, 1);
  ssize_t length = readlink(path->bytes, link, size);
  while (length >= 0 && (size_t)length == size) { /* maybe cut */
    link = grow(link, &size, size + 1, 1);
    length = readlink(path->bytes, link, size);
  }
  if (length > 0) {
    const char *slash = strrchr(path->bytes, '/');
    path->length = *link == '/' || slash == NULL ? 0 : (size_t)(slash + 1 - path->bytes);
    text_buffer_append(path, link, (size_t)length);
  }
  free(link);
  return length > 0;
}

/* The real folder of a path that is no link, and the path's last part. */
static char *in_real_folder(text_buffer *path) {
  char *slash = strrchr(path->bytes, '/');
  const char *name = slash != NULL ? slash + 1 : path->bytes;
  bool is_folder = *name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
  text_buffer folder = {0};
  text_buffer_append(&folder, slash != NULL ? path->bytes : ".", slash != NULL ? (size_t)(slash + 1 - path->bytes) : 1);
  char *real = realpath(folder.bytes, NULL);
  text_buffer_free(&folder);
  if (real == NULL) return NULL;
  text_buffer place = {0};
  text_buffer_format(&place, "%s%s%s", real, strcmp(real, "/") == 0 ? "" : "/", is_folder ? "" : name);
  free(real);
  if (!is_folder) return place.bytes;
  text_buffer_free(&place);
  errno = EISDIR;
  return NULL;
}

char *file_place(const char *path) {
  text_buffer at = {0};
  text_buffer_append(&at, path, strlen(path));
  int n_links = 0;
  while (n_links <= MAX_LINKS && follow(&at)) ++n_links;
  char *place = n_links <= MAX_LINKS ? in_real_folder(&at) : NULL;
  int reason = n_links <= MAX_LINKS ? errno : ELOOP;
  text_buffer_free(&at);
  errno = reason;
  return place;
}
