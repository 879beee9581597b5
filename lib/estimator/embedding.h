/* SPDX-License-Identifier: MIT */
/**
 * @file embedding.h
 * Intervals to sums: windows of neighbouring intervals, two layers of units on each, and for each train the sums from
 * which mean and spread of its units follow. Windows of many trains share a product; a train may come in pieces.
 */
#ifndef DICREC_ESTIMATOR_EMBEDDING_H
#define DICREC_ESTIMATOR_EMBEDDING_H

#include "core/workers.h"
#include "network/format.h"
#include "network/layer.h"
#include "spikes/segments.h"

#define DICREC__CHUNK       64 /**< windows per product: their units stay in the cache */
#define DICREC__ALL_WINDOWS 0  /**< no limit on the windows */

typedef struct dicrec__embedding {
  const float *numbers; /**< of input.scale, [DICREC__INPUT_NUMBERS] */
  double log_shortest;  /**< of the shortest interval */
  int window;           /**< intervals that a window sees */
  dicrec__layer layers[2];
} dicrec__embedding;

/** Sums over the windows of a train, of differences from its first window. Zeroed by dicrec__sums_clear(). */
typedef struct dicrec__sums {
  size_t n;             /**< windows */
  float *shift;         /**< [width], units of the first window */
  double *sum, *square; /**< [width] */
} dicrec__sums;

/** A train in front of the embedding. */
typedef struct dicrec__view {
  dicrec__train train; /**< of at least two intervals */
  double time_scale;   /**< that the intervals are divided by */
  size_t max_windows;  /**< of a longer train this many, evenly spaced; DICREC__ALL_WINDOWS: no limit */
  const double *logs;  /**< [train.n], logarithms of the intervals as read that each spike begins; NULL: to be taken */
  const double *pattern; /**< its pattern at time scale 1; NULL: to be taken */
} dicrec__view;

/**
 * The interval in ms between two times of a segment as it is read at a time scale: in whole steps of the resolution,
 * from its first spike on, and at least one. Differences below are the errors of the integrators that made the training
 * data.
 */
double dicrec__interval_as_read(const dicrec__embedding *embedding, double first_ms, double before_ms, double time_ms,
                                double time_scale);

/** Windows that wait for their product; `rows`, `first` and `second` have room for DICREC__CHUNK. */
typedef struct dicrec__queue {
  const dicrec__embedding *embedding;
  dicrec__worker *worker; /**< that may be stopped in the middle of a train; or NULL */
  float *rows, *first, *second;
  size_t n, n_parts;
  struct {
    dicrec__sums *sums;
    size_t n;
  } parts[DICREC__CHUNK]; /**< whose windows they are, in order */
} dicrec__queue;

/** Find the layers in the weights and check them. OK or E_WEIGHTS. */
dicrec_status dicrec__embedding_bind(dicrec_context *context, const dicrec__weights *weights,
                                     dicrec__embedding *embedding);

/** Units of a window. */
static inline size_t dicrec__embedding_width(const dicrec__embedding *embedding) {
  return (size_t)embedding->layers[0].n_out;
}

void dicrec__sums_clear(dicrec__sums *sums, size_t width);

/** What the network sees of an interval at a time scale, both given as logarithms. */
float dicrec__standardise(const dicrec__embedding *embedding, double log_interval, double log_scale);

/**
 * Queue the windows of x: every run of `window` neighbours, or x alone with absent intervals masked if it is shorter.
 * What they add to the sums is there after dicrec__queue_run() at the latest.
 */
void dicrec__queue_windows(dicrec__queue *queue, const float *x, size_t n, dicrec__sums *sums);

/**
 * Queue all windows of a train, or some of them if the worker is stopped. A window lies in one segment; segments
 * of fewer intervals than it sees have windows only in a train where no segment has more.
 */
void dicrec__queue_train(dicrec__queue *queue, const dicrec__view *view, dicrec__sums *sums);

/** Compute what waits. */
void dicrec__queue_run(dicrec__queue *queue);

#endif
