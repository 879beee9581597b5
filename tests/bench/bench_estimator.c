/* SPDX-License-Identifier: MIT */
/** @file bench_estimator.c Time to read the DICs of one train and of many, on the calling thread. */
#include <stdio.h>

#include "bench.h"

enum { N_LENGTHS = 4, N_MIXED = 100, N_BATCH = 1000, N_SHORT = 5 };

/** Trains of each length, and how often they are read. */
static const struct {
  size_t n_spikes;
  int n_repetitions;
} lengths[N_LENGTHS] = {{20, 500}, {100, 500}, {250, 200}, {1000000, N_SHORT}};

struct work {
  dicrec_context *context;
  dicrec_estimator *estimator;
  const dicrec_spikes *const *trains;
  size_t n_trains;
};

static dicrec_posterior *posteriors[N_BATCH];

static void estimate(void *user) {
  const struct work *work = user;
  for (size_t i = 0; i < work->n_trains; ++i) {
    dicrec_posterior *posterior = NULL;
    bench_require(work->context, dicrec_estimate(work->context, work->estimator, work->trains[i], NULL, &posterior),
                  "estimate");
    dicrec_posterior_free(posterior);
  }
}

static void estimate_at_once(void *user) {
  const struct work *work = user;
  bench_require(
      work->context,
      dicrec_estimate_many(work->context, work->estimator, work->trains, work->n_trains, NULL, posteriors, NULL),
      "estimate");
  for (size_t i = 0; i < work->n_trains; ++i) dicrec_posterior_free(posteriors[i]);
}

static void read_quantiles(void *user) {
  double quantiles[2];
  bench_require(NULL, dicrec_posterior_quantile(user, 0.05, 2, quantiles), "quantiles");
}

/** Pushed as a recording would, five spikes at a time, and read after each. */
static void stream(void *user) {
  const struct work *work = user;
  dicrec_stream *made = NULL;
  bench_require(work->context, dicrec_stream_create(work->context, work->estimator, NULL, &made), "stream");
  for (int i = 0; i < N_BATCH; ++i) {
    double times_ms[5];
    for (int k = 0; k < 5; ++k) times_ms[k] = 155.0 * i + 9.0 * k;
    const dicrec_posterior *posterior;
    bench_require(work->context, dicrec_stream_push(made, times_ms, 5), "push");
    bench_require(work->context, dicrec_stream_posterior(made, &posterior), "read");
  }
  dicrec_stream_free(made);
}

static void report(const char *model, const char *what, struct bench_time time, size_t n) {
  printf("%-5s %-32s %12.1f %12.1f %10.0f\n", model, what, 1e3 * time.best_ms, 1e3 * time.median_ms,
         1e3 * (double)n / time.median_ms);
}

static void measure_single(struct work work, const char *model, dicrec_spikes *const *trains) {
  for (int i = 0; i < N_LENGTHS; ++i) {
    const dicrec_spikes *train = trains[i];
    char what[64];
    snprintf(what, sizeof what, "%zu spikes", lengths[i].n_spikes);
    work.trains = &train;
    work.n_trains = 1;
    report(model, what, bench_measure(lengths[i].n_repetitions, estimate, &work), 1);
  }
}

static void measure_quantiles(struct work work, const char *model, const dicrec_spikes *train) {
  dicrec_posterior *posterior = NULL;
  bench_require(work.context, dicrec_estimate(work.context, work.estimator, train, NULL, &posterior), "estimate");
  report(model, "quantiles of a posterior", bench_measure(500, read_quantiles, posterior), 1);
  dicrec_posterior_free(posterior);
}

static void measure_many(struct work work, const char *model, dicrec_spikes *const *mixed, const dicrec_spikes *train) {
  const dicrec_spikes *trains[N_BATCH];
  for (int i = 0; i < N_MIXED; ++i) trains[i] = mixed[i];
  work.trains = trains;
  work.n_trains = N_MIXED;
  report(model, "100 of 20 to 250, one by one", bench_measure(20, estimate, &work), N_MIXED);
  report(model, "100 of 20 to 250, at once", bench_measure(20, estimate_at_once, &work), N_MIXED);
  for (int i = 0; i < N_BATCH; ++i) trains[i] = train;
  work.n_trains = N_BATCH;
  report(model, "1000 of 100, one by one", bench_measure(N_SHORT, estimate, &work), N_BATCH);
  report(model, "1000 of 100, at once", bench_measure(2 * N_SHORT, estimate_at_once, &work), N_BATCH);
  report(model, "stream of 5000, 1000 readings", bench_measure(2 * N_SHORT, stream, &work), N_BATCH);
}

int main(void) {
  dicrec_context *context = bench_context();
  dicrec_spikes *single[N_LENGTHS], *mixed[N_MIXED];
  for (int i = 0; i < N_LENGTHS; ++i) single[i] = bench_train(context, lengths[i].n_spikes);
  for (int i = 0; i < N_MIXED; ++i) mixed[i] = bench_train(context, 20 + (size_t)i * 230 / (N_MIXED - 1));
  printf("model trains                                best us    median us   trains/s\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) {
    const char *name = bench_cases[i].model;
    dicrec_model *model = bench_model(context, name);
    struct work work = {.context = context};
    bench_require(context, dicrec_estimator_create(context, model, NULL, &work.estimator), "estimator");
    measure_single(work, name, single);
    measure_quantiles(work, name, single[1]);
    measure_many(work, name, mixed, single[1]);
    dicrec_estimator_free(work.estimator);
    dicrec_model_free(model);
  }
  for (int i = 0; i < N_LENGTHS; ++i) dicrec_spikes_free(single[i]);
  for (int i = 0; i < N_MIXED; ++i) dicrec_spikes_free(mixed[i]);
  dicrec_context_free(context);
  return 0;
}
