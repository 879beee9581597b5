/* SPDX-License-Identifier: MIT */
#include "core/allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** Stands just before every block. */
struct header {
  void *raw;    /**< what the user's function returned */
  size_t bytes; /**< that the block has room for */
};

/** What a block holds while it waits to be used again. */
struct free_block {
  void *next;
};

/* Blocks below this come from pages that malloc keeps anyway; more than these are not kept. */
static const size_t least_kept = 16384, most_kept = (size_t)64 << 20;
enum { MOST_BLOCKS = 48 };

static void *standard_allocate(void *user, size_t size) {
  (void)user;
  return malloc(size);
}

static void standard_release(void *user, void *pointer) {
  (void)user;
  free(pointer);
}

const dicrec__allocator dicrec__standard_allocator = {standard_allocate, standard_release, NULL, NULL};

bool dicrec__allocator_is_standard(const dicrec__allocator *allocator) {
  return allocator->allocate == standard_allocate;
}

static struct header *header_of(void *block) { return (struct header *)block - 1; }

/* The user's functions, one thread at a time. */
static void *call_allocate(const dicrec__allocator *allocator, size_t size) {
  dicrec__mutex *lock = allocator->recycler != NULL ? allocator->recycler->lock : NULL;
  if (lock != NULL) dicrec__mutex_lock(lock);
  void *raw = allocator->allocate(allocator->user, size);
  if (lock != NULL) dicrec__mutex_unlock(lock);
  return raw;
}

static void call_release(const dicrec__allocator *allocator, void *raw) {
  dicrec__mutex *lock = allocator->recycler != NULL ? allocator->recycler->lock : NULL;
  if (lock != NULL) dicrec__mutex_lock(lock);
  allocator->release(allocator->user, raw);
  if (lock != NULL) dicrec__mutex_unlock(lock);
}

/* The smallest block kept that has room, unless most of it would be wasted. */
static void *take_kept(dicrec__recycler *recycler, size_t bytes) {
  void **best = NULL, **place = &recycler->first;
  size_t room = bytes < SIZE_MAX / 2 ? 2 * bytes : SIZE_MAX;
  for (; *place != NULL; place = &((struct free_block *)*place)->next) {
    const size_t own = header_of(*place)->bytes;
    if (own < bytes || own > room) continue;
    best = place;
    room = own - 1;
  }
  if (best == NULL) return NULL;
  void *block = *best;
  *best = ((struct free_block *)block)->next;
  recycler->n_blocks -= 1;
  recycler->n_bytes -= header_of(block)->bytes;
  return block;
}

static bool keep(dicrec__recycler *recycler, void *block) {
  const size_t bytes = header_of(block)->bytes;
  if (bytes < least_kept || recycler->n_blocks >= MOST_BLOCKS || bytes > most_kept - recycler->n_bytes) return false;
  ((struct free_block *)block)->next = recycler->first;
  recycler->first = block;
  recycler->n_blocks += 1;
  recycler->n_bytes += bytes;
  return true;
}

static void *take_new(const dicrec__allocator *allocator, size_t bytes) {
  const size_t overhead = DICREC__ALIGNMENT + sizeof(struct header);
  if (bytes > SIZE_MAX - overhead) return NULL;
  char *raw = call_allocate(allocator, bytes + overhead);
  if (raw == NULL && allocator->recycler != NULL && allocator->recycler->first != NULL) {
    dicrec__recycler_empty(allocator); /* memory is short */
    raw = call_allocate(allocator, bytes + overhead);
  }
  if (raw == NULL) return NULL;
  const size_t gap = DICREC__ALIGNMENT - (uintptr_t)(raw + sizeof(struct header)) % DICREC__ALIGNMENT;
  void *block = raw + sizeof(struct header) + gap % DICREC__ALIGNMENT;
  *header_of(block) = (struct header){raw, bytes};
  return block;
}

void *dicrec__allocate_unset(const dicrec__allocator *allocator, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  const size_t bytes = count * size;
  void *kept = NULL;
  if (allocator->recycler != NULL && bytes >= least_kept / 2) kept = take_kept(allocator->recycler, bytes);
  return kept != NULL ? kept : take_new(allocator, bytes);
}

void *dicrec__allocate(const dicrec__allocator *allocator, size_t count, size_t size) {
  void *block = dicrec__allocate_unset(allocator, count, size);
  if (block != NULL) memset(block, 0, count * size);
  return block;
}

void dicrec__release(const dicrec__allocator *allocator, void *block) {
  if (block == NULL) return;
  if (allocator->recycler == NULL || !keep(allocator->recycler, block)) call_release(allocator, header_of(block)->raw);
}

void dicrec__recycler_empty(const dicrec__allocator *allocator) {
  dicrec__recycler *recycler = allocator->recycler;
  while (recycler->first != NULL) {
    void *block = recycler->first;
    recycler->first = ((struct free_block *)block)->next;
    call_release(allocator, header_of(block)->raw);
  }
  recycler->n_blocks = recycler->n_bytes = 0;
}
