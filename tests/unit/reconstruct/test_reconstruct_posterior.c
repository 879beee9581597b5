/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct_posterior.c Populations from a posterior, without an estimator. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

Suite *reconstruct_posterior_suite(void);

enum { N = 6, N_CHANNELS = 8 };

static dicrec_posterior *posterior_at(const double *parameters, size_t n) {
  dicrec_posterior *posterior;
  answers(dicrec_posterior_create_at(context, parameters, n, &posterior), DICREC_OK);
  return posterior;
}

/* DICs, and noise if it is told, are those that were asked for; without spikes nothing is known of them. */
START_TEST(members_have_the_target) {
  const double wanted[3] = {-5.0, 8.0, 1.5};
  for (size_t n = 2; n <= 3; ++n) {
    dicrec_posterior *posterior = posterior_at(wanted, n);
    dicrec_reconstruction *made;
    answers(dicrec_reconstruct_posterior(context, stg, posterior, NULL, N, NULL, &made), DICREC_OK);
    const dicrec_population *members = dicrec_reconstruction_population(made);
    double dics[N * DICREC_DIC_COUNT], noise_std[N];
    answers(dicrec_population_copy_dics(members, DICREC_DIC_COUNT, dics, N * DICREC_DIC_COUNT), DICREC_OK);
    answers(dicrec_population_copy_noise_std(members, noise_std, N), DICREC_OK);
    for (int i = 0; i < N; ++i) {
      ck_assert_double_eq_tol(dics[DICREC_DIC_COUNT * i + DICREC_DIC_SLOW], -5.0, 1e-6);
      ck_assert_double_eq_tol(dics[DICREC_DIC_COUNT * i + DICREC_DIC_ULTRASLOW], 8.0, 1e-6);
      ck_assert_double_eq_tol(noise_std[i], n == 3 ? 1.5 : 0.0, 1e-6);
    }
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert(report.activity == -1 && report.n_accepted == N && report.remarks == 0 && isnan(report.drift_p));
    dicrec_reconstruction_free(made);
    dicrec_posterior_free(posterior);
  }
}
END_TEST

/* An estimator's posterior leads to the very members that the estimator leads to without screening. */
START_TEST(an_estimators_posterior_does_the_same) {
  static const double times_ms[] = {0, 3, 7, 500, 504, 509, 1003, 1007, 1011, 1500, 1504};
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times_ms, 11, NULL, &spikes), DICREC_OK);
  dicrec_estimator *estimator;
  answers(dicrec_estimator_create(context, stg, NULL, &estimator), DICREC_OK);
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.screening = DICREC_SCREENING_OFF;
  options.target = DICREC_TARGET_SAMPLE;
  options.seed = 5;
  dicrec_reconstruction *made, *again;
  ck_assert_int_ge(dicrec_reconstruct(context, estimator, spikes, N, &options, &made), 0);
  ck_assert_int_ge(
      dicrec_reconstruct_posterior(context, stg, dicrec_reconstruction_posterior(made), spikes, N, &options, &again),
      0);
  double g[2][N * N_CHANNELS];
  for (int i = 0; i < 2; ++i)
    answers(dicrec_population_copy_conductances(dicrec_reconstruction_population(i == 0 ? made : again),
                                                DICREC_STAGE_FINAL, g[i], N * N_CHANNELS),
            DICREC_OK);
  ck_assert_mem_eq(g[0], g[1], sizeof g[0]);
  dicrec_reconstruction_free(made); /* the other keeps the posterior */
  ck_assert_double_gt(dicrec_posterior_support(dicrec_reconstruction_posterior(again)), 0.0);
  dicrec_reconstruction_free(again);
  dicrec_estimator_free(estimator);
  dicrec_spikes_free(spikes);
}
END_TEST

/* Members that were drawn from a target are checked against a train that such a neuron fires. */
START_TEST(members_are_checked_against_spikes) {
  const double wanted[2] = {5.0, 5.0}; /* spiking */
  double *g = make_neurons(stg, wanted[0], wanted[1], 1, 3);
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g, 1, NULL, &simulation), DICREC_OK);
  const size_t n = dicrec_simulation_spike_count(simulation, 0);
  double *times_ms = malloc(n * sizeof *times_ms);
  answers(dicrec_simulation_copy_spikes(simulation, 0, times_ms, n), DICREC_OK);
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, times_ms, n, NULL, &spikes), DICREC_OK);
  dicrec_posterior *posterior = posterior_at(wanted, 2);
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  options.verify = 1;
  options.rate_tolerance = 0.5; /* members with equal DICs differ in their rates */
  options.max_candidates = 5;
  dicrec_reconstruction *made;
  ck_assert_int_ge(dicrec_reconstruct_posterior(context, stg, posterior, spikes, 2, &options, &made), 0);
  ck_assert_int_eq(report_of(made).verified, 1);
  ck_assert_int_gt(report_of(made).n_simulated, 0);
  ck_assert_uint_gt(dicrec_reconstruction_spike_count(made, 0), 0);
  dicrec_reconstruction_free(made);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
  dicrec_simulation_free(simulation);
  free(times_ms);
  free(g);
}
END_TEST

static void refused(const dicrec_model *model, const dicrec_posterior *posterior,
                    const dicrec_reconstruct_options *options, dicrec_status expected) {
  dicrec_reconstruction *made = NULL;
  answers(dicrec_reconstruct_posterior(context, model, posterior, NULL, N, options, &made), expected);
  ck_assert_ptr_null(made);
  ck_assert_uint_gt(dicrec_context_error(context, NULL, 0), 0);
}

START_TEST(bad_arguments_are_refused) {
  const double wanted[2] = {-5.0, 8.0};
  dicrec_posterior *posterior = posterior_at(wanted, 2);
  dicrec_reconstruct_options options;
  dicrec_reconstruct_options_init(&options, sizeof options);
  refused(NULL, posterior, NULL, DICREC_E_ARGUMENT);
  refused(stg, NULL, NULL, DICREC_E_ARGUMENT);
  options.verify = 1;
  refused(stg, posterior, &options, DICREC_E_ARGUMENT); /* against what? */
  options.verify = 0;
  options.screening = DICREC_SCREENING_ON;
  refused(stg, posterior, &options, DICREC_E_ARGUMENT);
  dicrec_posterior_free(posterior);
}
END_TEST

Suite *reconstruct_posterior_suite(void) {
  Suite *suite = suite_create("reconstruct_posterior");
  TCase *tests = tcase_create("reconstruct_posterior");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, members_have_the_target);
  tcase_add_test(tests, an_estimators_posterior_does_the_same);
  tcase_add_test(tests, members_are_checked_against_spikes);
  tcase_add_test(tests, bad_arguments_are_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
