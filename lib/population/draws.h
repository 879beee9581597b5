/* SPDX-License-Identifier: MIT */
/** @file draws.h The base draws of a model that its populations' rules are chosen by. */
#ifndef DICREC_POPULATION_DRAWS_H
#define DICREC_POPULATION_DRAWS_H

#include "population/member.h"

/** Few, as what is compared are channels, not draws. */
enum { DICREC__N_DRAWS = 8 };

/** Conductances of one neuron for each draw. */
typedef double dicrec__draws[DICREC__N_DRAWS][DICREC__MAX_CHANNELS];

/** Draw them by the model's own ranges. */
void dicrec__draws_make(const dicrec__sensitivity *sensitivity, dicrec__draws base);

/** Whether a channel has no range, so that it is to be solved for. */
bool dicrec__is_open_channel(const dicrec__model_table *table, int channel);

/** Solve a draw; false if that fails or leads to a conductance that is not allowed. */
bool dicrec__draw_solve(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                        const double *values, const double *from, double *conductances);

#endif
