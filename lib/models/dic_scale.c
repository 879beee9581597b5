/* SPDX-License-Identifier: MIT */
#include "models/dic_scale.h"

#include <math.h>

double dicrec__dic_scale_at(const dicrec__model_table *table, const dicrec__dic_scale *scale, double v_mv) {
  if (scale->constant_ms > 0.0) return scale->constant_ms;
  if (scale->constant_ms != 0.0 || scale->channel < 0 || scale->channel >= table->n_channels) return (double)NAN;
  const dicrec__gate *gate = &table->channels[scale->channel].activation;
  return dicrec__has_time_constant(gate) ? dicrec__gate_at(gate, v_mv).tau.value : (double)NAN;
}
