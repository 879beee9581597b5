/* SPDX-License-Identifier: MIT */
/**
 * @file environment.c
 * The workload where a host or a system is unusual. The first argument says how, the second is a number of threads:
 *
 *     plain    as it is, or as the caller of this program has arranged it
 *     traps    divisions by zero, overflows and invalid operations end the process
 *     trapped  the same, and then one is made
 *     memory   20 MB are left
 *
 * Prints a line for each piece, with its status and digest. The exit code is 1 where memory was short and 2 where the
 * library has failed for another reason.
 */
#define _GNU_SOURCE
#include <fenv.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "workload.h"

enum { SKIPPED = 77, WORKED = 0, FELL_SHORT = 1, FAILED = 2 };

static void leave_memory(size_t n_bytes) {
  size_t n_pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%zu", &n_pages) != 1) exit(SKIPPED);
  fclose(file);
  const rlim_t limit = n_pages * 4096 + n_bytes;
  if (setrlimit(RLIMIT_AS, &(struct rlimit){limit, limit}) != 0) exit(SKIPPED);
}

static void set_traps(void) {
  feclearexcept(FE_ALL_EXCEPT);
  if (feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW) == -1) exit(SKIPPED);
}

static double divide(volatile double a, volatile double b) { return a / b; }

static void arrange(const char *how) {
  if (strcmp(how, "traps") == 0) {
    set_traps();
  } else if (strcmp(how, "trapped") == 0) {
    set_traps();
    printf("%g\n", divide(1.0, 0.0));
  } else if (strcmp(how, "memory") == 0) {
    leave_memory(20 << 20);
  } else if (strcmp(how, "plain") != 0) {
    exit(FAILED);
  }
}

static int judge(dicrec_status status) {
  if (status >= 0) return WORKED;
  return status == DICREC_E_MEMORY ? FELL_SHORT : FAILED;
}

/** Run every piece of a model's; the worst of what they come to. */
static int run_all(dicrec_context *context, const struct workload *work, int32_t n_threads) {
  int worst = WORKED;
  for (int i = 0; i < WORKLOAD_N_PIECES; ++i) {
    const struct workload_piece *piece = &workload_pieces[i];
    uint64_t digest = 14695981039346656037U;
    const dicrec_status status = piece->run(work, context, n_threads, &digest);
    printf("%s, %s: %s %016" PRIx64 "\n", dicrec_model_name(work->model), piece->name, dicrec_status_name(status),
           digest);
    fflush(stdout);
    if (judge(status) > worst) worst = judge(status);
  }
  return worst;
}

int main(int n_arguments, char **arguments) {
  if (n_arguments != 3) return FAILED;
  setlocale(LC_ALL, "");
  struct workload works[WORKLOAD_N_MODELS];
  dicrec_context *context;
  int worst = WORKED;
  if (dicrec_context_create(NULL, &context) != DICREC_OK) return FAILED;
  for (int i = 0; i < WORKLOAD_N_MODELS; ++i)
    if (workload_open(context, workload_models[i], &works[i]) != DICREC_OK) return FAILED;
  arrange(arguments[1]);
  for (int i = 0; i < WORKLOAD_N_MODELS; ++i) {
    const int result = run_all(context, &works[i], atoi(arguments[2]));
    if (result > worst) worst = result;
    workload_close(&works[i]);
  }
  dicrec_context_free(context);
  return worst;
}
