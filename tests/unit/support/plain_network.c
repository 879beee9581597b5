/* SPDX-License-Identifier: MIT */
#include "support/plain_network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "estimator/embedding.h"

double plain_act(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

void plain_layer(const made_weights *made, const char *name, int n_in, int n_out, const double *in, double *out) {
  char full[48];
  snprintf(full, sizeof full, "%s.weight", name);
  const float *weight = made_values(made, full);
  snprintf(full, sizeof full, "%s.bias", name);
  const float *bias = made_values(made, full);
  for (int o = 0; o < n_out; ++o) {
    out[o] = (double)bias[o];
    for (int i = 0; i < n_in; ++i) out[o] += (double)weight[o * n_in + i] * in[i];
  }
}

/** Units [MADE_WIDTH] of the window of the first intervals between times, of which `n_present` are there. */
static void plain_window(const made_weights *made, const double *times, size_t n_present, double time_scale,
                         double *units) {
  const float *scale = made_values(made, "input.scale");
  const size_t window = made_window(made);
  double in[2 * DICREC__MAX_WINDOW] = {0}, first[MADE_WIDTH];
  for (size_t k = 0; k < n_present; ++k) {
    const double interval = fmax((times[k + 1] - times[k]) / time_scale, (double)scale[4]);
    const double x = (log(interval) - (double)scale[0]) / (double)scale[1];
    in[k] = fmin(fmax(x, -20.0), 20.0);
    in[window + k] = 1.0;
  }
  plain_layer(made, "embed.0", (int)(2 * window), MADE_WIDTH, in, first);
  for (int u = 0; u < MADE_WIDTH; ++u) first[u] = plain_act(first[u]);
  plain_layer(made, "embed.1", MADE_WIDTH, MADE_WIDTH, first, units);
  for (int u = 0; u < MADE_WIDTH; ++u) units[u] = first[u] + plain_act(units[u]);
}

/** Mean and spread of the units over all windows, and the count. */
static void plain_pooled(const made_weights *made, const double *times, size_t n_times, double time_scale,
                         double *pooled) {
  const float *scale = made_values(made, "input.scale");
  const size_t window = made_window(made), m = n_times - 1, n_present = m < window ? m : window,
               n_windows = m - n_present + 1;
  double *units = malloc(n_windows * MADE_WIDTH * sizeof *units);
  for (size_t w = 0; w < n_windows; ++w) plain_window(made, times + w, n_present, time_scale, units + w * MADE_WIDTH);
  for (size_t u = 0; u < MADE_WIDTH; ++u) {
    double mean = 0.0, variance = 0.0;
    for (size_t w = 0; w < n_windows; ++w) mean += units[w * MADE_WIDTH + u] / (double)n_windows;
    for (size_t w = 0; w < n_windows; ++w) variance += pow(units[w * MADE_WIDTH + u] - mean, 2.0) / (double)n_windows;
    pooled[u] = mean;
    pooled[MADE_WIDTH + u] = sqrt(variance + 1e-6);
  }
  pooled[2 * MADE_WIDTH] = (log(fmin((double)m, (double)scale[5])) - (double)scale[2]) / (double)scale[3];
  free(units);
}

/** The standardised pattern of the train in the model's time. */
static void plain_pattern(const made_weights *made, const double *times, size_t n_times, double time_scale,
                          double *numbers) {
  const float *center = made_values(made, "pattern.center"), *scale = made_values(made, "pattern.scale");
  double *scaled = malloc(n_times * sizeof *scaled);
  for (size_t i = 0; i < n_times; ++i) scaled[i] = times[i] / time_scale;
  dicrec__pattern_of(dicrec__train_of(scaled, n_times), numbers);
  free(scaled);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k)
    numbers[k] = fmin(fmax((numbers[k] - (double)center[k]) / (double)scale[k], -10.0), 10.0);
}

static void plain_code(const made_weights *made, const double *given, double *code) {
  double hidden[MADE_HIDDEN], more[MADE_HIDDEN];
  plain_layer(made, "code.0", MADE_GIVEN, MADE_HIDDEN, given, hidden);
  for (int i = 0; i < MADE_HIDDEN; ++i) hidden[i] = plain_act(hidden[i]);
  plain_layer(made, "code.1", MADE_HIDDEN, MADE_HIDDEN, hidden, more);
  for (int i = 0; i < MADE_HIDDEN; ++i) hidden[i] += plain_act(more[i]);
  plain_layer(made, "code.2", MADE_HIDDEN, MADE_LATENT, hidden, code);
}

/** The times as they are read: in steps of the resolution in the model's time, from the first on; malloc'ed. */
static double *plain_times(const made_weights *made, const double *times, size_t n_times, double time_scale) {
  double *read = calloc(n_times, sizeof *read);
  const double step = (double)made_values(made, "input.scale")[6] * time_scale;
  for (size_t i = 1; i < n_times; ++i) {
    const double steps = rint((times[i] - times[0]) / step) - rint((times[i - 1] - times[0]) / step);
    read[i] = read[i - 1] + step * fmax(steps, 1.0);
  }
  return read;
}

void plain_features(const made_weights *made, const double *times, size_t n_times, double time_scale,
                    double *features) {
  double *read = plain_times(made, times, n_times, time_scale);
  plain_pooled(made, read, n_times, time_scale, features);
  plain_pattern(made, read, n_times, time_scale, features + MADE_POOLED);
  plain_code(made, features, features + MADE_GIVEN);
  free(read);
}

