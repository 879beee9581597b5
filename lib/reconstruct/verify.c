/* SPDX-License-Identifier: MIT */
#include "reconstruct/verify.h"

#include <math.h>
#include <string.h>

#include "core/workers.h"
#include "reconstruct/members.h"
#include "simulator/simulation.h"

/* The longest check, in lengths of the model's protocol: bounds the time that a long recording costs. */
static const double longest_check = 4.0;

/* Mismatch of a train of another class than the input's: beyond that of any rate. And of one that did not come to its
 * end. */
static const double other_class = 1e12, not_finished = 4e12;

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
  double rate_tolerance, burst_tolerance; /**< with the sampling error of the input */
  double tau_ms;
  double deadline_s; /**< of all rounds; 0: none */
  struct kept *kept; /**< [2 n_members]: accepted from the front, the nearest rejected after n_members, in order */
  size_t n_accepted, n_rejected, n_simulated;
  int32_t outcome;
};

void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   dicrec_simulate_options *simulate) {
  simulate->time_scale = time_scale;
  if (simulate->t_end_ms > 0.0) return;
  double t_end, t_skip;
  dicrec_model_protocol(model, &t_end, &t_skip);
  const double shortest = (t_end - t_skip) * time_scale, span = spikes->times_ms[spikes->n - 1] - spikes->times_ms[0];
  if (simulate->t_skip_ms == 0.0) simulate->t_skip_ms = t_skip * time_scale;
  simulate->t_end_ms = simulate->t_skip_ms + fmin(fmax(shortest, span), longest_check * shortest);
}

static int32_t report_accepted(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  const struct search *search = user;
  return dicrec__progress(search->caller, (int64_t)search->n_accepted, (int64_t)search->request->n_members) ? 1 : 0;
}

static double relative(double difference, double tolerance) {
  return isnan(difference) ? 0.0 : fabs(difference) / tolerance; /* what the input does not show is not asked for */
}

/* How far a train is from the input, in tolerances. A wrong class is beyond any. */
static double mismatch_of(const struct search *search, const dicrec_spike_statistics *s) {
  const dicrec_spike_statistics *input = &search->request->input;
  if (s->activity == DICREC_ACTIVITY_SILENT) return 2.0 * other_class;
  const double rate = relative(s->rate_hz / input->rate_hz - 1.0, search->rate_tolerance);
  const double burst = relative(s->spikes_per_burst - input->spikes_per_burst, search->burst_tolerance);
  return fmax(rate, burst) + (s->activity == input->activity ? 0.0 : other_class);
}

/* How many spikes of a train lie within a time from its first. */
static size_t count_within(const double *times_ms, size_t n, double span) {
  while (n > 1 && times_ms[n - 1] - times_ms[0] > span) --n;
  return n;
}

