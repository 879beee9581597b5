/* SPDX-License-Identifier: MIT */
/** @file spike_store.h Spike times of many members, written by worker threads, each member by one of them. */
#ifndef DICREC_SIMULATOR_SPIKE_STORE_H
#define DICREC_SIMULATOR_SPIKE_STORE_H

#include "core/growing.h"
#include "dicrec/status.h"

/** Times of one member. */
typedef struct dicrec__spike_list {
  double *times_ms;
  size_t n, capacity;
} dicrec__spike_list;

typedef struct dicrec__spike_store {
  dicrec__shared_memory memory;
  size_t n_members, max_spikes;
  dicrec__spike_list *lists; /**< [n_members] */
} dicrec__spike_store;

/** OK or E_MEMORY. */
dicrec_status dicrec__spike_store_create(const dicrec__allocator *allocator, size_t n_members, size_t max_spikes,
                                         dicrec__spike_store **store);

void dicrec__spike_store_free(dicrec__spike_store *store);

/** Add a spike. OK, W_LIMIT (the member has max_spikes; not added) or E_MEMORY. */
dicrec_status dicrec__spike_store_add(dicrec__spike_store *store, size_t member, double time_ms);

#endif
