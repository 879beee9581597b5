/* SPDX-License-Identifier: MIT */
#include "core/embedded.h"

#include <string.h>

const dicrec__embedded *dicrec__embedded_find(const dicrec__embedded *list, const char *name) {
  while (list->name != NULL && strcmp(list->name, name) != 0) ++list;
  return list->name == NULL ? NULL : list;
}
