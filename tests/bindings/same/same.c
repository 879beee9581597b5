/* SPDX-License-Identifier: MIT */
/**
 * @file same.c
 * The ten things that every binding is compared in, done in C. The programs of the other languages follow it.
 *
 * Usage: same TRAIN FOLDER      (TRAIN: a spike time in ms on each line; ten files of float64 are written to FOLDER)
 */
#include <dicrec.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_SPIKES = 10000, N_QUANTILES = 2 };

static dicrec_context *context;
static dicrec_model *model;
static const char *folder;

static void require(int is_good, const char *what) {
  if (is_good) return;
  perror(what);
  exit(EXIT_FAILURE);
}

static void check(dicrec_status status) {
  char text[256];
  if (status == DICREC_OK) return;
  dicrec_context_error(context, text, sizeof text);
  fprintf(stderr, "%s: %s\n", dicrec_status_name(status), text);
  if (status < 0) exit(EXIT_FAILURE);
}

static double *numbers(size_t n) {
  double *values = malloc((n > 0 ? n : 1) * sizeof *values);
  require(values != NULL, "memory");
  return values;
}

static FILE *open_output(const char *name) {
  char path[4096];
  require(snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path, folder);
  FILE *file = fopen(path, "wb");
  require(file != NULL, path);
  return file;
}

static void put(FILE *file, const double *values, size_t n) {
  require(fwrite(values, sizeof *values, n, file) == n, folder);
}

static void put_number(FILE *file, double value) { put(file, &value, 1); }

static void write_file(const char *name, const double *values, size_t n) {
  FILE *file = open_output(name);
  put(file, values, n);
  require(fclose(file) == 0, name);
}

static dicrec_spikes *read_train(const char *path) {
  static double times_ms[MAX_SPIKES];
  size_t n = 0;
  FILE *file = fopen(path, "r");
  require(file != NULL, path);
  while (n < MAX_SPIKES && fscanf(file, "%lf", &times_ms[n]) == 1) ++n;
  fclose(file);
  dicrec_spikes *spikes = NULL;
  check(dicrec_spikes_create(context, times_ms, n, NULL, &spikes));
  return spikes;
}

/* [n_members][n_channels]; the caller frees it. */
static double *conductances_of(const dicrec_population *population) {
  const size_t size = dicrec_population_member_count(population) * dicrec_population_channel_count(population);
  double *conductances = numbers(size);
  check(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, size));
  return conductances;
}

/* [n_members][DICREC_DIC_COUNT]; the caller frees it. */
static double *dics_of(const dicrec_population *population) {
  const size_t size = dicrec_population_member_count(population) * DICREC_DIC_COUNT;
  double *dics = numbers(size);
  check(dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics, size));
  return dics;
}

static void estimate(const dicrec_estimator *estimator, const dicrec_spikes *spikes) {
  static const double levels[] = {0.5, 0.05, 0.95};
  double quantiles[3][N_QUANTILES];
  dicrec_posterior *posterior = NULL;
  check(dicrec_estimate(context, estimator, spikes, NULL, &posterior));
  for (size_t i = 0; i < 3; ++i) check(dicrec_posterior_quantile(posterior, levels[i], N_QUANTILES, quantiles[i]));
  FILE *file = open_output("01_estimate");
  put(file, quantiles[0], N_QUANTILES);
  for (size_t k = 0; k < N_QUANTILES; ++k)
    for (size_t i = 1; i < 3; ++i) put_number(file, quantiles[i][k]);
  put_number(file, dicrec_posterior_time_scale(posterior));
  put_number(file, dicrec_posterior_support(posterior));
  require(fclose(file) == 0, "01_estimate");
  dicrec_posterior_free(posterior);
}

static void reconstruct(const dicrec_estimator *estimator, const dicrec_spikes *spikes) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.seed = 7;
  dicrec_reconstruction *result = NULL;
  check(dicrec_reconstruct(context, estimator, spikes, 4, &options, &result));
  const dicrec_population *population = dicrec_reconstruction_population(result);
  const size_t n_channels = dicrec_population_channel_count(population);
  double *conductances = conductances_of(population), *dics = dics_of(population), noise_std[4];
  uint64_t streams[4];
  check(dicrec_population_copy_noise_std(population, noise_std, 4));
  check(dicrec_population_copy_streams(population, streams, 4));
  FILE *file = open_output("02_reconstruct");
  for (size_t i = 0; i < 4; ++i) {
    put(file, &conductances[i * n_channels], n_channels);
    put_number(file, dics[i * DICREC_DIC_COUNT + DICREC_DIC_SLOW]);
    put_number(file, dics[i * DICREC_DIC_COUNT + DICREC_DIC_ULTRASLOW]);
    put_number(file, dicrec_population_time_scale(population));
    put_number(file, noise_std[i]);
    put_number(file, (double)streams[i]);
  }
  require(fclose(file) == 0, "02_reconstruct");
  free(dics), free(conductances);
  dicrec_reconstruction_free(result);
}

static void verify(const dicrec_estimator *estimator, const dicrec_spikes *spikes) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.seed = 3;
  options.verify = 1;
  dicrec_reconstruction *result = NULL;
  check(dicrec_reconstruct(context, estimator, spikes, 2, &options, &result));
  const dicrec_population *population = dicrec_reconstruction_population(result);
  const size_t n_channels = dicrec_population_channel_count(population);
  double *conductances = conductances_of(population);
  FILE *file = open_output("03_verified");
  for (size_t i = 0; i < 2; ++i) {
    dicrec_spike_statistics fired = {.struct_size = sizeof fired};
    check(dicrec_reconstruction_statistics(result, i, &fired));
    put(file, &conductances[i * n_channels], n_channels);
    put_number(file, dicrec_reconstruction_distance(result, i));
    put_number(file, dicrec_reconstruction_accepted(result, i));
    put_number(file, fired.rate_hz);
  }
  require(fclose(file) == 0, "03_verified");
  free(conductances);
  dicrec_reconstruction_free(result);
}

