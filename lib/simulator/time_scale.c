/* SPDX-License-Identifier: MIT */
#include "simulator/time_scale.h"

void dicrec__run_enter_model_time(dicrec__run *run) {
  dicrec_simulate_options *o = &run->options;
  const double scale = o->time_scale;
  o->t_end_ms /= scale;
  o->t_skip_ms /= scale;
  if (o->trace_dt_ms > 0.0) o->trace_dt_ms /= scale; /* else none, or every step */
  for (size_t i = 0; i < run->current.n; ++i) run->current.times_ms[i] /= scale;
  dicrec__noise_filter_init(&run->filter, DICREC__NOISE_PER_MS * scale);
  o->time_scale = 1.0;
}

static void stretch(double *times_ms, size_t n, double scale) {
  for (size_t i = 0; times_ms != NULL && i < n; ++i) times_ms[i] *= scale;
}

void dicrec__simulation_leave_model_time(dicrec_simulation *simulation, const dicrec_simulate_options *options) {
  const double scale = options->time_scale;
  dicrec__trace_store *traces = simulation->traces;
  if (traces != NULL && traces->on_grid) traces->dt_ms = options->trace_dt_ms, traces->t_end_ms = options->t_end_ms;
  if (scale == 1.0) return;
  for (size_t i = 0; i < simulation->n_members; ++i) {
    stretch(simulation->spikes->lists[i].times_ms, simulation->spikes->lists[i].n, scale);
    if (traces != NULL) stretch(traces->traces[i].times_ms, traces->traces[i].n, scale);
  }
}

void dicrec__protocol_at(const dicrec_model *model, double time_scale, double *t_end_ms, double *t_skip_ms) {
  *t_end_ms = model->table->t_end_ms * time_scale;
  *t_skip_ms = model->table->t_skip_ms * time_scale;
}