/* Statistics, distance and verdict of a train that a candidate fired; its times are not kept yet. */
static dicrec__checked check_train(const struct search *search, const dicrec__spike_list *train, double *mismatch) {
  const dicrec_spikes *input = search->request->spikes;
  dicrec__checked checked = {.distance = NAN, .n_times = train->n};
  dicrec__spike_statistics(train->times_ms, train->n, &checked.statistics);
  *mismatch = mismatch_of(search, &checked.statistics);
  checked.accepted = *mismatch <= 1.0;
  if (train->n == 0) return checked;
  const double window = search->request->simulate.t_end_ms - search->request->simulate.t_skip_ms;
  const double span = fmin(input->times_ms[input->n - 1] - input->times_ms[0], window);
  checked.distance = dicrec__van_rossum(input->times_ms, count_within(input->times_ms, input->n, span), train->times_ms,
                                        count_within(train->times_ms, train->n, span + search->tau_ms), search->tau_ms);
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

static dicrec_status keep(struct search *search, const dicrec__candidate *candidate, const dicrec__spike_list *train) {
  double mismatch;
  dicrec__checked checked = check_train(search, train, &mismatch);
  dicrec__candidates_learn(&search->candidates, candidate, &checked.statistics);
  struct kept *place = find_place(search, checked.accepted, mismatch);
  if (place == NULL) return DICREC_OK;
  place->candidate = *candidate;
  place->mismatch = mismatch;
  place->was_stopped = false;
  checked.times_ms = dicrec__allocate(&search->context.allocator, train->n, sizeof(double));
  if (checked.times_ms == NULL) return dicrec__fail_memory(&search->context, "the spikes of a member");
  if (train->n > 0) memcpy(checked.times_ms, train->times_ms, train->n * sizeof(double));
  place->checked = checked;
  return DICREC_OK;
}

static dicrec__checked unchecked(void) {
  dicrec__checked checked = {.distance = NAN};
  dicrec__spike_statistics(NULL, 0, &checked.statistics);
  return checked;
}

/* What a candidate fires is not known: it is kept behind all others. */
static void keep_unchecked(struct search *search, const dicrec__candidate *candidate, dicrec_status status) {
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
  double *conductances = dicrec__allocate(allocator, n * n_channels, sizeof *conductances);
  uint64_t *streams = dicrec__allocate(allocator, n, sizeof *streams);
  dicrec_status status = DICREC_E_MEMORY;
  if (conductances == NULL || streams == NULL) {
    dicrec__fail_memory(&search->context, "the candidates");
  } else {
    for (size_t i = 0; i < n; ++i) {
      memcpy(conductances + i * n_channels, candidates[i].conductances, n_channels * sizeof *conductances);
      streams[i] = candidates[i].stream;
    }
    dicrec_simulate_options options = request->simulate;
    options.member_streams = streams;
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

/* Simulate and judge n candidates. */
static dicrec_status check_candidates(struct search *search, const dicrec__candidate *candidates, size_t n) {
  dicrec_simulation *simulation = NULL;
  dicrec_status status = simulate(search, candidates, n, &simulation);
  for (size_t i = 0; i < n && status >= 0; ++i) {
    const dicrec_status judged = judge(search, &candidates[i], simulation, i);
    if (judged < 0) status = judged;
  }
  search->n_simulated += n;
  if (status >= 0 && search->n_accepted < search->request->n_members) dicrec__candidates_rescore(&search->candidates);
  dicrec_simulation_free(simulation);
  return status < 0 ? status : DICREC_OK;
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
  const size_t n = search->request->n_members, missing = n - search->n_accepted;
  const size_t budget = n * (size_t)search->request->options.max_candidates - search->n_simulated;
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
  return DICREC_OK;
}

static dicrec_status run_search(struct search *search, dicrec__candidate *taken,
                                dicrec_reconstruction *reconstruction) {
  dicrec_status status = dicrec__candidates_start(&search->context, search->request, &search->candidates);
  for (size_t round; status == DICREC_OK && (round = next_round(search)) > 0;)
    status = try_candidates(search, round, taken);
  if (status == DICREC_OK && search->outcome == DICREC_OUTCOME_TIMED_OUT) status = fill_up(search, taken);
  return status == DICREC_OK ? hand_over(search, reconstruction) : status;
}

dicrec_status dicrec__verify(dicrec_context *context, const dicrec__request *request,
                             dicrec_reconstruction *reconstruction) {
  struct search search = {.request = request, .context = *context, .caller = context};
  const dicrec__allocator *allocator = &context->allocator;
  const dicrec__sampling_error error = dicrec__sampling_error_of(&request->input);
  search.context.options.progress = report_accepted;
  search.context.options.progress_user = &search;
  search.rate_tolerance = hypot(request->options.rate_tolerance, error.rate);
  search.burst_tolerance =
      hypot(request->options.burst_tolerance, error.spikes_per_burst * request->input.spikes_per_burst);
  if (request->simulate.max_wall_s > 0.0) search.deadline_s = dicrec__clock_s() + request->simulate.max_wall_s;
  search.tau_ms = dicrec__van_rossum_tau(request->spikes->times_ms, request->spikes->n);
  const bool countable = request->n_members <= SIZE_MAX / 4;
  search.kept = countable ? dicrec__allocate(allocator, 2 * request->n_members, sizeof *search.kept) : NULL;
  dicrec__candidate *taken = dicrec__allocate_unset(allocator, LARGEST_ROUND, sizeof *taken);
  const dicrec_status status = search.kept == NULL || taken == NULL
                                   ? dicrec__fail_memory(&search.context, "the candidates")
                                   : run_search(&search, taken, reconstruction);
  for (size_t i = 0; search.kept != NULL && i < 2 * request->n_members; ++i)
    dicrec__release(allocator, search.kept[i].checked.times_ms);
  dicrec__candidates_release(&search.candidates);
  dicrec__release(allocator, taken);
  dicrec__release(allocator, search.kept);
  if (status != DICREC_OK) memcpy(context->error, search.context.error, sizeof context->error);
  return status;
}
