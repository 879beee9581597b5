/* SPDX-License-Identifier: MIT */
#include "reconstruct/verify.h"

#include <math.h>
#include <string.h>

#include "core/child_context.h"
#include "core/system.h"
#include "reconstruct/candidate_runs.h"
#include "reconstruct/ranking.h"
#include "reconstruct/revision.h"
#include "reconstruct/train_check.h"
#include "reconstruct/verified_members.h"
#include "simulator/ensemble/ensemble.h"
#include "simulator/simulation.h"

/* Candidates simulated in one call: many vectors for each of many threads, and a bound on memory. */
enum { LARGEST_ROUND = 1024 };

/* First round, for each member asked for: unscreened candidates are accepted less often. */
static const double first_unscreened = 1.5;

/* Later rounds try a little more than the share accepted so far suggests, so that mostly one more is enough. */
static const double more_than_expected = 1.1;

/* A search that has accepted none of this many candidates per member asked for is given up: were one in 30 accepted,
 * a search for a single member would end so at 7 of 10 inputs, one for 16 members at 4 of 1000. */
static const size_t given_up_after = 10;

/** The state of one verification. */
struct search {
  const dicrec__request *request;
  dicrec_context context; /**< the caller's, with progress that counts accepted members */
  dicrec_context *caller;
  dicrec__candidates candidates;
  dicrec__train_check check;
  dicrec__ranking ranking;
  dicrec__revision revision;
  double deadline_s; /**< of all rounds; 0: none */
  size_t n_simulated;
  int32_t outcome;
};

static int32_t report_accepted(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  const struct search *search = user;
  const int64_t n_accepted = (int64_t)search->ranking.n_accepted, n_members = (int64_t)search->request->n_members;
  return dicrec__progress(search->caller, n_accepted, n_members) ? 1 : 0;
}

/* Rank a candidate by the train that it fired, which goes into the ranking, and note it for revision. */
static dicrec_status rank(struct search *search, const dicrec__candidate *candidate, const dicrec__spike_list *train) {
  const dicrec__allocator *allocator = &search->context.allocator;
  dicrec__compared compared;
  double *times = dicrec__allocate_unset(allocator, train->n + 1, sizeof *times);
  if (times == NULL) return dicrec__fail_memory(&search->context, "the spikes of a member");
  dicrec__member_train fired = dicrec__train_check_run(&search->check, train, times, &compared);
  dicrec__ranked *place = dicrec__ranking_place(&search->ranking, candidate, fired.accepted, compared.mismatch);
  size_t slot = candidate->slot;
  if (place != NULL && fired.accepted) slot = (size_t)(place - search->ranking.accepted) + 1;
  dicrec__revision_add(&search->revision, candidate, &compared, slot);
  if (place == NULL) {
    dicrec__release(allocator, times);
    return DICREC_OK;
  }
  if (train->n > 0) memcpy(times, train->times_ms, train->n * sizeof *times);
  fired.times_ms = times;
  *place = (dicrec__ranked){*candidate, compared.mismatch, fired, .was_stopped = false};
  return DICREC_OK;
}

/* Rank one simulated candidate. */
static dicrec_status rank_simulated(struct search *search, const dicrec__candidate *candidate,
                                    const dicrec_simulation *simulation, size_t i) {
  const dicrec_status status = simulation->status[i];
  if (status == DICREC_E_CANCELLED)
    return dicrec__fail(&search->context, status, "cancelled with %zu of %zu members accepted",
                        search->ranking.n_accepted, search->request->n_members);
  if (status == DICREC_OK) return rank(search, candidate, &simulation->spikes->lists[i]);
  dicrec__ranking_add_unfinished(&search->ranking, candidate, status == DICREC_W_LIMIT);
  return DICREC_OK;
}

