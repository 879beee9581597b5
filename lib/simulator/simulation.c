/* SPDX-License-Identifier: MIT */
/** @file simulation.c Making, reading and freeing simulations. */
#include "simulator/simulation.h"

#include <math.h>
#include <string.h>

#include "core/copy_out.h"
#include "simulator/initial_states.h"

DICREC__DEFINE_RETAIN(simulation)

dicrec_status dicrec__simulation_create(dicrec_context *context, const dicrec_model *model,
                                        const dicrec_simulate_options *o, size_t n_members,
                                        dicrec_simulation **simulation) {
  dicrec_simulation *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a simulation");
  made->allocator = context->allocator;
  made->solver = o->solver;
  made->n_members = n_members;
  made->status = dicrec__allocate(&context->allocator, n_members, sizeof *made->status);
  dicrec_status status =
      dicrec__spike_store_create(&context->allocator, n_members, (size_t)o->max_spikes, &made->spikes);
  const size_t n_states = (size_t)model->n_states;
  made->model = dicrec_model_retain(model);
  made->final_states = dicrec__allocate(&context->allocator, n_members, n_states * sizeof *made->final_states);
  if (made->status == NULL || made->final_states == NULL) status = DICREC_E_MEMORY;
  if (status == DICREC_OK && o->trace_dt_ms != 0.0)
    status = dicrec__trace_store_create(&made->spikes->memory, model, o->trace, n_members, o->trace_dt_ms, o->t_end_ms,
                                        o->max_trace_bytes, &made->traces);
  if (status != DICREC_OK) {
    dicrec_simulation_free(made);
    return dicrec__fail(context, status, "out of memory for the spikes and traces of %zu members", n_members);
  }
  for (size_t i = 0; i < n_members; ++i) made->status[i] = DICREC_E_CANCELLED; /* until it is finished */
  for (size_t i = 0; i < n_members * n_states; ++i) made->final_states[i] = (double)NAN;
  *simulation = made;
  return DICREC_OK;
}

void dicrec_simulation_free(dicrec_simulation *simulation) {
  if (simulation == NULL || !dicrec__owners_leave(&simulation->owners)) return;
  const dicrec__allocator allocator = simulation->allocator;
  dicrec__trace_store_free(simulation->traces); /* before the spikes, whose memory it shares */
  dicrec__spike_store_free(simulation->spikes);
  dicrec__release(&allocator, simulation->status);
  dicrec__release(&allocator, simulation->final_states);
  dicrec_model_free(simulation->model);
  dicrec__release(&allocator, simulation);
}

size_t dicrec_simulation_member_count(const dicrec_simulation *simulation) {
  return simulation == NULL ? 0 : simulation->n_members;
}

int32_t dicrec_simulation_solver(const dicrec_simulation *simulation) {
  return simulation == NULL ? DICREC_SOLVER_AUTO : simulation->solver;
}

dicrec_status dicrec_simulation_status(const dicrec_simulation *simulation, size_t member) {
  return member < dicrec_simulation_member_count(simulation) ? simulation->status[member] : DICREC_E_ARGUMENT;
}

