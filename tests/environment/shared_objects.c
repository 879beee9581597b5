/* SPDX-License-Identifier: MIT */
/**
 * @file shared_objects.c
 * Threads with a context each share a model, an estimator and a train, and do everything with them at the same time.
 *
 * Each piece of work must come to what it comes to alone. Built with a thread sanitizer, see test_thread_sanitizer.py,
 * this also shows that no two threads touch the same memory without order.
 */
#define _POSIX_C_SOURCE 200809L /* barriers */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "workload.h"

enum { N_THREADS = 4 };

/** What a thread has done. */
struct user {
  const struct workload *work;
  int first;         /**< the piece to begin with, so that different ones meet */
  int32_t n_threads; /**< of each call */
  pthread_barrier_t *start;
  uint64_t digests[WORKLOAD_N_PIECES];
};

static void require(int condition, const char *what) {
  if (condition) return;
  fprintf(stderr, "%s\n", what);
  exit(EXIT_FAILURE);
}

static void *use(void *argument) {
  struct user *user = argument;
  dicrec_context *context;
  require(dicrec_context_create(NULL, &context) == DICREC_OK, "no context");
  if (user->start != NULL) pthread_barrier_wait(user->start);
  for (int i = 0; i < WORKLOAD_N_PIECES; ++i) {
    const int piece = (user->first + i) % WORKLOAD_N_PIECES;
    user->digests[piece] = 0;
    require(workload_pieces[piece].run(user->work, context, user->n_threads, &user->digests[piece]) >= 0,
            workload_pieces[piece].name);
  }
  dicrec_context_free(context);
  return NULL;
}

static void use_at_once(const struct workload *work, struct user *users) {
  pthread_t threads[N_THREADS];
  pthread_barrier_t start;
  pthread_barrier_init(&start, NULL, N_THREADS);
  for (int i = 0; i < N_THREADS; ++i) {
    users[i] = (struct user){.work = work, .first = i / 2 * 4, .n_threads = 1 + i % 2, .start = &start};
    require(pthread_create(&threads[i], NULL, use, &users[i]) == 0, "no thread");
  }
  for (int i = 0; i < N_THREADS; ++i) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&start);
}

/** Pieces that came to something else in a thread than alone. */
static int compare(const struct workload *work, const struct user *users) {
  struct user alone = {.work = work, .n_threads = 1};
  int n_different = 0;
  use(&alone);
  for (int i = 0; i < N_THREADS; ++i)
    for (int piece = 0; piece < WORKLOAD_N_PIECES; ++piece) {
      if (users[i].digests[piece] == alone.digests[piece]) continue;
      fprintf(stderr, "%s, thread %d: %s is different\n", dicrec_model_name(work->model), i,
              workload_pieces[piece].name);
      ++n_different;
    }
  return n_different;
}

int main(void) {
  dicrec_context *context;
  int n_different = 0;
  require(dicrec_context_create(NULL, &context) == DICREC_OK, "no context");
  for (int m = 0; m < WORKLOAD_N_MODELS; ++m) {
    struct workload work;
    struct user users[N_THREADS];
    require(workload_open(context, workload_models[m], &work) == DICREC_OK, "no model");
    use_at_once(&work, users); /* first, while nothing has been used yet */
    n_different += compare(&work, users);
    workload_close(&work);
  }
  dicrec_context_free(context);
  return n_different == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
