/* SPDX-License-Identifier: MIT */
/** @file dic.c The public calls: DICs, sensitivities, static current and threshold of many sets. */
#include <math.h>
#include <string.h>

#include "core/limits.h"
#include "dic/sensitivity.h"
#include "dicrec/dic.h"
#include "dicrec/limits.h"

#define ALLOWED "-" DICREC__TEXT(DICREC_MAX_VOLTAGE_MV) " to " DICREC__TEXT(DICREC_MAX_VOLTAGE_MV) " mV"

static dicrec_status check_sets(dicrec_context *context, const dicrec_model *model, const double *g, size_t n,
                                const void *out) {
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (model == NULL || (n > 0 && (g == NULL || out == NULL)))
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the model, the conductances or the result is NULL");
  const dicrec__model_table *table = model->table;
  const size_t n_channels = (size_t)table->n_channels;
  for (size_t i = 0; i < n; ++i)
    for (size_t c = 0; c < n_channels; ++c) {
      const double value = g[i * n_channels + c];
      const bool is_leak = (int)c == table->leak;
      if (!isfinite(value) || (is_leak && value <= 0.0))
        return dicrec__fail(context, DICREC_E_RANGE, "g_%s of set %zu is %g mS/cm2, allowed are %s values",
                            table->channels[c].name, i, value, is_leak ? "positive" : "finite");
    }
  return DICREC_OK;
}

size_t dicrec_dic_count(void) { return DICREC_DIC_COUNT; }

const char *dicrec_dic_name(size_t column) {
  static const char *const names[DICREC_DIC_COUNT] = {"g_f", "g_s", "g_u", "g_t"};
  return column < DICREC_DIC_COUNT ? names[column] : NULL;
}

/* Targets are the DICs from the slow one on. */
const char *dicrec_model_target_name(const dicrec_model *model, size_t target) {
  return target < dicrec_model_target_count(model) ? dicrec_dic_name(DICREC_DIC_SLOW + target) : NULL;
}

static dicrec_status check_columns(dicrec_context *context, const char *name, size_t n, size_t most) {
  if (n >= 1 && n <= most) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "%s is %zu, allowed is 1 to %zu", name, n, most);
}

/* Check the arguments of a call at one voltage and prepare the map there. */
static dicrec_status begin_at(dicrec_context *context, const dicrec_model *model, const double *g, size_t n,
                              double v_mv, const void *out, dicrec__sensitivity *sensitivity) {
  const dicrec_status status = check_sets(context, model, g, n, out);
  if (status != DICREC_OK) return status;
  if (!(fabs(v_mv) <= DICREC_MAX_VOLTAGE_MV)) return dicrec__fail_range(context, "the voltage", v_mv, ALLOWED);
  dicrec__sensitivity_at(model->table, v_mv, sensitivity);
  return DICREC_OK;
}

/* Finite conductances overflow if they are far from any neuron's. */
static dicrec_status check_finite(dicrec_context *context, const char *what, const double *results, size_t n,
                                  size_t width) {
  for (size_t i = 0; i < n * width; ++i)
    if (!isfinite(results[i]))
      return dicrec__fail(context, DICREC_E_RANGE, "%s of set %zu are not finite, its conductances are too large", what,
                          i / width);
  return DICREC_OK;
}

dicrec_status dicrec_dic_compute(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                 size_t n, double v_mv, size_t n_columns, double *dics) {
  dicrec__sensitivity sensitivity;
  dicrec_status status = begin_at(context, model, conductances, n, v_mv, dics, &sensitivity);
  if (status == DICREC_OK) status = check_columns(context, "n_columns", n_columns, DICREC_DIC_COUNT);
  if (status != DICREC_OK) return status;
  const size_t n_channels = (size_t)model->table->n_channels;
  for (size_t i = 0; i < n; ++i) {
    double row[DICREC_DIC_COUNT];
    dicrec__dics(&sensitivity, conductances + i * n_channels, row);
    memcpy(dics + i * n_columns, row, n_columns * sizeof *dics);
  }
  return check_finite(context, "the DICs", dics, n, n_columns);
}

