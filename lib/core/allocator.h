/* SPDX-License-Identifier: MIT */
/** @file allocator.h Heap memory through the user's functions: counted in elements, aligned for vectors. */
#ifndef DICREC_CORE_ALLOCATOR_H
#define DICREC_CORE_ALLOCATOR_H

#include <stddef.h>

/** Alignment of every block, enough for the widest vectors. */
#define DICREC__ALIGNMENT 64

/** Where memory comes from; copied into every object so that objects may outlive their context. */
typedef struct dicrec__allocator {
  void *(*allocate)(void *user, size_t size);
  void (*release)(void *user, void *pointer);
  void *user;
} dicrec__allocator;

/** `count` zeroed elements of `size` bytes; NULL if there is no memory or the product overflows. */
void *dicrec__allocate(const dicrec__allocator *allocator, size_t count, size_t size);

/** Give a block back; NULL is ignored. */
void dicrec__release(const dicrec__allocator *allocator, void *block);

#endif
