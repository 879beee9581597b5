/* SPDX-License-Identifier: MIT */
#include "simulator/run.h"

#include <math.h>
#include <string.h>

#include "dicrec/limits.h"

bool dicrec__run_accepts(const dicrec__run *run, size_t member) {
  const dicrec__model_table *table = run->model->table;
  const double *g = dicrec__run_conductances(run, member);
  for (int c = 0; c < table->n_channels; ++c)
    if (!isfinite(g[c]) || g[c] < 0.0 || g[c] > DICREC_MAX_CONDUCTANCE) return false;
  return g[table->leak] > 0.0;
}

void dicrec__run_initial_state(const dicrec__run *run, size_t member, double *state) {
  const dicrec_simulate_options *o = &run->options;
  const size_t n_states = (size_t)run->model->n_states;
  if (o->n_initial_states == 0) dicrec__model_initial_state(run->model, state);
  else memcpy(state, o->initial_states + (o->n_initial_states == 1 ? 0 : member) * n_states, n_states * sizeof *state);
}

double dicrec__run_start_noise(const dicrec__run *run, size_t member, dicrec__noise *noise) {
  const dicrec_simulate_options *o = &run->options;
  const double std = o->member_noise_std == NULL ? o->noise_std : o->member_noise_std[member];
  const uint64_t stream = o->member_streams == NULL ? o->first_member + member : o->member_streams[member];
  if (!(std > 0.0)) return 0.0;
  dicrec__noise_start(noise, &run->filter, o->seed, stream, std);
  return std;
}

dicrec_status dicrec__run_add_spike(const dicrec__run *run, size_t member, double time_ms) {
  if (!(time_ms >= run->options.t_skip_ms && time_ms <= run->options.t_end_ms)) return DICREC_OK;
  return dicrec__spike_store_add(run->simulation->spikes, member, time_ms);
}

/* Members that were stopped in the middle or never begun; `stopped` is what stopped the workers. */
static dicrec_status status_of_unfinished(dicrec_context *context, dicrec_simulation *simulation,
                                          dicrec_status stopped) {
  size_t n_finished = 0;
  for (size_t i = 0; i < simulation->n_members; ++i) {
    if (simulation->status[i] != DICREC_E_CANCELLED) ++n_finished;
    else simulation->status[i] = stopped;
  }
  return dicrec__fail(context, DICREC_W_PARTIAL, "%s: %zu of %zu members were finished",
                      stopped == DICREC_W_LIMIT ? "stopped at max_wall_s" : "cancelled", n_finished,
                      simulation->n_members);
}

static dicrec_status status_of_call(dicrec_context *context, dicrec_simulation *simulation, dicrec_status stopped) {
  size_t n_good = 0, first = 0;
  for (size_t i = 0; i < simulation->n_members; ++i) {
    if (simulation->status[i] == DICREC_E_MEMORY)
      return dicrec__fail_memory(context, "the spikes or trace of a member");
    if (simulation->status[i] == DICREC_OK) ++n_good;
    else if (n_good == i) first = i;
  }
  if (stopped != DICREC_OK) return status_of_unfinished(context, simulation, stopped);
  if (n_good == simulation->n_members) return DICREC_OK;
  return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu members ran to the end; member %zu: %s", n_good,
                      simulation->n_members, first, dicrec_status_text(simulation->status[first]));
}

dicrec_status dicrec__run_all(dicrec_context *context, const dicrec__run *run) {
  const dicrec_status status =
      run->options.solver == DICREC_SOLVER_CVODE ? dicrec__cvode_run(context, run) : dicrec__ensemble_run(context, run);
  if (status < 0 && status != DICREC_E_CANCELLED) return status;
  return status_of_call(context, run->simulation, status);
}
