/* SPDX-License-Identifier: MIT */
#include "estimator/embedding.h"

#include <math.h>
#include <string.h>

#include "estimator/pooling.h"

static dicrec_status bind_numbers(dicrec_context *context, const dicrec__weights *weights,
                                  dicrec__embedding *embedding) {
  const dicrec__tensor *numbers;
  const dicrec_status status = dicrec__weights_tensor(context, weights, DICREC__INPUT_SCALE, 1,
                                                      (const size_t[2]){DICREC__INPUT_NUMBERS, 0}, &numbers);
  if (status != DICREC_OK) return status;
  const float *s = embedding->numbers = numbers->values;
  if (!(s[DICREC__INTERVAL_SCALE] > 0.0F && s[DICREC__COUNT_SCALE] > 0.0F))
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: input.scale has scales %g and %g, allowed is above 0",
                        (double)s[DICREC__INTERVAL_SCALE], (double)s[DICREC__COUNT_SCALE]);
  if (!(s[DICREC__SHORTEST] > 0.0F))
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: input.scale has the shortest interval %g, allowed is "
                        "above 0",
                        (double)s[DICREC__SHORTEST]);
  if (!(s[DICREC__MOST_COUNT] >= 2.0F))
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: input.scale has the largest count %g, allowed is 2 or "
                        "more",
                        (double)s[DICREC__MOST_COUNT]);
  if (!(s[DICREC__RESOLUTION] > 0.0F))
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: input.scale has the resolution %g, allowed is above 0",
                        (double)s[DICREC__RESOLUTION]);
  embedding->log_shortest = log((double)s[DICREC__SHORTEST]);
  return DICREC_OK;
}

dicrec_status dicrec__embedding_bind(dicrec_context *context, const dicrec__weights *weights,
                                     dicrec__embedding *embedding) {
  dicrec__layer *layers = embedding->layers;
  dicrec_status status = bind_numbers(context, weights, embedding);
  if (status == DICREC_OK) status = dicrec__layer_bind(context, weights, DICREC__LAYER_EMBED ".0", 0, 0, &layers[0]);
  if (status != DICREC_OK) return status;
  embedding->window = layers[0].n_in / 2;
  if (layers[0].n_in % 2 != 0 || embedding->window > DICREC__MAX_WINDOW)
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: tensor '" DICREC__LAYER_EMBED ".0" DICREC__LAYER_WEIGHT
                        "' has %d columns, allowed are even numbers up to %d",
                        layers[0].n_in, 2 * DICREC__MAX_WINDOW);
  return dicrec__layer_bind(context, weights, DICREC__LAYER_EMBED ".1", layers[0].n_out, layers[0].n_out, &layers[1]);
}

void dicrec__sums_clear(dicrec__sums *sums, size_t width) {
  sums->n = 0;
  memset(sums->sum, 0, width * sizeof *sums->sum);
  memset(sums->square, 0, width * sizeof *sums->square);
}

float dicrec__standardise(const dicrec__embedding *embedding, double log_interval, double log_scale) {
  const float *s = embedding->numbers;
  const double scaled = log_interval - log_scale, shortest = embedding->log_shortest;
  const double center = (double)s[DICREC__INTERVAL_CENTER], spread = (double)s[DICREC__INTERVAL_SCALE];
  const double most = DICREC__MOST_INTERVAL, x = ((scaled > shortest ? scaled : shortest) - center) / spread;
  return (float)(x < -most ? -most : x > most ? most : x);
}

double dicrec__interval_as_read(const dicrec__embedding *embedding, double first_ms, double before_ms, double time_ms,
                                double time_scale) {
  const double step = (double)embedding->numbers[DICREC__RESOLUTION] * time_scale;
  const double steps = rint((time_ms - first_ms) / step) - rint((before_ms - first_ms) / step);
  return step * (steps > 1.0 ? steps : 1.0);
}

void dicrec__queue_run(dicrec__queue *queue) {
  const dicrec__layer *layers = queue->embedding->layers;
  const size_t width = dicrec__embedding_width(queue->embedding);
  dicrec__layer_apply_active(&layers[0], queue->rows, queue->n, queue->first);
  dicrec__layer_apply_onto(&layers[1], queue->first, queue->n, queue->first, queue->second);
  const float *units = queue->second;
  for (size_t p = 0; p < queue->n_parts; ++p) {
    dicrec__sums *sums = queue->parts[p].sums;
    if (sums->n == 0) memcpy(sums->shift, units, width * sizeof *units);
    dicrec__add_rows(units, queue->parts[p].n, width, sums->shift, sums->sum, sums->square);
    sums->n += queue->parts[p].n;
    units += queue->parts[p].n * width;
  }
  queue->n = queue->n_parts = 0;
}

