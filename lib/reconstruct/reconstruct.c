/* SPDX-License-Identifier: MIT */
/** @file reconstruct.c The pipeline: spikes, posterior, population, check. */
#include <math.h>
#include <string.h>

#include "core/random.h"
#include "core/workers.h"
#include "dicrec/dic.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "reconstruct/candidate_runs.h"
#include "reconstruct/draw.h"
#include "reconstruct/members.h"
#include "reconstruct/request.h"
#include "reconstruct/screen.h"
#include "reconstruct/verify.h"

/* Share of accepted members outside the posterior's 98 % intervals beyond which it is remarked, and how many are none
 * to remark on: in a small population some are by chance. */
static const double usual_outside = 0.25;
static const int64_t chance_outside = 2;
/* With this probability of no noise, what the posterior leaves of it is too little to be seen. */
static const double usually_noiseless = 0.5;
/* A noise that is set below this quantile of the posterior's is too little for the input. */
static const double too_little = 0.01;

/* Without a selection every member that can be made is one; without noise, as published, unless it is set or the
 * posterior is the user's. */
static dicrec_status make_unselected(dicrec_context *context, const dicrec__request *request,
                                     dicrec_reconstruction *made) {
  const size_t n = request->n_members;
  double *targets = dicrec__allocate(&context->allocator, n, 3 * sizeof *targets);
  uint64_t *streams = dicrec__allocate(&context->allocator, n, sizeof *streams);
  double *noise_std = targets == NULL ? NULL : targets + 2 * n;
  const bool has_room = targets != NULL && streams != NULL;
  dicrec_status status = has_room ? DICREC_OK : dicrec__fail_memory(context, "the targets of the members");
  if (has_room) {
    dicrec__candidate_targets(request, 0, n, streams, targets, noise_std);
    status = dicrec__generate_from(context, request->model, targets, n, n, streams, NULL, &request->population,
                                   &made->population);
  }
  for (size_t i = 0; i < n && status >= 0; ++i)
    made->population->noise_std[i] = request->is_given ? noise_std[i] : request->options.noise_std;
  dicrec__release(&context->allocator, targets);
  dicrec__release(&context->allocator, streams);
  if (status < 0) return status;
  made->population->time_scale = dicrec_posterior_time_scale(request->posterior);
  const int64_t n_valid = (int64_t)dicrec_population_valid_count(made->population);
  dicrec_reconstruction_report *report = &made->report;
  report->n_drawn = (int64_t)n;
  report->n_found = report->n_accepted = report->n_matched = n_valid;
  report->outcome = n_valid == (int64_t)n ? DICREC_OUTCOME_COMPLETE : DICREC_OUTCOME_UNREACHABLE;
  return DICREC_OK;
}

static void start_report(const dicrec__request *request, dicrec_reconstruction *made) {
  dicrec_reconstruction_report *report = &made->report;
  dicrec_spike_stationarity stationarity = {.p_value = (double)NAN, .rate_factor = (double)NAN};
  if (request->spikes != NULL) dicrec__spike_stationarity(request->spikes->train, &stationarity);
  *report = (dicrec_reconstruction_report){.struct_size = sizeof made->report,
                                           .activity = request->input.activity,
                                           .screened = request->forward != NULL,
                                           .verified = request->options.verify,
                                           .target = request->options.target,
                                           .n_requested = (int64_t)request->n_members,
                                           .g_s = request->median[0],
                                           .g_u = request->median[1],
                                           .support = dicrec_posterior_support(made->posterior),
                                           .time_scale = dicrec_posterior_time_scale(made->posterior),
                                           .tolerance = (double)NAN,
                                           .spread_kept_min = (double)NAN,
                                           .selection = request->options.selection,
                                           .noise_std = request->options.noise_std,
                                           .noiseless = dicrec_posterior_noiseless_probability(made->posterior),
                                           .drift_p = stationarity.p_value,
                                           .drift_factor = stationarity.rate_factor,
                                           .isi_distance = (double)NAN,
                                           .isi_moved = (double)NAN};
  double median[3];
  dicrec_posterior_quantile(made->posterior, 0.5, 3, median);
  if (request->options.noise == DICREC_NOISE_AUTO) report->noise_std = median[2];
  if (stationarity.drifts == 1) report->remarks |= DICREC_REMARK_DRIFT;
  if (stationarity.has_silent_edge == 1) report->remarks |= DICREC_REMARK_SILENT_EDGE;
}

