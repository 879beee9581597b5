/* SPDX-License-Identifier: MIT */
/**
 * @file context.h
 * Where memory comes from, where messages go, and how a long call is watched or cancelled.
 */
#ifndef DICREC_CONTEXT_H
#define DICREC_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Allocator, log, progress and last error text. One thread at a time. */
typedef struct dicrec_context dicrec_context;

/** Levels of log messages. */
enum { DICREC_LOG_INFO = 1, DICREC_LOG_WARNING = 2 };

/**
 * Options of dicrec_context_create(); see dicrec_context_options_init().
 *
 * A callback must return: no exception of another language may pass through the library, and no longjmp() may leave it.
 * It must not use the context of the call that calls it; allocate and release must not call the library at all.
 * Allocators live until the last object made with them is freed, and are ready for several threads where contexts that
 * work at the same time share one, or threads share objects.
 */
typedef struct dicrec_context_options {
  uint32_t struct_size; /**< sizeof(dicrec_context_options) of the caller */
  uint32_t reserved;    /**< must be 0 */
  /**
   * Returns `size` bytes aligned for any type, or NULL; never called with 0. NULL: malloc. Set both or neither.
   * A call with n_threads above 1 may call both functions from its worker threads, never two at once. An object that
   * threads share calls them from any of these; a model when it is freed and in its first simulation.
   */
  void *(*allocate)(void *user, size_t size);
  /** Gives back what `allocate` returned; never called with NULL. NULL: free. */
  void (*release)(void *user, void *pointer);
  void *allocator_user; /**< passed to `allocate` and `release` */
  /**
   * Receives messages of DICREC_LOG_* level, one line each, valid until it returns; a level of another value is as good
   * as DICREC_LOG_INFO. NULL: none. dicrec_reconstruct_many() with n_threads above 1 may call it from its worker
   * threads, never two at once.
   */
  void (*log)(void *user, int32_t level, const char *message);
  void *log_user; /**< passed to `log` */
  /** Called between pieces of work, from the calling thread; a result other than 0 cancels. NULL: none. */
  int32_t (*progress)(void *user, int64_t done, int64_t total);
  void *progress_user; /**< passed to `progress` */
} dicrec_context_options;

/**
 * Fill options with their defaults.
 *
 * @param options  Written, never beyond `size` bytes; NULL is ignored.
 * @param size     sizeof *options as the caller knows it.
 * Threads: any. Since 0.1.
 */
DICREC_API void dicrec_context_options_init(dicrec_context_options *options, size_t size);

/**
 * Create a context.
 *
 * Objects made with a context keep its allocator and may outlive it; callbacks are called only during calls
 * that receive the context.
 * @param options  Options, or NULL for the defaults.
 * @param context  Receives the handle; free with dicrec_context_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_OPTION, E_MEMORY.
 * Threads: any. Since 0.1.
 */
DICREC_API dicrec_status dicrec_context_create(const dicrec_context_options *options, dicrec_context **context);

/**
 * Why dicrec_context_create() would refuse options: the text of an error for which there is no context yet.
 *
 * @param options  Options, or NULL for the defaults.
 * @param text     Receives at most `size` bytes, always terminated if `size` > 0; may be NULL if `size` is 0.
 * @param size     Bytes at `text`.
 * @return Length of the whole text without its terminator; 0: they would be taken.
 * Threads: any. Since 0.1.
 */
DICREC_API size_t dicrec_context_options_error(const dicrec_context_options *options, char *text, size_t size);

/** Free a context; NULL is ignored. Threads: the context's. Since 0.1. */
DICREC_API void dicrec_context_free(dicrec_context *context);

/**
 * Copy the text of the last failure or remark: which argument, which value, what was allowed.
 *
 * Every call that receives the context clears the text first.
 * @param context  Context, or NULL (an empty text).
 * @param text     Receives at most `size` bytes, always terminated if `size` > 0; may be NULL if `size` is 0.
 * @param size     Bytes at `text`.
 * @return Length of the whole text without its terminator.
 * Threads: the context's. Since 0.1.
 */
DICREC_API size_t dicrec_context_error(const dicrec_context *context, char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
