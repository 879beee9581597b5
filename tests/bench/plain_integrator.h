/* SPDX-License-Identifier: MIT */
/** @file plain_integrator.h What the ensemble is measured against: the STG neuron written out, sixteen at a time. */
#ifndef DICREC_TESTS_PLAIN_INTEGRATOR_H
#define DICREC_TESTS_PLAIN_INTEGRATOR_H

#include <stddef.h>

/**
 * Exponential steps of fixed length in double precision, gates half a step from the voltage, compiled for this
 * processor with every licence to reorder. Conductances are [n][8] in the order of the model.
 * Returns how many spikes all neurons fired.
 */
size_t plain_integrator_stg(const double *conductances, size_t n, double t_end_ms, double dt_ms);

#endif
