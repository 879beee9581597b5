/* SPDX-License-Identifier: MIT */
#include "reconstruct/candidates.h"

#include <math.h>
#include <string.h>

#include "core/random.h"
#include "core/workers.h"
#include "dicrec/dic.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "reconstruct/diversity.h"
#include "reconstruct/judge.h"
#include "reconstruct/refine.h"

/** Candidates drawn at once. */
enum { LEAST_DRAW = 16, LARGEST_DRAW = 512 };

/** For each member asked for: candidates that match, of which the most diverse are taken, and others that are kept. */
enum { POOL = 4, RESERVE = 64, LARGEST_STORE = 4096 };

/** How often the budget of draws may be granted when candidates are simulated. */
enum { MOST_PASSES = 2 };

/** How far tolerances may be widened. */
static const double widest_tolerance = 4.0;

static size_t store_size(size_t n_members, size_t for_each) {
  if (n_members >= LARGEST_STORE) return n_members;
  return n_members * for_each < LARGEST_STORE ? n_members * for_each : LARGEST_STORE;
}

/* Without screening every candidate that can be made is simulated, so that the budget is that of simulations. */
static size_t first_budget(const dicrec__request *request) {
  const int32_t for_each = request->forward != NULL ? request->options.max_drawn : request->options.max_candidates;
  return request->n_members * (size_t)for_each;
}

/* Draws beyond the first budget, of which simulation has the last word, reach beyond the posterior: it may be off. */
static double reach_of(const dicrec__candidates *candidates) {
  return candidates->n_drawn < first_budget(candidates->request) ? 1.0 : 2.0;
}

static void stretch_targets(const double median[2], double reach, size_t n, double *targets) {
  for (size_t i = 0; i < 2 * n; ++i) targets[i] = median[i % 2] + reach * (targets[i] - median[i % 2]);
}

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

/* How many of those that match there are to choose from, for each that is taken. */
static size_t pool_of(const dicrec__request *request) {
  const bool has_choice = request->forward != NULL && request->options.selection == DICREC_SELECTION_DIVERSE;
  return has_choice ? POOL : 1;
}

dicrec_status dicrec__candidates_start(dicrec_context *context, const dicrec__request *request,
                                       dicrec__candidates *candidates) {
  candidates->context = context;
  candidates->request = request;
  candidates->tolerance = candidates->widest = 1.0;
  candidates->budget = first_budget(request);
  const dicrec__allocator *allocator = &context->allocator;
  candidates->most_waiting = store_size(request->n_members, pool_of(request));
  candidates->most_reserve = store_size(request->n_members, RESERVE);
  const size_t room = candidates->most_waiting + LARGEST_DRAW; /* a draw may overshoot */
  candidates->waiting = dicrec__allocate_unset(allocator, room, sizeof *candidates->waiting);
  candidates->nearest = dicrec__allocate_unset(allocator, room, sizeof *candidates->nearest);
  candidates->reserve = dicrec__allocate_unset(allocator, 2 * candidates->most_reserve, sizeof *candidates->reserve);
  candidates->order = dicrec__allocate_unset(allocator, 2 * candidates->most_reserve, sizeof *candidates->order);
  if (candidates->waiting == NULL || candidates->nearest == NULL || candidates->reserve == NULL ||
      candidates->order == NULL)
    return dicrec__fail_memory(context, "the candidates");
  dicrec__screen_init(&candidates->screen, request->spikes->train, dicrec_posterior_time_scale(request->posterior),
                      request->is_regular);
  return DICREC_OK;
}

void dicrec__candidates_release(dicrec__candidates *candidates) {
  if (candidates->context == NULL) return;
  dicrec__release(&candidates->context->allocator, candidates->waiting);
  dicrec__release(&candidates->context->allocator, candidates->nearest);
  dicrec__release(&candidates->context->allocator, candidates->reserve);
  dicrec__release(&candidates->context->allocator, candidates->order);
}

static void count_valid(dicrec__candidates *candidates, const double *conductances, size_t n_channels) {
  candidates->n_valid += 1;
  for (size_t c = 0; c < n_channels; ++c) {
    const double deviation = conductances[c] - candidates->mean[c];
    candidates->mean[c] += deviation / (double)candidates->n_valid;
    candidates->squares[c] += deviation * (conductances[c] - candidates->mean[c]);
  }
}

/* Bring the reserve in order and keep the nearest. */
static void sort_reserve(dicrec__candidates *candidates) {
  dicrec__nearest_order(candidates->reserve, candidates->n_reserve, candidates->order);
  if (candidates->n_reserve > candidates->most_reserve) candidates->n_reserve = candidates->most_reserve;
}

static void keep_in_reserve(dicrec__candidates *candidates, const dicrec__candidate *candidate) {
  if (candidates->n_reserve == 2 * candidates->most_reserve) sort_reserve(candidates);
  candidates->reserve[candidates->n_reserve++] = *candidate;
}

