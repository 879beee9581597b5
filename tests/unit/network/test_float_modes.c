/* SPDX-License-Identifier: MIT */
/** @file test_float_modes.c Estimators in a host that unmasks floating-point traps, or flushes denormal numbers. */
#define _GNU_SOURCE /* feenableexcept() */
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#ifdef __SSE2__
#include <xmmintrin.h>
#endif

#include "estimator/estimator.h"
#include "support/estimator_fixture.h"

Suite *float_modes_suite(void);

static const double trains[][6] = {
    {0.0, 1e-5, 2e-5, 3e-5, 4e-5, 5e-5},    {0.0, 1e7, 2e7, 3e7, 4e7, 6e7},
    {0.0, 1e-5, 1e7, 1e7 + 1e-5, 3e7, 4e7}, {0.0, 1e-307, 1e-300, 1.0, 1e12, 1e13},
    {0.0, 20.0, 40.0, 60.0, 80.0, 100.0},   {1e13 - 100.0, 1e13 - 50.0, 1e13 - 20.0, 1e13 - 9.0, 1e13 - 8.0, 1e13}};
enum { N_TRAINS = sizeof trains / sizeof trains[0] };

static void ask_everything(const dicrec_posterior *posterior) {
  double numbers[64];
  static const double points[] = {0.0, 5.0, -20.0, 0.0, 1e300, -1e300, 19.9, 19.9};
  answers(dicrec_posterior_moments(posterior, 2, numbers, numbers + 2), DICREC_OK);
  for (double p = 1e-12; p < 1.0; p = p < 0.1 ? 20.0 * p : p + 0.2)
    answers(dicrec_posterior_quantile(posterior, p, 2, numbers), DICREC_OK);
  answers(dicrec_posterior_log_density(posterior, points, 4, 2, numbers), DICREC_OK);
  answers(dicrec_posterior_sample(posterior, 3, 32, 2, numbers), DICREC_OK);
  answers(sample_noise_std(posterior, 3, 32, numbers), DICREC_OK);
  for (double p = 1e-12; p < 1.0; p = p < 0.1 ? 20.0 * p : p + 0.2)
    answers(noise_std_quantile(posterior, p, numbers), DICREC_OK);
  ck_assert_double_ge(dicrec_posterior_noiseless_probability(posterior), 0.0);
  answers(dicrec_posterior_class_probabilities(posterior, 4, numbers), DICREC_OK);
}

/** Given noise that was likely and noise that was not. */
static void ask_given_noise(const dicrec_posterior *posterior) {
  static const double noise_std[] = {0.0, 1e-300, 0.5, 1e6};
  for (int i = 0; i < 4; ++i) {
    dicrec_posterior *given;
    double density;
    answers(dicrec__posterior_given_noise(context, posterior, noise_std[i], &given, &density), DICREC_OK);
    ask_everything(given);
    dicrec_posterior_free(given);
  }
}

/** Base draws of members far out and near. */
static void draw(const dicrec_estimator *of, const dicrec_posterior *posterior) {
  const dicrec__flow *flow = dicrec__estimator_flow(of);
  if (flow->n_coordinates == 0 || !posterior->has_code) return;
  static const dicrec__flow_draw draws[] = {
      {{0.0, 5.0}, 0.0, 1}, {{1e4, -1e4}, 1e6, 2}, {{-20.0, 20.0}, 1e-300, 3}, {{5e-324, 0.0}, 0.03, 1ULL << 53}};
  double coordinates[4 * DICREC__MAX_CHANNELS];
  answers(dicrec__flow_sample(context, flow, posterior->code, dicrec__estimator_target(of), 1, draws, 4, coordinates),
          DICREC_OK);
}

static void read_all(const dicrec_estimator *of, dicrec_spikes *const *spikes) {
  dicrec_estimate_options options;
  dicrec_estimate_options_init(&options, sizeof options);
  options.support_limit = 0.0;
  for (size_t i = 0; i < N_TRAINS; ++i)
    for (options.auto_scale = 0; options.auto_scale < 2; ++options.auto_scale) {
      dicrec_posterior *posterior;
      answers(dicrec_estimate(context, of, spikes[i], &options, &posterior), DICREC_OK);
      ask_everything(posterior);
      ask_given_noise(posterior);
      draw(of, posterior);
      dicrec_posterior_free(posterior);
    }
  options.auto_scale = 0;
  dicrec_stream *stream;
  answers(dicrec_stream_create(context, of, &options, &stream), DICREC_OK);
  for (size_t i = 0; i < N_TRAINS; ++i, dicrec_stream_reset(stream))
    for (size_t k = 0; k < 6; ++k) {
      const dicrec_posterior *posterior;
      answers(dicrec_stream_push(stream, &trains[i][k], 1), DICREC_OK);
      answers(dicrec_stream_posterior(stream, &posterior), k < 2 ? DICREC_W_SILENT : DICREC_OK);
      ask_everything(posterior);
    }
  dicrec_stream_free(stream);
}

