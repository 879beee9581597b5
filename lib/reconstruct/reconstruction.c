/* SPDX-License-Identifier: MIT */
/** @file reconstruction.c Reading and freeing reconstructions. */
#include "reconstruct/reconstruction.h"

#include <math.h>
#include <string.h>

#include "core/copy_out.h"
#include "core/options.h"

void dicrec__reconstruction_clear(dicrec_reconstruction *reconstruction) {
  const dicrec__allocator allocator = reconstruction->allocator;
  if (reconstruction->trains != NULL && reconstruction->population != NULL)
    for (size_t i = 0; i < reconstruction->population->n_members; ++i)
      dicrec__release(&allocator, reconstruction->trains[i].times_ms);
  dicrec__release(&allocator, reconstruction->trains);
  dicrec__release(&allocator, reconstruction->mismatch);
  dicrec__release(&allocator, reconstruction->spread_kept);
  dicrec__release(&allocator, reconstruction->candidates);
  dicrec__release(&allocator, reconstruction->text);
  dicrec_posterior_free(reconstruction->posterior);
  dicrec_population_free(reconstruction->population);
  *reconstruction = (dicrec_reconstruction){.allocator = allocator};
}

bool dicrec__reconstruction_conclude(dicrec_reconstruction *reconstruction, dicrec_status status, const char *text) {
  reconstruction->status = status;
  if (text[0] == '\0') return true;
  const size_t size = strlen(text) + 1;
  reconstruction->text = dicrec__allocate(&reconstruction->allocator, size, 1);
  if (reconstruction->text != NULL) memcpy(reconstruction->text, text, size);
  return reconstruction->text != NULL;
}

DICREC__DEFINE_RETAIN(reconstruction)

void dicrec_reconstruction_free(dicrec_reconstruction *reconstruction) {
  if (reconstruction == NULL || !dicrec__owners_leave(&reconstruction->owners)) return;
  const dicrec__allocator allocator = reconstruction->allocator;
  dicrec__reconstruction_clear(reconstruction);
  dicrec__release(&allocator, reconstruction);
}

dicrec_status dicrec_reconstruction_status(const dicrec_reconstruction *reconstruction) {
  return reconstruction == NULL ? DICREC_E_ARGUMENT : reconstruction->status;
}

size_t dicrec_reconstruction_error(const dicrec_reconstruction *reconstruction, char *text, size_t size) {
  const bool has_text = reconstruction != NULL && reconstruction->text != NULL;
  return dicrec__copy_text(has_text ? reconstruction->text : "", text, size);
}

const dicrec_posterior *dicrec_reconstruction_posterior(const dicrec_reconstruction *reconstruction) {
  return reconstruction == NULL ? NULL : reconstruction->posterior;
}

const dicrec_population *dicrec_reconstruction_population(const dicrec_reconstruction *reconstruction) {
  return reconstruction == NULL ? NULL : reconstruction->population;
}

dicrec_status dicrec_reconstruction_copy_report(const dicrec_reconstruction *reconstruction,
                                                dicrec_reconstruction_report *report) {
  if (reconstruction == NULL || reconstruction->status < 0) return DICREC_E_ARGUMENT;
  return dicrec__struct_copy(&reconstruction->report, sizeof reconstruction->report, report);
}

dicrec_status dicrec_reconstruction_copy_spread_kept(const dicrec_reconstruction *reconstruction, double *kept,
                                                     size_t capacity) {
  if (reconstruction == NULL || reconstruction->population == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(reconstruction->spread_kept, reconstruction->population->n_channels, sizeof *kept, kept,
                          capacity);
}

dicrec_status dicrec_reconstruction_copy_candidate_moments(const dicrec_reconstruction *reconstruction, double *mean,
                                                           double *deviation, size_t capacity) {
  if (reconstruction == NULL || reconstruction->candidates == NULL) return DICREC_E_ARGUMENT;
  const size_t n = reconstruction->population->n_channels;
  const dicrec_status status = dicrec__copy_out(reconstruction->candidates, n, sizeof *mean, mean, capacity);
  if (status != DICREC_OK) return status;
  return dicrec__copy_out(reconstruction->candidates + n, n, sizeof *deviation, deviation, capacity);
}

double dicrec_reconstruction_mismatch(const dicrec_reconstruction *reconstruction, size_t member) {
  if (reconstruction == NULL || reconstruction->mismatch == NULL) return (double)NAN;
  return member < reconstruction->population->n_members ? reconstruction->mismatch[member] : (double)NAN;
}

static const dicrec__member_train *train_at(const dicrec_reconstruction *reconstruction, size_t member) {
  if (reconstruction == NULL || reconstruction->trains == NULL) return NULL;
  return member < reconstruction->population->n_members ? &reconstruction->trains[member] : NULL;
}

int32_t dicrec_reconstruction_accepted(const dicrec_reconstruction *reconstruction, size_t member) {
  const dicrec__member_train *train = train_at(reconstruction, member);
  return train != NULL && train->accepted;
}

double dicrec_reconstruction_distance(const dicrec_reconstruction *reconstruction, size_t member) {
  const dicrec__member_train *train = train_at(reconstruction, member);
  return train == NULL ? (double)NAN : train->distance;
}

dicrec_status dicrec_reconstruction_statistics(const dicrec_reconstruction *reconstruction, size_t member,
                                               dicrec_spike_statistics *statistics) {
  const dicrec__member_train *train = train_at(reconstruction, member);
  return train == NULL ? DICREC_E_ARGUMENT : dicrec__spike_statistics_copy(&train->statistics, statistics);
}

size_t dicrec_reconstruction_spike_count(const dicrec_reconstruction *reconstruction, size_t member) {
  const dicrec__member_train *train = train_at(reconstruction, member);
  return train == NULL ? 0 : train->n_times;
}

dicrec_status dicrec_reconstruction_copy_spikes(const dicrec_reconstruction *reconstruction, size_t member,
                                                double *times_ms, size_t capacity) {
  const dicrec__member_train *train = train_at(reconstruction, member);
  if (train == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(train->times_ms, train->n_times, sizeof *times_ms, times_ms, capacity);
}

static dicrec__list spikes_of(const void *reconstruction, size_t member) {
  const dicrec__member_train *train = &((const dicrec_reconstruction *)reconstruction)->trains[member];
  return (dicrec__list){train->times_ms, train->n_times};
}

size_t dicrec_reconstruction_spike_total(const dicrec_reconstruction *reconstruction) {
  if (reconstruction == NULL || reconstruction->trains == NULL) return 0;
  return dicrec__lists_total(reconstruction, reconstruction->population->n_members, spikes_of);
}

dicrec_status dicrec_reconstruction_copy_all_spikes(const dicrec_reconstruction *reconstruction, uint64_t *offsets,
                                                    size_t offset_capacity, double *times_ms, size_t time_capacity) {
  if (reconstruction == NULL || reconstruction->trains == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_lists(reconstruction, reconstruction->population->n_members, spikes_of, offsets, offset_capacity,
                            times_ms, time_capacity);
}
