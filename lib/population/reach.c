/* SPDX-License-Identifier: MIT */
#include "population/reach.h"

#include <math.h>

void dicrec__plane_target(const dicrec__plane *plane, int cell, double target[2]) {
  const int slow = cell % DICREC__GRID_SLOW, ultraslow = cell / DICREC__GRID_SLOW;
  target[0] = plane->g_s[0] + (plane->g_s[1] - plane->g_s[0]) * slow / (DICREC__GRID_SLOW - 1);
  target[1] = plane->g_u[0] + (plane->g_u[1] - plane->g_u[0]) * ultraslow / (DICREC__GRID_ULTRASLOW - 1);
}

/* How far a conductance is from the range of its channel, as a ratio up to 1; draws scale with their leak. */
static double nearness(const dicrec__model_table *table, int c, const double *g) {
  const double *range = table->channels[c].range, *of_leak = table->channels[table->leak].range;
  if (dicrec__is_open_channel(table, c)) return 1.0;
  const double factor = g[table->leak] / (0.5 * (of_leak[0] + of_leak[1]));
  if (g[c] > factor * range[1]) return factor * range[1] / g[c];
  return g[c] < factor * range[0] ? g[c] / (factor * range[0]) : 1.0;
}

static double worth_of(const dicrec__sensitivity *sensitivity, const dicrec__compensation *compensation,
                       double fast_before, const double *g) {
  double dics[DICREC__N_DIC_SCALES];
  dicrec__dics_times_leak(sensitivity, g, dics);
  const double change = fabs(dics[0] / g[sensitivity->table->leak] - fast_before) / (fabs(fast_before) + 1.0);
  double worth = 1.0 / (1.0 + change);
  if (!isfinite(worth)) return 0.0;
  for (int k = 0; k < 2; ++k) worth *= nearness(sensitivity->table, compensation->channels[k], g);
  return worth;
}

static void look_at(const dicrec__sensitivity *sensitivity, const dicrec__spiking_choice *spiking,
                    const dicrec__plane *plane, dicrec__pair_reach *pair) {
  const dicrec__compensation compensation = dicrec__compensation_to_target(sensitivity, pair->channels);
  if (compensation.is_constant && compensation.is_singular) return;
  for (int cell = 0; cell < DICREC__GRID_CELLS; ++cell) {
    double target[2], sum = 0.0, g[DICREC__MAX_CHANNELS];
    dicrec__plane_target(plane, cell, target);
    for (int d = 0; d < spiking->n_solved; ++d)
      if (dicrec__draw_solve(sensitivity, &compensation, target, spiking->solved[d], g))
        sum += worth_of(sensitivity, &compensation, spiking->point[0], g);
    pair->worth[cell] = (float)(sum / spiking->n_solved);
  }
}

static bool may_be_solved(const dicrec__compensation_rules *rules, int a, int b) {
  bool is_there = rules->n_rules == 0;
  for (int r = 0; r < rules->n_rules; ++r) {
    const int *pair = rules->rules[r].channels;
    is_there |= (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
  }
  return is_there;
}

dicrec__reach_map *dicrec__reach_map_make(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                          const dicrec__spiking_choice *spiking,
                                          const dicrec__compensation_rules *rules, const dicrec__plane *plane) {
  const dicrec__model_table *table = sensitivity->table;
  const size_t n = (size_t)table->n_channels;
  dicrec__reach_map *map = dicrec__allocate(allocator, 1, sizeof *map + n * (n - 1) / 2 * sizeof(dicrec__pair_reach));
  for (int a = 0; a < table->n_channels && map != NULL; ++a)
    for (int b = a + 1; b < table->n_channels; ++b) {
      if (a == table->leak || b == table->leak || !may_be_solved(rules, a, b)) continue;
      dicrec__pair_reach *pair = &map->pairs[map->n_pairs++];
      pair->channels[0] = a, pair->channels[1] = b;
      look_at(sensitivity, spiking, plane, pair);
    }
  return map;
}
