/* SPDX-License-Identifier: MIT */
/** @file fault_allocator.c An allocator that counts its blocks and fails at a chosen call. */
#include "fault_allocator.h"

#include <stdlib.h>

void fault_allocator_start(struct fault_allocator *allocator) {
  *allocator = (struct fault_allocator){.owner = pthread_self()};
  pthread_mutex_init(&allocator->lock, NULL);
}

void fault_allocator_arm(struct fault_allocator *allocator, int64_t fail_at) {
  allocator->n_calls = 0;
  allocator->fail_at = fail_at;
}

static void *allocate(void *user, size_t size) {
  struct fault_allocator *allocator = user;
  pthread_mutex_lock(&allocator->lock);
  ++allocator->n_calls;
  if (!pthread_equal(pthread_self(), allocator->owner)) ++allocator->n_foreign;
  void *block = allocator->n_calls == allocator->fail_at ? NULL : malloc(size);
  if (block != NULL) ++allocator->n_live;
  pthread_mutex_unlock(&allocator->lock);
  return block;
}

static void release(void *user, void *pointer) {
  struct fault_allocator *allocator = user;
  pthread_mutex_lock(&allocator->lock);
  --allocator->n_live;
  pthread_mutex_unlock(&allocator->lock);
  free(pointer);
}

dicrec_context_options fault_allocator_options(struct fault_allocator *allocator) {
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.allocate = allocate;
  options.release = release;
  options.allocator_user = allocator;
  return options;
}
