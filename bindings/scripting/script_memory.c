/* SPDX-License-Identifier: MIT */
/**
 * @file script_memory.c
 * Memory that is given back all at once.
 */
#include "script_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What is handed out follows it, aligned as its own members are. */
typedef struct script_block {
  struct script_block *former;
  double aligned[];
} script_block;

void *script_memory_take(script_memory *memory, size_t count, size_t size) {
  if (size > 0 && count > (SIZE_MAX - sizeof(script_block) - 1) / size) return NULL;
  script_block *block = calloc(1, sizeof *block + count * size + 1);
  if (block == NULL) return NULL;
  block->former = memory->last;
  memory->last = block;
  return block->aligned;
}

char *script_memory_text(script_memory *memory, const char *text) {
  char *copy = script_memory_take(memory, strlen(text) + 1, 1);
  return copy == NULL ? NULL : strcpy(copy, text);
}

void script_memory_free(script_memory *memory) {
  while (memory->last != NULL) {
    script_block *block = memory->last;
    memory->last = block->former;
    free(block);
  }
}
