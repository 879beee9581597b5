/* SPDX-License-Identifier: MIT */
#include "reconstruct/members.h"

#include <math.h>
#include <string.h>

#include "core/child_context.h"
#include "core/system.h"
#include "core/workers.h"

/* Standard deviation of each conductance over the accepted, relative to that over all that were drawn. */
static void compare_spread(const dicrec__candidates *candidates, const dicrec__candidate *const *accepted, size_t n,
                           size_t n_channels, dicrec_reconstruction *reconstruction) {
  double least = INFINITY;
  const bool comparable = n > 1 && candidates->n_valid > 1;
  for (size_t c = 0; c < n_channels; ++c) {
    reconstruction->spread_kept[c] = (double)NAN;
    if (!comparable) continue;
    double mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; ++i) mean += accepted[i]->conductances[c] / (double)n;
    for (size_t i = 0; i < n; ++i)
      squares += (accepted[i]->conductances[c] - mean) * (accepted[i]->conductances[c] - mean);
    const double all = candidates->squares[c] / ((double)candidates->n_valid - 1.0);
    if (!(all > 1e-24 * candidates->mean[c] * candidates->mean[c])) continue; /* it does not vary */
    reconstruction->spread_kept[c] = sqrt(squares / ((double)n - 1.0) / all);
    least = fmin(least, reconstruction->spread_kept[c]);
  }
  reconstruction->report.spread_kept_min = isfinite(least) ? least : (double)NAN;
}

/* Mean and standard deviation of each conductance over all that were drawn. */
static void set_moments(const dicrec__candidates *candidates, size_t n_channels, double *moments) {
  const double n = (double)candidates->n_valid;
  for (size_t c = 0; c < n_channels; ++c) {
    moments[c] = n > 0.0 ? candidates->mean[c] : (double)NAN;
    moments[n_channels + c] = n > 1.0 ? sqrt(candidates->squares[c] / (n - 1.0)) : (double)NAN;
  }
}

dicrec_status dicrec__members_set(dicrec_context *context, const dicrec__candidates *candidates,
                                  const dicrec__candidate *const *found, size_t n_accepted, size_t n_found,
                                  dicrec_reconstruction *reconstruction) {
  const dicrec__request *request = candidates->request;
  const size_t n = request->n_members, n_channels = (size_t)request->model->table->n_channels;
  const dicrec_status status =
      dicrec__population_create(context, request->model, n, false, &reconstruction->population);
  if (status != DICREC_OK) return status;
  dicrec_population *population = reconstruction->population;
  population->time_scale = dicrec_posterior_time_scale(request->posterior);
  const dicrec_status failure = candidates->failure != DICREC_OK ? candidates->failure : DICREC_E_INFEASIBLE;
  reconstruction->mismatch = dicrec__allocate(&context->allocator, n, sizeof(double));
  reconstruction->spread_kept = dicrec__allocate(&context->allocator, n_channels, sizeof(double));
  reconstruction->candidates = dicrec__allocate(&context->allocator, 2 * n_channels, sizeof(double));
  if (reconstruction->mismatch == NULL || reconstruction->spread_kept == NULL || reconstruction->candidates == NULL)
    return dicrec__fail_memory(context, "the members");
  for (size_t i = 0; i < n; ++i) {
    reconstruction->mismatch[i] = i < n_found ? found[i]->mismatch : (double)NAN;
    if (i >= n_found) {
      dicrec__population_fail_member(population, i, failure);
      continue;
    }
    memcpy(population->conductances + i * n_channels, found[i]->conductances, n_channels * sizeof(double));
    memcpy(population->dics + i * DICREC_DIC_COUNT, found[i]->dics, sizeof found[i]->dics);
    population->streams[i] = found[i]->stream;
    population->noise_std[i] = found[i]->noise_std;
    population->status[i] = i < n_accepted ? DICREC_OK : DICREC_W_REJECTED;
  }
  set_moments(candidates, n_channels, reconstruction->candidates);
  compare_spread(candidates, found, n_accepted, n_channels, reconstruction);
  dicrec_reconstruction_report *report = &reconstruction->report;
  report->n_found = (int64_t)n_found;
  report->n_accepted = (int64_t)n_accepted;
  report->n_drawn = (int64_t)candidates->n_drawn;
  report->n_matched = (int64_t)candidates->n_matched;
  report->tolerance = request->forward != NULL ? candidates->widest : (double)NAN;
  return DICREC_OK;
}

static dicrec_status take_members(dicrec_context *context, dicrec__candidates *candidates, dicrec__candidate *taken,
                                  const dicrec__candidate **found, dicrec_reconstruction *reconstruction) {
  const size_t n = candidates->request->n_members;
  size_t n_matched;
  const dicrec_status status = dicrec__candidates_next(candidates, n, taken, &n_matched);
  if (status != DICREC_OK) return status;
  if (dicrec__progress(candidates->context, 1, 1)) /* of what the last draw has found */
    return dicrec__fail(candidates->context, DICREC_E_CANCELLED, "cancelled with %zu of %zu members", n_matched, n);
  const size_t n_found = n_matched + dicrec__reserve_take(&candidates->reserve, n - n_matched, taken + n_matched);
  for (size_t i = 0; i < n_found; ++i) found[i] = &taken[i];
  const bool is_late = dicrec__deadline_passed(candidates->request->deadline_s);
  reconstruction->report.outcome = n_matched == n ? DICREC_OUTCOME_COMPLETE
                                   : is_late      ? DICREC_OUTCOME_TIMED_OUT
                                   : n_found == n ? DICREC_OUTCOME_DRAWN
                                                  : DICREC_OUTCOME_UNREACHABLE;
  return dicrec__members_set(context, candidates, found, n_matched, n_found, reconstruction);
}

/** Progress in members, for a caller who knows nothing of candidates. */
struct progress {
  dicrec_context *caller;
  const dicrec__candidates *candidates;
};

static int32_t report_matched(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  const struct progress *progress = user;
  const size_t n = progress->candidates->request->n_members, n_matched = progress->candidates->n_matched;
  return dicrec__progress(progress->caller, (int64_t)(n_matched < n ? n_matched : n), (int64_t)n) ? 1 : 0;
}

dicrec_status dicrec__members_screen(dicrec_context *context, const dicrec__request *request,
                                     dicrec_reconstruction *reconstruction) {
  dicrec__candidates candidates = {0};
  dicrec_context own;
  struct progress progress = {context, &candidates};
  dicrec__child_begin(&own, context, report_matched, &progress);
  dicrec__candidate *taken = dicrec__allocate_unset(&context->allocator, request->n_members, sizeof *taken);
  const dicrec__candidate **found = dicrec__allocate(&context->allocator, request->n_members, sizeof *found);
  dicrec_status status = dicrec__candidates_start(&own, request, &candidates);
  if (taken == NULL || found == NULL) status = dicrec__fail_memory(&own, "the members");
  if (status == DICREC_OK) status = take_members(&own, &candidates, taken, found, reconstruction);
  dicrec__candidates_release(&candidates);
  dicrec__release(&context->allocator, found);
  dicrec__release(&context->allocator, taken);
  return dicrec__child_end(&own, context, status);
}
