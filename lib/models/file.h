/* SPDX-License-Identifier: MIT */
/** @file file.h A model's table from JSON text; docs/models.md says what stands there. */
#ifndef DICREC_MODELS_FILE_H
#define DICREC_MODELS_FILE_H

#include "core/context.h"
#include "models/table.h"

#define DICREC__MODEL_FILE_FORMAT    1
#define DICREC__MODEL_FILE_MAX_BYTES 1048576

/** A table and what it points to. */
typedef struct dicrec__model_file {
  dicrec__model_table table;
  char *source; /**< [size], the text as it came */
  size_t size;
  char *text, *memory; /**< names, and the rest */
} dicrec__model_file;

/**
 * Read `size` bytes, not terminated. Whether the model is sound is for dicrec__model_check(). `file` is zeroed by the
 * caller and freed by it, after failures too. OK, E_MEMORY or, with line and place in the text, E_ARGUMENT.
 */
dicrec_status dicrec__model_file_read(dicrec_context *context, const void *bytes, size_t size,
                                      dicrec__model_file *file);

void dicrec__model_file_free(const dicrec__allocator *allocator, dicrec__model_file *file);

#endif
