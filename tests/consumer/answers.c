/* SPDX-License-Identifier: MIT */
#include "answers.h"

#include <string.h>

dicrec_status answers_open(const struct answers_library *library, struct answers_handles *handles) {
  *handles = (struct answers_handles){0};
  dicrec_status status = library->context_create(NULL, &handles->context);
  if (status == DICREC_OK) status = library->model_open(handles->context, "stg", &handles->model);
  if (status == DICREC_OK)
    status = library->estimator_create(handles->context, handles->model, NULL, &handles->estimator);
  return status;
}

void answers_close(const struct answers_library *library, struct answers_handles *handles) {
  library->estimator_free(handles->estimator);
  library->model_free(handles->model);
  library->context_free(handles->context);
}

/** Neurons with one pair of DICs: their conductances. */
static dicrec_status generate(const struct answers_library *library, const struct answers_handles *handles,
                              double *conductances) {
  static const double target[] = {-5.0, 8.0};
  dicrec_population *population = NULL;
  dicrec_status status =
      library->generate(handles->context, handles->model, target, 1, 2, ANSWERS_N_MEMBERS, NULL, &population);
  if (status >= 0)
    status = library->population_copy_conductances(population, DICREC_STAGE_FINAL, conductances,
                                                   ANSWERS_N_MEMBERS * ANSWERS_MAX_CHANNELS);
  library->population_free(population);
  return status;
}

/** What the first of them fires; the solver is that of SUNDIALS. */
static dicrec_status simulate(const struct answers_library *library, const struct answers_handles *handles,
                              const double *conductances, double *spikes_ms, size_t *n) {
  dicrec_simulation *simulation = NULL;
  dicrec_status status = library->simulate(handles->context, handles->model, conductances, 1, NULL, &simulation);
  if (status >= 0) {
    *n = library->simulation_spike_count(simulation, 0);
    status = library->simulation_copy_spikes(simulation, 0, spikes_ms, ANSWERS_MAX_SPIKES);
  }
  library->simulation_free(simulation);
  return status;
}

/** Neurons that fire like it. */
static dicrec_status reconstruct(const struct answers_library *library, const struct answers_handles *handles,
                                 const double *spikes_ms, size_t n, double *conductances) {
  dicrec_spikes *spikes = NULL;
  dicrec_reconstruction *result = NULL;
  dicrec_status status = library->spikes_create(handles->context, spikes_ms, n, NULL, &spikes);
  if (status >= 0)
    status = library->reconstruct(handles->context, handles->estimator, spikes, ANSWERS_N_MEMBERS, NULL, &result);
  if (status >= 0)
    status = library->population_copy_conductances(library->reconstruction_population(result), DICREC_STAGE_FINAL,
                                                   conductances, ANSWERS_N_MEMBERS * ANSWERS_MAX_CHANNELS);
  library->reconstruction_free(result);
  library->spikes_free(spikes);
  return status;
}

dicrec_status answers_compute(const struct answers_library *library, const struct answers_handles *handles,
                              struct answers *answers) {
  size_t n = 0;
  memset(answers, 0, sizeof *answers);
  dicrec_status status = generate(library, handles, answers->generated);
  if (status >= 0) status = simulate(library, handles, answers->generated, answers->spikes_ms, &n);
  if (status >= 0) status = reconstruct(library, handles, answers->spikes_ms, n, answers->reconstructed);
  return status;
}
