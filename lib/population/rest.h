/* SPDX-License-Identifier: MIT */
/**
 * @file rest.h
 * Whether neurons can rest, told from their steady current and DICs alone. A voltage where the steady current vanishes
 * is a rest if the fast, the fast and slow, and all DICs together are positive there: no time scale leads away from it
 * [Drion et al., eNeuro 2, 2015]. A neuron without one fires, or at least never comes to rest.
 *
 * Of models that fire under a current alone, the current is the one that holds a neuron at its threshold. That is a
 * rest if V comes back to it, which slow channels may see to before the membrane has moved.
 */
#ifndef DICREC_POPULATION_REST_H
#define DICREC_POPULATION_REST_H

#include <stddef.h>

#include "models/table.h"

/** Neurons that are looked at together. */
typedef struct dicrec__resting {
  const double (*conductances)[DICREC__MAX_CHANNELS]; /**< [n] */
  size_t n;
  bool *rests;      /**< [n], whether it does; neurons that are marked already are not looked at */
  double *before;   /**< [n], scratch: the current at the voltage before */
  double *injected; /**< [n], scratch */
  bool is_held;     /**< a current is injected, for each neuron the one that holds it at its threshold */
} dicrec__resting;

/** Mark those that can rest. */
void dicrec__find_resting(const dicrec__model_table *table, const dicrec__resting *neurons);

#endif
