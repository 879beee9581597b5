/* SPDX-License-Identifier: MIT */
/**
 * @file compensation.h
 * Solving a few conductances so that the DICs at threshold take given values, the others kept
 * [Fyon et al., PNAS Nexus 3:pgae415, 2024].
 */
#ifndef DICREC_POPULATION_COMPENSATION_H
#define DICREC_POPULATION_COMPENSATION_H

#include "dic/sensitivity.h"

#define DICREC__MAX_SOLVED 3

/** Rows: DICs; columns: conductances. Of two unknowns the upper left corner. */
typedef double dicrec__square[DICREC__MAX_SOLVED][DICREC__MAX_SOLVED];

/** Which conductances are solved for which DICs, prepared once for any number of sets. */
typedef struct dicrec__compensation {
  int n; /**< 2 or 3 */
  int channels[DICREC__MAX_SOLVED];
  int dics[DICREC__MAX_SOLVED]; /**< 0 fast, 1 slow, 2 ultraslow */
  bool is_constant;             /**< calcium has no part in the derivatives: one solution by `inverse` is exact */
  bool is_singular;             /**< they are, and without an inverse */
  dicrec__square inverse;
} dicrec__compensation;

/**
 * Solve for leak-normalised values of the DICs. The present conductances, which are overwritten with the solution, are
 * where Newton's method starts if calcium bends the equations. The conductances may come out negative; deciding on that
 * is the caller's, and so is whether the DICs came near enough; solving again from there goes on to rounding.
 * OK, E_SINGULAR or E_CONVERGENCE.
 */
dicrec_status dicrec__compensate(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                 const double *values, double *conductances);

/** The spiking neuron of step 2: three channels for (g_f, g_s, g_u). */
dicrec__compensation dicrec__compensation_to_spiking(const dicrec__sensitivity *sensitivity, const int channels[3]);

/** Step 3: two channels for (g_s, g_u). */
dicrec__compensation dicrec__compensation_to_target(const dicrec__sensitivity *sensitivity, const int channels[2]);

/** First of n rules that applies to a target. */
int dicrec__compensation_rule(const dicrec__rule *rules, int n, const double target[2]);

#endif