/** Neurons by turns with and without noise, the last of them not made. */
static void predict(const dicrec_model *model, const dicrec_estimator *of) {
  enum { N_NEURONS = 300 };
  const dicrec__forward *forward = dicrec__estimator_forward(of);
  if (!forward->present) return;
  const size_t n_channels = dicrec_model_channel_count(model);
  double *conductances = make_neurons(model, 2.0, 5.0, N_NEURONS, 4);
  double dics[N_NEURONS * DICREC_DIC_COUNT] = {0}, noise_std[N_NEURONS];
  for (int i = 0; i < N_NEURONS; ++i) noise_std[i] = i % 2 == 0 ? 0.0 : pow(10.0, i % 7 - 4);
  for (size_t c = 0; c < n_channels; ++c) conductances[(N_NEURONS - 1) * n_channels + c] = (double)NAN;
  static dicrec__prediction predictions[N_NEURONS];
  for (double duration_ms = 1e-3; duration_ms < 1e13; duration_ms *= 1e3) {
    const dicrec__forward_neurons neurons = {N_NEURONS, conductances, dics, noise_std, duration_ms};
    answers(dicrec__forward_predict(context, forward, &neurons, predictions), DICREC_OK);
  }
  free(conductances);
}

static void setup(void) {
  estimator_setup();
  made_flow(&made, 5);
  made_forward(&made, dicrec_model_channel_count(stg));
  remake_estimator();
}

/** With the built-in weights and with made ones; `before` and `after` change the mode. */
static void use(void (*before)(void), void (*after)(void)) {
  dicrec_spikes *spikes[N_TRAINS];
  for (size_t i = 0; i < N_TRAINS; ++i)
    answers(dicrec_spikes_create(context, trains[i], 6, NULL, &spikes[i]), DICREC_OK);
  const dicrec_model *models[2] = {stg, da};
  before();
  for (int m = 0; m < 2; ++m) {
    dicrec_estimator *builtin;
    answers(dicrec_estimator_create(context, models[m], NULL, &builtin), DICREC_OK);
    read_all(builtin, spikes);
    predict(models[m], builtin);
    dicrec_estimator_free(builtin);
  }
  read_all(estimator, spikes);
  predict(stg, estimator);
  after();
  for (size_t i = 0; i < N_TRAINS; ++i) dicrec_spikes_free(spikes[i]);
}

#ifdef __GLIBC__
static void unmask(void) { feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW); }
static void mask(void) { fedisableexcept(FE_ALL_EXCEPT); }

START_TEST(networks_do_not_trap) {
  const float flat[MADE_QUANTILES] = {0.0F}; /* tables without any width, and trains beyond them */
  for (int i = 0; i < MADE_QUANTILES; ++i) made_values(&made, "support.distances")[i] = flat[i];
  remake_estimator();
  use(unmask, mask);
}
END_TEST
#endif

#ifdef __SSE2__
static void flush(void) { _mm_setcsr(_mm_getcsr() | 0x8040); } /* denormal results and operands are 0 */
static void keep(void) { _mm_setcsr(_mm_getcsr() & ~0x8040U); }

START_TEST(denormal_numbers_may_be_flushed) {
  use(flush, keep);
  dicrec_spikes *spikes = make_train(300, 1.0);
  dicrec_posterior *usual = run(spikes, 0, 1.0);
  flush();
  dicrec_posterior *flushed = run(spikes, 0, 1.0);
  ck_assert_double_le(posterior_difference(usual, flushed), 1e-6);
  keep();
  dicrec_posterior_free(usual);
  dicrec_posterior_free(flushed);
  dicrec_spikes_free(spikes);
}
END_TEST
#endif

Suite *float_modes_suite(void) {
  Suite *suite = suite_create("float_modes");
  TCase *tests = tcase_create("float_modes");
  tcase_set_timeout(tests, 60.0);
  tcase_add_checked_fixture(tests, setup, estimator_teardown);
#ifdef __GLIBC__
  tcase_add_test(tests, networks_do_not_trap);
#endif
#ifdef __SSE2__
  tcase_add_test(tests, denormal_numbers_may_be_flushed);
#endif
  suite_add_tcase(suite, tests);
  return suite;
}
