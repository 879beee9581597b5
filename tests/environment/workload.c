/* SPDX-License-Identifier: MIT */
#include "workload.h"

#include <stdlib.h>
#include <string.h>

enum { N_MEMBERS = 12, N_TRAINS = 300, N_SPIKES = 60, MAX_CHANNELS = 16 };

const char *const workload_models[WORKLOAD_N_MODELS] = {"stg", "da"};

static dicrec_status worse(dicrec_status a, dicrec_status b) {
  if (a < 0 || b < 0) return a < b ? a : b;
  return a > b ? a : b;
}

/** FNV-1a. */
static void add_bytes(uint64_t *digest, const void *bytes, size_t size) {
  const unsigned char *byte = bytes;
  for (size_t i = 0; i < size; ++i) *digest = (*digest ^ byte[i]) * 1099511628211U;
}

static dicrec_status make_train(dicrec_context *context, const dicrec_model *model, size_t n, double stretch,
                                dicrec_spikes **train) {
  const int is_stg = strcmp(dicrec_model_name(model), "stg") == 0;
  double times_ms[N_SPIKES];
  for (size_t i = 0; i < n; ++i) {
    const double index = (double)i;
    times_ms[i] = stretch * (is_stg ? 9.0 * (double)(i % 5) + 155.0 * (double)(i / 5) : 400.0 * index);
  }
  return dicrec_spikes_create(context, times_ms, n, NULL, train);
}

dicrec_status workload_open(dicrec_context *context, const char *model, struct workload *work) {
  *work = (struct workload){0};
  dicrec_status status = dicrec_model_open(context, model, &work->model);
  if (status == DICREC_OK) status = dicrec_estimator_create(context, work->model, NULL, &work->estimator);
  if (status == DICREC_OK) status = make_train(context, work->model, N_SPIKES, 1.0, &work->train);
  if (status != DICREC_OK) workload_close(work);
  return status;
}

void workload_close(struct workload *work) {
  dicrec_spikes_free(work->train);
  dicrec_estimator_free(work->estimator);
  dicrec_model_free(work->model);
  *work = (struct workload){0};
}

static void add_posterior(uint64_t *digest, const dicrec_posterior *posterior) {
  static const double far_out[] = {1e-300, 1e-15, 1.0 - 1e-15};
  double numbers[38] = {dicrec_posterior_support(posterior), dicrec_posterior_time_scale(posterior)};
  dicrec_posterior_moments(posterior, 2, numbers + 2, numbers + 4);
  dicrec_posterior_quantile(posterior, 0.05, 2, numbers + 8);
  dicrec_posterior_class_probabilities(posterior, 4, numbers + 10);
  dicrec_posterior_time_scale_interval(posterior, numbers + 14);
  for (int i = 0; i < 3; ++i) dicrec_posterior_quantile(posterior, far_out[i], 3, numbers + 16 + 3 * i);
  numbers[25] = dicrec_posterior_noiseless_probability(posterior);
  dicrec_posterior_quantile(posterior, 0.95, 3, numbers + 26);
  dicrec_posterior_sample(posterior, 3, 3, 3, numbers + 29);
  add_bytes(digest, numbers, sizeof numbers);
}

static void add_population(uint64_t *digest, const dicrec_population *population) {
  double conductances[N_MEMBERS * MAX_CHANNELS] = {0}, dics[N_MEMBERS * DICREC_DIC_COUNT] = {0};
  dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, N_MEMBERS * MAX_CHANNELS);
  dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics, N_MEMBERS * DICREC_DIC_COUNT);
  add_bytes(digest, conductances, sizeof conductances);
  add_bytes(digest, dics, sizeof dics);
}

static dicrec_status estimate(const struct workload *work, dicrec_context *context, int32_t auto_scale,
                              uint64_t *digest) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.auto_scale = auto_scale;
  dicrec_posterior *posterior;
  const dicrec_status status = dicrec_estimate(context, work->estimator, work->train, &options, &posterior);
  if (status >= 0) add_posterior(digest, posterior);
  dicrec_posterior_free(posterior);
  return status;
}

