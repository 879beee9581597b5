/* SPDX-License-Identifier: MIT */
/** @file rules.h How degenerate populations of a model are made: as its file says, and where it says nothing, chosen.
 */
#ifndef DICREC_POPULATION_RULES_H
#define DICREC_POPULATION_RULES_H

#include "core/context.h"
#include "models/model.h"

/**
 * The rules of a model, valid as long as the model. What its file leaves out is chosen at the first call, from base
 * draws of its own, and kept with the model: the same on every thread and for every seed.
 * OK, E_MEMORY, or why there are none: E_ARGUMENT (ranges), E_SINGULAR (a DIC that no channel sets), E_INFEASIBLE.
 * Threads: any; context may be NULL.
 */
dicrec_status dicrec__rules_of(dicrec_context *context, const dicrec_model *model,
                               const dicrec__compensation_rules **rules);

#endif
