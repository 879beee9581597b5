/* SPDX-License-Identifier: MIT */
/**
 * @file output_files.h
 * Writes finished outputs, all or none: files through a temporary file beside them, the rest to stdout.
 */
#ifndef DICREC_CLI_OUTPUT_FILES_H
#define DICREC_CLI_OUTPUT_FILES_H

#include "system/temporary_files.h"
#include "tables/text_buffer.h"

/** The most outputs that a command has. */
enum { MAX_OUTPUTS = MAX_TEMPORARY_FILES };

/** A finished output and where it goes. */
typedef struct output_file {
  const char *path; /* NULL or "-": stdout */
  const text_buffer *content;
} output_file;

/** Write at most MAX_OUTPUTS outputs; whatever goes wrong ends in fail() with every existing file as it was. */
void output_files_write(const output_file *outputs, size_t n);

#endif
