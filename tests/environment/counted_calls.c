/* SPDX-License-Identifier: MIT */
/* Stands before the C library for the whole process, so that the libraries which it loads are counted too. */
#define _GNU_SOURCE
#include "counted_calls.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static _Thread_local bool is_counting;
static atomic_long n_calls[CALLS_KINDS];
static _Atomic(const char *) firsts[CALLS_KINDS];

static void count(int kind, const char *name) {
  const char *none = NULL;
  if (!is_counting) return;
  atomic_fetch_add(&n_calls[kind], 1);
  atomic_compare_exchange_strong(&firsts[kind], &none, name);
}

void count_calls(bool is_on) { is_counting = is_on; }

long counted_calls(int kind, const char **first) {
  *first = atomic_load(&firsts[kind]);
  return atomic_load(&n_calls[kind]);
}

void forget_calls(void) {
  for (int kind = 0; kind < CALLS_KINDS; ++kind) {
    atomic_store(&n_calls[kind], 0);
    atomic_store(&firsts[kind], NULL);
  }
}

/* The allocator by its own names: finding the others needs it. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *pointer, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *pointer);

void *malloc(size_t size) {
  count(CALLS_MEMORY, "malloc");
  return __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
  count(CALLS_MEMORY, "calloc");
  return __libc_calloc(n, size);
}

void *realloc(void *pointer, size_t size) {
  count(CALLS_MEMORY, "realloc");
  return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(CALLS_MEMORY, "aligned_alloc");
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  count(CALLS_MEMORY, "posix_memalign");
  *pointer = __libc_memalign(alignment, size);
  return *pointer == NULL ? 12 : 0; /* ENOMEM */
}

void free(void *pointer) {
  count(CALLS_MEMORY, "free");
  __libc_free(pointer);
}

/** Count, then do what the next library of that name does. */
#define FORWARD(kind, type, name, parameters, arguments)                                                               \
  type name parameters {                                                                                               \
    static _Atomic(void *) found;                                                                                      \
    union {                                                                                                            \
      void *pointer;                                                                                                   \
      type(*call) parameters;                                                                                          \
    } next = {atomic_load(&found)};                                                                                    \
    if (next.pointer == NULL) atomic_store(&found, next.pointer = dlsym(RTLD_NEXT, #name));                            \
    count(kind, #name);                                                                                                \
    return next.call arguments;                                                                                        \
  }

FORWARD(CALLS_MEMORY, void *, mmap, (void *place, size_t size, int access, int flags, int file, off_t offset),
        (place, size, access, flags, file, offset))
FORWARD(CALLS_MEMORY, int, munmap, (void *place, size_t size), (place, size))
FORWARD(CALLS_MEMORY, int, madvise, (void *place, size_t size, int advice), (place, size, advice))
FORWARD(CALLS_MEMORY, void *, sbrk, (intptr_t increment), (increment))

FORWARD(CALLS_THREADS, int, pthread_mutex_lock, (pthread_mutex_t * mutex), (mutex))
FORWARD(CALLS_THREADS, int, pthread_mutex_trylock, (pthread_mutex_t * mutex), (mutex))
FORWARD(CALLS_THREADS, int, pthread_spin_lock, (pthread_spinlock_t * lock), (lock))
FORWARD(CALLS_THREADS, int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock), (lock))
FORWARD(CALLS_THREADS, int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock), (lock))
FORWARD(CALLS_THREADS, int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t *mutex), (condition, mutex))
FORWARD(CALLS_THREADS, int, pthread_cond_signal, (pthread_cond_t * condition), (condition))
FORWARD(CALLS_THREADS, int, pthread_cond_broadcast, (pthread_cond_t * condition), (condition))
FORWARD(CALLS_THREADS, int, pthread_once, (pthread_once_t * control, void (*routine)(void)), (control, routine))
FORWARD(CALLS_THREADS, int, sem_wait, (sem_t * semaphore), (semaphore))
FORWARD(CALLS_THREADS, int, sem_trywait, (sem_t * semaphore), (semaphore))
FORWARD(CALLS_THREADS, int, sem_post, (sem_t * semaphore), (semaphore))
FORWARD(CALLS_THREADS, int, sched_yield, (void), ())
FORWARD(CALLS_THREADS, int, nanosleep, (const struct timespec *request, struct timespec *left), (request, left))
