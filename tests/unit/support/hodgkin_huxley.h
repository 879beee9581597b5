/* SPDX-License-Identifier: MIT */
/**
 * @file hodgkin_huxley.h
 * A third model: squid axon of Hodgkin and Huxley, J Physiol 117:500 (1952), at 6.3 degrees, with the resting
 * potential at -65 mV. Shows that the library knows no model by name.
 */
#ifndef DICREC_TEST_HODGKIN_HUXLEY_H
#define DICREC_TEST_HODGKIN_HUXLEY_H

#include "models/model.h"

enum { HH_NA, HH_K, HH_LEAK, HH_CHANNELS };

/** Gates given by rates, two of them with a removable pole. No rules of compensation. */
extern const dicrec__model_table hodgkin_huxley_table;

/** The published maximal conductances: 120, 36 and 0.3 mS/cm2. */
extern const double hodgkin_huxley_conductances[HH_CHANNELS];

#endif
