/* SPDX-License-Identifier: MIT */
#include "reconstruct/verify.h"

#include <math.h>
#include <string.h>

#include "core/child_context.h"
#include "core/workers.h"
#include "reconstruct/compare.h"
#include "reconstruct/judge.h"
#include "reconstruct/members.h"
#include "reconstruct/refine.h"
#include "simulator/simulation.h"
#include "simulator/time_scale.h"

/* The longest check, in lengths of the model's protocol: bounds the time that a long recording costs. */
static const double longest_check = 4.0;

/* Mismatch of a train that did not come to its end. */
static const double not_finished = 4.0 * DICREC__OTHER_CLASS;

/* Candidates that fired this much like a regular input, in tolerances, are not moved any more; nor are those
 * beyond, nor any that was moved so often. */
static const double good_enough = 0.075, hopeless_mismatch = 30.0;
enum { MOST_REVISIONS = 2 };

/* An irregular input asks for longer trains than it has itself, so that their own sampling errors count little. */
static const double longer_than_input = 3.0;

/* What a round may take when no time is left: it ends at once. */
static const double least_wall_s = 1e-9;

/* Candidates simulated in one call. */
enum { LARGEST_ROUND = 1024 };

/* A search that has accepted none of this many candidates per member asked for is given up. */
static const size_t hopeless = 10;

/** A candidate that is kept for now. */
struct kept {
  dicrec__candidate candidate;
  double mismatch; /**< of what it fired, 0: perfect; 1: at a tolerance */
  dicrec__checked checked;
  bool was_stopped; /**< by a limit of the simulation */
};

/** The state of one verification. */
struct search {
  const dicrec__request *request;
  dicrec_context context; /**< the caller's, with progress that counts accepted members */
  dicrec_context *caller;
  dicrec__candidates candidates;
  dicrec__comparison comparison;
  double tau_ms;
  double deadline_s; /**< of all rounds; 0: none */
  struct kept *kept; /**< [2 n_members]: accepted from the front, the nearest rejected after n_members, in order */
  size_t n_accepted, n_rejected, n_simulated;
  int32_t outcome;
  /* Candidates that are to be moved and simulated again, and the patterns that they fired: [LARGEST_ROUND]. */
  dicrec__candidate *revised;
  double (*fired)[DICREC__PATTERN_SIZE];
  size_t n_revised;
};

void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   bool is_irregular, dicrec_simulate_options *simulate) {
  simulate->time_scale = time_scale;
  if (simulate->t_end_ms > 0.0) return;
  double t_end, t_skip;
  dicrec__protocol_at(model, time_scale, &t_end, &t_skip);
  const double shortest = t_end - t_skip, observed = spikes->train.observed_ms;
  if (simulate->t_skip_ms == 0.0) simulate->t_skip_ms = t_skip;
  const double wanted = fmax(shortest, is_irregular ? longer_than_input * observed : observed);
  simulate->t_end_ms = simulate->t_skip_ms + fmin(wanted, longest_check * shortest);
}

static int32_t report_accepted(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  const struct search *search = user;
  return dicrec__progress(search->caller, (int64_t)search->n_accepted, (int64_t)search->request->n_members) ? 1 : 0;
}

/* How many spikes of a train lie within a time from its first. */
static size_t count_within(const double *times_ms, size_t n, double span) {
  while (n > 1 && times_ms[n - 1] - times_ms[0] > span) --n;
  return n;
}

/* Distance of a train from the input's longest segment, over the time that both last. */
static double distance_from_input(const struct search *search, const dicrec__spike_list *train) {
  const dicrec__train input = search->request->spikes->train;
  const dicrec__segment longest = dicrec__train_longest(input);
  const double *times = input.times_ms + longest.first;
  const double window = search->request->simulate.t_end_ms - search->request->simulate.t_skip_ms;
  const double span = fmin(times[longest.n - 1] - times[0], window);
  return dicrec__van_rossum(times, count_within(times, longest.n, span), train->times_ms,
                            count_within(train->times_ms, train->n, span + search->tau_ms), search->tau_ms);
}

