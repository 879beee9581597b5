/* SPDX-License-Identifier: MIT */
/** @file reconstruct.c The pipeline: spikes, posterior, population, check. */
#include <math.h>

#include "dic/generate.h"
#include "estimator/estimator.h"
#include "reconstruct/members.h"
#include "reconstruct/request.h"
#include "reconstruct/verify.h"

/* Without a selection every member that can be made is one. */
static dicrec_status make_unselected(dicrec_context *context, const dicrec__request *request,
                                     dicrec_reconstruction *made) {
  const size_t n = request->n_members;
  double *targets = dicrec__allocate(&context->allocator, n, 2 * sizeof *targets);
  uint64_t *streams = dicrec__allocate(&context->allocator, n, sizeof *streams);
  const bool has_room = targets != NULL && streams != NULL;
  dicrec_status status = has_room ? DICREC_OK : dicrec__fail_memory(context, "the targets of the members");
  if (has_room) {
    dicrec__candidate_targets(request, 0, n, streams, targets);
    status = dicrec__population_generate_from(context, request->model, targets, n, n, streams, NULL, &request->population,
                                              &made->population);
  }
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
  made->report = (dicrec_reconstruction_report){.struct_size = sizeof made->report,
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
                                                .spread_kept_min = (double)NAN};
}

static dicrec_status judge(dicrec_context *context, const dicrec_reconstruction *made, dicrec_status estimated) {
  const dicrec_reconstruction_report *r = &made->report;
  if (estimated == DICREC_W_SUPPORT)
    return dicrec__fail(context, DICREC_W_SUPPORT, "the input is outside the support (%g)", r->support);
  if (r->n_accepted == r->n_requested) return DICREC_OK;
  const long long n_good = (long long)r->n_accepted, n = (long long)r->n_requested, n_drawn = (long long)r->n_drawn;
  if (r->verified == 1)
    return dicrec__fail(context, DICREC_W_PARTIAL,
                        "%lld of %lld members fire like the input, of %lld candidates "
                        "simulated and %lld drawn%s",
                        n_good, n, (long long)r->n_simulated, n_drawn,
                        r->outcome == DICREC_OUTCOME_TIMED_OUT ? ", when max_wall_s was over" : "");
  if (r->screened == 1)
    return dicrec__fail(context, DICREC_W_PARTIAL,
                        "%lld of %lld members are predicted to fire like the input, of %lld "
                        "candidates",
                        n_good, n, n_drawn);
  return dicrec__fail(context, DICREC_W_PARTIAL, "%lld of %lld members are valid", n_good, n);
}

static dicrec_status run_pipeline(dicrec_context *context, const dicrec_estimator *estimator, dicrec__request *request,
                                  dicrec_reconstruction *made) {
  const dicrec_spikes *spikes = request->spikes;
  if (spikes->n < 3)
    return dicrec__fail(context, DICREC_E_SPIKES, "the train has %zu spikes, at least 3 are needed", spikes->n);
  dicrec__spike_statistics(spikes->times_ms, spikes->n, &request->input);
  request->key = dicrec__spikes_key(spikes);
  const dicrec_status estimated =
      dicrec_estimator_run(context, estimator, spikes, request->options.estimate, &made->posterior);
  if (estimated < 0) return estimated;
  request->posterior = made->posterior;
  dicrec_posterior_quantile(made->posterior, 0.5, request->median);
  const dicrec__forward *forward = dicrec__estimator_forward(estimator);
  if (request->options.screening == DICREC_SCREENING_ON && forward->present) request->forward = forward;
  if (request->options.target == DICREC_TARGET_AUTO)
    request->options.target = request->forward != NULL ? DICREC_TARGET_SAMPLE : DICREC_TARGET_MEDIAN;
  start_report(request, made);
  dicrec_status status;
  if (request->options.verify == 1) {
    dicrec__verification_duration(request->model, spikes, made->report.time_scale, &request->simulate);
    made->report.t_end_ms = request->simulate.t_end_ms;
    made->report.t_skip_ms = request->simulate.t_skip_ms;
    status = dicrec__verify(context, request, made);
  } else {
    status = request->forward != NULL ? dicrec__members_screen(context, request, made)
                                      : make_unselected(context, request, made);
  }
  return status < 0 ? status : judge(context, made, estimated);
}

dicrec_status dicrec__reconstruct_train(dicrec_context *context, const dicrec_estimator *estimator,
                                        const dicrec__request *request, const dicrec_spikes *spikes,
                                        dicrec_reconstruction *made) {
  dicrec__request own = *request;
  own.spikes = spikes;
  context->error[0] = '\0';
  dicrec_status status = run_pipeline(context, estimator, &own, made);
  if (status == DICREC_OK) context->error[0] = '\0'; /* what a stage remarked on draws that others replaced */
  if (status < 0) dicrec__reconstruction_clear(made);
  if (dicrec__reconstruction_conclude(made, status, context->error)) return status;
  dicrec__reconstruction_clear(made);
  return made->status = dicrec__fail_memory(context, "the text of a reconstruction");
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
  dicrec_status status = dicrec__request_read(context, estimator, n_members, options, &request);
  if (status != DICREC_OK) return status;
  dicrec_reconstruction *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a reconstruction");
  made->allocator = context->allocator;
  status = dicrec__reconstruct_train(context, estimator, &request, spikes, made);
  if (status < 0) dicrec_reconstruction_free(made);
  else *reconstruction = made;
  return status;
}
