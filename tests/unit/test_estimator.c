/* SPDX-License-Identifier: MIT */
/** @file test_estimator.c The estimator: forward pass, support, time scale, silent trains, options. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicrec.h"
#include "estimator/builtin.h"
#include "estimator/posterior.h"
#include "make_weights.h"

Suite *estimator_suite(void);

static dicrec_context *context;
static dicrec_model *model;
static dicrec_estimator *estimator;
static made_weights made;

static dicrec_status create(const made_weights *weights, const char *name, dicrec_estimator **result) {
  size_t size;
  unsigned char *bytes = made_bytes(weights, name, &size);
  dicrec_estimator_options options;
  dicrec_estimator_options_init(&options, sizeof options);
  options.weights_data = bytes;
  options.weights_size = size;
  const dicrec_status status = dicrec_estimator_create(context, model, &options, result);
  free(bytes); /* the estimator has its own copy */
  return status;
}

static void setup(void) {
  ck_assert_int_eq(dicrec_context_create(NULL, &context), DICREC_OK);
  ck_assert_int_eq(dicrec_model_open(context, "stg", &model), DICREC_OK);
  make_weights(&made, 1);
  ck_assert_int_eq(create(&made, "stg", &estimator), DICREC_OK);
}

static void teardown(void) {
  dicrec_estimator_free(estimator);
  made_weights_free(&made);
  dicrec_model_free(model);
  dicrec_context_free(context);
}

static const char *error_text(void) {
  static char text[512];
  dicrec_context_error(context, text, sizeof text);
  return text;
}

/** Bursts of five spikes with varying intervals. */
static dicrec_spikes *make_train(size_t n, double stretch) {
  double *times = malloc((n + 1) * sizeof *times), now = 3.0;
  for (size_t i = 0; i < n; ++i) {
    times[i] = now;
    now += stretch * (i % 5 == 4 ? 150.0 + 20.0 * sin((double)i) : 12.0 + 3.0 * cos(1.7 * (double)i));
  }
  dicrec_spikes *spikes = NULL;
  ck_assert_int_eq(dicrec_spikes_create(context, times, n, DICREC_TIME_MS, &spikes), DICREC_OK);
  free(times);
  return spikes;
}

static dicrec_posterior *run(const dicrec_spikes *spikes, int32_t auto_scale, double time_scale) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.auto_scale = auto_scale;
  options.time_scale = time_scale;
  options.support_limit = -1.0;
  dicrec_posterior *posterior = NULL;
  ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, &options, &posterior), DICREC_OK);
  return posterior;
}

/* An independent forward pass, in double precision and without blocks. */

