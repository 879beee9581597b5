/* SPDX-License-Identifier: MIT */
/** @file no_threads.c Loaded before a program: no thread can be created. */
#include <errno.h>
#include <pthread.h>

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument) {
  (void)thread, (void)attributes, (void)routine, (void)argument;
  return EAGAIN;
}
