/* SPDX-License-Identifier: MIT */
#include "reconstruct/verify.h"

#include <math.h>
#include <string.h>

#include "dic/generate.h"
#include "dicrec/dic.h"
#include "estimator/estimator.h"
#include "simulator/simulation.h"

/* The longest check, in lengths of the model's protocol: bounds the time that a long recording costs. */
static const double longest_check = 4.0;

/* A search that has accepted none of this many candidates per member asked for is given up. */
static const size_t hopeless = 10;

/** A candidate that is kept for now. */
struct kept {
  double conductances[DICREC__MAX_CHANNELS], dics[DICREC_DIC_COUNT];
  double mismatch; /**< 0: perfect; 1: at a tolerance */
  dicrec__checked checked;
};

/** The state of one verification. */
struct search {
  const dicrec__verification *asked;
  dicrec_context context; /**< the caller's, with progress that counts accepted members */
  dicrec_context *caller;
  dicrec_spike_statistics input;
  double tau_ms;
  struct kept *kept; /**< [2 n_members]: accepted from the front, the nearest rejected after n_members, in order */
  size_t n_accepted, n_rejected, n_candidates;
};

void dicrec__candidate_targets(const dicrec_posterior *posterior, int32_t target, uint64_t seed, uint64_t first,
                               size_t n, double *targets) {
  double median[2];
  dicrec_posterior_quantile(posterior, 0.5, median);
  for (size_t i = 0; i < n; ++i) {
    memcpy(targets + 2 * i, median, sizeof median);
    if (target == DICREC_TARGET_SAMPLE) dicrec__posterior_sample_at(posterior, seed, first + i, targets + 2 * i);
  }
}

void dicrec__verification_duration(const dicrec_model *model, const dicrec_spikes *spikes, double time_scale,
                                   dicrec_simulate_options *simulate) {
  simulate->time_scale = time_scale;
  if (simulate->t_end_ms > 0.0) return;
  double t_end, t_skip;
  dicrec_model_protocol(model, &t_end, &t_skip);
  const double shortest = (t_end - t_skip) * time_scale, span = spikes->times_ms[spikes->n - 1] - spikes->times_ms[0];
  simulate->t_skip_ms = t_skip * time_scale;
  simulate->t_end_ms = simulate->t_skip_ms + fmin(fmax(shortest, span), longest_check * shortest);
}

static int32_t report_accepted(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  const struct search *search = user;
  return dicrec__progress(search->caller, (int64_t)search->n_accepted, (int64_t)search->asked->n_members) ? 1 : 0;
}

static double relative(double difference, double tolerance) {
  return isnan(difference) ? 0.0 : fabs(difference) / tolerance; /* what the input does not show is not asked for */
}

/* How far a train is from the input, in tolerances. A wrong class is beyond any. */
static double mismatch_of(const struct search *search, const dicrec_spike_statistics *s) {
  const dicrec_reconstruct_options *options = &search->asked->options;
  if (s->activity == DICREC_ACTIVITY_SILENT) return 1e12;
  const double rate = relative(s->rate_hz / search->input.rate_hz - 1.0, options->rate_tolerance);
  const double burst = relative(s->spikes_per_burst - search->input.spikes_per_burst, options->burst_tolerance);
  return fmax(rate, burst) + (s->activity == search->input.activity ? 0.0 : 1e6);
}

/* How many spikes of a train lie within a time from its first. */
static size_t count_within(const double *times_ms, size_t n, double span) {
  while (n > 1 && times_ms[n - 1] - times_ms[0] > span) --n;
  return n;
}

/* Statistics, distance and verdict of a train that a candidate fired; its times are not kept yet. */
static dicrec__checked check_train(const struct search *search, const dicrec__spike_list *train, double *mismatch) {
  const dicrec_spikes *input = search->asked->spikes;
  dicrec__checked checked = {.distance = NAN, .n_times = train->n};
  dicrec__spike_statistics(train->times_ms, train->n, &checked.statistics);
  *mismatch = mismatch_of(search, &checked.statistics);
  checked.accepted = *mismatch <= 1.0;
  if (train->n == 0) return checked;
  const double window = search->asked->simulate.t_end_ms - search->asked->simulate.t_skip_ms;
  const double span = fmin(input->times_ms[input->n - 1] - input->times_ms[0], window);
  checked.distance = dicrec__van_rossum(input->times_ms, count_within(input->times_ms, input->n, span), train->times_ms,
                                        count_within(train->times_ms, train->n, span + search->tau_ms), search->tau_ms);
  return checked;
}