/* Simulate and rank n candidates. */
static dicrec_status simulate(struct search *search, const dicrec__candidate *candidates, size_t n) {
  dicrec_simulation *simulation = NULL;
  dicrec_status status =
      dicrec__candidates_simulate(&search->context, search->request, search->deadline_s, candidates, n, &simulation);
  for (size_t i = 0; i < n && status >= 0; ++i) {
    const dicrec_status ranked = rank_simulated(search, &candidates[i], simulation, i);
    if (ranked < 0) status = ranked;
  }
  search->n_simulated += n;
  dicrec_simulation_free(simulation);
  return status < 0 ? status : DICREC_OK;
}

/* Candidates that may still be simulated, those that were moved included. */
static size_t budget_left(const struct search *search) {
  const dicrec__request *request = search->request;
  const size_t budget = request->n_members * (size_t)request->options.max_candidates;
  return search->n_simulated < budget ? budget - search->n_simulated : 0;
}

/* Move the candidates that wait for it, then simulate and rank them once more. */
static dicrec_status simulate_moved(struct search *search) {
  const dicrec__allocator *allocator = &search->context.allocator;
  dicrec__revision *revision = &search->revision;
  const size_t left = budget_left(search);
  if (revision->n > left) revision->n = left;
  const size_t n = revision->n;
  dicrec_status status = dicrec__revision_move(revision);
  if (status != DICREC_OK) return status;
  dicrec__candidate *moved = dicrec__allocate_unset(allocator, n, sizeof *moved);
  if (moved == NULL) return dicrec__fail_memory(&search->context, "the members that are moved");
  memcpy(moved, revision->waiting, n * sizeof *moved);
  revision->n = 0;
  status = simulate(search, moved, n);
  dicrec__release(allocator, moved);
  return status;
}

/* Simulate and rank n candidates, and those of them again that can be moved nearer to the input. */
static dicrec_status try_candidates(struct search *search, const dicrec__candidate *candidates, size_t n) {
  search->revision.n = 0;
  dicrec_status status = simulate(search, candidates, n);
  while (status == DICREC_OK && search->revision.n > 0 && budget_left(search) > 0 &&
         !dicrec__deadline_passed(search->deadline_s))
    status = simulate_moved(search);
  return status;
}

/* Take up to n candidates, those that match first; `taken` has room for them. */
static dicrec_status take(struct search *search, size_t n, dicrec__candidate *taken, size_t *count) {
  const dicrec_status status = dicrec__candidates_next(&search->candidates, n, taken, count);
  if (status != DICREC_OK) return status;
  *count += dicrec__reserve_take(&search->candidates.reserve, n - *count, taken + *count);
  return DICREC_OK;
}

/* One round of n candidates; when no more match, the nearest of those that do not are tried. */
static dicrec_status run_round(struct search *search, size_t n, dicrec__candidate *taken) {
  size_t count;
  const dicrec_status status = take(search, n, taken, &count);
  if (status != DICREC_OK) return status;
  if (count > 0) return try_candidates(search, taken, count);
  if (dicrec__deadline_passed(search->deadline_s)) search->outcome = DICREC_OUTCOME_TIMED_OUT;
  else
    search->outcome =
        search->candidates.n_valid < search->request->n_members ? DICREC_OUTCOME_UNREACHABLE : DICREC_OUTCOME_DRAWN;
  return DICREC_OK;
}

/* Without time to simulate more, candidates take the places that are left as they are. */
static dicrec_status fill_up(struct search *search, dicrec__candidate *taken) {
  const size_t n = search->request->n_members;
  const dicrec__ranking *ranking = &search->ranking;
  while (ranking->n_accepted + ranking->n_rejected < n) {
    const size_t missing = n - ranking->n_accepted - ranking->n_rejected;
    size_t count;
    const dicrec_status status = take(search, missing < LARGEST_ROUND ? missing : LARGEST_ROUND, taken, &count);
    if (status != DICREC_OK || count == 0) return status;
    for (size_t i = 0; i < count; ++i) dicrec__ranking_add_unfinished(&search->ranking, &taken[i], true);
  }
  return DICREC_OK;
}

