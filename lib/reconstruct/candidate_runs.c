/* SPDX-License-Identifier: MIT */
#include "reconstruct/candidate_runs.h"

#include <math.h>
#include <string.h>

#include "core/workers.h"
#include "simulator/time_scale.h"

/* The longest simulation, in lengths of the model's protocol: bounds the time that a long recording costs. */
static const double longest_simulation = 4.0;

/* An irregular input asks for longer trains than it has itself, so that their own sampling errors count little. */
static const double longer_than_input = 3.0;

/* What a simulation may take when no time is left, in place of 0, which sets no limit: it ends at once. */
static const double least_wall_s = 1e-9;

void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   bool is_irregular, dicrec_simulate_options *simulate) {
  simulate->time_scale = time_scale;
  if (simulate->t_end_ms > 0.0) return;
  double t_end, t_skip;
  dicrec__protocol_at(model, time_scale, &t_end, &t_skip);
  const double shortest = t_end - t_skip, observed = spikes->train.observed_ms;
  if (simulate->t_skip_ms == 0.0) simulate->t_skip_ms = t_skip;
  const double wanted = fmax(shortest, is_irregular ? longer_than_input * observed : observed);
  simulate->t_end_ms = simulate->t_skip_ms + fmin(wanted, longest_simulation * shortest);
}

dicrec_status dicrec__candidates_simulate(dicrec_context *context, const dicrec__request *request, double deadline_s,
                                          const dicrec__candidate *candidates, size_t n,
                                          dicrec_simulation **simulation) {
  const dicrec__allocator *allocator = &context->allocator;
  const size_t n_channels = (size_t)request->model->table->n_channels;
  double *conductances = dicrec__allocate(allocator, n * (n_channels + 1), sizeof *conductances);
  uint64_t *streams = dicrec__allocate(allocator, n, sizeof *streams);
  dicrec_status status = DICREC_E_MEMORY;
  if (conductances == NULL || streams == NULL) {
    dicrec__fail_memory(context, "the candidates");
  } else {
    double *noise_std = conductances + n * n_channels;
    for (size_t i = 0; i < n; ++i) {
      memcpy(conductances + i * n_channels, candidates[i].conductances, n_channels * sizeof *conductances);
      noise_std[i] = candidates[i].noise_std;
      streams[i] = candidates[i].stream;
    }
    dicrec_simulate_options options = request->simulate;
    options.member_streams = streams;
    options.member_noise_std = noise_std;
    if (deadline_s > 0.0) options.max_wall_s = fmax(deadline_s - dicrec__clock_s(), least_wall_s);
    status = dicrec_simulate(context, request->model, conductances, n, &options, simulation);
  }
  dicrec__release(allocator, streams);
  dicrec__release(allocator, conductances);
  return status;
}
