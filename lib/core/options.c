/* SPDX-License-Identifier: MIT */
#include "core/options.h"

#include <stdint.h>
#include <string.h>

#include "core/context.h"

void dicrec__options_init(void *options, size_t caller_size, const void *defaults, size_t size) {
  if (options == NULL || caller_size < sizeof(uint32_t)) return;
  memset(options, 0, caller_size);
  memcpy(options, defaults, caller_size < size ? caller_size : size);
  const uint32_t struct_size = (uint32_t)caller_size;
  memcpy(options, &struct_size, sizeof struct_size);
}

dicrec_status dicrec__options_read(dicrec_context *context, const char *name, const void *from, void *to, size_t size) {
  if (from == NULL) return DICREC_OK;
  uint32_t given;
  memcpy(&given, from, sizeof given);
  if (given < 2 * sizeof(uint32_t) || given > 65536)
    return dicrec__fail(context, DICREC_E_OPTION, "%s.struct_size is %u, expected %zu; was it initialised?", name,
                        (unsigned)given, size);
  const unsigned char *bytes = from;
  for (size_t i = size; i < given; ++i)
    if (bytes[i] != 0)
      return dicrec__fail(context, DICREC_E_OPTION, "%s sets an option that this version does not know (byte %zu)",
                          name, i);
  memcpy(to, from, given < size ? given : size);
  const uint32_t known = (uint32_t)size;
  memcpy(to, &known, sizeof known);
  return DICREC_OK;
}
