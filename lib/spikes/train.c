/* SPDX-License-Identifier: MIT */
/** @file train.c Making, checking and copying spike trains. */
#include <math.h>
#include <string.h>

#include "core/context.h"
#include "core/copy_out.h"
#include "core/random.h"
#include "spikes/spikes.h"

size_t dicrec__first_bad_time(const double *times, size_t n, double latest) {
  for (size_t i = 0; i < n; ++i)
    if (!(times[i] >= 0.0 && times[i] <= latest && (i == 0 || times[i] > times[i - 1]))) return i;
  return n;
}

/* Times are checked in the unit that the caller gave, so that messages show the caller's numbers. */
static dicrec_status check_times(dicrec_context *context, const double *times, size_t n, int32_t kind) {
  const double latest = kind == DICREC_TIME_S ? 1e-3 * DICREC__LATEST_MS : DICREC__LATEST_MS;
  const char *unit = kind == DICREC_TIME_S ? "s" : "ms";
  const size_t i = dicrec__first_bad_time(times, n, latest);
  if (i == n) return DICREC_OK;
  if (!isfinite(times[i]))
    return dicrec__fail(context, DICREC_E_SPIKES, "spike %zu of %zu is %g %s, allowed are finite times", i + 1, n,
                        times[i], unit);
  if (times[i] < 0.0)
    return dicrec__fail(context, DICREC_E_SPIKES, "spike %zu of %zu is at %.10g %s, allowed are times from 0 on", i + 1,
                        n, times[i], unit);
  if (times[i] > latest)
    return dicrec__fail(context, DICREC_E_SPIKES, "spike %zu of %zu is at %.10g %s, allowed are times up to %g %s",
                        i + 1, n, times[i], unit, latest, unit);
  return dicrec__fail(context, DICREC_E_SPIKES,
                      "spike %zu of %zu is at %.10g %s, not after the one before it (%.10g %s)", i + 1, n, times[i],
                      unit, times[i - 1], unit);
}

static dicrec_status allocate_train(dicrec_context *context, size_t n, dicrec_spikes **spikes) {
  dicrec_spikes *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a spike train");
  made->allocator = context->allocator;
  made->times_ms = dicrec__allocate(&context->allocator, n, sizeof *made->times_ms);
  if (made->times_ms == NULL) {
    dicrec_spikes_free(made);
    return dicrec__fail(context, DICREC_E_MEMORY, "out of memory for %zu spike times", n);
  }
  *spikes = made;
  return DICREC_OK;
}

static dicrec_status begin_create(dicrec_context *context, const void *data, size_t n, dicrec_spikes **spikes) {
  if (spikes != NULL) *spikes = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (spikes == NULL || (data == NULL && n > 0))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the spike times or the result is NULL");
  return DICREC_OK;
}

dicrec_status dicrec_spikes_create(dicrec_context *context, const double *times, size_t n, int32_t unit,
                                   dicrec_spikes **spikes) {
  dicrec_status status = begin_create(context, times, n, spikes);
  if (status != DICREC_OK) return status;
  if (unit != DICREC_TIME_MS && unit != DICREC_TIME_S)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "unit is %d, allowed are DICREC_TIME_MS and DICREC_TIME_S",
                        (int)unit);
  status = check_times(context, times, n, unit);
  if (status != DICREC_OK) return status;
  dicrec_spikes *made = NULL;
  status = allocate_train(context, n, &made);
  if (status != DICREC_OK) return status;
  const double scale = unit == DICREC_TIME_S ? 1000.0 : 1.0;
  for (size_t i = 0; i < n; ++i) made->times_ms[i] = times[i] * scale;
  status = check_times(context, made->times_ms, n, DICREC_TIME_MS); /* the change of unit may close a gap */
  if (status != DICREC_OK) {
    dicrec_spikes_free(made);
    return status;
  }
  made->train = dicrec__train_of(made->times_ms, n);
  *spikes = made;
  return DICREC_OK;
}

dicrec_status dicrec_spikes_create_from_samples(dicrec_context *context, const int64_t *samples, size_t n,
                                                double rate_hz, dicrec_spikes **spikes) {
  dicrec_status status = begin_create(context, samples, n, spikes);
  if (status != DICREC_OK) return status;
  if (!(rate_hz > 0.0) || !isfinite(rate_hz))
    return dicrec__fail_range(context, "rate_hz", rate_hz, "above 0 and finite");
  for (size_t i = 0; i < n; ++i)
    if (samples[i] < 0 || (i > 0 && samples[i] <= samples[i - 1]))
      return dicrec__fail(context, DICREC_E_SPIKES,
                          "spike %zu of %zu is at sample %lld, allowed are increasing indices from 0 on", i + 1, n,
                          (long long)samples[i]);
  dicrec_spikes *made = NULL;
  status = allocate_train(context, n, &made);
  if (status != DICREC_OK) return status;
  for (size_t i = 0; i < n; ++i) made->times_ms[i] = (double)samples[i] * (1000.0 / rate_hz);
  status = check_times(context, made->times_ms, n, DICREC_TIME_MS);
  if (status != DICREC_OK) {
    dicrec_spikes_free(made);
    return status;
  }
  made->train = dicrec__train_of(made->times_ms, n);
  *spikes = made;
  return DICREC_OK;
}

DICREC__DEFINE_RETAIN(spikes)

void dicrec_spikes_free(dicrec_spikes *spikes) {
  if (spikes == NULL || !dicrec__owners_leave(&spikes->owners)) return;
  const dicrec__allocator allocator = spikes->allocator;
  dicrec__release(&allocator, spikes->times_ms);
  dicrec__release(&allocator, spikes);
}

uint64_t dicrec__spikes_key(const dicrec_spikes *spikes) {
  uint64_t key = spikes->train.n;
  for (size_t i = 0; i < spikes->train.n; ++i) {
    const double time_ms = spikes->times_ms[i] + 0.0; /* -0 is 0 */
    uint64_t bits;
    memcpy(&bits, &time_ms, sizeof bits);
    key = dicrec__random_mix(key ^ bits);
  }
  return key;
}

size_t dicrec_spikes_count(const dicrec_spikes *spikes) { return spikes == NULL ? 0 : spikes->train.n; }

dicrec_status dicrec_spikes_copy_times(const dicrec_spikes *spikes, double *times_ms, size_t capacity) {
  if (spikes == NULL) return DICREC_E_ARGUMENT;
  return dicrec__copy_out(spikes->times_ms, spikes->train.n, sizeof *times_ms, times_ms, capacity);
}