dicrec_status dicrec_simulation_copy_statuses(const dicrec_simulation *simulation, dicrec_status *statuses,
                                              size_t capacity) {
  if (simulation == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(simulation->status, simulation->n_members, sizeof *statuses, statuses, capacity);
}

size_t dicrec_simulation_spike_count(const dicrec_simulation *simulation, size_t member) {
  return member < dicrec_simulation_member_count(simulation) ? simulation->spikes->lists[member].n : 0;
}

dicrec_status dicrec_simulation_copy_spikes(const dicrec_simulation *simulation, size_t member, double *times_ms,
                                            size_t capacity) {
  if (member >= dicrec_simulation_member_count(simulation)) return DICREC_E_ARGUMENT;
  const dicrec__spike_list *list = &simulation->spikes->lists[member];
  return dicrec__copy_out(list->times_ms, list->n, sizeof *times_ms, times_ms, capacity);
}

static dicrec__list spikes_of(const void *simulation, size_t member) {
  const dicrec__spike_list *list = &((const dicrec_simulation *)simulation)->spikes->lists[member];
  return (dicrec__list){list->times_ms, list->n};
}

size_t dicrec_simulation_spike_total(const dicrec_simulation *simulation) {
  return dicrec__lists_total(simulation, dicrec_simulation_member_count(simulation), spikes_of);
}

dicrec_status dicrec_simulation_copy_all_spikes(const dicrec_simulation *simulation, uint64_t *offsets,
                                                size_t offset_capacity, double *times_ms, size_t time_capacity) {
  if (simulation == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_lists(simulation, simulation->n_members, spikes_of, offsets, offset_capacity, times_ms,
                            time_capacity);
}

void dicrec__simulation_keep_final_state(dicrec_simulation *simulation, size_t member, const double *state) {
  const size_t n_states = (size_t)simulation->model->n_states;
  double *kept = simulation->final_states + member * n_states;
  memcpy(kept, state, n_states * sizeof *kept);
  dicrec__state_into_range(simulation->model, kept);
}

dicrec_status dicrec_simulation_copy_final_states(const dicrec_simulation *simulation, double *states,
                                                  size_t capacity) {
  if (simulation == NULL) return DICREC_E_ARGUMENT;
  const size_t n = simulation->n_members * (size_t)simulation->model->n_states;
  return dicrec__copy_out(simulation->final_states, n, sizeof *states, states, capacity);
}

/* The traces, if there are any and the member has one. */
static const dicrec__trace_store *traces_of(const dicrec_simulation *simulation, size_t member) {
  return member < dicrec_simulation_member_count(simulation) ? simulation->traces : NULL;
}

size_t dicrec_simulation_trace_sample_count(const dicrec_simulation *simulation, size_t member) {
  const dicrec__trace_store *traces = traces_of(simulation, member);
  return traces == NULL ? 0 : dicrec__trace_length(traces, member);
}

size_t dicrec_simulation_trace_column_count(const dicrec_simulation *simulation) {
  const dicrec__trace_store *traces = traces_of(simulation, 0);
  return traces == NULL ? 0 : traces->n_columns;
}

size_t dicrec_simulation_trace_column_name(const dicrec_simulation *simulation, size_t column, char *name,
                                           size_t size) {
  const dicrec__trace_store *traces = traces_of(simulation, 0);
  if (name == NULL) size = 0;
  if (traces != NULL) return dicrec__trace_column(traces, column, name, size);
  if (size > 0) name[0] = '\0';
  return 0;
}

dicrec_status dicrec_simulation_copy_trace(const dicrec_simulation *simulation, size_t member, double *values,
                                           size_t capacity) {
  const dicrec__trace_store *traces = traces_of(simulation, member);
  if (traces == NULL) return DICREC_E_ARGUMENT;
  const size_t n = dicrec__trace_length(traces, member) * traces->n_columns;
  const dicrec_status status = dicrec__check_room(n, values, capacity);
  if (status == DICREC_OK) dicrec__trace_copy(traces, member, values);
  return status;
}

dicrec_status dicrec_simulation_copy_trace_times(const dicrec_simulation *simulation, size_t member, double *times_ms,
                                                 size_t capacity) {
  const dicrec__trace_store *traces = traces_of(simulation, member);
  if (traces == NULL) return DICREC_E_ARGUMENT;
  const size_t length = dicrec__trace_length(traces, member);
  if (!traces->on_grid)
    return dicrec__copy_out(traces->traces[member].times_ms, length, sizeof *times_ms, times_ms, capacity);
  const dicrec_status status = dicrec__check_room(length, times_ms, capacity);
  for (size_t i = 0; status == DICREC_OK && i < length; ++i) times_ms[i] = dicrec__trace_grid_time(traces, i);
  return status;
}
