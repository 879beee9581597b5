/* SPDX-License-Identifier: MIT */
#include "core/options.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/context.h"

/* Far beyond any struct of any version. */
static const size_t largest_struct = 65536;

/* Structs of all versions end with a whole field: their sizes are multiples of the widest alignment. */
static bool is_struct_size(size_t size) {
  return size >= 2 * sizeof(uint32_t) && size <= largest_struct && size % _Alignof(uint64_t) == 0;
}

static void write_struct(void *to, size_t caller_size, const void *from, size_t size) {
  memset(to, 0, caller_size);
  memcpy(to, from, caller_size < size ? caller_size : size);
  const uint32_t struct_size = (uint32_t)caller_size;
  memcpy(to, &struct_size, sizeof struct_size);
}

void dicrec__options_init(void *options, size_t caller_size, const void *defaults, size_t size) {
  if (options == NULL || caller_size < sizeof(uint32_t)) return;
  if (is_struct_size(caller_size)) write_struct(options, caller_size, defaults, size);
  else memset(options, 0, sizeof(uint32_t)); /* whoever reads them answers E_OPTION */
}

dicrec_status dicrec__options_read(dicrec_context *context, const char *name, const void *from, void *to, size_t size) {
  if (from == NULL) return DICREC_OK;
  uint32_t given;
  memcpy(&given, from, sizeof given);
  if (!is_struct_size(given))
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

dicrec_status dicrec__struct_copy(const void *from, size_t size, void *to) {
  if (to == NULL) return DICREC_E_ARGUMENT;
  uint32_t given;
  memcpy(&given, to, sizeof given);
  if (!is_struct_size(given)) return DICREC_E_ARGUMENT;
  write_struct(to, given, from, size);
  const uint32_t filled = given < size ? given : (uint32_t)size;
  memcpy(to, &filled, sizeof filled);
  return DICREC_OK;
}
