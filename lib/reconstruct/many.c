/* SPDX-License-Identifier: MIT */
/** @file many.c Many trains in one call. */
#include "core/workers.h"
#include "reconstruct/request.h"

static void free_all(dicrec_reconstruction **reconstructions, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    dicrec_reconstruction_free(reconstructions[i]);
    reconstructions[i] = NULL;
  }
}

/* Are the arguments complete? Empties the outputs. */
static dicrec_status begin(dicrec_context *context, const dicrec_estimator *estimator,
                           const dicrec_spikes *const *trains, size_t n, dicrec_reconstruction **reconstructions) {
  for (size_t i = 0; i < n && reconstructions != NULL; ++i) reconstructions[i] = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || (n > 0 && (trains == NULL || reconstructions == NULL)))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the estimator, the trains or the results are NULL");
  for (size_t i = 0; i < n; ++i)
    if (trains[i] == NULL) return dicrec__fail(context, DICREC_E_ARGUMENT, "train %zu of %zu is NULL", i + 1, n);
  return DICREC_OK;
}

static dicrec_status create_all(dicrec_context *context, size_t n, dicrec_reconstruction **reconstructions) {
  for (size_t i = 0; i < n; ++i) {
    reconstructions[i] = dicrec__allocate(&context->allocator, 1, sizeof *reconstructions[i]);
    if (reconstructions[i] == NULL) return dicrec__fail_memory(context, "the reconstructions");
    reconstructions[i]->allocator = context->allocator;
  }
  return DICREC_OK;
}

/* Without memory there is no answer; what else a train failed of is its own. */
static dicrec_status judge(dicrec_context *context, dicrec_reconstruction *const *reconstructions, size_t n) {
  size_t n_failed = 0, n_partial = 0, n_beyond = 0, first = n;
  for (size_t i = 0; i < n; ++i) {
    const dicrec_status status = reconstructions[i]->status;
    if (status == DICREC_E_MEMORY)
      return dicrec__fail(context, DICREC_E_MEMORY, "train %zu of %zu: %s", i + 1, n,
                          reconstructions[i]->text != NULL ? reconstructions[i]->text : "out of memory");
    n_failed += status < 0;
    n_partial += status == DICREC_W_PARTIAL;
    n_beyond += status == DICREC_W_SUPPORT;
    if (status < 0 && first == n) first = i;
  }
  if (n_failed + n_partial + n_beyond == 0) return dicrec__fail(context, DICREC_OK, "%s", "");
  if (n_failed > 0)
    return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu trains failed; train %zu: %s", n_failed, n, first + 1,
                        reconstructions[first]->text);
  return dicrec__fail(context, n_partial > 0 ? DICREC_W_PARTIAL : DICREC_W_SUPPORT,
                      "of %zu trains %zu have not all members that were asked for, %zu are outside the support", n,
                      n_partial, n_beyond);
}

dicrec_status dicrec_reconstruct_many(dicrec_context *context, const dicrec_estimator *estimator,
                                      const dicrec_spikes *const *trains, size_t n, size_t n_members,
                                      const dicrec_reconstruct_options *options,
                                      dicrec_reconstruction **reconstructions) {
  dicrec_status status = begin(context, estimator, trains, n, reconstructions);
  dicrec__request request;
  if (status == DICREC_OK) status = dicrec__request_read(context, estimator, n_members, options, &request);
  if (status == DICREC_OK) status = create_all(context, n, reconstructions);
  for (size_t i = 0; i < n && status == DICREC_OK; ++i) {
    dicrec__reconstruct_train(context, estimator, &request, trains[i], reconstructions[i]);
    if (reconstructions[i]->status == DICREC_E_CANCELLED) status = DICREC_E_CANCELLED;
  }
  if (status == DICREC_OK) status = judge(context, reconstructions, n);
  if (status < 0 && reconstructions != NULL) free_all(reconstructions, n);
  return status;
}
