/* SPDX-License-Identifier: MIT */
/** @file curve_composites.h Curves that are made of other curves, and tables over V. */
#ifndef DICREC_MODELS_CURVE_COMPOSITES_H
#define DICREC_MODELS_CURVE_COMPOSITES_H

#include "models/curve.h"

/** Whether a curve is a sum, a product or a quotient of others. */
bool dicrec__curve_has_terms(const dicrec__curve *curve);

/** Value and derivative; NaN for an unknown kind. */
dicrec__jet dicrec__composite_at(const dicrec__curve *curve, double v_mv);

/** Widen bounds, which hold both ends, by what lies between: at every sample of a table, in steps of 0.25 mV else. */
void dicrec__composite_widen(const dicrec__curve *curve, double low_mv, double high_mv, dicrec__curve_bounds *bounds);

/**
 * Set the slopes of a table of n samples, V rising: those of the monotone cubic of Fritsch and Butland (SIAM J Sci Stat
 * Comput 5:300, 1984), which rises and falls as its samples do.
 */
void dicrec__curve_set_slopes(dicrec__curve_sample *samples, int n);

#endif
