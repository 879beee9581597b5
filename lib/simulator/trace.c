/* SPDX-License-Identifier: MIT */
#include "simulator/trace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dicrec/simulator.h"
#include "simulator/equations.h"

static size_t count_columns(const dicrec_model *model, int32_t kind) {
  if (kind == DICREC_TRACE_STATES) return (size_t)model->n_states;
  return kind == DICREC_TRACE_CURRENTS ? 1 + (size_t)model->table->n_channels : 1;
}

/* Samples on a grid, its ends included; rounding does not lose the last. */
static double count_grid(double dt_ms, double t_end_ms) { return floor(t_end_ms / dt_ms * (1.0 + 1e-12)) + 1.0; }

double dicrec__trace_grid_bytes(const dicrec_model *model, int32_t kind, size_t n_members, double dt_ms,
                                double t_end_ms) {
  return (double)n_members * (double)(count_columns(model, kind) * sizeof(double)) * count_grid(dt_ms, t_end_ms);
}

dicrec_status dicrec__trace_store_create(dicrec__shared_memory *memory, const dicrec_model *model, int32_t kind,
                                         size_t n_members, double dt_ms, double t_end_ms, uint64_t max_bytes,
                                         dicrec__trace_store **store) {
  dicrec__trace_store *made = dicrec__allocate(&memory->allocator, 1, sizeof *made);
  if (made == NULL) return DICREC_E_MEMORY;
  *made = (dicrec__trace_store){.memory = memory,
                                .model = dicrec_model_retain(model),
                                .kind = kind,
                                .n_members = n_members,
                                .n_columns = count_columns(model, kind),
                                .on_grid = dt_ms > 0.0,
                                .dt_ms = dt_ms,
                                .t_end_ms = t_end_ms};
  const uint64_t share = max_bytes / n_members / ((made->n_columns + 1) * sizeof(double)); /* the time is one more */
  made->max_samples = made->on_grid ? (size_t)count_grid(dt_ms, t_end_ms) : share < SIZE_MAX ? (size_t)share : SIZE_MAX;
  made->traces = dicrec__allocate(&memory->allocator, n_members, sizeof *made->traces);
  if (made->traces == NULL) {
    dicrec__trace_store_free(made);
    return DICREC_E_MEMORY;
  }
  *store = made;
  return DICREC_OK;
}

void dicrec__trace_store_free(dicrec__trace_store *store) {
  if (store == NULL) return;
  const dicrec__allocator allocator = store->memory->allocator;
  for (size_t i = 0; store->traces != NULL && i < store->n_members; ++i) {
    dicrec__release(&allocator, store->traces[i].times_ms);
    dicrec__release(&allocator, store->traces[i].values);
  }
  dicrec__release(&allocator, store->traces);
  dicrec_model_free(store->model);
  dicrec__release(&allocator, store);
}

double dicrec__trace_grid_time(const dicrec__trace_store *store, size_t sample) {
  return fmin((double)sample * store->dt_ms, store->t_end_ms);
}

/* Room for one more sample; memory grows with what is recorded, not with what was asked for. */
static bool make_room(dicrec__trace_store *store, dicrec__trace *trace) {
  enum { FIRST = 256 };
  if (trace->n < trace->capacity) return true;
  const size_t n_columns = store->n_columns;
  if (trace->capacity > SIZE_MAX / 4 / sizeof(double) / n_columns) return false;
  const size_t doubled = trace->capacity == 0 ? FIRST : 2 * trace->capacity;
  const size_t capacity = doubled < store->max_samples ? doubled : store->max_samples;
  if (!store->on_grid && !dicrec__grow(store->memory, &trace->times_ms, trace->n, capacity)) return false;
  if (!dicrec__grow(store->memory, &trace->values, trace->n * n_columns, capacity * n_columns)) return false;
  trace->capacity = capacity;
  return true;
}

dicrec_status dicrec__trace_add(dicrec__trace_store *store, size_t member, double t_ms, const double *conductances,
                                const double *state) {
  dicrec__trace *trace = &store->traces[member];
  if (trace->n == store->max_samples) return DICREC_W_LIMIT;
  if (!make_room(store, trace)) return DICREC_E_MEMORY;
  double *sample = trace->values + trace->n * store->n_columns;
  if (!store->on_grid) trace->times_ms[trace->n] = t_ms;
  if (store->kind == DICREC_TRACE_CURRENTS) {
    sample[0] = state[0];
    dicrec__equations_currents(store->model, conductances, state, sample + 1);
  } else {
    memcpy(sample, state, store->n_columns * sizeof *sample); /* V is the first state */
  }
  trace->n += 1;
  return DICREC_OK;
}

size_t dicrec__trace_length(const dicrec__trace_store *store, size_t member) {
  return store->on_grid ? store->max_samples : store->traces[member].n;
}

void dicrec__trace_copy(const dicrec__trace_store *store, size_t member, double *values) {
  const dicrec__trace *trace = &store->traces[member];
  const size_t n_recorded = trace->n * store->n_columns, n = dicrec__trace_length(store, member) * store->n_columns;
  if (n_recorded > 0) memcpy(values, trace->values, n_recorded * sizeof *values);
  for (size_t i = n_recorded; i < n; ++i) values[i] = NAN;
}

size_t dicrec__trace_column(const dicrec__trace_store *store, size_t column, char *name, size_t size) {
  if (column >= store->n_columns) return (size_t)snprintf(name, size, "%s", "");
  if (column == 0 || store->kind == DICREC_TRACE_STATES)
    return dicrec__copy_text(store->model->state_names[column], name, size);
  return (size_t)snprintf(name, size, "I_%s", store->model->table->channels[column - 1].name);
}
