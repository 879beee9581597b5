/* SPDX-License-Identifier: MIT */
/** @file growing.h Arrays that grow while several threads work: the allocator is called by one of them at a time. */
#ifndef DICREC_CORE_GROWING_H
#define DICREC_CORE_GROWING_H

#include <stdbool.h>

#include "core/allocator.h"
#include "core/system.h"

/** An allocator that worker threads share. */
typedef struct dicrec__shared_memory {
  dicrec__allocator allocator;
  dicrec__mutex lock;
} dicrec__shared_memory;

/** False if there can be no lock. */
bool dicrec__shared_memory_init(dicrec__shared_memory *memory, const dicrec__allocator *allocator);

void dicrec__shared_memory_end(dicrec__shared_memory *memory);

/** Move `n_used` numbers into a block of `capacity`, which replaces theirs; false without memory, then nothing changes.
 */
bool dicrec__grow(dicrec__shared_memory *memory, double **numbers, size_t n_used, size_t capacity);

#endif