/* Statistics, distances and verdict of a train that a candidate fired; its times are not kept yet. `sorted` has room
 * for its intervals. */
static dicrec__checked check_train(const struct search *search, const dicrec__spike_list *list, double *sorted,
                                   dicrec__compared *compared) {
  const dicrec__train train = dicrec__train_of(list->times_ms, list->n);
  dicrec__checked checked = {.distance = (double)NAN, .n_times = list->n};
  dicrec__spike_statistics(train, &checked.statistics);
  *compared = dicrec__compare(&search->comparison, train, &checked.statistics, sorted);
  checked.accepted = compared->mismatch <= 1.0;
  checked.intervals = compared->intervals;
  if (list->n > 0) checked.distance = distance_from_input(search, list);
  return checked;
}

/* Where a candidate goes among those kept; NULL if there is no place for it. */
static struct kept *find_place(struct search *search, bool accepted, double mismatch) {
  const size_t n = search->request->n_members;
  if (accepted) return search->n_accepted < n ? &search->kept[search->n_accepted++] : NULL;
  struct kept *rejected = search->kept + n;
  size_t place = search->n_rejected;
  while (place > 0 && rejected[place - 1].mismatch > mismatch) --place;
  if (place == n) return NULL;
  if (search->n_rejected == n) dicrec__release(&search->context.allocator, rejected[n - 1].checked.times_ms);
  else ++search->n_rejected;
  memmove(rejected + place + 1, rejected + place, (search->n_rejected - 1 - place) * sizeof *rejected);
  rejected[place].checked.times_ms = NULL;
  return &rejected[place];
}

/* A candidate for a regular input that may be moved nearer waits for that; `slot`: one more than the accepted member
 * that it is already, 0: it is none. */
static void revise_later(struct search *search, const dicrec__candidate *candidate, const dicrec__compared *compared,
                         size_t slot) {
  const bool is_movable = search->request->is_regular && search->request->flow != NULL &&
                          search->request->forward != NULL && candidate->n_revised < MOST_REVISIONS;
  const bool is_worth_it = compared->mismatch > good_enough && compared->mismatch < hopeless_mismatch;
  if (!is_movable || !is_worth_it || search->n_revised == LARGEST_ROUND) return;
  dicrec__candidate *revised = &search->revised[search->n_revised];
  memcpy(search->fired[search->n_revised++], compared->fired, sizeof compared->fired);
  *revised = *candidate;
  ++revised->n_revised;
  revised->slot = slot;
}

/* Take the rejected candidate that one was moved from out, if that is nearer now; false if it is not. */
static bool replace_rejected(struct search *search, const dicrec__candidate *moved, double mismatch) {
  struct kept *rejected = search->kept + search->request->n_members;
  size_t place = 0;
  while (place < search->n_rejected && rejected[place].candidate.stream != moved->stream) ++place;
  if (place == search->n_rejected) return true;
  if (!(mismatch < rejected[place].mismatch)) return false;
  dicrec__release(&search->context.allocator, rejected[place].checked.times_ms);
  --search->n_rejected;
  memmove(rejected + place, rejected + place + 1, (search->n_rejected - place) * sizeof *rejected);
  rejected[search->n_rejected].checked.times_ms = NULL;
  return true;
}

/* The place of a candidate: that of the member that it was moved from, if it is better now, or a place of its own. */
static struct kept *choose_place(struct search *search, const dicrec__candidate *candidate, bool is_accepted,
                                 double mismatch) {
  if (candidate->slot == 0) {
    const bool is_moved = candidate->n_revised > 0;
    if (is_moved && !replace_rejected(search, candidate, mismatch)) return NULL;
    return find_place(search, is_accepted, mismatch);
  }
  struct kept *before = &search->kept[candidate->slot - 1];
  if (!(mismatch < before->mismatch)) return NULL;
  dicrec__release(&search->context.allocator, before->checked.times_ms);
  before->checked.times_ms = NULL;
  return before;
}

