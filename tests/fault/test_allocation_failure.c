/* SPDX-License-Identifier: MIT */
/**
 * @file test_allocation_failure.c
 * Every creating function with an allocator that fails at its first, second, third ... call.
 *
 * Each call must answer E_MEMORY and no object, or what it answers with enough memory; it must leave no block
 * behind and the context usable.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "fault_allocator.h"
#include "spikes/pattern.h"
#include "support/make_weights.h"

enum { N_SPIKES = 30, N_MEMBERS = 3, MAX_CHANNELS = 16, N_COORDINATES = 5, MAX_CALLS = 2000 };

/** Objects that the calls under test need, made without failures. */
struct fixture {
  struct fault_allocator allocator;
  dicrec_context *context;
  dicrec_model *model;
  dicrec_spikes *spikes;
  dicrec_estimator *estimator;
  dicrec_estimator *likes_all, *likes_none; /**< with forward networks that say so of the candidates */
  dicrec_spikes *regular;
  dicrec_estimator *moves; /**< with one that lets candidates for it be moved */
  double times_ms[N_SPIKES];
  double conductances[N_MEMBERS * MAX_CHANNELS];
};

/** One call under test: its status, and the object that it made. */
struct outcome {
  dicrec_status status;
  void *object;
};

/** A call, and how its object is freed. */
struct trial {
  const char *name;
  struct outcome (*call)(struct fixture *fixture);
  void (*discard)(void *object);
};

static void require(int condition, const char *what) {
  if (condition) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static struct outcome create_context(struct fixture *fixture) {
  const dicrec_context_options options = fault_allocator_options(&fixture->allocator);
  dicrec_context *context = (void *)fixture;
  const dicrec_status status = dicrec_context_create(&options, &context);
  return (struct outcome){status, context};
}

static struct outcome open_model(struct fixture *fixture) {
  dicrec_model *model = (void *)fixture;
  const dicrec_status status = dicrec_model_open(fixture->context, "stg", &model);
  return (struct outcome){status, model};
}

static struct outcome create_spikes(struct fixture *fixture) {
  dicrec_spikes *spikes = (void *)fixture;
  const dicrec_status status = dicrec_spikes_create(fixture->context, fixture->times_ms, N_SPIKES, NULL, &spikes);
  return (struct outcome){status, spikes};
}

static struct outcome create_spikes_from_samples(struct fixture *fixture) {
  const int64_t samples[] = {100, 2100, 4100, 6100};
  const uint64_t counts[] = {1, 3};
  const dicrec_spikes_options trials = {.struct_size = sizeof trials, .trial_counts = counts, .n_trials = 2};
  dicrec_spikes *spikes = (void *)fixture;
  const dicrec_status status = dicrec_spikes_create_from_samples(fixture->context, samples, 4, 20000, &trials, &spikes);
  return (struct outcome){status, spikes};
}

static struct outcome compute_dics(struct fixture *fixture) {
  double dics[N_MEMBERS * DICREC_DIC_COUNT], sensitivities[N_MEMBERS * 3 * MAX_CHANNELS], values[N_MEMBERS];
  const double v_mv = dicrec_model_threshold_mv(fixture->model);
  dicrec_status status = dicrec_dic_compute(fixture->context, fixture->model, fixture->conductances, N_MEMBERS, v_mv,
                                            DICREC_DIC_COUNT, dics);
  if (status == DICREC_OK)
    status = dicrec_dic_sensitivity(fixture->context, fixture->model, fixture->conductances, N_MEMBERS, v_mv, 3,
                                    sensitivities);
  if (status == DICREC_OK)
    status =
        dicrec_dic_static_current(fixture->context, fixture->model, fixture->conductances, N_MEMBERS, v_mv, values);
  if (status == DICREC_OK)
    status = dicrec_dic_threshold(fixture->context, fixture->model, fixture->conductances, N_MEMBERS, NULL, values);
  return (struct outcome){status, NULL};
}

static struct outcome generate(struct fixture *fixture, int32_t n_threads, int32_t keep_raw) {
  const double target[] = {-6, 6};
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.n_threads = n_threads;
  options.keep_raw = keep_raw;
  dicrec_population *population = (void *)fixture;
  const dicrec_status status =
      dicrec_generate(fixture->context, fixture->model, target, 1, 2, N_MEMBERS, &options, &population);
  return (struct outcome){status, population};
}

static struct outcome generate_plain(struct fixture *fixture) { return generate(fixture, 1, 0); }

static struct outcome generate_raw_on_threads(struct fixture *fixture) { return generate(fixture, 2, 1); }

static struct outcome simulate(struct fixture *fixture, int32_t solver, double trace_dt_ms, double noise_std,
                               int32_t n_threads) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = solver;
  options.t_end_ms = solver == DICREC_SOLVER_CVODE ? 60 : 2000; /* the latter for more than 64 spikes in a list */
  options.trace_dt_ms = trace_dt_ms;
  options.noise_std = noise_std;
  options.n_threads = n_threads;
  static const double times_ms[] = {10, 10, 20}, current[] = {0, 2, 1};
  if (trace_dt_ms == DICREC_TRACE_STEPS) { /* what grows while it runs */
    options.trace = DICREC_TRACE_CURRENTS;
    options.current_times_ms = times_ms;
    options.current_values = current;
    options.n_current = 3;
  }
  dicrec_simulation *simulation = (void *)fixture;
  const dicrec_status status =
      dicrec_simulate(fixture->context, fixture->model, fixture->conductances, N_MEMBERS, &options, &simulation);
  return (struct outcome){status, simulation};
}

