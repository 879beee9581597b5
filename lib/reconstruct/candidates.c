/* SPDX-License-Identifier: MIT */
#include "reconstruct/candidates.h"

#include <math.h>
#include <string.h>

#include "core/system.h"
#include "reconstruct/diversity.h"
#include "reconstruct/draw.h"

/* Candidates drawn at once: fewer leave vectors of the compensation and the networks empty; more may overshoot what is
 * needed, and the deadline. */
enum { LEAST_DRAW = 16, LARGEST_DRAW = 512 };

/* For each member asked for: candidates that match, of which the most diverse are taken, and the nearest others, more
 * than are simulated for it by default. Of either no more than so many in all, which bounds the memory. */
enum { POOL = 4, RESERVE = 64, LARGEST_STORE = 4096 };

/* How often the budget of draws may be granted when candidates are simulated: once within the posterior, and once
 * beyond it, so many times as far from its median, for it may be off. */
enum { MOST_PASSES = 2 };
static const double reach_of_second_pass = 2.0;

/* How far tolerances may be widened: what is off by more is better simulated than called a match. */
static const double widest_tolerance = 4.0;

/* Draws are a little more than the share that matches so far suggests, so that mostly one is enough; before the first
 * three of four are taken to match. */
static const double more_than_expected = 1.1, matched_before = 3.0, drawn_before = 4.0;

static size_t store_size(size_t n_members, size_t for_each) {
  if (n_members >= LARGEST_STORE) return n_members;
  return n_members * for_each < LARGEST_STORE ? n_members * for_each : LARGEST_STORE;
}

/* Without screening every candidate that can be made is simulated, so that the budget is that of simulations. */
static size_t first_budget(const dicrec__request *request) {
  const int32_t for_each = request->forward != NULL ? request->options.max_drawn : request->options.max_candidates;
  return request->n_members * (size_t)for_each;
}

static double reach_of(const dicrec__candidates *candidates) {
  return candidates->n_drawn < first_budget(candidates->request) ? 1.0 : reach_of_second_pass;
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
  const size_t most_reserve = store_size(request->n_members, RESERVE);
  const size_t room = candidates->most_waiting + LARGEST_DRAW; /* a draw may overshoot */
  candidates->waiting = dicrec__allocate_unset(allocator, room, sizeof *candidates->waiting);
  candidates->nearest = dicrec__allocate_unset(allocator, room, sizeof *candidates->nearest);
  const bool has_reserve = dicrec__reserve_create(allocator, most_reserve, &candidates->reserve);
  if (candidates->waiting == NULL || candidates->nearest == NULL || !has_reserve)
    return dicrec__fail_memory(context, "the candidates");
  dicrec__screen_init(&candidates->screen, request->spikes->train, dicrec_posterior_time_scale(request->posterior),
                      request->is_regular);
  return DICREC_OK;
}

void dicrec__candidates_release(dicrec__candidates *candidates) {
  if (candidates->context == NULL) return;
  dicrec__release(&candidates->context->allocator, candidates->waiting);
  dicrec__release(&candidates->context->allocator, candidates->nearest);
  dicrec__reserve_release(&candidates->reserve, &candidates->context->allocator);
}

static void count_valid(dicrec__candidates *candidates, const double *conductances, size_t n_channels) {
  candidates->n_valid += 1;
  for (size_t c = 0; c < n_channels; ++c) {
    const double deviation = conductances[c] - candidates->mean[c];
    candidates->mean[c] += deviation / (double)candidates->n_valid;
    candidates->squares[c] += deviation * (conductances[c] - candidates->mean[c]);
  }
}

/* Put candidates that match in line, and the others aside. */
static void sort_out(dicrec__candidates *candidates, const dicrec__candidate *made, size_t n) {
  const bool is_screened = candidates->request->forward != NULL;
  for (size_t i = 0; i < n; ++i) {
    count_valid(candidates, made[i].conductances, (size_t)candidates->request->model->table->n_channels);
    if (is_screened && !(made[i].mismatch <= candidates->tolerance)) {
      dicrec__reserve_add(&candidates->reserve, &made[i]);
      continue;
    }
    candidates->waiting[candidates->n_waiting++] = made[i];
    candidates->n_matched += 1;
  }
}

/* How many to draw for n that match: about as many as the share so far suggests; 0 at the end of the budget. */
static size_t next_draw(const dicrec__candidates *candidates, size_t n) {
  const dicrec__request *request = candidates->request;
  const size_t budget = candidates->budget - candidates->n_drawn;
  const double share = ((double)candidates->n_matched + matched_before) / ((double)candidates->n_drawn + drawn_before);
  const double wanted = request->forward == NULL ? (double)n : fmax(more_than_expected * (double)n / share, LEAST_DRAW);
  const size_t drawn = wanted < LARGEST_DRAW ? (size_t)wanted : LARGEST_DRAW;
  return drawn < budget ? drawn : budget;
}

/* Move those of the reserve that match by now to those that wait. */
static void recall(dicrec__candidates *candidates) {
  const size_t room = candidates->most_waiting - candidates->n_waiting;
  const size_t n = dicrec__reserve_count(&candidates->reserve, room, candidates->tolerance);
  dicrec__candidate *end = candidates->waiting + candidates->n_waiting;
  candidates->n_waiting += dicrec__reserve_take(&candidates->reserve, n, end);
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
  return candidates->n_drawn > 0 && dicrec__deadline_passed(candidates->request->deadline_s);
}

/* Draw n candidates and sort them out. */
static dicrec_status draw(dicrec__candidates *candidates, size_t n) {
  dicrec_context *context = candidates->context;
  dicrec__candidate *made = dicrec__allocate_unset(&context->allocator, n, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "the candidates");
  size_t n_made;
  const dicrec_status status = dicrec__candidates_draw(candidates, reach_of(candidates), n, made, &n_made);
  if (status == DICREC_OK) sort_out(candidates, made, n_made);
  dicrec__release(&context->allocator, made);
  return status;
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
  double deviations[DICREC__MAX_CHANNELS];
  const size_t n_channels = (size_t)request->model->table->n_channels;
  for (size_t c = 0; c < n_channels; ++c) deviations[c] = sqrt(candidates->squares[c] / (double)candidates->n_valid);
  return dicrec__diversity_order(candidates->context, candidates->waiting, candidates->n_waiting, request->n_members,
                                 deviations, n_channels, candidates->nearest);
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
