/* SPDX-License-Identifier: MIT */
/** @file estimate.c Running an estimator on one train or on many, block by block. */
#include "core/limits.h"
#include "core/options.h"
#include "core/workers.h"
#include "estimator/estimator.h"
#include "spikes/spikes.h"

/* Trains at a time: their products are large enough to be fast, and their memory stays small. A longer train alone is
   read as if by a worker, which can be stopped; shorter ones take a millisecond, or a tenth of a second in a search. */
enum { BLOCK = 64, LONG_TRAIN = 4096 };

/** One call: its trains, and where the answers go. */
struct request {
  dicrec_context *context;
  const dicrec_estimator *estimator;
  dicrec_estimate_options options;
  const dicrec_spikes *const *trains;
  size_t n;
  dicrec_posterior **posteriors; /**< NULL where there is none yet */
  bool is_alone;                 /**< one train, asked for by itself */
  bool *is_answered;             /**< [n] of many trains, as far as the call came */
  dicrec__scratch *scratches;    /**< one for each thread */
};

void dicrec_estimate_options_init(dicrec_estimate_options *options, size_t size) {
  dicrec_estimate_options unset = {.struct_size = sizeof unset};
  dicrec__limits_init(DICREC__estimate, &unset);
  dicrec__options_init(options, size, &unset, sizeof unset);
}

dicrec_status dicrec__estimate_options_read(dicrec_context *context, const dicrec_estimate_options *from,
                                            dicrec_estimate_options *options) {
  dicrec_estimate_options_init(options, sizeof *options);
  dicrec_status status = dicrec__options_read(context, "dicrec_estimate_options", from, options, sizeof *options);
  const double asked = options->time_scale;
  if (status == DICREC_OK) status = dicrec__limits_apply(context, DICREC__estimate, options);
  if (status != DICREC_OK) return status;
  if (options->auto_scale == 1 && asked != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "auto_scale is set, and time_scale is %g instead of 0", asked);
  if (options->reserved != 0)
    return dicrec__fail(context, DICREC_E_OPTION, "dicrec_estimate_options.reserved is not 0");
  return DICREC_OK;
}

dicrec__reading dicrec__reading_of_silence(const dicrec_estimator *estimator, double time_scale) {
  const dicrec__network *network = &estimator->reader.network;
  return (dicrec__reading){.head = network->silent,
                           .n_components = network->n_silent,
                           .activity = DICREC_ACTIVITY_SILENT,
                           .time_scale = time_scale,
                           .time_scale_interval = {time_scale, time_scale}};
}

dicrec__reading dicrec__reading_of_row(const dicrec_estimator *estimator, const dicrec__scratch *scratch, size_t row,
                                       int32_t activity, const dicrec__time_scale_found *scale) {
  const size_t n_components = estimator->reader.network.n_components;
  return (dicrec__reading){.head = scratch->head + row * DICREC__HEAD_PER_PART * n_components,
                           .classes = scratch->classes + row * DICREC__N_CLASSES,
                           .code = scratch->code + row * estimator->reader.network.n_code,
                           .n_components = n_components,
                           .activity = activity,
                           .support = scratch->support[row],
                           .time_scale = scale->best,
                           .time_scale_interval = {scale->interval[0], scale->interval[1]}};
}

static bool is_silent(const dicrec_spikes *spikes) { return dicrec__train_is_silent(spikes->train); }

static dicrec__time_scale_found choose_scale(const struct request *request, dicrec__scratch *scratch,
                                             const dicrec_spikes *spikes) {
  const double given = request->options.time_scale;
  if (request->options.auto_scale == 0) return (dicrec__time_scale_found){given, {given, given}};
  return dicrec__time_scale_search(&request->estimator->reader, scratch, spikes->train);
}

static dicrec_status make_posterior(const struct request *request, size_t i) {
  const dicrec__network *network = &request->estimator->reader.network;
  const size_t n_components = is_silent(request->trains[i]) ? network->n_silent : network->n_components;
  return dicrec__posterior_create(request->context, &request->estimator->target, n_components, network->n_code,
                                  &request->posteriors[i]);
}

/* Memory for thousands of them takes a while, too. */
static dicrec_status make_posteriors(const struct request *request) {
  double reported_s = dicrec__clock_s();
  for (size_t i = 0; i < request->n; ++i) {
    const dicrec_status status = make_posterior(request, i);
    if (status != DICREC_OK) return status;
    if (i % 64 == 0 && dicrec__progress_due(request->context, &reported_s, 0, (int64_t)request->n))
      return dicrec__fail(request->context, DICREC_E_CANCELLED, "cancelled after 0 of %zu", request->n);
  }
  return DICREC_OK;
}

