/* SPDX-License-Identifier: MIT */
/** @file population.h The inside of a population. */
#ifndef DICREC_POPULATION_POPULATION_H
#define DICREC_POPULATION_POPULATION_H

#include "core/owners.h"
#include "dicrec/population.h"
#include "models/model.h"

struct dicrec_population {
  dicrec__allocator allocator;
  dicrec__owners owners;
  dicrec_model *model;
  size_t n_members, n_channels;
  double *conductances;   /**< [n_members][n_channels] */
  double *base, *spiking; /**< the same shape, or NULL */
  double *dics;           /**< [n_members][DICREC_DIC_COUNT] */
  uint64_t *streams;      /**< [n_members] numbers of the members' random streams */
  double *noise_std;      /**< [n_members] what the members are to be simulated with, like the time scale */
  double time_scale;
  dicrec_status *status; /**< [n_members] */
};

/** An empty population of n members, time scale 1, the rest 0; with_stages: room for the base draw and the spiking
 * neuron. */
dicrec_status dicrec__population_create(dicrec_context *context, const dicrec_model *model, size_t n_members,
                                        bool with_stages, dicrec_population **population);

/** Mark a member as failed: NaN in all its rows. */
void dicrec__population_fail_member(dicrec_population *population, size_t member, dicrec_status status);

#endif
