/* SPDX-License-Identifier: MIT */
/** @file registry.c Models by name and of files; the built-in ones are files like a user's, compiled into the library.
 */
#include <string.h>

#include "core/embedded.h"
#include "core/whole_file.h"
#include "models/model.h"

extern const dicrec__embedded dicrec__builtin_models[];

size_t dicrec_model_builtin_count(void) {
  size_t n = 0;
  while (dicrec__builtin_models[n].name != NULL) ++n;
  return n;
}

const char *dicrec_model_builtin_name(size_t index) {
  return index < dicrec_model_builtin_count() ? dicrec__builtin_models[index].name : NULL;
}

bool dicrec__model_is_builtin(const dicrec_model *model) {
  const dicrec__embedded *builtin = dicrec__embedded_find(dicrec__builtin_models, model->table->name);
  return builtin != NULL && model->file.size == builtin->size &&
         memcmp(model->file.source, builtin->data, builtin->size) == 0;
}

static dicrec_status unknown(dicrec_context *context, const char *name) {
  char known[256] = "";
  for (size_t i = 0, length = 0; i < dicrec_model_builtin_count() && length < sizeof known; ++i) {
    length += dicrec__copy_text(i > 0 ? ", " : "", known + length, sizeof known - length);
    if (length < sizeof known)
      length += dicrec__copy_text(dicrec__builtin_models[i].name, known + length, sizeof known - length);
  }
  return dicrec__fail(context, DICREC_E_NAME, "unknown model '%.64s', known are %s", name, known);
}

dicrec_status dicrec_model_open(dicrec_context *context, const char *name, dicrec_model **model) {
  if (model != NULL) *model = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (name == NULL || model == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "name or model is NULL");
  const dicrec__embedded *builtin = dicrec__embedded_find(dicrec__builtin_models, name);
  if (builtin == NULL) return unknown(context, name);
  return dicrec__model_create_from_text(context, (const char *)builtin->data, builtin->size, model);
}

dicrec_status dicrec_model_create_from_file(dicrec_context *context, const char *path, dicrec_model **model) {
  if (model != NULL) *model = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (path == NULL || model == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "path or model is NULL");
  dicrec__whole_file file;
  dicrec_status status = dicrec__whole_file_read(context, "a model", path, DICREC__MODEL_FILE_MAX_BYTES, &file);
  if (status != DICREC_OK) return status;
  status = dicrec__model_create_from_text(context, (const char *)file.bytes, file.size, model);
  dicrec__release(&context->allocator, file.bytes);
  return status;
}

dicrec_status dicrec_model_create_from_text(dicrec_context *context, const char *text, size_t size,
                                            dicrec_model **model) {
  if (model != NULL) *model = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (text == NULL || model == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "text or model is NULL");
  return dicrec__model_create_from_text(context, text, size, model);
}

size_t dicrec_model_copy_text(const dicrec_model *model, char *text, size_t size) {
  return dicrec__copy_text(model == NULL || model->file.source == NULL ? "" : model->file.source, text, size);
}
