/* SPDX-License-Identifier: MIT */
/** @file curve_composites.c Curves that are made of other curves, and tables over V. */
#include <math.h>

#include "models/curve.h"

bool dicrec__curve_has_terms(const dicrec__curve *curve) {
  return curve->kind == DICREC__CURVE_SUM || curve->kind == DICREC__CURVE_PRODUCT ||
         curve->kind == DICREC__CURVE_QUOTIENT;
}

static dicrec__jet sum_at(const dicrec__curve *curve, double v) {
  dicrec__jet sum = {0.0, 0.0};
  for (int k = 0; k < curve->n; ++k) {
    const dicrec__jet term = dicrec__curve_at(&curve->terms[k], v);
    sum = (dicrec__jet){sum.value + term.value, sum.slope + term.slope};
  }
  return sum;
}

static dicrec__jet product_at(const dicrec__curve *curve, double v) {
  dicrec__jet product = {1.0, 0.0};
  for (int k = 0; k < curve->n; ++k) product = dicrec__jet_times(product, dicrec__curve_at(&curve->terms[k], v));
  return product;
}

static dicrec__jet quotient_at(const dicrec__curve *curve, double v) {
  const dicrec__jet a = dicrec__curve_at(&curve->terms[0], v), b = dicrec__curve_at(&curve->terms[1], v);
  if (b.value == 0.0) return (dicrec__jet){INFINITY, INFINITY}; /* refused when the model is checked */
  const double ratio = a.value / b.value;
  return (dicrec__jet){ratio, (a.slope - ratio * b.slope) / b.value};
}

/** The cubic between two samples, in Hermite's form. */
static dicrec__jet between(const dicrec__curve_sample *a, const dicrec__curve_sample *b, double v) {
  const double width = b->v_mv - a->v_mv, t = (v - a->v_mv) / width, rest = 1.0 - t;
  const double secant = (b->value - a->value) / width;
  const double value = a->value * (1.0 + 2.0 * t) * rest * rest + b->value * t * t * (3.0 - 2.0 * t) +
                       width * t * rest * (a->slope * rest - b->slope * t);
  const double slope = 6.0 * t * rest * secant + a->slope * rest * (1.0 - 3.0 * t) - b->slope * t * (2.0 - 3.0 * t);
  return (dicrec__jet){value, slope};
}

static dicrec__jet table_at(const dicrec__curve *curve, double v) {
  int low = 0, high = curve->n - 1;
  if (!(v > curve->samples[low].v_mv)) return (dicrec__jet){curve->samples[low].value, 0.0};
  if (v >= curve->samples[high].v_mv) return (dicrec__jet){curve->samples[high].value, 0.0};
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (curve->samples[middle].v_mv <= v) low = middle;
    else high = middle;
  }
  return between(&curve->samples[low], &curve->samples[high], v);
}

dicrec__jet dicrec__composite_at(const dicrec__curve *curve, double v_mv) {
  if (curve->kind == DICREC__CURVE_SUM) return sum_at(curve, v_mv);
  if (curve->kind == DICREC__CURVE_PRODUCT) return product_at(curve, v_mv);
  if (curve->kind == DICREC__CURVE_QUOTIENT) return quotient_at(curve, v_mv);
  if (curve->kind == DICREC__CURVE_TABLE) return table_at(curve, v_mv);
  return (dicrec__jet){NAN, NAN};
}

void dicrec__composite_widen(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds) {
  if (curve->kind == DICREC__CURVE_TABLE) {
    for (int i = 0; i < curve->n; ++i)
      if (curve->samples[i].v_mv > low_mv && curve->samples[i].v_mv < high_mv)
        dicrec__curve_bounds_include(bounds, curve, curve->samples[i].v_mv);
  } else if (dicrec__curve_has_terms(curve)) {
    for (double v = low_mv; v <= high_mv; v += 0.25) dicrec__curve_bounds_include(bounds, curve, v);
  }
}

static double secant(const dicrec__curve_sample *a) { return (a[1].value - a[0].value) / (a[1].v_mv - a[0].v_mv); }

/** Slope at an end from its own secant and the next one; it points as its own does, at most three times as steep. */
static double end_slope(double width, double next_width, double own, double next) {
  const double slope = ((2.0 * width + next_width) * own - width * next) / (width + next_width);
  if (slope * own <= 0.0) return 0.0;
  if (own * next <= 0.0 && fabs(slope) > 3.0 * fabs(own)) return 3.0 * own;
  return slope;
}

void dicrec__curve_set_slopes(dicrec__curve_sample *samples, int n) {
  if (n == 2) samples[0].slope = samples[1].slope = secant(samples);
  for (int i = 1; i + 1 < n; ++i) {
    const double before = samples[i].v_mv - samples[i - 1].v_mv, after = samples[i + 1].v_mv - samples[i].v_mv;
    const double left = secant(&samples[i - 1]), right = secant(&samples[i]);
    const double a = (before + 2.0 * after) / (3.0 * (before + after));
    samples[i].slope = left * right > 0.0 ? left * right / (a * right + (1.0 - a) * left) : 0.0;
    if (i == 1) samples[0].slope = end_slope(before, after, left, right);
    if (i + 2 == n) samples[i + 1].slope = end_slope(after, before, right, left);
  }
}
