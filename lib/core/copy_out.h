/* SPDX-License-Identifier: MIT */
/** @file copy_out.h Arrays of an object into a caller's room. */
#ifndef DICREC_CORE_COPY_OUT_H
#define DICREC_CORE_COPY_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "dicrec/status.h"

/**
 * Copy `n` items of `width` bytes to where there is room for `capacity`. Nothing to copy needs no room, and `to` may
 * then be NULL. OK, E_ARGUMENT (the object has no such array, or `to` is NULL) or E_BUFFER; after these `to` is as it
 * was.
 */
dicrec_status dicrec__copy_out(const void *from, size_t n, size_t width, void *to, size_t capacity);

/** One of several lists of numbers that an object has, and how to ask the object for its i-th. */
typedef struct dicrec__list {
  const double *values;
  size_t n;
} dicrec__list;
typedef dicrec__list (*dicrec__list_of)(const void *object, size_t i);

/** Numbers in all of an object's lists. */
size_t dicrec__lists_total(const void *object, size_t n_lists, dicrec__list_of list_of);

/**
 * Copy the lists one after the other, and where each begins: offsets [n_lists + 1]. OK, E_ARGUMENT or E_BUFFER; after a
 * failure nothing is written.
 */
dicrec_status dicrec__copy_lists(const void *object, size_t n_lists, dicrec__list_of list_of, uint64_t *offsets,
                                 size_t offset_capacity, double *values, size_t value_capacity);

/** Whether there is room for `n` items, for those that have yet to be made. OK, E_ARGUMENT or E_BUFFER, as above. */
dicrec_status dicrec__check_room(size_t n, const void *to, size_t capacity);

#endif
