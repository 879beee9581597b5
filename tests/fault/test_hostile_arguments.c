/* SPDX-License-Identifier: MIT */
/**
 * @file test_hostile_arguments.c
 * Missing and absurd arguments for every public function: a status or a neutral value, never a crash.
 */
#include <dicrec.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int n_bad;

static void check(int condition, const char *text, int line) {
  if (condition) return;
  fprintf(stderr, "line %d: not true: %s\n", line, text);
  ++n_bad;
}

#define CHECK(condition)      check((condition), #condition, __LINE__)
#define ANSWERS(status, call) CHECK((call) == (status))
#define REFUSED(call)         ANSWERS(DICREC_E_ARGUMENT, call)

/** A creating call, written with &output as its last argument, answers `status` and leaves NULL. */
#define MAKES_NOTHING(type, status, call)                                                                              \
  do {                                                                                                                 \
    type *output = rubbish;                                                                                            \
    ANSWERS(status, call);                                                                                             \
    CHECK(output == NULL);                                                                                             \
  } while (0)

/** Anything but NULL; never read. */
static void *const rubbish = &n_bad;

/** Valid objects, so that one argument at a time can be wrong. */
static dicrec_context *context;
static dicrec_model *model;
static dicrec_spikes *spikes;
static dicrec_estimator *estimator;
static dicrec_posterior *posterior;
static dicrec_population *population;
static dicrec_simulation *simulation;
static dicrec_reconstruction *reconstruction;

static const double times_ms[] = {10, 30, 50, 130, 150, 170, 250, 270, 290, 370};
static const double target[] = {-6, 6};
static double conductances[16];
static double numbers[64];

static void set_up(void) {
  const dicrec_simulate_options brief = {.struct_size = sizeof brief, .solver = DICREC_SOLVER_CVODE, .t_end_ms = 50};
  dicrec_status status = dicrec_context_create(NULL, &context);
  if (status == DICREC_OK) status = dicrec_model_open(context, "stg", &model);
  if (status == DICREC_OK) status = dicrec_spikes_create(context, times_ms, 10, NULL, &spikes);
  if (status == DICREC_OK) status = dicrec_estimator_create(context, model, NULL, &estimator);
  if (status == DICREC_OK) status = dicrec_generate(context, model, target, 1, 2, 1, NULL, &population);
  if (status == DICREC_OK) status = dicrec_population_copy_conductances(population, 0, conductances, 16);
  if (status == DICREC_OK) status = dicrec_simulate(context, model, conductances, 1, &brief, &simulation);
  if (status >= 0) status = dicrec_estimate(context, estimator, spikes, NULL, &posterior);
  if (status >= 0) status = dicrec_reconstruct(context, estimator, spikes, 1, NULL, &reconstruction);
  if (status >= 0) return;
  fprintf(stderr, "no objects to test with: %s\n", dicrec_status_name(status));
  exit(1);
}

static void tear_down(void) {
  dicrec_reconstruction_free(reconstruction);
  dicrec_posterior_free(posterior);
  dicrec_simulation_free(simulation);
  dicrec_population_free(population);
  dicrec_estimator_free(estimator);
  dicrec_spikes_free(spikes);
  dicrec_model_free(model);
  dicrec_context_free(context);
}

static void free_nothing(void) {
  dicrec_context_free(NULL);
  dicrec_model_free(NULL);
  dicrec_spikes_free(NULL);
  dicrec_estimator_free(NULL);
  dicrec_posterior_free(NULL);
  dicrec_stream_free(NULL);
  dicrec_population_free(NULL);
  dicrec_simulation_free(NULL);
  dicrec_reconstruction_free(NULL);
}

static void test_status(void) {
  CHECK(strcmp(dicrec_status_name(12345), "UNKNOWN") == 0);
  CHECK(dicrec_status_text(INT32_MIN) != NULL);
  CHECK(dicrec_version() != NULL && dicrec_build_info() != NULL);
}

static void test_context(void) {
  char text[4] = "abc";
  REFUSED(dicrec_context_create(NULL, NULL));
  CHECK(dicrec_context_error(NULL, text, sizeof text) == 0 && text[0] == '\0');
  CHECK(dicrec_context_error(NULL, NULL, 0) == 0);
  REFUSED(dicrec_model_open(context, NULL, NULL));
  CHECK(dicrec_context_error(context, text, sizeof text) > 3 && strlen(text) == 3);
  CHECK(dicrec_context_error(context, NULL, 0) > 3);

  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.reserved = 1;
  MAKES_NOTHING(dicrec_context, DICREC_E_OPTION, dicrec_context_create(&options, &output));
}