/* The published method: no screening, and members without noise. */
static void publish(const dicrec_estimator *estimator, const dicrec_spikes *spikes) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.seed = 5;
  options.screening = DICREC_SCREENING_OFF;
  options.noise = DICREC_NOISE_FIXED;
  dicrec_reconstruction *result = NULL;
  check(dicrec_reconstruct(context, estimator, spikes, 4, &options, &result));
  const dicrec_population *population = dicrec_reconstruction_population(result);
  double *conductances = conductances_of(population);
  write_file("04_published", conductances, 4 * dicrec_population_channel_count(population));
  free(conductances);
  dicrec_reconstruction_free(result);
}

/* [5][n_channels], which what follows is done with; the caller frees it. */
static double *generate(void) {
  const double target[] = {-5, 8};
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.seed = 2;
  dicrec_population *population = NULL;
  check(dicrec_generate(context, model, target, 1, 2, 5, &options, &population));
  const size_t n_channels = dicrec_population_channel_count(population);
  double *conductances = conductances_of(population), *dics = dics_of(population);
  FILE *file = open_output("05_generate");
  for (size_t i = 0; i < 5; ++i) {
    put(file, &conductances[i * n_channels], n_channels);
    put_number(file, dics[i * DICREC_DIC_COUNT + DICREC_DIC_SLOW]);
    put_number(file, dics[i * DICREC_DIC_COUNT + DICREC_DIC_ULTRASLOW]);
  }
  require(fclose(file) == 0, "05_generate");
  free(dics);
  dicrec_population_free(population);
  return conductances;
}

static void compute_dics(const double *conductances) {
  double dics[5 * DICREC_DIC_COUNT], thresholds_mv[5];
  check(dicrec_dic_compute(context, model, conductances, 5, -51, DICREC_DIC_COUNT, dics));
  write_file("06_dics", dics, 5 * DICREC_DIC_COUNT);
  check(dicrec_dic_threshold(context, model, conductances, 5, NULL, thresholds_mv));
  write_file("07_threshold", thresholds_mv, 5);
}

/* For each of n members the number of its spikes, then their times. */
static void simulate(const char *name, const double *conductances, size_t n, const dicrec_simulate_options *options) {
  dicrec_simulation *simulation = NULL;
  check(dicrec_simulate(context, model, conductances, n, options, &simulation));
  FILE *file = open_output(name);
  for (size_t i = 0; i < n; ++i) {
    const size_t n_spikes = dicrec_simulation_spike_count(simulation, i);
    double *times_ms = numbers(n_spikes);
    check(dicrec_simulation_copy_spikes(simulation, i, times_ms, n_spikes));
    put_number(file, (double)n_spikes);
    put(file, times_ms, n_spikes);
    free(times_ms);
  }
  require(fclose(file) == 0, name);
  dicrec_simulation_free(simulation);
}

static void simulate_with_and_without_noise(const double *conductances) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = 1500;
  options.t_skip_ms = 500;
  options.solver = DICREC_SOLVER_ENSEMBLE;
  simulate("08_simulate", conductances, 5, &options);
  options.t_skip_ms = 0;
  options.noise_std = 5;
  options.seed = 4;
  options.solver = DICREC_SOLVER_CVODE;
  simulate("09_noisy", conductances, 1, &options);
}

static void trace(const double *conductances) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = 100;
  options.solver = DICREC_SOLVER_CVODE;
  options.trace = DICREC_TRACE_CURRENTS;
  options.trace_dt_ms = 0.5;
  dicrec_simulation *simulation = NULL;
  check(dicrec_simulate(context, model, conductances, 1, &options, &simulation));
  const size_t n = dicrec_simulation_trace_sample_count(simulation, 0);
  const size_t n_columns = dicrec_simulation_trace_column_count(simulation);
  double *times_ms = numbers(n), *values = numbers(n * n_columns);
  check(dicrec_simulation_copy_trace_times(simulation, 0, times_ms, n));
  check(dicrec_simulation_copy_trace(simulation, 0, values, n * n_columns));
  FILE *file = open_output("10_trace");
  for (size_t i = 0; i < n; ++i) put_number(file, times_ms[i]), put(file, &values[i * n_columns], n_columns);
  require(fclose(file) == 0, "10_trace");
  free(values), free(times_ms);
  dicrec_simulation_free(simulation);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s TRAIN FOLDER\n", argv[0]);
    return EXIT_FAILURE;
  }
  folder = argv[2];
  dicrec_estimator *estimator = NULL;
  check(dicrec_context_create(NULL, &context));
  check(dicrec_model_open(context, "stg", &model));
  check(dicrec_estimator_create(context, model, NULL, &estimator));
  dicrec_spikes *spikes = read_train(argv[1]);
  estimate(estimator, spikes);
  reconstruct(estimator, spikes);
  verify(estimator, spikes);
  publish(estimator, spikes);
  double *conductances = generate();
  compute_dics(conductances);
  simulate_with_and_without_noise(conductances);
  trace(conductances);
  free(conductances);
  dicrec_spikes_free(spikes);
  dicrec_estimator_free(estimator);
  dicrec_model_free(model);
  dicrec_context_free(context);
  return EXIT_SUCCESS;
}
