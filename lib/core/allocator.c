/* SPDX-License-Identifier: MIT */
#include "core/allocator.h"

#include <stdint.h>
#include <string.h>

void *dicrec__allocate(const dicrec__allocator *allocator, size_t count, size_t size) {
  const size_t overhead = DICREC__ALIGNMENT + sizeof(void *);
  if (size != 0 && count > (SIZE_MAX - overhead) / size) return NULL;
  const size_t bytes = count * size;
  char *raw = allocator->allocate(allocator->user, bytes + overhead);
  if (raw == NULL) return NULL;
  const size_t gap = DICREC__ALIGNMENT - (uintptr_t)(raw + sizeof(void *)) % DICREC__ALIGNMENT;
  char *block = raw + sizeof(void *) + gap % DICREC__ALIGNMENT;
  memcpy(block - sizeof(void *), &raw, sizeof raw); /* the raw pointer stands just before the block */
  memset(block, 0, bytes);
  return block;
}

void dicrec__release(const dicrec__allocator *allocator, void *block) {
  if (block == NULL) return;
  void *raw;
  memcpy(&raw, (char *)block - sizeof raw, sizeof raw);
  allocator->release(allocator->user, raw);
}
