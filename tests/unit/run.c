/* SPDX-License-Identifier: MIT */
/** @file run.c Runs every unit suite; the environment variable CK_RUN_SUITE picks one. */
#include <check.h>
#include <stdlib.h>

Suite *core_suite(void);
Suite *random_suite(void);
Suite *spikes_suite(void);
Suite *models_suite(void);
Suite *dic_suite(void);
Suite *population_suite(void);
Suite *member_streams_suite(void);
Suite *weights_suite(void);
Suite *estimator_suite(void);
Suite *posterior_suite(void);
Suite *scale_suite(void);
Suite *batch_suite(void);
Suite *stream_suite(void);
Suite *activation_suite(void);
Suite *forward_suite(void);
Suite *noise_suite(void);
Suite *cvode_suite(void);
Suite *simulator_suite(void);
Suite *integrators_suite(void);
Suite *ensemble_suite(void);
Suite *reconstruct_suite(void);
Suite *reconstruct_many_suite(void);
Suite *screen_suite(void);
Suite *screening_suite(void);
Suite *screening_calls_suite(void);
Suite *screened_check_suite(void);

int main(void) {
  SRunner *runner = srunner_create(core_suite());
  srunner_add_suite(runner, random_suite());
  srunner_add_suite(runner, spikes_suite());
  srunner_add_suite(runner, models_suite());
  srunner_add_suite(runner, dic_suite());
  srunner_add_suite(runner, population_suite());
  srunner_add_suite(runner, member_streams_suite());
  srunner_add_suite(runner, weights_suite());
  srunner_add_suite(runner, estimator_suite());
  srunner_add_suite(runner, posterior_suite());
  srunner_add_suite(runner, scale_suite());
  srunner_add_suite(runner, batch_suite());
  srunner_add_suite(runner, stream_suite());
  srunner_add_suite(runner, activation_suite());
  srunner_add_suite(runner, forward_suite());
  srunner_add_suite(runner, noise_suite());
  srunner_add_suite(runner, simulator_suite());
  srunner_add_suite(runner, cvode_suite());
  srunner_add_suite(runner, integrators_suite());
  srunner_add_suite(runner, ensemble_suite());
  srunner_add_suite(runner, reconstruct_suite());
  srunner_add_suite(runner, reconstruct_many_suite());
  srunner_add_suite(runner, screen_suite());
  srunner_add_suite(runner, screening_suite());
  srunner_add_suite(runner, screening_calls_suite());
  srunner_add_suite(runner, screened_check_suite());
  srunner_run_all(runner, CK_NORMAL);
  const int n_failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
