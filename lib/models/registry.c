/* SPDX-License-Identifier: MIT */
/** @file registry.c The built-in models by name. */
#include <string.h>

#include "models/model.h"

#define TABLE_OF(name) &dicrec__##name##_table,
#define WORD_OF(name)  ", " #name
static const dicrec__model_table *const tables[] = {DICREC__BUILTIN_MODELS(TABLE_OF)};
static const size_t n_tables = sizeof tables / sizeof tables[0];
static const char words[] = DICREC__BUILTIN_MODELS(WORD_OF);

size_t dicrec_model_builtin_count(void) { return n_tables; }

const char *dicrec_model_builtin_name(size_t index) { return index < n_tables ? tables[index]->name : NULL; }

dicrec_status dicrec_model_open(dicrec_context *context, const char *name, dicrec_model **model) {
  if (model != NULL) *model = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (name == NULL || model == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "name or model is NULL");
  for (size_t i = 0; i < n_tables; ++i)
    if (strcmp(tables[i]->name, name) == 0) return dicrec__model_create(context, tables[i], model);
  return dicrec__fail(context, DICREC_E_NAME, "unknown model '%.64s', known are %s", name, words + strlen(", "));
}
