/* SPDX-License-Identifier: MIT */
#include "network/builtin.h"

#include <string.h>

const unsigned char *dicrec__builtin_weights(const char *model, size_t *size) {
  *size = 0;
  for (const dicrec__builtin *entry = dicrec__builtin_table; entry->name != NULL; ++entry) {
    if (strcmp(entry->name, model) != 0) continue;
    *size = entry->size;
    return entry->data;
  }
  return NULL;
}