static struct outcome simulate_cvode(struct fixture *fixture) {
  return simulate(fixture, DICREC_SOLVER_CVODE, 1, 0, 1);
}

static struct outcome simulate_cvode_noise(struct fixture *fixture) {
  return simulate(fixture, DICREC_SOLVER_CVODE, 1, 2, 2);
}

static struct outcome simulate_cvode_steps(struct fixture *fixture) {
  return simulate(fixture, DICREC_SOLVER_CVODE, DICREC_TRACE_STEPS, 0, 2);
}

static struct outcome simulate_ensemble(struct fixture *fixture) {
  return simulate(fixture, DICREC_SOLVER_ENSEMBLE, 0, 0, 1);
}

static struct outcome simulate_ensemble_noise(struct fixture *fixture) {
  return simulate(fixture, DICREC_SOLVER_ENSEMBLE, 0, 2, 2);
}

static struct outcome create_estimator(struct fixture *fixture) {
  dicrec_estimator *estimator = (void *)fixture;
  const dicrec_status status = dicrec_estimator_create(fixture->context, fixture->model, NULL, &estimator);
  return (struct outcome){status, estimator};
}

static struct outcome run_estimator(struct fixture *fixture) {
  dicrec_posterior *posterior = (void *)fixture;
  const dicrec_status status = dicrec_estimate(fixture->context, fixture->estimator, fixture->spikes, NULL, &posterior);
  return (struct outcome){status, posterior};
}

static struct outcome run_estimator_auto_scale(struct fixture *fixture) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.auto_scale = 1;
  dicrec_posterior *posterior = (void *)fixture;
  const dicrec_status status =
      dicrec_estimate(fixture->context, fixture->estimator, fixture->spikes, &options, &posterior);
  return (struct outcome){status, posterior};
}

static struct outcome run_estimator_many(struct fixture *fixture) {
  const dicrec_spikes *const trains[] = {fixture->spikes, fixture->spikes};
  dicrec_posterior *posteriors[] = {(void *)fixture, (void *)fixture};
  dicrec_status status = dicrec_estimate_many(fixture->context, fixture->estimator, trains, 2, NULL, posteriors, NULL);
  dicrec_posterior_free(posteriors[1]);
  return (struct outcome){status, posteriors[0]};
}

static struct outcome create_stream(struct fixture *fixture) {
  dicrec_stream *stream = (void *)fixture;
  const dicrec_status status = dicrec_stream_create(fixture->context, fixture->estimator, NULL, &stream);
  return (struct outcome){status, stream};
}

enum { ONE_TRAIN = 0 };

