/* SPDX-License-Identifier: MIT */
#include "reconstruct/draw.h"

#include <math.h>
#include <string.h>

#include "core/random.h"
#include "dicrec/dic.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "reconstruct/predict.h"
#include "reconstruct/refine.h"

void dicrec__candidate_targets(const dicrec__request *request, uint64_t first, size_t n, uint64_t *streams,
                               double *targets, double *noise_std) {
  const uint64_t seed = request->population.seed;
  const bool is_fixed = request->options.noise == DICREC_NOISE_FIXED;
  for (size_t i = 0; i < n; ++i) {
    double *target = targets + 2 * i;
    streams[i] = dicrec__random_stream(request->key, first + i);
    memcpy(target, request->median, sizeof request->median);
    if (request->options.target == DICREC_TARGET_SAMPLE)
      dicrec__posterior_sample_at(request->posterior, seed, streams[i], target);
    noise_std[i] = is_fixed ? request->options.noise_std
                            : dicrec__posterior_noise_at(request->posterior, seed, streams[i], target);
  }
}

static void stretch_targets(const double median[2], double reach, size_t n, double *targets) {
  for (size_t i = 0; i < 2 * n; ++i) targets[i] = median[i % 2] + reach * (targets[i] - median[i % 2]);
}

/* What a draw of n candidates is made in. */
struct drawn {
  size_t n, n_base;
  double *targets, *noise_std, *base; /* [n][2], [n], [n][n_base] */
  uint64_t *streams;
  dicrec__flow_draw *draws;
  dicrec__candidate **refined;
};

static void release_drawn(const dicrec__allocator *allocator, struct drawn *drawn) {
  dicrec__release(allocator, drawn->targets);
  dicrec__release(allocator, drawn->streams);
  dicrec__release(allocator, drawn->draws);
  dicrec__release(allocator, drawn->refined);
}

static dicrec_status allocate_drawn(dicrec_context *context, size_t n, size_t n_base, struct drawn *drawn) {
  const dicrec__allocator *allocator = &context->allocator;
  *drawn = (struct drawn){.n = n, .n_base = n_base};
  drawn->targets = dicrec__allocate_unset(allocator, n, (3 + n_base) * sizeof(double));
  drawn->streams = dicrec__allocate_unset(allocator, n, sizeof *drawn->streams);
  drawn->draws = dicrec__allocate_unset(allocator, n, sizeof *drawn->draws);
  drawn->refined = dicrec__allocate_unset(allocator, n, sizeof(dicrec__candidate *));
  if (drawn->targets == NULL || drawn->streams == NULL || drawn->draws == NULL || drawn->refined == NULL)
    return dicrec__fail_memory(context, "the candidates");
  drawn->noise_std = drawn->targets + 2 * n;
  drawn->base = drawn->noise_std + n;
  return DICREC_OK;
}

/* The base draws that go with the targets and the noise. */
static dicrec_status draw_base(const dicrec__candidates *candidates, struct drawn *drawn) {
  const dicrec__request *request = candidates->request;
  for (size_t i = 0; i < drawn->n; ++i)
    drawn->draws[i] =
        (dicrec__flow_draw){{drawn->targets[2 * i], drawn->targets[2 * i + 1]}, drawn->noise_std[i], drawn->streams[i]};
  return dicrec__flow_sample(candidates->context, request->flow, request->posterior->code, request->units,
                             request->population.seed, drawn->draws, drawn->n, drawn->base);
}

/* Candidates of the members that could be made; how many. */
static size_t gather(dicrec__candidates *candidates, const dicrec_population *population, const struct drawn *drawn,
                     dicrec__candidate *made) {
  const size_t n_channels = population->n_channels;
  size_t n = 0;
  for (size_t i = 0; i < population->n_members; ++i) {
    if (population->status[i] != DICREC_OK) {
      if (candidates->failure == DICREC_OK) candidates->failure = population->status[i];
      continue;
    }
    dicrec__candidate *candidate = &made[n++];
    *candidate = (dicrec__candidate){
        .mismatch = (double)NAN, .stream = population->streams[i], .noise_std = drawn->noise_std[i]};
    memcpy(candidate->conductances, population->conductances + i * n_channels, n_channels * sizeof(double));
    memcpy(candidate->dics, population->dics + i * DICREC_DIC_COUNT, sizeof candidate->dics);
    if (candidates->request->flow != NULL)
      memcpy(candidate->base, drawn->base + i * drawn->n_base, drawn->n_base * sizeof(double));
  }
  return n;
}

/* Set the mismatches of n candidates by what they are predicted to fire, and move them nearer to a regular input. */
static dicrec_status screen(const dicrec__candidates *candidates, struct drawn *drawn, dicrec__candidate *made,
                            size_t n) {
  if (candidates->request->forward == NULL || n == 0) return DICREC_OK;
  for (size_t i = 0; i < n; ++i) drawn->refined[i] = &made[i];
  const dicrec_status status = dicrec__candidates_screen(candidates, drawn->refined, n);
  if (status != DICREC_OK || candidates->request->flow == NULL) return status;
  return dicrec__refine(candidates, drawn->refined, n, NULL);
}

static dicrec_status draw_into(dicrec__candidates *candidates, double reach, struct drawn *drawn,
                               dicrec__candidate *made, size_t *n_made) {
  const dicrec__request *request = candidates->request;
  const size_t n = drawn->n;
  dicrec_population *population = NULL;
  dicrec__candidate_targets(request, candidates->n_drawn, n, drawn->streams, drawn->targets, drawn->noise_std);
  stretch_targets(request->median, reach, n, drawn->targets);
  dicrec_status status = request->flow != NULL ? draw_base(candidates, drawn) : DICREC_OK;
  if (status == DICREC_OK)
    status = dicrec__generate_from(candidates->context, request->model, drawn->targets, n, n, drawn->streams,
                                   request->flow != NULL ? drawn->base : NULL, &request->population, &population);
  candidates->n_drawn += n;
  if (status < 0) return status;
  *n_made = gather(candidates, population, drawn, made);
  dicrec_population_free(population);
  status = screen(candidates, drawn, made, *n_made);
  return status < 0 ? status : DICREC_OK;
}

dicrec_status dicrec__candidates_draw(dicrec__candidates *candidates, double reach, size_t n, dicrec__candidate *made,
                                      size_t *n_made) {
  struct drawn drawn;
  const size_t n_base = (size_t)dicrec__model_base_count(candidates->request->model->table);
  dicrec_status status = allocate_drawn(candidates->context, n, n_base, &drawn);
  if (status == DICREC_OK) status = draw_into(candidates, reach, &drawn, made, n_made);
  release_drawn(&candidates->context->allocator, &drawn);
  return status;
}