static double act(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

static void plain_layer(const char *name, int n_in, int n_out, const double *in, double *out) {
  char full[32];
  snprintf(full, sizeof full, "%s.weight", name);
  const float *weight = made_values(&made, full);
  snprintf(full, sizeof full, "%s.bias", name);
  const float *bias = made_values(&made, full);
  for (int o = 0; o < n_out; ++o) {
    out[o] = (double)bias[o];
    for (int i = 0; i < n_in; ++i) out[o] += (double)weight[o * n_in + i] * in[i];
  }
}

static void plain_features(const double *times, size_t n_times, double time_scale, double *features) {
  const float *scale = made_values(&made, "input.scale");
  const size_t m = n_times - 1, n_present = m < 4 ? m : 4, n_windows = m - n_present + 1;
  double *units = malloc(n_windows * MADE_WIDTH * sizeof *units);
  for (size_t w = 0; w < n_windows; ++w) {
    double in[8] = {0}, first[MADE_WIDTH], second[MADE_WIDTH];
    for (size_t k = 0; k < n_present; ++k) {
      const double x = (log((times[w + k + 1] - times[w + k]) / time_scale) - (double)scale[0]) / (double)scale[1];
      in[k] = fmin(fmax(x, -20.0), 20.0);
      in[4 + k] = 1.0;
    }
    plain_layer("embed.0", 8, MADE_WIDTH, in, first);
    for (int u = 0; u < MADE_WIDTH; ++u) first[u] = act(first[u]);
    plain_layer("embed.1", MADE_WIDTH, MADE_WIDTH, first, second);
    for (int u = 0; u < MADE_WIDTH; ++u) units[w * MADE_WIDTH + (size_t)u] = first[u] + act(second[u]);
  }
  for (size_t u = 0; u < MADE_WIDTH; ++u) {
    double mean = 0.0, variance = 0.0;
    for (size_t w = 0; w < n_windows; ++w) mean += units[w * MADE_WIDTH + u] / (double)n_windows;
    for (size_t w = 0; w < n_windows; ++w) variance += pow(units[w * MADE_WIDTH + u] - mean, 2.0) / (double)n_windows;
    features[u] = mean;
    features[MADE_WIDTH + u] = sqrt(variance + 1e-6);
  }
  features[2 * MADE_WIDTH] = (log((double)m) - (double)scale[2]) / (double)scale[3];
  double hidden[MADE_HIDDEN];
  plain_layer("code.0", MADE_POOLED, MADE_HIDDEN, features, hidden);
  for (int i = 0; i < MADE_HIDDEN; ++i) hidden[i] = act(hidden[i]);
  plain_layer("code.1", MADE_HIDDEN, MADE_LATENT, hidden, features + MADE_POOLED);
  free(units);
}

static double plain_support(const double *features) {
  const float *mean = made_values(&made, "support.mean"), *axes = made_values(&made, "support.projection");
  const float *prototypes = made_values(&made, "support.prototypes"), *q = made_values(&made, "support.quantiles");
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
  if (nearest < (double)q[0]) return 1.0;
  for (int i = 1; i < MADE_QUANTILES; ++i)
    if (nearest <= (double)q[i])
      return 1.0 - (i - 0.5 + (nearest - (double)q[i - 1]) / ((double)q[i] - (double)q[i - 1])) / MADE_QUANTILES;
  return 0.0;
}

static void plain_mixture(const double *features, double mean[2], double covariance[4]) {
  double hidden[MADE_HIDDEN + 1], out[6 * MADE_PARTS], total = 0.0, second[4] = {0};
  plain_layer("head.0", MADE_LATENT, MADE_HIDDEN + 1, features + MADE_POOLED, hidden);
  for (int i = 0; i < MADE_HIDDEN + 1; ++i) hidden[i] = act(hidden[i]);
  plain_layer("head.1", MADE_HIDDEN + 1, 6 * MADE_PARTS, hidden, out);
  mean[0] = mean[1] = 0.0;
  for (int k = 0; k < MADE_PARTS; ++k) total += exp(out[k]);
  for (int k = 0; k < MADE_PARTS; ++k) {
    const double w = exp(out[k]) / total, a = 1.0 + 5.0 * out[MADE_PARTS + k], b = 9.0 + 3.0 * out[2 * MADE_PARTS + k];
    const double l11 = 5.0 * exp(out[3 * MADE_PARTS + k]), l21 = 3.0 * out[4 * MADE_PARTS + k];
    const double l22 = 3.0 * exp(out[5 * MADE_PARTS + k]);
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

START_TEST(forward_pass_agrees_with_plain_loops) {
  static const size_t sizes[] = {3, 4, 5, 6, 100, 515, 516, 517, 1500};
  for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; ++s)
    for (int scaled = 0; scaled < 2; ++scaled) {
      dicrec_spikes *spikes = make_train(sizes[s], 1.0);
      double *times = malloc(sizes[s] * sizeof *times), features[MADE_FEATURES];
      double mean[2], covariance[4], expected_mean[2], expected_covariance[4];
      dicrec_spikes_copy(spikes, times, sizes[s]);
      const double scale = scaled ? 2.5 : 1.0;
      dicrec_posterior *posterior = run(spikes, 0, scaled ? 2.5 : 0.0);
      plain_features(times, sizes[s], scale, features);
      plain_mixture(features, expected_mean, expected_covariance);
      dicrec_posterior_moments(posterior, mean, covariance);
      for (int i = 0; i < 2; ++i) ck_assert_double_eq_tol(mean[i], expected_mean[i], 1e-4);
      for (int i = 0; i < 4; ++i)
        ck_assert_double_eq_tol(covariance[i], expected_covariance[i], 1e-4 * expected_covariance[0]);
      ck_assert_double_eq_tol(dicrec_posterior_support(posterior), plain_support(features), 1e-4);
      ck_assert_double_eq(dicrec_posterior_time_scale(posterior), scale);
      dicrec_posterior_free(posterior);
      dicrec_spikes_free(spikes);
      free(times);
    }
}
END_TEST

START_TEST(quantiles_invert_the_distribution) {
  static const double p[] = {1e-9, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.99, 1.0 - 1e-9};
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  for (size_t i = 0; i < sizeof p / sizeof p[0]; ++i) {
    double quantiles[2];
    ck_assert_int_eq(dicrec_posterior_quantile(posterior, p[i], quantiles), DICREC_OK);
    for (int axis = 0; axis < 2; ++axis) {
      const double x = dicrec__mixture_quantile(&posterior->mixture, axis, p[i]);
      ck_assert_double_eq_tol(dicrec__mixture_cdf(&posterior->mixture, axis, x, NULL), p[i], 1e-13);
      ck_assert_double_eq(quantiles[axis], fmin(fmax(x, posterior->range[axis][0]), posterior->range[axis][1]));
    }
  }
  double unused[2];
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 0.0, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, 1.0, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(posterior, (double)NAN, unused), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_quantile(NULL, 0.5, unused), DICREC_E_ARGUMENT);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(quantiles_of_hard_mixtures) {
  dicrec__component parts[3] = {{log(0.5), 0.5, {-1e6, 0.0}, 1e-6, 0.0, 1e-9},
                                {log(0.5) - 1e-9, 0.5 - 1e-9, {1e6, 5.0}, 1e4, 0.3, 1.0},
                                {log(1e-9), 1e-9, {3.0, 1e9}, 1e-3, -4.0, 1e8}};
  const dicrec__mixture mixture = {3, parts};
  for (int i = 1; i < 200; ++i)
    for (int axis = 0; axis < 2; ++axis) {
      const double p = i / 200.0, x = dicrec__mixture_quantile(&mixture, axis, p);
      const double step = 1e-14 * fabs(x) + 1e-22;
      ck_assert_double_le(dicrec__mixture_cdf(&mixture, axis, x - step, NULL), p + 1e-8);
      ck_assert_double_ge(dicrec__mixture_cdf(&mixture, axis, x + step, NULL), p - 1e-8);
    }
}
END_TEST

START_TEST(samples_have_the_moments) {
  enum { n = 200000 };
  static double samples[2 * n], again[6];
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  for (int axis = 0; axis < 2; ++axis) { /* no clamping, to see the mixture itself */
    posterior->range[axis][0] = -1e9;
    posterior->range[axis][1] = 1e9;
  }
  double mean[2], covariance[4], m[2] = {0}, c[4] = {0};
  dicrec_posterior_moments(posterior, mean, covariance);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, n, samples), DICREC_OK);
  ck_assert_int_eq(dicrec_posterior_sample(posterior, 7, 3, again), DICREC_OK);
  ck_assert_mem_eq(samples, again, sizeof again);
  for (int i = 0; i < n; ++i)
    for (int a = 0; a < 2; ++a) {
      m[a] += samples[2 * i + a] / n;
      for (int b = 0; b < 2; ++b) c[2 * a + b] += (samples[2 * i + a] - mean[a]) * (samples[2 * i + b] - mean[b]) / n;
    }
  const double widest = fmax(covariance[0], covariance[3]);
  for (int a = 0; a < 2; ++a) ck_assert_double_eq_tol(m[a], mean[a], 0.02 * sqrt(widest));
  for (int a = 0; a < 4; ++a) ck_assert_double_eq_tol(c[a], covariance[a], 0.05 * widest);
  dicrec_posterior_free(posterior);
  posterior = run(spikes, 0, 1.0);
  dicrec_posterior_sample(posterior, 7, n, samples);
  for (int i = 0; i < n; ++i) {
    ck_assert_double_ge(samples[2 * i], -20.0);
    ck_assert_double_le(samples[2 * i], 20.0);
    ck_assert_double_ge(samples[2 * i + 1], 0.0);
    ck_assert_double_le(samples[2 * i + 1], 20.0);
  }
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(density_integrates_to_one) {
  enum { n = 600 };
  dicrec_spikes *spikes = make_train(200, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  double mean[2], covariance[4], total = 0.0;
  dicrec_posterior_moments(posterior, mean, covariance);
  const double width[2] = {20.0 * sqrt(covariance[0]), 20.0 * sqrt(covariance[3])};
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      const double point[2] = {mean[0] + width[0] * ((i + 0.5) / n - 0.5), mean[1] + width[1] * ((j + 0.5) / n - 0.5)};
      double log_density;
      ck_assert_int_eq(dicrec_posterior_log_density(posterior, point, 1, &log_density), DICREC_OK);
      total += exp(log_density) * width[0] * width[1] / n / n;
    }
  ck_assert_double_eq_tol(total, 1.0, 1e-4);
  const double far[2] = {1e300, -1e300}, bad[2] = {0.0, (double)NAN};
  double log_density;
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, far, 1, &log_density), DICREC_OK);
  ck_assert(log_density < -1e100);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, bad, 1, &log_density), DICREC_E_RANGE);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 1, &log_density), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_posterior_log_density(posterior, NULL, 0, NULL), DICREC_OK);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

