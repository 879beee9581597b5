/* SPDX-License-Identifier: MIT */
#include "reconstruct/revision.h"

#include <math.h>
#include <string.h>

#include "reconstruct/predict.h"
#include "reconstruct/refine.h"

/* Where 1 is accepted: candidates that fired this much like the input are not moved, for another simulation would gain
 * less than a tenth of what is allowed; nor are those so far off that a step along the slopes of the prediction leads
 * nowhere near. */
static const double good_enough = 0.075, too_far = 30.0;

/* The second move mends what the first has left where the pattern is far from linear; each costs a simulation. */
enum { MOST_REVISIONS = 2 };

bool dicrec__revision_create(const dicrec__candidates *candidates, const dicrec__allocator *allocator, size_t room,
                             dicrec__revision *revision) {
  *revision = (dicrec__revision){.candidates = candidates, .room = room};
  revision->waiting = dicrec__allocate_unset(allocator, room, sizeof *revision->waiting);
  revision->fired = dicrec__allocate_unset(allocator, room, sizeof *revision->fired);
  return revision->waiting != NULL && revision->fired != NULL;
}

void dicrec__revision_release(dicrec__revision *revision, const dicrec__allocator *allocator) {
  dicrec__release(allocator, revision->fired);
  dicrec__release(allocator, revision->waiting);
}

void dicrec__revision_add(dicrec__revision *revision, const dicrec__candidate *candidate,
                          const dicrec__compared *compared, size_t slot) {
  const dicrec__request *request = revision->candidates->request;
  const bool is_movable =
      request->is_regular && request->flow != NULL && request->forward != NULL && candidate->n_revised < MOST_REVISIONS;
  const bool is_worth_it = compared->mismatch > good_enough && compared->mismatch < too_far;
  if (!is_movable || !is_worth_it || revision->n == revision->room) return;
  dicrec__candidate *waiting = &revision->waiting[revision->n];
  memcpy(revision->fired[revision->n++], compared->fired, sizeof compared->fired);
  *waiting = *candidate;
  ++waiting->n_revised;
  waiting->slot = slot;
}

/* What the prediction of each candidate that waits is too large by: [n][DICREC__PATTERN_SIZE] onto `fired`. */
static dicrec_status turn_into_errors(dicrec__revision *revision, dicrec__candidate *const *waiting) {
  dicrec_context *context = revision->candidates->context;
  const size_t n = revision->n;
  dicrec__prediction *predictions = dicrec__allocate_unset(&context->allocator, n, sizeof *predictions);
  if (predictions == NULL) return dicrec__fail_memory(context, "the predictions of the members");
  const dicrec_status status = dicrec__candidates_predict(revision->candidates, waiting, n, predictions);
  for (size_t i = 0; i < n && status == DICREC_OK; ++i)
    for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
      const double fired = revision->fired[i][k]; /* NaN: not shown; vectors must not compare it */
      revision->fired[i][k] = isnan(fired) ? 0.0 : predictions[i].mean[k] - fired;
    }
  dicrec__release(&context->allocator, predictions);
  return status;
}

dicrec_status dicrec__revision_move(dicrec__revision *revision) {
  dicrec_context *context = revision->candidates->context;
  const size_t n = revision->n;
  dicrec__candidate **waiting = dicrec__allocate_unset(&context->allocator, n, sizeof(dicrec__candidate *));
  if (waiting == NULL) return dicrec__fail_memory(context, "the members that are moved");
  for (size_t i = 0; i < n; ++i) waiting[i] = &revision->waiting[i];
  dicrec_status status = turn_into_errors(revision, waiting);
  if (status == DICREC_OK) status = dicrec__refine(revision->candidates, waiting, n, revision->fired[0]);
  dicrec__release(&context->allocator, waiting);
  return status;
}
