/* SPDX-License-Identifier: MIT */
/**
 * @file host.c
 * What the program asks of the system that it runs on.
 */
#define _XOPEN_SOURCE 700 /* fcntl, isatty, clock_gettime */

#include "system/host.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

/* Opened the wrong way round, they fail where they are used. */
void host_replace_closed_streams(void) {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (fcntl(stream, F_GETFD) < 0) (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool host_input_is_terminal(void) { return isatty(STDIN_FILENO) != 0; }

bool host_error_is_terminal(void) { return isatty(STDERR_FILENO) != 0; }

long host_processor_count(void) {
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online < 1 ? 1 : online;
}

double host_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
