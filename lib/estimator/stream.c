/* SPDX-License-Identifier: MIT */
/** @file stream.c Spikes that are read as they come, in memory that is had at the beginning. */
#include "dicrec/stream.h"

#include <math.h>
#include <string.h>

#include "estimator/estimator.h"
#include "spikes/spikes.h"

struct dicrec_stream {
  dicrec__allocator allocator;
  dicrec_estimator *estimator;
  dicrec_estimate_options options;
  dicrec__scratch scratch; /**< of one row */
  dicrec_posterior *posterior;
  double log_scale;         /**< logarithm of the time scale */
  dicrec__bad_time refused; /**< by the last push; n 0: none was */
  size_t n_spikes;
  double first_ms, last_ms;
  double isi_mean_ms, isi_squares_ms2; /**< of the intervals; sum of squared differences from the mean */
  dicrec__pattern_sums pattern;
  size_t n_x; /**< standardised intervals that are not in the sums yet, or needed again */
  float x[DICREC__CHUNK + DICREC__MAX_WINDOW - 1];
};

dicrec_status dicrec_stream_create(dicrec_context *context, const dicrec_estimator *estimator,
                                   const dicrec_estimate_options *options, dicrec_stream **stream) {
  if (stream != NULL) *stream = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || stream == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "estimator or stream is NULL");
  dicrec_estimate_options known;
  dicrec_status status = dicrec__estimate_options_read(context, options, &known);
  if (status != DICREC_OK) return status;
  if (known.auto_scale != 0)
    return dicrec__fail(context, DICREC_E_OPTION, "auto_scale is 1, allowed for streams is 0 with a time_scale");
  dicrec_stream *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a stream");
  made->allocator = context->allocator;
  made->estimator = dicrec_estimator_retain(estimator);
  made->options = known;
  made->log_scale = log(known.time_scale);
  status = dicrec__scratch_create(context, &estimator->reader, 1, &made->scratch);
  if (status == DICREC_OK)
    status = dicrec__posterior_create(context, &estimator->target, dicrec__estimator_components(estimator),
                                      estimator->reader.network.n_code, &made->posterior);
  if (status != DICREC_OK) {
    dicrec_stream_free(made);
    return status;
  }
  dicrec_stream_reset(made);
  *stream = made;
  return DICREC_OK;
}

void dicrec_stream_free(dicrec_stream *stream) {
  if (stream == NULL) return;
  const dicrec__allocator allocator = stream->allocator;
  dicrec_posterior_free(stream->posterior);
  dicrec_estimator_free(stream->estimator);
  dicrec__scratch_free(&allocator, &stream->scratch);
  dicrec__release(&allocator, stream);
}

static void clear_sums(dicrec_stream *stream) {
  dicrec__sums_clear(&stream->scratch.sums[0], dicrec__embedding_width(stream->scratch.queue.embedding));
}

void dicrec_stream_reset(dicrec_stream *stream) {
  if (stream == NULL) return;
  stream->n_spikes = stream->n_x = stream->refused.n = 0;
  stream->isi_mean_ms = stream->isi_squares_ms2 = 0.0;
  memset(&stream->pattern, 0, sizeof stream->pattern);
  stream->scratch.queue.n = stream->scratch.queue.n_parts = 0;
  clear_sums(stream);
}

size_t dicrec_stream_spike_count(const dicrec_stream *stream) { return stream == NULL ? 0 : stream->n_spikes; }

/** Queue the windows of the intervals that wait, and keep those that the next window begins with. */
static void queue_waiting(dicrec_stream *stream) {
  const size_t window = (size_t)stream->scratch.queue.embedding->window, kept = window - 1;
  if (stream->n_x < window) return;
  dicrec__queue_windows(&stream->scratch.queue, stream->x, stream->n_x, &stream->scratch.sums[0]);
  memmove(stream->x, stream->x + stream->n_x - kept, kept * sizeof *stream->x);
  stream->n_x = kept;
}

