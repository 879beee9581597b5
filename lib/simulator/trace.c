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

/* The whole grid at once, so that a request that cannot be paid for fails before anything is computed. */
static bool allocate_grid(dicrec__trace_store *store) {
  const double length = floor(store->t_end_ms / store->dt_ms * (1.0 + 1e-12)) + 1.0;
  if (!(length < 1e15)) return false;
  store->grid_length = (size_t)length;
  if (store->n_members > SIZE_MAX / sizeof(double) / store->n_columns / store->grid_length) return false;
  const size_t size = store->n_columns * store->grid_length;
  store->grid = dicrec__allocate(&store->memory->allocator, store->n_members * size, sizeof *store->grid);
  if (store->grid == NULL) return false;
  for (size_t i = 0; i < store->n_members * size; ++i) store->grid[i] = NAN;
  for (size_t i = 0; i < store->n_members; ++i)
    store->traces[i] = (dicrec__trace){.values = store->grid + i * size, .capacity = store->grid_length};
  return true;
}

dicrec_status dicrec__trace_store_create(dicrec__shared_memory *memory, const dicrec_model *model, int32_t kind,
                                         size_t n_members, double dt_ms, double t_end_ms, dicrec__trace_store **store) {
  dicrec__trace_store *made = dicrec__allocate(&memory->allocator, 1, sizeof *made);
  if (made == NULL) return DICREC_E_MEMORY;
  *made = (dicrec__trace_store){.memory = memory,
                                .model = dicrec__model_retain(model),
                                .kind = kind,
                                .n_members = n_members,
                                .n_columns = count_columns(model, kind),
                                .dt_ms = dt_ms > 0.0 ? dt_ms : 0.0,
                                .t_end_ms = t_end_ms};
  made->traces = dicrec__allocate(&memory->allocator, n_members, sizeof *made->traces);
  if (made->traces == NULL || (made->dt_ms > 0.0 && !allocate_grid(made))) {
    dicrec__trace_store_free(made);
    return DICREC_E_MEMORY;
  }
  *store = made;
  return DICREC_OK;
}

void dicrec__trace_store_free(dicrec__trace_store *store) {
  if (store == NULL) return;
  const dicrec__allocator allocator = store->memory->allocator;
  for (size_t i = 0; store->traces != NULL && store->grid == NULL && i < store->n_members; ++i) {
    dicrec__release(&allocator, store->traces[i].times_ms);
    dicrec__release(&allocator, store->traces[i].values);
  }
  dicrec__release(&allocator, store->traces);
  dicrec__release(&allocator, store->grid);
  dicrec_model_free(store->model);
  dicrec__release(&allocator, store);
}

double dicrec__trace_grid_time(const dicrec__trace_store *store, size_t sample) {
  return fmin((double)sample * store->dt_ms, store->t_end_ms);
}

static bool make_room(dicrec__trace_store *store, dicrec__trace *trace) {
  if (trace->n < trace->capacity) return true;
  const size_t capacity = trace->capacity == 0 ? 256 : 2 * trace->capacity, n_columns = store->n_columns;
  if (capacity > SIZE_MAX / 2 / sizeof(double) / n_columns) return false;
  if (!dicrec__grow(store->memory, &trace->times_ms, trace->n, capacity) ||
      !dicrec__grow(store->memory, &trace->values, trace->n * n_columns, capacity * n_columns))
    return false;
  trace->capacity = capacity;
  return true;
}

dicrec_status dicrec__trace_add(dicrec__trace_store *store, size_t member, double t_ms, const double *conductances,
                                const double *state) {
  dicrec__trace *trace = &store->traces[member];
  if (store->grid == NULL && !make_room(store, trace)) return DICREC_E_MEMORY;
  if (trace->n == trace->capacity) return DICREC_OK; /* the grid is full */
  double *sample = trace->values + trace->n * store->n_columns;
  if (trace->times_ms != NULL) trace->times_ms[trace->n] = t_ms;
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
  return store->grid != NULL ? store->grid_length : store->traces[member].n;
}

/* Letter and channel of a state that is neither V nor calcium. */
static size_t name_state(const dicrec_model *model, int state, char *name, size_t size) {
  const dicrec__channel *channels = model->table->channels;
  for (int c = 0; c < model->table->n_channels; ++c) {
    const char *letters = channels[c].has_scheme ? "oi" : "mh";
    const int index[2] = {model->states[c].activation, model->states[c].inactivation};
    for (int k = 0; k < 2; ++k)
      if (index[k] == state) return (size_t)snprintf(name, size, "%c_%s", letters[k], channels[c].name);
  }
  return (size_t)snprintf(name, size, "Ca");
}

size_t dicrec__trace_column(const dicrec__trace_store *store, size_t column, char *name, size_t size) {
  if (column >= store->n_columns) return (size_t)snprintf(name, size, "%s", "");
  if (column == 0) return (size_t)snprintf(name, size, "V");
  if (store->kind == DICREC_TRACE_STATES) return name_state(store->model, (int)column, name, size);
  return (size_t)snprintf(name, size, "I_%s", store->model->table->channels[column - 1].name);
}
