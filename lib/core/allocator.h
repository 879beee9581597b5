/* SPDX-License-Identifier: MIT */
/** @file allocator.h Heap memory through the user's functions: counted in elements, aligned for vectors. */
#ifndef DICREC_CORE_ALLOCATOR_H
#define DICREC_CORE_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/system.h"

/** Alignment of every block, enough for the widest vectors. */
#define DICREC__ALIGNMENT 64

/**
 * Large blocks that are given back and taken again, so that pieces of work of one kind do not map and clear new pages
 * each. Belongs to one thread.
 */
typedef struct dicrec__recycler {
  dicrec__mutex *lock; /**< around the user's functions, where several threads call them; NULL: none */
  void *first;         /**< of the blocks that are kept; they are chained */
  size_t n_blocks, n_bytes;
} dicrec__recycler;

/** Where memory comes from; copied into every object so that objects may outlive their context. */
typedef struct dicrec__allocator {
  void *(*allocate)(void *user, size_t size);
  void (*release)(void *user, void *pointer);
  void *user;
  dicrec__recycler *recycler; /**< NULL: none. Objects that outlive it are given an allocator without. */
} dicrec__allocator;

/** malloc() and free(), which several threads may call at once. */
extern const dicrec__allocator dicrec__standard_allocator;

bool dicrec__allocator_is_standard(const dicrec__allocator *allocator);

/** `count` zeroed elements of `size` bytes; NULL if there is no memory or the product overflows. */
void *dicrec__allocate(const dicrec__allocator *allocator, size_t count, size_t size);

/** The same without zeroing, for large scratch that is written before it is read. */
void *dicrec__allocate_unset(const dicrec__allocator *allocator, size_t count, size_t size);

/** Give a block back; NULL is ignored. */
void dicrec__release(const dicrec__allocator *allocator, void *block);

/** Give back what the allocator's recycler keeps. */
void dicrec__recycler_empty(const dicrec__allocator *allocator);

#endif
