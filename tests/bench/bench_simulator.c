/* SPDX-License-Identifier: MIT */
/**
 * @file bench_simulator.c
 * Both integrators against a plain one in the same run: time, accuracy, threads, memory.
 * The first argument is the number of neurons whose accuracy is measured, 96 by default.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "plain_integrator.h"

enum { N_TIMED = 96, N_THREADED = 768, N_EXACT = 8, N_MANY = 10000 };

static const double tight = 1e-10; /* relative tolerance of what counts as exact */

/** Neurons of a model with targets all over its range. */
struct neurons {
  dicrec_context *context;
  dicrec_model *model;
  double *conductances;
  size_t n;
};

/** One way to simulate the first n neurons. */
struct way {
  const struct neurons *neurons;
  dicrec_simulate_options options;
  size_t n;
  dicrec_simulation *simulation; /**< of the last repetition */
};

static struct neurons make_neurons(dicrec_context *context, const char *name, size_t n) {
  struct neurons made = {.context = context, .model = bench_model(context, name), .n = n};
  double range[4], *targets = calloc(n, 2 * sizeof *targets);
  made.conductances = calloc(n * dicrec_model_channel_count(made.model), sizeof *made.conductances);
  if (targets == NULL || made.conductances == NULL) bench_require(context, DICREC_E_MEMORY, "neurons");
  bench_require(context, dicrec_model_target_range(made.model, 0, range), name);
  bench_require(context, dicrec_model_target_range(made.model, 1, range + 2), name);
  for (size_t i = 0; i < n; ++i) /* the plane in steps that no line repeats */
    for (int k = 0; k < 2; ++k) {
      const double part = fmod(0.5 + (double)(i + 1) * (k == 0 ? 0.7548776662466927 : 0.5698402909980532), 1.0);
      targets[2 * i + (size_t)k] = range[2 * k] + part * (range[2 * k + 1] - range[2 * k]);
    }
  dicrec_population *population = NULL;
  bench_require(context, dicrec_generate(context, made.model, targets, n, 2, n, NULL, &population), name);
  bench_require(context,
                dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, made.conductances,
                                                    n * dicrec_model_channel_count(made.model)),
                name);
  dicrec_population_free(population);
  free(targets);
  return made;
}

static void neurons_free(struct neurons *neurons) {
  free(neurons->conductances);
  dicrec_model_free(neurons->model);
}

static struct way way_of(const struct neurons *neurons, int32_t solver, size_t n) {
  struct way way = {.neurons = neurons, .n = n < neurons->n ? n : neurons->n};
  dicrec_simulate_options_init(&way.options, sizeof way.options);
  way.options.solver = solver;
  return way;
}

static void simulate(void *user) {
  struct way *way = user;
  const struct neurons *neurons = way->neurons;
  dicrec_simulation_free(way->simulation);
  bench_require(
      neurons->context,
      dicrec_simulate(neurons->context, neurons->model, neurons->conductances, way->n, &way->options, &way->simulation),
      "simulation");
}

static double ms_per_neuron(struct way *way, int repetitions) {
  return bench_measure(repetitions, simulate, way).best_ms / (double)way->n;
}

static void run_plain(void *user) {
  const struct neurons *neurons = user;
  plain_integrator_stg(neurons->conductances, N_TIMED, 6000.0, 0.05);
}

