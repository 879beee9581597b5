/* SPDX-License-Identifier: MIT */
#include "reconstruct/verified_members.h"

#include "reconstruct/members.h"

/* Report how far the accepted members' intervals are from the input's, by their medians. */
static dicrec_status report_distances(dicrec_context *context, dicrec_reconstruction *reconstruction,
                                      size_t n_accepted) {
  if (n_accepted == 0) return DICREC_OK;
  double *values = dicrec__allocate_unset(&context->allocator, n_accepted, sizeof *values);
  if (values == NULL) return dicrec__fail_memory(context, "the distances of the members");
  const dicrec__member_train *trains = reconstruction->trains;
  for (size_t i = 0; i < n_accepted; ++i) values[i] = trains[i].intervals.kolmogorov_smirnov;
  reconstruction->report.isi_distance = dicrec__median(values, n_accepted);
  for (size_t i = 0; i < n_accepted; ++i) values[i] = trains[i].intervals.moved;
  reconstruction->report.isi_moved = dicrec__median(values, n_accepted);
  dicrec__release(&context->allocator, values);
  return DICREC_OK;
}

/* Move the record of the i-th ranked candidate into that of member i. */
static void set_record(const dicrec__ranking *ranking, size_t i, dicrec_reconstruction *reconstruction) {
  dicrec__ranked *from = dicrec__ranking_at(ranking, i);
  reconstruction->trains[i] = from->train;
  from->train.times_ms = NULL;
  if (from->was_stopped) reconstruction->population->status[i] = DICREC_W_LIMIT;
}

dicrec_status dicrec__verified_members_set(dicrec_context *context, const dicrec__candidates *candidates,
                                           dicrec__ranking *ranking, dicrec_reconstruction *reconstruction) {
  const size_t n = ranking->n_members, n_accepted = ranking->n_accepted;
  const size_t n_ranked = n_accepted + ranking->n_rejected, n_found = n_ranked < n ? n_ranked : n;
  const dicrec__candidate **found = dicrec__allocate(&context->allocator, n, sizeof *found);
  reconstruction->trains = dicrec__allocate(&context->allocator, n, sizeof *reconstruction->trains);
  if (found == NULL || reconstruction->trains == NULL) {
    dicrec__release(&context->allocator, found);
    return dicrec__fail_memory(context, "the checks of the members");
  }
  for (size_t i = 0; i < n_found; ++i) found[i] = &dicrec__ranking_at(ranking, i)->candidate;
  const dicrec_status status = dicrec__members_set(context, candidates, found, n_accepted, n_found, reconstruction);
  dicrec__release(&context->allocator, found);
  if (status != DICREC_OK) return status;
  for (size_t i = 0; i < n_found; ++i) set_record(ranking, i, reconstruction);
  for (size_t i = n_found; i < n; ++i) reconstruction->trains[i] = dicrec__unknown_train();
  return report_distances(context, reconstruction, n_accepted);
}