/* What a draw of n candidates is made in. */
struct drawn {
  size_t n, n_base;
  double *targets, *noise_std, *base; /* [n][2], [n], [n][n_base] */
  uint64_t *streams;
  dicrec__flow_draw *draws;
  dicrec__candidate *made; /* [n] */
  dicrec__candidate **refined;
};

static void release_drawn(const dicrec__allocator *allocator, struct drawn *drawn) {
  dicrec__release(allocator, drawn->targets);
  dicrec__release(allocator, drawn->streams);
  dicrec__release(allocator, drawn->draws);
  dicrec__release(allocator, drawn->made);
  dicrec__release(allocator, drawn->refined);
}

static dicrec_status allocate_drawn(dicrec_context *context, size_t n, size_t n_base, struct drawn *drawn) {
  const dicrec__allocator *allocator = &context->allocator;
  *drawn = (struct drawn){.n = n, .n_base = n_base};
  drawn->targets = dicrec__allocate_unset(allocator, n, (3 + n_base) * sizeof(double));
  drawn->streams = dicrec__allocate_unset(allocator, n, sizeof *drawn->streams);
  drawn->draws = dicrec__allocate_unset(allocator, n, sizeof *drawn->draws);
  drawn->made = dicrec__allocate_unset(allocator, n, sizeof *drawn->made);
  drawn->refined = dicrec__allocate_unset(allocator, n, sizeof(dicrec__candidate *));
  if (drawn->targets == NULL || drawn->streams == NULL || drawn->draws == NULL || drawn->made == NULL ||
      drawn->refined == NULL)
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
static size_t gather(dicrec__candidates *candidates, const dicrec_population *population, const struct drawn *drawn) {
  const size_t n_channels = population->n_channels;
  size_t n = 0;
  for (size_t i = 0; i < population->n_members; ++i) {
    if (population->status[i] != DICREC_OK) {
      if (candidates->failure == DICREC_OK) candidates->failure = population->status[i];
      continue;
    }
    dicrec__candidate *candidate = &drawn->made[n++];
    *candidate = (dicrec__candidate){
        .mismatch = (double)NAN, .stream = population->streams[i], .noise_std = drawn->noise_std[i]};
    memcpy(candidate->conductances, population->conductances + i * n_channels, n_channels * sizeof(double));
    memcpy(candidate->dics, population->dics + i * DICREC_DIC_COUNT, sizeof candidate->dics);
    if (candidates->request->flow != NULL)
      memcpy(candidate->base, drawn->base + i * drawn->n_base, drawn->n_base * sizeof(double));
  }
  return n;
}

/* Judge n candidates by what they are predicted to fire, and move them nearer to a regular input. */
static dicrec_status screen(const dicrec__candidates *candidates, struct drawn *drawn, size_t n) {
  if (candidates->request->forward == NULL || n == 0) return DICREC_OK;
  for (size_t i = 0; i < n; ++i) drawn->refined[i] = &drawn->made[i];
  const dicrec_status status = dicrec__candidates_judge(candidates, drawn->refined, n);
  if (status != DICREC_OK || candidates->request->flow == NULL) return status;
  return dicrec__refine(candidates, drawn->refined, n, NULL);
}

/* Put candidates that match in line, and the others aside. */
static void sort_out(dicrec__candidates *candidates, const dicrec__candidate *made, size_t n) {
  const bool is_screened = candidates->request->forward != NULL;
  for (size_t i = 0; i < n; ++i) {
    count_valid(candidates, made[i].conductances, (size_t)candidates->request->model->table->n_channels);
    if (is_screened && !(made[i].mismatch <= candidates->tolerance)) {
      keep_in_reserve(candidates, &made[i]);
      continue;
    }
    candidates->waiting[candidates->n_waiting++] = made[i];
    candidates->n_matched += 1;
  }
}

/* Draw candidates and sort them out. */
static dicrec_status draw_into(dicrec__candidates *candidates, struct drawn *drawn) {
  const dicrec__request *request = candidates->request;
  const size_t n = drawn->n;
  dicrec_population *population = NULL;
  dicrec__candidate_targets(request, candidates->n_drawn, n, drawn->streams, drawn->targets, drawn->noise_std);
  stretch_targets(request->median, reach_of(candidates), n, drawn->targets);
  dicrec_status status = request->flow != NULL ? draw_base(candidates, drawn) : DICREC_OK;
  if (status == DICREC_OK)
    status = dicrec__generate_from(candidates->context, request->model, drawn->targets, n, n, drawn->streams,
                                   request->flow != NULL ? drawn->base : NULL, &request->population, &population);
  candidates->n_drawn += n;
  if (status < 0) return status;
  const size_t n_made = gather(candidates, population, drawn);
  dicrec_population_free(population);
  status = screen(candidates, drawn, n_made);
  if (status >= 0) sort_out(candidates, drawn->made, n_made);
  return status < 0 ? status : DICREC_OK;
}

static dicrec_status draw(dicrec__candidates *candidates, size_t n) {
  struct drawn drawn;
  const size_t n_base = (size_t)dicrec__model_base_count(candidates->request->model->table);
  dicrec_status status = allocate_drawn(candidates->context, n, n_base, &drawn);
  if (status == DICREC_OK) status = draw_into(candidates, &drawn);
  release_drawn(&candidates->context->allocator, &drawn);
  return status;
}

/* How many to draw for n that match: about as many as the share so far suggests; 0 at the end of the budget. */
static size_t next_draw(const dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  const size_t budget = candidates->budget - candidates->n_drawn;
  const double share = ((double)candidates->n_matched + 3.0) / ((double)candidates->n_drawn + 4.0);
  const double wanted = request->forward == NULL ? (double)n : fmax(1.1 * (double)n / share, LEAST_DRAW);
  const size_t drawn = wanted < LARGEST_DRAW ? (size_t)wanted : LARGEST_DRAW;
  return drawn < budget ? drawn : budget;
}

size_t dicrec__candidates_reserve(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken) {
  if (n == 0) return 0; /* as most searches end: nothing needs an order */
  sort_reserve(candidates);
  const size_t now = n < candidates->n_reserve ? n : candidates->n_reserve;
  memcpy(taken, candidates->reserve, now * sizeof *taken);
  candidates->n_reserve -= now;
  memmove(candidates->reserve, candidates->reserve + now, candidates->n_reserve * sizeof *taken);
  return now;
}

/* Move those of the reserve that match by now to those that wait. */
static void recall(dicrec__candidates *candidates) {
  sort_reserve(candidates);
  size_t n = 0;
  while (n < candidates->n_reserve && candidates->n_waiting + n < candidates->most_waiting &&
         candidates->reserve[n].mismatch <= candidates->tolerance)
    ++n;
  candidates->n_waiting += dicrec__candidates_reserve(candidates, n, candidates->waiting + candidates->n_waiting);
  candidates->n_matched += n;
}

/* At the end of the budget tolerances double, twice at most, until there is a choice among those that match. */
static void widen(dicrec__candidates *candidates, size_t wanted) {
  while (candidates->n_waiting < wanted && candidates->tolerance < widest_tolerance) {
    candidates->tolerance *= 2.0;
    candidates->widest = fmax(candidates->widest, candidates->tolerance);
    recall(candidates);
  }
}

/* Once candidates were simulated and do not suffice, more draws are worth more than wider tolerances. */
static bool extend_budget(dicrec__candidates *candidates) {
  const size_t first = first_budget(candidates->request);
  const bool is_simulated = candidates->request->options.verify == 1 && candidates->n_taken > 0;
  if (!is_simulated || candidates->budget >= MOST_PASSES * first) return false;
  candidates->budget += first;
  return true;
}

/* Whether no time is left to draw more; the first draw is made in any case. */
static bool is_late(const dicrec__candidates *candidates) {
  const double deadline_s = candidates->request->deadline_s;
  return deadline_s > 0.0 && candidates->n_drawn > 0 && dicrec__clock_s() >= deadline_s;
}

/* Collect candidates that match until there is a choice among them, and put the most diverse first. */
static dicrec_status refill(dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  const size_t choice = pool_of(request) * n;
  const size_t wanted = choice < candidates->most_waiting ? choice : candidates->most_waiting;
  candidates->first_waiting = candidates->n_waiting = 0;
  if (request->forward != NULL) recall(candidates);
  while (candidates->n_waiting < wanted && !is_late(candidates)) {
    const size_t drawn = next_draw(candidates, wanted - candidates->n_waiting);
    const dicrec_status status = drawn == 0 ? DICREC_OK : draw(candidates, drawn);
    if (status != DICREC_OK) return status;
    if (drawn == 0 && !extend_budget(candidates)) break;
  }
  if (request->forward == NULL) return DICREC_OK;
  widen(candidates, wanted);
  if (candidates->n_waiting <= n || pool_of(request) == 1) return DICREC_OK; /* there is no choice */
  double scale[DICREC__MAX_CHANNELS];
  const size_t n_channels = (size_t)request->model->table->n_channels;
  for (size_t c = 0; c < n_channels; ++c) scale[c] = sqrt(candidates->squares[c] / (double)candidates->n_valid);
  return dicrec__diversity_order(candidates->context, candidates->waiting, candidates->n_waiting, request->n_members,
                                 scale, n_channels, candidates->nearest);
}

dicrec_status dicrec__candidates_next(dicrec__candidates *candidates, size_t n, dicrec__candidate *taken,
                                      size_t *count) {
  *count = 0;
  while (*count < n) {
    if (candidates->first_waiting == candidates->n_waiting) {
      const dicrec_status status = refill(candidates, n - *count);
      if (status != DICREC_OK || candidates->n_waiting == 0) return status;
    }
    const size_t left = candidates->n_waiting - candidates->first_waiting, missing = n - *count;
    const size_t now = left < missing ? left : missing;
    memcpy(taken + *count, candidates->waiting + candidates->first_waiting, now * sizeof *taken);
    candidates->first_waiting += now;
    candidates->n_taken += now;
    *count += now;
  }
  return DICREC_OK;
}
