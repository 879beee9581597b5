/* SPDX-License-Identifier: MIT */
#include "core/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

/* How often a worker that is in the middle of its work reports progress. */
static const double report_every_s = 0.02;

enum { RUNNING, CANCELLED, EXPIRED };

struct pool {
  dicrec_context *context;
  dicrec__work work;
  void *user;
  size_t n_items, chunk;
  double deadline_s;
  atomic_size_t next, done;
  atomic_int state;
};

struct dicrec__worker {
  struct pool *pool;
  int index;
  bool was_told;             /**< that the piece of work under way is to stop */
  size_t n_items, n_counted; /**< of the piece, and those that already count as done */
  double reported_s;
  pthread_t thread;
};

double dicrec__clock_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

dicrec_status dicrec__workers_count(dicrec_context *context, int32_t option, int *n_threads) {
  if (option < 0 || option > DICREC__MAX_THREADS) return dicrec__fail_range(context, "n_threads", option, "0 to 256");
  *n_threads = option == 0 ? 1 : (int)option;
  return DICREC_OK;
}

int dicrec__worker_index(const dicrec__worker *worker) { return worker->index; }

/** The first reason to stop is kept. */
static void stop(struct pool *pool, int reason) {
  int running = RUNNING;
  atomic_compare_exchange_strong(&pool->state, &running, reason);
}

static void report(struct pool *pool) {
  if (dicrec__progress(pool->context, (int64_t)atomic_load(&pool->done), (int64_t)pool->n_items)) stop(pool, CANCELLED);
}

static bool is_stopped(dicrec__worker *worker) {
  struct pool *pool = worker->pool;
  const bool reports = worker->index == 0 && pool->context != NULL && pool->context->options.progress != NULL;
  if (reports || pool->deadline_s > 0.0) {
    const double now = dicrec__clock_s();
    if (pool->deadline_s > 0.0 && now >= pool->deadline_s) stop(pool, EXPIRED);
    if (reports && now >= worker->reported_s + report_every_s) {
      worker->reported_s = now;
      report(pool);
    }
  }
  return atomic_load_explicit(&pool->state, memory_order_relaxed) != RUNNING;
}

bool dicrec__worker_stopped(dicrec__worker *worker) {
  if (!worker->was_told) worker->was_told = is_stopped(worker);
  return worker->was_told;
}

bool dicrec__worker_take(dicrec__worker *worker, size_t *item) {
  struct pool *pool = worker->pool;
  if (worker->was_told || atomic_load(&pool->next) >= pool->n_items) return false;
  *item = atomic_fetch_add(&pool->next, 1);
  if (*item >= pool->n_items) return false;
  ++worker->n_items;
  return true;
}

void dicrec__worker_count(dicrec__worker *worker) {
  ++worker->n_counted;
  atomic_fetch_add(&worker->pool->done, 1);
}

/** Take the next chunk and work on it; false when there is none. */
static bool work_once(dicrec__worker *worker) {
  struct pool *pool = worker->pool;
  if (pool->deadline_s > 0.0 && dicrec__clock_s() >= pool->deadline_s) stop(pool, EXPIRED);
  if (atomic_load(&pool->state) != RUNNING) return false;
  const size_t begin = atomic_fetch_add(&pool->next, pool->chunk);
  if (begin >= pool->n_items) return false;
  const size_t end = begin + pool->chunk < pool->n_items ? begin + pool->chunk : pool->n_items;
  worker->n_items = end - begin;
  worker->n_counted = 0;
  pool->work(pool->user, worker, begin, end);
  if (!worker->was_told) atomic_fetch_add(&pool->done, worker->n_items - worker->n_counted);
  return true;
}

static void *work_all(void *argument) {
  dicrec__worker *worker = argument;
  while (work_once(worker)) continue;
  return NULL;
}

static dicrec_status judge(struct pool *pool) {
  const size_t done = atomic_load(&pool->done);
  if (done >= pool->n_items || atomic_load(&pool->state) == RUNNING) return DICREC_OK;
  if (atomic_load(&pool->state) == EXPIRED)
    return dicrec__fail(pool->context, DICREC_W_LIMIT, "out of time after %zu of %zu", done, pool->n_items);
  return dicrec__fail(pool->context, DICREC_E_CANCELLED, "cancelled after %zu of %zu", done, pool->n_items);
}

dicrec_status dicrec__workers_run(dicrec_context *context, int n_threads, size_t n_items, size_t chunk,
                                  double deadline_s, dicrec__work work, void *user) {
  struct pool pool = {
      .context = context, .work = work, .user = user, .n_items = n_items, .chunk = chunk, .deadline_s = deadline_s};
  dicrec__worker workers[DICREC__MAX_THREADS];
  const size_t n_chunks = n_items / chunk + (n_items % chunk != 0);
  workers[0] = (dicrec__worker){.pool = &pool, .reported_s = dicrec__clock_s()}; /* the calling thread */
  int n_started = 1;
  report(&pool);
  while (n_started < n_threads && (size_t)n_started < n_chunks) { /* after the first report, which may cancel */
    dicrec__worker *worker = &workers[n_started];
    *worker = (dicrec__worker){.pool = &pool, .index = n_started};
    if (pthread_create(&worker->thread, NULL, work_all, worker) != 0) break; /* fewer threads do the same work */
    ++n_started;
  }
  while (work_once(&workers[0])) report(&pool);
  for (int i = 1; i < n_started; ++i) pthread_join(workers[i].thread, NULL);
  return judge(&pool);
}
