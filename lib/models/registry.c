/* SPDX-License-Identifier: MIT */
/** @file registry.c The built-in models by name. */
#include <string.h>

#include "models/model.h"

static const dicrec__model_table *const tables[] = {&dicrec__stg_table, &dicrec__da_table};
static const size_t n_tables = sizeof tables / sizeof tables[0];

size_t dicrec_model_builtin_count(void) { return n_tables; }

const char *dicrec_model_builtin_name(size_t index) { return index < n_tables ? tables[index]->name : NULL; }

dicrec_status dicrec_model_open(dicrec_context *context, const char *name, dicrec_model **model) {
  if (model != NULL) *model = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (name == NULL || model == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "name or model is NULL");
  for (size_t i = 0; i < n_tables; ++i)
    if (strcmp(tables[i]->name, name) == 0) return dicrec__model_create(context, tables[i], model);
  return dicrec__fail(context, DICREC_E_NAME, "unknown model '%.64s', known are stg and da", name);
}
