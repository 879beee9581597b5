/* SPDX-License-Identifier: MIT */
#include "estimator_fixture.h"

#include <math.h>
#include <stdlib.h>

dicrec_estimator *estimator;
made_weights made;

void estimator_setup(void) {
  fixture_setup();
  make_weights(&made, 1);
  estimator = make_estimator(stg, &made);
}

void estimator_teardown(void) {
  dicrec_estimator_free(estimator);
  made_weights_free(&made);
  fixture_teardown();
}

void remake_estimator(void) {
  dicrec_estimator_free(estimator);
  estimator = make_estimator(stg, &made);
}

dicrec_spikes *make_train(size_t n, double stretch) {
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

dicrec_posterior *run(const dicrec_spikes *spikes, int32_t auto_scale, double time_scale) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.auto_scale = auto_scale;
  options.time_scale = time_scale;
  options.support_limit = -1.0;
  dicrec_posterior *posterior = NULL;
  ck_assert_int_eq(dicrec_estimator_run(context, estimator, spikes, &options, &posterior), DICREC_OK);
  return posterior;
}

void check_finite(const dicrec_posterior *posterior) {
  double mean[2], covariance[4], quantiles[2], sample[2], log_density, classes[4], interval[2], total = 0.0;
  dicrec_posterior_moments(posterior, mean, covariance);
  dicrec_posterior_quantile(posterior, 0.5, quantiles);
  dicrec_posterior_sample(posterior, 1, 1, sample);
  dicrec_posterior_log_density(posterior, quantiles, 1, &log_density);
  for (int i = 0; i < 2; ++i) ck_assert(isfinite(mean[i]) && isfinite(quantiles[i]) && isfinite(sample[i]));
  for (int i = 0; i < 4; ++i) ck_assert(isfinite(covariance[i]));
  ck_assert(isfinite(log_density));
  answers(dicrec_posterior_class_probabilities(posterior, classes), DICREC_OK);
  for (int k = 0; k < 4; ++k) {
    ck_assert(classes[k] >= 0.0 && classes[k] <= 1.0);
    total += classes[k];
  }
  ck_assert_double_eq_tol(total, 1.0, 1e-12);
  answers(dicrec_posterior_time_scale_interval(posterior, interval), DICREC_OK);
  ck_assert(interval[0] > 0.0 && interval[0] <= dicrec_posterior_time_scale(posterior));
  ck_assert(interval[1] >= dicrec_posterior_time_scale(posterior) && isfinite(interval[1]));
  ck_assert_double_ge(dicrec_posterior_support(posterior), 0.0);
  ck_assert_double_le(dicrec_posterior_support(posterior), 1.0);
}

double posterior_difference(const dicrec_posterior *a, const dicrec_posterior *b) {
  double mean[2][2], covariance[2][4], classes[2][4], quantiles[2][2];
  const dicrec_posterior *const both[2] = {a, b};
  for (int i = 0; i < 2; ++i) {
    check_finite(both[i]);
    dicrec_posterior_moments(both[i], mean[i], covariance[i]);
    dicrec_posterior_class_probabilities(both[i], classes[i]);
    dicrec_posterior_quantile(both[i], 0.3, quantiles[i]);
  }
  ck_assert_int_eq(dicrec_posterior_activity(a), dicrec_posterior_activity(b));
  ck_assert_double_eq(dicrec_posterior_time_scale(a), dicrec_posterior_time_scale(b));
  double worst = fabs(dicrec_posterior_support(a) - dicrec_posterior_support(b));
  for (int k = 0; k < 2; ++k) {
    const double spread = sqrt(covariance[0][3 * k]);
    worst = fmax(worst, fabs(mean[0][k] - mean[1][k]) / spread);
    worst = fmax(worst, fabs(quantiles[0][k] - quantiles[1][k]) / spread);
    worst = fmax(worst, fabs(covariance[0][3 * k] / covariance[1][3 * k] - 1.0));
  }
  for (int k = 0; k < 4; ++k) worst = fmax(worst, fabs(classes[0][k] - classes[1][k]));
  return worst;
}