static void test_model(void) {
  MAKES_NOTHING(dicrec_model, DICREC_E_ARGUMENT, dicrec_model_open(NULL, "stg", &output));
  MAKES_NOTHING(dicrec_model, DICREC_E_ARGUMENT, dicrec_model_open(context, NULL, &output));
  MAKES_NOTHING(dicrec_model, DICREC_E_NAME, dicrec_model_open(context, "", &output));
  MAKES_NOTHING(dicrec_model, DICREC_E_NAME, dicrec_model_open(context, "%s%n", &output));
  REFUSED(dicrec_model_open(context, "stg", NULL));
  CHECK(dicrec_model_builtin_name(SIZE_MAX) == NULL);
  CHECK(dicrec_model_name(NULL) == NULL && dicrec_model_description(NULL) == NULL);
  CHECK(dicrec_model_channel_count(NULL) == 0);
  CHECK(dicrec_model_channel_name(NULL, 0) == NULL && dicrec_model_channel_name(model, SIZE_MAX) == NULL);
  CHECK(dicrec_model_channel_index(NULL, "Na") == -1 && dicrec_model_channel_index(model, NULL) == -1);
  CHECK(isnan(dicrec_model_reversal_mv(NULL, 0)) && isnan(dicrec_model_reversal_mv(model, SIZE_MAX)));
  CHECK(isnan(dicrec_model_threshold_mv(NULL)));
  REFUSED(dicrec_model_target_range(NULL, 0, numbers));
  REFUSED(dicrec_model_target_range(model, 0, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_model_target_range(model, 2, numbers));
  REFUSED(dicrec_model_conductance_range(NULL, 0, numbers));
  REFUSED(dicrec_model_conductance_range(model, 0, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_model_conductance_range(model, SIZE_MAX, numbers));
  REFUSED(dicrec_model_protocol(NULL, numbers, numbers));
  REFUSED(dicrec_model_protocol(model, NULL, numbers));
  REFUSED(dicrec_model_protocol(model, numbers, NULL));
}

static void test_spikes(void) {
  const double backwards[] = {2, 1}, endless[] = {1, INFINITY}, unknown[] = {NAN};
  const int64_t samples[] = {1, 2, 3};
  const dicrec_spikes_options unset = {0};
  dicrec_spike_statistics statistics = {.struct_size = sizeof statistics};
  dicrec_spike_stationarity stationarity = {.struct_size = sizeof stationarity};
  MAKES_NOTHING(dicrec_spikes, DICREC_E_ARGUMENT, dicrec_spikes_create(NULL, times_ms, 3, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_ARGUMENT, dicrec_spikes_create(context, NULL, 3, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_OPTION, dicrec_spikes_create(context, times_ms, 3, &unset, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_SPIKES, dicrec_spikes_create(context, backwards, 2, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_SPIKES, dicrec_spikes_create(context, endless, 2, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_SPIKES, dicrec_spikes_create(context, unknown, 1, NULL, &output));
  REFUSED(dicrec_spikes_create(context, times_ms, 3, NULL, NULL));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_ARGUMENT,
                dicrec_spikes_create_from_samples(NULL, samples, 3, 1e4, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_ARGUMENT,
                dicrec_spikes_create_from_samples(context, NULL, 3, 1e4, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_RANGE,
                dicrec_spikes_create_from_samples(context, samples, 3, 0, NULL, &output));
  MAKES_NOTHING(dicrec_spikes, DICREC_E_RANGE,
                dicrec_spikes_create_from_samples(context, samples, 3, NAN, NULL, &output));
  REFUSED(dicrec_spikes_create_from_samples(context, samples, 3, 1e4, NULL, NULL));
  CHECK(dicrec_spikes_count(NULL) == 0 && dicrec_spikes_segment_count(NULL) == 0);
  REFUSED(dicrec_spikes_copy_segments(NULL, numbers, NULL, 64));
  ANSWERS(DICREC_E_BUFFER, dicrec_spikes_copy_segments(spikes, numbers, NULL, 0));
  ANSWERS(DICREC_OK, dicrec_spikes_copy_segments(spikes, NULL, NULL, 1));
  REFUSED(dicrec_spikes_copy_times(NULL, numbers, 64));
  REFUSED(dicrec_spikes_copy_times(spikes, NULL, 64));
  ANSWERS(DICREC_E_BUFFER, dicrec_spikes_copy_times(spikes, numbers, 2));
  REFUSED(dicrec_spikes_statistics(NULL, &statistics));
  REFUSED(dicrec_spikes_statistics(spikes, NULL));
  REFUSED(dicrec_spikes_stationarity(NULL, &stationarity));
  REFUSED(dicrec_spikes_stationarity(spikes, NULL));
  REFUSED(dicrec_spikes_distance(NULL, spikes, 0, numbers));
  REFUSED(dicrec_spikes_distance(spikes, NULL, 0, numbers));
  REFUSED(dicrec_spikes_distance(spikes, spikes, 0, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_spikes_distance(spikes, spikes, -1, numbers));
}

static dicrec_status compute(dicrec_context *of, const dicrec_model *model_, const double *g, size_t n, double v,
                             double *out) {
  return dicrec_dic_compute(of, model_, g, n, v, DICREC_DIC_COUNT, out);
}

static dicrec_status sense(dicrec_context *of, const dicrec_model *model_, const double *g, size_t n, double v,
                           double *out) {
  return dicrec_dic_sensitivity(of, model_, g, n, v, 3, out);
}

typedef dicrec_status dic_function(dicrec_context *, const dicrec_model *, const double *, size_t, double, double *);

static void test_dic(void) {
  dic_function *const functions[] = {compute, sense, dicrec_dic_static_current};
  const double none[16] = {0};
  for (size_t i = 0; i < 3; ++i) {
    REFUSED(functions[i](NULL, model, conductances, 1, -50, numbers));
    REFUSED(functions[i](context, NULL, conductances, 1, -50, numbers));
    REFUSED(functions[i](context, model, NULL, 1, -50, numbers));
    REFUSED(functions[i](context, model, conductances, 1, -50, NULL));
    ANSWERS(DICREC_E_RANGE, functions[i](context, model, conductances, 1, NAN, numbers));
    ANSWERS(DICREC_E_RANGE, functions[i](context, model, conductances, 1, 1e9, numbers));
    ANSWERS(DICREC_E_RANGE, functions[i](context, model, none, 1, -50, numbers));
  }
  for (size_t n = 0; n < 6; n += 5) {
    ANSWERS(DICREC_E_RANGE, dicrec_dic_compute(context, model, conductances, 1, -50, n, numbers));
    ANSWERS(DICREC_E_RANGE, dicrec_dic_sensitivity(context, model, conductances, 1, -50, n, numbers));
    MAKES_NOTHING(dicrec_population, DICREC_E_RANGE, dicrec_generate(context, model, target, 1, n, 1, NULL, &output));
  }
  const double upside_down[] = {0, -75};
  REFUSED(dicrec_dic_threshold(NULL, model, conductances, 1, NULL, numbers));
  REFUSED(dicrec_dic_threshold(context, NULL, conductances, 1, NULL, numbers));
  REFUSED(dicrec_dic_threshold(context, model, NULL, 1, NULL, numbers));
  REFUSED(dicrec_dic_threshold(context, model, conductances, 1, NULL, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_dic_threshold(context, model, conductances, 1, upside_down, numbers));
}

static void test_population(void) {
  const double nowhere[] = {NAN, 0};
  MAKES_NOTHING(dicrec_population, DICREC_E_ARGUMENT, dicrec_generate(NULL, model, target, 1, 2, 1, NULL, &output));
  MAKES_NOTHING(dicrec_population, DICREC_E_ARGUMENT, dicrec_generate(context, NULL, target, 1, 2, 1, NULL, &output));
  MAKES_NOTHING(dicrec_population, DICREC_E_ARGUMENT, dicrec_generate(context, model, NULL, 1, 2, 1, NULL, &output));
  MAKES_NOTHING(dicrec_population, DICREC_E_ARGUMENT, dicrec_generate(context, model, target, 2, 2, 3, NULL, &output));
  MAKES_NOTHING(dicrec_population, DICREC_E_RANGE, dicrec_generate(context, model, nowhere, 1, 2, 1, NULL, &output));
  MAKES_NOTHING(dicrec_population, DICREC_E_MEMORY,
                dicrec_generate(context, model, target, 1, 2, SIZE_MAX, NULL, &output));
  REFUSED(dicrec_generate(context, model, target, 1, 2, 1, NULL, NULL));
  CHECK(dicrec_population_member_count(NULL) == 0 && dicrec_population_valid_count(NULL) == 0);
  CHECK(dicrec_population_channel_count(NULL) == 0);
  REFUSED(dicrec_population_status(NULL, 0));
  REFUSED(dicrec_population_status(population, 1));
  REFUSED(dicrec_population_copy_conductances(NULL, DICREC_STAGE_FINAL, numbers, 64));
  REFUSED(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, NULL, 64));
  REFUSED(dicrec_population_copy_conductances(population, DICREC_STAGE_BASE, numbers, 64));
  REFUSED(dicrec_population_copy_conductances(population, 99, numbers, 64));
  ANSWERS(DICREC_E_BUFFER, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, numbers, 1));
  REFUSED(dicrec_population_copy_dics(NULL, DICREC_DIC_COUNT, numbers, 64));
  REFUSED(dicrec_population_copy_streams(NULL, NULL, 64));
  REFUSED(dicrec_population_copy_streams(population, NULL, 64));
  REFUSED(dicrec_population_copy_noise_std(NULL, numbers, 64));
  REFUSED(dicrec_population_copy_noise_std(population, NULL, 64));
  ANSWERS(DICREC_E_BUFFER, dicrec_population_copy_noise_std(population, numbers, 0));
  REFUSED(dicrec_population_copy_dics(population, DICREC_DIC_COUNT, NULL, 64));
  ANSWERS(DICREC_E_BUFFER, dicrec_population_copy_dics(population, DICREC_DIC_COUNT, numbers, 3));
}

/** A row that no neuron can have sinks itself alone. */
static void test_impossible_neuron(void) {
  const double negative[16] = {-1, 1, 1, 1, 1, 1, 1, 1};
  dicrec_simulation *made = NULL;
  ANSWERS(DICREC_W_PARTIAL, dicrec_simulate(context, model, negative, 1, NULL, &made));
  ANSWERS(DICREC_E_RANGE, dicrec_simulation_status(made, 0));
  CHECK(dicrec_simulation_spike_count(made, 0) == 0);
  dicrec_simulation_free(made);
}

static void test_simulation(void) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  MAKES_NOTHING(dicrec_simulation, DICREC_E_ARGUMENT, dicrec_simulate(NULL, model, conductances, 1, NULL, &output));
  MAKES_NOTHING(dicrec_simulation, DICREC_E_ARGUMENT, dicrec_simulate(context, NULL, conductances, 1, NULL, &output));
  MAKES_NOTHING(dicrec_simulation, DICREC_E_ARGUMENT, dicrec_simulate(context, model, NULL, 1, NULL, &output));
  options.t_end_ms = NAN;
  MAKES_NOTHING(dicrec_simulation, DICREC_E_RANGE, dicrec_simulate(context, model, conductances, 1, &options, &output));
  REFUSED(dicrec_simulate(context, model, conductances, 1, NULL, NULL));
  CHECK(dicrec_simulation_member_count(NULL) == 0);
  CHECK(dicrec_simulation_solver(NULL) == DICREC_SOLVER_AUTO);
  REFUSED(dicrec_simulation_status(NULL, 0));
  REFUSED(dicrec_simulation_status(simulation, SIZE_MAX));
  CHECK(dicrec_simulation_spike_count(NULL, 0) == 0 && dicrec_simulation_spike_count(simulation, SIZE_MAX) == 0);
  REFUSED(dicrec_simulation_copy_spikes(NULL, 0, numbers, 64));
  REFUSED(dicrec_simulation_copy_spikes(simulation, 1, numbers, 64));
  CHECK(dicrec_simulation_trace_sample_count(NULL, 0) == 0);
  REFUSED(dicrec_simulation_copy_trace(NULL, 0, numbers, 64));
  REFUSED(dicrec_simulation_copy_trace(simulation, 0, numbers, 64));
}

static void test_estimator(void) {
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  MAKES_NOTHING(dicrec_estimator, DICREC_E_ARGUMENT, dicrec_estimator_create(NULL, model, NULL, &output));
  MAKES_NOTHING(dicrec_estimator, DICREC_E_ARGUMENT, dicrec_estimator_create(context, NULL, NULL, &output));
  REFUSED(dicrec_estimator_create(context, model, NULL, NULL));
  options.weights_path = "";
  MAKES_NOTHING(dicrec_estimator, DICREC_E_FILE, dicrec_estimator_create(context, model, &options, &output));
  options.weights_data = rubbish;
  MAKES_NOTHING(dicrec_estimator, DICREC_E_ARGUMENT, dicrec_estimator_create(context, model, &options, &output));
  char text[4] = "abc";
  CHECK(dicrec_estimator_metadata(NULL, "model", text, sizeof text) == 0);
  CHECK(dicrec_estimator_metadata(estimator, NULL, text, sizeof text) == 0);
  CHECK(dicrec_estimator_metadata(estimator, "model", NULL, 0) == strlen("stg"));
  MAKES_NOTHING(dicrec_posterior, DICREC_E_ARGUMENT, dicrec_estimate(NULL, estimator, spikes, NULL, &output));
  MAKES_NOTHING(dicrec_posterior, DICREC_E_ARGUMENT, dicrec_estimate(context, NULL, spikes, NULL, &output));
  MAKES_NOTHING(dicrec_posterior, DICREC_E_ARGUMENT, dicrec_estimate(context, estimator, NULL, NULL, &output));
  REFUSED(dicrec_estimate(context, estimator, spikes, NULL, NULL));
}

static void test_many(void) {
  const dicrec_spikes *trains[2] = {spikes, NULL};
  dicrec_posterior *made[2] = {rubbish, rubbish};
  dicrec_status statuses[2];
  REFUSED(dicrec_estimate_many(NULL, estimator, trains, 1, NULL, made, statuses));
  REFUSED(dicrec_estimate_many(context, NULL, trains, 1, NULL, made, statuses));
  REFUSED(dicrec_estimate_many(context, estimator, NULL, 1, NULL, made, statuses));
  REFUSED(dicrec_estimate_many(context, estimator, trains, 1, NULL, NULL, statuses));
  REFUSED(dicrec_estimate_many(context, estimator, trains, 2, NULL, made, statuses));
  CHECK(made[0] == NULL && made[1] == NULL);
  ANSWERS(DICREC_OK, dicrec_estimate_many(context, estimator, NULL, 0, NULL, NULL, NULL));
}

static void test_stream(void) {
  const dicrec_posterior *lent = rubbish;
  dicrec_stream *stream = NULL;
  MAKES_NOTHING(dicrec_stream, DICREC_E_ARGUMENT, dicrec_stream_create(NULL, estimator, NULL, &output));
  MAKES_NOTHING(dicrec_stream, DICREC_E_ARGUMENT, dicrec_stream_create(context, NULL, NULL, &output));
  REFUSED(dicrec_stream_create(context, estimator, NULL, NULL));
  ANSWERS(DICREC_OK, dicrec_stream_create(context, estimator, NULL, &stream));
  REFUSED(dicrec_stream_push(NULL, times_ms, 1));
  REFUSED(dicrec_stream_push(stream, NULL, 1));
  REFUSED(dicrec_stream_posterior(NULL, &lent));
  CHECK(lent == NULL);
  REFUSED(dicrec_stream_posterior(stream, NULL));
  CHECK(dicrec_stream_spike_count(NULL) == 0 && dicrec_stream_spike_count(stream) == 0);
  dicrec_stream_reset(NULL);
  dicrec_stream_free(stream);
}

static void test_posterior(void) {
  const double nowhere[] = {NAN, 0};
  REFUSED(dicrec_posterior_moments(NULL, 2, numbers, numbers));
  ANSWERS(DICREC_OK, dicrec_posterior_moments(posterior, 2, NULL, NULL));
  REFUSED(dicrec_posterior_quantile(NULL, 0.5, 2, numbers));
  REFUSED(dicrec_posterior_quantile(posterior, 0.5, 2, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_quantile(posterior, 0, 2, numbers));
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_quantile(posterior, NAN, 2, numbers));
  REFUSED(dicrec_posterior_log_density(NULL, target, 1, 2, numbers));
  REFUSED(dicrec_posterior_log_density(posterior, NULL, 1, 2, numbers));
  REFUSED(dicrec_posterior_log_density(posterior, target, 1, 2, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_log_density(posterior, nowhere, 1, 2, numbers));
  REFUSED(dicrec_posterior_sample(NULL, 1, 1, 2, numbers));
  REFUSED(dicrec_posterior_sample(posterior, 1, 1, 2, NULL));
  ANSWERS(DICREC_OK, dicrec_posterior_sample(posterior, 1, 0, 3, NULL));
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_quantile(posterior, 1, 3, numbers));
  static const size_t columns[] = {0, 4, (size_t)-1};
  for (size_t i = 0; i < 3; ++i) {
    ANSWERS(DICREC_E_RANGE, dicrec_posterior_moments(posterior, columns[i], numbers, NULL));
    ANSWERS(DICREC_E_RANGE, dicrec_posterior_quantile(posterior, 0.5, columns[i], numbers));
    ANSWERS(DICREC_E_RANGE, dicrec_posterior_log_density(posterior, target, 1, columns[i], numbers));
    ANSWERS(DICREC_E_RANGE, dicrec_posterior_sample(posterior, 1, 1, columns[i], numbers));
  }
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_class_probabilities(posterior, 0, numbers));
  ANSWERS(DICREC_E_RANGE, dicrec_posterior_class_probabilities(posterior, 5, numbers));
  REFUSED((dicrec_status)(dicrec_posterior_parameter_name(posterior, 3) == NULL ? DICREC_E_ARGUMENT : DICREC_OK));
  CHECK(isnan(dicrec_posterior_noiseless_probability(NULL)));
  CHECK(dicrec_posterior_activity(NULL) == DICREC_ACTIVITY_SILENT);
  CHECK(!(dicrec_posterior_support(NULL) > 0));
  CHECK(isnan(dicrec_posterior_time_scale(NULL)));
  REFUSED(dicrec_posterior_time_scale_interval(NULL, numbers));
  REFUSED(dicrec_posterior_time_scale_interval(posterior, NULL));
  REFUSED(dicrec_posterior_class_probabilities(NULL, 4, numbers));
  REFUSED(dicrec_posterior_class_probabilities(posterior, 4, NULL));
}

static void test_reconstruction(void) {
  dicrec_spike_statistics found = {.struct_size = sizeof found};
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct(NULL, estimator, spikes, 1, NULL, &output));
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT, dicrec_reconstruct(context, NULL, spikes, 1, NULL, &output));
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct(context, estimator, NULL, 1, NULL, &output));
  REFUSED(dicrec_reconstruct(context, estimator, spikes, 1, NULL, NULL));
  const dicrec_spikes *const trains[] = {spikes};
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct_many(NULL, estimator, trains, 1, 1, NULL, &output));
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct_many(context, NULL, trains, 1, 1, NULL, &output));
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct_many(context, estimator, NULL, 1, 1, NULL, &output));
  REFUSED(dicrec_reconstruct_many(context, estimator, trains, 1, 1, NULL, NULL));
  CHECK(dicrec_reconstruction_status(NULL) == DICREC_E_ARGUMENT && dicrec_reconstruction_error(NULL, NULL, 0) == 0);
  CHECK(dicrec_reconstruction_posterior(NULL) == NULL && dicrec_reconstruction_population(NULL) == NULL);
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  CHECK(dicrec_reconstruction_copy_report(NULL, &report) == DICREC_E_ARGUMENT);
  double kept[8];
  CHECK(dicrec_reconstruction_copy_spread_kept(NULL, kept, 8) == DICREC_E_ARGUMENT);
  CHECK(isnan(dicrec_reconstruction_mismatch(NULL, 0)));
  REFUSED(dicrec_reconstruction_statistics(NULL, 0, &found));
  REFUSED(dicrec_reconstruction_statistics(reconstruction, 0, NULL));
  REFUSED(dicrec_reconstruction_statistics(reconstruction, 0, &found));
  CHECK(dicrec_reconstruction_accepted(NULL, 0) == 0 && dicrec_reconstruction_accepted(reconstruction, 0) == 0);
  CHECK(isnan(dicrec_reconstruction_distance(NULL, 0)) && isnan(dicrec_reconstruction_distance(reconstruction, 0)));
  CHECK(dicrec_reconstruction_spike_count(NULL, 0) == 0);
  CHECK(dicrec_reconstruction_spike_count(reconstruction, SIZE_MAX) == 0);
  REFUSED(dicrec_reconstruction_copy_spikes(NULL, 0, numbers, 64));
  REFUSED(dicrec_reconstruction_copy_spikes(reconstruction, 0, numbers, 64));
}