dicrec_status dicrec_dic_sensitivity(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                     size_t n, double v_mv, size_t n_rows, double *sensitivities) {
  dicrec__sensitivity sensitivity;
  dicrec_status status = begin_at(context, model, conductances, n, v_mv, sensitivities, &sensitivity);
  if (status == DICREC_OK) status = check_columns(context, "n_rows", n_rows, DICREC__N_DIC_SCALES);
  if (status != DICREC_OK) return status;
  const size_t n_channels = (size_t)model->table->n_channels;
  for (size_t i = 0; i < n; ++i) {
    const double *g = conductances + i * n_channels;
    double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS];
    dicrec__sensitivity_columns(&sensitivity, g, columns);
    for (size_t s = 0; s < n_rows; ++s)
      for (size_t c = 0; c < n_channels; ++c)
        sensitivities[(i * n_rows + s) * n_channels + c] = columns[s][c] / g[model->table->leak];
  }
  return check_finite(context, "the sensitivities", sensitivities, n, n_rows * n_channels);
}

dicrec_status dicrec_dic_static_current(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                        size_t n, double v_mv, double *currents) {
  dicrec__sensitivity sensitivity;
  const dicrec_status status = begin_at(context, model, conductances, n, v_mv, currents, &sensitivity);
  if (status != DICREC_OK) return status;
  const size_t n_channels = (size_t)model->table->n_channels;
  for (size_t i = 0; i < n; ++i) currents[i] = dicrec__static_current(&sensitivity, conductances + i * n_channels);
  return check_finite(context, "the static currents", currents, n, 1);
}

/* g_t times the leak: the sign is what a threshold is about. */
static double total(const dicrec__sensitivity *sensitivity, const double *g) {
  double dics[DICREC__N_DIC_SCALES];
  dicrec__dics_times_leak(sensitivity, g, dics);
  return dics[0] + dics[1] + dics[2];
}

static double total_at(const dicrec__model_table *table, const double *g, double v) {
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(table, v, &sensitivity);
  return total(&sensitivity, g);
}

/* Bisection keeps the fall inside; g_t has kinks where time scales cross, so no derivative is used. */
static double refine_threshold(const dicrec__model_table *table, const double *g, double low, double high) {
  for (int i = 0; i < 60 && high - low > 1e-10; ++i) {
    const double middle = 0.5 * (low + high);
    if (total_at(table, g, middle) > 0.0) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

dicrec_status dicrec_dic_threshold(dicrec_context *context, const dicrec_model *model, const double *conductances,
                                   size_t n, const double *v_range_mv, double *thresholds_mv) {
  const dicrec_status status = check_sets(context, model, conductances, n, thresholds_mv);
  if (status != DICREC_OK) return status;
  const double low = v_range_mv == NULL ? DICREC_THRESHOLD_LEAST_MV : v_range_mv[0];
  const double high = v_range_mv == NULL ? DICREC_THRESHOLD_MOST_MV : v_range_mv[1];
  if (!(fabs(low) <= DICREC_MAX_VOLTAGE_MV) || !(fabs(high) <= DICREC_MAX_VOLTAGE_MV) || !(low < high))
    return dicrec__fail(context, DICREC_E_RANGE, "the voltage range is %g to %g mV, allowed are rising ones within %d",
                        low, high, DICREC_MAX_VOLTAGE_MV);
  const dicrec__model_table *table = model->table;
  const size_t n_channels = (size_t)table->n_channels;
  const int n_steps = (int)ceil((high - low) / 0.1);
  const double step = (high - low) / n_steps;
  size_t n_found = 0;
  for (size_t i = 0; i < n; ++i) thresholds_mv[i] = NAN;
  dicrec__sensitivity sides[2]; /* the voltage outside, the sets inside: each voltage is prepared once */
  dicrec__sensitivity_at(table, low, &sides[0]);
  for (int k = 1; k <= n_steps && n_found < n; ++k) {
    const double v = low + step * k;
    dicrec__sensitivity_at(table, v, &sides[k % 2]);
    for (size_t i = 0; i < n; ++i) {
      const double *g = conductances + i * n_channels;
      if (!isnan(thresholds_mv[i]) || !(total(&sides[(k + 1) % 2], g) > 0.0) || total(&sides[k % 2], g) > 0.0) continue;
      thresholds_mv[i] = refine_threshold(table, g, v - step, v);
      ++n_found;
    }
  }
  for (size_t i = 0; i < n; ++i)
    if (isnan(thresholds_mv[i]))
      return dicrec__fail(context, DICREC_W_THRESHOLD, "g_t of set %zu has no falling zero from %g to %g mV", i, low,
                          high);
  return DICREC_OK;
}
