/* SPDX-License-Identifier: MIT */
/** @file bench.c Timing of repeated work, and the objects that every benchmark needs. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_REPETITIONS = 1000 };

const struct bench_case bench_cases[BENCH_N_CASES] = {{"stg", {-6, 6}}, {"da", {2, 5}}};

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

struct bench_time bench_measure(int n, void (*work)(void *user), void *user) {
  double times_ms[MAX_REPETITIONS];
  if (n > MAX_REPETITIONS) n = MAX_REPETITIONS;
  work(user);
  for (int i = 0; i < n; ++i) {
    const double start_ms = now_ms();
    work(user);
    times_ms[i] = now_ms() - start_ms;
  }
  qsort(times_ms, (size_t)n, sizeof *times_ms, compare);
  return (struct bench_time){times_ms[0], times_ms[n / 2]};
}

void bench_require(dicrec_context *context, dicrec_status status, const char *what) {
  if (status >= 0) return;
  char text[256];
  dicrec_context_error(context, text, sizeof text);
  fprintf(stderr, "%s: %s: %s\n", what, dicrec_status_name(status), text);
  exit(1);
}

dicrec_context *bench_context(void) {
  dicrec_context *context = NULL;
  bench_require(NULL, dicrec_context_create(NULL, &context), "context");
  return context;
}

dicrec_model *bench_model(dicrec_context *context, const char *name) {
  dicrec_model *model = NULL;
  bench_require(context, dicrec_model_open(context, name, &model), name);
  return model;
}

double *bench_conductances(dicrec_context *context, const dicrec_model *model, const struct bench_case *which,
                           size_t n) {
  dicrec_population *population = NULL;
  bench_require(context, dicrec_generate(context, model, which->target, 1, 2, n, NULL, &population), "population");
  const size_t capacity = n * dicrec_model_channel_count(model);
  double *conductances = calloc(capacity, sizeof *conductances);
  if (conductances == NULL) bench_require(context, DICREC_E_MEMORY, "conductances");
  bench_require(context, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, capacity),
                "conductances");
  dicrec_population_free(population);
  return conductances;
}

dicrec_spikes *bench_train(dicrec_context *context, size_t n) {
  double *times_ms = calloc(n, sizeof *times_ms);
  if (times_ms == NULL) bench_require(context, DICREC_E_MEMORY, "train");
  for (size_t i = 0; i < n; ++i) times_ms[i] = 9.0 * (double)(i % 5) + 155.0 * (double)(i / 5);
  dicrec_spikes *spikes = NULL;
  bench_require(context, dicrec_spikes_create(context, times_ms, n, NULL, &spikes), "train");
  free(times_ms);
  return spikes;
}
