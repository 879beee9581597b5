/* SPDX-License-Identifier: MIT */
/**
 * @file network_outputs.c
 * What the networks of the built-in weights of a model say, number by number, before anything is made of it.
 *
 * Usage: network-outputs MODEL < INPUT > OUTPUT. Both are doubles. Input: the number of trains; of each the number of
 * spikes, and their times in ms; the number of conductance sets; of each the conductances, DICs, noise and duration.
 * Output: of each train the code, the head's numbers, the logits of the classes and the laws of the coordinates of a
 * base draw; of each set the logarithms of the classes' probabilities, the means, and the logarithms of the scales.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicrec/context.h"
#include "dicrec/model.h"
#include "estimator/estimator.h"
#include "models/model.h"

static void demand(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "network-outputs: %s\n", what);
  exit(1);
}

static void read_numbers(double *numbers, size_t n) {
  demand(fread(numbers, sizeof *numbers, n, stdin) == n, "the input ends early");
}

static size_t read_count(void) {
  double count;
  read_numbers(&count, 1);
  return (size_t)count;
}

static void write_number(double number) { demand(fwrite(&number, sizeof number, 1, stdout) == 1, "cannot write"); }

static void write_floats(const float *numbers, size_t n) {
  for (size_t i = 0; i < n; ++i) write_number((double)numbers[i]);
}

/* The laws of the coordinates of a base draw, given one member's DICs, noise and coordinates, whatever the train. */
static void answer_flow(const dicrec__flow *flow, const float *code) {
  static const float given[DICREC__N_GIVEN + DICREC__MAX_CHANNELS] = {0.25F, -0.5F, 1.0F, 0.125F,
                                                                      0.5F,  -0.5F, 1.0F, -1.0F};
  const size_t n_code = (size_t)flow->n_code;
  float *row = calloc(n_code + sizeof given / sizeof given[0], sizeof *row);
  demand(row != NULL, "no memory");
  memcpy(row, code, n_code * sizeof *row);
  memcpy(row + n_code, given, sizeof given);
  for (int k = 0; k < flow->n_coordinates; ++k) {
    const size_t n_hidden = (size_t)flow->layers[k][0].n_out, n_out = (size_t)flow->layers[k][2].n_out;
    float *work = calloc(2 * n_hidden + n_out, sizeof *work);
    demand(work != NULL, "no memory");
    dicrec__flow_law(flow, k, row, 1, work, work + n_hidden, work + 2 * n_hidden);
    write_floats(work + 2 * n_hidden, n_out);
    free(work);
  }
  free(row);
}

static void answer_train(const dicrec_estimator *estimator, dicrec__scratch *scratch) {
  const dicrec__reader *reader = &estimator->reader;
  const dicrec__network *network = &reader->network;
  const size_t n = read_count();
  double *times = calloc(n, sizeof *times);
  demand(times != NULL && n >= 3, "a train needs memory and three spikes");
  read_numbers(times, n);
  scratch->views[0] = (dicrec__view){.train = dicrec__train_of(times, n), .time_scale = 1.0};
  dicrec__scratch_features(reader, scratch, 1);
  dicrec__scratch_support(reader, scratch, 1);
  dicrec__scratch_heads(reader, scratch, 1);
  write_floats(scratch->code, network->n_code);
  write_floats(scratch->head, DICREC__HEAD_PER_PART * network->n_components);
  write_floats(scratch->classes, DICREC__N_CLASSES);
  answer_flow(&estimator->flow, scratch->code);
  free(times);
}

static void answer_trains(dicrec_context *context, const dicrec_estimator *estimator) {
  dicrec__scratch scratch;
  demand(dicrec__scratch_create(context, &estimator->reader, 1, &scratch) == DICREC_OK, "no memory");
  for (size_t left = read_count(); left > 0; --left) answer_train(estimator, &scratch);
  dicrec__scratch_free(&context->allocator, &scratch);
}

static void answer_set(dicrec_context *context, const dicrec__forward *forward) {
  double conductances[DICREC__MAX_CHANNELS], dics[DICREC_DIC_COUNT] = {0}, noise_std, duration_ms;
  dicrec__prediction found;
  read_numbers(conductances, (size_t)forward->n_channels);
  read_numbers(dics, 3); /* g_f, g_s, g_u */
  read_numbers(&noise_std, 1);
  read_numbers(&duration_ms, 1);
  const dicrec__forward_neurons neuron = {1, conductances, dics, &noise_std, duration_ms};
  demand(dicrec__forward_predict(context, forward, &neuron, &found) == DICREC_OK, "no memory");
  for (int k = 0; k < DICREC__FORWARD_CLASSES; ++k) write_number(log(fmax(found.activity[k], DBL_MIN)));
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) write_number(found.mean[k]);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) write_number(log(found.spread[k]));
}

int main(int argc, char **argv) {
  dicrec_context *context;
  dicrec_model *model;
  dicrec_estimator *estimator;
  demand(argc == 2, "usage: network-outputs MODEL");
  demand(dicrec_context_create(NULL, &context) == DICREC_OK, "no context");
  demand(dicrec_model_open(context, argv[1], &model) == DICREC_OK, "no such model");
  demand(dicrec_estimator_create(context, model, NULL, &estimator) == DICREC_OK, "no estimator");
  answer_trains(context, estimator);
  for (size_t left = read_count(); left > 0; --left) answer_set(context, &estimator->forward);
  dicrec_estimator_free(estimator);
  dicrec_model_free(model);
  dicrec_context_free(context);
  return 0;
}
