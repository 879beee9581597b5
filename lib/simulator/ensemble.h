/* SPDX-License-Identifier: MIT */
/**
 * @file ensemble.h
 * A model prepared for the ensemble integrator: voltage tables of what each gate does in one step.
 *
 * Scheme, second order in dt: gates and calcium gates live half a step after the voltage. Over a step each gate
 * relaxes exactly to its steady state at the voltage in its middle; the voltage relaxes exactly, with the
 * conductance of its middle, to a reversal potential that varies linearly over the step.
 */
#ifndef DICREC_SIMULATOR_ENSEMBLE_H
#define DICREC_SIMULATOR_ENSEMBLE_H

#include "simulator/simulation.h"

/** Neurons that advance together. */
#define DICREC__LANES 8

/** Channels are padded to groups of this many, one vector. */
#define DICREC__SLOTS 8

#define DICREC__MAX_GROUPS (DICREC__MAX_CHANNELS / DICREC__SLOTS)

/** Calcium gates with different half-activations that one model may have. */
#define DICREC__MAX_HALVES 2

/** Voltage grid of the tables: fine enough for linear interpolation to some 1e-6 of a gate. */
#define DICREC__TABLE_LOW_MV  (-200)
#define DICREC__TABLE_HIGH_MV 200
#define DICREC__TABLE_PER_MV  16

/** One group of channels at one voltage: steady states and shares of the way to them that a step covers. */
typedef struct dicrec__table_group {
  float activation[DICREC__SLOTS], activation_share[DICREC__SLOTS];
  float inactivation[DICREC__SLOTS], inactivation_share[DICREC__SLOTS];
} dicrec__table_group;

/** A kinetic scheme at one voltage: (o, i) moves by change * (o, i) + offset in one step. */
typedef struct dicrec__table_scheme {
  double change[2][2], offset[2];
} dicrec__table_scheme;

/** Constants of a group of channels. */
typedef struct dicrec__ensemble_group {
  double activation_power[4][DICREC__SLOTS];   /**< one of the powers 1 to 4 is 1 */
  double inactivation_power[4][DICREC__SLOTS]; /**< the same */
  double reversal_mv[DICREC__SLOTS];
  double calcium[DICREC__SLOTS];                           /**< 1: carries calcium */
  double calcium_gated[DICREC__MAX_HALVES][DICREC__SLOTS]; /**< 1: gated with this half-activation */
  double instant[DICREC__SLOTS];                           /**< 1: activation without a state */
} dicrec__ensemble_group;

typedef struct dicrec__ensemble {
  const dicrec__run *run;
  double dt_ms;
  int64_t n_steps;
  int n_groups, n_schemes, n_halves;
  bool has_instant;
  double calcium_half_um[DICREC__MAX_HALVES];
  double calcium_share; /**< share of the way to steady calcium that a step covers */
  int scheme_channels[DICREC__MAX_CHANNELS];
  dicrec__ensemble_group groups[DICREC__MAX_GROUPS];
  dicrec__table_group *table;         /**< [n_rows][n_groups] */
  dicrec__table_scheme *scheme_table; /**< [n_rows][n_schemes] */
} dicrec__ensemble;

/** State of one block of neurons; [group][lane][slot] where there are slots. */
typedef struct dicrec__ensemble_block {
  double v[DICREC__LANES], v_before[DICREC__LANES], calcium[DICREC__LANES];
  double reversal_before[DICREC__LANES]; /**< V's target in the step before */
  double activation[DICREC__MAX_GROUPS][DICREC__LANES][DICREC__SLOTS];
  double inactivation[DICREC__MAX_GROUPS][DICREC__LANES][DICREC__SLOTS];
  double conductance[DICREC__MAX_GROUPS][DICREC__LANES][DICREC__SLOTS];
  double scheme[DICREC__MAX_CHANNELS][DICREC__LANES][2];
  double scheme_conductance[DICREC__MAX_CHANNELS][DICREC__LANES];
  dicrec__noise noise[DICREC__LANES];
  bool armed[DICREC__LANES];
  dicrec_status status[DICREC__LANES]; /**< lanes that are not OK no longer record spikes */
  size_t members[DICREC__LANES];
  int n_lanes; /**< the last block may have fewer; the spare lanes repeat the first */
} dicrec__ensemble_block;

/** Advance a block from its initial state to the end. One source, compiled for several vector units. */
typedef void (*dicrec__ensemble_kernel)(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);

void dicrec__ensemble_kernel_plain(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);
#ifdef DICREC__HAS_X86_KERNELS
void dicrec__ensemble_kernel_avx2(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);
void dicrec__ensemble_kernel_avx512(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);
#endif

/** Vector units that kernels exist for, and the widest that this processor has. */
enum dicrec__vector_unit { DICREC__PLAIN, DICREC__AVX2, DICREC__AVX512 };
enum dicrec__vector_unit dicrec__ensemble_vector_unit(void);

/** Fill the tables. OK, E_ARGUMENT (the model does not fit) or E_MEMORY. */
dicrec_status dicrec__ensemble_prepare(dicrec_context *context, const dicrec__run *run, dicrec__ensemble *ensemble);

void dicrec__ensemble_release(const dicrec__allocator *allocator, dicrec__ensemble *ensemble);

/** Fill a block with its members' initial states. */
void dicrec__ensemble_block_start(const dicrec__ensemble *ensemble, const size_t *members, int n_lanes,
                                  dicrec__ensemble_block *block);

#endif
