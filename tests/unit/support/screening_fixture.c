/* SPDX-License-Identifier: MIT */
#include "support/screening_fixture.h"

#include <math.h>
#include <stdio.h>

enum { SODIUM = 0, MAX_SPIKES = 400 };

/* The network sees ln(g_Na + 1), standardised with these; its mean interval is PERIOD at the centre. */
static const double CENTER = 8.6, SCALE = 0.3;

made_weights weights;
dicrec_spikes *input;
dicrec_estimate_options estimate;
dicrec_generate_options population;
static double slope;

static double activated(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

static const char *const names[2] = {"forward.steady", "forward.noisy"};

static float *layer(int network, const char *of_layer) {
  char name[48];
  snprintf(name, sizeof name, "%s.layer.%s", names[network], of_layer);
  return made_values(&weights, name);
}

void set_class(int activity, double probability) {
  const double rest = fmax(0.5 * (1.0 - probability), 1e-9);
  for (int network = 0; network < 2; ++network)
    for (int k = 0; k < 3; ++k) layer(network, "3.bias")[k] = (float)log(k == activity ? probability : rest);
}

void set_predicted(int number, double mean, double spread) {
  for (int network = 0; network < 2; ++network) {
    layer(network, "3.bias")[3 + number] = (float)mean;
    layer(network, "3.bias")[3 + DICREC__PATTERN_SIZE + number] = (float)log(spread);
  }
}

void set_network(double new_slope) {
  slope = new_slope;
  made_values(&weights, "forward.input.center")[SODIUM] = (float)CENTER;
  made_values(&weights, "forward.input.scale")[SODIUM] = (float)SCALE;
  set_class(DICREC_ACTIVITY_SPIKING, 1.0);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) set_predicted(k, 0.0, LEAST_SPREAD);
  set_predicted(DICREC__PATTERN_LOG_MEAN, log(PERIOD) - slope * activated(10.0), LEAST_SPREAD);
  for (int network = 0; network < 2; ++network) {
    layer(network, "0.weight")[SODIUM] = 1.0F;
    layer(network, "0.bias")[0] = 10.0F;
    layer(network, "3.weight")[(3 + DICREC__PATTERN_LOG_MEAN) * MADE_FORWARD_HIDDEN] = (float)slope;
  }
}

void predict_input(double spread) {
  double times[MAX_SPIKES + 1], pattern[DICREC__PATTERN_SIZE], absolute[DICREC__PATTERN_SIZE];
  answers(dicrec_spikes_copy_times(input, times, MAX_SPIKES + 1), DICREC_OK);
  dicrec__pattern_of(dicrec__train_of(times, dicrec_spikes_count(input)), pattern);
  dicrec__pattern_absolute(pattern, absolute);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k)
    if (k != DICREC__PATTERN_LOG_MEAN) set_predicted(k, isnan(absolute[k]) ? 0.0 : absolute[k], spread);
}

dicrec__screen screen_of_input(void) {
  double times[MAX_SPIKES + 1];
  dicrec__screen screen;
  answers(dicrec_spikes_copy_times(input, times, MAX_SPIKES + 1), DICREC_OK);
  dicrec__screen_init(&screen, dicrec__train_of(times, dicrec_spikes_count(input)), 1.0, true);
  return screen;
}

double tolerance_of_mean(void) { return screen_of_input().tolerance[DICREC__PATTERN_LOG_MEAN]; }

double predicted_interval(double g) {
  const double z = fmin(fmax((log(g + 1.0) - CENTER) / SCALE, -5.0), 5.0);
  return log(PERIOD) + slope * (activated(10.0 + z) - activated(10.0));
}

void set_input(double period, double deviation, size_t n) {
  double times[MAX_SPIKES + 1];
  for (size_t i = 0; i <= n; ++i) times[i] = period * (double)i + (i % 2 == 1 ? deviation : 0.0);
  dicrec_spikes_free(input);
  answers(dicrec_spikes_create(context, times, n + 1, NULL, &input), DICREC_OK);
}

void screening_setup(void) {
  fixture_setup();
  make_weights(&weights, 1);
  made_posterior(&weights, -5.0, 8.0);
  made_forward(&weights, N_CHANNELS);
  set_network(0.01);
  input = NULL;
  set_input(PERIOD, 0.0, 30);
  dicrec_estimate_options_init(&estimate, sizeof estimate);
  estimate.support_limit = 0.0;
  dicrec_generate_options_init(&population, sizeof population);
}

void screening_teardown(void) {
  dicrec_spikes_free(input);
  made_weights_free(&weights);
  fixture_teardown();
}

dicrec_reconstruct_options options_of(int32_t screening) {
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.screening = screening;
  options.estimate = &estimate;
  options.generate = &population;
  return options;
}

dicrec_reconstruction *reconstruct(const dicrec_reconstruct_options *options, size_t n, dicrec_status expected) {
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  dicrec_reconstruction *made = NULL;
  answers(dicrec_reconstruct(context, estimator, input, n, options, &made), expected);
  dicrec_estimator_free(estimator);
  return made;
}

void copy_members(const dicrec_reconstruction *made, double *g, size_t n) {
  answers(dicrec_population_copy_conductances(dicrec_reconstruction_population(made), DICREC_STAGE_FINAL, g,
                                              n * N_CHANNELS),
          DICREC_OK);
}
