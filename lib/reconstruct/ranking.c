/* SPDX-License-Identifier: MIT */
#include "reconstruct/ranking.h"

#include <math.h>
#include <string.h>

#include "reconstruct/compare.h"

/* Mismatch of a train that did not come to its end: beyond that of a silent one. */
static const double not_finished = 4.0 * DICREC__OTHER_CLASS;

bool dicrec__ranking_create(const dicrec__allocator *allocator, size_t n_members, dicrec__ranking *ranking) {
  *ranking = (dicrec__ranking){.allocator = allocator, .n_members = n_members};
  if (n_members > SIZE_MAX / 4) return false;
  ranking->accepted = dicrec__allocate(allocator, 2 * n_members, sizeof *ranking->accepted);
  if (ranking->accepted == NULL) return false;
  ranking->rejected = ranking->accepted + n_members;
  return true;
}

void dicrec__ranking_release(dicrec__ranking *ranking) {
  for (size_t i = 0; i < ranking->n_accepted; ++i)
    dicrec__release(ranking->allocator, ranking->accepted[i].train.times_ms);
  for (size_t i = 0; i < ranking->n_rejected; ++i)
    dicrec__release(ranking->allocator, ranking->rejected[i].train.times_ms);
  dicrec__release(ranking->allocator, ranking->accepted);
}

dicrec__ranked *dicrec__ranking_at(const dicrec__ranking *ranking, size_t i) {
  return i < ranking->n_accepted ? &ranking->accepted[i] : &ranking->rejected[i - ranking->n_accepted];
}

/* A new place among the rejected, by its mismatch; NULL if all are nearer. */
static dicrec__ranked *insert_rejected(dicrec__ranking *ranking, double mismatch) {
  dicrec__ranked *rejected = ranking->rejected;
  const size_t n = ranking->n_members;
  size_t place = ranking->n_rejected;
  while (place > 0 && rejected[place - 1].mismatch > mismatch) --place;
  if (place == n) return NULL;
  if (ranking->n_rejected == n) dicrec__release(ranking->allocator, rejected[n - 1].train.times_ms);
  else ++ranking->n_rejected;
  memmove(rejected + place + 1, rejected + place, (ranking->n_rejected - 1 - place) * sizeof *rejected);
  rejected[place].train.times_ms = NULL;
  return &rejected[place];
}

static dicrec__ranked *insert(dicrec__ranking *ranking, bool is_accepted, double mismatch) {
  if (!is_accepted) return insert_rejected(ranking, mismatch);
  return ranking->n_accepted < ranking->n_members ? &ranking->accepted[ranking->n_accepted++] : NULL;
}

/* Remove the rejected candidate that one was moved from, if that is nearer now; false if it is not. */
static bool remove_rejected(dicrec__ranking *ranking, const dicrec__candidate *moved, double mismatch) {
  dicrec__ranked *rejected = ranking->rejected;
  size_t place = 0;
  while (place < ranking->n_rejected && rejected[place].candidate.stream != moved->stream) ++place;
  if (place == ranking->n_rejected) return true;
  if (!(mismatch < rejected[place].mismatch)) return false;
  dicrec__release(ranking->allocator, rejected[place].train.times_ms);
  --ranking->n_rejected;
  memmove(rejected + place, rejected + place + 1, (ranking->n_rejected - place) * sizeof *rejected);
  rejected[ranking->n_rejected].train.times_ms = NULL;
  return true;
}

dicrec__ranked *dicrec__ranking_place(dicrec__ranking *ranking, const dicrec__candidate *candidate, bool is_accepted,
                                      double mismatch) {
  if (candidate->slot == 0) {
    const bool is_moved = candidate->n_revised > 0;
    if (is_moved && !remove_rejected(ranking, candidate, mismatch)) return NULL;
    return insert(ranking, is_accepted, mismatch);
  }
  dicrec__ranked *before = &ranking->accepted[candidate->slot - 1];
  if (!(mismatch < before->mismatch)) return NULL;
  dicrec__release(ranking->allocator, before->train.times_ms);
  before->train.times_ms = NULL;
  return before;
}

dicrec__member_train dicrec__unknown_train(void) {
  dicrec__member_train unknown = {.distance = (double)NAN, .intervals = {(double)NAN, (double)NAN}};
  dicrec__spike_statistics(dicrec__train_of(NULL, 0), &unknown.statistics);
  return unknown;
}

void dicrec__ranking_add_unfinished(dicrec__ranking *ranking, const dicrec__candidate *candidate, bool was_stopped) {
  if (candidate->n_revised > 0) return;
  dicrec__ranked *place = insert(ranking, false, not_finished);
  if (place != NULL) *place = (dicrec__ranked){*candidate, not_finished, dicrec__unknown_train(), was_stopped};
}
