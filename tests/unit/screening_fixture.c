/* SPDX-License-Identifier: MIT */
#include "screening_fixture.h"

#include <math.h>
#include <stdio.h>

enum { SODIUM = 0, MAX_SPIKES = 400 };

/* The network sees ln(g_Na + 1), standardised with these; its mean interval is PERIOD at the centre. */
static const double CENTER = 8.6, SCALE = 0.3;

made_weights weights;
dicrec_spikes *input;
dicrec_estimate_options estimate;
dicrec_population_options population;
static double slope;

static double activated(double x) { return 0.5 * x * (1.0 + x / sqrt(1.0 + x * x)); }

void set_network(double new_slope) {
  static const char *const names[2] = {"forward.spiking", "forward.bursting"};
  slope = new_slope;
  made_values(&weights, "forward.input.center")[SODIUM] = (float)CENTER;
  made_values(&weights, "forward.input.scale")[SODIUM] = (float)SCALE;
  for (int network = 0; network < 2; ++network) {
    char name[48];
    const int n = network == 0 ? 4 : 7;
    snprintf(name, sizeof name, "%s.layer.0.weight", names[network]);
    made_values(&weights, name)[SODIUM] = 1.0F;
    snprintf(name, sizeof name, "%s.layer.0.bias", names[network]);
    made_values(&weights, name)[0] = 10.0F;
    snprintf(name, sizeof name, "%s.layer.3.weight", names[network]);
    made_values(&weights, name)[3 * MADE_FORWARD_HIDDEN] = (float)slope;
    snprintf(name, sizeof name, "%s.layer.3.bias", names[network]);
    float *bias = made_values(&weights, name);
    for (int k = 0; k < 3; ++k) bias[k] = k == network + 1 ? 10.0F : -10.0F;
    bias[3] = (float)(log(PERIOD) - slope * activated(10.0));
    for (int k = 0; k < n; ++k) bias[3 + n + k] = -10.0F;
  }
}

double predicted_interval(double g) {
  const double z = fmin(fmax((log(g + 1.0) - CENTER) / SCALE, -5.0), 5.0);
  return log(PERIOD) + slope * (activated(10.0 + z) - activated(10.0));
}

void set_input(double period, double deviation, size_t n) {
  double times[MAX_SPIKES];
  for (size_t i = 0; i <= n; ++i) times[i] = period * (double)i + (i % 2 == 1 ? deviation : 0.0);
  dicrec_spikes_free(input);
  answers(dicrec_spikes_create(context, times, n + 1, DICREC_TIME_MS, &input), DICREC_OK);
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
  estimate.support_limit = -1.0;
  dicrec_population_options_init(&population, sizeof population);
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
  options.population = &population;
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
