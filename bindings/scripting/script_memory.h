/* SPDX-License-Identifier: MIT */
/**
 * @file script_memory.h
 * Memory that is given back all at once, so that nothing is lost where an interpreter leaves by a jump.
 */
#ifndef DICREC_SCRIPT_MEMORY_H
#define DICREC_SCRIPT_MEMORY_H

#include <stddef.h>

/** Blocks of memory; zero is none. */
typedef struct script_memory {
  struct script_block *last;
} script_memory;

/** `count` times `size` bytes of zeros, at least one byte; NULL when memory is short. */
void *script_memory_take(script_memory *memory, size_t count, size_t size);

/** A copy of a text; NULL when memory is short. */
char *script_memory_text(script_memory *memory, const char *text);

/** Give everything back. */
void script_memory_free(script_memory *memory);

#endif