static void check_finite(const dicrec_posterior *posterior) {
  double mean[2], covariance[4], quantiles[2], sample[2], log_density;
  dicrec_posterior_moments(posterior, mean, covariance);
  dicrec_posterior_quantile(posterior, 0.5, quantiles);
  dicrec_posterior_sample(posterior, 1, 1, sample);
  dicrec_posterior_log_density(posterior, quantiles, 1, &log_density);
  for (int i = 0; i < 2; ++i) ck_assert(isfinite(mean[i]) && isfinite(quantiles[i]) && isfinite(sample[i]));
  for (int i = 0; i < 4; ++i) ck_assert(isfinite(covariance[i]));
  ck_assert(isfinite(log_density));
  ck_assert_double_ge(dicrec_posterior_support(posterior), 0.0);
  ck_assert_double_le(dicrec_posterior_support(posterior), 1.0);
}

START_TEST(extreme_trains_have_finite_answers) {
  const double trains[][5] = {{0.0, 1e-5, 2e-5, 3e-5, 4e-5},
                              {0.0, 1e7, 2e7, 3e7, 4e7},
                              {0.0, 1e-5, 1e7, 1e7 + 1e-5, 3e7},
                              {0.0, 5e-324, 1e-300, 1.0, 1e308}};
  for (size_t i = 0; i < sizeof trains / sizeof trains[0]; ++i) {
    dicrec_spikes *spikes;
    ck_assert_int_eq(dicrec_spikes_create(context, trains[i], 5, DICREC_TIME_MS, &spikes), DICREC_OK);
    for (int32_t auto_scale = 0; auto_scale < 2; ++auto_scale) {
      dicrec_posterior *posterior = run(spikes, auto_scale, 0.0);
      check_finite(posterior);
      dicrec_posterior_free(posterior);
    }
    dicrec_spikes_free(spikes);
  }
}
END_TEST

