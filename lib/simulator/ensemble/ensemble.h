/* SPDX-License-Identifier: MIT */
/**
 * @file ensemble.h
 * A model prepared for the ensemble integrator: what its gates do at each voltage, and eight neurons under way.
 *
 * Scheme, second order in the step h, which each neuron chooses for itself: gates live half a step after the voltage.
 * A gate relaxes exactly (up to a rational form of the exponential) to a steady state that moves linearly with V over
 * the step; V relaxes exactly, with the conductance in its middle, to a reversal potential that moves linearly.
 * Both matter where a variable is slaved to the other: without them the order is lost.
 */
#ifndef DICREC_SIMULATOR_ENSEMBLE_ENSEMBLE_H
#define DICREC_SIMULATOR_ENSEMBLE_ENSEMBLE_H

#include "core/workers.h"
#include "simulator/run.h"

/** Neurons that advance together. */
#define DICREC__LANES 8

/** Channels are padded to groups of this many, one vector. */
#define DICREC__SLOTS 8

#define DICREC__MAX_GROUPS (DICREC__MAX_CHANNELS / DICREC__SLOTS)

/** Voltage grid of the tables: fine enough for linear interpolation to some 1e-6 of a gate. */
#define DICREC__TABLE_LOW_MV  DICREC__LOWEST_MV
#define DICREC__TABLE_HIGH_MV DICREC__HIGHEST_MV
#define DICREC__TABLE_PER_MV  16

/** How often a step may double: between spikes it is up to 2^this times the finest. */
#define DICREC__DOUBLINGS 4

/** One group of channels at one voltage: activations, then inactivations; rates per ms. */
typedef struct dicrec__table_group {
  float steady[2 * DICREC__SLOTS], rate[2 * DICREC__SLOTS];
} dicrec__table_group;

/** Rates of a kinetic scheme at one voltage, per ms. */
typedef struct dicrec__table_scheme {
  double opening, closing, inactivating, recovering;
} dicrec__table_scheme;

/** Constants of a group of channels; arrays over activations and inactivations as in the table. */
typedef struct dicrec__ensemble_group {
  float power[4][2 * DICREC__SLOTS];                          /**< one of the powers 1 to 4 is 1 */
  float calcium_gated[DICREC__MAX_HALVES][2 * DICREC__SLOTS]; /**< 1: gated with this half-activation */
  double reversal_mv[DICREC__SLOTS];
  bool carries_calcium[DICREC__SLOTS];
  int n_slots; /**< slots that hold a channel */
} dicrec__ensemble_group;

/** All but the run is the model's, made once and kept with it. */
typedef struct dicrec__ensemble {
  const dicrec__run *run;
  bool is_noisy; /**< dicrec__run_is_noisy() */
  const dicrec_model *model;
  int n_groups, n_schemes, n_halves;
  float calcium_half_um[DICREC__MAX_HALVES];
  int scheme_channels[DICREC__MAX_CHANNELS];
  dicrec__ensemble_group groups[DICREC__MAX_GROUPS];
  dicrec__table_group *table;         /**< [n_rows][n_groups] */
  dicrec__table_scheme *scheme_table; /**< [n_rows][n_schemes] */
} dicrec__ensemble;

/** Where a neuron was before the step in which it ends. */
typedef struct dicrec__ensemble_ending {
  bool is_now; /**< it ends in the step under way */
  double t_ms, step_before_ms, state[DICREC__MAX_STATES];
} dicrec__ensemble_ending;

/** Eight neurons under way, each at its own time, and those that wait for a free lane. */
typedef struct dicrec__ensemble_block {
  double t_ms[DICREC__LANES], step_ms[DICREC__LANES], step_before_ms[DICREC__LANES];
  double largest_step_ms[DICREC__LANES];         /**< bound besides that of the doublings */
  double v[DICREC__LANES], slope[DICREC__LANES]; /**< slope: of V over the last step, mV/ms */
  double slope_rise[DICREC__LANES];              /**< from there to the slope at the end of that step */
  double calcium[DICREC__LANES];
  double drive[DICREC__LANES], resistance[DICREC__LANES]; /**< sum of gE and 1 / sum of g in the last step */
  float gates[DICREC__MAX_GROUPS][DICREC__LANES][2 * DICREC__SLOTS];
  float rest[DICREC__MAX_GROUPS][DICREC__LANES][2 * DICREC__SLOTS]; /**< what rounding has left of the gates' changes */
  double conductance[DICREC__MAX_GROUPS][DICREC__SLOTS][DICREC__LANES];
  double open[DICREC__MAX_CHANNELS][DICREC__LANES], inactivated[DICREC__MAX_CHANNELS][DICREC__LANES]; /**< schemes */
  double scheme_conductance[DICREC__MAX_CHANNELS][DICREC__LANES];
  dicrec__noise noise[DICREC__LANES];
  double noise_origin[DICREC__LANES]; /**< first sample that its noise holds; INFINITY: none, zeros */
  double noise_before[DICREC__LANES]; /**< integral of the noise up to now */
  size_t segment[DICREC__LANES];      /**< of the injected current */
  bool armed[DICREC__LANES];
  dicrec__ensemble_ending ending[DICREC__LANES];
  int n_used;                          /**< lanes from the first on that hold a member; the others drift */
  dicrec_status status[DICREC__LANES]; /**< of the member in the lane */
  size_t members[DICREC__LANES];
  const size_t *queue; /**< members to run: this block's from `next` to `end`, then what the worker can take */
  size_t next, end;
  dicrec__worker *worker; /**< NULL: never stopped */
} dicrec__ensemble_block;

/** Run a block's members, and what its worker can take besides, to their end. One source, compiled for several vector
 * units. */
typedef void (*dicrec__ensemble_kernel)(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);

void dicrec__ensemble_kernel_plain(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);
void dicrec__ensemble_kernel_avx2(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);
void dicrec__ensemble_kernel_avx512(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);

/**
 * Prepare a run with the model's tables, which the first call makes with the model's allocator; they live as long as
 * the model. OK, E_ARGUMENT (the model does not fit) or E_MEMORY.
 */
dicrec_status dicrec__ensemble_prepare(dicrec_context *context, const dicrec__run *run, dicrec__ensemble *ensemble);

/** Make a model's tables if it has none yet, with the model's allocator. OK, E_ARGUMENT or E_MEMORY. */
dicrec_status dicrec__ensemble_keep_tables(dicrec_context *context, const dicrec_model *model);

/** Give a block members queue[begin] to queue[end] (excluded) and fill its lanes; `worker` may be NULL. */
void dicrec__ensemble_block_start(const dicrec__ensemble *ensemble, const size_t *queue, size_t begin, size_t end,
                                  dicrec__worker *worker, dicrec__ensemble_block *block);

/** Put the next member of the queue into a used lane; if there is none, the last used lane moves there. */
void dicrec__ensemble_next_member(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block, int lane);

/** Before a step: note where the neurons are that end within it; whether there are any. */
bool dicrec__ensemble_before_end(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);

/** After that step: keep the states that they end with. */
void dicrec__ensemble_after_end(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block);

#endif