/* How many accepted members lie outside the 98 % interval of a DIC or of the noise. */
static int64_t count_outside(const dicrec_reconstruction *made) {
  const dicrec_population *population = made->population;
  double low[3], high[3];
  int64_t n = 0;
  dicrec_posterior_quantile(made->posterior, 0.01, 3, low);
  dicrec_posterior_quantile(made->posterior, 0.99, 3, high);
  for (size_t i = 0; i < population->n_members; ++i) {
    if (population->status[i] != DICREC_OK) continue; /* its numbers may be NaN, which traps where it is compared */
    const double *dics = population->dics + i * DICREC_DIC_COUNT;
    const double values[3] = {dics[DICREC_DIC_SLOW], dics[DICREC_DIC_ULTRASLOW], population->noise_std[i]};
    bool is_outside = false;
    for (int k = 0; k < 3; ++k) is_outside = is_outside || values[k] < low[k] || values[k] > high[k];
    n += is_outside;
  }
  return n;
}

/* Whether the noise that all members have is too little for an input that is irregular. */
static bool is_too_quiet(const dicrec__request *request, const dicrec_reconstruction *made) {
  double least[3];
  const bool is_selected = made->report.screened == 1 || made->report.verified == 1;
  if (request->options.noise == DICREC_NOISE_AUTO && (is_selected || request->is_given))
    return false; /* each has its own */
  dicrec_posterior_quantile(made->posterior, too_little, 3, least);
  return request->options.noise_std < least[2];
}

static void remark(const dicrec__request *request, dicrec_reconstruction *made, dicrec_status estimated) {
  dicrec_reconstruction_report *r = &made->report;
  const bool is_selected = r->screened == 1 || r->verified == 1;
  r->n_outside = count_outside(made);
  if (estimated == DICREC_W_SUPPORT) r->remarks |= DICREC_REMARK_SUPPORT;
  if (is_selected && request->spikes->train.n_intervals < DICREC__LEAST_INTERVALS)
    r->remarks |= DICREC_REMARK_FEW_SPIKES;
  if (r->n_accepted < r->n_requested) r->remarks |= DICREC_REMARK_INCOMPLETE;
  if (r->n_outside > chance_outside && (double)r->n_outside > usual_outside * (double)r->n_accepted)
    r->remarks |= DICREC_REMARK_OUTSIDE;
  if (r->screened == 1 && r->tolerance > 1.0) r->remarks |= DICREC_REMARK_WIDENED;
  if (is_too_quiet(request, made)) r->remarks |= DICREC_REMARK_NOISE_OFF;
}

static dicrec_status fail_partial(dicrec_context *context, const dicrec_reconstruction_report *r) {
  const long long n_good = (long long)r->n_accepted, n = (long long)r->n_requested, n_drawn = (long long)r->n_drawn;
  const char *late = r->outcome == DICREC_OUTCOME_TIMED_OUT ? ", when max_wall_s was over" : "";
  if (r->verified == 1)
    return dicrec__fail(context, DICREC_W_PARTIAL,
                        "%lld of %lld members fire like the input, of %lld candidates "
                        "simulated and %lld drawn%s",
                        n_good, n, (long long)r->n_simulated, n_drawn, late);
  if (r->screened == 1)
    return dicrec__fail(context, DICREC_W_PARTIAL,
                        "%lld of %lld members are predicted to fire like the input, of %lld "
                        "candidates%s",
                        n_good, n, n_drawn, late);
  return dicrec__fail(context, DICREC_W_PARTIAL, "%lld of %lld members are valid", n_good, n);
}

/* The gravest of the remarks as the status, and its text. */
static dicrec_status gravest_remark(dicrec_context *context, const dicrec_reconstruction *made) {
  const dicrec_reconstruction_report *r = &made->report;
  if ((r->remarks & DICREC_REMARK_SUPPORT) != 0)
    return dicrec__fail(context, DICREC_W_SUPPORT, "the input is outside the support (%g)", r->support);
  if (r->n_accepted < r->n_requested) return fail_partial(context, r);
  for (int32_t remark = 1; remark <= r->remarks; remark *= 2)
    if ((r->remarks & remark) != 0) return dicrec__fail(context, DICREC_W_REMARK, "%s", dicrec_remark_text(remark));
  return DICREC_OK;
}