static dicrec_status estimate_train(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                    uint64_t *digest) {
  (void)n_threads;
  return estimate(work, context, 0, digest);
}

static dicrec_status estimate_scale(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                    uint64_t *digest) {
  (void)n_threads;
  return estimate(work, context, 1, digest);
}

/** Trains of different lengths and time scales, the shortest of them silent. */
static dicrec_status make_trains(const struct workload *work, dicrec_context *context, size_t n,
                                 dicrec_spikes **trains) {
  dicrec_status status = DICREC_OK;
  for (size_t i = 0; i < n && status == DICREC_OK; ++i)
    status = make_train(context, work->model, 2 + i % (N_SPIKES - 1), 0.8 + 0.01 * (double)i, &trains[i]);
  return status;
}

static void free_trains(size_t n, dicrec_spikes **trains) {
  for (size_t i = 0; i < n; ++i) dicrec_spikes_free(trains[i]);
}

static dicrec_status estimate_many(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                   uint64_t *digest) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.n_threads = n_threads;
  dicrec_spikes *trains[N_TRAINS] = {NULL};
  dicrec_posterior *posteriors[N_TRAINS] = {NULL};
  dicrec_status status = make_trains(work, context, N_TRAINS, trains);
  if (status == DICREC_OK)
    status = dicrec_estimate_many(context, work->estimator, (const dicrec_spikes *const *)trains, N_TRAINS, &options,
                                  posteriors, NULL);
  for (size_t i = 0; i < N_TRAINS; ++i) {
    if (status >= 0) add_posterior(digest, posteriors[i]);
    dicrec_posterior_free(posteriors[i]);
  }
  free_trains(N_TRAINS, trains);
  return status;
}

static dicrec_status stream(const struct workload *work, dicrec_context *context, int32_t n_threads, uint64_t *digest) {
  (void)n_threads;
  double times_ms[N_SPIKES];
  dicrec_stream *made;
  dicrec_status status = dicrec_stream_create(context, work->estimator, NULL, &made);
  dicrec_spikes_copy_times(work->train, times_ms, N_SPIKES);
  for (size_t i = 0; i < N_SPIKES && status >= 0; ++i) {
    const dicrec_posterior *posterior;
    status = worse(status, dicrec_stream_push(made, times_ms + i, 1));
    if (i % 8 == 0) status = worse(status, dicrec_stream_posterior(made, &posterior));
    if (i % 8 == 0 && status >= 0) add_posterior(digest, posterior);
  }
  dicrec_stream_free(made);
  return status;
}

/** Members with the DICs of neurons that fire. */
static dicrec_status generate(const struct workload *work, dicrec_context *context, int32_t n_threads,
                              dicrec_population **population) {
  const int is_stg = strcmp(dicrec_model_name(work->model), "stg") == 0;
  const double target[2] = {is_stg ? -6.0 : 2.0, is_stg ? 6.0 : 5.0};
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.n_threads = n_threads;
  return dicrec_generate(context, work->model, target, 1, 2, N_MEMBERS, &options, population);
}

static dicrec_status generate_members(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                      uint64_t *digest) {
  dicrec_population *population;
  const dicrec_status status = generate(work, context, n_threads, &population);
  if (status >= 0) add_population(digest, population);
  dicrec_population_free(population);
  return status;
}

static void add_simulation(uint64_t *digest, const dicrec_simulation *simulation) {
  enum { ENOUGH = 4096 };
  double numbers[ENOUGH];
  for (size_t i = 0; i < dicrec_simulation_member_count(simulation); ++i) {
    size_t n = dicrec_simulation_spike_count(simulation, i);
    if (dicrec_simulation_copy_spikes(simulation, i, numbers, ENOUGH) == DICREC_OK)
      add_bytes(digest, numbers, n * sizeof *numbers);
    n = dicrec_simulation_trace_sample_count(simulation, i) * dicrec_simulation_trace_column_count(simulation);
    if (n > 0 && dicrec_simulation_copy_trace(simulation, i, numbers, ENOUGH) == DICREC_OK)
      add_bytes(digest, numbers, n * sizeof *numbers);
  }
}

