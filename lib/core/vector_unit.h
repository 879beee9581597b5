/* SPDX-License-Identifier: MIT */
/** @file vector_unit.h Which of the kernels, compiled once for each vector unit, this processor can run. */
#ifndef DICREC_CORE_VECTOR_UNIT_H
#define DICREC_CORE_VECTOR_UNIT_H

/** Vector units that kernels exist for, narrowest first. */
enum dicrec__vector_unit { DICREC__PLAIN, DICREC__AVX2, DICREC__AVX512 };

/** The widest that this processor has. */
enum dicrec__vector_unit dicrec__widest_vector_unit(void);

#endif
