/* SPDX-License-Identifier: MIT */
/**
 * @file compensation.h
 * Solving a few conductances so that the DICs at threshold take given values, the others kept
 * [Fyon et al., PNAS Nexus 3:pgae415, 2024].
 */
#ifndef DICREC_DIC_COMPENSATION_H
#define DICREC_DIC_COMPENSATION_H

#include "dic/sensitivity.h"

#define DICREC__MAX_SOLVED 3

/** Which conductances are solved for which DICs. */
typedef struct dicrec__compensation {
  int n; /**< 2 or 3 */
  int channels[DICREC__MAX_SOLVED];
  int scales[DICREC__MAX_SOLVED];    /**< 0 fast, 1 slow, 2 ultraslow */
  double values[DICREC__MAX_SOLVED]; /**< leak-normalised targets */
} dicrec__compensation;

/**
 * Solve by Newton's method from the present conductances, which are overwritten with the solution. The conductances
 * may come out negative; deciding on that is the caller's.
 * OK, E_SINGULAR or E_CONVERGENCE.
 */
dicrec_status dicrec__compensate(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                                 double *conductances);

/** The spiking neuron of step 2: the channels and the point of the model's rules. */
dicrec__compensation dicrec__compensation_to_spiking(const dicrec__compensation_rules *rules);

/** Step 3: two channels for (g_s, g_u). */
dicrec__compensation dicrec__compensation_to_target(const int channels[2], const double target[2]);

/** First rule that applies to a target. */
int dicrec__compensation_rule(const dicrec__compensation_rules *rules, const double target[2]);

#endif
