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

size_t dicrec__lists_total(const void *object, size_t n_lists, dicrec__list_of list_of) {
  size_t total = 0;
  for (size_t i = 0; i < n_lists; ++i) total += list_of(object, i).n;
  return total;
}

dicrec_status dicrec__copy_lists(const void *object, size_t n_lists, dicrec__list_of list_of, uint64_t *offsets,
                                 size_t offset_capacity, double *values, size_t value_capacity) {
  dicrec_status status = dicrec__check_room(n_lists + 1, offsets, offset_capacity);
  if (status == DICREC_OK)
    status = dicrec__check_room(dicrec__lists_total(object, n_lists, list_of), values, value_capacity);
  if (status != DICREC_OK) return status;
  size_t next = 0;
  for (size_t i = 0; i < n_lists; ++i) {
    const dicrec__list list = list_of(object, i);
    offsets[i] = next;
    if (list.n > 0) memcpy(values + next, list.values, list.n * sizeof *values);
    next += list.n;
  }
  offsets[n_lists] = next;
  return DICREC_OK;
}
