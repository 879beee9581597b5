/* SPDX-License-Identifier: MIT */
/**
 * @file former_client.c
 * A client that was compiled with the structs of former headers, of every size: its calls work, or are refused by a
 * text that names the struct, and nothing is read or written beyond its memory.
 */
#include <dicrec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "former_structs.h"

enum { ROOM = 1024, UNTOUCHED = 0xA5 };

/** A caller's memory, of which a struct is the beginning; what is behind it must stay as it is. */
typedef union memory {
  unsigned char bytes[ROOM];
  former_generate_options generate;
  former_simulate_options simulate;
  former_reconstruct_options reconstruct;
  double aligned;
} memory;

static int n_bad;

static void check(int condition, const char *text, const char *name, size_t size) {
  if (condition) return;
  fprintf(stderr, "%s of %zu bytes: not true: %s\n", name, size, text);
  ++n_bad;
}

static dicrec_context *context;
static dicrec_model *model;
static dicrec_spikes *spikes;
static dicrec_estimator *estimator;
static dicrec_reconstruction *reconstruction;

static const double times_ms[] = {10, 30, 50, 130, 150, 170, 250, 270, 290, 370, 390, 410};
static const double target[] = {-6, 6};
static double conductances[16];

/* What is asked of the library with each kind of options. */

static dicrec_status use_context(const void *options) {
  dicrec_context *made = NULL;
  const dicrec_status status = dicrec_context_create(options, &made);
  dicrec_context_free(made);
  return status;
}

static dicrec_status use_estimator(const void *options) {
  dicrec_estimator *made = NULL;
  const dicrec_status status = dicrec_estimator_create(context, model, options, &made);
  dicrec_estimator_free(made);
  return status;
}

static dicrec_status use_estimate(const void *options) {
  dicrec_posterior *made = NULL;
  const dicrec_status status = dicrec_estimate(context, estimator, spikes, options, &made);
  dicrec_posterior_free(made);
  return status;
}

static dicrec_status use_generate(const void *options) {
  dicrec_population *made = NULL;
  const dicrec_status status = dicrec_generate(context, model, target, 1, 2, 2, options, &made);
  dicrec_population_free(made);
  return status;
}

static dicrec_status use_simulate(const void *options) {
  dicrec_simulation *made = NULL;
  const dicrec_status status = dicrec_simulate(context, model, conductances, 1, options, &made);
  dicrec_simulation_free(made);
  return status;
}

static dicrec_status use_reconstruct(const void *options) {
  dicrec_reconstruction *made = NULL;
  const dicrec_status status = dicrec_reconstruct(context, estimator, spikes, 1, options, &made);
  dicrec_reconstruction_free(made);
  return status;
}

/** One kind of options. */
struct input {
  const char *name;
  size_t former, present; /**< sizes */
  void (*init)(void *options, size_t size);
  dicrec_status (*use)(const void *options);
  int has_text; /**< 0: there is no context yet to keep it */
};

#define INPUT(kind, has_text)                                                                                          \
  {                                                                                                                    \
    "dicrec_" #kind "_options", sizeof(former_##kind##_options), sizeof(dicrec_##kind##_options), init_##kind,         \
        use_##kind, has_text                                                                                           \
  }
#define INIT(kind)                                                                                                     \
  static void init_##kind(void *options, size_t size) { dicrec_##kind##_options_init(options, size); }
INIT(context)
INIT(estimator)
INIT(estimate)
INIT(generate)
INIT(simulate)
INIT(reconstruct)

static const struct input inputs[] = {INPUT(context, 0),  INPUT(estimator, 1), INPUT(estimate, 1),
                                      INPUT(generate, 1), INPUT(simulate, 1),  INPUT(reconstruct, 1)};

static int is_untouched(const memory *caller, size_t from) {
  for (size_t i = from; i < ROOM; ++i)
    if (caller->bytes[i] != UNTOUCHED) return 0;
  return 1;
}

/* Refused as an unknown option, by a text that names the struct. */
static void check_refused(const struct input *input, const void *options, size_t size) {
  char text[512];
  check(input->use(options) == DICREC_E_OPTION, "it is refused", input->name, size);
  dicrec_context_error(context, text, sizeof text);
  check(!input->has_text || strstr(text, input->name) != NULL, "the text names it", input->name, size);
}

/* A size that the library knows, knows the beginning of, or does not know the end of. */
static void try_size(const struct input *input, size_t size) {
  memory caller;
  memset(&caller, UNTOUCHED, sizeof caller);
  input->init(&caller, size);
  check(is_untouched(&caller, size), "nothing is written behind it", input->name, size);
  check(input->use(&caller) >= 0, "it works", input->name, size);
  check(is_untouched(&caller, size), "nothing is written behind it", input->name, size);
  if (size <= input->present) return;
  for (size_t at = input->present; at < size; at += size - input->present - 1) { /* the first and the last byte */
    caller.bytes[at] = 1;
    check_refused(input, &caller, size);
    caller.bytes[at] = 0;
  }
}

static void try_inputs(void) {
  static const uint32_t absurd[] = {0, 1, 4, 7, 12, 65544, UINT32_MAX};
  for (size_t k = 0; k < sizeof inputs / sizeof inputs[0]; ++k) {
    const struct input *input = &inputs[k];
    for (size_t size = 8; size <= input->former + 64; size += 8) try_size(input, size); /* short, exact, long */
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; ++i) {
      memory caller = {{0}};
      memcpy(&caller, &absurd[i], sizeof absurd[i]);
      check_refused(input, &caller, absurd[i]);
    }
  }
}

