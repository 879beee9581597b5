/* SPDX-License-Identifier: MIT */
#include "population/rest.h"

#include <math.h>

#include "dic/sensitivity.h"

/* Between neighbouring voltages of the search, and where it ends: above are the spikes. */
static const double step_mv = 2.0, last_mv = 0.0;

/* Below it every current is inward. */
static double lowest_reversal(const dicrec__model_table *table) {
  double lowest = table->channels[0].reversal_mv;
  for (int c = 1; c < table->n_channels; ++c)
    if (table->channels[c].reversal_mv < lowest) lowest = table->channels[c].reversal_mv;
  return lowest;
}

/* No time scale leads away: the fast DIC, it and the slow one, and all are positive. */
static bool is_stable_on_all_scales(const double dics[DICREC__N_DIC_SCALES]) {
  return dics[0] > 0.0 && dics[0] + dics[1] > 0.0 && dics[0] + dics[1] + dics[2] > 0.0;
}

/*
 * Whether V comes back, the DICs feeding back on it at their time scales, the fast one at once: C dV/dt = -(g_f V +
 * g_s x + g_u y), tau_s dx/dt = V - x, tau_u dy/dt = V - y, by the criterion of Routh and Hurwitz.
 */
static bool comes_back(const dicrec__sensitivity *sensitivity, const double dics[DICREC__N_DIC_SCALES]) {
  const double c = sensitivity->table->capacitance, fast = dics[0] / c, slow = dics[1] / c, ultraslow = dics[2] / c;
  const double p = 1.0 / sensitivity->scales_ms[1], q = 1.0 / sensitivity->scales_ms[2];
  const double a2 = fast + p + q, a1 = fast * (p + q) + p * q + slow * p + ultraslow * q;
  const double a0 = (fast + slow + ultraslow) * p * q;
  return a2 > 0.0 && a0 > 0.0 && a2 * a1 > a0;
}

static bool holds_still(const dicrec__sensitivity *sensitivity, const double *g, bool is_held) {
  double dics[DICREC__N_DIC_SCALES];
  dicrec__dics_times_leak(sensitivity, g, dics);
  for (int s = 0; s < DICREC__N_DIC_SCALES; ++s)
    if (!isfinite(dics[s])) return false;
  return is_held ? comes_back(sensitivity, dics) : is_stable_on_all_scales(dics);
}

/* Where the current turns outward between the voltage before and this one. */
static void look_at(const dicrec__sensitivity *sensitivity, const dicrec__resting *neurons, size_t i) {
  const double *g = neurons->conductances[i];
  const double current = dicrec__static_current(sensitivity, g) - neurons->injected[i];
  if (!isfinite(current)) return;
  if (neurons->before[i] <= 0.0 && current > 0.0) neurons->rests[i] = holds_still(sensitivity, g, neurons->is_held);
  neurons->before[i] = current;
}

void dicrec__find_resting(const dicrec__model_table *table, const dicrec__resting *neurons) {
  dicrec__sensitivity sensitivity;
  dicrec__sensitivity_at(table, table->threshold_mv, &sensitivity);
  for (size_t i = 0; i < neurons->n; ++i) {
    neurons->before[i] = neurons->injected[i] = 0.0;
    if (neurons->is_held && !neurons->rests[i])
      neurons->injected[i] = dicrec__static_current(&sensitivity, neurons->conductances[i]);
  }
  for (double v = lowest_reversal(table); v < last_mv; v += step_mv) {
    dicrec__sensitivity_at(table, v, &sensitivity);
    for (size_t i = 0; i < neurons->n; ++i)
      if (!neurons->rests[i]) look_at(&sensitivity, neurons, i);
  }
}
