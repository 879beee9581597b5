/* SPDX-License-Identifier: MIT */
/** @file copy_out.h Arrays of an object into a caller's room. */
#ifndef DICREC_CORE_COPY_OUT_H
#define DICREC_CORE_COPY_OUT_H

#include <stddef.h>

#include "dicrec/status.h"

/**
 * Copy `n` items of `width` bytes to where there is room for `capacity`. Nothing to copy needs no room, and `to` may
 * then be NULL. OK, E_ARGUMENT (the object has no such array, or `to` is NULL) or E_BUFFER; after these `to` is as it
 * was.
 */
dicrec_status dicrec__copy_out(const void *from, size_t n, size_t width, void *to, size_t capacity);

/** Whether there is room for `n` items, for those that have yet to be made. OK, E_ARGUMENT or E_BUFFER, as above. */
dicrec_status dicrec__check_room(size_t n, const void *to, size_t capacity);

#endif
