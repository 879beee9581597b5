/* SPDX-License-Identifier: MIT */
#include "models/curve.h"

#include <math.h>

/* Width in y of the window around a linoid's pole in which the formula is bent to a finite value. */
static const double pole_width = 0.02;

static dicrec__jet sigmoid(double v, double c, double d) {
  const double s = 1.0 / (1.0 + exp((v + d) / c));
  return (dicrec__jet){s, -s * (1.0 - s) / c};
}

static dicrec__jet bell(const double *p, double v) {
  const double rising = exp((v + p[2]) / p[3]), falling = exp(-(v + p[4]) / p[5]);
  const double sum = rising + falling;
  if (!isfinite(sum)) return (dicrec__jet){p[0], 0.0};
  const double sum_slope = rising / p[3] - falling / p[5];
  const double ratio = p[1] / sum;
  return (dicrec__jet){p[0] + ratio, -ratio * (sum_slope / sum)};
}

static dicrec__jet block(const double *p, double v) {
  const double e = p[0] * exp(p[1] * v), open = 1.0 / (1.0 + e);
  return (dicrec__jet){open, -p[1] * (1.0 - open) * open};
}

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
static dicrec__jet linoid(const double *p, double v) {
  const double y = p[2] + p[3] * v, s = p[1] / p[3], c = p[0] - s * p[2];
  const dicrec__jet b = regular_part(y), q = tamed_pole(y);
  const double value = s * (1.0 + y * b.value) + c * (b.value + q.value);
  const double slope = s * (b.value + y * b.slope) + c * (b.slope + q.slope);
  return (dicrec__jet){value, slope * p[3]};
}

dicrec__jet dicrec__curve_at(const dicrec__curve *curve, double v) {
  const double *p = curve->p;
  switch (curve->kind) {
  case DICREC__CURVE_SIGMOID: {
    const dicrec__jet s = sigmoid(v, p[2], p[3]);
    return (dicrec__jet){p[0] + p[1] * s.value, p[1] * s.slope};
  }
  case DICREC__CURVE_SIGMOID_PRODUCT: {
    const dicrec__jet a = sigmoid(v, p[1], p[2]), b = sigmoid(v, p[4], p[5]);
    const dicrec__jet product = dicrec__jet_times(a, (dicrec__jet){p[3] + b.value, b.slope});
    return (dicrec__jet){p[0] * product.value, p[0] * product.slope};
  }
  case DICREC__CURVE_BELL:
    return bell(p, v);
  case DICREC__CURVE_EXPONENTIAL: {
    const double e = p[0] * exp(p[1] * v);
    return (dicrec__jet){e, p[1] * e};
  }
  case DICREC__CURVE_LINOID:
    return linoid(p, v);
  case DICREC__CURVE_BLOCK:
    return block(p, v);
  case DICREC__CURVE_CONSTANT:
    return (dicrec__jet){p[0], 0.0};
  }
  return (dicrec__jet){NAN, NAN}; /* an unknown form, which dicrec__model_check() refuses */
}
