/* SPDX-License-Identifier: MIT */
/** @file pair_choice.h Which pairs of channels are solved for which targets. */
#ifndef DICREC_POPULATION_PAIR_CHOICE_H
#define DICREC_POPULATION_PAIR_CHOICE_H

#include "population/reach.h"

/**
 * Choose up to DICREC__MAX_RULES rules: the pair that is worth most, then those that add most, where they apply first
 * or, behind the one that always applies, where the others fail. n_rules stays 0 if no pair reaches anything.
 */
void dicrec__choose_pairs(const dicrec__reach_map *map, const dicrec__plane *plane, dicrec__compensation_rules *rules);

#endif
