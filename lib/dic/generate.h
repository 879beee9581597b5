/* SPDX-License-Identifier: MIT */
/** @file generate.h Populations that begin in the middle of the random streams. */
#ifndef DICREC_DIC_GENERATE_H
#define DICREC_DIC_GENERATE_H

#include "dicrec/population.h"

/** dicrec_population_generate() for members first_member, first_member + 1, ... of a larger population. */
dicrec_status dicrec__population_generate_from(dicrec_context *context, const dicrec_model *model,
                                               const double *targets, size_t n_targets, uint64_t first_member,
                                               size_t n_members, const dicrec_population_options *options,
                                               dicrec_population **population);

#endif
