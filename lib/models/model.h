/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * A model is data: channels, calcium, the time scales of its DICs, the rules of its populations. Right-hand side,
 * Jacobian, DICs, compensation and both integrators are derived from this one table.
 */
#ifndef DICREC_MODELS_MODEL_H
#define DICREC_MODELS_MODEL_H

#include <stdatomic.h>
#include <stdbool.h>

#include "core/context.h"
#include "dicrec/model.h"
#include "models/gate.h"

#define DICREC__MAX_CHANNELS 32
#define DICREC__MAX_STATES   80
#define DICREC__MAX_RULES    4

/** Calcium gates with different half-activations that one model may have. */
#define DICREC__MAX_HALVES 2

/** Voltages that models are made for, mV: the integrators' tables end there. */
#define DICREC__LOWEST_MV  (-150)
#define DICREC__HIGHEST_MV 100

/** Largest conductance, mS/cm2, that members may have and simulations take. */
#define DICREC__MAX_CONDUCTANCE 1e7

/** A channel: current = g activation^p inactivation^q (V - reversal), or g open (V - reversal) with a scheme. */
typedef struct dicrec__channel {
  const char *name;
  double reversal_mv;
  dicrec__gate activation, inactivation;
  dicrec__scheme scheme;
  bool has_scheme;
  bool carries_calcium; /**< its current flows into the calcium pool */
  double range[2];      /**< base draw of a population, mS/cm2; 0 and 0 for channels that are solved */
} dicrec__channel;

/** Calcium pool: tau dCa/dt = gain I_Ca - Ca + rest. */
typedef struct dicrec__calcium {
  bool present;
  double tau_ms, gain, rest_um, initial_um;
} dicrec__calcium;

/** A time scale of the DICs: the time constant of a channel's activation, or a constant. */
typedef struct dicrec__time_scale {
  int channel;        /**< index, used if constant_ms is 0 */
  double constant_ms; /**< above 0: the time scale itself */
} dicrec__time_scale;

/** Pair of conductances to modulate for targets in a half-open range of (g_s, g_u). */
typedef struct dicrec__rule {
  double below_g_s, below_g_u; /**< applies if g_s and g_u are below these; INFINITY: always */
  int channels[2];
  double start[2]; /**< first guess for channels[0]: start[0] + start[1] g_s, both 0: the present value */
} dicrec__rule;

/** How degenerate populations are made; n_rules = 0: not defined for this model. */
typedef struct dicrec__compensation_rules {
  int spiking_channels[3];
  double spiking_point[3]; /**< g_f, g_s, g_u of the spiking neuron of step 2 */
  int n_rules;
  dicrec__rule rules[DICREC__MAX_RULES]; /**< the first that applies is tried first, then the others */
  double g_s_range[2], g_u_range[2];
} dicrec__compensation_rules;

typedef struct dicrec__model_table {
  const char *name, *description;
  double capacitance; /**< uF/cm2 */
  const dicrec__channel *channels;
  int n_channels, leak; /**< leak: index of the channel that DICs are divided by */
  dicrec__calcium calcium;
  double initial_v_mv;
  double threshold_mv;
  dicrec__time_scale fast, slow, ultraslow;
  dicrec__compensation_rules compensation;
  double t_end_ms, t_skip_ms; /**< published protocol */
} dicrec__model_table;

/** States of a channel in the state vector; -1: none. */
typedef struct dicrec__channel_states {
  int activation, inactivation; /**< gates; with a scheme: open and inactivated */
} dicrec__channel_states;

/** A table with the layout of its state vector: V, the gates in order of the channels, calcium. */
struct dicrec_model {
  dicrec__allocator allocator;
  atomic_int references;
  const dicrec__model_table *table;
  int n_states, calcium_state; /**< calcium_state: -1 without a pool */
  dicrec__channel_states states[DICREC__MAX_CHANNELS];
  _Atomic(void *) kept; /**< see dicrec__model_keep() */
};

/** Whether a base draw draws a channel of this range; other channels are solved for, or fixed shares of the leak. */
static inline bool dicrec__is_drawn(const double range[2]) { return range[1] > range[0]; }

/**
 * Numbers that tell a base draw: of the leak, then of each channel that is drawn, in order. Each is standard normal
 * over the draws of the model's own ranges with a gamma law of the leak (nearly so for the leak, by its cube root;
 * Wilson and Hilferty, PNAS 17:684, 1931).
 */
int dicrec__model_base_count(const dicrec__model_table *table);

extern const dicrec__model_table dicrec__stg_table, dicrec__da_table;

/** Make a model of a table, which must stay valid. OK, E_MEMORY, or why dicrec__model_check() refuses the table. */
dicrec_status dicrec__model_create(dicrec_context *context, const dicrec__model_table *table, dicrec_model **model);

/** One more owner; models are freed with their last owner. */
dicrec_model *dicrec__model_retain(const dicrec_model *model);

/** What dicrec__model_keep() has kept; NULL: nothing yet. Threads: any. */
const void *dicrec__model_kept(const dicrec_model *model);

/**
 * Keep what an integrator has derived from the model: one block of the model's allocator, freed with the model. If
 * another thread was first, that one's is kept and this one is freed; returns what is kept. Threads: any.
 */
const void *dicrec__model_keep(const dicrec_model *model, void *block);

/** The state that simulations start from, [n_states]. */
void dicrec__model_initial_state(const dicrec_model *model, double *state);

#endif