static dicrec_status keep(struct search *search, const dicrec__candidate *candidate, const dicrec__spike_list *train) {
  const dicrec__allocator *allocator = &search->context.allocator;
  dicrec__compared compared;
  double *times = dicrec__allocate_unset(allocator, train->n + 1, sizeof *times);
  if (times == NULL) return dicrec__fail_memory(&search->context, "the spikes of a member");
  dicrec__checked checked = check_train(search, train, times, &compared);
  struct kept *place = choose_place(search, candidate, checked.accepted, compared.mismatch);
  size_t slot = candidate->slot;
  if (place != NULL && checked.accepted) slot = (size_t)(place - search->kept) + 1;
  revise_later(search, candidate, &compared, slot);
  if (place == NULL) {
    dicrec__release(allocator, times);
    return DICREC_OK;
  }
  place->candidate = *candidate;
  place->mismatch = compared.mismatch;
  place->was_stopped = false;
  if (train->n > 0) memcpy(times, train->times_ms, train->n * sizeof *times);
  checked.times_ms = times;
  place->checked = checked;
  return DICREC_OK;
}

static dicrec__checked unchecked(void) {
  dicrec__checked checked = {.distance = (double)NAN, .intervals = {(double)NAN, (double)NAN}};
  dicrec__spike_statistics(dicrec__train_of(NULL, 0), &checked.statistics);
  return checked;
}

/* What a candidate fires is not known: it is kept behind all others, unless what it was moved from is there. */
static void keep_unchecked(struct search *search, const dicrec__candidate *candidate, dicrec_status status) {
  if (candidate->n_revised > 0) return;
  struct kept *place = find_place(search, false, not_finished);
  if (place != NULL)
    *place = (struct kept){*candidate, not_finished, unchecked(), .was_stopped = status == DICREC_W_LIMIT};
}

static bool is_late(const struct search *search) {
  return search->deadline_s > 0.0 && dicrec__clock_s() >= search->deadline_s;
}

/* Simulate n candidates with what is left of the time. */
static dicrec_status simulate(struct search *search, const dicrec__candidate *candidates, size_t n,
                              dicrec_simulation **simulation) {
  const dicrec__request *request = search->request;
  const dicrec__allocator *allocator = &search->context.allocator;
  const size_t n_channels = (size_t)request->model->table->n_channels;
  double *conductances = dicrec__allocate(allocator, n * (n_channels + 1), sizeof *conductances);
  uint64_t *streams = dicrec__allocate(allocator, n, sizeof *streams);
  dicrec_status status = DICREC_E_MEMORY;
  if (conductances == NULL || streams == NULL) {
    dicrec__fail_memory(&search->context, "the candidates");
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
    if (search->deadline_s > 0.0) options.max_wall_s = fmax(search->deadline_s - dicrec__clock_s(), least_wall_s);
    status = dicrec_simulate(&search->context, request->model, conductances, n, &options, simulation);
  }
  dicrec__release(allocator, streams);
  dicrec__release(allocator, conductances);
  return status;
}

/* Judge one simulated candidate. */
static dicrec_status judge(struct search *search, const dicrec__candidate *candidate,
                           const dicrec_simulation *simulation, size_t i) {
  const dicrec_status status = simulation->status[i];
  if (status == DICREC_E_CANCELLED)
    return dicrec__fail(&search->context, status, "cancelled with %zu of %zu members accepted", search->n_accepted,
                        search->request->n_members);
  if (status == DICREC_OK) return keep(search, candidate, &simulation->spikes->lists[i]);
  keep_unchecked(search, candidate, status);
  return DICREC_OK;
}

/* Simulate and judge n candidates once. */
static dicrec_status check_once(struct search *search, const dicrec__candidate *candidates, size_t n) {
  dicrec_simulation *simulation = NULL;
  dicrec_status status = simulate(search, candidates, n, &simulation);
  for (size_t i = 0; i < n && status >= 0; ++i) {
    const dicrec_status judged = judge(search, &candidates[i], simulation, i);
    if (judged < 0) status = judged;
  }
  search->n_simulated += n;
  dicrec_simulation_free(simulation);
  return status < 0 ? status : DICREC_OK;
}

