/* SPDX-License-Identifier: MIT */
#include "models/curve.h"

#include <math.h>
#include <stddef.h>

dicrec__jet dicrec__curve_at(const dicrec__curve *curve, double v) {
  const dicrec__curve_form *form = dicrec__curve_form_of(curve);
  return form != NULL ? form->at(curve->p, v) : dicrec__composite_at(curve, v);
}

void dicrec__curve_bounds_include(dicrec__curve_bounds *bounds, const dicrec__curve *curve, double v) {
  const dicrec__jet jet = dicrec__curve_at(curve, v);
  if (!(jet.value >= bounds->low)) bounds->low = jet.value; /* keeps NaN */
  if (!(jet.value <= bounds->high)) bounds->high = jet.value;
  if (!isfinite(jet.slope)) bounds->high = INFINITY;
}

dicrec__curve_bounds dicrec__curve_bounds_of(const dicrec__curve *curve, double low_mv, double high_mv) {
  const dicrec__curve_form *form = dicrec__curve_form_of(curve);
  dicrec__curve_bounds bounds = {INFINITY, -INFINITY};
  dicrec__curve_bounds_include(&bounds, curve, low_mv);
  dicrec__curve_bounds_include(&bounds, curve, high_mv);
  if (form == NULL) dicrec__composite_widen(curve, low_mv, high_mv, &bounds);
  else if (form->widen != NULL) form->widen(curve, low_mv, high_mv, &bounds);
  return bounds;
}
