/* SPDX-License-Identifier: MIT */
/**
 * @file file_identity.h
 * Which file a path means, whatever it is called, and whether it can be written.
 *
 * Files that exist are identified by device and number, which also finds hard links; those that do not by the place
 * that their path leads to.
 */
#ifndef DICREC_CLI_FILE_IDENTITY_H
#define DICREC_CLI_FILE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

/** A file that is read or written. */
typedef struct file_identity {
  bool is_output;
  bool exists;
  bool is_regular, is_character_device; /* if it exists */
  uintmax_t device, number;             /* if it exists */
  char *place;                          /* if it does not exist; NULL: nowhere */
} file_identity;

/** The file at a path, a standard stream for NULL or "-". Free it. */
file_identity file_identity_of(const char *path, bool is_output);

/** Whether two files are one that cannot be used for both: two outputs, or an output and an input. */
bool file_identity_clashes(const file_identity *a, const file_identity *b);

/** Give the memory back. */
void file_identity_free(file_identity *file);

/** 0 if an output can be written to a path, else the errno that says why not. */
int file_write_problem(const char *path);

#endif
