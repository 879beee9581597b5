/* SPDX-License-Identifier: MIT */
/* What the strict C of the other files hides; the last one for MAP_ANONYMOUS and O_CLOEXEC. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "core/system.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

double dicrec__clock_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool dicrec__mutex_init(dicrec__mutex *mutex) { return pthread_mutex_init(&mutex->inside, NULL) == 0; }

void dicrec__mutex_end(dicrec__mutex *mutex) { pthread_mutex_destroy(&mutex->inside); }

void dicrec__mutex_lock(dicrec__mutex *mutex) { pthread_mutex_lock(&mutex->inside); }

void dicrec__mutex_unlock(dicrec__mutex *mutex) { pthread_mutex_unlock(&mutex->inside); }

bool dicrec__condition_init(dicrec__condition *condition) {
  pthread_condattr_t attributes;
  if (pthread_condattr_init(&attributes) != 0) return false;
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC); /* that of dicrec__clock_s() */
  const bool is_made = pthread_cond_init(&condition->inside, &attributes) == 0;
  pthread_condattr_destroy(&attributes);
  return is_made;
}

void dicrec__condition_end(dicrec__condition *condition) { pthread_cond_destroy(&condition->inside); }

void dicrec__condition_signal(dicrec__condition *condition) { pthread_cond_signal(&condition->inside); }

bool dicrec__condition_wait(dicrec__condition *condition, dicrec__mutex *mutex, double until_s) {
  struct timespec until = {.tv_sec = (time_t)until_s};
  until.tv_nsec = (long)(1e9 * (until_s - (double)until.tv_sec));
  return pthread_cond_timedwait(&condition->inside, &mutex->inside, &until) == 0;
}

static void *run_thread(void *argument) {
  const dicrec__thread *thread = argument;
  thread->run(thread->argument);
  return NULL;
}

bool dicrec__thread_start(dicrec__thread *thread, void (*run)(void *argument), void *argument) {
  thread->run = run;
  thread->argument = argument;
  return pthread_create(&thread->inside, NULL, run_thread, thread) == 0;
}

void dicrec__thread_join(dicrec__thread *thread) { pthread_join(thread->inside, NULL); }

const char *dicrec__file_open(dicrec__file *file, const char *path) {
  file->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would block */
  if (file->descriptor < 0) return strerror(errno);
  struct stat about;
  const char *problem = NULL;
  if (fstat(file->descriptor, &about) != 0) problem = strerror(errno);
  else if (!S_ISREG(about.st_mode)) problem = "not a regular file";
  else file->size = (uint64_t)about.st_size;
  if (problem != NULL) dicrec__file_close(file);
  return problem;
}

const char *dicrec__file_read(dicrec__file *file, void *bytes, size_t size) {
  for (size_t done = 0; done < size;) {
    errno = 0;
    const ssize_t n = read(file->descriptor, (unsigned char *)bytes + done, size - done);
    if (n > 0) done += (size_t)n;
    else if (errno == 0) return "it became shorter while being read";
    else if (errno != EINTR) return strerror(errno);
  }
  return NULL;
}

void dicrec__file_close(dicrec__file *file) { close(file->descriptor); }

/** The standard locale, for this thread alone. */
struct locale_change {
  locale_t standard, before;
};

static struct locale_change leave_locale(void) {
  const locale_t standard = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* the standard locale takes no memory */
  return (struct locale_change){standard, uselocale(standard)};
}

static void return_to_locale(struct locale_change change) {
  uselocale(change.before);
  if (change.standard != (locale_t)0) freelocale(change.standard);
}

void dicrec__print(char *text, size_t size, const char *format, va_list arguments) {
  const struct locale_change change = leave_locale();
  vsnprintf(text, size, format, arguments);
  return_to_locale(change);
}

double dicrec__decimal(const char *text) {
  const struct locale_change change = leave_locale();
  const double number = strtod(text, NULL);
  return_to_locale(change);
  return number;
}

bool dicrec__has_room(size_t bytes) {
  void *const block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return block != MAP_FAILED && munmap(block, bytes) == 0;
}
