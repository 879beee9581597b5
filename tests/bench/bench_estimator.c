/* SPDX-License-Identifier: MIT */
/** @file bench_estimator.c Time to read the DICs of one train and of many, on the calling thread. */
#include <stdio.h>

#include "bench.h"

enum { N_LENGTHS = 3, N_BATCH = 100, N_REPETITIONS = 200, N_BATCH_REPETITIONS = 10 };

static const size_t lengths[N_LENGTHS] = {20, 100, 250};

struct work {
  dicrec_context *context;
  dicrec_estimator *estimator;
  dicrec_spikes *const *trains;
  int n_trains;
};

static void estimate(void *user) {
  const struct work *work = user;
  for (int i = 0; i < work->n_trains; ++i) {
    dicrec_posterior *posterior = NULL;
    bench_require(work->context,
                  dicrec_estimator_run(work->context, work->estimator, work->trains[i], NULL, &posterior), "estimate");
    dicrec_posterior_free(posterior);
  }
}

static void measure_single(struct work work, const char *name, dicrec_spikes *const *trains) {
  for (int i = 0; i < N_LENGTHS; ++i) {
    work.trains = &trains[i];
    work.n_trains = 1;
    const struct bench_time time = bench_measure(N_REPETITIONS, estimate, &work);
    printf("%-5s %13zu spikes %10.1f %11.1f %10.0f\n", name, lengths[i], 1e3 * time.best_ms, 1e3 * time.median_ms,
           1e3 / time.median_ms);
  }
}

static void measure_batch(struct work work, const char *name, dicrec_spikes *const *trains) {
  work.trains = trains;
  work.n_trains = N_BATCH;
  const struct bench_time time = bench_measure(N_BATCH_REPETITIONS, estimate, &work);
  printf("%-5s %3d of 20 to 250 spikes %7.1f %11.1f %10.0f\n", name, N_BATCH, 1e3 * time.best_ms, 1e3 * time.median_ms,
         1e3 * N_BATCH / time.median_ms);
}

int main(void) {
  dicrec_context *context = bench_context();
  dicrec_spikes *single[N_LENGTHS], *batch[N_BATCH];
  for (int i = 0; i < N_LENGTHS; ++i) single[i] = bench_train(context, lengths[i]);
  for (int i = 0; i < N_BATCH; ++i) batch[i] = bench_train(context, 20 + (size_t)i * 230 / (N_BATCH - 1));
  printf("model               train    best us   median us   trains/s\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) {
    const char *name = bench_cases[i].model;
    dicrec_model *model = bench_model(context, name);
    struct work work = {.context = context};
    bench_require(context, dicrec_estimator_create(context, model, NULL, &work.estimator), "estimator");
    measure_single(work, name, single);
    measure_batch(work, name, batch);
    dicrec_estimator_free(work.estimator);
    dicrec_model_free(model);
  }
  for (int i = 0; i < N_LENGTHS; ++i) dicrec_spikes_free(single[i]);
  for (int i = 0; i < N_BATCH; ++i) dicrec_spikes_free(batch[i]);
  dicrec_context_free(context);
  return 0;
}
