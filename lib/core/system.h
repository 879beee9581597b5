/* SPDX-License-Identifier: MIT */
/**
 * @file system.h
 * The one place that knows the operating system: clock, threads, files, locale, address space. It stands on POSIX; what
 * the library needs of another system is what is declared here.
 */
#ifndef DICREC_CORE_SYSTEM_H
#define DICREC_CORE_SYSTEM_H

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Seconds of a clock that only goes forward. */
double dicrec__clock_s(void);

/** Whether a deadline of that clock has come; 0: there is none. */
static inline bool dicrec__deadline_passed(double deadline_s) {
  return deadline_s > 0.0 && dicrec__clock_s() >= deadline_s;
}

/** Held by one thread at a time. */
typedef struct dicrec__mutex {
  pthread_mutex_t inside;
} dicrec__mutex;

/** A mutex that needs neither dicrec__mutex_init() nor dicrec__mutex_end(). */
#define DICREC__MUTEX_READY                                                                                            \
  { PTHREAD_MUTEX_INITIALIZER }

/** False if the system has none to give. */
bool dicrec__mutex_init(dicrec__mutex *mutex);
void dicrec__mutex_end(dicrec__mutex *mutex);
void dicrec__mutex_lock(dicrec__mutex *mutex);
void dicrec__mutex_unlock(dicrec__mutex *mutex);

/** What one thread waits for and another signals. */
typedef struct dicrec__condition {
  pthread_cond_t inside;
} dicrec__condition;

/** False if the system has none to give. */
bool dicrec__condition_init(dicrec__condition *condition);
void dicrec__condition_end(dicrec__condition *condition);
void dicrec__condition_signal(dicrec__condition *condition);

/**
 * Leave the mutex, wait, and hold it again. May also return without any signal; false when dicrec__clock_s() has
 * reached `until_s`.
 */
bool dicrec__condition_wait(dicrec__condition *condition, dicrec__mutex *mutex, double until_s);

typedef struct dicrec__thread {
  pthread_t inside;
  void (*run)(void *argument);
  void *argument;
} dicrec__thread;

/** Run a function on a thread of its own; `thread` stays where it is until it was joined. False: there is no thread. */
bool dicrec__thread_start(dicrec__thread *thread, void (*run)(void *argument), void *argument);
void dicrec__thread_join(dicrec__thread *thread);

/** A file that is read past the C library, whose buffers would not come from the user's allocator. */
typedef struct dicrec__file {
  int descriptor;
  uint64_t size; /**< bytes */
} dicrec__file;

/** Open a regular file without waiting, whatever it is. NULL, or why not; then there is nothing to close. */
const char *dicrec__file_open(dicrec__file *file, const char *path);

/** Read the next bytes. NULL, or why not. */
const char *dicrec__file_read(dicrec__file *file, void *bytes, size_t size);
void dicrec__file_close(dicrec__file *file);

/** As vsnprintf(), with a decimal point whatever the host's locale is; takes no memory. */
void dicrec__print(char *text, size_t size, const char *format, va_list arguments);

/** As strtod(), with a decimal point whatever the host's locale is; takes no memory. */
double dicrec__decimal(const char *text);

/** Could so much memory be had now, by whoever does not ask the user's allocator? */
bool dicrec__has_room(size_t bytes);

#endif
