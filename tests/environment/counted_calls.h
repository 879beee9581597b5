/* SPDX-License-Identifier: MIT */
/** @file counted_calls.h What code that must not wait may not call, counted in the threads that ask for it. */
#ifndef DICREC_TEST_COUNTED_CALLS_H
#define DICREC_TEST_COUNTED_CALLS_H

#include <stdbool.h>

/** Requests for memory and its return; locks, signals to other threads, and what starts or stops them. */
enum { CALLS_MEMORY, CALLS_THREADS, CALLS_KINDS };

/** Begin or end counting what this thread calls. */
void count_calls(bool is_on);

/** Calls of a kind that were counted in all threads; `first` receives the name of the first one, or NULL. */
long counted_calls(int kind, const char **first);

/** Begin anew. */
void forget_calls(void);

#endif
