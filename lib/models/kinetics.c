/* SPDX-License-Identifier: MIT */
/** @file kinetics.c What a model's gates do at a voltage, for users to look at. */
#include <math.h>

#include "dicrec/limits.h"
#include "models/dic_scale.h"
#include "models/model.h"

static bool is_allowed(double v_mv) { return fabs(v_mv) <= DICREC_MAX_VOLTAGE_MV; }

dicrec_status dicrec_model_time_scales(const dicrec_model *model, double v_mv, double *tau_ms) {
  if (model == NULL || tau_ms == NULL) return DICREC_E_ARGUMENT;
  if (!is_allowed(v_mv)) return DICREC_E_RANGE;
  const dicrec__model_table *table = model->table;
  const dicrec__dic_scale *scales[] = {&table->fast, &table->slow, &table->ultraslow};
  for (int k = 0; k < 3; ++k) tau_ms[k] = dicrec__dic_scale_at(table, scales[k], v_mv);
  return DICREC_OK;
}

/* The open fraction of a scheme, or a gate; without a time constant of its own: NaN, and 0 where it follows at once. */
static void curves_at(const dicrec__channel *channel, const dicrec__gate *gate, double v, double *steady, double *tau) {
  if (channel->has_scheme) {
    const dicrec__scheme_point point = dicrec__scheme_at(&channel->scheme, v);
    *steady = dicrec__scheme_steady(&point).value;
    *tau = (double)NAN;
    return;
  }
  const dicrec__gate_point point = dicrec__gate_at(gate, v);
  *steady = point.steady.value;
  *tau = dicrec__has_time_constant(gate) ? point.tau.value : 0.0;
}

dicrec_status dicrec_model_gate_curves(const dicrec_model *model, size_t channel, size_t gate, const double *v_mv,
                                       size_t n, double *steady, double *tau_ms) {
  if (model == NULL || (n > 0 && (v_mv == NULL || steady == NULL || tau_ms == NULL))) return DICREC_E_ARGUMENT;
  if (channel >= (size_t)model->table->n_channels || gate > 1) return DICREC_E_RANGE;
  const dicrec__channel *of = &model->table->channels[channel];
  const dicrec__gate *which = gate == 0 ? &of->activation : &of->inactivation;
  if (of->has_scheme ? gate != 0 : which->kind == DICREC__GATE_ABSENT) return DICREC_E_RANGE;
  for (size_t i = 0; i < n; ++i)
    if (!is_allowed(v_mv[i])) return DICREC_E_RANGE;
  for (size_t i = 0; i < n; ++i) curves_at(of, which, v_mv[i], &steady[i], &tau_ms[i]);
  return DICREC_OK;
}
