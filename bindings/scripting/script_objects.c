/* SPDX-License-Identifier: MIT */
/**
 * @file script_objects.c
 * Makes the objects of the library that a call needs.
 */
#include "script_objects.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int script_objects_accept(script_objects *objects, dicrec_status status) {
  script_call *call = objects->call;
  const int is_first = call->status == DICREC_OK || (call->status > 0 && status < 0);
  if (is_first && status != DICREC_OK && objects->context != NULL)
    dicrec_context_error(objects->context, call->problem.text, sizeof call->problem.text);
  if (is_first && status != DICREC_OK && call->problem.text[0] == '\0')
    snprintf(call->problem.text, sizeof call->problem.text, "%s", dicrec_status_text(status));
  return script_call_accept(call, status);
}

const script_value *script_argument(const script_call *call, const char *name) {
  for (size_t i = 0; i < call->n_options; ++i)
    if (strcmp(call->options[i].name, name) == 0) return &call->options[i].value;
  return NULL;
}

double script_number(script_call *call, const char *name, double otherwise) {
  const script_value *value = script_argument(call, name);
  if (value == NULL) return otherwise;
  if (value->text == NULL && value->rows * value->columns == 1) return value->numbers[0];
  script_call_fail(call, DICREC_E_ARGUMENT, "%s: a number is expected", name);
  return otherwise;
}

size_t script_count(script_call *call, const char *name) {
  const double number = script_number(call, name, NAN);
  if (!isnan(number) && number >= 1 && number < 1e15 && number == floor(number)) return (size_t)number;
  script_call_fail(call, DICREC_E_ARGUMENT, "%s: a whole number, 1 or above, is expected", name);
  return 0;
}

size_t script_rows(script_call *call, const char *what, size_t columns) {
  const script_value *data = &call->data;
  const int is_vector = data->rows == 1 || data->columns == 1;
  if (data->text == NULL && is_vector && data->rows * data->columns == columns) return 1;
  if (data->text == NULL && data->rows > 0 && data->columns == columns) return data->rows;
  script_call_fail(call, DICREC_E_ARGUMENT, "%s: %zu by %zu numbers, %zu columns are expected", what, data->rows,
                   data->columns, columns);
  return 0;
}

static void fill_defaults(script_options *options) {
  dicrec_spikes_options_init(&options->spikes, sizeof options->spikes);
  dicrec_estimator_options_init(&options->estimator, sizeof options->estimator);
  dicrec_estimate_options_init(&options->estimate, sizeof options->estimate);
  dicrec_generate_options_init(&options->generate, sizeof options->generate);
  dicrec_simulate_options_init(&options->simulate, sizeof options->simulate);
  dicrec_reconstruct_options_init(&options->reconstruct, sizeof options->reconstruct);
  options->reconstruct.estimate = &options->estimate;
  options->reconstruct.generate = &options->generate;
  options->reconstruct.simulate = &options->simulate;
}

void script_objects_open(script_objects *objects, script_call *call) {
  dicrec_context_options settings;
  objects->call = call;
  fill_defaults(&objects->options);
  dicrec_context_options_init(&settings, sizeof settings);
  settings.progress = call->interrupted;
  if (!script_objects_accept(objects, dicrec_context_create(&settings, &objects->context))) return;
  const script_value *name = script_argument(call, "model");
  if (name == NULL || name->text == NULL) {
    script_call_fail(call, DICREC_E_ARGUMENT, "model: the name of a model is expected");
    return;
  }
  script_objects_accept(objects, dicrec_model_open(objects->context, name->text, &objects->model));
}

void script_objects_free(script_objects *objects) {
  dicrec_reconstruction_free(objects->reconstruction);
  dicrec_simulation_free(objects->simulation);
  dicrec_population_free(objects->population);
  dicrec_posterior_free(objects->posterior);
  dicrec_spikes_free(objects->spikes);
  dicrec_estimator_free(objects->estimator);
  dicrec_model_free(objects->model);
  dicrec_context_free(objects->context);
}

/* The options of a part; NULL for an unknown one. */
static void *part_of(script_options *options, const char *name) {
  const struct {
    const char *name;
    void *options;
  } parts[] = {{"spikes", &options->spikes},     {"estimator", &options->estimator},
               {"estimate", &options->estimate}, {"generate", &options->generate},
               {"simulate", &options->simulate}, {"reconstruct", &options->reconstruct}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i)
    if (strcmp(parts[i].name, name) == 0) return parts[i].options;
  return NULL;
}

static dicrec_status set_option(script_objects *objects, const char *own, const script_option *option,
                                size_t n_members) {
  script_call *call = objects->call;
  const char *point = strchr(option->name, '.'), *name = point == NULL ? option->name : point + 1;
  char part[32], table[64];
  snprintf(part, sizeof part, "%.*s", point == NULL ? 31 : (int)(point - option->name),
           point == NULL ? own : option->name);
  snprintf(table, sizeof table, "%s_options", part);
  void *options = part_of(&objects->options, part);
  const named_field *fields = named_fields_of(table);
  if (options == NULL || fields == NULL) {
    snprintf(call->problem.text, sizeof call->problem.text, "there is no option '%.100s' of %s", option->name,
             call->command);
    return DICREC_E_NAME;
  }
  return named_field_set(fields, options, name, &option->value, strcmp(own, "simulate") == 0 ? n_members : 0,
                         &call->memory, &call->problem);
}

static int is_among(const char *name, const char *const *names) {
  for (; *names != NULL; ++names)
    if (strcmp(*names, name) == 0) return 1;
  return 0;
}

int script_objects_set_options(script_objects *objects, const char *own, const char *const *arguments,
                               size_t n_members) {
  script_call *call = objects->call;
  for (size_t i = 0; call->status >= 0 && i < call->n_options; ++i)
    if (!is_among(call->options[i].name, arguments))
      script_call_accept(call, set_option(objects, own, &call->options[i], n_members));
  return call->status >= 0;
}

int script_objects_read_spikes(script_objects *objects) {
  script_call *call = objects->call;
  const script_value *times = &call->data;
  const size_t n = times->rows * times->columns;
  if (times->text != NULL || (n > 0 && times->rows != 1 && times->columns != 1)) {
    script_call_fail(call, DICREC_E_ARGUMENT, "times: a vector of spike times is expected");
    return 0;
  }
  return script_objects_accept(objects, dicrec_spikes_create(objects->context, times->numbers, n,
                                                             &objects->options.spikes, &objects->spikes)) &&
         script_objects_accept(objects, dicrec_estimator_create(objects->context, objects->model,
                                                                &objects->options.estimator, &objects->estimator));
}
