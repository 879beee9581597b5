/* SPDX-License-Identifier: MIT */
/** @file generate.h Populations whose members have chosen random streams. */
#ifndef DICREC_POPULATION_GENERATE_H
#define DICREC_POPULATION_GENERATE_H

#include "dicrec/population.h"

/**
 * dicrec_generate() for members with the given stream numbers, each below 2^53; NULL: first_member + i of
 * the options, which otherwise do not count. With `base`, coordinates of base draws [n_members][n] with n of
 * dicrec__model_base_count(), members are made of these instead of draws of their own, and those that it leads to no
 * allowed conductances of are E_INFEASIBLE. A call that is cancelled answers E_CANCELLED and makes nothing.
 */
dicrec_status dicrec__generate_from(dicrec_context *context, const dicrec_model *model, const double *targets,
                                    size_t n_targets, size_t n_members, const uint64_t *streams, const double *base,
                                    const dicrec_generate_options *options, dicrec_population **population);

/** Answer what generation answers about options that were read. OK, E_ARGUMENT or E_RANGE. */
dicrec_status dicrec__generate_options_check(dicrec_context *context, const dicrec_model *model,
                                             const dicrec_generate_options *options);

#endif
