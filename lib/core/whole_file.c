/* SPDX-License-Identifier: MIT */
#include "core/whole_file.h"

#include "core/system.h"

static dicrec_status file_error(dicrec_context *context, const char *what, const char *path, const char *reason) {
  return dicrec__fail(context, DICREC_E_FILE, "cannot read %s '%.256s': %s", what, path, reason);
}

static dicrec_status read_open(dicrec_context *context, const char *what, const char *path, dicrec__file *from,
                               dicrec__whole_file *to) {
  to->size = (size_t)from->size;
  to->bytes = dicrec__allocate(&context->allocator, to->size + 1, 1);
  if (to->bytes == NULL) return dicrec__fail(context, DICREC_E_MEMORY, "no memory for a file of %s", what);
  const char *problem = dicrec__file_read(from, to->bytes, to->size);
  if (problem == NULL) return DICREC_OK;
  dicrec__release(&context->allocator, to->bytes);
  return file_error(context, what, path, problem);
}

dicrec_status dicrec__whole_file_read(dicrec_context *context, const char *what, const char *path, size_t most,
                                      dicrec__whole_file *file) {
  dicrec__file from;
  const char *problem = dicrec__file_open(&from, path);
  if (problem != NULL) return file_error(context, what, path, problem);
  dicrec_status status;
  if (from.size <= most) status = read_open(context, what, path, &from, file);
  else
    status = dicrec__fail(context, DICREC_E_FILE, "cannot read %s '%.256s': %llu bytes, allowed are %zu", what, path,
                          (unsigned long long)from.size, most);
  dicrec__file_close(&from);
  return status;
}
