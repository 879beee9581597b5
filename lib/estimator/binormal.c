/* SPDX-License-Identifier: MIT */
#include "estimator/binormal.h"

#include <math.h>
#include <stddef.h>

static const double two_pi = 6.283185307179586476925, sqrt_two_pi = 2.506628274631000502416;
static const double sqrt_half = 0.7071067811865475244008;

/* Half of the nodes of Gauss-Legendre quadrature on [-1, 1], and their weights. */
static const double nodes_6[] = {0.93246951420315205, 0.66120938646626459, 0.23861918608319693};
static const double weights_6[] = {0.1713244923791705, 0.36076157304813861, 0.46791393457269126};
static const double nodes_12[] = {0.98156063424671924, 0.9041172563704748,  0.76990267419430469,
                                  0.58731795428661748, 0.36783149899818018, 0.12523340851146894};
static const double weights_12[] = {0.047175336386511835, 0.10693932599531818, 0.16007832854334633,
                                    0.20316742672306584,  0.23349253653835478, 0.24914704581340288};
static const double nodes_20[] = {0.99312859918509488, 0.96397192727791381, 0.91223442825132595, 0.83911697182221889,
                                  0.7463319064601508,  0.63605368072651502, 0.51086700195082713, 0.37370608871541955,
                                  0.22778585114164507, 0.076526521133497338};
static const double weights_20[] = {
    0.017614007139152264, 0.04060142980038705, 0.06267204833410904, 0.083276741576704741, 0.10193011981724048,
    0.11819453196151831,  0.1316886384491765,  0.14209610931838215, 0.14917298647260377,  0.15275338713072598};

/** A rule with 2 n nodes. */
struct rule {
  size_t n;
  const double *nodes, *weights;
};

static struct rule choose_rule(double r) {
  if (fabs(r) < 0.3) return (struct rule){3, nodes_6, weights_6};
  if (fabs(r) < 0.75) return (struct rule){6, nodes_12, weights_12};
  return (struct rule){10, nodes_20, weights_20};
}

double dicrec__normal_density(double z) { return fabs(z) > DICREC__FAR ? 0.0 : exp(-0.5 * z * z) / sqrt_two_pi; }

double dicrec__normal_below(double z) {
  if (fabs(z) > DICREC__FAR) return z < 0.0 ? 0.0 : 1.0;
  return 0.5 * erfc(-z * sqrt_half);
}

double dicrec__normal_between(double low, double high) {
  if (low > 0.0) return dicrec__normal_below(-low) - dicrec__normal_below(-high);
  return dicrec__normal_below(high) - dicrec__normal_below(low);
}

/* [Abramowitz and Stegun, 26.2.23] */
double dicrec__rough_normal_quantile(double p) {
  const double t = sqrt(-2.0 * log(p < 0.5 ? p : 1.0 - p));
  const double z =
      t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}

double dicrec__normal_part(double low, double high, double part) {
  if (low > 0.0) return -dicrec__normal_part(-high, -low, 1.0 - part); /* the lower tail is the exact one */
  const double p = dicrec__normal_below(low) + part * dicrec__normal_between(low, high);
  if (!(p > 0.0 && p < 1.0)) return p > 0.0 ? low : high; /* nothing is left of the law: its nearest place */
  double z = dicrec__rough_normal_quantile(p);
  for (int step = 0; step < 3; ++step) { /* Halley's method, from 4.5e-4 */
    const double density = dicrec__normal_density(z);
    if (!(density > 0.0)) break;
    const double newton = (dicrec__normal_below(z) - p) / density;
    z -= newton / (1.0 + fmax(0.5 * newton * z, -0.5));
  }
  return fmin(fmax(z, low), high);
}

/** Sine of an angle up to 0.6 within rounding, in less time than the library's takes. */
static double small_sine(double x) {
  const double y = x * x;
  return x * (1.0 - y * (1.0 / 6 -
                         y * (1.0 / 120 -
                              y * (1.0 / 5040 - y * (1.0 / 362880 - y * (1.0 / 39916800 - y * (1.0 / 6227020800 -
                                                                                               y / 1307674368000)))))));
}

/** Integral over the correlation, from none to r = sin(angle). */
static double below_moderate(double h, double k, double r) {
  const struct rule rule = choose_rule(r);
  const double product = h * k, half_squares = 0.5 * (h * h + k * k), angle = asin(r);
  const double middle = small_sine(0.5 * angle), across = sqrt(1.0 - middle * middle);
  double sum = 0.0;
  for (size_t i = 0; i < rule.n; ++i) { /* a pair of nodes on both sides of the middle */
    const double beside = small_sine(0.5 * angle * rule.nodes[i]), along = middle * sqrt(1.0 - beside * beside);
    const double before = along - across * beside, after = along + across * beside;
    sum += rule.weights[i] * (exp((before * product - half_squares) / (1.0 - before * before)) +
                              exp((after * product - half_squares) / (1.0 - after * after)));
  }
  return sum * angle / (2.0 * two_pi) + dicrec__normal_below(h) * dicrec__normal_below(k);
}

/** What full correlation (r = 1) has more than r: an integral from r to 1 whose singular part is known. */
static double missing_of_full(double h, double k, double rest) {
  const double product = h * k, squared = rest * rest, gap = (h - k) * (h - k), c = (4.0 - product) / 8.0,
               d = (12.0 - product) / 16.0, b = fabs(h - k);
  double sum = rest * exp(-0.5 * (gap / squared + product)) *
               (1.0 - c * (gap - squared) * (1.0 - d * gap / 5.0) / 3.0 + c * d * squared * squared / 5.0);
  if (product > -100.0)
    sum -= exp(-0.5 * product) * sqrt_two_pi * dicrec__normal_below(-b / rest) * b *
           (1.0 - c * gap * (1.0 - d * gap / 5.0) / 3.0);
  for (size_t i = 0; i < 20; ++i) {
    const double node = i % 2 == 0 ? nodes_20[i / 2] : -nodes_20[i / 2];
    const double x = 0.5 * rest * (1.0 + node), xx = x * x, root = sqrt(1.0 - xx);
    const double exponent = -0.5 * (gap / xx + product);
    if (exponent > -100.0)
      sum += 0.5 * rest * weights_20[i / 2] * exp(exponent) *
             (exp(-product * xx / (2.0 * (1.0 + root) * (1.0 + root))) / root - (1.0 + c * xx * (1.0 + d * xx)));
  }
  return sum / two_pi;
}

double dicrec__binormal_below(double h, double k, double correlation, double rest) {
  if (h < -DICREC__FAR || k < -DICREC__FAR) return 0.0;
  if (h > DICREC__FAR) return dicrec__normal_below(k);
  if (k > DICREC__FAR) return dicrec__normal_below(h);
  if (fabs(correlation) < 0.925) return below_moderate(h, k, correlation);
  if (correlation > 0.0) return dicrec__normal_below(fmin(h, k)) - missing_of_full(h, k, rest);
  const double opposite = h + k > 0.0 ? dicrec__normal_between(-k, h) : 0.0;
  return opposite + missing_of_full(h, -k, rest);
}
