/* SPDX-License-Identifier: MIT */
/** @file curve_forms.c The forms of curves one by one. A form is added here and in the list of curve.h, nowhere else.
 */
#include <math.h>
#include <stddef.h>

#include "models/curve.h"

static const char a_width[] = "allowed is a width of 1e-3 to 1e6 mV, either sign";
static const char bell_width[] = "allowed is a width of 1e-3 to 1e6 mV";
static const char a_slope[] = "allowed is 1e-6 to 1e3 per mV, either sign";
static const char a_block[] = "allowed is 1e-100 to 1e100";

static dicrec__jet constant_at(const double *p, double v) {
  (void)v;
  return (dicrec__jet){p[0], 0.0};
}

static dicrec__curve_lane constant_lane(const double *p) { return (dicrec__curve_lane){.a = p[0], .u = 1.0, .c = 1.0}; }

static const dicrec__curve_form constant = {constant_at, constant_lane, {{0}}, NULL};

/* S(V; c, d). */
static dicrec__jet one_sigmoid(double v, double c, double d) {
  const double s = 1.0 / (1.0 + exp((v + d) / c));
  return (dicrec__jet){s, -s * (1.0 - s) / c};
}

static dicrec__jet sigmoid_at(const double *p, double v) {
  const dicrec__jet s = one_sigmoid(v, p[2], p[3]);
  return (dicrec__jet){p[0] + p[1] * s.value, p[1] * s.slope};
}

static dicrec__curve_lane sigmoid_lane(const double *p) {
  return (dicrec__curve_lane){
      .slope = {1.0 / p[2]}, .shift = {p[3] / p[2]}, .u = 1.0, .a = p[0], .b = p[1], .c = 1.0, .n_exponentials = 1};
}

static const dicrec__curve_form sigmoid = {sigmoid_at, sigmoid_lane, {{2, true, 1e-3, 1e6, a_width}}, NULL};

static dicrec__jet sigmoid_product_at(const double *p, double v) {
  const dicrec__jet a = one_sigmoid(v, p[1], p[2]), b = one_sigmoid(v, p[4], p[5]);
  const dicrec__jet product = dicrec__jet_times(a, (dicrec__jet){p[3] + b.value, b.slope});
  return (dicrec__jet){p[0] * product.value, p[0] * product.slope};
}

static dicrec__curve_lane sigmoid_product_lane(const double *p) {
  return (dicrec__curve_lane){.slope = {1.0 / p[1], 1.0 / p[4]},
                              .shift = {p[2] / p[1], p[5] / p[4]},
                              .u = 1.0,
                              .b = p[0],
                              .c = p[3],
                              .d = 1.0,
                              .n_exponentials = 2};
}

/* No value is outside the products of the factors' ends. */
static void sigmoid_product_widen(const dicrec__curve *curve, double low_mv, double high_mv,
                                  dicrec__curve_bounds *bounds) {
  const double *p = curve->p, ends[2] = {low_mv, high_mv};
  for (int i = 0; i < 4; ++i) {
    const double second = p[3] + one_sigmoid(ends[i / 2], p[4], p[5]).value;
    const double product = p[0] * one_sigmoid(ends[i % 2], p[1], p[2]).value * second;
    bounds->low = fmin(bounds->low, product);
    bounds->high = fmax(bounds->high, product);
  }
}

static const dicrec__curve_form sigmoid_product = {sigmoid_product_at,
                                                   sigmoid_product_lane,
                                                   {{1, true, 1e-3, 1e6, a_width}, {4, true, 1e-3, 1e6, a_width}},
                                                   sigmoid_product_widen};

static dicrec__jet bell_at(const double *p, double v) {
  const double rising = exp((v + p[2]) / p[3]), falling = exp(-(v + p[4]) / p[5]);
  const double sum = rising + falling;
  if (!isfinite(sum)) return (dicrec__jet){p[0], 0.0};
  const double sum_slope = rising / p[3] - falling / p[5];
  const double ratio = p[1] / sum;
  return (dicrec__jet){p[0] + ratio, -ratio * (sum_slope / sum)};
}

static dicrec__curve_lane bell_lane(const double *p) {
  return (dicrec__curve_lane){.slope = {1.0 / p[3], -1.0 / p[5]},
                              .shift = {p[2] / p[3], -p[4] / p[5]},
                              .w = 1.0,
                              .a = p[0],
                              .b = p[1],
                              .c = 1.0,
                              .n_exponentials = 2};
}

/* The peak, where both exponentials change alike. */
static void bell_widen(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds) {
  const double *p = curve->p;
  const double peak = (log(p[3] / p[5]) - p[2] / p[3] - p[4] / p[5]) / (1.0 / p[3] + 1.0 / p[5]);
  dicrec__curve_bounds_include(bounds, curve, fmin(fmax(peak, low_mv), high_mv));
}

