/* SPDX-License-Identifier: MIT */
/** @file fault_allocator.h An allocator that counts its blocks and fails at a chosen call. */
#ifndef DICREC_TESTS_FAULT_ALLOCATOR_H
#define DICREC_TESTS_FAULT_ALLOCATOR_H

#include <dicrec.h>
#include <pthread.h>

/** Locked, because a misbehaving library might call from several threads at once; `n_foreign` counts those calls. */
struct fault_allocator {
  pthread_mutex_t lock;
  pthread_t owner;   /**< the thread that started the allocator */
  int64_t n_calls;   /**< allocations since fault_allocator_arm() */
  int64_t fail_at;   /**< the call that fails, counted from 1; 0: none */
  int64_t n_live;    /**< blocks not yet given back */
  int64_t n_foreign; /**< allocations from another thread than the owner */
};

void fault_allocator_start(struct fault_allocator *allocator);

/** Count from 0 again and fail at the given call; 0: never. */
void fault_allocator_arm(struct fault_allocator *allocator, int64_t fail_at);

/** Context options that use the allocator. */
dicrec_context_options fault_allocator_options(struct fault_allocator *allocator);

#endif
