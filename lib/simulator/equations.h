/* SPDX-License-Identifier: MIT */
/** @file equations.h Right-hand side, currents and Jacobian of any model, derived from its table. */
#ifndef DICREC_SIMULATOR_EQUATIONS_H
#define DICREC_SIMULATOR_EQUATIONS_H

#include "models/model.h"
#include "simulator/ensemble/curve_batch.h"

/** Numbers of a gate's curves in the batch: steady state, time constant, rates; -1: the gate has no such curve. */
typedef struct dicrec__gate_curves {
  int steady, tau, rates[2];
} dicrec__gate_curves;

/** Places of the curves of a channel: of its gates, or of its scheme in the order of dicrec__scheme_point. */
typedef struct dicrec__channel_curves {
  dicrec__gate_curves activation, inactivation;
  int scheme[4];
} dicrec__channel_curves;

/** A model prepared for many evaluations; shareable between threads, each with values of its own. */
typedef struct dicrec__equations {
  const dicrec_model *model;
  dicrec__curve_batch batch;
  dicrec__channel_curves curves[DICREC__MAX_CHANNELS];
} dicrec__equations;

/** False without memory. */
bool dicrec__equations_prepare(dicrec__equations *equations, const dicrec_model *model,
                               const dicrec__allocator *allocator);

void dicrec__equations_release(dicrec__equations *equations, const dicrec__allocator *allocator);

/**
 * Time derivative of the state [n_states] per ms, with an injected current in uA/cm2.
 * `values` [DICREC__MAX_BATCH] is scratch that dicrec__curve_batch_start() has seen once.
 */
void dicrec__equations_derivative(const dicrec__equations *equations, const double *conductances, double injected,
                                  const double *state, double *values, double *derivative);

/** Current of each channel [n_channels] in uA/cm2, outward positive. */
void dicrec__equations_currents(const dicrec_model *model, const double *conductances, const double *state,
                                double *currents);

/** The Jacobian: jacobian[column * n_states + row] = d derivative[row] / d state[column]; overwritten wholly. */
void dicrec__equations_jacobian(const dicrec_model *model, const double *conductances, const double *state,
                                double *jacobian);

#endif