/** Of one train, or of the same train twice with a thread for each. */
static struct outcome reconstruct_with(struct fixture *fixture, const dicrec_estimator *estimator, int32_t target,
                                       int32_t verify, int32_t n_threads, int32_t n_at_once) {
  dicrec_reconstruct_options options;
  dicrec_generate_options population;
  dicrec_simulate_options simulation;
  dicrec_reconstruct_options_init(&options, sizeof options);
  dicrec_generate_options_init(&population, sizeof population);
  dicrec_simulate_options_init(&simulation, sizeof simulation);
  population.n_threads = simulation.n_threads = n_threads;
  simulation.t_end_ms = 200;
  options.target = target;
  options.verify = verify;
  options.max_candidates = 3;
  options.max_drawn = 4;
  options.generate = &population;
  options.simulate = &simulation;
  options.n_threads = n_at_once;
  dicrec_reconstruction *made[] = {(void *)fixture, (void *)fixture};
  if (n_at_once == ONE_TRAIN) {
    const dicrec_status status =
        dicrec_reconstruct(fixture->context, estimator, fixture->spikes, N_MEMBERS, &options, made);
    return (struct outcome){status, made[0]};
  }
  const dicrec_spikes *const trains[] = {fixture->spikes, fixture->spikes};
  const dicrec_status status =
      dicrec_reconstruct_many(fixture->context, estimator, trains, 2, N_MEMBERS, &options, made);
  dicrec_reconstruction_free(made[1]);
  return (struct outcome){status, made[0]};
}

static struct outcome reconstruct(struct fixture *fixture, int32_t target, int32_t verify, int32_t n_threads) {
  return reconstruct_with(fixture, fixture->estimator, target, verify, n_threads, ONE_TRAIN);
}

static struct outcome reconstruct_plain(struct fixture *fixture) {
  return reconstruct(fixture, DICREC_TARGET_MEDIAN, 0, 1);
}

static struct outcome reconstruct_samples(struct fixture *fixture) {
  return reconstruct(fixture, DICREC_TARGET_SAMPLE, 0, 1);
}

static struct outcome reconstruct_verified(struct fixture *fixture) {
  return reconstruct(fixture, DICREC_TARGET_MEDIAN, 1, 1);
}

static struct outcome reconstruct_verified_samples(struct fixture *fixture) {
  return reconstruct(fixture, DICREC_TARGET_SAMPLE, 1, 2);
}

static struct outcome reconstruct_screened(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_all, DICREC_TARGET_MEDIAN, 0, 1, ONE_TRAIN);
}

static struct outcome reconstruct_nearest(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_none, DICREC_TARGET_SAMPLE, 0, 2, ONE_TRAIN);
}

static struct outcome reconstruct_screened_verified(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_all, DICREC_TARGET_SAMPLE, 1, 2, ONE_TRAIN);
}

static struct outcome reconstruct_nearest_verified(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_none, DICREC_TARGET_MEDIAN, 1, 1, ONE_TRAIN);
}

/** Of the posterior given a noise. */
static struct outcome reconstruct_noisy(struct fixture *fixture) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.noise = DICREC_NOISE_FIXED;
  options.noise_std = 0.5;
  options.max_drawn = 4;
  dicrec_reconstruction *made = (void *)fixture;
  const dicrec_status status =
      dicrec_reconstruct(fixture->context, fixture->likes_all, fixture->spikes, N_MEMBERS, &options, &made);
  return (struct outcome){status, made};
}

/** Candidates that are moved by what they are predicted to fire, and by what they fired. */
static struct outcome reconstruct_moved(struct fixture *fixture, int32_t selection, int32_t verify) {
  dicrec_reconstruct_options options;
  dicrec_simulate_options simulation;
  dicrec_reconstruct_options_init(&options, sizeof options);
  dicrec_simulate_options_init(&simulation, sizeof simulation);
  simulation.t_end_ms = 1200;
  simulation.t_skip_ms = 200;
  options.selection = selection;
  options.verify = verify;
  options.max_candidates = 3;
  options.max_drawn = 8;
  options.simulate = &simulation;
  dicrec_reconstruction *made = (void *)fixture;
  const dicrec_status status =
      dicrec_reconstruct(fixture->context, fixture->moves, fixture->regular, N_MEMBERS, &options, &made);
  return (struct outcome){status, made};
}