/** Spike times of a member; the caller frees them. */
static double *spikes_of(const struct way *way, size_t member, size_t *n) {
  *n = dicrec_simulation_spike_count(way->simulation, member);
  double *times_ms = calloc(*n + 1, sizeof *times_ms);
  if (times_ms == NULL) bench_require(way->neurons->context, DICREC_E_MEMORY, "spike times");
  bench_require(way->neurons->context, dicrec_simulation_copy_spikes(way->simulation, member, times_ms, *n), "spikes");
  return times_ms;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/** How a way differs from another in mean interval, over neurons that fire at least four spikes. */
struct accuracy {
  double median, mean, p90, within_one; /**< relative errors; share of the neurons with a count within 1 */
  size_t n;
};

static struct accuracy compare_ways(const struct way *way, const struct way *exact) {
  struct accuracy found = {0};
  double *errors = calloc(exact->n, sizeof *errors);
  if (errors == NULL) bench_require(way->neurons->context, DICREC_E_MEMORY, "errors");
  size_t n_close = 0;
  for (size_t i = 0; i < exact->n; ++i) {
    size_t n_a, n_b;
    double *a = spikes_of(way, i, &n_a), *b = spikes_of(exact, i, &n_b);
    if (n_b >= 4) {
      ++found.n;
      if (n_a + 1 >= n_b && n_b + 1 >= n_a) { /* the same number of intervals, whatever the end has cut */
        const size_t last = (n_a < n_b ? n_a : n_b) - 1;
        errors[n_close++] = fabs((a[last] - a[0]) / (b[last] - b[0]) - 1.0);
      }
    }
    free(a);
    free(b);
  }
  qsort(errors, n_close, sizeof *errors, compare);
  for (size_t i = 0; i < n_close; ++i) found.mean += errors[i] / (double)n_close;
  found.within_one = (double)n_close / (double)found.n;
  if (n_close > 0) found.median = errors[n_close / 2], found.p90 = errors[n_close * 9 / 10];
  free(errors);
  return found;
}

static void print_accuracy(const char *what, const struct way *way, const struct way *exact) {
  const struct accuracy a = compare_ways(way, exact);
  printf("  %-28s median %.4f %%, mean %.4f %%, 90th percentile %.4f %%; count within 1: %.1f %% of %zu\n", what,
         100.0 * a.median, 100.0 * a.mean, 100.0 * a.p90, 100.0 * a.within_one, a.n);
}

/** Time of every way against `unit_ms`. */
static void report_times(const struct neurons *neurons, double unit_ms) {
  struct way ensemble = way_of(neurons, DICREC_SOLVER_ENSEMBLE, N_TIMED), noisy = ensemble;
  struct way one = way_of(neurons, DICREC_SOLVER_ENSEMBLE, N_THREADED), two = one;
  struct way cvode = way_of(neurons, DICREC_SOLVER_CVODE, N_EXACT);
  noisy.options.noise_std = 5.0;
  two.options.n_threads = 2;
  const double one_ms = ms_per_neuron(&ensemble, 5), noisy_ms = ms_per_neuron(&noisy, 3);
  const double many_ms = ms_per_neuron(&one, 3), two_ms = ms_per_neuron(&two, 3);
  const double exact_ms = ms_per_neuron(&cvode, 1);
  printf("  ensemble                     %8.3f ms a neuron, %.2f x the plain integrator's speed\n", one_ms,
         unit_ms / one_ms);
  printf("  ensemble, noise of std 5     %8.3f ms a neuron, %.2f x the time without\n", noisy_ms, noisy_ms / one_ms);
  printf("  ensemble, two threads        %8.3f ms a neuron, %.2f x one thread\n", two_ms, many_ms / two_ms);
  printf("  CVODE                        %8.3f ms a neuron, %.1f x the plain integrator's time\n", exact_ms,
         exact_ms / unit_ms);
  dicrec_simulation_free(ensemble.simulation);
  dicrec_simulation_free(noisy.simulation);
  dicrec_simulation_free(one.simulation);
  dicrec_simulation_free(two.simulation);
  dicrec_simulation_free(cvode.simulation);
}

/* Each of the first eight neurons by itself. */
static void simulate_one_by_one(void *user) {
  const struct way *all = user;
  struct neurons single = *all->neurons;
  struct way way = {.neurons = &single, .options = all->options, .n = 1};
  for (size_t i = 0; i < all->n; ++i, single.conductances += dicrec_model_channel_count(single.model)) simulate(&way);
  dicrec_simulation_free(way.simulation);
}

static void report_single(const struct neurons *neurons) {
  enum { EIGHT = 8 };
  struct way eight = way_of(neurons, DICREC_SOLVER_ENSEMBLE, EIGHT);
  const double eight_ms = bench_measure(5, simulate, &eight).best_ms;
  const double one_ms = bench_measure(3, simulate_one_by_one, &eight).best_ms / EIGHT;
  printf("  ensemble, a single neuron    %8.3f ms, %.2f x the time of eight at once\n", one_ms, one_ms / eight_ms);
  dicrec_simulation_free(eight.simulation);
}

static void report_accuracy(const struct neurons *neurons, size_t n) {
  struct way exact = way_of(neurons, DICREC_SOLVER_CVODE, n), cvode = exact;
  exact.options.relative_tolerance = tight;
  exact.options.absolute_tolerance = tight;
  simulate(&exact);
  simulate(&cvode);
  printf(" error of the mean interval against CVODE at %g\n", tight);
  print_accuracy("CVODE, default tolerance", &cvode, &exact);
  for (double dt = 0.04; dt > 0.008; dt *= 0.5) {
    struct way ensemble = way_of(neurons, DICREC_SOLVER_ENSEMBLE, n);
    ensemble.options.dt_ms = dt;
    simulate(&ensemble);
    char name[40];
    snprintf(name, sizeof name, "ensemble, finest step %g ms", dt);
    print_accuracy(name, &ensemble, &exact);
    dicrec_simulation_free(ensemble.simulation);
  }
  dicrec_simulation_free(exact.simulation);
  dicrec_simulation_free(cvode.simulation);
}

/** Bytes in use by a context, and the most there were. */
struct bytes {
  size_t now, most;
};

static void *count_allocate(void *user, size_t size) {
  struct bytes *bytes = user;
  size_t *block = aligned_alloc(64, (size + 127) / 64 * 64);
  if (block == NULL) return NULL;
  *block = size;
  bytes->now += size;
  if (bytes->now > bytes->most) bytes->most = bytes->now;
  return block + 8;
}

static void count_release(void *user, void *pointer) {
  struct bytes *bytes = user;
  size_t *block = (size_t *)pointer - 8;
  bytes->now -= *block;
  free(block);
}

static void report_memory(const struct neurons *few) {
  struct bytes bytes = {0};
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.allocate = count_allocate;
  options.release = count_release;
  options.allocator_user = &bytes;
  dicrec_context *context = NULL;
  bench_require(NULL, dicrec_context_create(&options, &context), "context");
  const size_t n_channels = dicrec_model_channel_count(few->model);
  struct neurons many = {context, few->model, calloc(N_MANY * n_channels, sizeof(double)), N_MANY};
  if (many.conductances == NULL) bench_require(context, DICREC_E_MEMORY, "neurons");
  for (size_t i = 0; i < N_MANY * n_channels; ++i) many.conductances[i] = few->conductances[i % (few->n * n_channels)];
  struct way way = way_of(&many, DICREC_SOLVER_ENSEMBLE, N_MANY);
  way.options.n_threads = 2;
  simulate(&way);
  printf("  %d members of 6 s on two threads: at most %.1f MB\n", N_MANY, 1e-6 * (double)bytes.most);
  dicrec_simulation_free(way.simulation);
  free(many.conductances);
  dicrec_context_free(context);
}

int main(int n_arguments, char **arguments) {
  const long asked = n_arguments > 1 ? strtol(arguments[1], NULL, 10) : N_TIMED;
  const size_t n = asked > 0 ? (size_t)asked : N_TIMED, n_made = n > N_THREADED ? n : N_THREADED;
  dicrec_context *context = bench_context();
  struct neurons stg = make_neurons(context, "stg", n_made), da = make_neurons(context, "da", n_made);
  const double plain_ms = bench_measure(3, run_plain, &stg).best_ms / N_TIMED;
  printf("plain integrator, stg, 6 s, step 0.05 ms: %.3f ms a neuron\n", plain_ms);
  printf("stg, 6 s\n");
  report_times(&stg, plain_ms);
  report_single(&stg);
  report_accuracy(&stg, n);
  report_memory(&stg);
  printf("da, 12 s (the plain integrator is that of stg)\n");
  report_times(&da, plain_ms);
  report_single(&da);
  report_accuracy(&da, n);
  neurons_free(&stg);
  neurons_free(&da);
  dicrec_context_free(context);
  return 0;
}