static dicrec_status simulate(const struct workload *work, dicrec_context *context, int32_t n_threads, int32_t solver,
                              double noise_std, uint64_t *digest) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = solver;
  options.n_threads = n_threads;
  options.t_end_ms = solver == DICREC_SOLVER_CVODE ? 60.0 : 400.0;
  options.noise_std = noise_std;
  if (solver == DICREC_SOLVER_CVODE) options.trace_dt_ms = 1.0;
  dicrec_population *population;
  dicrec_simulation *simulation = NULL;
  double conductances[N_MEMBERS * MAX_CHANNELS];
  dicrec_status status = generate(work, context, n_threads, &population);
  dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, N_MEMBERS * MAX_CHANNELS);
  dicrec_population_free(population);
  const size_t n = solver == DICREC_SOLVER_CVODE ? 5 : N_MEMBERS;
  if (status >= 0)
    status = worse(status, dicrec_simulate(context, work->model, conductances, n, &options, &simulation));
  for (size_t i = 0; i < n && status >= 0; ++i) status = worse(status, dicrec_simulation_status(simulation, i));
  if (status >= 0) add_simulation(digest, simulation);
  dicrec_simulation_free(simulation);
  return status;
}

static dicrec_status simulate_ensemble(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                       uint64_t *digest) {
  return simulate(work, context, n_threads, DICREC_SOLVER_ENSEMBLE, 0.0, digest);
}

static dicrec_status simulate_ensemble_noise(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                             uint64_t *digest) {
  return simulate(work, context, n_threads, DICREC_SOLVER_ENSEMBLE, 2.0, digest);
}

static dicrec_status simulate_cvode(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                    uint64_t *digest) {
  return simulate(work, context, n_threads, DICREC_SOLVER_CVODE, 0.0, digest);
}

static dicrec_status simulate_cvode_noise(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                          uint64_t *digest) {
  return simulate(work, context, n_threads, DICREC_SOLVER_CVODE, 2.0, digest);
}

static void add_reconstruction(uint64_t *digest, const dicrec_reconstruction *made) {
  dicrec_spike_statistics statistics = {.struct_size = sizeof statistics};
  add_posterior(digest, dicrec_reconstruction_posterior(made));
  add_population(digest, dicrec_reconstruction_population(made));
  for (size_t i = 0; i < N_MEMBERS; ++i)
    if (dicrec_reconstruction_statistics(made, i, &statistics) >= 0) add_bytes(digest, &statistics, sizeof statistics);
}

/** Options that live as long as what they point to. */
struct all_options {
  dicrec_generate_options population;
  dicrec_simulate_options simulate;
  dicrec_reconstruct_options reconstruct;
};

static const dicrec_reconstruct_options *options_of(struct all_options *all, int32_t n_threads, int32_t screening,
                                                    int32_t verify) {
  dicrec_generate_options_init(&all->population, sizeof all->population);
  dicrec_simulate_options_init(&all->simulate, sizeof all->simulate);
  dicrec_reconstruct_options_init(&all->reconstruct, sizeof all->reconstruct);
  all->population.n_threads = all->simulate.n_threads = n_threads;
  all->simulate.t_end_ms = 1500.0;
  all->simulate.t_skip_ms = 500.0;
  all->reconstruct.generate = &all->population;
  all->reconstruct.simulate = &all->simulate;
  all->reconstruct.screening = screening;
  all->reconstruct.verify = verify;
  all->reconstruct.max_candidates = verify ? 4 : 0;
  all->reconstruct.max_drawn = screening == DICREC_SCREENING_AUTO ? 64 : 0;
  return &all->reconstruct;
}

