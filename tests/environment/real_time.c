/* SPDX-License-Identifier: MIT */
/**
 * @file real_time.c
 * Streams in threads that record: pushing and reading ask for no memory, take no lock and enter the system not once.
 *
 * The latter is seen by threads that the system kills at any call but read, write and exit.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counted_calls.h"
#include "workload.h"

enum { N_STREAMS = 4, N_READS = 300, N_AT_ONCE = 200, SKIPPED = 77 };

/** A thread with its stream. */
struct lane {
  dicrec_stream *stream;
  void (*work)(struct lane *lane);
  bool is_strict;
  double now_ms, wrong;
  volatile bool is_done;
  pthread_barrier_t *start;
};

static void require(bool condition, const char *what) {
  if (condition) return;
  fprintf(stderr, "%s\n", what);
  exit(EXIT_FAILURE);
}

/** Spikes one at a time and many at once, every answer after each, from the first spike on and again. */
static void push_and_read(struct lane *lane) {
  double times_ms[N_AT_ONCE], numbers[8];
  for (int i = 0; i < N_READS; ++i) {
    const size_t n = i % 16 == 15 ? N_AT_ONCE : 1;
    if (i == N_READS / 2) dicrec_stream_reset(lane->stream);
    for (size_t k = 0; k < n; ++k) times_ms[k] = lane->now_ms += k % 5 == 4 ? 120.0 : 9.0 + (double)(i % 7);
    const dicrec_posterior *posterior;
    if (dicrec_stream_push(lane->stream, times_ms, n) != DICREC_OK) lane->wrong += 1.0;
    if (dicrec_stream_posterior(lane->stream, &posterior) < 0) lane->wrong += 1.0;
    dicrec_posterior_moments(posterior, 2, numbers, numbers + 2);
    dicrec_posterior_class_probabilities(posterior, 4, numbers + 2);
    for (int q = 1; q < 8; ++q) dicrec_posterior_quantile(posterior, 0.125 * q, 3, numbers + 5);
    dicrec_posterior_sample(posterior, 1, 2, 3, numbers + 2);
    if (!(dicrec_posterior_support(posterior) >= 0.0 && dicrec_posterior_activity(posterior) >= 0)) lane->wrong += 1.0;
  }
}

/** What must be seen. */
static void offend(struct lane *lane) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  void *volatile block = malloc(100);
  free(block);
  pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  lane->wrong += (double)syscall(SYS_getppid) * 0.0;
}

/** Leave this thread read, write and exit; in a process that is filtered already, by a filter. */
static bool forbid_system_calls(void) {
  static struct sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_read, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_THREAD),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0) return true;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void *run_lane(void *argument) {
  struct lane *lane = argument;
  pthread_barrier_wait(lane->start);
  if (lane->is_strict && !forbid_system_calls()) _exit(SKIPPED);
  count_calls(!lane->is_strict);
  lane->work(lane);
  count_calls(false);
  lane->is_done = true;
  if (lane->is_strict) syscall(SYS_exit, 0); /* of this thread: what pthreads would do is forbidden */
  return NULL;
}

/** Threads that work at the same time; how many of them came to their end. */
static int run_lanes(const struct workload *work, int n, bool is_strict, void (*what)(struct lane *lane)) {
  struct lane lanes[N_STREAMS];
  pthread_t threads[N_STREAMS];
  pthread_barrier_t start;
  dicrec_context *context;
  int n_done = 0;
  pthread_barrier_init(&start, NULL, (unsigned)n);
  require(dicrec_context_create(NULL, &context) == DICREC_OK, "no context");
  for (int i = 0; i < n; ++i) {
    lanes[i] = (struct lane){.work = what, .is_strict = is_strict, .start = &start};
    require(dicrec_stream_create(context, work->estimator, NULL, &lanes[i].stream) == DICREC_OK, "no stream");
  }
  for (int i = 0; i < n; ++i) require(pthread_create(&threads[i], NULL, run_lane, &lanes[i]) == 0, "no thread");
  for (int i = 0; i < n; ++i) {
    pthread_join(threads[i], NULL);
    require(lanes[i].wrong == 0.0, "a stream refused its spikes");
    n_done += lanes[i].is_done;
    dicrec_stream_free(lanes[i].stream);
  }
  dicrec_context_free(context);
  return n_done;
}

static bool check_counts(const struct workload *work, int n) {
  bool is_clean = true;
  forget_calls();
  run_lanes(work, n, false, push_and_read);
  for (int kind = 0; kind < CALLS_KINDS; ++kind) {
    const char *first;
    const long n_calls = counted_calls(kind, &first);
    is_clean = is_clean && n_calls == 0;
    printf("%s, %d at once, %d reads each: %ld %s%s%s\n", dicrec_model_name(work->model), n, N_READS, n_calls,
           kind == CALLS_MEMORY ? "requests for memory" : "locks", first == NULL ? "" : ", the first is ",
           first == NULL ? "" : first);
  }
  return is_clean;
}

/** Threads without a system, in a process of their own. */
static bool check_strictly(const struct workload *work, int n, void (*what)(struct lane *lane)) {
  int answer;
  fflush(stdout);
  const pid_t child = fork();
  require(child >= 0, "no process");
  if (child == 0) _exit(run_lanes(work, n, true, what) == n ? EXIT_SUCCESS : EXIT_FAILURE);
  require(waitpid(child, &answer, 0) == child, "the process is lost");
  if (WIFEXITED(answer) && WEXITSTATUS(answer) == SKIPPED) {
    fputs("skipped: the system does not let a thread forbid itself its calls\n", stderr);
    exit(SKIPPED);
  }
  return WIFEXITED(answer) && WEXITSTATUS(answer) == EXIT_SUCCESS;
}

/** Whether the tests themselves see what they are to see. */
static void check_the_checks(const struct workload *work) {
  const char *first;
  forget_calls();
  run_lanes(work, 1, false, offend);
  require(counted_calls(CALLS_MEMORY, &first) == 2, "malloc and free were not counted");
  require(counted_calls(CALLS_THREADS, &first) == 1, "a lock was not counted");
  require(!check_strictly(work, 1, offend), "a system call went unseen");
}

int main(void) {
  dicrec_context *context;
  bool is_clean = true;
  require(dicrec_context_create(NULL, &context) == DICREC_OK, "no context");
  for (int m = 0; m < WORKLOAD_N_MODELS; ++m) {
    struct workload work;
    require(workload_open(context, workload_models[m], &work) == DICREC_OK, "no model");
    for (int n = 1; n <= N_STREAMS; n += N_STREAMS - 1) is_clean = check_counts(&work, n) && is_clean;
    if (m == 0) check_the_checks(&work);
    for (int n = 1; n <= N_STREAMS; n += N_STREAMS - 1) {
      const bool is_free = check_strictly(&work, n, push_and_read);
      printf("%s, %d at once: %s\n", workload_models[m], n, is_free ? "no system call" : "the system was called");
      is_clean = is_clean && is_free;
    }
    workload_close(&work);
  }
  dicrec_context_free(context);
  return is_clean ? EXIT_SUCCESS : EXIT_FAILURE;
}
