/* SPDX-License-Identifier: MIT */
/**
 * @file interruption.c
 * What signals do.
 *
 * While the library computes, a signal is noted and the progress callback cancels the call. Everywhere else, and if
 * that takes too long for whoever waits, it ends the program from within the handler.
 */
#define _XOPEN_SOURCE 700 /* sigaction */

#include "system/interruption.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "system/temporary_files.h"

static volatile sig_atomic_t is_deferred;
static volatile sig_atomic_t noted; /* number of the signal, 0: none */

/* What the shell expects of a program that a signal ended: to have been ended by it. */
static void end_by(int number) {
  temporary_files_remove();
  signal(number, SIG_DFL);
  raise(number);
}

static void handle(int number) {
  bool may_wait = is_deferred != 0 && noted == 0 && number != SIGPIPE;
  if (may_wait) noted = number;
  else end_by(number);
}

void interruption_prepare(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
  enum { COUNT = sizeof numbers / sizeof *numbers };
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < COUNT; ++i) sigaddset(&action.sa_mask, numbers[i]);
  for (size_t i = 0; i < COUNT; ++i) {
    struct sigaction before;
    bool is_ignored = sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!is_ignored) sigaction(numbers[i], &action, NULL);
  }
}

void interruption_defer(bool deferred) {
  is_deferred = deferred;
  if (!deferred && noted != 0) interruption_end();
}

bool interruption_asked(void) { return noted != 0; }

void interruption_end(void) {
  end_by(noted);
  _exit(128 + noted);
}
