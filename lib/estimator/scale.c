/* SPDX-License-Identifier: MIT */
#include "estimator/scale.h"

#include <math.h>

/** The search looks at no more than this many chunks of windows, so that its time is bounded for long trains. */
enum { searched_chunks = 16, n_grid = 61, n_fine = 10 };
static const double enough = 0.05, lowest_log10 = -1.0, step_log10 = 0.05;

struct best {
  double support, log10_scale;
};

static void try_scale(const dicrec__view *view, double log10_scale, struct best *best) {
  dicrec__network_features(view->network, view->scratch, view->times_ms, view->n_times, pow(10.0, log10_scale),
                           searched_chunks);
  const double support = dicrec__support_of(view->support, view->scratch->features);
  if (support > best->support || (support == best->support && fabs(log10_scale) < fabs(best->log10_scale)))
    *best = (struct best){support, log10_scale};
}

double dicrec__scale_support(const dicrec__view *view, double time_scale) {
  dicrec__network_features(view->network, view->scratch, view->times_ms, view->n_times, time_scale,
                           DICREC__ALL_WINDOWS);
  return dicrec__support_of(view->support, view->scratch->features);
}

double dicrec__scale_find(const dicrec__view *view) {
  const double at_one = dicrec__scale_support(view, 1.0);
  if (at_one >= enough) return 1.0;
  struct best best = {0.0, 0.0};
  for (int i = 0; i < n_grid; ++i) try_scale(view, lowest_log10 + step_log10 * i, &best);
  if (best.support <= 0.0) return 1.0;
  const double center = best.log10_scale;
  for (int i = 1 - n_fine; i < n_fine; ++i) {
    const double log10_scale = center + step_log10 * i / n_fine;
    if (log10_scale >= lowest_log10 && log10_scale <= lowest_log10 + step_log10 * (n_grid - 1))
      try_scale(view, log10_scale, &best);
  }
  const double found = pow(10.0, best.log10_scale);
  return dicrec__scale_support(view, found) > at_one ? found : 1.0;
}
