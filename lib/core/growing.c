/* SPDX-License-Identifier: MIT */
#include "core/growing.h"

#include <string.h>

bool dicrec__shared_memory_init(dicrec__shared_memory *memory, const dicrec__allocator *allocator) {
  memory->allocator = *allocator;
  return dicrec__mutex_init(&memory->lock);
}

void dicrec__shared_memory_end(dicrec__shared_memory *memory) { dicrec__mutex_end(&memory->lock); }

bool dicrec__grow(dicrec__shared_memory *memory, double **numbers, size_t n_used, size_t capacity) {
  dicrec__mutex_lock(&memory->lock);
  double *larger = dicrec__allocate(&memory->allocator, capacity, sizeof *larger);
  if (larger != NULL) {
    if (n_used > 0) memcpy(larger, *numbers, n_used * sizeof *larger);
    dicrec__release(&memory->allocator, *numbers);
    *numbers = larger;
  }
  dicrec__mutex_unlock(&memory->lock);
  return larger != NULL;
}
