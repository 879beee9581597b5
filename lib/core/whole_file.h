/* SPDX-License-Identifier: MIT */
/** @file whole_file.h A file in memory. */
#ifndef DICREC_CORE_WHOLE_FILE_H
#define DICREC_CORE_WHOLE_FILE_H

#include "core/context.h"

/** The bytes are the reader's to release. */
typedef struct dicrec__whole_file {
  unsigned char *bytes; /**< [size] */
  size_t size;
} dicrec__whole_file;

/** Read a file of at most `most` bytes; `what` it holds goes into texts. OK, E_FILE or E_MEMORY. */
dicrec_status dicrec__whole_file_read(dicrec_context *context, const char *what, const char *path, size_t most,
                                      dicrec__whole_file *file);

#endif