/* Base draws that differ from the model's own are no business of the network's. */
static bool has_own_law(const dicrec_generate_options *options) {
  return options->ranges == NULL && options->leak_law == DICREC_LEAK_GAMMA && options->n_channels == 0;
}

/* What candidates are drawn from and screened by. */
static dicrec_status choose_networks(dicrec_context *context, const dicrec_estimator *estimator,
                                     dicrec__request *request) {
  if (request->options.screening == DICREC_SCREENING_OFF) return DICREC_OK;
  if (estimator == NULL && request->options.screening == DICREC_SCREENING_ON)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "screening is DICREC_SCREENING_ON, but there is no estimator");
  if (estimator == NULL) return DICREC_OK;
  const dicrec__forward *forward = dicrec__estimator_forward(estimator);
  const dicrec__flow *flow = dicrec__estimator_flow(estimator);
  if (!forward->present && request->options.screening == DICREC_SCREENING_ON)
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "screening is DICREC_SCREENING_ON, but the weights have no forward "
                        "network");
  if (forward->present) request->forward = forward;
  if (flow->n_coordinates > 0 && request->posterior->has_code && has_own_law(&request->population))
    request->flow = flow;
  request->units = dicrec__estimator_target(estimator);
  return DICREC_OK;
}

static dicrec_status make_population(dicrec_context *context, dicrec__request *request, dicrec_reconstruction *made) {
  if (request->options.verify == 1) {
    dicrec__verification_duration(request->model, request->spikes, made->report.time_scale, !request->is_regular,
                                  &request->simulate);
    made->report.t_end_ms = request->simulate.t_end_ms;
    made->report.t_skip_ms = request->simulate.t_skip_ms;
    return dicrec__verify(context, request, made);
  }
  return request->forward != NULL ? dicrec__members_screen(context, request, made)
                                  : make_unselected(context, request, made);
}

/* Whether candidates fire the same again and again, as far as the spikes show. */
static bool is_regular(const dicrec__request *request, const dicrec_reconstruction *made) {
  if (request->options.noise == DICREC_NOISE_FIXED) return request->options.noise_std == 0.0;
  return dicrec_posterior_noiseless_probability(made->posterior) >= usually_noiseless;
}

/* Candidates follow the posterior, or the one given the noise where that is set. */
static dicrec_status choose_posterior(dicrec_context *context, dicrec__request *request,
                                      const dicrec_reconstruction *made, dicrec_posterior **given) {
  double density;
  request->posterior = made->posterior;
  if (request->options.noise != DICREC_NOISE_FIXED) return DICREC_OK;
  const dicrec_status status =
      dicrec__posterior_given_noise(context, made->posterior, request->options.noise_std, given, &density);
  if (status == DICREC_OK) request->posterior = *given;
  return status;
}

/* Without spikes the draws depend on what is asked for. */
static uint64_t key_of(const double median[2]) {
  uint64_t bits[2];
  memcpy(bits, median, sizeof bits);
  return dicrec__random_mix(dicrec__random_mix(bits[0]) ^ bits[1]);
}

/* Statistics of the input, where there is one. */
static dicrec_status read_input(dicrec_context *context, dicrec__request *request) {
  const dicrec_spikes *spikes = request->spikes;
  request->input = (dicrec_spike_statistics){.activity = -1};
  if (spikes == NULL && request->options.verify == 1)
    return dicrec__fail(context, DICREC_E_ARGUMENT,
                        "verify is 1, but there are no spikes that members should fire like");
  if (spikes == NULL) return DICREC_OK;
  if (dicrec__train_is_silent(spikes->train) && spikes->train.n_segments > 1)
    return dicrec__fail(context, DICREC_E_SPIKES,
                        "the train has %zu spikes with %zu interval(s) inside its segments, at least 2 are needed",
                        spikes->train.n, spikes->train.n_intervals);
  if (dicrec__train_is_silent(spikes->train))
    return dicrec__fail(context, DICREC_E_SPIKES, "the train has %zu spikes, at least 3 are needed", spikes->train.n);
  dicrec__spike_statistics(spikes->train, &request->input);
  request->key = dicrec__spikes_key(spikes);
  return DICREC_OK;
}

/* The posterior of the input, or the one that is given. */
static dicrec_status read_posterior(dicrec_context *context, const dicrec_estimator *estimator,
                                    const dicrec__request *request, dicrec_reconstruction *made) {
  if (estimator != NULL)
    return dicrec_estimate(context, estimator, request->spikes, request->options.estimate, &made->posterior);
  made->posterior = dicrec_posterior_retain(request->posterior);
  return DICREC_OK;
}

