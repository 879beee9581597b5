/* SPDX-License-Identifier: MIT */
/** @file population.c Populations as objects: making, reading and freeing them. */
#include "population/population.h"

#include <math.h>
#include <string.h>

#include "core/copy_out.h"
#include "dicrec/dic.h"

dicrec_status dicrec__population_create(dicrec_context *context, const dicrec_model *model, size_t n_members,
                                        bool with_stages, dicrec_population **population) {
  const dicrec__allocator *allocator = &context->allocator;
  const size_t n_channels = (size_t)model->table->n_channels;
  dicrec_population *made = dicrec__allocate(allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a population");
  made->allocator = *allocator;
  made->model = dicrec_model_retain(model);
  made->n_members = n_members;
  made->n_channels = n_channels;
  made->time_scale = 1.0;
  made->conductances = dicrec__allocate(allocator, n_members, n_channels * sizeof(double));
  made->dics = dicrec__allocate(allocator, n_members, DICREC_DIC_COUNT * sizeof(double));
  made->streams = dicrec__allocate(allocator, n_members, sizeof *made->streams);
  made->noise_std = dicrec__allocate(allocator, n_members, sizeof *made->noise_std);
  made->status = dicrec__allocate(allocator, n_members, sizeof *made->status);
  if (with_stages) {
    made->base = dicrec__allocate(allocator, n_members, n_channels * sizeof(double));
    made->spiking = dicrec__allocate(allocator, n_members, n_channels * sizeof(double));
  }
  const bool has_rows = made->conductances != NULL && made->dics != NULL && made->streams != NULL &&
                        made->noise_std != NULL && made->status != NULL;
  if (!has_rows || (with_stages && (made->base == NULL || made->spiking == NULL))) {
    dicrec_population_free(made);
    return dicrec__fail(context, DICREC_E_MEMORY, "out of memory for %zu members", n_members);
  }
  *population = made;
  return DICREC_OK;
}

static void fill_nan(double *rows, size_t member, size_t width) {
  for (size_t i = 0; rows != NULL && i < width; ++i) rows[member * width + i] = NAN;
}

void dicrec__population_fail_member(dicrec_population *population, size_t member, dicrec_status status) {
  fill_nan(population->conductances, member, population->n_channels);
  fill_nan(population->base, member, population->n_channels);
  fill_nan(population->spiking, member, population->n_channels);
  fill_nan(population->dics, member, DICREC_DIC_COUNT);
  population->status[member] = status;
}

DICREC__DEFINE_RETAIN(population)

void dicrec_population_free(dicrec_population *population) {
  if (population == NULL || !dicrec__owners_leave(&population->owners)) return;
  const dicrec__allocator allocator = population->allocator;
  dicrec_model_free(population->model);
  dicrec__release(&allocator, population->conductances);
  dicrec__release(&allocator, population->base);
  dicrec__release(&allocator, population->spiking);
  dicrec__release(&allocator, population->dics);
  dicrec__release(&allocator, population->streams);
  dicrec__release(&allocator, population->noise_std);
  dicrec__release(&allocator, population->status);
  dicrec__release(&allocator, population);
}

size_t dicrec_population_member_count(const dicrec_population *population) {
  return population == NULL ? 0 : population->n_members;
}

size_t dicrec_population_valid_count(const dicrec_population *population) {
  size_t n_valid = 0;
  for (size_t i = 0; i < dicrec_population_member_count(population); ++i) n_valid += population->status[i] == DICREC_OK;
  return n_valid;
}

size_t dicrec_population_channel_count(const dicrec_population *population) {
  return population == NULL ? 0 : population->n_channels;
}

dicrec_status dicrec_population_status(const dicrec_population *population, size_t member) {
  return member < dicrec_population_member_count(population) ? population->status[member] : DICREC_E_ARGUMENT;
}

dicrec_status dicrec_population_copy_statuses(const dicrec_population *population, dicrec_status *statuses,
                                              size_t capacity) {
  if (population == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(population->status, population->n_members, sizeof *statuses, statuses, capacity);
}

dicrec_status dicrec_population_copy_conductances(const dicrec_population *population, int32_t stage,
                                                  double *conductances, size_t capacity) {
  if (population == NULL) return DICREC_E_ARGUMENT;
  const double *from = stage == DICREC_STAGE_FINAL     ? population->conductances
                       : stage == DICREC_STAGE_BASE    ? population->base
                       : stage == DICREC_STAGE_SPIKING ? population->spiking
                                                       : NULL;
  return dicrec__copy_out(from, population->n_members * population->n_channels, sizeof *from, conductances, capacity);
}

const dicrec_model *dicrec_population_model(const dicrec_population *population) {
  return population == NULL ? NULL : population->model;
}

dicrec_status dicrec_population_copy_dics(const dicrec_population *population, size_t n_columns, double *dics,
                                          size_t capacity) {
  if (population == NULL || dics == NULL) return DICREC_E_ARGUMENT;
  if (n_columns < 1 || n_columns > DICREC_DIC_COUNT) return DICREC_E_RANGE;
  if (capacity / n_columns < population->n_members) return DICREC_E_BUFFER;
  for (size_t i = 0; i < population->n_members; ++i)
    memcpy(dics + i * n_columns, population->dics + i * DICREC_DIC_COUNT, n_columns * sizeof *dics);
  return DICREC_OK;
}

dicrec_status dicrec_population_copy_streams(const dicrec_population *population, uint64_t *streams, size_t capacity) {
  if (population == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(population->streams, population->n_members, sizeof *streams, streams, capacity);
}

dicrec_status dicrec_population_copy_noise_std(const dicrec_population *population, double *noise_std,
                                               size_t capacity) {
  if (population == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(population->noise_std, population->n_members, sizeof *noise_std, noise_std, capacity);
}

double dicrec_population_time_scale(const dicrec_population *population) {
  return population == NULL ? (double)NAN : population->time_scale;
}
