/* SPDX-License-Identifier: MIT */
/** @file context.h The context's inside: error text, log and progress. */
#ifndef DICREC_CORE_CONTEXT_H
#define DICREC_CORE_CONTEXT_H

#include <stdbool.h>

#include "core/allocator.h"
#include "dicrec/context.h"

#define DICREC__ERROR_SIZE 512

struct dicrec_context {
  dicrec__allocator allocator;
  dicrec_context_options options;
  char error[DICREC__ERROR_SIZE];
};

#if defined(__GNUC__)
#define DICREC__PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define DICREC__PRINTF(text, first)
#endif

/** Copy a text into `size` bytes, always terminated if there is room; the length of the whole text. */
size_t dicrec__copy_text(const char *from, char *to, size_t size);

/** Start of a public call: clears the error text. */
void dicrec__begin(dicrec_context *context);

/** Keep the text of a failure or remark (one line) and return `status`. */
dicrec_status dicrec__fail(dicrec_context *context, dicrec_status status, const char *format, ...) DICREC__PRINTF(3, 4);

/** E_MEMORY, with the name of what could not be had. */
dicrec_status dicrec__fail_memory(dicrec_context *context, const char *what);

/** E_RANGE, with name, value and the allowed range. */
dicrec_status dicrec__fail_range(dicrec_context *context, const char *name, double value, const char *allowed);

/** Send a line to the user's log, if there is one. */
void dicrec__log(dicrec_context *context, int32_t level, const char *format, ...) DICREC__PRINTF(3, 4);

/** Report progress; true if the user cancels. */
bool dicrec__progress(dicrec_context *context, int64_t done, int64_t total);

#endif
