/* SPDX-License-Identifier: MIT */
/** @file answers.h One copy of the library among several in a process, as the addresses of its functions. */
#ifndef DICREC_TEST_ANSWERS_H
#define DICREC_TEST_ANSWERS_H

#include <dicrec.h>

#define ANSWERS_FUNCTIONS(each)                                                                                        \
  each(version) each(context_create) each(context_free) each(context_error) each(model_open) each(model_free)          \
      each(generate) each(population_free) each(population_copy_conductances) each(simulate) each(simulation_free)     \
          each(simulation_spike_count) each(simulation_copy_spikes) each(spikes_create) each(spikes_free)              \
              each(estimator_create) each(estimator_free) each(reconstruct) each(reconstruction_free)                  \
                  each(reconstruction_population)

#define ANSWERS_FIELD(name) __typeof__(&dicrec_##name) name;
struct answers_library {
  ANSWERS_FUNCTIONS(ANSWERS_FIELD)
};

enum { ANSWERS_N_MEMBERS = 2, ANSWERS_MAX_CHANNELS = 8, ANSWERS_MAX_SPIKES = 4000 };

/** What one copy made: compared byte by byte with what another made. */
struct answers {
  double generated[ANSWERS_N_MEMBERS * ANSWERS_MAX_CHANNELS];
  double spikes_ms[ANSWERS_MAX_SPIKES];
  double reconstructed[ANSWERS_N_MEMBERS * ANSWERS_MAX_CHANNELS];
};

/** Handles of one copy, so that those of all copies are alive at a time. */
struct answers_handles {
  dicrec_context *context;
  dicrec_model *model;
  dicrec_estimator *estimator;
};

dicrec_status answers_open(const struct answers_library *library, struct answers_handles *handles);
dicrec_status answers_compute(const struct answers_library *library, const struct answers_handles *handles,
                              struct answers *answers);
void answers_close(const struct answers_library *library, struct answers_handles *handles);

#endif
