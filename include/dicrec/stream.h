/* SPDX-License-Identifier: MIT */
/**
 * @file stream.h
 * DICs of a neuron while it fires: spikes are pushed as they come, the posterior is read at any time.
 *
 * For programs that record. All memory is had when a stream is created and does not grow: pushing and reading take none
 * from anywhere and no lock, ask nothing of the system, and need a bounded time for each spike. What is read is the
 * answer of dicrec_estimate() to all spikes since the beginning, up to float rounding.
 */
#ifndef DICREC_STREAM_H
#define DICREC_STREAM_H

#include <stddef.h>

#include "context.h"
#include "estimator.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Spikes of one neuron, read as they come; one thread at a time. */
typedef struct dicrec_stream dicrec_stream;

/**
 * Create a stream.
 *
 * @param context    Context; only used by this call.
 * @param estimator  Estimator; the stream keeps it as long as it needs it.
 * @param options    Options, or NULL for the defaults; auto_scale, which needs the whole train, is refused.
 * @param stream     Receives the handle; free with dicrec_stream_free(). NULL on failure.
 * @return OK, E_ARGUMENT, E_RANGE, E_OPTION (auto_scale among others), E_MEMORY.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_stream_create(dicrec_context *context, const dicrec_estimator *estimator,
                                              const dicrec_estimate_options *options, dicrec_stream **stream);

/** Free a stream, and the posterior that it lent if nobody retained it; NULL is ignored. Threads: any, once. Since 0.1.
 */
DICREC_API void dicrec_stream_free(dicrec_stream *stream);

/**
 * Add spikes. All of them or, after a failure, none.
 *
 * @param stream    Stream.
 * @param times_ms  [n], -1e13 to 1e13 ms, strictly increasing and after the last spike that was pushed. NULL only if n
 *                  is 0.
 * @param n         Number of spikes.
 * @return OK, E_ARGUMENT, E_SPIKES.
 * Threads: one at a time for a stream. Since 0.1.
 */
DICREC_API dicrec_status dicrec_stream_push(dicrec_stream *stream, const double *times_ms, size_t n);

/**
 * Copy the text of why the last dicrec_stream_push() was refused: which spike, which time, what was allowed.
 *
 * The text is made here, not while pushing: unlike that, this call is none for threads that must not wait.
 * @param stream  Stream, or NULL (an empty text).
 * @param text    Receives at most `size` bytes, always terminated if `size` > 0; may be NULL if `size` is 0.
 * @param size    Bytes at `text`.
 * @return Length of the whole text without its terminator; 0: it was not refused.
 * Threads: one at a time for a stream. Since 0.1.
 */
DICREC_API size_t dicrec_stream_error(const dicrec_stream *stream, char *text, size_t size);

/** Spikes pushed since the beginning; 0 for NULL. Threads: one at a time for a stream. Since 0.1. */
DICREC_API size_t dicrec_stream_spike_count(const dicrec_stream *stream);

/**
 * Read the DICs from all spikes since the beginning.
 *
 * @param stream     Stream.
 * @param posterior  Receives the stream's own posterior, valid until dicrec_stream_free(), and changed by the next call
 *                   of this function even for those who retain it; dicrec_posterior_copy_mixture() keeps what it says.
 *                   NULL on failure.
 * @return OK, W_SILENT (fewer than three spikes: the answer is that of silent neurons), W_SUPPORT, E_ARGUMENT.
 * Threads: one at a time for a stream, and for what it lends. Since 0.1.
 */
DICREC_API dicrec_status dicrec_stream_posterior(dicrec_stream *stream, const dicrec_posterior **posterior);

/** Forget all spikes, to begin anew; NULL is ignored. Threads: one at a time for a stream. Since 0.1. */
DICREC_API void dicrec_stream_reset(dicrec_stream *stream);

#ifdef __cplusplus
}
#endif

#endif
