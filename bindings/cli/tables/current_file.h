/* SPDX-License-Identifier: MIT */
/**
 * @file current_file.h
 * Reads an injected current from a CSV file with the columns time_ms and current_uA_cm2.
 */
#ifndef DICREC_CLI_CURRENT_FILE_H
#define DICREC_CLI_CURRENT_FILE_H

#include <stddef.h>

/** Points of a current; zero is none. */
typedef struct current_file {
  double *times_ms; /* [n] */
  double *values;   /* [n] uA/cm2 */
  size_t n;
} current_file;

/** Read a file, or nothing for NULL; what is not such a file ends in fail(). */
void current_file_read(current_file *file, const char *path);

/** Give the memory back. */
void current_file_free(current_file *file);

#endif
