/* SPDX-License-Identifier: MIT */
/**
 * @file script_commands.c
 * The commands of a script: what the library is asked for, and what of its results is answered.
 */
#include <stdio.h>
#include <string.h>

#include "script_answers.h"
#include "script_objects.h"

static void estimate(script_objects *objects) {
  static const char *const arguments[] = {"model", NULL};
  if (!script_objects_set_options(objects, "estimate", arguments, 0) || !script_objects_read_spikes(objects)) return;
  if (script_objects_accept(objects, dicrec_estimate(objects->context, objects->estimator, objects->spikes,
                                                     &objects->options.estimate, &objects->posterior)))
    answer_posterior(objects->call, objects->posterior);
}

static void reconstruct(script_objects *objects) {
  static const char *const arguments[] = {"model", "n", NULL};
  const size_t n = script_count(objects->call, "n");
  if (!script_objects_set_options(objects, "reconstruct", arguments, 0) || !script_objects_read_spikes(objects)) return;
  if (!script_objects_accept(objects, dicrec_reconstruct(objects->context, objects->estimator, objects->spikes, n,
                                                         &objects->options.reconstruct, &objects->reconstruction)))
    return;
  answer_population(objects->call, objects->model, dicrec_reconstruction_population(objects->reconstruction));
  answer_reconstruction(objects->call, objects->reconstruction);
}

static void generate(script_objects *objects) {
  static const char *const arguments[] = {"model", "n", NULL};
  script_call *call = objects->call;
  const size_t n_columns = dicrec_model_target_count(objects->model), n = script_count(call, "n");
  const size_t n_targets = script_rows(call, "target", n_columns);
  if (!script_objects_set_options(objects, "generate", arguments, 0)) return;
  if (script_objects_accept(objects, dicrec_generate(objects->context, objects->model, call->data.numbers, n_targets,
                                                     n_columns, n, &objects->options.generate, &objects->population)))
    answer_population(call, objects->model, objects->population);
}

static void simulate(script_objects *objects) {
  static const char *const arguments[] = {"model", NULL};
  script_call *call = objects->call;
  const size_t n = script_rows(call, "conductances", dicrec_model_channel_count(objects->model));
  if (!script_objects_set_options(objects, "simulate", arguments, n)) return;
  if (script_objects_accept(objects, dicrec_simulate(objects->context, objects->model, call->data.numbers, n,
                                                     &objects->options.simulate, &objects->simulation)))
    answer_simulation(call, objects->simulation);
}

static void dics(script_objects *objects) {
  static const char *const arguments[] = {"model", "v_mv", NULL};
  script_call *call = objects->call;
  const size_t n = script_rows(call, "conductances", dicrec_model_channel_count(objects->model));
  const double v_mv = script_number(call, "v_mv", dicrec_model_threshold_mv(objects->model));
  if (!script_objects_set_options(objects, "", arguments, 0)) return;
  answer_value *value = answer_dics(call, n);
  if (value->numbers != NULL)
    script_objects_accept(objects, dicrec_dic_compute(objects->context, objects->model, call->data.numbers, n, v_mv,
                                                      value->columns, value->numbers));
}

static void threshold(script_objects *objects) {
  static const char *const arguments[] = {"model", NULL};
  script_call *call = objects->call;
  const size_t n = script_rows(call, "conductances", dicrec_model_channel_count(objects->model));
  if (!script_objects_set_options(objects, "", arguments, 0)) return;
  answer_value *value = answer_numbers(call, "threshold_mv", n, 0);
  if (value->numbers != NULL)
    script_objects_accept(
        objects, dicrec_dic_threshold(objects->context, objects->model, call->data.numbers, n, NULL, value->numbers));
}

static const struct {
  const char *name;
  void (*run)(script_objects *objects);
} COMMANDS[] = {{"estimate", estimate}, {"reconstruct", reconstruct}, {"generate", generate}, {"simulate", simulate},
                {"dics", dics},         {"threshold", threshold}};

enum { N_COMMANDS = sizeof COMMANDS / sizeof *COMMANDS };

static void fail_unknown(script_call *call) {
  char names[256] = "";
  for (size_t i = 0; i < N_COMMANDS; ++i) {
    strncat(names, i > 0 ? ", " : "", sizeof names - strlen(names) - 1);
    strncat(names, COMMANDS[i].name, sizeof names - strlen(names) - 1);
  }
  script_call_fail(call, DICREC_E_NAME, "there is no command '%.100s', but %s", call->command, names);
}

void script_call_run(script_call *call) {
  size_t chosen = 0;
  while (chosen < N_COMMANDS && strcmp(COMMANDS[chosen].name, call->command) != 0) ++chosen;
  if (chosen == N_COMMANDS) {
    fail_unknown(call);
    return;
  }
  script_objects objects = {0};
  script_objects_open(&objects, call);
  if (call->status >= 0) COMMANDS[chosen].run(&objects);
  script_objects_free(&objects);
}
