/* SPDX-License-Identifier: MIT */
/** @file run.c Runs the unit suites that its arguments name, or all; CK_RUN_SUITE in the environment picks one. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define SUITES(each) \
  each(core) \
  each(random) \
  each(spikes) \
  each(pattern) \
  each(stationarity) \
  each(models) \
  each(check) \
  each(synthetic) \
  each(dic) \
  each(population) \
  each(member_streams) \
  each(member_checks) \
  each(weights) \
  each(tensors) \
  each(estimator) \
  each(posterior) \
  each(posterior_numbers) \
  each(truncated) \
  each(noise_law) \
  each(flow) \
  each(base_draws) \
  each(scale) \
  each(batch) \
  each(stream) \
  each(activation) \
  each(product) \
  each(float_modes) \
  each(forward) \
  each(noise) \
  each(cvode) \
  each(simulator) \
  each(integrators) \
  each(ensemble) \
  each(lifetimes) \
  each(reconstruct) \
  each(reconstruct_many) \
  each(reconstruct_streams) \
  each(reconstruct_limits) \
  each(screen) \
  each(intervals) \
  each(compare) \
  each(refine) \
  each(revision) \
  each(remarks) \
  each(reconstruct_options) \
  each(reconstruct_posterior) \
  each(screening) \
  each(screening_calls) \
  each(screened_check)
/* clang-format on */

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
