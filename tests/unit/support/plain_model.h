/* SPDX-License-Identifier: MIT */
/**
 * @file plain_model.h
 * What a model's table means, written without thought of speed and without the library's equations: of the library it
 * uses the curves alone, values without slopes. Every reader of tables is compared with this one.
 */
#ifndef DICREC_TEST_PLAIN_MODEL_H
#define DICREC_TEST_PLAIN_MODEL_H

#include "dicrec/dic.h"
#include "models/model.h"

/** The variables of a model's channels: activation and inactivation, or open and inactivated. */
typedef struct plain_state {
  double v, calcium, x[DICREC__MAX_CHANNELS][2];
} plain_state;

/** From the library's state vector; gates without a state of their own stand at their steady values. */
plain_state plain_state_of(const dicrec_model *model, const double *state);

/** Current of a channel, uA/cm2, outward positive. */
double plain_current(const dicrec__channel *channel, double g, double v, const double x[2]);

/** Time derivative in the order of the library's state vector. */
void plain_derivative(const dicrec_model *model, const double *g, double injected, const double *state,
                      double *derivative);

/** Everything at its steady state at a voltage, calcium too. */
plain_state plain_steady_state(const dicrec__model_table *table, const double *g, double v);

/** Sum of the channels' currents in a state. */
double plain_total_current(const dicrec__model_table *table, const double *g, const plain_state *state);

/** DICs from differences of the steady currents, g_f, g_s, g_u, g_t, divided by the leak. */
void plain_dics(const dicrec__model_table *table, const double *g, double v, double row[DICREC_DIC_COUNT]);

#endif
