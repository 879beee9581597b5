/* SPDX-License-Identifier: MIT */
/** @file run.c Runs the unit suites that its arguments name, or all; CK_RUN_SUITE in the environment picks one. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h" /* SUITES(each), which the build makes of the list in tests/meson.build */

#define DECLARATION(name) Suite *name##_suite(void);
#define ROW(name)         {#name, name##_suite},
SUITES(DECLARATION)

static const struct {
  const char *name;
  Suite *(*make)(void);
} suites[] = {SUITES(ROW)};

enum { N_SUITES = sizeof suites / sizeof suites[0] };

static void add(SRunner *runner, const char *name) {
  for (int i = 0; i < N_SUITES; ++i) {
    if (strcmp(suites[i].name, name) != 0) continue;
    srunner_add_suite(runner, suites[i].make());
    return;
  }
  fprintf(stderr, "there is no suite '%s'\n", name);
  exit(EXIT_FAILURE);
}

int main(int n_arguments, char **arguments) {
  SRunner *runner = srunner_create(NULL);
  for (int i = 1; i < n_arguments; ++i) add(runner, arguments[i]);
  for (int i = 0; i < N_SUITES && n_arguments <= 1; ++i) add(runner, suites[i].name);
  srunner_run_all(runner, CK_NORMAL);
  const int n_failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
