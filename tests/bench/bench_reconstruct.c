/* SPDX-License-Identifier: MIT */
/** @file bench_reconstruct.c Time from spikes to 16 members, with and without their check, on one thread. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

enum { N_MEMBERS = 16 };

struct work {
  dicrec_context *context;
  dicrec_estimator *estimator;
  dicrec_spikes *spikes;
  int32_t verify, screening;
  dicrec_reconstruction_report report; /**< of the last repetition */
};

static void reconstruct(void *user) {
  struct work *work = user;
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = work->verify;
  options.screening = work->screening;
  dicrec_reconstruction *reconstruction = NULL;
  bench_require(work->context,
                dicrec_reconstruct(work->context, work->estimator, work->spikes, N_MEMBERS, &options, &reconstruction),
                "reconstruction");
  work->report.struct_size = sizeof work->report;
  bench_require(work->context, dicrec_reconstruction_get_report(reconstruction, &work->report), "report");
  dicrec_reconstruction_free(reconstruction);
}

/** What a neuron of the case fires. */
static dicrec_spikes *simulated_train(dicrec_context *context, const dicrec_model *model,
                                      const struct bench_case *which) {
  double *conductances = bench_conductances(context, model, which, 1);
  dicrec_simulation *simulation = NULL;
  bench_require(context, dicrec_simulate(context, model, conductances, 1, NULL, &simulation), "simulation");
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  double *times_ms = calloc(n + 1, sizeof *times_ms);
  if (times_ms == NULL) bench_require(context, DICREC_E_MEMORY, "spike times");
  bench_require(context, dicrec_simulation_copy_spikes(simulation, 0, times_ms, n), "spike times");
  dicrec_spikes *spikes = NULL;
  bench_require(context, dicrec_spikes_create(context, times_ms, n, DICREC_TIME_MS, &spikes), "train");
  free(times_ms);
  dicrec_simulation_free(simulation);
  free(conductances);
  return spikes;
}

static void report(dicrec_context *context, const struct bench_case *which) {
  dicrec_model *model = bench_model(context, which->model);
  struct work work = {.context = context, .spikes = simulated_train(context, model, which)};
  bench_require(context, dicrec_estimator_create(context, model, NULL, &work.estimator), "estimator");
  work.screening = DICREC_SCREENING_OFF;
  const struct bench_time plain = bench_measure(100, reconstruct, &work);
  work.screening = DICREC_SCREENING_ON;
  const struct bench_time screened = bench_measure(30, reconstruct, &work);
  const dicrec_reconstruction_report found = work.report;
  work.verify = 1;
  const struct bench_time verified = bench_measure(5, reconstruct, &work);
  printf("%-5s %6zu %14.3f %12.3f %8lld %8lld %12.1f %10lld %9lld\n", which->model, dicrec_spikes_count(work.spikes),
         plain.median_ms, screened.median_ms, (long long)found.n_drawn, (long long)found.n_accepted, verified.median_ms,
         (long long)work.report.n_simulated, (long long)work.report.n_accepted);
  dicrec_estimator_free(work.estimator);
  dicrec_spikes_free(work.spikes);
  dicrec_model_free(model);
}

int main(void) {
  dicrec_context *context = bench_context();
  printf("%d members, one thread, median times; numbers of candidates drawn and simulated, of members accepted\n",
         N_MEMBERS);
  printf("model spikes   published ms  screened ms    drawn accepted  verified ms  simulated  accepted\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) report(context, &bench_cases[i]);
  dicrec_context_free(context);
  return 0;
}
