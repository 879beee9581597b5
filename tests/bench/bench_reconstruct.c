/* SPDX-License-Identifier: MIT */
/** @file bench_reconstruct.c Time from spikes to 16 members, of regular and noisy trains, with and without check; many
 * trains. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "bench.h"

enum { N_MEMBERS = 16, N_TRAINS = 200, N_PAIRS = 5 };

/* Noise of irregular trains, uA/cm2. */
static const double noise_std = 3.0;

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
  bench_require(work->context, dicrec_reconstruction_copy_report(reconstruction, &work->report), "report");
  dicrec_reconstruction_free(reconstruction);
}

static dicrec_spikes *train_of(dicrec_context *context, const dicrec_simulation *simulation, size_t member) {
  const size_t n = dicrec_simulation_spike_count(simulation, member);
  double *times_ms = calloc(n + 1, sizeof *times_ms);
  if (times_ms == NULL) bench_require(context, DICREC_E_MEMORY, "spike times");
  bench_require(context, dicrec_simulation_copy_spikes(simulation, member, times_ms, n), "spike times");
  dicrec_spikes *spikes = NULL;
  bench_require(context, dicrec_spikes_create(context, times_ms, n, NULL, &spikes), "train");
  free(times_ms);
  return spikes;
}

/** What n neurons of the case fire under a noise. */
static void simulate_trains(dicrec_context *context, const dicrec_model *model, const struct bench_case *which,
                            double noise, size_t n, dicrec_spikes **trains) {
  double *conductances = bench_conductances(context, model, which, n);
  dicrec_simulation *simulation = NULL;
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.noise_std = noise;
  bench_require(context, dicrec_simulate(context, model, conductances, n, &options, &simulation), "simulation");
  for (size_t i = 0; i < n; ++i) trains[i] = train_of(context, simulation, i);
  dicrec_simulation_free(simulation);
  free(conductances);
}

static void report(dicrec_context *context, const struct bench_case *which, double noise) {
  dicrec_model *model = bench_model(context, which->model);
  struct work work = {.context = context};
  simulate_trains(context, model, which, noise, 1, &work.spikes);
  bench_require(context, dicrec_estimator_create(context, model, NULL, &work.estimator), "estimator");
  work.screening = DICREC_SCREENING_OFF;
  const struct bench_time plain = bench_measure(100, reconstruct, &work);
  work.screening = DICREC_SCREENING_AUTO;
  const struct bench_time screened = bench_measure(30, reconstruct, &work);
  const dicrec_reconstruction_report found = work.report;
  work.verify = 1;
  const struct bench_time verified = bench_measure(5, reconstruct, &work);
  printf("%-5s %5g %6zu %14.3f %12.3f %8lld %8lld %12.1f %10lld %9lld\n", which->model, noise,
         dicrec_spikes_count(work.spikes), plain.median_ms, screened.median_ms, (long long)found.n_drawn,
         (long long)found.n_accepted, verified.median_ms, (long long)work.report.n_simulated,
         (long long)work.report.n_accepted);
  dicrec_estimator_free(work.estimator);
  dicrec_spikes_free(work.spikes);
  dicrec_model_free(model);
}

/** Many trains in one call. */
struct many {
  dicrec_context *context;
  dicrec_estimator *estimator;
  dicrec_spikes *trains[N_TRAINS];
  int32_t n_threads;
};

static void reconstruct_many(void *user) {
  struct many *many = user;
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.n_threads = many->n_threads;
  dicrec_reconstruction *made[N_TRAINS];
  bench_require(many->context,
                dicrec_reconstruct_many(many->context, many->estimator, (const dicrec_spikes *const *)many->trains,
                                        N_TRAINS, N_MEMBERS, &options, made),
                "reconstructions");
  for (size_t i = 0; i < N_TRAINS; ++i) dicrec_reconstruction_free(made[i]);
}

static long page_faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

/** One thread and two by turns, so that both see the same machine. */
static void report_threads(dicrec_context *context, const struct bench_case *which) {
  dicrec_model *model = bench_model(context, which->model);
  struct many many = {.context = context};
  bench_require(context, dicrec_estimator_create(context, model, NULL, &many.estimator), "estimator");
  simulate_trains(context, model, which, 0.0, N_TRAINS, many.trains);
  double best_ms[2] = {1e30, 1e30};
  long n_faults[2];
  for (int pair = 0; pair < N_PAIRS; ++pair)
    for (int k = 0; k < 2; ++k) {
      many.n_threads = k + 1;
      const long before = page_faults();
      const struct bench_time time = bench_measure(1, reconstruct_many, &many); /* after once for warming up */
      n_faults[k] = (page_faults() - before) / 2;
      if (time.best_ms < best_ms[k]) best_ms[k] = time.best_ms;
    }
  printf("%-5s %14.0f %14.0f %8.2f %16.1f %16.1f\n", which->model, 1e3 * N_TRAINS / best_ms[0],
         1e3 * N_TRAINS / best_ms[1], best_ms[0] / best_ms[1], (double)n_faults[0] / N_TRAINS,
         (double)n_faults[1] / N_TRAINS);
  for (size_t i = 0; i < N_TRAINS; ++i) dicrec_spikes_free(many.trains[i]);
  dicrec_estimator_free(many.estimator);
  dicrec_model_free(model);
}

int main(void) {
  dicrec_context *context = bench_context();
  printf("%d members, one thread, median times; numbers of candidates drawn and simulated, of members accepted\n",
         N_MEMBERS);
  printf("model noise spikes   published ms  screened ms    drawn accepted  verified ms  simulated  accepted\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) report(context, &bench_cases[i], 0.0);
  for (int i = 0; i < BENCH_N_CASES; ++i) report(context, &bench_cases[i], noise_std);
  printf("\n%d trains in one call, screened: trains in a second by one thread and by two, their ratio, page faults\n",
         N_TRAINS);
  printf("model   one thread/s  two threads/s    ratio  faults a train   of two threads\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) report_threads(context, &bench_cases[i]);
  dicrec_context_free(context);
  return 0;
}
