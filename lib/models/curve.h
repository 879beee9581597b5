/* SPDX-License-Identifier: MIT */
/**
 * @file curve.h
 * Closed forms of voltage that models are written in: value and exact derivative, vector form, parameters, bounds.
 */
#ifndef DICREC_MODELS_CURVE_H
#define DICREC_MODELS_CURVE_H

#include <stdbool.h>

/** A value and its derivative with respect to V. */
typedef struct dicrec__jet {
  double value, slope;
} dicrec__jet;

/**
 * Every form: its name, and what curve_forms.c calls it, where all about a form stands together.
 * S(V; C, D) = 1 / (1 + exp((V + D) / C)).
 */
#define DICREC__CURVE_FORMS(X)                                                                                         \
  X(CONSTANT, constant)               /* p0 */                                                                         \
  X(SIGMOID, sigmoid)                 /* p0 + p1 S(V; p2, p3) */                                                       \
  X(SIGMOID_PRODUCT, sigmoid_product) /* p0 S(V; p1, p2) (p3 + S(V; p4, p5)) */                                        \
  X(BELL, bell)                       /* p0 + p1 / (exp((V + p2) / p3) + exp(-(V + p4) / p5)) */                       \
  X(EXPONENTIAL, exponential)         /* p0 exp(p1 V) */                                                               \
  X(LINOID, linoid)                   /* (p0 + p1 V) / (1 - exp(-y)) with y = p2 + p3 V, its pole removed */           \
  X(BLOCK, block)                     /* 1 / (1 + p0 exp(p1 V)), voltage-dependent block */

/** The closed forms, and what is made of other curves or of samples (curve_composites.c). */
enum dicrec__curve_kind {
#define DICREC__CURVE_KIND(name, form) DICREC__CURVE_##name,
  DICREC__CURVE_FORMS(DICREC__CURVE_KIND)
#undef DICREC__CURVE_KIND
      DICREC__CURVE_SUM,
  DICREC__CURVE_PRODUCT,
  DICREC__CURVE_QUOTIENT, /**< the first term over the second */
  DICREC__CURVE_TABLE     /**< samples, interpolated without overshoot, constant beyond the first and the last */
};

/** A sample of a table over V, with the slope of its interpolation. */
typedef struct dicrec__curve_sample {
  double v_mv, value, slope;
} dicrec__curve_sample;

typedef struct dicrec__curve {
  enum dicrec__curve_kind kind;
  double p[6];                         /**< of a closed form */
  const struct dicrec__curve *terms;   /**< [n], of a sum, product or quotient */
  const dicrec__curve_sample *samples; /**< [n], of a table, V rising */
  int n;
} dicrec__curve;

/* Shorthand for model tables. */
#define DICREC__CONSTANT(a)                                                                                            \
  {                                                                                                                    \
    .kind = DICREC__CURVE_CONSTANT, .p = { a }                                                                         \
  }
#define DICREC__SIGMOID(c, d)                                                                                          \
  {                                                                                                                    \
    .kind = DICREC__CURVE_SIGMOID, .p = { 0.0, 1.0, c, d }                                                             \
  }
#define DICREC__SIGMOID_FROM(a, b, c, d)                                                                               \
  {                                                                                                                    \
    .kind = DICREC__CURVE_SIGMOID, .p = { a, b, c, d }                                                                 \
  }
#define DICREC__SIGMOID_PRODUCT(b, c1, d1, a2, c2, d2)                                                                 \
  {                                                                                                                    \
    .kind = DICREC__CURVE_SIGMOID_PRODUCT, .p = { b, c1, d1, a2, c2, d2 }                                              \
  }
#define DICREC__BELL(a, b, d1, c1, d2, c2)                                                                             \
  {                                                                                                                    \
    .kind = DICREC__CURVE_BELL, .p = { a, b, d1, c1, d2, c2 }                                                          \
  }
#define DICREC__EXPONENTIAL(a, k)                                                                                      \
  {                                                                                                                    \
    .kind = DICREC__CURVE_EXPONENTIAL, .p = { a, k }                                                                   \
  }