/** Put the trains `first` to `end` (excluded) that are not silent into the scratch, in order; how many they are. */
static size_t choose_views(const struct request *request, dicrec__scratch *scratch, size_t first, size_t end,
                           dicrec__time_scale_found *scales) {
  size_t n_rows = 0;
  for (size_t i = first; i < end; ++i) /* the search for a scale takes all rows: it comes first */
    if (!is_silent(request->trains[i])) scales[n_rows++] = choose_scale(request, scratch, request->trains[i]);
  n_rows = 0;
  for (size_t i = first; i < end; ++i) {
    const dicrec_spikes *spikes = request->trains[i];
    if (is_silent(spikes)) continue;
    scratch->views[n_rows] = (dicrec__view){spikes->train, scales[n_rows].best, DICREC__ALL_WINDOWS, NULL, NULL};
    ++n_rows;
  }
  return n_rows;
}

/** Set the posteriors of the trains, whose rows choose_views() has put in order. */
static void answer_block(const struct request *request, const dicrec__scratch *scratch, size_t first, size_t end,
                         const dicrec__time_scale_found *scales) {
  size_t row = 0;
  for (size_t i = first; i < end; ++i) {
    const dicrec_spikes *spikes = request->trains[i];
    dicrec__reading reading = dicrec__reading_of_silence(request->estimator, request->options.time_scale);
    if (!is_silent(spikes)) {
      const int32_t activity = dicrec__spike_activity(spikes->train);
      reading = dicrec__reading_of_row(request->estimator, scratch, row, activity, &scales[row]);
      ++row;
    }
    dicrec__posterior_set(request->posteriors[i], &request->estimator->target, &reading);
    if (request->is_answered != NULL) request->is_answered[i] = true;
  }
}

/** Trains `first` to `end` (excluded), no more than the scratch has rows. No answers after the worker was stopped. */
static void run_block(void *user, dicrec__worker *worker, size_t first, size_t end) {
  const struct request *request = user;
  dicrec__scratch *scratch = &request->scratches[worker == NULL ? 0 : dicrec__worker_index(worker)];
  const dicrec__reader *reader = &request->estimator->reader;
  dicrec__time_scale_found scales[BLOCK];
  scratch->queue.worker = worker;
  const size_t n_rows = choose_views(request, scratch, first, end, scales);
  dicrec__scratch_features(reader, scratch, n_rows);
  dicrec__scratch_support(reader, scratch, n_rows);
  dicrec__scratch_heads(reader, scratch, n_rows);
  if (worker == NULL || !dicrec__worker_was_stopped(worker)) answer_block(request, scratch, first, end, scales);
}

/** Trains at a time: some pieces of work for each thread, if there are enough trains. */
static size_t block_size(const struct request *request, size_t n_threads) {
  const size_t even = n_threads == 1 ? request->n : request->n / (4 * n_threads) + 1;
  return even < BLOCK ? even : BLOCK;
}

/** Run with the scratches that there are. */
static dicrec_status run_blocks(struct request *request, size_t n_threads, size_t block) {
  if (request->is_alone && request->trains[0]->train.n <= LONG_TRAIN) {
    run_block(request, NULL, 0, 1);
    return DICREC_OK;
  }
  return dicrec__workers_run(request->context, (int)n_threads, request->n, block, 0.0, run_block, request);
}

static dicrec_status run_with_memory(struct request *request) {
  const dicrec__reader *reader = &request->estimator->reader;
  const size_t most = (request->n + BLOCK - 1) / BLOCK * 4, asked = (size_t)request->options.n_threads;
  const size_t n_threads = asked < most ? asked : most, block = block_size(request, n_threads);
  const size_t rows =
      request->options.auto_scale == 1 && block < DICREC__TRIED_TIME_SCALES ? DICREC__TRIED_TIME_SCALES : block;
  const dicrec__allocator *allocator = &request->context->allocator;
  dicrec__scratch alone;
  request->scratches = n_threads == 1 ? &alone : dicrec__allocate(allocator, n_threads, sizeof *request->scratches);
  if (request->scratches == NULL) return dicrec__fail_memory(request->context, "the threads of an estimate");
  dicrec_status status = DICREC_OK;
  size_t n_made = 0;
  for (; n_made < n_threads && status == DICREC_OK; ++n_made)
    status = dicrec__scratch_create(request->context, reader, rows, &request->scratches[n_made]);
  if (status == DICREC_OK) status = make_posteriors(request);
  if (status == DICREC_OK) status = run_blocks(request, n_threads, block);
  for (size_t t = 0; t < n_made; ++t) dicrec__scratch_free(allocator, &request->scratches[t]);
  if (n_threads > 1) dicrec__release(allocator, request->scratches);
  return status;
}

/** Answer every train of a request, or none; of many trains that are cancelled those that were read. */
static dicrec_status run_all(struct request *request) {
  const dicrec_status status = run_with_memory(request);
  for (size_t i = 0; i < request->n && status != DICREC_OK; ++i) {
    if (status == DICREC_E_CANCELLED && request->is_answered != NULL && request->is_answered[i]) continue;
    dicrec_posterior_free(request->posteriors[i]);
    request->posteriors[i] = NULL;
  }
  return status;
}

