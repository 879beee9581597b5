/* SPDX-License-Identifier: MIT */
/**
 * @file synthetic_model.h
 * A model that uses everything that a table can say, so that every reader of tables is tested on all of it: each form
 * of curve, each kind and power of gate, gates that calcium opens (with a state or instantaneous, on channels that
 * carry calcium themselves, two half-activations on one channel), two kinetic schemes, one of which carries calcium,
 * more channels than one vector holds, constant time scales of the DICs, rules
 * of compensation. No cell's, but it fires.
 */
#ifndef DICREC_TEST_SYNTHETIC_MODEL_H
#define DICREC_TEST_SYNTHETIC_MODEL_H

#include "models/model.h"

enum {
  SYNTHETIC_NA,
  SYNTHETIC_KD,
  SYNTHETIC_CAT,
  SYNTHETIC_CAL,
  SYNTHETIC_CAN,
  SYNTHETIC_KCA,
  SYNTHETIC_BK,
  SYNTHETIC_SK,
  SYNTHETIC_NMDA,
  SYNTHETIC_ERG,
  SYNTHETIC_H,
  SYNTHETIC_LEAK,
  SYNTHETIC_CHANNELS
};

extern const dicrec__model_table synthetic_table;

/** Conductances with which it fires regularly. */
extern const double synthetic_conductances[SYNTHETIC_CHANNELS];

#endif
