/* SPDX-License-Identifier: MIT */
#include "estimator/scratch.h"

#include <math.h>
#include <string.h>

/* Intervals between two looks at whether to stop. */
enum { LOOK_EVERY = 4096 };

/** The next `bytes` of a block, or only their count if there is no block yet. */
static void *carve(char *block, size_t *used, size_t count, size_t size) {
  void *const begin = block == NULL ? NULL : block + *used;
  *used += (count * size + DICREC__ALIGNMENT - 1) / DICREC__ALIGNMENT * DICREC__ALIGNMENT;
  return begin;
}

/** Point the scratch into a block; the bytes that it takes. Counts are far below what could overflow. */
static size_t lay_out(const dicrec__reader *reader, size_t n, char *block, dicrec__scratch *s) {
  const dicrec__network *network = &reader->network;
  const size_t width = dicrec__embedding_width(&network->embedding);
  size_t used = 0;
  s->queue.rows = carve(block, &used, DICREC__CHUNK * 2 * (size_t)network->embedding.window, sizeof(float));
  s->queue.first = carve(block, &used, DICREC__CHUNK * width, sizeof(float));
  s->queue.second = carve(block, &used, DICREC__CHUNK * width, sizeof(float));
  s->views = carve(block, &used, n, sizeof *s->views);
  s->sums = carve(block, &used, n, sizeof *s->sums);
  s->features = carve(block, &used, n * network->n_features, sizeof(float));
  s->code = carve(block, &used, n * network->n_code, sizeof(float));
  s->hidden = carve(block, &used, 2 * n * dicrec__code_hidden(network), sizeof(float));
  s->head = carve(block, &used, n * DICREC__HEAD_PER_PART * network->n_components, sizeof(float));
  s->classes = carve(block, &used, n * DICREC__N_CLASSES, sizeof(float));
  s->work = carve(block, &used, n * dicrec__support_work(&reader->support), sizeof(float));
  s->support = carve(block, &used, n, sizeof(double));
  s->logs = n < DICREC__TRIED_TIME_SCALES ? NULL : carve(block, &used, DICREC__LOGS, sizeof(double));
  for (size_t i = 0; i < n; ++i) {
    dicrec__sums sums = {.shift = carve(block, &used, width, sizeof(float)),
                         .sum = carve(block, &used, width, sizeof(double)),
                         .square = carve(block, &used, width, sizeof(double))};
    if (block != NULL) s->sums[i] = sums;
  }
  return used;
}

dicrec_status dicrec__scratch_create(dicrec_context *context, const dicrec__reader *reader, size_t capacity,
                                     dicrec__scratch *scratch) {
  *scratch = (dicrec__scratch){.capacity = capacity, .queue = {.embedding = &reader->network.embedding}};
  scratch->block = dicrec__allocate_unset(&context->allocator, lay_out(reader, capacity, NULL, scratch), 1);
  if (scratch->block == NULL) return dicrec__fail_memory(context, "the forward pass of the network");
  lay_out(reader, capacity, scratch->block, scratch);
  return DICREC_OK;
}

void dicrec__scratch_free(const dicrec__allocator *allocator, dicrec__scratch *scratch) {
  dicrec__release(allocator, scratch->block);
}

static void push_segment(const dicrec__scratch *scratch, const dicrec__view *view, dicrec__segment segment,
                         dicrec__pattern_sums *sums) {
  const double *times = view->train.times_ms + segment.first, scale = view->time_scale;
  dicrec__worker *worker = scratch->queue.worker;
  for (size_t i = 1; i < segment.n; ++i) {
    if (sums->n % LOOK_EVERY == LOOK_EVERY - 1 && worker != NULL && dicrec__worker_stopped(worker)) break;
    const double read_ms = dicrec__interval_as_read(scratch->queue.embedding, times[0], times[i - 1], times[i], scale);
    dicrec__pattern_push(sums, read_ms / scale);
  }
}

/** The pattern of a train in the model's time, or of a part of it if the worker is stopped. */
static void take_pattern(const dicrec__scratch *scratch, const dicrec__view *view, double *pattern) {
  dicrec__pattern_sums sums;
  memset(&sums, 0, sizeof sums);
  for (size_t s = 0; s < view->train.n_segments; ++s) {
    dicrec__pattern_part(&sums);
    push_segment(scratch, view, dicrec__train_segment(view->train, s), &sums);
  }
  dicrec__pattern_read(&sums, pattern);
}

/** The pattern at a time scale from that at 1: of its numbers the mean interval alone is a time. */
static void scale_pattern(const dicrec__view *view, double *pattern) {
  memcpy(pattern, view->pattern, DICREC__PATTERN_SIZE * sizeof *pattern);
  pattern[DICREC__PATTERN_LOG_MEAN] -= log(view->time_scale);
}

void dicrec__scratch_features(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n) {
  const dicrec__network *network = &reader->network;
  const size_t width = dicrec__embedding_width(&network->embedding);
  for (size_t i = 0; i < n; ++i) {
    dicrec__sums_clear(&scratch->sums[i], width);
    dicrec__queue_train(&scratch->queue, &scratch->views[i], &scratch->sums[i]);
  }
  dicrec__queue_run(&scratch->queue);
  for (size_t i = 0; i < n; ++i) {
    const dicrec__view *view = &scratch->views[i];
    double pattern[DICREC__PATTERN_SIZE];
    if (view->pattern == NULL) take_pattern(scratch, view, pattern);
    else scale_pattern(view, pattern);
    dicrec__code_features(network, &scratch->sums[i], view->train.n_intervals, pattern,
                          scratch->features + i * network->n_features);
  }
}

void dicrec__scratch_support(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n) {
  dicrec__code_read(&reader->network, scratch->features, n, scratch->hidden, scratch->code);
  dicrec__support_of(&reader->support, scratch->features, scratch->code, n, scratch->work, scratch->support);
}

void dicrec__scratch_heads(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n) {
  dicrec__code_heads(&reader->network, scratch->code, n, scratch->hidden, scratch->head, scratch->classes);
}