static void test_remarks(void) {
  const int32_t unknown[] = {0, -1, 3, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; ++i)
    CHECK(dicrec_remark_name(unknown[i]) == NULL && dicrec_remark_text(unknown[i]) == NULL);
  CHECK(dicrec_remark_name(DICREC_REMARK_DRIFT) != NULL && dicrec_remark_text(DICREC_REMARK_DRIFT) != NULL);
}

/** A reconstruction with some options answers `status`, and makes nothing. */
static void refuse_reconstruction(dicrec_status status, int32_t selection, int32_t noise, double noise_std) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.selection = selection;
  options.noise = noise;
  options.noise_std = noise_std;
  MAKES_NOTHING(dicrec_reconstruction, status, dicrec_reconstruct(context, estimator, spikes, 1, &options, &output));
}

static void test_reconstruct_options(void) {
  const int32_t absurd[] = {-1, 2, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; ++i) {
    refuse_reconstruction(DICREC_E_RANGE, absurd[i], DICREC_NOISE_AUTO, 0);
    refuse_reconstruction(DICREC_E_RANGE, DICREC_SELECTION_DIVERSE, absurd[i], 0);
  }
  const double impossible[] = {-1, -INFINITY, INFINITY, NAN, 1e300};
  for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; ++i)
    refuse_reconstruction(DICREC_E_RANGE, 0, DICREC_NOISE_FIXED, impossible[i]);
  refuse_reconstruction(DICREC_E_ARGUMENT, 0, DICREC_NOISE_AUTO, 1);
  dicrec_simulate_options noisy;
  dicrec_simulate_options_init(&noisy, sizeof noisy);
  noisy.noise_std = 1;
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.simulate = &noisy;
  MAKES_NOTHING(dicrec_reconstruction, DICREC_E_ARGUMENT,
                dicrec_reconstruct(context, estimator, spikes, 1, &options, &output));
}

