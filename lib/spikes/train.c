/* SPDX-License-Identifier: MIT */
/** @file train.c Making, checking and copying spike trains. */
#include <math.h>
#include <string.h>

#include "core/context.h"
#include "core/copy_out.h"
#include "core/random.h"
#include "spikes/observation.h"
#include "spikes/spikes.h"

size_t dicrec__first_bad_time(const double *times, size_t n, double latest) {
  for (size_t i = 0; i < n; ++i)
    if (!isfinite(times[i]) || fabs(times[i]) > latest || (i > 0 && times[i] <= times[i - 1])) return i;
  return n;
}

dicrec_status dicrec__refuse_time(dicrec_context *context, const char *trial, const dicrec__bad_time *bad,
                                  double latest, const char *unit) {
  if (!isfinite(bad->time))
    return dicrec__fail(context, DICREC_E_SPIKES, "%sspike %zu of %zu is %g %s, allowed are finite times", trial,
                        bad->index + 1, bad->n, bad->time, unit);
  if (fabs(bad->time) > latest)
    return dicrec__fail(context, DICREC_E_SPIKES,
                        "%sspike %zu of %zu is at %.10g %s, allowed are times from %g to %g %s", trial, bad->index + 1,
                        bad->n, bad->time, unit, -latest, latest, unit);
  return dicrec__fail(context, DICREC_E_SPIKES,
                      "%sspike %zu of %zu is at %.10g %s, not after the one before it (%.10g %s)", trial,
                      bad->index + 1, bad->n, bad->time, unit, bad->before, unit);
}

/* The times of one trial. */
static dicrec_status check_trial(dicrec_context *context, const double *times, size_t n, double latest,
                                 const char *unit, const char *trial) {
  const size_t i = dicrec__first_bad_time(times, n, latest);
  if (i == n) return DICREC_OK;
  const dicrec__bad_time bad = {i, n, times[i], i > 0 ? times[i - 1] : 0.0};
  return dicrec__refuse_time(context, trial, &bad, latest, unit);
}

/* Times are checked in the unit that the caller gave, so that messages show the caller's numbers, and in ms: the change
   of unit may make two equal. */
static dicrec_status check_times(dicrec_context *context, const dicrec__observation *o, const double *times, size_t n,
                                 double latest, const char *unit) {
  dicrec_status status = DICREC_OK;
  for (size_t i = 0, first = 0; i < o->n_trials && status == DICREC_OK; ++i) {
    const size_t count = dicrec__trial_size(o, i, n);
    char name[DICREC__TRIAL_NAME];
    dicrec__trial_name(o, i, name);
    status = check_trial(context, times + first, count, latest, unit, name);
    first += count;
  }
  return status;
}