/* What the prediction of each candidate that waits is too large by: [n_revised][DICREC__PATTERN_SIZE] onto `fired`. */
static dicrec_status turn_into_errors(struct search *search, dicrec__candidate *const *waiting) {
  const dicrec__allocator *allocator = &search->context.allocator;
  const size_t n = search->n_revised;
  dicrec__prediction *predictions = dicrec__allocate_unset(allocator, n, sizeof *predictions);
  if (predictions == NULL) return dicrec__fail_memory(&search->context, "the predictions of the members");
  const dicrec_status status = dicrec__candidates_predict(&search->candidates, waiting, n, predictions);
  for (size_t i = 0; i < n && status == DICREC_OK; ++i)
    for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
      const double fired = search->fired[i][k]; /* NaN: not shown; vectors must not compare it */
      search->fired[i][k] = isnan(fired) ? 0.0 : predictions[i].mean[k] - fired;
    }
  dicrec__release(allocator, predictions);
  return status;
}

/* Move the candidates that wait for it by what they fired. */
static dicrec_status move_waiting(struct search *search) {
  const dicrec__allocator *allocator = &search->context.allocator;
  const size_t n = search->n_revised;
  dicrec__candidate **waiting = dicrec__allocate_unset(allocator, n, sizeof(dicrec__candidate *));
  if (waiting == NULL) return dicrec__fail_memory(&search->context, "the members that are moved");
  for (size_t i = 0; i < n; ++i) waiting[i] = &search->revised[i];
  dicrec_status status = turn_into_errors(search, waiting);
  if (status == DICREC_OK) status = dicrec__refine(&search->candidates, waiting, n, search->fired[0]);
  dicrec__release(allocator, waiting);
  return status;
}

/* Candidates that may still be simulated, those that were moved included. */
static size_t budget_left(const struct search *search) {
  const dicrec__request *request = search->request;
  const size_t budget = request->n_members * (size_t)request->options.max_candidates;
  return search->n_simulated < budget ? budget - search->n_simulated : 0;
}

/* Move the candidates that wait for it, then simulate and judge them once more. */
static dicrec_status check_moved(struct search *search) {
  const dicrec__allocator *allocator = &search->context.allocator;
  const size_t left = budget_left(search);
  if (search->n_revised > left) search->n_revised = left;
  const size_t n = search->n_revised;
  dicrec_status status = move_waiting(search);
  if (status != DICREC_OK) return status;
  dicrec__candidate *moved = dicrec__allocate_unset(allocator, n, sizeof *moved);
  if (moved == NULL) return dicrec__fail_memory(&search->context, "the members that are moved");
  memcpy(moved, search->revised, n * sizeof *moved);
  search->n_revised = 0;
  status = check_once(search, moved, n);
  dicrec__release(allocator, moved);
  return status;
}

/* Simulate and judge n candidates, and those of them again that can be moved nearer to the input. */
static dicrec_status check_candidates(struct search *search, const dicrec__candidate *candidates, size_t n) {
  search->n_revised = 0;
  dicrec_status status = check_once(search, candidates, n);
  while (status == DICREC_OK && search->n_revised > 0 && budget_left(search) > 0 && !is_late(search))
    status = check_moved(search);
  return status;
}

/* Take up to n candidates, those that match first; `taken` has room for them. */
static dicrec_status take(struct search *search, size_t n, dicrec__candidate *taken, size_t *count) {
  const dicrec_status status = dicrec__candidates_next(&search->candidates, n, taken, count);
  if (status != DICREC_OK) return status;
  *count += dicrec__candidates_reserve(&search->candidates, n - *count, taken + *count);
  return DICREC_OK;
}

/* Try n candidates; when no more match, the nearest of those that do not are tried. */
static dicrec_status try_candidates(struct search *search, size_t n, dicrec__candidate *taken) {
  size_t count;
  const dicrec_status status = take(search, n, taken, &count);
  if (status != DICREC_OK) return status;
  if (count > 0) return check_candidates(search, taken, count);
  if (is_late(search)) search->outcome = DICREC_OUTCOME_TIMED_OUT;
  else
    search->outcome =
        search->candidates.n_valid < search->request->n_members ? DICREC_OUTCOME_UNREACHABLE : DICREC_OUTCOME_DRAWN;
  return DICREC_OK;
}