START_TEST(long_trains) {
  dicrec_spikes *spikes = make_train(1000000, 1.0), *shorter = make_train(20000, 1.0);
  dicrec_posterior *posterior = run(spikes, 0, 0.0), *other = run(shorter, 0, 0.0);
  check_finite(posterior);
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_BURSTING);
  dicrec_posterior_free(other);
  dicrec_posterior_free(posterior);
  posterior = run(spikes, 1, 0.0);
  check_finite(posterior);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(shorter);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(silent_trains_answer_the_range) {
  static const double times[] = {1.0, 2.0};
  for (size_t n = 0; n < 3; ++n) {
    dicrec_spikes *spikes;
    dicrec_posterior *posterior;
    double mean[2], covariance[4];
    ck_assert_int_eq(dicrec_spikes_create(context, times, n, DICREC_TIME_MS, &spikes), DICREC_OK);
    ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, NULL, &posterior), DICREC_W_SILENT);
    dicrec_posterior_moments(posterior, mean, covariance);
    ck_assert_double_eq_tol(mean[0], 0.0, 1e-12);
    ck_assert_double_eq_tol(mean[1], 10.0, 1e-12);
    ck_assert_double_eq_tol(covariance[0], 1600.0 / 12.0, 1e-9);
    ck_assert_double_eq_tol(covariance[3], 400.0 / 12.0, 1e-9);
    ck_assert_double_eq(covariance[1], 0.0);
    ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
    ck_assert_double_eq(dicrec_posterior_time_scale(posterior), 1.0);
    ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_SILENT);
    check_finite(posterior);
    dicrec_posterior_free(posterior);
    dicrec_spikes_free(spikes);
  }
}
END_TEST

