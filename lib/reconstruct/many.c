/* SPDX-License-Identifier: MIT */
/** @file many.c Many trains in one call, each on one of its threads. */
#include <stdatomic.h>

#include "core/child_context.h"
#include "core/system.h"
#include "core/workers.h"
#include "estimator/posterior.h"
#include "reconstruct/request.h"
#include "simulator/ensemble/ensemble.h"

/** One call. */
struct call {
  dicrec_context *context;
  const dicrec_estimator *estimator;
  const dicrec_spikes *const *trains;
  dicrec_reconstruction **reconstructions;
  dicrec__request request;
  struct worker_state *states; /**< one for each worker */
  dicrec__mutex lock;          /**< around the functions of the user that any of them may call */
  atomic_bool is_short;        /**< of memory: nothing more needs to be done */
};

/** What a worker has for itself. */
struct worker_state {
  struct call *call;
  dicrec__worker *worker; /**< while it works */
  dicrec_context context; /**< with memory that goes from train to train, and an error text of its own */
  dicrec__recycler recycler;
};

/* Progress of one train is none of the user's; whether to stop is asked of the workers of the call. */
static int32_t ask_worker(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  return dicrec__worker_stopped(((struct worker_state *)user)->worker) ? 1 : 0;
}

static void log_in_turn(void *user, int32_t level, const char *message) {
  struct call *call = ((struct worker_state *)user)->call;
  dicrec__mutex_lock(&call->lock);
  call->context->options.log(call->context->options.log_user, level, message);
  dicrec__mutex_unlock(&call->lock);
}

static void worker_state_init(struct call *call, bool is_alone, struct worker_state *state) {
  *state = (struct worker_state){.call = call};
  dicrec__child_begin(&state->context, call->context, ask_worker, state);
  if (!is_alone && !dicrec__allocator_is_standard(&call->context->allocator)) state->recycler.lock = &call->lock;
  state->context.allocator.recycler = &state->recycler;
  if (call->context->options.log == NULL) return;
  state->context.options.log = log_in_turn;
  state->context.options.log_user = state;
}

/* The objects of a train outlive what its worker has. */
static void set_allocator(dicrec_reconstruction *made, const dicrec__allocator *allocator) {
  made->allocator = *allocator;
  if (made->posterior != NULL) made->posterior->allocator = *allocator;
  if (made->population != NULL) made->population->allocator = *allocator;
}

static void reconstruct_trains(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  struct call *call = user;
  struct worker_state *state = &call->states[dicrec__worker_index(worker)];
  state->worker = worker;
  for (size_t i = begin; i < end && !atomic_load(&call->is_short) && !dicrec__worker_stopped(worker); ++i) {
    dicrec_reconstruction *made = call->reconstructions[i];
    set_allocator(made, &state->context.allocator);
    const dicrec_status status =
        dicrec__reconstruct_train(&state->context, call->estimator, &call->request, call->trains[i], made);
    set_allocator(made, &call->context->allocator);
    if (status == DICREC_E_MEMORY) atomic_store(&call->is_short, true);
  }
}

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
    reconstructions[i]->status = DICREC_E_CANCELLED; /* until it is done */
  }
  return DICREC_OK;
}

/* Trains that were stopped in the middle or never begun; the answer of the call. */
static dicrec_status status_of_cancelled(dicrec_context *context, dicrec_reconstruction *const *reconstructions,
                                         size_t n) {
  size_t n_done = 0;
  for (size_t i = 0; i < n; ++i) {
    dicrec_reconstruction *made = reconstructions[i];
    if (made->status != DICREC_E_CANCELLED) ++n_done;
    else if (made->text == NULL && !dicrec__reconstruction_conclude(made, made->status, "cancelled before it began"))
      return dicrec__fail_memory(context, "the text of a reconstruction");
  }
  return dicrec__fail(context, DICREC_W_PARTIAL, "cancelled: %zu of %zu trains were reconstructed", n_done, n);
}

/* Without memory there is no answer; what else a train failed of is its own. */
static dicrec_status status_of_call(dicrec_context *context, dicrec_reconstruction *const *reconstructions, size_t n,
                                    bool is_cancelled) {
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
  if (is_cancelled) return status_of_cancelled(context, reconstructions, n);
  if (n_failed + n_partial + n_beyond == 0) return dicrec__fail(context, DICREC_OK, "%s", "");
  if (n_failed > 0)
    return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu trains failed; train %zu: %s", n_failed, n, first + 1,
                        reconstructions[first]->text);
  return dicrec__fail(context, n_partial > 0 ? DICREC_W_PARTIAL : DICREC_W_SUPPORT,
                      "of %zu trains %zu have not all members that were asked for, %zu are outside the support", n,
                      n_partial, n_beyond);
}

/* The first simulation of a model calls the model's allocator, which no lock of the call's is around: before the
   threads begin. A failure becomes the status of the trains that meet it. */
static void prepare_model(const struct call *call) {
  if (call->request.options.verify == 1 && call->request.simulate.solver != DICREC_SOLVER_CVODE)
    dicrec__ensemble_keep_tables(call->context, call->request.model);
}

static dicrec_status run(struct call *call, size_t n) {
  const dicrec__allocator *allocator = &call->context->allocator;
  const size_t asked = (size_t)call->request.options.n_threads, n_threads = asked < n ? asked : n;
  call->states = dicrec__allocate(allocator, n_threads, sizeof *call->states);
  if (call->states == NULL) return dicrec__fail_memory(call->context, "the workers");
  for (size_t i = 0; i < n_threads; ++i) worker_state_init(call, n_threads == 1, &call->states[i]);
  prepare_model(call);
  const dicrec_status status = dicrec__workers_run(call->context, (int)n_threads, n, 1, 0.0, reconstruct_trains, call);
  for (size_t i = 0; i < n_threads; ++i) dicrec__recycler_empty(&call->states[i].context.allocator);
  dicrec__release(allocator, call->states);
  return status;
}

dicrec_status dicrec_reconstruct_many(dicrec_context *context, const dicrec_estimator *estimator,
                                      const dicrec_spikes *const *trains, size_t n, size_t n_members,
                                      const dicrec_reconstruct_options *options,
                                      dicrec_reconstruction **reconstructions) {
  struct call call = {context, estimator, trains, reconstructions, .lock = DICREC__MUTEX_READY};
  dicrec_status status = begin(context, estimator, trains, n, reconstructions);
  if (status == DICREC_OK)
    status = dicrec__request_read(context, dicrec_estimator_model(estimator), n_members, options, &call.request);
  if (status == DICREC_OK) status = create_all(context, n, reconstructions);
  if (status == DICREC_OK && n > 0) status = run(&call, n);
  const bool is_cancelled = status == DICREC_E_CANCELLED;
  if (status == DICREC_OK || is_cancelled) status = status_of_call(context, reconstructions, n, is_cancelled);
  if (status < 0 && reconstructions != NULL) free_all(reconstructions, n);
  return status;
}
