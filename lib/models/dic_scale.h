/* SPDX-License-Identifier: MIT */
/** @file dic_scale.h The time scales of a model's DICs. */
#ifndef DICREC_MODELS_DIC_SCALE_H
#define DICREC_MODELS_DIC_SCALE_H

#include "models/table.h"

/** A time scale at a voltage, ms; NaN if it is neither a constant nor a channel whose activation has a time constant.
 */
double dicrec__dic_scale_at(const dicrec__model_table *table, const dicrec__dic_scale *scale, double v_mv);

#endif
