/* SPDX-License-Identifier: MIT */
/** @file bench_population.c Time to draw 1,000 members from a DIC target, on one thread. */
#include <stdio.h>

#include "bench.h"

enum { N_MEMBERS = 1000, N_REPETITIONS = 200 };

struct work {
  dicrec_context *context;
  dicrec_model *model;
  const struct bench_case *which;
};

static void draw(void *user) {
  const struct work *work = user;
  dicrec_population *population = NULL;
  bench_require(work->context,
                dicrec_generate(work->context, work->model, work->which->target, 1, 2, N_MEMBERS, NULL, &population),
                "population");
  dicrec_population_free(population);
}

int main(void) {
  dicrec_context *context = bench_context();
  printf("%d members, one thread, %d repetitions\n", N_MEMBERS, N_REPETITIONS);
  printf("model   g_s   g_u   best ms   median ms   members/s (median)\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) {
    const struct bench_case *which = &bench_cases[i];
    struct work work = {context, bench_model(context, which->model), which};
    const struct bench_time time = bench_measure(N_REPETITIONS, draw, &work);
    printf("%-5s %5g %5g %9.3f %11.3f %20.0f\n", which->model, which->target[0], which->target[1], time.best_ms,
           time.median_ms, 1e3 * N_MEMBERS / time.median_ms);
    dicrec_model_free(work.model);
  }
  dicrec_context_free(context);
  return 0;
}
