/* SPDX-License-Identifier: MIT */
/** @file embedded.h Files that are compiled into the library, by lists that embed.py writes. */
#ifndef DICREC_CORE_EMBEDDED_H
#define DICREC_CORE_EMBEDDED_H

#include <stddef.h>

typedef struct dicrec__embedded {
  const char *name; /**< of the file, less its ending; NULL after the last */
  const unsigned char *data;
  size_t size;
} dicrec__embedded;

/** The file of that name in a list, or NULL. */
const dicrec__embedded *dicrec__embedded_find(const dicrec__embedded *list, const char *name);

#endif
