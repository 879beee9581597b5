/* SPDX-License-Identifier: MIT */
/**
 * @file state_vector.h
 * CVODE's vectors for a neuron's few states: serial vectors whose length is padded with zeros to whole vectors, and
 * whose operations are plain loops over them. A step is made of some fifty of these operations.
 */
#ifndef DICREC_SIMULATOR_CVODE_STATE_VECTOR_H
#define DICREC_SIMULATOR_CVODE_STATE_VECTOR_H

#include "simulator/cvode/sundials_compat.h"

/** Length with padding. */
static inline int dicrec__padded_length(int n) { return (n + 7) & ~7; }

/** A vector for n states, its padding zero; NULL without memory. Free with N_VDestroy(). */
N_Vector dicrec__state_vector(int n, SUNContext context);

/** The numbers of such a vector. */
static inline double *dicrec__state_of(N_Vector vector) { return NV_DATA_S(vector); }

/** Put the operations into a serial vector of padded length, for each vector unit. */
void dicrec__state_operations_plain(N_Vector vector);
void dicrec__state_operations_avx2(N_Vector vector);
void dicrec__state_operations_avx512(N_Vector vector);

#endif
