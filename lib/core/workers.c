/* SPDX-License-Identifier: MIT */
#include "core/workers.h"

#include <stdatomic.h>

#include "core/system.h"
#include "dicrec/limits.h"

/* How often progress is reported in the middle of long work. */
static const double report_every_s = 0.02;

enum { RUNNING, CANCELLED, EXPIRED };

/** How the calling thread learns that the others are done, while it goes on reporting. */
struct finish {
  dicrec__mutex lock;
  dicrec__condition changed;
  int n_running; /**< started workers that have not ended */
};

struct pool {
  dicrec_context *context;
  dicrec__work work;
  void *user;
  size_t n_items, chunk;
  double deadline_s;
  atomic_size_t next, done;
  atomic_int state;
  struct finish finish;
};

struct dicrec__worker {
  struct pool *pool;
  int index;
  bool was_stopped;          /**< that the piece of work under way is to stop */
  size_t n_items, n_counted; /**< of the piece, and those that already count as done */
  double reported_s;
  dicrec__thread thread;
};

int dicrec__worker_index(const dicrec__worker *worker) { return worker->index; }

/** The first reason to stop is kept. */
static void stop(struct pool *pool, int reason) {
  int running = RUNNING;
  atomic_compare_exchange_strong(&pool->state, &running, reason);
}

static void report(struct pool *pool) {
  if (dicrec__progress(pool->context, (int64_t)atomic_load(&pool->done), (int64_t)pool->n_items)) stop(pool, CANCELLED);
}

bool dicrec__progress_due(dicrec_context *context, double *reported_s, int64_t done, int64_t total) {
  if (context == NULL || context->options.progress == NULL) return false;
  const double now = dicrec__clock_s();
  if (now < *reported_s + report_every_s) return false;
  *reported_s = now;
  return dicrec__progress(context, done, total);
}

/* Whether to stop; the calling thread's worker also reports. */
static bool is_stopped(dicrec__worker *worker) {
  struct pool *pool = worker->pool;
  if (dicrec__deadline_passed(pool->deadline_s)) stop(pool, EXPIRED);
  if (worker->index == 0 && dicrec__progress_due(pool->context, &worker->reported_s, (int64_t)atomic_load(&pool->done),
                                                 (int64_t)pool->n_items))
    stop(pool, CANCELLED);
  return atomic_load_explicit(&pool->state, memory_order_relaxed) != RUNNING;
}

bool dicrec__worker_stopped(dicrec__worker *worker) {
  if (!worker->was_stopped) worker->was_stopped = is_stopped(worker);
  return worker->was_stopped;
}

bool dicrec__worker_was_stopped(const dicrec__worker *worker) { return worker->was_stopped; }

bool dicrec__worker_take(dicrec__worker *worker, size_t *item) {
  struct pool *pool = worker->pool;
  if (worker->was_stopped || atomic_load(&pool->next) >= pool->n_items) return false;
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
  if (dicrec__deadline_passed(pool->deadline_s)) stop(pool, EXPIRED);
  if (atomic_load(&pool->state) != RUNNING) return false;
  const size_t begin = atomic_fetch_add(&pool->next, pool->chunk);
  if (begin >= pool->n_items) return false;
  const size_t end = begin + pool->chunk < pool->n_items ? begin + pool->chunk : pool->n_items;
  worker->n_items = end - begin;
  worker->n_counted = 0;
  pool->work(pool->user, worker, begin, end);
  if (!worker->was_stopped) atomic_fetch_add(&pool->done, worker->n_items - worker->n_counted);
  return true;
}

static void work_all(void *argument) {
  dicrec__worker *worker = argument;
  struct finish *finish = &worker->pool->finish;
  while (work_once(worker)) continue;
  dicrec__mutex_lock(&finish->lock);
  --finish->n_running;
  dicrec__condition_signal(&finish->changed);
  dicrec__mutex_unlock(&finish->lock);
}

/* False if the system has no means to wait; then there are no threads to wait for. */
static bool finish_init(struct finish *finish) {
  if (!dicrec__condition_init(&finish->changed)) return false;
  if (dicrec__mutex_init(&finish->lock)) return true;
  dicrec__condition_end(&finish->changed);
  return false;
}

static void finish_end(struct finish *finish) {
  dicrec__mutex_end(&finish->lock);
  dicrec__condition_end(&finish->changed);
}

/* Wait until the other workers have ended or the next report is due; true in the first case. */
static bool have_ended(struct finish *finish) {
  const double until_s = dicrec__clock_s() + report_every_s;
  dicrec__mutex_lock(&finish->lock);
  bool has_time = true;
  while (finish->n_running > 0 && has_time) has_time = dicrec__condition_wait(&finish->changed, &finish->lock, until_s);
  const bool ended = finish->n_running == 0;
  dicrec__mutex_unlock(&finish->lock);
  return ended;
}

/* Start the other workers, as many as there is work for; fewer do the same work. */
static int start_others(dicrec__worker *workers, int n_threads, size_t n_chunks) {
  struct pool *pool = workers[0].pool;
  int n_started = 1;
  if (n_threads < 2 || n_chunks < 2 || atomic_load(&pool->state) != RUNNING) return n_started;
  if (!finish_init(&pool->finish)) return n_started;
  dicrec__mutex_lock(&pool->finish.lock);
  while (n_started < n_threads && (size_t)n_started < n_chunks) {
    dicrec__worker *worker = &workers[n_started];
    *worker = (dicrec__worker){.pool = pool, .index = n_started};
    if (!dicrec__thread_start(&worker->thread, work_all, worker)) break;
    ++n_started;
  }
  pool->finish.n_running = n_started - 1;
  dicrec__mutex_unlock(&pool->finish.lock);
  if (n_started == 1) finish_end(&pool->finish);
  return n_started;
}

/* The calling thread, out of work itself, goes on reporting and looking at the clock until the others end. */
static void await_others(dicrec__worker *workers, int n_started) {
  struct pool *pool = workers[0].pool;
  if (n_started == 1) return;
  while (!have_ended(&pool->finish) && !is_stopped(&workers[0])) continue;
  for (int i = 1; i < n_started; ++i) dicrec__thread_join(&workers[i].thread);
  finish_end(&pool->finish);
  if (atomic_load(&pool->state) == RUNNING) report(pool); /* what they have done last */
}

static dicrec_status status_of_call(struct pool *pool) {
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
  dicrec__worker workers[DICREC_MAX_THREADS];
  const size_t n_chunks = n_items / chunk + (n_items % chunk != 0);
  workers[0] = (dicrec__worker){.pool = &pool, .reported_s = dicrec__clock_s()}; /* the calling thread */
  report(&pool);                                                                 /* may cancel before anything begins */
  const int n_started = start_others(workers, n_threads, n_chunks);
  while (work_once(&workers[0])) report(&pool);
  await_others(workers, n_started);
  return status_of_call(&pool);
}