/** The remark on an answer. */
static dicrec_status remark(const struct request *request, size_t i) {
  if (is_silent(request->trains[i])) return DICREC_W_SILENT;
  return request->posteriors[i]->support >= request->options.support_limit ? DICREC_OK : DICREC_W_SUPPORT;
}

dicrec_status dicrec_estimate(dicrec_context *context, const dicrec_estimator *estimator, const dicrec_spikes *spikes,
                              const dicrec_estimate_options *options, dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || spikes == NULL || posterior == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "estimator, spikes or posterior is NULL");
  struct request request = {context, estimator, {0}, &spikes, 1, posterior, .is_alone = true};
  dicrec_status status = dicrec__estimate_options_read(context, options, &request.options);
  if (status == DICREC_OK) status = run_all(&request);
  if (status != DICREC_OK) return status;
  status = remark(&request, 0);
  if (status == DICREC_W_SILENT && spikes->train.n_segments > 1)
    return dicrec__fail(context, status,
                        "the train has %zu spikes with %zu interval(s) inside its segments; the answer is that of "
                        "silent neurons",
                        spikes->train.n, spikes->train.n_intervals);
  if (status == DICREC_W_SILENT)
    return dicrec__fail(context, status, "the train has %zu spikes; the answer is that of silent neurons",
                        spikes->train.n);
  if (status == DICREC_OK) return status;
  return dicrec__fail(context, status, "support is %g, below the limit of %g", (*posterior)->support,
                      request.options.support_limit);
}

/** Are the arguments of many trains complete? Empties the outputs. */
static dicrec_status begin_many(const struct request *request, dicrec_status *statuses) {
  const bool is_complete = request->estimator != NULL && request->trains != NULL && request->posteriors != NULL;
  for (size_t i = 0; i < request->n && request->posteriors != NULL; ++i) request->posteriors[i] = NULL;
  for (size_t i = 0; i < request->n && statuses != NULL; ++i) statuses[i] = DICREC_E_ARGUMENT;
  dicrec__begin(request->context);
  if (request->estimator == NULL || (request->n > 0 && !is_complete))
    return dicrec__fail(request->context, DICREC_E_ARGUMENT, "estimator, trains or posteriors is NULL");
  for (size_t i = 0; i < request->n; ++i)
    if (request->trains[i] == NULL)
      return dicrec__fail(request->context, DICREC_E_ARGUMENT, "train %zu of %zu is NULL", i + 1, request->n);
  return DICREC_OK;
}

/** Every train's remark, or the failure of those without an answer; the answer of the call. */
static dicrec_status remark_all(const struct request *request, dicrec_status failure, dicrec_status *statuses) {
  size_t n_silent = 0, n_beyond = 0, n_read = 0;
  for (size_t i = 0; i < request->n; ++i) {
    const bool is_read = request->posteriors != NULL && request->posteriors[i] != NULL;
    const dicrec_status status = is_read ? remark(request, i) : failure;
    if (statuses != NULL) statuses[i] = status;
    n_read += is_read;
    n_silent += status == DICREC_W_SILENT;
    n_beyond += status == DICREC_W_SUPPORT;
  }
  if (failure == DICREC_E_CANCELLED)
    return dicrec__fail(request->context, DICREC_W_PARTIAL, "cancelled: %zu of %zu trains were read", n_read,
                        request->n);
  if (failure != DICREC_OK || n_silent + n_beyond == 0) return failure;
  return dicrec__fail(request->context, n_silent > 0 ? DICREC_W_SILENT : DICREC_W_SUPPORT,
                      "of %zu trains %zu have fewer than two intervals, %zu a support below the limit of %g",
                      request->n, n_silent, n_beyond, request->options.support_limit);
}

dicrec_status dicrec_estimate_many(dicrec_context *context, const dicrec_estimator *estimator,
                                   const dicrec_spikes *const *trains, size_t n, const dicrec_estimate_options *options,
                                   dicrec_posterior **posteriors, dicrec_status *statuses) {
  struct request request = {context, estimator, {0}, trains, n, posteriors, .is_alone = false};
  dicrec_status status = begin_many(&request, statuses);
  if (context == NULL) return DICREC_E_ARGUMENT;
  if (status == DICREC_OK) status = dicrec__estimate_options_read(context, options, &request.options);
  if (status == DICREC_OK && n > 0) {
    request.is_answered = dicrec__allocate(&context->allocator, n, sizeof *request.is_answered);
    status =
        request.is_answered == NULL ? dicrec__fail_memory(context, "the trains of an estimate") : run_all(&request);
    dicrec__release(&context->allocator, request.is_answered);
  }
  return remark_all(&request, status, statuses);
}