/* Why the search ends here; COMPLETE: it does not, but for that. */
static int32_t outcome_so_far(const struct search *search) {
  const size_t n = search->request->n_members;
  if (search->outcome != DICREC_OUTCOME_COMPLETE || search->ranking.n_accepted == n) return search->outcome;
  if (dicrec__deadline_passed(search->deadline_s)) return DICREC_OUTCOME_TIMED_OUT;
  if (search->ranking.n_accepted == 0 && search->n_simulated >= given_up_after * n) return DICREC_OUTCOME_GIVEN_UP;
  return budget_left(search) == 0 ? DICREC_OUTCOME_SIMULATED : DICREC_OUTCOME_COMPLETE;
}

/* How many candidates to try next: about as many as the share accepted so far suggests, in whole vectors. */
static size_t next_round(struct search *search) {
  const size_t n = search->request->n_members, n_accepted = search->ranking.n_accepted, budget = budget_left(search);
  search->outcome = outcome_so_far(search);
  if (n_accepted == n || search->outcome != DICREC_OUTCOME_COMPLETE) return 0;
  double expected = search->request->forward != NULL ? (double)n : first_unscreened * (double)n;
  if (search->n_simulated > 0) { /* at most doubles what was tried: a few accepted say little about the share */
    const double tried = (double)search->n_simulated;
    expected = fmin(more_than_expected * (double)(n - n_accepted) * tried / ((double)n_accepted + 0.5), tried);
  }
  const double candidates = fmax(fmin(expected, (double)LARGEST_ROUND), 1.0);
  const size_t vectors = (size_t)((candidates + (DICREC__LANES - 1)) / DICREC__LANES);
  return DICREC__LANES * vectors < budget ? DICREC__LANES * vectors : budget;
}

static dicrec_status run_search(struct search *search, dicrec__candidate *taken,
                                dicrec_reconstruction *reconstruction) {
  dicrec_status status = dicrec__candidates_start(&search->context, search->request, &search->candidates);
  for (size_t round; status == DICREC_OK && (round = next_round(search)) > 0;) status = run_round(search, round, taken);
  if (status == DICREC_OK && search->outcome == DICREC_OUTCOME_TIMED_OUT) status = fill_up(search, taken);
  if (status == DICREC_OK)
    status = dicrec__verified_members_set(&search->context, &search->candidates, &search->ranking, reconstruction);
  reconstruction->report.n_simulated = (int64_t)search->n_simulated;
  reconstruction->report.outcome = search->outcome;
  return status;
}

/* The earlier of the request's deadline and that of the simulations. */
static double deadline_of(const dicrec__request *request) {
  if (!(request->simulate.max_wall_s > 0.0)) return request->deadline_s;
  const double of_simulations_s = dicrec__clock_s() + request->simulate.max_wall_s;
  return request->deadline_s == 0.0 ? of_simulations_s : fmin(request->deadline_s, of_simulations_s);
}

dicrec_status dicrec__verify(dicrec_context *context, const dicrec__request *request,
                             dicrec_reconstruction *reconstruction) {
  struct search search = {.request = request, .caller = context, .deadline_s = deadline_of(request)};
  const dicrec__allocator *allocator = &context->allocator;
  dicrec__child_begin(&search.context, context, report_accepted, &search);
  dicrec__candidate *taken = dicrec__allocate_unset(allocator, LARGEST_ROUND, sizeof *taken);
  double *intervals = dicrec__allocate_unset(allocator, request->spikes->train.n, sizeof *intervals);
  bool has_room = dicrec__ranking_create(allocator, request->n_members, &search.ranking);
  has_room &= dicrec__revision_create(&search.candidates, allocator, LARGEST_ROUND, &search.revision);
  has_room &= taken != NULL && intervals != NULL;
  dicrec_status status = DICREC_E_MEMORY;
  if (has_room) {
    dicrec__train_check_init(&search.check, request, &search.candidates.screen, intervals);
    status = run_search(&search, taken, reconstruction);
  } else dicrec__fail_memory(&search.context, "the candidates");
  dicrec__ranking_release(&search.ranking);
  dicrec__revision_release(&search.revision, allocator);
  dicrec__candidates_release(&search.candidates);
  dicrec__release(allocator, intervals);
  dicrec__release(allocator, taken);
  return dicrec__child_end(&search.context, context, status);
}
