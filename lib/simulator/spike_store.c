/* SPDX-License-Identifier: MIT */
#include "simulator/spike_store.h"

dicrec_status dicrec__spike_store_create(const dicrec__allocator *allocator, size_t n_members, size_t max_spikes,
                                         dicrec__spike_store **store) {
  dicrec__spike_store *made = dicrec__allocate(allocator, 1, sizeof *made);
  if (made == NULL) return DICREC_E_MEMORY;
  made->n_members = n_members;
  made->max_spikes = max_spikes;
  made->lists = dicrec__allocate(allocator, n_members, sizeof *made->lists);
  if (made->lists == NULL || !dicrec__shared_memory_init(&made->memory, allocator)) {
    dicrec__release(allocator, made->lists);
    dicrec__release(allocator, made);
    return DICREC_E_MEMORY;
  }
  *store = made;
  return DICREC_OK;
}

void dicrec__spike_store_free(dicrec__spike_store *store) {
  if (store == NULL) return;
  const dicrec__allocator allocator = store->memory.allocator;
  for (size_t i = 0; i < store->n_members; ++i) dicrec__release(&allocator, store->lists[i].times_ms);
  dicrec__shared_memory_end(&store->memory);
  dicrec__release(&allocator, store->lists);
  dicrec__release(&allocator, store);
}

dicrec_status dicrec__spike_store_add(dicrec__spike_store *store, size_t member, double time_ms) {
  dicrec__spike_list *list = &store->lists[member];
  if (list->n >= store->max_spikes) return DICREC_W_LIMIT;
  if (list->n == list->capacity) {
    const size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
    if (!dicrec__grow(&store->memory, &list->times_ms, list->n, capacity)) return DICREC_E_MEMORY;
    list->capacity = capacity;
  }
  list->times_ms[list->n++] = time_ms;
  return DICREC_OK;
}
