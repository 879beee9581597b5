/* SPDX-License-Identifier: MIT */
/** @file reach.h How well pairs of channels reach the targets of a plane, which is looked at on a grid. */
#ifndef DICREC_POPULATION_REACH_H
#define DICREC_POPULATION_REACH_H

#include "core/allocator.h"
#include "population/spiking_choice.h"

/** Targets of a grid over the plane. */
enum { DICREC__GRID_SLOW = 17, DICREC__GRID_ULTRASLOW = 9, DICREC__GRID_CELLS = 17 * 9 };

/** Lowest and highest g_s and g_u. */
typedef struct dicrec__plane {
  double g_s[2], g_u[2];
} dicrec__plane;

/** The target of a cell; those of one g_u stand together. */
void dicrec__plane_target(const dicrec__plane *plane, int cell, double target[2]);

/** What one pair of channels does on the plane. */
typedef struct dicrec__pair_reach {
  int channels[2];
  /**
   * Of each cell 0 to 1, the mean over the draws: 0 where a conductance is not allowed; else less the further a channel
   * is from its range, and the more the fast DIC is moved, which decides whether a neuron fires.
   */
  float worth[DICREC__GRID_CELLS];
} dicrec__pair_reach;

/** Pairs of channels. */
typedef struct dicrec__reach_map {
  int n_pairs;
  dicrec__pair_reach pairs[];
} dicrec__reach_map;

/** The map of the pairs that the rules have, of all pairs if there are no rules yet; to be released. NULL: no memory.
 */
dicrec__reach_map *dicrec__reach_map_make(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                          const dicrec__spiking_choice *spiking,
                                          const dicrec__compensation_rules *rules, const dicrec__plane *plane);

#endif
