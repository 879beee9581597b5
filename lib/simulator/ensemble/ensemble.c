/* SPDX-License-Identifier: MIT */
/** @file ensemble.c Blocks of neurons over worker threads, with the kernel that suits the processor. */
#include "simulator/ensemble/ensemble.h"

#include "core/kernel_choice.h"
#include "core/workers.h"

/** What the workers share. */
struct shared {
  const dicrec__ensemble *ensemble;
  dicrec__ensemble_kernel kernel;
  const size_t *members; /**< [n_members], those that can run */
  size_t n_members;
  dicrec__ensemble_block *blocks; /**< one for each worker */
};

static void run_blocks(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  const struct shared *shared = user;
  dicrec__ensemble_block *block = &shared->blocks[dicrec__worker_index(worker)];
  dicrec__ensemble_block_start(shared->ensemble, shared->members, begin, end, worker, block);
  shared->kernel(shared->ensemble, block);
}

/* Members that a worker begins with: its lanes full, but something for every worker. The others follow one by one. */
static size_t chunk_of(size_t n_members, int n_threads) {
  const size_t share = (n_members + (size_t)n_threads - 1) / (size_t)n_threads;
  return share == 0 || share > DICREC__LANES ? DICREC__LANES : share;
}

dicrec_status dicrec__ensemble_run(dicrec_context *context, const dicrec__run *run) {
  dicrec__ensemble ensemble;
  dicrec_status status = dicrec__ensemble_prepare(context, run, &ensemble);
  if (status != DICREC_OK) return status;
  const dicrec__allocator *allocator = &context->allocator;
  const size_t n = run->simulation->n_members;
  size_t *members = dicrec__allocate(allocator, n, sizeof *members);
  struct shared shared = {&ensemble, DICREC__BEST_KERNEL(dicrec__ensemble_kernel_), members, 0, NULL};
  shared.blocks = dicrec__allocate(allocator, (size_t)run->n_threads, sizeof *shared.blocks);
  if (members == NULL || shared.blocks == NULL) {
    status = dicrec__fail_memory(context, "the blocks of the ensemble");
  } else {
    for (size_t i = 0; i < n; ++i) {
      if (dicrec__run_accepts(run, i)) members[shared.n_members++] = i;
      else run->simulation->status[i] = DICREC_E_RANGE;
    }
    status = dicrec__workers_run(context, run->n_threads, shared.n_members, chunk_of(shared.n_members, run->n_threads),
                                 run->deadline_s, run_blocks, &shared);
  }
  dicrec__release(allocator, shared.blocks);
  dicrec__release(allocator, members);
  return status;
}
