/* SPDX-License-Identifier: MIT */
/**
 * @file sensitivity.h
 * DICs of sets of conductances, and their derivatives, by the map that columns.h prepares once for any number of sets
 * [Drion et al., eNeuro 2, 2015; Fyon et al., PNAS Nexus 3:pgae415, 2024].
 */
#ifndef DICREC_DIC_SENSITIVITY_H
#define DICREC_DIC_SENSITIVITY_H

#include "dic/columns.h"

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