static struct outcome reconstruct_refined(struct fixture *fixture) {
  return reconstruct_moved(fixture, DICREC_SELECTION_DIVERSE, 0);
}

static struct outcome reconstruct_revised(struct fixture *fixture) {
  return reconstruct_moved(fixture, DICREC_SELECTION_REPRESENTATIVE, 1);
}

static struct outcome reconstruct_two(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_all, DICREC_TARGET_SAMPLE, 1, 1, 1);
}

static struct outcome reconstruct_two_on_threads(struct fixture *fixture) {
  return reconstruct_with(fixture, fixture->likes_none, DICREC_TARGET_SAMPLE, 1, 2, 2);
}

/** What the networks' last layer answers: surely the input's pattern, and bursting or silent. */
static void predict_input(const struct fixture *fixture, float *bias, bool likes_all) {
  double of_input[DICREC__PATTERN_SIZE], pattern[DICREC__PATTERN_SIZE];
  dicrec__pattern_of(dicrec__train_of(fixture->times_ms, N_SPIKES), of_input);
  dicrec__pattern_absolute(of_input, pattern);
  bias[likes_all ? DICREC_ACTIVITY_BURSTING : DICREC_ACTIVITY_SILENT] = 9.0F;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    bias[3 + k] = isnan(pattern[k]) ? 0.0F : (float)pattern[k];
    bias[3 + DICREC__PATTERN_SIZE + k] = -10.0F;
  }
}

static struct outcome create_from(struct fixture *fixture, const made_weights *weights) {
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  size_t size;
  unsigned char *bytes = made_bytes(weights, "stg", &size);
  options.weights_data = bytes;
  options.weights_size = size;
  dicrec_estimator *estimator = (void *)fixture;
  const dicrec_status status = dicrec_estimator_create(fixture->context, fixture->model, &options, &estimator);
  free(bytes);
  return (struct outcome){status, estimator};
}

static struct outcome create_screening_estimator(struct fixture *fixture, bool likes_all) {
  made_weights weights;
  make_weights(&weights, 1);
  made_posterior(&weights, -6, 6);
  made_noise(&weights, 0.5, -1, 0.5);
  made_flow(&weights, N_COORDINATES);
  made_flow_of(&weights, 0, 1);
  made_forward(&weights, dicrec_model_channel_count(fixture->model));
  predict_input(fixture, made_values(&weights, "forward.steady.layer.3.bias"), likes_all);
  predict_input(fixture, made_values(&weights, "forward.noisy.layer.3.bias"), likes_all);
  const struct outcome outcome = create_from(fixture, &weights);
  made_weights_free(&weights);
  return outcome;
}

/** Neurons of these DICs fire about every 70 ms, and faster with more of g_u. */
static struct outcome create_moving_estimator(struct fixture *fixture) {
  enum { OF_G_U = 18 };
  made_weights weights;
  make_weights(&weights, 1);
  made_posterior(&weights, 8, 8);
  made_flow(&weights, N_COORDINATES);
  made_flow_of(&weights, 0, 1);
  made_forward(&weights, dicrec_model_channel_count(fixture->model));
  const float slope = -0.64F;
  float *bias = made_values(&weights, "forward.steady.layer.3.bias");
  bias[DICREC_ACTIVITY_SPIKING] = 9.0F;
  bias[3 + DICREC__PATTERN_LOG_MEAN] = (float)log(71.0) - 9.975F * slope; /* 71 ms at the middle of the posterior */
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) bias[3 + DICREC__PATTERN_SIZE + k] = -10.0F;
  made_values(&weights, "forward.input.center")[OF_G_U] = 8.0F;
  made_values(&weights, "forward.input.scale")[OF_G_U] = 20.0F;
  made_values(&weights, "forward.steady.layer.0.weight")[OF_G_U] = 1.0F;
  made_values(&weights, "forward.steady.layer.0.bias")[0] = 10.0F;
  made_values(&weights, "forward.steady.layer.3.weight")[3 * MADE_FORWARD_HIDDEN] = slope;
  const struct outcome outcome = create_from(fixture, &weights);
  made_weights_free(&weights);
  return outcome;
}

