/* SPDX-License-Identifier: MIT */
/** @file workers.h Independent pieces of work on several threads, which can be stopped between their steps. */
#ifndef DICREC_CORE_WORKERS_H
#define DICREC_CORE_WORKERS_H

#include <stddef.h>

#include "core/context.h"

/** One of the threads that work. */
typedef struct dicrec__worker dicrec__worker;

/** Index of a worker, below the number of threads; each has its own scratch. */
int dicrec__worker_index(const dicrec__worker *worker);

/**
 * Whether to stop now, for work that takes long: cancelled, or past the deadline. The calling thread's worker reports
 * progress here, some 50 times a second. Costs about as much as a look at the clock, or nothing if neither a callback
 * nor a deadline is set. Items of a piece that was stopped do not count as done.
 */
bool dicrec__worker_stopped(dicrec__worker *worker);

/** Whether the piece under way was stopped, so that its items do not count as done. Costs nothing. */
bool dicrec__worker_was_stopped(const dicrec__worker *worker);

/**
 * Take one more item beyond the piece under way, for work that has room for it; it counts as part of the piece.
 * False: there is none.
 */
bool dicrec__worker_take(dicrec__worker *worker, size_t *item);

/** Count an item of the piece under way as done before the whole piece is. */
void dicrec__worker_count(dicrec__worker *worker);

/** Work on items begin to end (excluded). */
typedef void (*dicrec__work)(void *user, dicrec__worker *worker, size_t begin, size_t end);

/**
 * Whether the user cancels, for long work that the calling thread does by itself: reports progress some 50 times a
 * second and else costs a look at the clock, or nothing without a callback. Ask it every some ten microseconds of work:
 *
 *     double reported_s = 0.0;
 *     for (...) if (i % 1024 == 0 && dicrec__progress_due(context, &reported_s, i, n)) return E_CANCELLED
 *
 * @param reported_s  When it was reported last; 0 before the first time, which reports at once.
 */
bool dicrec__progress_due(dicrec_context *context, double *reported_s, int64_t done, int64_t total);

/**
 * Run `work` over `n_items` in chunks. The calling thread works too, and it alone reports progress, also while it waits
 * for the others. With one thread none is created. Chunks under way end by themselves or when dicrec__worker_stopped()
 * stops them.
 * @param deadline_s  Time of dicrec__clock_s() at which to stop; 0: none.
 * @return OK (all was done), E_CANCELLED (by the user) or W_LIMIT (at the deadline).
 */
dicrec_status dicrec__workers_run(dicrec_context *context, int n_threads, size_t n_items, size_t chunk,
                                  double deadline_s, dicrec__work work, void *user);

#endif
