/* SPDX-License-Identifier: MIT */
#include "support/fixture.h"

#include <stdio.h>
#include <stdlib.h>

dicrec_context *context;
dicrec_model *stg, *da;

void fixture_setup(void) {
  ck_assert_int_eq(dicrec_context_create(NULL, &context), DICREC_OK);
  ck_assert_int_eq(dicrec_model_open(context, "stg", &stg), DICREC_OK);
  ck_assert_int_eq(dicrec_model_open(context, "da", &da), DICREC_OK);
}

void fixture_teardown(void) {
  dicrec_model_free(stg);
  dicrec_model_free(da);
  dicrec_context_free(context);
  context = NULL;
}

const char *error_text(void) {
  static char text[512];
  dicrec_context_error(context, text, sizeof text);
  return text;
}

double *make_neurons(const dicrec_model *model, double g_s, double g_u, size_t n, uint64_t seed) {
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.seed = seed;
  const double target[2] = {g_s, g_u};
  const size_t size = n * dicrec_model_channel_count(model);
  double *g = malloc(size * sizeof *g);
  dicrec_population *population;
  answers(dicrec_generate(context, model, target, 1, 2, n, &options, &population), DICREC_OK);
  answers(dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, g, size), DICREC_OK);
  dicrec_population_free(population);
  return g;
}

dicrec_estimator *make_estimator(const dicrec_model *model, const made_weights *weights) {
  size_t size;
  unsigned char *bytes = made_bytes(weights, dicrec_model_name(model), &size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = bytes;
  options.weights_size = size;
  dicrec_estimator *estimator;
  answers(dicrec_estimator_create(context, model, &options, &estimator), DICREC_OK);
  free(bytes);
  return estimator;
}

dicrec_reconstruction_report report_of(const dicrec_reconstruction *made) {
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  answers(dicrec_reconstruction_copy_report(made, &report), DICREC_OK);
  return report;
}

static void *counted_allocate(void *user, size_t size) {
  counted_memory *memory = user;
  memory->n_requests += 1;
  if (size > memory->largest) memory->largest = size;
  if (memory->limit > 0 && size > memory->limit) return NULL;
  memory->n_blocks += 1;
  return malloc(size);
}

static void counted_release(void *user, void *pointer) {
  counted_memory *memory = user;
  memory->n_blocks -= 1;
  free(pointer);
}

dicrec_context *make_counted_context(counted_memory *memory) {
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.allocate = counted_allocate;
  options.release = counted_release;
  options.allocator_user = memory;
  dicrec_context *made;
  ck_assert_int_eq(dicrec_context_create(&options, &made), DICREC_OK);
  return made;
}

int32_t cancel_after(void *user, int64_t done, int64_t total) {
  int *left = user;
  ck_assert_int_le(done, total);
  return --*left <= 0;
}

dicrec_context *make_cancelling_context(int *n_calls) {
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.progress = cancel_after;
  options.progress_user = n_calls;
  dicrec_context *made;
  ck_assert_int_eq(dicrec_context_create(&options, &made), DICREC_OK);
  return made;
}

void report_worst(const char *what, double worst, double allowed) {
  printf("%-70s worst %.2e, allowed %.2e\n", what, worst, allowed);
  fflush(stdout);
}

double difference(double (*f)(void *user, double x), void *user, double x, double step) {
  static const double weights[4] = {4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0};
  double sum = 0.0;
  for (int k = 1; k <= 4; ++k) sum += weights[k - 1] * (f(user, x + k * step) - f(user, x - k * step));
  return sum / step;
}

dicrec_simulate_options simulate_until(int32_t solver, double t_end) {
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.solver = solver;
  options.t_end_ms = t_end;
  return options;
}