static dicrec_status fill_statistics(void *output) { return dicrec_spikes_statistics(spikes, output); }

static dicrec_status fill_stationarity(void *output) { return dicrec_spikes_stationarity(spikes, output); }

static dicrec_status fill_report(void *output) { return dicrec_reconstruction_copy_report(reconstruction, output); }

/** One kind of results that the caller has memory for. */
static const struct output {
  const char *name;
  size_t former, present;
  dicrec_status (*fill)(void *output);
} outputs[] = {
    {"dicrec_spike_statistics", sizeof(former_spike_statistics), sizeof(dicrec_spike_statistics), fill_statistics},
    {"dicrec_spike_stationarity", sizeof(former_spike_stationarity), sizeof(dicrec_spike_stationarity),
     fill_stationarity},
    {"dicrec_reconstruction_report", sizeof(former_reconstruction_report), sizeof(dicrec_reconstruction_report),
     fill_report}};

/* Memory that holds rubbish is filled up to the caller's size, or not at all. */
static void try_output(const struct output *output, uint32_t size) {
  memory caller, whole = {{0}};
  const uint32_t present = (uint32_t)output->present, filled = size < present ? size : present;
  const int is_possible = size >= 8 && size % 8 == 0 && size < ROOM;
  memset(&caller, UNTOUCHED, sizeof caller);
  memcpy(&caller, &size, sizeof size);
  memcpy(&whole, &present, sizeof present);
  check(output->fill(&whole) == DICREC_OK, "it is filled", output->name, present);
  check(output->fill(&caller) == (is_possible ? DICREC_OK : DICREC_E_ARGUMENT), "it is filled or refused", output->name,
        size);
  if (!is_possible) {
    check(is_untouched(&caller, sizeof size), "nothing is written", output->name, size);
    return;
  }
  uint32_t written;
  memcpy(&written, &caller, sizeof written);
  check(written == filled, "struct_size tells what was filled", output->name, size);
  check(memcmp(caller.bytes + 4, whole.bytes + 4, filled - 4) == 0, "it holds the same", output->name, size);
  check(is_untouched(&caller, size), "nothing is written behind it", output->name, size);
  for (size_t i = filled; i < size; ++i) check(caller.bytes[i] == 0, "the rest is 0", output->name, size);
}

static void try_outputs(void) {
  static const uint32_t absurd[] = {0, 1, 4, 7, 12, 65544, UINT32_MAX};
  for (size_t k = 0; k < sizeof outputs / sizeof outputs[0]; ++k) {
    for (uint32_t size = 8; size <= outputs[k].former + 64; size += 8) try_output(&outputs[k], size);
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; ++i) try_output(&outputs[k], absurd[i]);
  }
}

/* What a former client sets must mean what it meant. */
static void try_places(void) {
#define IS_IN_PLACE(kind, field)                                                                                       \
  check(offsetof(former_##kind, field) == offsetof(dicrec_##kind, field) &&                                            \
            sizeof(((former_##kind *)0)->field) == sizeof(((dicrec_##kind *)0)->field),                                \
        #field " is where it was", #kind, sizeof(former_##kind));
  FORMER_FIELDS(IS_IN_PLACE)
}

/* `channels` was a pair and is a pointer, which must not be followed where a former client had its pair. */
static void try_channels(void) {
  memory caller = {{0}};
  char text[512];
  dicrec_generate_options_init((void *)&caller, sizeof caller.generate);
  caller.generate.channels[0] = 1;
  caller.generate.channels[1] = 3;
  check(use_generate(&caller) >= 0, "an unused pair does no harm", "channels", sizeof caller.generate);
  caller.generate.has_channels = 1;
  check(use_generate(&caller) == DICREC_E_RANGE, "a pair is refused", "channels", sizeof caller.generate);
  dicrec_context_error(context, text, sizeof text);
  check(strstr(text, "n_channels is 1") != NULL, "by name", "channels", sizeof caller.generate);
}

static dicrec_status set_up(void) {
  dicrec_population *population = NULL;
  dicrec_status status = dicrec_context_create(NULL, &context);
  if (status == DICREC_OK) status = dicrec_model_open(context, "stg", &model);
  if (status == DICREC_OK) status = dicrec_spikes_create(context, times_ms, 12, NULL, &spikes);
  if (status == DICREC_OK) status = dicrec_estimator_create(context, model, NULL, &estimator);
  if (status == DICREC_OK) status = dicrec_generate(context, model, target, 1, 2, 1, NULL, &population);
  if (status == DICREC_OK) status = dicrec_population_copy_conductances(population, 0, conductances, 16);
  if (status == DICREC_OK) status = dicrec_reconstruct(context, estimator, spikes, 1, NULL, &reconstruction);
  dicrec_population_free(population);
  return status;
}

int main(void) {
  const dicrec_status status = set_up();
  if (status < 0) {
    fprintf(stderr, "cannot begin: %s\n", dicrec_status_text(status));
    return EXIT_FAILURE;
  }
  try_places();
  try_inputs();
  try_channels();
  try_outputs();
  dicrec_reconstruction_free(reconstruction), dicrec_estimator_free(estimator), dicrec_spikes_free(spikes);
  dicrec_model_free(model), dicrec_context_free(context);
  return n_bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