static void add_interval(dicrec_stream *stream, double time_ms) {
  const dicrec__embedding *embedding = stream->scratch.queue.embedding;
  const size_t room = DICREC__CHUNK + (size_t)embedding->window - 1;
  const double interval_ms = time_ms - stream->last_ms, difference = interval_ms - stream->isi_mean_ms;
  const double as_read_ms =
      dicrec__interval_as_read(embedding, stream->first_ms, stream->last_ms, time_ms, stream->options.time_scale);
  stream->isi_mean_ms += difference / (double)stream->n_spikes; /* as many intervals as spikes before this one */
  stream->isi_squares_ms2 += difference * (interval_ms - stream->isi_mean_ms);
  dicrec__pattern_push(&stream->pattern, as_read_ms / stream->options.time_scale);
  stream->x[stream->n_x++] = dicrec__standardise(embedding, log(as_read_ms), stream->log_scale);
  if (stream->n_x == room) queue_waiting(stream);
}

/* Whether all of n > 0 times may follow what was pushed; the first that may not is noted. */
static bool are_good(dicrec_stream *stream, const double *times_ms, size_t n) {
  size_t bad = dicrec__first_bad_time(times_ms, n, DICREC__LATEST_MS);
  if (stream->n_spikes > 0 && bad > 0 && times_ms[0] <= stream->last_ms) bad = 0;
  if (bad == n) return true;
  stream->refused = (dicrec__bad_time){bad, n, times_ms[bad], bad > 0 ? times_ms[bad - 1] : stream->last_ms};
  return false;
}

size_t dicrec_stream_error(const dicrec_stream *stream, char *text, size_t size) {
  dicrec_context said = {.error = ""};
  if (stream != NULL && stream->refused.n > 0)
    dicrec__refuse_time(&said, "", &stream->refused, DICREC__LATEST_MS, "ms");
  return dicrec__copy_text(said.error, text, size);
}

dicrec_status dicrec_stream_push(dicrec_stream *stream, const double *times_ms, size_t n) {
  if (stream == NULL || (times_ms == NULL && n > 0)) return DICREC_E_ARGUMENT;
  stream->refused.n = 0;
  if (n == 0) return DICREC_OK;
  if (!are_good(stream, times_ms, n)) return DICREC_E_SPIKES;
  for (size_t i = 0; i < n; ++i) {
    if (stream->n_spikes > 0) add_interval(stream, times_ms[i]);
    else stream->first_ms = times_ms[i];
    stream->last_ms = times_ms[i];
    ++stream->n_spikes;
  }
  return DICREC_OK;
}

/** Features of all intervals so far. */
static void take_features(dicrec_stream *stream) {
  dicrec__scratch *scratch = &stream->scratch;
  const size_t n_intervals = stream->n_spikes - 1;
  const bool is_short = n_intervals < (size_t)scratch->queue.embedding->window;
  if (is_short) dicrec__queue_windows(&scratch->queue, stream->x, n_intervals, &scratch->sums[0]);
  else queue_waiting(stream);
  dicrec__queue_run(&scratch->queue);
  double pattern[DICREC__PATTERN_SIZE];
  dicrec__pattern_read(&stream->pattern, pattern);
  dicrec__code_features(&stream->estimator->reader.network, &scratch->sums[0], n_intervals, pattern, scratch->features);
  if (is_short) clear_sums(stream); /* the masked window is none of the windows to come */
}

static int32_t activity(const dicrec_stream *stream) {
  const double variance = stream->isi_squares_ms2 / (double)(stream->n_spikes - 1);
  return dicrec__activity_of_cv(sqrt(variance) / stream->isi_mean_ms);
}

dicrec_status dicrec_stream_posterior(dicrec_stream *stream, const dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (stream == NULL || posterior == NULL) return DICREC_E_ARGUMENT;
  const dicrec_estimator *estimator = stream->estimator;
  const double time_scale = stream->options.time_scale;
  const bool is_silent = stream->n_spikes < 3;
  dicrec__reading reading = dicrec__reading_of_silence(estimator, time_scale);
  if (!is_silent) {
    const dicrec__time_scale_found scale = {time_scale, {time_scale, time_scale}};
    take_features(stream);
    dicrec__scratch_support(&estimator->reader, &stream->scratch, 1);
    dicrec__scratch_heads(&estimator->reader, &stream->scratch, 1);
    reading = dicrec__reading_of_row(estimator, &stream->scratch, 0, activity(stream), &scale);
  }
  dicrec__posterior_set(stream->posterior, &estimator->target, &reading);
  *posterior = stream->posterior;
  if (is_silent) return DICREC_W_SILENT;
  return stream->posterior->support >= stream->options.support_limit ? DICREC_OK : DICREC_W_SUPPORT;
}
