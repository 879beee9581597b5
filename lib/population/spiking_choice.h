/* SPDX-License-Identifier: MIT */
/** @file spiking_choice.h The spiking neuron of step 2: which channels are solved for which DICs. */
#ifndef DICREC_POPULATION_SPIKING_CHOICE_H
#define DICREC_POPULATION_SPIKING_CHOICE_H

#include "core/allocator.h"
#include "population/draws.h"

/** Channels and point of a spiking neuron, and the base draws that are solved for it. */
typedef struct dicrec__spiking_choice {
  int channels[3];
  double point[3];
  bool is_held; /**< it fires if a current holds it at its threshold, not by itself */
  int n_solved; /**< draws that could be */
  dicrec__draws solved;
} dicrec__spiking_choice;

/**
 * Choose channels whose effects on the three DICs differ most, those without a range before others, and a point where
 * as many draws as can be have allowed conductances and cannot rest: of all such points on a grid, the one in their
 * middle. OK, E_MEMORY, E_SINGULAR (no three channels move the DICs apart), E_INFEASIBLE (no draw has allowed
 * conductances).
 */
dicrec_status dicrec__choose_spiking(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                     dicrec__draws base, dicrec__spiking_choice *choice);

/** Solve the draws for channels and a point that are given. */
void dicrec__solve_spiking(const dicrec__sensitivity *sensitivity, dicrec__draws base, dicrec__spiking_choice *choice);

#endif
