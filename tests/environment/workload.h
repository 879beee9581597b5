/* SPDX-License-Identifier: MIT */
/** @file workload.h Everything that the library does, in small pieces whose results are told as digests. */
#ifndef DICREC_TEST_WORKLOAD_H
#define DICREC_TEST_WORKLOAD_H

#include <stdint.h>

#include "dicrec.h"

/** What the pieces share; only read by them, so that threads with a context each may share it too. */
struct workload {
  dicrec_model *model;
  dicrec_estimator *estimator;
  dicrec_spikes *train;
};

/**
 * One piece of work.
 *
 * @param n_threads  What every option of that name is set to.
 * @param digest     Receives a number made of every byte of the result; the same for the same results.
 * @return What the library answered, the worst of its calls.
 */
struct workload_piece {
  const char *name;
  dicrec_status (*run)(const struct workload *work, dicrec_context *context, int32_t n_threads, uint64_t *digest);
};

enum { WORKLOAD_N_PIECES = 15, WORKLOAD_N_MODELS = 2 };
extern const struct workload_piece workload_pieces[WORKLOAD_N_PIECES];
extern const char *const workload_models[WORKLOAD_N_MODELS];

/** Open what the pieces need. */
dicrec_status workload_open(dicrec_context *context, const char *model, struct workload *work);

/** Free it. */
void workload_close(struct workload *work);

#endif
