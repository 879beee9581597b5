/* SPDX-License-Identifier: MIT */
#include "simulator/current.h"

#include <stdint.h>

#include "core/limits.h"
#include "dicrec/limits.h"

static dicrec_status check_points(dicrec_context *context, const double *times_ms, const double *values, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    if (!isfinite(times_ms[i]))
      return dicrec__fail(context, DICREC_E_RANGE, "current_times_ms of point %zu is %g, allowed is what is finite", i,
                          times_ms[i]);
    if (i > 0 && times_ms[i] < times_ms[i - 1])
      return dicrec__fail(context, DICREC_E_RANGE,
                          "current_times_ms of point %zu is %g, which is before that of point "
                          "%zu, %g",
                          i, times_ms[i], i - 1, times_ms[i - 1]);
    if (!(fabs(values[i]) <= DICREC_MAX_CURRENT))
      return dicrec__fail(context, DICREC_E_RANGE, "current_values of point %zu is %g, allowed is -%s to %s uA/cm2", i,
                          values[i], DICREC__TEXT(DICREC_MAX_CURRENT), DICREC__TEXT(DICREC_MAX_CURRENT));
  }
  return DICREC_OK;
}

dicrec_status dicrec__current_create(dicrec_context *context, const double *times_ms, const double *values, uint64_t n,
                                     dicrec__current *current) {
  *current = (dicrec__current){0};
  if (n == 0) return DICREC_OK;
  if (times_ms == NULL || values == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "current_times_ms or current_values is NULL, but n_current is %llu",
                        (unsigned long long)n);
  if (n > SIZE_MAX / (2 * sizeof(double))) return dicrec__fail_memory(context, "the points of the current");
  const size_t count = (size_t)n;
  const dicrec_status status = check_points(context, times_ms, values, count);
  if (status != DICREC_OK) return status;
  double *points = dicrec__allocate(&context->allocator, 2 * count, sizeof *points);
  if (points == NULL) return dicrec__fail_memory(context, "the points of the current");
  *current = (dicrec__current){.n = count, .times_ms = points, .values = points + count};
  for (size_t i = 0; i < count; ++i) {
    current->times_ms[i] = times_ms[i];
    current->values[i] = values[i];
  }
  return DICREC_OK;
}

void dicrec__current_release(const dicrec__allocator *allocator, dicrec__current *current) {
  dicrec__release(allocator, current->times_ms);
}
