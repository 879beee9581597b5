/* SPDX-License-Identifier: MIT */
#include "core/workers.h"

#include <pthread.h>
#include <stdatomic.h>

struct pool {
  dicrec__work work;
  void *user;
  size_t n_items, chunk;
  atomic_size_t next, done;
  atomic_bool cancelled;
};

struct worker {
  struct pool *pool;
  int index;
  pthread_t thread;
};

dicrec_status dicrec__workers_count(dicrec_context *context, int32_t option, int *n_threads) {
  if (option < 0 || option > DICREC__MAX_THREADS) return dicrec__fail_range(context, "n_threads", option, "0 to 256");
  *n_threads = option == 0 ? 1 : (int)option;
  return DICREC_OK;
}

/** Take the next chunk and work on it; false when there is none. */
static bool work_once(struct pool *pool, int worker) {
  if (atomic_load(&pool->cancelled)) return false;
  const size_t begin = atomic_fetch_add(&pool->next, pool->chunk);
  if (begin >= pool->n_items) return false;
  const size_t end = begin + pool->chunk < pool->n_items ? begin + pool->chunk : pool->n_items;
  pool->work(pool->user, worker, begin, end);
  atomic_fetch_add(&pool->done, end - begin);
  return true;
}

static void *work_all(void *argument) {
  const struct worker *worker = argument;
  while (work_once(worker->pool, worker->index)) continue;
  return NULL;
}

dicrec_status dicrec__workers_run(dicrec_context *context, int n_threads, size_t n_items, size_t chunk,
                                  dicrec__work work, void *user) {
  struct pool pool = {.work = work, .user = user, .n_items = n_items, .chunk = chunk};
  struct worker workers[DICREC__MAX_THREADS];
  const size_t n_chunks = n_items / chunk + (n_items % chunk != 0);
  int n_started = 1; /* the calling thread */
  if (dicrec__progress(context, 0, (int64_t)n_items)) atomic_store(&pool.cancelled, true);
  while (n_started < n_threads && (size_t)n_started < n_chunks) { /* after the first report, which may cancel */
    struct worker *worker = &workers[n_started];
    *worker = (struct worker){.pool = &pool, .index = n_started};
    if (pthread_create(&worker->thread, NULL, work_all, worker) != 0) break; /* fewer threads do the same work */
    ++n_started;
  }
  while (work_once(&pool, 0))
    if (dicrec__progress(context, (int64_t)atomic_load(&pool.done), (int64_t)n_items))
      atomic_store(&pool.cancelled, true);
  for (int i = 1; i < n_started; ++i) pthread_join(workers[i].thread, NULL);
  if (atomic_load(&pool.cancelled) && atomic_load(&pool.done) < n_items)
    return dicrec__fail(context, DICREC_E_CANCELLED, "cancelled after %zu of %zu", atomic_load(&pool.done), n_items);
  return DICREC_OK;
}