static const dicrec__curve_form bell = {
    bell_at, bell_lane, {{3, false, 1e-3, 1e6, bell_width}, {5, false, 1e-3, 1e6, bell_width}}, bell_widen};

static dicrec__jet exponential_at(const double *p, double v) {
  const double e = p[0] * exp(p[1] * v);
  return (dicrec__jet){e, p[1] * e};
}

static dicrec__curve_lane exponential_lane(const double *p) {
  return (dicrec__curve_lane){.slope = {-p[1]}, .b = p[0], .c = 1.0, .n_exponentials = 1};
}

static const dicrec__curve_form exponential = {exponential_at, exponential_lane, {{0}}, NULL};

/* Width in y of the window around a linoid's pole in which the formula is bent to a finite value. */
static const double pole_width = 0.02;

/* 1 / (1 - exp(-y)) - 1 / y, which is regular at 0, with its derivative. */
static dicrec__jet regular_part(double y) {
  if (fabs(y) < 0.05) {
    const double q = y * y;
    return (dicrec__jet){0.5 + y * (1.0 / 12 - q * (1.0 / 720 - q * (1.0 / 30240 - q / 1209600))),
                         1.0 / 12 - q * (3.0 / 720 - q * (5.0 / 30240 - q * 7 / 1209600))};
  }
  const double f = -1.0 / expm1(-y); /* 1 / (1 - exp(-y)) */
  return (dicrec__jet){f - 1.0 / y, f * (1.0 - f) + 1.0 / (y * y)};
}

/* (1 - exp(-(y/w)^2)) / y: what remains of 1/y when its pole is removed, with its derivative. */
static dicrec__jet tamed_pole(double y) {
  const double u = y / pole_width, q = u * u;
  if (q < 1e-4) return (dicrec__jet){u * (1.0 - q / 2.0) / pole_width, (1.0 - 1.5 * q) / (pole_width * pole_width)};
  const double lift = -expm1(-q);
  return (dicrec__jet){lift / y, (2.0 * q * exp(-q) - lift) / (y * y)};
}

/*
 * With y = p2 + p3 V the numerator is s y + c. The term s y / (1 - exp(-y)) is regular. The term in c has a pole at
 * y = 0 when the published constants do not cancel there; it is replaced by a smooth passage some 0.02 wide in y.
 */
static dicrec__jet linoid_at(const double *p, double v) {
  const double y = p[2] + p[3] * v, s = p[1] / p[3], c = p[0] - s * p[2];
  const dicrec__jet b = regular_part(y), q = tamed_pole(y);
  const double value = s * (1.0 + y * b.value) + c * (b.value + q.value);
  const double slope = s * (b.value + y * b.slope) + c * (b.slope + q.slope);
  return (dicrec__jet){value, slope * p[3]};
}

/* -1 / (exp(-y) - 1), times the numerator. */
static dicrec__curve_lane linoid_lane(const double *p) {
  return (dicrec__curve_lane){.slope = {-p[3]},
                              .shift = {-p[2]},
                              .u = -1.0,
                              .b = -1.0,
                              .c = 1.0,
                              .n_exponentials = 1,
                              .has_pole = true,
                              .factor = {p[0], p[1]},
                              .pole = {p[2], p[3]}};
}

/* Its passage through the pole, and the rest in steps of 1 mV. */
static void linoid_widen(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds) {
  for (double y = -0.2; y <= 0.2; y += 0.001) {
    const double v = (y - curve->p[2]) / curve->p[3];
    if (v >= low_mv && v <= high_mv) dicrec__curve_bounds_include(bounds, curve, v);
  }
  for (double v = low_mv; v <= high_mv; v += 1.0) dicrec__curve_bounds_include(bounds, curve, v);
}

static const dicrec__curve_form linoid = {linoid_at, linoid_lane, {{3, true, 1e-6, 1e3, a_slope}}, linoid_widen};

static dicrec__jet block_at(const double *p, double v) {
  const double e = p[0] * exp(p[1] * v), open = 1.0 / (1.0 + e);
  return (dicrec__jet){open, -p[1] * (1.0 - open) * open};
}

/* Its factor goes into the exponent. */
static dicrec__curve_lane block_lane(const double *p) {
  return (dicrec__curve_lane){.slope = {p[1]}, .shift = {log(p[0])}, .u = 1.0, .b = 1.0, .c = 1.0, .n_exponentials = 1};
}

static const dicrec__curve_form block = {block_at, block_lane, {{0, false, 1e-100, 1e100, a_block}}, NULL};

#define FORM_OF(name, form) [DICREC__CURVE_##name] = &form,
static const dicrec__curve_form *const forms[] = {DICREC__CURVE_FORMS(FORM_OF)};

const dicrec__curve_form *dicrec__curve_form_of(const dicrec__curve *curve) {
  const unsigned kind = (unsigned)curve->kind;
  return kind < sizeof forms / sizeof forms[0] ? forms[kind] : NULL;
}
