/* SPDX-License-Identifier: MIT */
/** @file scratch.h What a run of the network works in, for a number of trains at once: one block of memory. */
#ifndef DICREC_ESTIMATOR_SCRATCH_H
#define DICREC_ESTIMATOR_SCRATCH_H

#include "estimator/support.h"

/** Network and support of an estimator. */
typedef struct dicrec__reader {
  dicrec__network network;
  dicrec__support support;
} dicrec__reader;

/** Time scales that are tried at once where the scratch has room: those of the whole search. */
#define DICREC__TRIED_TIME_SCALES 61

/** Intervals whose logarithms a search takes once for all time scales. */
#define DICREC__LOGS 4608

/** Rows are trains: rows 0 to n - 1 belong to the trains that are being read. */
typedef struct dicrec__scratch {
  size_t capacity; /**< rows that there is room for */
  dicrec__queue queue;
  dicrec__view *views;
  dicrec__sums *sums;
  float *features, *code, *hidden, *head, *classes, *work;
  double *support;
  double *logs; /**< [DICREC__LOGS], for the intervals of a train under search; NULL with too few rows for one */
  void *block;
} dicrec__scratch;

/** Get working memory for `capacity` trains, whatever their length. OK or E_MEMORY. */
dicrec_status dicrec__scratch_create(dicrec_context *context, const dicrec__reader *reader, size_t capacity,
                                     dicrec__scratch *scratch);

void dicrec__scratch_free(const dicrec__allocator *allocator, dicrec__scratch *scratch);

/** Features of the n trains in scratch->views. */
void dicrec__scratch_features(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n);

/** Codes and support of n rows of features. */
void dicrec__scratch_support(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n);

/** Parameters of the mixture and logits of the classes of n rows of codes. */
void dicrec__scratch_heads(const dicrec__reader *reader, dicrec__scratch *scratch, size_t n);

#endif
