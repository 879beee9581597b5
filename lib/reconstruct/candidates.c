/* SPDX-License-Identifier: MIT */
#include "reconstruct/candidates.h"

#include <math.h>
#include <string.h>

#include "core/random.h"
#include "dic/generate.h"
#include "dicrec/dic.h"
#include "estimator/estimator.h"
#include "reconstruct/diversity.h"

/** Candidates drawn at once. */
enum { LEAST_DRAW = 64, LARGEST_DRAW = 1024 };

/** For each member asked for: candidates that match, of which the most diverse are taken, and others that are kept. */
enum { POOL = 4, RESERVE = 64, LARGEST_STORE = 4096 };

/** How often the budget of draws may be granted when candidates are simulated. */
enum { MOST_PASSES = 8 };

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
                               double *targets) {
  for (size_t i = 0; i < n; ++i) {
    streams[i] = dicrec__random_stream(request->key, first + i);
    memcpy(targets + 2 * i, request->median, sizeof request->median);
    if (request->options.target == DICREC_TARGET_SAMPLE)
      dicrec__posterior_sample_at(request->posterior, request->population.seed, streams[i], targets + 2 * i);
  }
}

dicrec_status dicrec__candidates_start(dicrec_context *context, const dicrec__request *request,
                                       dicrec__candidates *candidates) {
  candidates->context = context;
  candidates->request = request;
  candidates->tolerance = candidates->widest = 1.0;
  candidates->budget = first_budget(request);
  const dicrec__allocator *allocator = &context->allocator;
  candidates->most_waiting = store_size(request->n_members, request->forward != NULL ? POOL : 1);
  candidates->most_reserve = store_size(request->n_members, RESERVE);
  const size_t room = candidates->most_waiting + LARGEST_DRAW; /* a draw may overshoot */
  candidates->waiting = dicrec__allocate_unset(allocator, room, sizeof *candidates->waiting);
  candidates->nearest = dicrec__allocate_unset(allocator, room, sizeof *candidates->nearest);
  candidates->reserve = dicrec__allocate_unset(allocator, 2 * candidates->most_reserve, sizeof *candidates->reserve);
  candidates->order = dicrec__allocate_unset(allocator, 2 * candidates->most_reserve, sizeof *candidates->order);
  if (candidates->waiting == NULL || candidates->nearest == NULL || candidates->reserve == NULL ||
      candidates->order == NULL)
    return dicrec__fail_memory(context, "the candidates");
  if (request->forward != NULL)
    dicrec__screen_init(&candidates->screen, &request->input, dicrec_posterior_time_scale(request->posterior));
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

/* Put the members of a draw that match in line, and the others aside. `predictions` is NULL without screening. */
static void sort_out(dicrec__candidates *candidates, const dicrec_population *population,
                     const dicrec__prediction *predictions) {
  const size_t n_channels = population->n_channels;
  for (size_t i = 0; i < population->n_members; ++i) {
    if (population->status[i] != DICREC_OK) {
      if (candidates->failure == DICREC_OK) candidates->failure = population->status[i];
      continue;
    }
    dicrec__candidate candidate = {.mismatch = (double)NAN, .stream = population->streams[i]};
    memcpy(candidate.conductances, population->conductances + i * n_channels, n_channels * sizeof(double));
    memcpy(candidate.dics, population->dics + i * DICREC_DIC_COUNT, sizeof candidate.dics);
    count_valid(candidates, candidate.conductances, n_channels);
    if (predictions != NULL) {
      candidate.prediction = predictions[i];
      candidate.mismatch = dicrec__screen_mismatch(&candidates->screen, &predictions[i]);
    }
    if (predictions != NULL && !(candidate.mismatch <= candidates->tolerance)) {
      keep_in_reserve(candidates, &candidate);
      continue;
    }
    candidates->waiting[candidates->n_waiting++] = candidate;
    candidates->n_matched += 1;
  }
}

static dicrec_status predict(const dicrec__candidates *candidates, const dicrec_population *population,
                             dicrec__prediction **predictions) {
  const dicrec__request *request = candidates->request;
  dicrec_context *context = candidates->context;
  *predictions = NULL;
  if (request->forward == NULL) return DICREC_OK;
  *predictions = dicrec__allocate_unset(&context->allocator, population->n_members, sizeof **predictions);
  if (*predictions == NULL) return dicrec__fail_memory(context, "the predictions of the candidates");
  return dicrec__forward_predict(context, request->forward, candidates->screen.activity, population->conductances,
                                 population->dics, population->n_members, *predictions);
}

/* Draw n candidates and sort them out. */
static dicrec_status draw(dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  dicrec_context *context = candidates->context;
  double targets[2 * LARGEST_DRAW];
  uint64_t streams[LARGEST_DRAW];
  dicrec_population *population = NULL;
  dicrec__prediction *predictions = NULL;
  dicrec__candidate_targets(request, candidates->n_drawn, n, streams, targets);
  stretch_targets(request->median, reach_of(candidates), n, targets);
  dicrec_status status = dicrec__population_generate_from(context, request->model, targets, n, n, streams, NULL,
                                                          &request->population, &population);
  if (status >= 0) status = predict(candidates, population, &predictions);
  candidates->n_drawn += n;
  if (status >= 0) sort_out(candidates, population, predictions);
  dicrec__release(&context->allocator, predictions);
  dicrec_population_free(population);
  return status < 0 ? status : DICREC_OK;
}

/* How many to draw for n that match: about as many as the share so far suggests; 0 at the end of the budget. */
static size_t next_draw(const dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  const size_t budget = candidates->budget - candidates->n_drawn;
  const double share = ((double)candidates->n_matched + 1.0) / ((double)candidates->n_drawn + 4.0);
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

/* Once something was learnt about the predictions, more draws are worth more than wider tolerances. */
static bool extend_budget(dicrec__candidates *candidates) {
  const size_t first = first_budget(candidates->request);
  if (candidates->bias.n[DICREC__ISI_MEAN] == 0.0 || candidates->budget >= MOST_PASSES * first) return false;
  candidates->budget += first;
  return true;
}

void dicrec__candidates_learn(dicrec__candidates *candidates, const dicrec__candidate *candidate,
                              const dicrec_spike_statistics *fired) {
  if (candidates->request->forward != NULL)
    dicrec__bias_add(&candidates->bias, &candidates->screen, &candidate->prediction, fired,
                     dicrec_posterior_time_scale(candidates->request->posterior));
}

void dicrec__candidates_rescore(dicrec__candidates *candidates) {
  if (candidates->request->forward == NULL) return;
  dicrec__screen_shift(&candidates->screen, &candidates->bias);
  for (; candidates->first_waiting < candidates->n_waiting; ++candidates->first_waiting) {
    candidates->n_matched -= 1; /* until it is recalled */
    keep_in_reserve(candidates, &candidates->waiting[candidates->first_waiting]);
  }
  for (size_t i = 0; i < candidates->n_reserve; ++i)
    candidates->reserve[i].mismatch = dicrec__screen_mismatch(&candidates->screen, &candidates->reserve[i].prediction);
  candidates->tolerance = 1.0;
}

/* Collect candidates that match until there is a choice among them, and put the most diverse first. */
static dicrec_status refill(dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  const size_t choice = request->forward != NULL ? POOL * n : n;
  const size_t wanted = choice < candidates->most_waiting ? choice : candidates->most_waiting;
  candidates->first_waiting = candidates->n_waiting = 0;
  if (request->forward != NULL) recall(candidates);
  while (candidates->n_waiting < wanted) {
    const size_t drawn = next_draw(candidates, wanted - candidates->n_waiting);
    const dicrec_status status = drawn == 0 ? DICREC_OK : draw(candidates, drawn);
    if (status != DICREC_OK) return status;
    if (drawn == 0 && !extend_budget(candidates)) break;
  }
  if (request->forward == NULL) return DICREC_OK;
  widen(candidates, wanted);
  if (candidates->n_waiting <= n) return DICREC_OK; /* there is no choice */
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
    *count += now;
  }
  return DICREC_OK;
}
