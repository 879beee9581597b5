/* SPDX-License-Identifier: MIT */
/**
 * @file dic.h
 * Dynamic input conductances of given maximal conductances [Drion et al., eNeuro 2, 2015].
 */
#ifndef DICREC_DIC_H
#define DICREC_DIC_H

#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Columns of a row of DICs, in an order that never changes; a later version may append more. Arrays of rows come with
 * their number of columns: the first so many are meant.
 */
enum {
  DICREC_DIC_FAST = 0,      /**< g_f */
  DICREC_DIC_SLOW = 1,      /**< g_s */
  DICREC_DIC_ULTRASLOW = 2, /**< g_u */
  DICREC_DIC_TOTAL = 3,     /**< g_t = g_f + g_s + g_u */
  DICREC_DIC_COUNT = 4      /**< columns that these headers know */
};

/** Number of columns that the library knows. Threads: any. Since 0.1. */
DICREC_API size_t dicrec_dic_count(void);

/** Name of a column, "g_f", "g_s", "g_u", "g_t"; NULL beyond the last; static. Threads: any. Since 0.1. */
DICREC_API const char *dicrec_dic_name(size_t column);

/**
 * DICs of many sets of conductances at one voltage, divided by each set's leak.
 *
 * @param context       Context.
 * @param model         Model.
 * @param conductances  [n][n_channels] row-major, mS/cm2, finite; the leak must be positive.
 * @param n             Number of sets.
 * @param v_mv          Voltage, up to DICREC_MAX_VOLTAGE_MV, of either sign.
 * @param n_columns     Columns of a row, 1 to dicrec_dic_count().
 * @param dics          [n][n_columns], receives g_f, g_s, g_u, g_t.
 * @return OK, E_ARGUMENT, E_RANGE (the text names row, channel and value; also: a result is not finite).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_dic_compute(dicrec_context *context, const dicrec_model *model,
                                            const double *conductances, size_t n, double v_mv, size_t n_columns,
                                            double *dics);

/**
 * Sensitivity matrices: [g_f g_s g_u]' = S(V) g for each set.
 *
 * S depends on the set only through calcium and through the division by its leak.
 * @param context        Context.
 * @param model          Model.
 * @param conductances   [n][n_channels], as in dicrec_dic_compute().
 * @param n              Number of sets.
 * @param v_mv           Voltage, up to DICREC_MAX_VOLTAGE_MV, of either sign.
 * @param n_rows         Rows of S, 1 to 3: those of g_f, g_s, g_u.
 * @param sensitivities  [n][n_rows][n_channels], receives S, cm2/mS.
 * @return OK, E_ARGUMENT, E_RANGE (also: a result is not finite).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_dic_sensitivity(dicrec_context *context, const dicrec_model *model,
                                                const double *conductances, size_t n, double v_mv, size_t n_rows,
                                                double *sensitivities);

/**
 * Static current: the total ionic current with every gate and calcium at steady state.
 *
 * @param context       Context.
 * @param model         Model.
 * @param conductances  [n][n_channels], as in dicrec_dic_compute().
 * @param n             Number of sets.
 * @param v_mv          Voltage, up to DICREC_MAX_VOLTAGE_MV, of either sign.
 * @param currents      [n], receives uA/cm2, outward positive.
 * @return OK, E_ARGUMENT, E_RANGE (also: a result is not finite).
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_dic_static_current(dicrec_context *context, const dicrec_model *model,
                                                   const double *conductances, size_t n, double v_mv, double *currents);

/**
 * Threshold in general: the first voltage, going up, where g_t falls through zero.
 *
 * Searched on a grid of 0.1 mV and refined to 1e-10 mV.
 * @param context        Context.
 * @param model          Model.
 * @param conductances   [n][n_channels], as in dicrec_dic_compute().
 * @param n              Number of sets.
 * @param v_range_mv     [2], lowest and highest voltage, or NULL for DICREC_THRESHOLD_LEAST_MV to
 *                       DICREC_THRESHOLD_MOST_MV.
 * @param thresholds_mv  [n], receives the voltages; NaN where there is none.
 * @return OK, W_THRESHOLD (at least one set has none; the text names the first), E_ARGUMENT, E_RANGE.
 * Threads: the context's. Since 0.1.
 */
DICREC_API dicrec_status dicrec_dic_threshold(dicrec_context *context, const dicrec_model *model,
                                              const double *conductances, size_t n, const double *v_range_mv,
                                              double *thresholds_mv);

#ifdef __cplusplus
}
#endif

#endif
