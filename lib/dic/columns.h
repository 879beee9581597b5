/* SPDX-License-Identifier: MIT */
/** @file columns.h The map from maximal conductances to DICs at one voltage, prepared: a column for each channel. */
#ifndef DICREC_DIC_COLUMNS_H
#define DICREC_DIC_COLUMNS_H

#include "dicrec/dic.h"
#include "models/model.h"

/** Time scales of the DICs: fast, slow, ultraslow. */
#define DICREC__N_DIC_SCALES 3

/**
 * Column of a calcium-gated channel: conductance factor R(Ca) S(V), where R is the product of its gates' r(Ca)^p. Its
 * entries are by_factor R + by_slope R' dCa/dV.
 */
typedef struct dicrec__calcium_column {
  int channel, n_gates;
  const dicrec__gate *gates[2];           /**< those that calcium opens */
  double current;                         /**< S (V - reversal) */
  double by_factor[DICREC__N_DIC_SCALES]; /**< S as the static conductance, and the gates' feedback through V */
  double by_slope[DICREC__N_DIC_SCALES];  /**< their feedback through calcium */
  dicrec__jet calcium;                    /**< steady calcium per unit conductance and R; 0 if it carries none */
} dicrec__calcium_column;

/** Sensitivity at one voltage. Columns are per unit conductance and not yet divided by the leak. */
typedef struct dicrec__sensitivity {
  const dicrec__model_table *table;
  double v_mv, scales_ms[DICREC__N_DIC_SCALES];               /**< the voltage, and the time scales there */
  double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS]; /**< of the channels that calcium does not gate */
  double current[DICREC__MAX_CHANNELS];                       /**< static current per unit conductance, likewise */
  dicrec__jet calcium[DICREC__MAX_CHANNELS];                  /**< steady calcium per unit conductance, likewise */
  int n_carriers, carriers[DICREC__MAX_CHANNELS];             /**< channels that carry calcium, likewise */
  int n_calcium_columns;
  dicrec__calcium_column calcium_columns[DICREC__MAX_CHANNELS];
  bool has_gated_carriers; /**< steady calcium is the solution of an equation */
} dicrec__sensitivity;

/** Whether calcium opens a gate of the channel. */
static inline bool dicrec__is_calcium_gated(const dicrec__channel *channel) {
  return channel->activation.calcium_half_um > 0.0 || channel->inactivation.calcium_half_um > 0.0;
}

/** Prepare the map at a voltage. */
void dicrec__sensitivity_at(const dicrec__model_table *table, double v_mv, dicrec__sensitivity *sensitivity);

#endif
