/* SPDX-License-Identifier: MIT */
#include "core/copy_out.h"

#include <string.h>

dicrec_status dicrec__check_room(size_t n, const void *to, size_t capacity) {
  if (capacity < n) return DICREC_E_BUFFER;
  return n > 0 && to == NULL ? DICREC_E_ARGUMENT : DICREC_OK;
}

dicrec_status dicrec__copy_out(const void *from, size_t n, size_t width, void *to, size_t capacity) {
  if (n == 0) return DICREC_OK;
  if (from == NULL) return DICREC_E_ARGUMENT;
  const dicrec_status status = dicrec__check_room(n, to, capacity);
  if (status == DICREC_OK) memcpy(to, from, n * width);
  return status;
}
