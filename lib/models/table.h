/* SPDX-License-Identifier: MIT */
/**
 * @file table.h
 * A model is data: channels, calcium, the time scales of its DICs, the rules of its populations. Right-hand side,
 * Jacobian, DICs, compensation and both integrators are derived from this one table.
 */
#ifndef DICREC_MODELS_TABLE_H
#define DICREC_MODELS_TABLE_H

#include <stdbool.h>

#include "dicrec/limits.h"
#include "models/gate.h"

#define DICREC__MAX_CHANNELS 32
#define DICREC__MAX_STATES   80
#define DICREC__MAX_RULES    4

/** Calcium gates with different half-activations that one model may have. */
#define DICREC__MAX_HALVES 2

/** Voltages that models are made for, mV: the integrators' tables end there. */
#define DICREC__LOWEST_MV  (-150)
#define DICREC__HIGHEST_MV 100

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
typedef struct dicrec__dic_scale {
  int channel;        /**< index, used if constant_ms is 0 */
  double constant_ms; /**< above 0: the time scale itself */
} dicrec__dic_scale;

/** Pair of conductances to modulate for targets in a half-open range of (g_s, g_u). */
typedef struct dicrec__rule {
  double below_g_s, below_g_u; /**< applies if g_s and g_u are below these; INFINITY: always */
  int channels[2];
  double start[2]; /**< first guess for channels[0]: start[0] + start[1] g_s, both 0: the present value */
} dicrec__rule;

/** How degenerate populations are made. What is zeroed is chosen when it is needed (population/rules.h). */
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
  bool has_spike_level;
  double spike_level_mv; /**< V rising through it is a spike, if has_spike_level */
  dicrec__dic_scale fast, slow, ultraslow;
  dicrec__compensation_rules compensation;
  double t_end_ms, t_skip_ms; /**< published protocol */
} dicrec__model_table;

/** The level that counts as a spike unless another is asked for, mV. */
static inline double dicrec__spike_level_mv(const dicrec__model_table *table) {
  return table->has_spike_level ? table->spike_level_mv : DICREC_SPIKE_LEVEL_MV;
}

/** Whether a base draw draws a channel of this range; other channels are solved for, or fixed shares of the leak. */
static inline bool dicrec__is_drawn(const double range[2]) { return range[1] > range[0]; }

/** Whether there is a spiking neuron of step 2: its channels differ. */
static inline bool dicrec__has_spiking(const dicrec__compensation_rules *rules) {
  return rules->spiking_channels[0] != rules->spiking_channels[1];
}

#endif