static dicrec_status reconstruct_with(const struct workload *work, dicrec_context *context, size_t n,
                                      const dicrec_reconstruct_options *options, uint64_t *digest) {
  dicrec_reconstruction *made;
  const dicrec_status status = dicrec_reconstruct(context, work->estimator, work->train, n, options, &made);
  if (status >= 0) add_reconstruction(digest, made);
  dicrec_reconstruction_free(made);
  return status;
}

static dicrec_status reconstruct(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                 int32_t screening, int32_t verify, uint64_t *digest) {
  struct all_options all;
  return reconstruct_with(work, context, 4, options_of(&all, n_threads, screening, verify), digest);
}

/** The least that can be asked for. */
static dicrec_status reconstruct_one(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                     uint64_t *digest) {
  struct all_options all;
  options_of(&all, n_threads, DICREC_SCREENING_AUTO, 1);
  all.population.max_draws = all.reconstruct.max_candidates = all.reconstruct.max_drawn = 1;
  return reconstruct_with(work, context, 1, &all.reconstruct, digest);
}

static dicrec_status reconstruct_published(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                           uint64_t *digest) {
  return reconstruct(work, context, n_threads, DICREC_SCREENING_OFF, 0, digest);
}

static dicrec_status reconstruct_screened(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                          uint64_t *digest) {
  return reconstruct(work, context, n_threads, DICREC_SCREENING_AUTO, 0, digest);
}

static dicrec_status reconstruct_verified(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                          uint64_t *digest) {
  return reconstruct(work, context, n_threads, DICREC_SCREENING_AUTO, 1, digest);
}

static dicrec_status reconstruct_many(const struct workload *work, dicrec_context *context, int32_t n_threads,
                                      uint64_t *digest) {
  enum { N = 6 };
  struct all_options all;
  options_of(&all, 0, DICREC_SCREENING_OFF, 0);
  all.reconstruct.n_threads = n_threads;
  dicrec_spikes *trains[N] = {NULL};
  dicrec_reconstruction *made[N] = {NULL};
  dicrec_status status = make_trains(work, context, N, trains);
  if (status == DICREC_OK)
    status = dicrec_reconstruct_many(context, work->estimator, (const dicrec_spikes *const *)trains, N, 2,
                                     &all.reconstruct, made);
  for (size_t i = 0; i < N; ++i) {
    if (status >= 0 && dicrec_reconstruction_status(made[i]) >= 0) add_reconstruction(digest, made[i]);
    dicrec_reconstruction_free(made[i]);
  }
  free_trains(N, trains);
  return status;
}

/** A refusal whose text holds a fraction. */
static dicrec_status refuse(const struct workload *work, dicrec_context *context, int32_t n_threads, uint64_t *digest) {
  char text[256];
  dicrec_posterior *posterior;
  dicrec_estimate_options options;
  (void)n_threads;
  dicrec_estimate_options_init(&options, sizeof options);
  options.time_scale = -0.125;
  const dicrec_status status = dicrec_estimate(context, work->estimator, work->train, &options, &posterior);
  add_bytes(digest, text, dicrec_context_error(context, text, sizeof text));
  return status == DICREC_E_RANGE ? DICREC_OK : DICREC_E_ARGUMENT;
}

const struct workload_piece workload_pieces[WORKLOAD_N_PIECES] = {
    {"estimate", estimate_train},
    {"estimate auto", estimate_scale},
    {"estimate many", estimate_many},
    {"stream", stream},
    {"generate", generate_members},
    {"simulate ensemble", simulate_ensemble},
    {"simulate ensemble noise", simulate_ensemble_noise},
    {"simulate cvode", simulate_cvode},
    {"simulate cvode noise", simulate_cvode_noise},
    {"reconstruct published", reconstruct_published},
    {"reconstruct screened", reconstruct_screened},
    {"reconstruct verified", reconstruct_verified},
    {"reconstruct one", reconstruct_one},
    {"reconstruct many", reconstruct_many},
    {"refuse", refuse},
};