/** Make the features of a train the only prototype, with narrow quantiles: only that train is supported. */
static void trust_only(const dicrec_spikes *spikes) {
  double features[MADE_FEATURES];
  const size_t n = dicrec_spikes_count(spikes);
  double *times = malloc(n * sizeof *times);
  dicrec_spikes_copy(spikes, times, n);
  plain_features(times, n, 1.0, features);
  for (int f = 0; f < MADE_FEATURES; ++f) made_values(&made, "support.mean")[f] = (float)features[f];
  for (int i = 0; i < MADE_PROTOTYPES * MADE_AXES; ++i)
    made_values(&made, "support.prototypes")[i] = i < MADE_AXES ? 0.0F : 1e3F;
  for (int i = 0; i < MADE_QUANTILES; ++i) made_values(&made, "support.quantiles")[i] = 2e-4F * (float)(i * i + 1);
  free(times);
  dicrec_estimator_free(estimator);
  ck_assert_int_eq(create(&made, "stg", &estimator), DICREC_OK);
}

START_TEST(auto_scale_finds_the_stretch) {
  dicrec_spikes *usual = make_train(100, 1.0);
  trust_only(usual);
  const double stretch[] = {1.0, 7.3, 40.0, 0.3, 1e6};
  for (size_t i = 0; i < 5; ++i) {
    dicrec_spikes *spikes = make_train(100, stretch[i]);
    dicrec_posterior *posterior = run(spikes, 1, 0.0);
    const double expected = i == 4 ? 1.0 : stretch[i], found = dicrec_posterior_time_scale(posterior);
    ck_assert_double_le(fabs(log(found / expected)), 0.01);
    if (i == 0) ck_assert_double_eq(found, 1.0);
    if (i == 4) ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
    else ck_assert_double_ge(dicrec_posterior_support(posterior), 0.05);
    dicrec_posterior_free(posterior);
    ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, NULL, &posterior),
                     i == 0 ? DICREC_OK : DICREC_W_SUPPORT);
    ck_assert(i == 0 || strstr(error_text(), "0.01") != NULL);
    dicrec_posterior_free(posterior);
    dicrec_spikes_free(spikes);
  }
  dicrec_spikes_free(usual);
}
END_TEST

START_TEST(overflowing_weights_answer_the_range) {
  for (int i = 0; i < MADE_WIDTH * MADE_WIDTH; ++i) made_values(&made, "embed.1.weight")[i] = 3e38F;
  for (int i = 0; i < MADE_HIDDEN * MADE_POOLED; ++i) made_values(&made, "code.0.weight")[i] = -3e38F;
  dicrec_estimator_free(estimator);
  ck_assert_int_eq(create(&made, "stg", &estimator), DICREC_OK);
  dicrec_spikes *spikes = make_train(50, 1.0);
  dicrec_posterior *posterior;
  ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, NULL, &posterior), DICREC_W_SUPPORT);
  check_finite(posterior);
  ck_assert_double_eq(dicrec_posterior_support(posterior), 0.0);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

static void run_fails(const dicrec_estimate_options *options, dicrec_status expected, const char *word) {
  dicrec_spikes *spikes = make_train(20, 1.0);
  dicrec_posterior *posterior = (dicrec_posterior *)1;
  ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, options, &posterior), expected);
  ck_assert_ptr_null(posterior);
  ck_assert_msg(strstr(error_text(), word) != NULL, "'%s' is not in: %s", word, error_text());
  dicrec_spikes_free(spikes);
}

START_TEST(bad_options_are_named) {
  dicrec_estimate_options options, fresh;
  dicrec_estimate_options_init(&fresh, sizeof fresh);
  const double scales[] = {-1.0, 0.001, 101.0, (double)NAN, (double)INFINITY};
  for (size_t i = 0; i < 5; ++i) {
    options = fresh;
    options.time_scale = scales[i];
    run_fails(&options, DICREC_E_RANGE, "time_scale");
  }
  options = fresh;
  options.support_limit = 1.5;
  run_fails(&options, DICREC_E_RANGE, "support_limit");
  options.support_limit = (double)NAN;
  run_fails(&options, DICREC_E_RANGE, "support_limit");
  options = fresh;
  options.auto_scale = 2;
  run_fails(&options, DICREC_E_RANGE, "auto_scale");
  options.auto_scale = 1;
  options.time_scale = 2.0;
  run_fails(&options, DICREC_E_ARGUMENT, "time_scale");
  options = fresh;
  options.struct_size = 3;
  run_fails(&options, DICREC_E_OPTION, "struct_size");
  dicrec_posterior *posterior;
  ck_assert_int_eq(dicrec_estimator_run(NULL, estimator, NULL, NULL, &posterior), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_estimator_run(context, estimator, NULL, NULL, &posterior), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_posterior_moments(NULL, NULL, NULL), DICREC_E_ARGUMENT);
  ck_assert_int_eq(dicrec_posterior_sample(NULL, 0, 0, NULL), DICREC_E_ARGUMENT);
  ck_assert(isnan(dicrec_posterior_time_scale(NULL)));
  dicrec_posterior_free(NULL);
  dicrec_estimator_free(NULL);
}
END_TEST