static struct outcome create_estimator_with_network(struct fixture *fixture) {
  return create_screening_estimator(fixture, true);
}

static void discard_context(void *object) { dicrec_context_free(object); }
static void discard_model(void *object) { dicrec_model_free(object); }
static void discard_spikes(void *object) { dicrec_spikes_free(object); }
static void discard_nothing(void *object) { (void)object; }
static void discard_population(void *object) { dicrec_population_free(object); }
static void discard_simulation(void *object) { dicrec_simulation_free(object); }
static void discard_estimator(void *object) { dicrec_estimator_free(object); }
static void discard_posterior(void *object) { dicrec_posterior_free(object); }
static void discard_stream(void *object) { dicrec_stream_free(object); }
static void discard_reconstruction(void *object) { dicrec_reconstruction_free(object); }

static const struct trial trials[] = {
    {"context", create_context, discard_context},
    {"model", open_model, discard_model},
    {"spikes", create_spikes, discard_spikes},
    {"spikes from samples", create_spikes_from_samples, discard_spikes},
    {"DICs", compute_dics, discard_nothing},
    {"population", generate_plain, discard_population},
    {"population, raw, 2 threads", generate_raw_on_threads, discard_population},
    {"simulation, CVODE", simulate_cvode, discard_simulation},
    {"simulation, CVODE, noise, 2 threads", simulate_cvode_noise, discard_simulation},
    {"simulation, CVODE, every step, 2 threads", simulate_cvode_steps, discard_simulation},
    {"simulation, ensemble", simulate_ensemble, discard_simulation},
    {"simulation, ensemble, noise, 2 threads", simulate_ensemble_noise, discard_simulation},
    {"estimator", create_estimator, discard_estimator},
    {"estimator with a forward network", create_estimator_with_network, discard_estimator},
    {"posterior", run_estimator, discard_posterior},
    {"posterior, time scale found", run_estimator_auto_scale, discard_posterior},
    {"posteriors of two trains", run_estimator_many, discard_posterior},
    {"stream", create_stream, discard_stream},
    {"reconstruction", reconstruct_plain, discard_reconstruction},
    {"reconstruction, samples", reconstruct_samples, discard_reconstruction},
    {"reconstruction, verified", reconstruct_verified, discard_reconstruction},
    {"reconstruction, verified samples, 2 threads", reconstruct_verified_samples, discard_reconstruction},
    {"reconstruction, screened", reconstruct_screened, discard_reconstruction},
    {"reconstruction, none matches, 2 threads", reconstruct_nearest, discard_reconstruction},
    {"reconstruction, screened, verified, 2 threads", reconstruct_screened_verified, discard_reconstruction},
    {"reconstruction, none matches, verified", reconstruct_nearest_verified, discard_reconstruction},
    {"reconstruction, screened, of a given noise", reconstruct_noisy, discard_reconstruction},
    {"reconstruction, screened, moved", reconstruct_refined, discard_reconstruction},
    {"reconstruction, verified, moved", reconstruct_revised, discard_reconstruction},
    {"reconstructions of two trains", reconstruct_two, discard_reconstruction},
    {"reconstructions of two trains, 2 threads", reconstruct_two_on_threads, discard_reconstruction},
};

static void fill_conductances(struct fixture *fixture) {
  dicrec_population *population = generate_plain(fixture).object;
  require(population != NULL, "no population to simulate");
  require(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, fixture->conductances,
                                              N_MEMBERS * MAX_CHANNELS) == DICREC_OK,
          "no conductances to simulate");
  dicrec_population_free(population);
}

