/* SPDX-License-Identifier: MIT */
/**
 * @file sensitivity.h
 * The linear map from maximal conductances to DICs at one voltage, prepared once for any number of sets
 * [Drion et al., eNeuro 2, 2015; Fyon et al., PNAS Nexus 3:pgae415, 2024].
 */
#ifndef DICREC_DIC_SENSITIVITY_H
#define DICREC_DIC_SENSITIVITY_H

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
  double v_mv;
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

/** Columns of all channels for one set of conductances, not divided by the leak. */
void dicrec__sensitivity_columns(const dicrec__sensitivity *sensitivity, const double *conductances,
                                 double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS]);

/** Row of DICs of one set: g_f, g_s, g_u, g_t, divided by its leak. */
void dicrec__dics(const dicrec__sensitivity *sensitivity, const double *conductances, double row[DICREC_DIC_COUNT]);

/** DICs of one set times its leak: g_f, g_s, g_u. */
void dicrec__dics_times_leak(const dicrec__sensitivity *sensitivity, const double *conductances,
                             double dics[DICREC__N_DIC_SCALES]);

/** Sums over the conductances that stay while a few others are solved for. */
typedef struct dicrec__fixed_sums {
  double dics[DICREC__N_DIC_SCALES]; /**< times the leak, without the channels that calcium gates */
  dicrec__jet calcium;               /**< steady calcium, without the carriers that calcium gates */
} dicrec__fixed_sums;

/** These sums of a set in which the conductances to be solved are 0. */
dicrec__fixed_sums dicrec__fixed_sums_of(const dicrec__sensitivity *sensitivity, const double *conductances);

/**
 * The DICs times the leak of the fixed conductances and of `channels`, and their exact derivative with respect to one
 * conductance, the way through calcium included: derivatives[k][s] is that of DIC s with respect to channels[k].
 * Conductances are read of these channels and of those that calcium gates.
 */
void dicrec__dics_derivatives(const dicrec__sensitivity *sensitivity, const dicrec__fixed_sums *fixed,
                              const double *conductances, const int *channels, int n_channels,
                              double dics[DICREC__N_DIC_SCALES], double derivatives[][DICREC__N_DIC_SCALES]);

/** Static current of one set, uA/cm2. */
double dicrec__static_current(const dicrec__sensitivity *sensitivity, const double *conductances);

#endif
