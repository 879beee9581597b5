/* SPDX-License-Identifier: MIT */
/** @file train_check.h Whether a train that a candidate fired is accepted, and what is recorded of it. */
#ifndef DICREC_RECONSTRUCT_TRAIN_CHECK_H
#define DICREC_RECONSTRUCT_TRAIN_CHECK_H

#include "reconstruct/candidate.h"
#include "reconstruct/compare.h"
#include "simulator/spike_store.h"

/** The input as trains are checked against it. */
typedef struct dicrec__train_check {
  const dicrec__request *request;
  dicrec__comparison comparison;
  double tau_ms; /**< of the van Rossum distance */
} dicrec__train_check;

/** `intervals` has room for the intervals of the input. */
void dicrec__train_check_init(dicrec__train_check *check, const dicrec__request *request, const dicrec__screen *screen,
                              double *intervals);

/** Check a train; `sorted` has room for its intervals. The record has no times yet. */
dicrec__member_train dicrec__train_check_run(const dicrec__train_check *check, const dicrec__spike_list *list,
                                             double *sorted, dicrec__compared *compared);

#endif
