/* SPDX-License-Identifier: MIT */
/** @file workers.h Independent pieces of work on several threads. */
#ifndef DICREC_CORE_WORKERS_H
#define DICREC_CORE_WORKERS_H

#include <stddef.h>

#include "core/context.h"

#define DICREC__MAX_THREADS 256

/** Work on items begin to end (excluded). `worker` is below the number of threads; each has its own scratch. */
typedef void (*dicrec__work)(void *user, int worker, size_t begin, size_t end);

/** Check an n_threads option (0 means 1); writes the number to use. */
dicrec_status dicrec__workers_count(dicrec_context *context, int32_t option, int *n_threads);

/**
 * Run `work` over `n_items` in chunks. The calling thread works too, and it alone reports progress.
 * With one thread none is created. E_CANCELLED if the user cancels: chunks under way are finished first.
 */
dicrec_status dicrec__workers_run(dicrec_context *context, int n_threads, size_t n_items, size_t chunk,
                                  dicrec__work work, void *user);

#endif