/* Without time to simulate more, candidates take the places that are left as they are. */
static dicrec_status fill_up(struct search *search, dicrec__candidate *taken) {
  const size_t n = search->request->n_members;
  while (search->n_accepted + search->n_rejected < n) {
    const size_t missing = n - search->n_accepted - search->n_rejected;
    size_t count;
    const dicrec_status status = take(search, missing < LARGEST_ROUND ? missing : LARGEST_ROUND, taken, &count);
    if (status != DICREC_OK || count == 0) return status;
    for (size_t i = 0; i < count; ++i) keep_unchecked(search, &taken[i], DICREC_W_LIMIT);
  }
  return DICREC_OK;
}

/* How many candidates to try next: about as many as the share accepted so far suggests, in whole vectors. */
static size_t next_round(struct search *search) {
  const size_t n = search->request->n_members, missing = n - search->n_accepted, budget = budget_left(search);
  if (missing == 0 || search->outcome != DICREC_OUTCOME_COMPLETE) return 0;
  if (is_late(search)) search->outcome = DICREC_OUTCOME_TIMED_OUT;
  else if (search->n_accepted == 0 && search->n_simulated >= hopeless * n) search->outcome = DICREC_OUTCOME_GIVEN_UP;
  else if (budget == 0) search->outcome = DICREC_OUTCOME_SIMULATED;
  if (search->outcome != DICREC_OUTCOME_COMPLETE) return 0;
  double expected = search->request->forward != NULL ? (double)n : 1.5 * (double)n;
  if (search->n_simulated > 0) { /* at most doubles what was tried: a few accepted say little about the share */
    const double tried = (double)search->n_simulated;
    expected = fmin(1.1 * (double)missing * tried / ((double)search->n_accepted + 0.5), tried);
  }
  const size_t vectors = (size_t)((fmax(fmin(expected, (double)LARGEST_ROUND), 1.0) + 7.0) / 8.0);
  return 8 * vectors < budget ? 8 * vectors : budget;
}

/* Tell how far the accepted members' intervals are from the input's, by their medians. */
static dicrec_status tell_distances(dicrec_context *context, dicrec_reconstruction *reconstruction, size_t n_accepted) {
  if (n_accepted == 0) return DICREC_OK;
  double *values = dicrec__allocate_unset(&context->allocator, n_accepted, sizeof *values);
  if (values == NULL) return dicrec__fail_memory(context, "the distances of the members");
  const dicrec__checked *checked = reconstruction->checked;
  for (size_t i = 0; i < n_accepted; ++i) values[i] = checked[i].intervals.kolmogorov_smirnov;
  reconstruction->report.isi_distance = dicrec__median(values, n_accepted);
  for (size_t i = 0; i < n_accepted; ++i) values[i] = checked[i].intervals.moved;
  reconstruction->report.isi_moved = dicrec__median(values, n_accepted);
  dicrec__release(&context->allocator, values);
  return DICREC_OK;
}

/* Move what was kept into the reconstruction: accepted members, then the nearest of the others. */
static dicrec_status hand_over(struct search *search, dicrec_reconstruction *reconstruction) {
  dicrec_context *context = &search->context;
  const size_t n = search->request->n_members, n_accepted = search->n_accepted;
  const size_t n_others = search->n_rejected < n - n_accepted ? search->n_rejected : n - n_accepted;
  const dicrec__candidate **found = dicrec__allocate(&context->allocator, n, sizeof *found);
  reconstruction->checked = dicrec__allocate(&context->allocator, n, sizeof *reconstruction->checked);
  if (found == NULL || reconstruction->checked == NULL) {
    dicrec__release(&context->allocator, found);
    return dicrec__fail_memory(context, "the checks of the members");
  }
  for (size_t i = 0; i < n; ++i) {
    struct kept *from = i < n_accepted ? &search->kept[i] : &search->kept[n + i - n_accepted];
    found[i] = &from->candidate;
  }
  const dicrec_status status =
      dicrec__members_set(context, &search->candidates, found, n_accepted, n_accepted + n_others, reconstruction);
  dicrec__release(&context->allocator, found);
  if (status != DICREC_OK) return status;
  for (size_t i = 0; i < n; ++i) {
    struct kept *from = i < n_accepted ? &search->kept[i] : &search->kept[n + i - n_accepted];
    const bool is_found = i < n_accepted + n_others;
    reconstruction->checked[i] = is_found ? from->checked : unchecked();
    if (!is_found) continue;
    if (from->was_stopped) reconstruction->population->status[i] = DICREC_W_LIMIT;
    from->checked.times_ms = NULL;
  }
  reconstruction->report.n_simulated = (int64_t)search->n_simulated;
  reconstruction->report.outcome = search->outcome;
  return tell_distances(context, reconstruction, n_accepted);
}

