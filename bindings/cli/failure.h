/* SPDX-License-Identifier: MIT */
/**
 * @file failure.h
 * The one way out when nothing can be written: a line on stderr and exit status 2. Memory that cannot be had ends
 * there.
 */
#ifndef DICREC_CLI_FAILURE_H
#define DICREC_CLI_FAILURE_H

#include <stddef.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

/** Exit statuses of the program. */
enum { EXIT_GOOD = 0, EXIT_SOME_FAILED = 1, EXIT_NOTHING_WRITTEN = 2 };

/** Print "dicrec: message" on stderr and end the program with EXIT_NOTHING_WRITTEN. */
_Noreturn void fail(const char *format, ...) PRINTF_LIKE(1, 2);

/** Turn line breaks and other control characters into blanks, so that what input holds fits in one line. */
void make_one_line(char *text);

/** Memory for `count` items of `size` bytes, zeroed, or fail(). Never NULL. */
void *allocate(size_t count, size_t size);

/** The block with room for at least `needed` items of `size` bytes; `capacity` (items) at least doubles when it grows.
 */
void *grow(void *block, size_t *capacity, size_t needed, size_t size);

#endif
