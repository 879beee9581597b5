/* SPDX-License-Identifier: MIT */
/** @file options.h Options structs that may be older or newer than the library. */
#ifndef DICREC_CORE_OPTIONS_H
#define DICREC_CORE_OPTIONS_H

#include <stddef.h>

#include "dicrec/context.h"

/** Write the defaults into a caller's struct of `caller_size` bytes, what is unknown to the library as zero. */
void dicrec__options_init(void *options, size_t caller_size, const void *defaults, size_t size);

/**
 * Copy a caller's options over the defaults that stand in `to`; NULL keeps the defaults.
 * The first field of every options struct is its size; bytes beyond what is known here must be zero.
 */
dicrec_status dicrec__options_read(dicrec_context *context, const char *name, const void *from, void *to, size_t size);

#endif