static dicrec_status run_pipeline(dicrec_context *context, const dicrec_estimator *estimator, dicrec__request *request,
                                  dicrec_reconstruction *made) {
  dicrec_status status = read_input(context, request);
  if (status != DICREC_OK) return status;
  const dicrec_status estimated = read_posterior(context, estimator, request, made);
  if (estimated < 0) return estimated;
  dicrec_posterior *given = NULL;
  status = choose_posterior(context, request, made, &given);
  if (status == DICREC_OK) status = choose_networks(context, estimator, request);
  if (status == DICREC_OK) {
    dicrec_posterior_quantile(request->posterior, 0.5, 2, request->median);
    if (request->spikes == NULL) request->key = key_of(request->median);
    request->is_regular = is_regular(request, made);
    if (request->options.target == DICREC_TARGET_AUTO)
      request->options.target =
          request->forward != NULL || request->is_given ? DICREC_TARGET_SAMPLE : DICREC_TARGET_MEDIAN;
    start_report(request, made);
    status = make_population(context, request, made);
  }
  dicrec_posterior_free(given);
  if (status < 0) return status;
  remark(request, made, estimated);
  return gravest_remark(context, made);
}

dicrec_status dicrec__reconstruct_train(dicrec_context *context, const dicrec_estimator *estimator,
                                        const dicrec__request *request, const dicrec_spikes *spikes,
                                        dicrec_reconstruction *made) {
  dicrec__request own = *request;
  own.spikes = spikes;
  if (own.options.max_wall_s > 0.0) own.deadline_s = dicrec__clock_s() + own.options.max_wall_s;
  context->error[0] = '\0';
  dicrec_status status = run_pipeline(context, estimator, &own, made);
  if (status == DICREC_OK) context->error[0] = '\0'; /* what a stage remarked on draws that others replaced */
  if (status < 0) dicrec__reconstruction_clear(made);
  if (dicrec__reconstruction_conclude(made, status, context->error)) return status;
  dicrec__reconstruction_clear(made);
  return made->status = dicrec__fail_memory(context, "the text of a reconstruction");
}

/* One train, or none, of a request that was read. */
static dicrec_status reconstruct_one(dicrec_context *context, const dicrec_estimator *estimator,
                                     dicrec__request *request, const dicrec_spikes *spikes,
                                     dicrec_reconstruction **reconstruction) {
  if (request->population.n_threads == 0) request->population.n_threads = request->options.n_threads;
  if (request->simulate.n_threads == 0) request->simulate.n_threads = request->options.n_threads;
  dicrec_reconstruction *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a reconstruction");
  made->allocator = context->allocator;
  const dicrec_status status = dicrec__reconstruct_train(context, estimator, request, spikes, made);
  if (status < 0) dicrec_reconstruction_free(made);
  else *reconstruction = made;
  return status;
}

dicrec_status dicrec_reconstruct(dicrec_context *context, const dicrec_estimator *estimator,
                                 const dicrec_spikes *spikes, size_t n_members,
                                 const dicrec_reconstruct_options *options, dicrec_reconstruction **reconstruction) {
  if (reconstruction != NULL) *reconstruction = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || spikes == NULL || reconstruction == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the estimator, the spikes or the result is NULL");
  dicrec__request request;
  const dicrec_status status =
      dicrec__request_read(context, dicrec_estimator_model(estimator), n_members, options, &request);
  return status == DICREC_OK ? reconstruct_one(context, estimator, &request, spikes, reconstruction) : status;
}

dicrec_status dicrec_reconstruct_posterior(dicrec_context *context, const dicrec_model *model,
                                           const dicrec_posterior *posterior, const dicrec_spikes *spikes,
                                           size_t n_members, const dicrec_reconstruct_options *options,
                                           dicrec_reconstruction **reconstruction) {
  if (reconstruction != NULL) *reconstruction = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (model == NULL || posterior == NULL || reconstruction == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the model, the posterior or the result is NULL");
  dicrec__request request;
  const dicrec_status status = dicrec__request_read(context, model, n_members, options, &request);
  if (status != DICREC_OK) return status;
  request.posterior = posterior;
  request.is_given = true;
  return reconstruct_one(context, NULL, &request, spikes, reconstruction);
}