static dicrec_status allocate_train(dicrec_context *context, const dicrec__observation *o, size_t n,
                                    dicrec_spikes **spikes) {
  const dicrec__allocator *allocator = &context->allocator;
  dicrec_spikes *made = dicrec__allocate(allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a spike train");
  made->allocator = *allocator;
  made->times_ms = dicrec__allocate(allocator, n, sizeof *made->times_ms);
  if (!o->is_plain) made->segments = dicrec__allocate(allocator, o->n_segments, sizeof *made->segments);
  if (made->times_ms == NULL || (made->segments == NULL && !o->is_plain)) {
    dicrec_spikes_free(made);
    return dicrec__fail(context, DICREC_E_MEMORY, "out of memory for %zu spike times", n);
  }
  *spikes = made;
  return DICREC_OK;
}

static dicrec_status begin_create(dicrec_context *context, const void *data, size_t n,
                                  const dicrec_spikes_options *options, dicrec_spikes **spikes,
                                  dicrec__observation *o) {
  if (spikes != NULL) *spikes = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (spikes == NULL || (data == NULL && n > 0))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the spike times or the result is NULL");
  return dicrec__observation_read(context, options, n, o);
}

/* Check the times in ms and divide them; a train that is refused is freed. */
static dicrec_status finish_create(dicrec_context *context, const dicrec__observation *o, size_t n, dicrec_spikes *made,
                                   dicrec_spikes **spikes) {
  dicrec_status status = check_times(context, o, made->times_ms, n, DICREC__LATEST_MS, "ms");
  if (status == DICREC_OK && !o->is_plain)
    status = dicrec__observation_divide(context, o, made->times_ms, n, made->segments);
  if (status != DICREC_OK) {
    dicrec_spikes_free(made);
    return status;
  }
  made->train = o->is_plain ? dicrec__train_of(made->times_ms, n)
                            : dicrec__train_in(made->times_ms, n, made->segments, o->n_segments, o->n_unbounded);
  *spikes = made;
  return DICREC_OK;
}

dicrec_status dicrec_spikes_create(dicrec_context *context, const double *times, size_t n,
                                   const dicrec_spikes_options *options, dicrec_spikes **spikes) {
  dicrec__observation o;
  dicrec_spikes *made = NULL;
  dicrec_status status = begin_create(context, times, n, options, spikes, &o);
  if (status != DICREC_OK) return status;
  if (o.options.origin != 0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "origin is %lld, allowed is 0: these are no samples",
                        (long long)o.options.origin);
  status = check_times(context, &o, times, n, o.latest, o.unit);
  if (status == DICREC_OK) status = allocate_train(context, &o, n, &made);
  if (status != DICREC_OK) return status;
  for (size_t i = 0; i < n; ++i) made->times_ms[i] = times[i] * o.unit_ms;
  return finish_create(context, &o, n, made, spikes);
}

/* Samples of one trial increase, and are no more than an int64 from the origin. */
static dicrec_status check_samples(dicrec_context *context, const int64_t *samples, size_t n, int64_t origin,
                                   const char *trial) {
  for (size_t i = 0; i < n; ++i) {
    if (i > 0 && samples[i] <= samples[i - 1])
      return dicrec__fail(context, DICREC_E_SPIKES,
                          "%sspike %zu of %zu is at sample %lld, not after the one before it (%lld)", trial, i + 1, n,
                          (long long)samples[i], (long long)samples[i - 1]);
    if (origin < 0 ? samples[i] > INT64_MAX + origin : samples[i] < INT64_MIN + origin)
      return dicrec__fail(context, DICREC_E_SPIKES,
                          "%sspike %zu of %zu is at sample %lld, too far from the origin, %lld", trial, i + 1, n,
                          (long long)samples[i], (long long)origin);
  }
  return DICREC_OK;
}

static dicrec_status check_all_samples(dicrec_context *context, const dicrec__observation *o, const int64_t *samples,
                                       size_t n) {
  dicrec_status status = DICREC_OK;
  for (size_t i = 0, first = 0; i < o->n_trials && status == DICREC_OK; ++i) {
    const size_t count = dicrec__trial_size(o, i, n);
    char name[DICREC__TRIAL_NAME];
    dicrec__trial_name(o, i, name);
    status = check_samples(context, samples + first, count, o->options.origin, name);
    first += count;
  }
  return status;
}

dicrec_status dicrec_spikes_create_from_samples(dicrec_context *context, const int64_t *samples, size_t n,
                                                double rate_hz, const dicrec_spikes_options *options,
                                                dicrec_spikes **spikes) {
  dicrec__observation o;
  dicrec_spikes *made = NULL;
  dicrec_status status = begin_create(context, samples, n, options, spikes, &o);
  if (status != DICREC_OK) return status;
  if (!isfinite(rate_hz) || !(rate_hz > 0.0))
    return dicrec__fail_range(context, "rate_hz", rate_hz, "above 0 and finite");
  status = check_all_samples(context, &o, samples, n);
  if (status == DICREC_OK) status = allocate_train(context, &o, n, &made);
  if (status != DICREC_OK) return status;
  o.slack_ms = 0.5 * (1000.0 / rate_hz);
  for (size_t i = 0; i < n; ++i) made->times_ms[i] = (double)(samples[i] - o.options.origin) * (1000.0 / rate_hz);
  return finish_create(context, &o, n, made, spikes);
}

DICREC__DEFINE_RETAIN(spikes)

void dicrec_spikes_free(dicrec_spikes *spikes) {
  if (spikes == NULL || !dicrec__owners_leave(&spikes->owners)) return;
  const dicrec__allocator allocator = spikes->allocator;
  dicrec__release(&allocator, spikes->times_ms);
  dicrec__release(&allocator, spikes->segments);
  dicrec__release(&allocator, spikes);
}

static uint64_t add_to_key(uint64_t key, double time_ms) {
  const double unsigned_zero_ms = time_ms + 0.0; /* -0 is 0 */
  uint64_t bits;
  memcpy(&bits, &unsigned_zero_ms, sizeof bits);
  return dicrec__random_mix(key ^ bits);
}

uint64_t dicrec__spikes_key(const dicrec_spikes *spikes) {
  const dicrec__train train = spikes->train;
  uint64_t key = train.n;
  for (size_t i = 0; i < train.n; ++i) key = add_to_key(key, train.times_ms[i]);
  for (size_t i = 0; i < train.n_segments && train.segments != NULL; ++i) {
    key = add_to_key(add_to_key(key, train.segments[i].start_ms), train.segments[i].stop_ms);
    key = dicrec__random_mix(key ^ train.segments[i].n);
  }
  return key;
}

size_t dicrec_spikes_count(const dicrec_spikes *spikes) { return spikes == NULL ? 0 : spikes->train.n; }

dicrec_status dicrec_spikes_copy_times(const dicrec_spikes *spikes, double *times_ms, size_t capacity) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(spikes->times_ms, spikes->train.n, sizeof *times_ms, times_ms, capacity);
}

size_t dicrec_spikes_segment_count(const dicrec_spikes *spikes) {
  return spikes == NULL ? 0 : spikes->train.n_segments;
}

dicrec_status dicrec_spikes_copy_segments(const dicrec_spikes *spikes, double *windows_ms, uint64_t *counts,
                                          size_t capacity) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  if (capacity < spikes->train.n_segments) return DICREC_E_BUFFER;
  for (size_t i = 0; i < spikes->train.n_segments; ++i) {
    const dicrec__segment segment = dicrec__train_segment(spikes->train, i);
    if (windows_ms != NULL) windows_ms[2 * i] = segment.start_ms;
    if (windows_ms != NULL) windows_ms[2 * i + 1] = segment.stop_ms;
    if (counts != NULL) counts[i] = segment.n;
  }
  return DICREC_OK;
}