/* Where a candidate goes among those kept; NULL if there is no place for it. */
static struct kept *find_place(struct search *search, bool accepted, double mismatch) {
  const size_t n = search->asked->n_members;
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

static dicrec_status keep(struct search *search, const dicrec_population *population,
                          const dicrec_simulation *simulation, size_t i) {
  const dicrec__spike_list *train = &simulation->spikes->lists[i];
  double mismatch;
  dicrec__checked checked = check_train(search, train, &mismatch);
  struct kept *place = find_place(search, checked.accepted, mismatch);
  if (place == NULL) return DICREC_OK;
  memcpy(place->conductances, population->conductances + i * population->n_channels,
         population->n_channels * sizeof(double));
  memcpy(place->dics, population->dics + i * DICREC_DIC_COUNT, sizeof place->dics);
  place->mismatch = mismatch;
  checked.times_ms = dicrec__allocate(&search->context.allocator, train->n, sizeof(double));
  if (checked.times_ms == NULL) return dicrec__fail_memory(&search->context, "the spikes of a member");
  if (train->n > 0) memcpy(checked.times_ms, train->times_ms, train->n * sizeof(double));
  place->checked = checked;
  return DICREC_OK;
}

/* Draw, simulate and judge n candidates. */
static dicrec_status try_candidates(struct search *search, size_t n) {
  const dicrec__verification *asked = search->asked;
  dicrec_population *population = NULL;
  dicrec_simulation *simulation = NULL;
  double *targets = dicrec__allocate(&search->context.allocator, n, 2 * sizeof *targets);
  if (targets == NULL) return dicrec__fail_memory(&search->context, "the candidates");
  dicrec__candidate_targets(asked->posterior, asked->options.target, asked->population.seed, search->n_candidates, n,
                            targets);
  dicrec_status status = dicrec__population_generate_from(&search->context, asked->model, targets, n,
                                                          search->n_candidates, n, &asked->population, &population);
  dicrec__release(&search->context.allocator, targets);
  if (status >= 0)
    status =
        dicrec_simulate(&search->context, asked->model, population->conductances, n, &asked->simulate, &simulation);
  for (size_t i = 0; i < n && status >= 0; ++i)
    if (simulation->status[i] == DICREC_E_CANCELLED) {
      status = dicrec__fail(&search->context, DICREC_E_CANCELLED, "cancelled with %zu of %zu members accepted",
                            search->n_accepted, asked->n_members);
    } else if (population->status[i] == DICREC_OK && simulation->status[i] == DICREC_OK) {
      const dicrec_status kept = keep(search, population, simulation, i);
      if (kept < 0) status = kept;
    }
  search->n_candidates += n;
  dicrec_simulation_free(simulation);
  dicrec_population_free(population);
  return status < 0 ? status : DICREC_OK;
}

/* How many candidates to try next: about as many as the share accepted so far suggests, in whole vectors. */
static size_t next_round(const struct search *search) {
  const size_t n = search->asked->n_members, missing = n - search->n_accepted;
  const size_t budget = n * (size_t)search->asked->options.max_candidates - search->n_candidates;
  if (search->n_accepted == 0 && search->n_candidates >= hopeless * n) return 0;
  double expected = 1.5 * (double)n;
  if (search->n_candidates > 0) { /* at most doubles what was tried: a few accepted say little about the share */
    const double tried = (double)search->n_candidates;
    expected = fmin(1.1 * (double)missing * tried / ((double)search->n_accepted + 0.5), tried);
  }
  const size_t vectors = (size_t)(fmin(expected, 4096.0) / 8.0) + 1;
  return 8 * vectors < budget ? 8 * vectors : budget;
}

/* Move what was kept into the reconstruction: accepted members, then the nearest of the others. */
static dicrec_status hand_over(struct search *search, dicrec_reconstruction *reconstruction) {
  dicrec_context *context = &search->context;
  const size_t n = search->asked->n_members;
  dicrec_population *population;
  const dicrec_status status = dicrec__population_create(context, search->asked->model, n, false, &population);
  if (status != DICREC_OK) return status;
  reconstruction->population = population;
  reconstruction->checked = dicrec__allocate(&context->allocator, n, sizeof *reconstruction->checked);
  if (reconstruction->checked == NULL) return dicrec__fail_memory(context, "the checks of the members");
  for (size_t i = 0; i < n; ++i) {
    const bool accepted = i < search->n_accepted;
    struct kept *from = accepted ? &search->kept[i] : &search->kept[n + i - search->n_accepted];
    double *g = population->conductances + i * population->n_channels, *dics = population->dics + i * DICREC_DIC_COUNT;
    if (accepted || i - search->n_accepted < search->n_rejected) {
      memcpy(g, from->conductances, population->n_channels * sizeof *g);
      memcpy(dics, from->dics, sizeof from->dics);
      reconstruction->checked[i] = from->checked;
      from->checked.times_ms = NULL;
      population->status[i] = accepted ? DICREC_OK : DICREC_W_REJECTED;
      population->n_valid += 1;
    } else {
      dicrec__population_fail_member(population, i, DICREC_E_INFEASIBLE);
      reconstruction->checked[i].distance = NAN;
      dicrec__spike_statistics(NULL, 0, &reconstruction->checked[i].statistics);
    }
  }
  reconstruction->n_accepted = search->n_accepted;
  reconstruction->n_candidates = search->n_candidates;
  return DICREC_OK;
}

dicrec_status dicrec__verify(dicrec_context *context, const dicrec__verification *asked,
                             dicrec_reconstruction *reconstruction) {
  struct search search = {.asked = asked, .context = *context, .caller = context};
  search.context.options.progress = report_accepted;
  search.context.options.progress_user = &search;
  search.tau_ms = dicrec__van_rossum_tau(asked->spikes->times_ms, asked->spikes->n);
  dicrec__spike_statistics(asked->spikes->times_ms, asked->spikes->n, &search.input);
  search.kept = asked->n_members > SIZE_MAX / 4
                    ? NULL
                    : dicrec__allocate(&context->allocator, 2 * asked->n_members, sizeof *search.kept);
  if (search.kept == NULL) return dicrec__fail_memory(context, "the candidates");
  dicrec_status status = DICREC_OK;
  for (size_t round = next_round(&search); round > 0 && status == DICREC_OK; round = next_round(&search)) {
    status = try_candidates(&search, round);
    if (search.n_accepted == asked->n_members) break;
  }
  if (status == DICREC_OK) status = hand_over(&search, reconstruction);
  for (size_t i = 0; i < 2 * asked->n_members; ++i)
    dicrec__release(&context->allocator, search.kept[i].checked.times_ms);
  dicrec__release(&context->allocator, search.kept);
  if (status != DICREC_OK) memcpy(context->error, search.context.error, sizeof context->error);
  return status;
}
