/* SPDX-License-Identifier: MIT */
/** @file plane_choice.h The part of the DIC plane that populations of a model are for. */
#ifndef DICREC_POPULATION_PLANE_CHOICE_H
#define DICREC_POPULATION_PLANE_CHOICE_H

#include "population/reach.h"

/**
 * Choose the ranges of g_s and g_u: of a plane some times as wide as the fast DIC of the spiking neuron, with g_u from
 * 0 on, the box with most targets that are reached by neurons that cannot rest. OK, E_MEMORY, E_INFEASIBLE (none is
 * reached).
 */
dicrec_status dicrec__choose_plane(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                   const dicrec__spiking_choice *spiking, const dicrec__compensation_rules *rules,
                                   dicrec__plane *plane);

#endif
