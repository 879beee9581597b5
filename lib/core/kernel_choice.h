/* SPDX-License-Identifier: MIT */
/**
 * @file kernel_choice.h
 * Kernels are one source, compiled once for each vector unit with DICREC__UNIT set to the unit's name. A kernel is
 * called by its stem, which ends with an underscore: in its source DICREC__FOR_UNIT(stem) is its name, and elsewhere
 * DICREC__BEST_KERNEL(stem) the address of the one to use.
 */
#ifndef DICREC_CORE_KERNEL_CHOICE_H
#define DICREC_CORE_KERNEL_CHOICE_H

#include "core/vector_unit.h"

/** The name of what a kernel's source defines. */
#define DICREC__FOR_UNIT(stem)     DICREC__JOIN(stem, DICREC__UNIT)
#define DICREC__JOIN(stem, unit)   DICREC__JOINED(stem, unit)
#define DICREC__JOINED(stem, unit) stem##unit

/** The address of the kernel for a vector unit; all of them are to be declared, those that exist are linked. */
#ifdef DICREC__HAS_X86_KERNELS
#define DICREC__KERNEL_FOR(unit, stem)                                                                                 \
  ((unit) == DICREC__AVX512 ? &stem##avx512 : (unit) == DICREC__AVX2 ? &stem##avx2 : &stem##plain)
#else
#define DICREC__KERNEL_FOR(unit, stem) ((void)(unit), &stem##plain)
#endif

/** The address of the kernel for this processor. */
#define DICREC__BEST_KERNEL(stem) DICREC__KERNEL_FOR(dicrec__widest_vector_unit(), stem)

#endif