/** Room for at least one window, and how many. */
static size_t make_room(dicrec__queue *queue) {
  if (queue->n == DICREC__CHUNK) dicrec__queue_run(queue);
  return DICREC__CHUNK - queue->n;
}

static void lay_out_window(const dicrec__queue *queue, const float *x, size_t n_present, size_t row) {
  const size_t window = (size_t)queue->embedding->window;
  float *values = queue->rows + row * 2 * window, *masks = values + window;
  for (size_t k = 0; k < window; ++k) {
    values[k] = k < n_present ? x[k] : 0.0F;
    masks[k] = k < n_present ? 1.0F : 0.0F;
  }
}

void dicrec__queue_windows(dicrec__queue *queue, const float *x, size_t n, dicrec__sums *sums) {
  const size_t window = (size_t)queue->embedding->window, n_present = n < window ? n : window;
  for (size_t done = 0, n_windows = n - n_present + 1; done < n_windows;) {
    const size_t room = make_room(queue), count = n_windows - done < room ? n_windows - done : room;
    for (size_t w = 0; w < count; ++w) lay_out_window(queue, x + done + w, n_present, queue->n + w);
    queue->parts[queue->n_parts].sums = sums;
    queue->parts[queue->n_parts++].n = count;
    queue->n += count;
    done += count;
  }
}

/** Windows of a segment, of `window` intervals each; 0 if it has fewer. */
static size_t count_windows(dicrec__segment segment, size_t window) {
  return segment.n > window ? segment.n - window : 0;
}

/** Pieces that the windows of a segment come in, of at most DICREC__CHUNK. */
static size_t count_pieces(dicrec__segment segment, size_t window) {
  return (count_windows(segment, window) + DICREC__CHUNK - 1) / DICREC__CHUNK;
}

/** Windows of a piece of a segment, from number `first` on. */
static void queue_piece(dicrec__queue *queue, const dicrec__view *view, dicrec__segment segment, size_t window,
                        size_t first, dicrec__sums *sums) {
  float x[DICREC__CHUNK + DICREC__MAX_WINDOW - 1];
  const double *of_segment = view->train.times_ms + segment.first, *times = of_segment + first;
  const double *logs = view->logs != NULL ? view->logs + segment.first + first : NULL,
               log_scale = log(view->time_scale);
  const size_t left = count_windows(segment, window) - first, count = left < DICREC__CHUNK ? left : DICREC__CHUNK;
  const size_t n = count + window - 1;
  for (size_t i = 0; i < n; ++i) {
    const double log_interval =
        logs != NULL
            ? logs[i]
            : log(dicrec__interval_as_read(queue->embedding, of_segment[0], times[i], times[i + 1], view->time_scale));
    x[i] = dicrec__standardise(queue->embedding, log_interval, log_scale);
  }
  dicrec__queue_windows(queue, x, n, sums);
}

static bool is_stopped(const dicrec__queue *queue) {
  return queue->worker != NULL && dicrec__worker_stopped(queue->worker);
}

/** Intervals that a window of a train has: what the embedding sees, or all of its longest segment if these are fewer.
 */
static size_t window_of(const dicrec__embedding *embedding, dicrec__train train) {
  const size_t most = (size_t)embedding->window, longest = dicrec__train_longest(train).n - 1;
  return longest < most ? longest : most;
}

/** Windows and pieces of a whole train. */
static void count_all(dicrec__train train, size_t window, size_t *n_windows, size_t *n_pieces) {
  *n_windows = *n_pieces = 0;
  for (size_t s = 0; s < train.n_segments; ++s) {
    const dicrec__segment segment = dicrec__train_segment(train, s);
    *n_windows += count_windows(segment, window);
    *n_pieces += count_pieces(segment, window);
  }
}

void dicrec__queue_train(dicrec__queue *queue, const dicrec__view *view, dicrec__sums *sums) {
  const size_t window = window_of(queue->embedding, view->train);
  size_t n_windows, n_pieces, s = 0, n_before = 0;
  count_all(view->train, window, &n_windows, &n_pieces);
  const bool is_limited = view->max_windows != DICREC__ALL_WINDOWS && n_windows > view->max_windows;
  const size_t n_used = is_limited ? (view->max_windows + DICREC__CHUNK - 1) / DICREC__CHUNK : n_pieces;
  for (size_t i = 0; i < n_used && !is_stopped(queue); ++i) {
    const size_t piece = i * n_pieces / n_used; /* of all; `n_before` belong to segments before */
    dicrec__segment segment = dicrec__train_segment(view->train, s);
    for (size_t n; piece >= n_before + (n = count_pieces(segment, window)); n_before += n)
      segment = dicrec__train_segment(view->train, ++s);
    queue_piece(queue, view, segment, window, (piece - n_before) * DICREC__CHUNK, sums);
  }
}
