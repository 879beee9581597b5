/* SPDX-License-Identifier: MIT */
#include "estimator/time_scale_search.h"

#include <math.h>

/** The search looks at no more than this many windows of a train, so that its time is bounded for long ones. */
enum { searched_windows = 4096, n_fine = 10 };
static const double enough = 0.05, lowest_log10 = -1.0, step_log10 = 0.05;

/** A train under search. */
struct search {
  const dicrec__reader *reader;
  dicrec__scratch *scratch;
  dicrec__train train;
  size_t max_windows;
  const double *logs; /**< of the intervals, or NULL */
  double pattern[DICREC__PATTERN_SIZE];
};

struct best {
  double support, log10_scale;
};

/** Support of the train at n time scales, as many at once as the scratch has room for. */
static void try_scales(const struct search *search, const double *scales, size_t n, double *supports) {
  dicrec__scratch *scratch = search->scratch;
  for (size_t done = 0; done < n;) {
    const size_t count = n - done < scratch->capacity ? n - done : scratch->capacity;
    for (size_t i = 0; i < count; ++i)
      scratch->views[i] =
          (dicrec__view){search->train, scales[done + i], search->max_windows, search->logs, search->pattern};
    dicrec__scratch_features(search->reader, scratch, count);
    dicrec__scratch_support(search->reader, scratch, count);
    for (size_t i = 0; i < count; ++i) supports[done + i] = scratch->support[i];
    done += count;
  }
}

/** Support at 10^first, 10^(first + step), ..., and the best of them and of what was best before. */
static void try_row(const struct search *search, double first, double step, size_t n, double *supports,
                    struct best *best) {
  double scales[DICREC__TRIED_TIME_SCALES] = {0};
  for (size_t i = 0; i < n; ++i) scales[i] = pow(10.0, first + step * (double)i);
  try_scales(search, scales, n, supports);
  for (size_t i = 0; i < n; ++i) {
    const double log10_scale = first + step * (double)i;
    if (supports[i] > best->support || (supports[i] == best->support && fabs(log10_scale) < fabs(best->log10_scale)))
      *best = (struct best){supports[i], log10_scale};
  }
}

static double support_at(const struct search *search, double scale) {
  double support;
  struct search whole = *search;
  whole.max_windows = DICREC__ALL_WINDOWS;
  try_scales(&whole, &scale, 1, &support);
  return support;
}

/** The run of grid points around the best scale with at least half of its support. */
static dicrec__time_scale_found around(const double *supports, const struct best *best) {
  const double found = pow(10.0, best->log10_scale), place = (best->log10_scale - lowest_log10) / step_log10;
  dicrec__time_scale_found scale = {found, {found, found}};
  for (int i = (int)floor(place); i >= 0 && supports[i] >= 0.5 * best->support; --i)
    scale.interval[0] = fmin(found, pow(10.0, lowest_log10 + step_log10 * i));
  for (int i = (int)ceil(place); i < DICREC__TRIED_TIME_SCALES && supports[i] >= 0.5 * best->support; ++i)
    scale.interval[1] = fmax(found, pow(10.0, lowest_log10 + step_log10 * i));
  return scale;
}

/** Logarithms of the intervals, taken once; NULL where there is no room for them. */
static const double *take_logs(dicrec__scratch *scratch, dicrec__train train) {
  if (scratch->logs == NULL || train.n - 1 > DICREC__LOGS) return NULL;
  for (size_t s = 0; s < train.n_segments; ++s) {
    const dicrec__segment segment = dicrec__train_segment(train, s);
    const double *times = train.times_ms + segment.first;
    for (size_t i = 0; i + 1 < segment.n; ++i)
      scratch->logs[segment.first + i] =
          log(dicrec__interval_as_read(scratch->queue.embedding, times[0], times[i], times[i + 1], 1.0));
  }
  return scratch->logs;
}

dicrec__time_scale_found dicrec__time_scale_search(const dicrec__reader *reader, dicrec__scratch *scratch,
                                                   dicrec__train train) {
  static const dicrec__time_scale_found one = {1.0, {1.0, 1.0}};
  struct search search = {reader, scratch, train, searched_windows, take_logs(scratch, train), {0}};
  dicrec__pattern_of(train, search.pattern);
  const double at_one = support_at(&search, 1.0);
  if (at_one >= enough) return one;
  double supports[DICREC__TRIED_TIME_SCALES], fine[DICREC__TRIED_TIME_SCALES];
  struct best best = {0.0, 0.0};
  try_row(&search, lowest_log10, step_log10, DICREC__TRIED_TIME_SCALES, supports, &best);
  if (best.support <= 0.0) return one;
  const double fine_step = step_log10 / n_fine, center = best.log10_scale;
  const double highest = lowest_log10 + step_log10 * (DICREC__TRIED_TIME_SCALES - 1) + 1e-9;
  const double first = center - fine_step * (n_fine - 1) < lowest_log10 ? center : center - fine_step * (n_fine - 1);
  const double last = center + fine_step * (n_fine - 1) > highest ? center : center + fine_step * (n_fine - 1);
  try_row(&search, first, fine_step, (size_t)lround((last - first) / fine_step) + 1, fine, &best);
  return support_at(&search, pow(10.0, best.log10_scale)) > at_one ? around(supports, &best) : one;
}
