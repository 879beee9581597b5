/* SPDX-License-Identifier: MIT */
/** @file curve.h Closed forms of voltage that models are written in, each with its exact derivative. */
#ifndef DICREC_MODELS_CURVE_H
#define DICREC_MODELS_CURVE_H

/** A value and its derivative with respect to V. */
typedef struct dicrec__jet {
  double value, slope;
} dicrec__jet;

/** Forms; S(V; C, D) = 1 / (1 + exp((V + D) / C)). */
enum dicrec__curve_kind {
  DICREC__CURVE_CONSTANT = 0,    /**< p0 */
  DICREC__CURVE_SIGMOID,         /**< p0 + p1 S(V; p2, p3) */
  DICREC__CURVE_SIGMOID_PRODUCT, /**< p0 S(V; p1, p2) (p3 + S(V; p4, p5)) */
  DICREC__CURVE_BELL,            /**< p0 + p1 / (exp((V + p2) / p3) + exp(-(V + p4) / p5)) */
  DICREC__CURVE_EXPONENTIAL,     /**< p0 exp(p1 V) */
  DICREC__CURVE_LINOID,          /**< (p0 + p1 V) / (1 - exp(-y)) with y = p2 + p3 V, its pole removed */
  DICREC__CURVE_BLOCK            /**< 1 / (1 + p0 exp(p1 V)), voltage-dependent block */
};

typedef struct dicrec__curve {
  enum dicrec__curve_kind kind;
  double p[6];
} dicrec__curve;

/* Shorthand for model tables. */
#define DICREC__CONSTANT(a)                                                                                            \
  {                                                                                                                    \
    DICREC__CURVE_CONSTANT, { a }                                                                                      \
  }
#define DICREC__SIGMOID(c, d)                                                                                          \
  {                                                                                                                    \
    DICREC__CURVE_SIGMOID, { 0.0, 1.0, c, d }                                                                          \
  }
#define DICREC__SIGMOID_FROM(a, b, c, d)                                                                               \
  {                                                                                                                    \
    DICREC__CURVE_SIGMOID, { a, b, c, d }                                                                              \
  }
#define DICREC__SIGMOID_PRODUCT(b, c1, d1, a2, c2, d2)                                                                 \
  {                                                                                                                    \
    DICREC__CURVE_SIGMOID_PRODUCT, { b, c1, d1, a2, c2, d2 }                                                           \
  }
#define DICREC__BELL(a, b, d1, c1, d2, c2)                                                                             \
  {                                                                                                                    \
    DICREC__CURVE_BELL, { a, b, d1, c1, d2, c2 }                                                                       \
  }
#define DICREC__EXPONENTIAL(a, k)                                                                                      \
  {                                                                                                                    \
    DICREC__CURVE_EXPONENTIAL, { a, k }                                                                                \
  }
#define DICREC__LINOID(a, b, c, d)                                                                                     \
  {                                                                                                                    \
    DICREC__CURVE_LINOID, { a, b, c, d }                                                                               \
  }
#define DICREC__BLOCK(a, k)                                                                                            \
  {                                                                                                                    \
    DICREC__CURVE_BLOCK, { a, k }                                                                                      \
  }

/** Value and derivative of a curve at a voltage; finite for every finite voltage within +-1000 mV. */
dicrec__jet dicrec__curve_at(const dicrec__curve *curve, double v_mv);

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

#endif
