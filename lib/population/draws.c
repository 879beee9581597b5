/* SPDX-License-Identifier: MIT */
#include "population/draws.h"

#include <string.h>

#include "dicrec/limits.h"
#include "dicrec/population.h"

void dicrec__draws_make(const dicrec__sensitivity *sensitivity, dicrec__draws base) {
  dicrec__member_law law = {.leak_law = DICREC_LEAK_GAMMA};
  law.sensitivity.table = sensitivity->table;
  for (int c = 0; c < sensitivity->table->n_channels; ++c)
    memcpy(law.ranges[c], sensitivity->table->channels[c].range, sizeof law.ranges[c]);
  for (int d = 0; d < DICREC__N_DRAWS; ++d) dicrec__member_base(&law, (uint64_t)d, 0, base[d]);
}

bool dicrec__is_open_channel(const dicrec__model_table *table, int c) {
  return c != table->leak && table->channels[c].range[1] == 0.0;
}

bool dicrec__draw_solve(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                        const double *values, const double *from, double *g) {
  memcpy(g, from, (size_t)sensitivity->table->n_channels * sizeof *g);
  if (dicrec__compensate(sensitivity, compensation, values, g) != DICREC_OK) return false;
  for (int k = 0; k < compensation->n; ++k) {
    const double solved = g[compensation->channels[k]];
    if (!(solved >= 0.0 && solved <= DICREC_MAX_CONDUCTANCE)) return false;
  }
  return true;
}