static void set_up(struct fixture *fixture) {
  fault_allocator_start(&fixture->allocator);
  for (int i = 0; i < N_SPIKES; ++i) fixture->times_ms[i] = 20.0 * i + 100.0 * (i / 5);
  fixture->context = create_context(fixture).object;
  require(fixture->context != NULL, "no context");
  fixture->model = open_model(fixture).object;
  fixture->spikes = create_spikes(fixture).object;
  fixture->estimator = create_estimator(fixture).object;
  require(fixture->model != NULL && fixture->spikes != NULL && fixture->estimator != NULL, "no objects to test with");
  fixture->likes_all = create_screening_estimator(fixture, true).object;
  fixture->likes_none = create_screening_estimator(fixture, false).object;
  fixture->moves = create_moving_estimator(fixture).object;
  require(fixture->likes_all != NULL && fixture->likes_none != NULL && fixture->moves != NULL,
          "no estimators that screen");
  double regular[N_SPIKES];
  for (int i = 0; i < N_SPIKES; ++i) regular[i] = 70.0 * i;
  require(dicrec_spikes_create(fixture->context, regular, N_SPIKES, NULL, &fixture->regular) == DICREC_OK,
          "no regular train");
  fill_conductances(fixture);
}

static void tear_down(struct fixture *fixture) {
  dicrec_spikes_free(fixture->regular);
  dicrec_estimator_free(fixture->moves);
  dicrec_estimator_free(fixture->likes_none);
  dicrec_estimator_free(fixture->likes_all);
  dicrec_estimator_free(fixture->estimator);
  dicrec_spikes_free(fixture->spikes);
  dicrec_model_free(fixture->model);
  dicrec_context_free(fixture->context);
}

static int complain(const struct trial *trial, int64_t fail_at, const char *what, dicrec_status status) {
  fprintf(stderr, "%s, allocation %lld fails: %s (status %s)\n", trial->name, (long long)fail_at, what,
          dicrec_status_name(status));
  return 1;
}

/** Make the call once with the given failure; *has_failed tells whether the failure was reached. */
static int try_once(struct fixture *fixture, const struct trial *trial, int64_t fail_at, dicrec_status expected,
                    int *has_failed) {
  const int64_t n_live = fixture->allocator.n_live;
  fault_allocator_arm(&fixture->allocator, fail_at);
  const struct outcome outcome = trial->call(fixture);
  *has_failed = fixture->allocator.n_calls >= fail_at;
  fault_allocator_arm(&fixture->allocator, 0);
  int n_bad = 0;
  if (outcome.status == DICREC_E_MEMORY) {
    if (!*has_failed) n_bad += complain(trial, fail_at, "memory was there", outcome.status);
    if (outcome.object != NULL) return n_bad + complain(trial, fail_at, "the output is not NULL", outcome.status);
    if (trial->call != create_context && dicrec_context_error(fixture->context, NULL, 0) == 0)
      n_bad += complain(trial, fail_at, "no text of the failure", outcome.status);
  } else if (outcome.status != expected) {
    n_bad += complain(trial, fail_at, "another status than E_MEMORY or the usual one", outcome.status);
  }
  if (outcome.object != NULL) trial->discard(outcome.object);
  if (fixture->allocator.n_live != n_live) n_bad += complain(trial, fail_at, "blocks are left", outcome.status);
  fixture->allocator.n_live = n_live;
  return n_bad;
}

static int sweep(struct fixture *fixture, const struct trial *trial) {
  const struct outcome usual = trial->call(fixture);
  if (usual.status < 0) return complain(trial, 0, "fails with enough memory", usual.status);
  if (usual.object != NULL) trial->discard(usual.object);
  int has_failed = 1, n_bad = 0;
  int64_t fail_at = 0;
  while (has_failed && fail_at < MAX_CALLS) n_bad += try_once(fixture, trial, ++fail_at, usual.status, &has_failed);
  if (has_failed) n_bad += complain(trial, fail_at, "allocates without end", usual.status);
  printf("%-45s %4lld allocations, %s\n", trial->name, (long long)fail_at - 1, n_bad == 0 ? "good" : "BAD");
  return n_bad;
}

int main(void) {
  static struct fixture fixture;
  set_up(&fixture);
  int n_bad = 0;
  for (size_t i = 0; i < sizeof trials / sizeof *trials; ++i) n_bad += sweep(&fixture, &trials[i]);
  tear_down(&fixture);
  printf("%lld blocks left, %lld allocations from worker threads\n", (long long)fixture.allocator.n_live,
         (long long)fixture.allocator.n_foreign);
  return n_bad != 0 || fixture.allocator.n_live != 0;
}