static dicrec_status run_search(struct search *search, dicrec__candidate *taken,
                                dicrec_reconstruction *reconstruction) {
  dicrec_status status = dicrec__candidates_start(&search->context, search->request, &search->candidates);
  for (size_t round; status == DICREC_OK && (round = next_round(search)) > 0;)
    status = try_candidates(search, round, taken);
  if (status == DICREC_OK && search->outcome == DICREC_OUTCOME_TIMED_OUT) status = fill_up(search, taken);
  return status == DICREC_OK ? hand_over(search, reconstruction) : status;
}

static void start_comparison(struct search *search, double *intervals) {
  const dicrec__request *request = search->request;
  const dicrec__sampling_error error = dicrec__sampling_error_of(&request->input);
  dicrec__comparison *comparison = &search->comparison;
  dicrec__comparison_init(comparison, &search->candidates.screen, request->spikes->train,
                          dicrec_posterior_time_scale(request->posterior), intervals);
  comparison->rate_tolerance = hypot(request->options.rate_tolerance, error.rate);
  comparison->burst_tolerance =
      hypot(request->options.burst_tolerance, error.spikes_per_burst * request->input.spikes_per_burst);
}

dicrec_status dicrec__verify(dicrec_context *context, const dicrec__request *request,
                             dicrec_reconstruction *reconstruction) {
  struct search search = {.request = request, .caller = context};
  const dicrec__allocator *allocator = &context->allocator;
  dicrec__child_begin(&search.context, context, report_accepted, &search);
  search.deadline_s = request->deadline_s;
  if (request->simulate.max_wall_s > 0.0) {
    const double of_check_s = dicrec__clock_s() + request->simulate.max_wall_s;
    if (search.deadline_s == 0.0 || of_check_s < search.deadline_s) search.deadline_s = of_check_s;
  }
  search.tau_ms = dicrec__van_rossum_tau(request->spikes->train);
  const bool countable = request->n_members <= SIZE_MAX / 4;
  search.kept = countable ? dicrec__allocate(allocator, 2 * request->n_members, sizeof *search.kept) : NULL;
  dicrec__candidate *taken = dicrec__allocate_unset(allocator, LARGEST_ROUND, sizeof *taken);
  search.revised = dicrec__allocate_unset(allocator, LARGEST_ROUND, sizeof *search.revised);
  search.fired = dicrec__allocate_unset(allocator, LARGEST_ROUND, sizeof *search.fired);
  double *intervals = dicrec__allocate_unset(allocator, request->spikes->train.n, sizeof *intervals);
  const bool has_room =
      search.kept != NULL && taken != NULL && search.revised != NULL && search.fired != NULL && intervals != NULL;
  if (has_room) start_comparison(&search, intervals);
  const dicrec_status status =
      has_room ? run_search(&search, taken, reconstruction) : dicrec__fail_memory(&search.context, "the candidates");
  for (size_t i = 0; search.kept != NULL && i < 2 * request->n_members; ++i)
    dicrec__release(allocator, search.kept[i].checked.times_ms);
  dicrec__candidates_release(&search.candidates);
  dicrec__release(allocator, intervals);
  dicrec__release(allocator, search.fired);
  dicrec__release(allocator, search.revised);
  dicrec__release(allocator, taken);
  dicrec__release(allocator, search.kept);
  return dicrec__child_end(&search.context, context, status);
}
