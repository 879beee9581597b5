/* SPDX-License-Identifier: MIT */
/**
 * @file bench_simulator.c
 * The ensemble against CVODE: time per neuron, two threads against one, and how far the mean intervals differ.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

enum { N_NEURONS = 64, N_EXACT = 4 };

struct work {
  dicrec_context *context;
  dicrec_model *model;
  const double *conductances;
  size_t n;
  int32_t solver;
  int32_t n_threads;
  dicrec_simulation *simulation; /**< of the last repetition */
};

static void simulate(void *user) {
  struct work *work = user;
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = work->solver;
  options.n_threads = work->n_threads;
  dicrec_simulation_free(work->simulation);
  bench_require(work->context,
                dicrec_simulate(work->context, work->model, work->conductances, work->n, &options, &work->simulation),
                "simulation");
}

/** Best time per neuron; fewer members for CVODE, which takes longer. */
static double time_per_neuron_ms(struct work *work, int32_t solver, int32_t n_threads) {
  work->solver = solver;
  work->n_threads = n_threads;
  work->n = solver == DICREC_SOLVER_CVODE ? N_EXACT : N_NEURONS;
  return bench_measure(solver == DICREC_SOLVER_CVODE ? 1 : 3, simulate, work).best_ms / (double)work->n;
}

/** Mean interval over whole bursts, so that it does not depend on where the end of the simulation cuts one. */
static double mean_interval_ms(dicrec_context *context, const dicrec_simulation *simulation, size_t member) {
  const size_t n = dicrec_simulation_spike_count(simulation, member);
  double *times_ms = calloc(n + 1, sizeof *times_ms);
  if (times_ms == NULL) bench_require(context, DICREC_E_MEMORY, "spike times");
  bench_require(context, dicrec_simulation_copy_spikes(simulation, member, times_ms, n), "spike times");
  dicrec_spikes *spikes = NULL;
  bench_require(context, dicrec_spikes_create(context, times_ms, n, DICREC_TIME_MS, &spikes), "train");
  dicrec_spike_statistics found = {.struct_size = sizeof found};
  bench_require(context, dicrec_spikes_statistics(spikes, &found), "statistics");
  dicrec_spikes_free(spikes);
  free(times_ms);
  const int is_bursting = found.activity == DICREC_ACTIVITY_BURSTING;
  return is_bursting ? 1e3 / (found.burst_hz * found.spikes_per_burst) : found.isi_mean_ms;
}

/** Largest relative difference of the mean intervals of the neurons that both simulated; NaN if one is silent. */
static double largest_difference(dicrec_context *context, const dicrec_simulation *a, const dicrec_simulation *b) {
  double largest = 0;
  for (size_t i = 0; i < N_EXACT; ++i) {
    const double difference = fabs(mean_interval_ms(context, a, i) / mean_interval_ms(context, b, i) - 1.0);
    if (!(difference <= largest)) largest = difference;
    if (isnan(difference)) break;
  }
  return largest;
}

static void report(dicrec_context *context, const struct bench_case *which) {
  struct work exact = {.context = context, .model = bench_model(context, which->model)};
  double *conductances = bench_conductances(context, exact.model, which, N_NEURONS);
  exact.conductances = conductances;
  struct work ensemble = exact;
  double t_end_ms = 0, t_skip_ms = 0;
  bench_require(context, dicrec_model_protocol(exact.model, &t_end_ms, &t_skip_ms), which->model);
  const double exact_1 = time_per_neuron_ms(&exact, DICREC_SOLVER_CVODE, 1);
  const double exact_2 = time_per_neuron_ms(&exact, DICREC_SOLVER_CVODE, 2);
  const double ensemble_1 = time_per_neuron_ms(&ensemble, DICREC_SOLVER_ENSEMBLE, 1);
  const double ensemble_2 = time_per_neuron_ms(&ensemble, DICREC_SOLVER_ENSEMBLE, 2);
  printf("%-5s %4g s %10.2f %13.3f %16.1f %14.2f %17.2f %15.1e\n", which->model, 1e-3 * t_end_ms, exact_1, ensemble_1,
         exact_1 / ensemble_1, exact_1 / exact_2, ensemble_1 / ensemble_2,
         largest_difference(context, ensemble.simulation, exact.simulation));
  dicrec_simulation_free(exact.simulation);
  dicrec_simulation_free(ensemble.simulation);
  free(conductances);
  dicrec_model_free(exact.model);
}

int main(void) {
  dicrec_context *context = bench_context();
  printf("ms per neuron, best; %d neurons (CVODE %d); the last column is the largest relative error of the\n",
         N_NEURONS, N_EXACT);
  printf("ensemble's mean interval; CVODE and ensemble with their defaults\n");
  printf("model  time   CVODE ms   ensemble ms   CVODE/ensemble   2 thr. CVODE   2 thr. ensemble   interval error\n");
  for (int i = 0; i < BENCH_N_CASES; ++i) report(context, &bench_cases[i]);
  dicrec_context_free(context);
  return 0;
}