/** Share of a sample, known by its quantiles, above a value. */
static double plain_share(const float *q, double value) {
  if (value < (double)q[0]) return 1.0;
  for (int i = 1; i < MADE_QUANTILES; ++i)
    if (value <= (double)q[i])
      return 1.0 - (i - 0.5 + (value - (double)q[i - 1]) / ((double)q[i] - (double)q[i - 1])) / MADE_QUANTILES;
  const double highest = (double)q[MADE_QUANTILES - 1], before = (double)q[MADE_QUANTILES - 1 - MADE_QUANTILES / 64];
  return highest > before ? 0.5 / MADE_QUANTILES * exp((highest - value) / (highest - before)) : 0.0;
}

static double plain_distance(const made_weights *made, const double *features) {
  const float *mean = made_values(made, "support.mean"), *axes = made_values(made, "support.projection");
  const float *prototypes = made_values(made, "support.prototypes");
  double nearest = 1e300;
  for (int j = 0; j < MADE_PROTOTYPES; ++j) {
    double squared = 0.0;
    for (int a = 0; a < MADE_AXES; ++a) {
      double p = -(double)prototypes[j * MADE_AXES + a];
      for (int f = 0; f < MADE_FEATURES; ++f)
        p += (double)axes[a * MADE_FEATURES + f] * (features[f] - (double)mean[f]);
      squared += p * p;
    }
    nearest = fmin(nearest, squared);
  }
  return nearest;
}

double plain_support(const made_weights *made, const double *features) {
  double hidden[MADE_TELL_HIDDEN], logit;
  plain_layer(made, "support.0", MADE_FEATURES, MADE_TELL_HIDDEN, features, hidden);
  for (int i = 0; i < MADE_TELL_HIDDEN; ++i) hidden[i] = plain_act(hidden[i]);
  plain_layer(made, "support.1", MADE_TELL_HIDDEN, 1, hidden, &logit);
  const double far = plain_share(made_values(made, "support.distances"), plain_distance(made, features));
  const double least = fmin(far, plain_share(made_values(made, "support.odds"), -logit));
  const float *table = made_values(made, "support.least");
  if (least < (double)table[0]) return 0.5 / MADE_QUANTILES * least / (double)table[0];
  return 1.0 - plain_share(table, least);
}

void plain_moments(const float *head, int n_parts, double mean[2], double covariance[4]) {
  double total = 0.0, second[4] = {0};
  mean[0] = mean[1] = 0.0;
  for (int k = 0; k < n_parts; ++k) total += exp((double)head[k]);
  for (int k = 0; k < n_parts; ++k) {
    const double w = exp((double)head[k]) / total;
    const double a = 1.0 + 5.0 * (double)head[n_parts + k], b = 9.0 + 3.0 * (double)head[2 * n_parts + k];
    const double l11 = 5.0 * exp((double)head[3 * n_parts + k]), l21 = 3.0 * (double)head[4 * n_parts + k];
    const double l22 = 3.0 * exp((double)head[5 * n_parts + k]);
    mean[0] += w * a;
    mean[1] += w * b;
    second[0] += w * (l11 * l11 + a * a);
    second[1] += w * (l11 * l21 + a * b);
    second[3] += w * (l21 * l21 + l22 * l22 + b * b);
  }
  covariance[0] = second[0] - mean[0] * mean[0];
  covariance[1] = covariance[2] = second[1] - mean[0] * mean[1];
  covariance[3] = second[3] - mean[1] * mean[1];
}

void plain_head(const made_weights *made, const double *features, float head[MADE_HEAD]) {
  double hidden[MADE_HIDDEN + 1], out[MADE_HEAD];
  plain_layer(made, "head.0", MADE_LATENT, MADE_HIDDEN + 1, features + MADE_GIVEN, hidden);
  for (int i = 0; i < MADE_HIDDEN + 1; ++i) hidden[i] = plain_act(hidden[i]);
  plain_layer(made, "head.1", MADE_HIDDEN + 1, MADE_HEAD, hidden, out);
  for (int i = 0; i < MADE_HEAD; ++i) head[i] = (float)out[i];
}

/** Distribution function of a normal number. */
static double below(double z) { return 0.5 * erfc(-z * sqrt(0.5)); }

double plain_noise_below(const float *head, int n_parts, double noise_std) {
  /* in units in which the logarithms of 0.03 and 30 are -1 and 1 */
  const double place = noise_std > 0.0 ? log(noise_std / 0.03) / log(30.0 / 0.03) * 2.0 - 1.0 : -1.0;
  double total = 0.0, sum = 0.0;
  for (int k = 0; k < n_parts; ++k) {
    const double w = exp((double)head[k]), none = 1.0 / (1.0 + exp(-(double)head[6 * n_parts + k]));
    const double mean = (double)head[7 * n_parts + k], deviation = exp((double)head[8 * n_parts + k]);
    const double least = below((-1.0 - mean) / deviation), most = below((1.0 - mean) / deviation);
    const double inside = noise_std > 0.0 ? (below((place - mean) / deviation) - least) / (most - least) : 0.0;
    total += w;
    sum += w * (none + (1.0 - none) * inside);
  }
  return sum / total;
}

void plain_classes(const made_weights *made, const double *features, double probabilities[4]) {
  double hidden[MADE_CLASS_HIDDEN], total = 0.0;
  plain_layer(made, "class.0", MADE_LATENT, MADE_CLASS_HIDDEN, features + MADE_GIVEN, hidden);
  for (int i = 0; i < MADE_CLASS_HIDDEN; ++i) hidden[i] = plain_act(hidden[i]);
  plain_layer(made, "class.1", MADE_CLASS_HIDDEN, 4, hidden, probabilities);
  for (int k = 0; k < 4; ++k) total += probabilities[k] = exp(probabilities[k]);
  for (int k = 0; k < 4; ++k) probabilities[k] /= total;
}