#define DICREC__LINOID(a, b, c, d)                                                                                     \
  {                                                                                                                    \
    .kind = DICREC__CURVE_LINOID, .p = { a, b, c, d }                                                                  \
  }
#define DICREC__BLOCK(a, k)                                                                                            \
  {                                                                                                                    \
    .kind = DICREC__CURVE_BLOCK, .p = { a, k }                                                                         \
  }

/** Value and derivative of a curve at a voltage; of closed forms finite for every finite voltage within +-1000 mV. NaN
 * for an unknown kind, which dicrec__model_check() refuses. */
dicrec__jet dicrec__curve_at(const dicrec__curve *curve, double v_mv);

/** Where the values of a curve lie. */
typedef struct dicrec__curve_bounds {
  double low, high;
} dicrec__curve_bounds;

/** Bounds of a curve between two voltages, its highest value INFINITY if a slope is not finite. */
dicrec__curve_bounds dicrec__curve_bounds_of(const dicrec__curve *curve, double low_mv, double high_mv);

/** Product of two jets. */
static inline dicrec__jet dicrec__jet_times(dicrec__jet a, dicrec__jet b) {
  return (dicrec__jet){a.value * b.value, a.slope * b.value + a.value * b.slope};
}

/** Whole power of a jet; the power 0 is the constant 1. */
static inline dicrec__jet dicrec__jet_power(dicrec__jet a, int power) {
  dicrec__jet product = {1.0, 0.0};
  for (int i = 0; i < power; ++i) product = dicrec__jet_times(product, a);
  return product;
}

/**
 * A curve as a + b (c + d / (1 + e2)) / (u + e1 + w e2) with e1 = exp(slope[0] V + shift[0]), e2 likewise: what one
 * lane of a vector computes.
 */
typedef struct dicrec__curve_lane {
  double slope[2], shift[2], u, w, a, b, c, d;
  int n_exponentials; /**< 0: a alone. 1: e1, and c = 1, d = w = 0. 2: both */
  /** Whether the value is the lane's times factor[0] + factor[1] V, with a pole at y = pole[0] + pole[1] V = 0 where
   * dicrec__curve_at() has none. */
  bool has_pole;
  double factor[2], pole[2];
} dicrec__curve_lane;

/** A parameter that divides: a width in mV, or what stands for one. */
typedef struct dicrec__curve_width {
  int place;
  bool is_signed; /**< both signs are allowed */
  double least, most;
  const char *allowed; /**< NULL: there is no such parameter */
} dicrec__curve_width;

typedef struct dicrec__curve_form {
  dicrec__jet (*at)(const double *p, double v_mv);
  dicrec__curve_lane (*lane)(const double *p);
  dicrec__curve_width widths[2];
  /** Widen the bounds, which hold both ends, by what lies between; NULL: the form rises or falls throughout. */
  void (*widen)(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds);
} dicrec__curve_form;

/** The closed form of a curve; NULL: it has none. */
const dicrec__curve_form *dicrec__curve_form_of(const dicrec__curve *curve);

/** Take the value at a voltage into the bounds; NaN stays. */
void dicrec__curve_bounds_include(dicrec__curve_bounds *bounds, const dicrec__curve *curve, double v_mv);

/** Whether a curve is a sum, a product or a quotient of others. */
bool dicrec__curve_has_terms(const dicrec__curve *curve);

/** As dicrec__curve_at(), of a curve that has no closed form; NaN for an unknown kind. */
dicrec__jet dicrec__composite_at(const dicrec__curve *curve, double v_mv);

/** Widen bounds, which hold both ends, by what lies between: at every sample of a table, in steps of 0.25 mV else. */
void dicrec__composite_widen(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds);

/**
 * Set the slopes of a table of n samples, V rising: those of the monotone cubic of Fritsch and Butland (SIAM J Sci Stat
 * Comput 5:300, 1984), which rises and falls as its samples do.
 */
void dicrec__curve_set_slopes(dicrec__curve_sample *samples, int n);

#endif
