/* SPDX-License-Identifier: MIT */
/**
 * @file options.h
 * Structs of callers that may be older or newer than the library. The first field is the caller's size; one that no
 * version has, too small, too large or in the middle of a field, is refused.
 */
#ifndef DICREC_CORE_OPTIONS_H
#define DICREC_CORE_OPTIONS_H

#include <stddef.h>

#include "dicrec/context.h"

/**
 * Write the defaults into a caller's struct of `caller_size` bytes, what is unknown to the library as zero. A size that
 * no version has leaves a struct that is refused by dicrec__options_read().
 */
void dicrec__options_init(void *options, size_t caller_size, const void *defaults, size_t size);

/**
 * Copy a caller's options over the defaults that stand in `to`; NULL keeps the defaults.
 * The first field of every options struct is its size; bytes beyond what is known here must be zero.
 */
dicrec_status dicrec__options_read(dicrec_context *context, const char *name, const void *from, void *to, size_t size);

/**
 * Copy a result into a caller's struct, whose first field says its size, and becomes the size of what was filled. OK or
 * E_ARGUMENT, then nothing is written.
 */
dicrec_status dicrec__struct_copy(const void *from, size_t size, void *to);

#endif
