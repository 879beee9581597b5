/* SPDX-License-Identifier: MIT */
/**
 * @file arrow_solver.h
 * Linear systems of a neuron: gates meet each other only through V and calcium (but for the two states of a kinetic
 * scheme), so that a system is solved in a time proportional to its size. The systems are 1 - gamma J; the matrix
 * holds J.
 */
#ifndef DICREC_SIMULATOR_CVODE_ARROW_SOLVER_H
#define DICREC_SIMULATOR_CVODE_ARROW_SOLVER_H

#include "models/model.h"
#include "simulator/cvode/sundials_compat.h"

/** A solver's factors; it lives as long as the solver that is made of it. */
typedef struct dicrec__arrow {
  double gamma;                     /**< to be set before CVODE sets the solver up */
  int n, n_padded, n_core, core[2]; /**< core: V and maybe calcium */
  int n_pairs, pairs[DICREC__MAX_CHANNELS][2];
  bool is_single[DICREC__MAX_STATES]; /**< neither core nor of a pair */
  double inverse[DICREC__MAX_STATES]; /**< of the diagonal of single states, 0 for others */
  double pair_inverse[DICREC__MAX_CHANNELS][4];
  double column[2][DICREC__MAX_STATES]; /**< what a core state pushes into the others */
  double row[2][DICREC__MAX_STATES];    /**< what the others push into a core state */
  double core_inverse[4];
} dicrec__arrow;

/** A linear solver for the states of a model, to be used with dense matrices that hold Jacobians; NULL without memory.
 */
SUNLinearSolver dicrec__arrow_solver(dicrec__arrow *arrow, const dicrec_model *model, SUNContext context);

#endif