START_TEST(metadata_and_identity) {
  char text[32], cut[3];
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "version", text, sizeof text), 3);
  ck_assert_str_eq(text, "0.1");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "note", text, sizeof text), 8);
  ck_assert_str_eq(text, "a \"b\" \xc3\xa9");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "model", cut, sizeof cut), 3);
  ck_assert_str_eq(cut, "st");
  ck_assert_uint_eq(dicrec_estimator_metadata(estimator, "nothing", text, sizeof text), 0);
  ck_assert_str_eq(text, "");
  ck_assert_uint_eq(dicrec_estimator_metadata(NULL, "model", NULL, 0), 0);
  dicrec_estimator *other;
  ck_assert_int_eq(create(&made, "da", &other), DICREC_E_MISMATCH);
  ck_assert_ptr_null(other);
  ck_assert(strstr(error_text(), "'da'") != NULL);
}
END_TEST

START_TEST(builtin_weights_are_found_or_named) {
  size_t size;
  dicrec_estimator *builtin;
  const dicrec_status status = dicrec_estimator_create(context, model, NULL, &builtin);
  if (dicrec__builtin_weights("stg", &size) != NULL) {
    ck_assert_int_eq(status, DICREC_OK);
  } else {
    ck_assert_int_eq(status, DICREC_E_NAME);
    ck_assert(strstr(error_text(), "stg") != NULL);
  }
  dicrec_estimator_free(builtin);
}
END_TEST

static void *limited_allocate(void *user, size_t size) {
  int *left = user;
  return --*left < 0 ? NULL : malloc(size);
}

static void plain_release(void *user, void *pointer) {
  (void)user;
  free(pointer);
}

START_TEST(every_allocation_may_fail) {
  dicrec_spikes *spikes = make_train(30, 1.0);
  dicrec_context *usual = context;
  bool done = false;
  for (int budget = 1; !done; ++budget) {
    int left = budget;
    dicrec_context_options options;
    dicrec_context_options_init(&options, sizeof options);
    options.allocate = limited_allocate;
    options.release = plain_release;
    options.allocator_user = &left;
    ck_assert_int_lt(budget, 100);
    ck_assert_int_eq(dicrec_context_create(&options, &context), DICREC_OK);
    dicrec_estimator *made_now;
    dicrec_posterior *posterior = NULL;
    dicrec_status status = create(&made, "stg", &made_now);
    if (status == DICREC_OK) status = dicrec_estimator_run(context, made_now, spikes, NULL, &posterior);
    done = status >= 0;
    if (!done) ck_assert_int_eq(status, DICREC_E_MEMORY);
    dicrec_posterior_free(posterior);
    dicrec_estimator_free(made_now);
    dicrec_context_free(context);
  }
  context = usual;
  dicrec_spikes_free(spikes);
}
END_TEST

Suite *estimator_suite(void) {
  Suite *suite = suite_create("estimator");
  TCase *tests = tcase_create("estimator");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, forward_pass_agrees_with_plain_loops);
  tcase_add_test(tests, quantiles_invert_the_distribution);
  tcase_add_test(tests, quantiles_of_hard_mixtures);
  tcase_add_test(tests, samples_have_the_moments);
  tcase_add_test(tests, density_integrates_to_one);
  tcase_add_test(tests, extreme_trains_have_finite_answers);
  tcase_add_test(tests, long_trains);
  tcase_add_test(tests, silent_trains_answer_the_range);
  tcase_add_test(tests, auto_scale_finds_the_stretch);
  tcase_add_test(tests, overflowing_weights_answer_the_range);
  tcase_add_test(tests, bad_options_are_named);
  tcase_add_test(tests, metadata_and_identity);
  tcase_add_test(tests, builtin_weights_are_found_or_named);
  tcase_add_test(tests, every_allocation_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
