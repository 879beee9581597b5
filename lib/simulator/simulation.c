/* SPDX-License-Identifier: MIT */
/** @file simulation.c Reading and freeing simulations. */
#include "simulator/simulation.h"

#include <string.h>

void dicrec_simulation_free(dicrec_simulation *simulation) {
  if (simulation == NULL) return;
  const dicrec__allocator allocator = simulation->allocator;
  dicrec__spike_store_free(simulation->spikes);
  dicrec__release(&allocator, simulation->status);
  dicrec__release(&allocator, simulation->traces);
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

size_t dicrec_simulation_spike_count(const dicrec_simulation *simulation, size_t member) {
  return member < dicrec_simulation_member_count(simulation) ? simulation->spikes->lists[member].n : 0;
}

dicrec_status dicrec_simulation_copy_spikes(const dicrec_simulation *simulation, size_t member, double *times_ms,
                                            size_t capacity) {
  if (member >= dicrec_simulation_member_count(simulation)) return DICREC_E_ARGUMENT;
  const dicrec__spike_list *list = &simulation->spikes->lists[member];
  if (capacity < list->n) return DICREC_E_BUFFER;
  if (list->n == 0) return DICREC_OK;
  if (times_ms == NULL) return DICREC_E_ARGUMENT;
  memcpy(times_ms, list->times_ms, list->n * sizeof *times_ms);
  return DICREC_OK;
}

size_t dicrec_simulation_trace_length(const dicrec_simulation *simulation) {
  return simulation == NULL || simulation->traces == NULL ? 0 : simulation->trace_length;
}

dicrec_status dicrec_simulation_copy_trace(const dicrec_simulation *simulation, size_t member, double *v_mv,
                                           size_t capacity) {
  const size_t length = dicrec_simulation_trace_length(simulation);
  if (length == 0 || member >= simulation->n_members || v_mv == NULL) return DICREC_E_ARGUMENT;
  if (capacity < length) return DICREC_E_BUFFER;
  memcpy(v_mv, simulation->traces + member * length, length * sizeof *v_mv);
  return DICREC_OK;
}