/** A struct longer than this version's, as a newer caller would pass it. */
struct newer_options {
  dicrec_generate_options known;
  uint64_t unknown;
};

static void test_options(void) {
  dicrec_context_options_init(NULL, 100);
  dicrec_spikes_options_init(NULL, 100);
  dicrec_generate_options_init(NULL, 100);
  dicrec_estimator_options_init(NULL, 100);
  dicrec_estimate_options_init(NULL, 100);
  dicrec_simulate_options_init(NULL, 100);
  dicrec_reconstruct_options_init(NULL, 100);

  struct newer_options options;
  memset(&options, 0xff, sizeof options);
  dicrec_generate_options_init(&options.known, 8); /* an older caller: the ninth byte stays */
  CHECK(options.known.struct_size == 8 && options.known.n_threads == 0 && options.known.seed == UINT64_MAX);
  dicrec_generate_options_init(&options.known, 0);
  CHECK(options.known.struct_size == 8);

  memset(&options, 0, sizeof options);
  MAKES_NOTHING(dicrec_population, DICREC_E_OPTION,
                dicrec_generate(context, model, target, 1, 2, 1, &options.known, &output));
  dicrec_generate_options_init(&options.known, sizeof options);
  options.unknown = 1;
  MAKES_NOTHING(dicrec_population, DICREC_E_OPTION,
                dicrec_generate(context, model, target, 1, 2, 1, &options.known, &output));
}

int main(void) {
  set_up();
  free_nothing();
  test_status();
  test_context();
  test_model();
  test_spikes();
  test_dic();
  test_population();
  test_simulation();
  test_impossible_neuron();
  test_estimator();
  test_many();
  test_stream();
  test_posterior();
  test_reconstruction();
  test_remarks();
  test_reconstruct_options();
  test_options();
  tear_down();
  printf("%d wrong answers\n", n_bad);
  return n_bad != 0;
}
