/* SPDX-License-Identifier: MIT */
#include "simulator/spike_store.h"

#include <string.h>

dicrec_status dicrec__spike_store_create(const dicrec__allocator *allocator, size_t n_members, size_t max_spikes,
                                         dicrec__spike_store **store) {
  dicrec__spike_store *made = dicrec__allocate(allocator, 1, sizeof *made);
  if (made == NULL) return DICREC_E_MEMORY;
  made->allocator = *allocator;
  made->n_members = n_members;
  made->max_spikes = max_spikes;
  made->lists = dicrec__allocate(allocator, n_members, sizeof *made->lists);
  if (made->lists == NULL || pthread_mutex_init(&made->lock, NULL) != 0) {
    dicrec__release(allocator, made->lists);
    dicrec__release(allocator, made);
    return DICREC_E_MEMORY;
  }
  *store = made;
  return DICREC_OK;
}

void dicrec__spike_store_free(dicrec__spike_store *store) {
  if (store == NULL) return;
  const dicrec__allocator allocator = store->allocator;
  for (size_t i = 0; i < store->n_members; ++i) dicrec__release(&allocator, store->lists[i].times_ms);
  pthread_mutex_destroy(&store->lock);
  dicrec__release(&allocator, store->lists);
  dicrec__release(&allocator, store);
}

static dicrec_status grow(dicrec__spike_store *store, dicrec__spike_list *list) {
  const size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
  pthread_mutex_lock(&store->lock);
  double *larger = dicrec__allocate(&store->allocator, capacity, sizeof *larger);
  if (larger != NULL) {
    if (list->n > 0) memcpy(larger, list->times_ms, list->n * sizeof *larger);
    dicrec__release(&store->allocator, list->times_ms);
    list->times_ms = larger;
    list->capacity = capacity;
  }
  pthread_mutex_unlock(&store->lock);
  return larger == NULL ? DICREC_E_MEMORY : DICREC_OK;
}

dicrec_status dicrec__spike_store_add(dicrec__spike_store *store, size_t member, double time_ms) {
  dicrec__spike_list *list = &store->lists[member];
  if (list->n >= store->max_spikes) return DICREC_W_LIMIT;
  if (list->n == list->capacity) {
    const dicrec_status status = grow(store, list);
    if (status != DICREC_OK) return status;
  }
  list->times_ms[list->n++] = time_ms;
  return DICREC_OK;
}
