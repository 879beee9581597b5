/* SPDX-License-Identifier: MIT */
#include "population/plane_choice.h"

#include <math.h>
#include <string.h>

#include "population/rest.h"

/* How far the plane goes, in the largest DIC of the spiking neuron: wide, and nearer where nothing is found. */
static const double widths[] = {4.0, 1.0, 0.25};
enum { N_WIDTHS = sizeof widths / sizeof widths[0] };

/* What a box gains by a cell of each kind; a resting one is as good where too few fire for any box. */
static const int gain_firing = 1, gain_resting = -1, gain_beyond = -8;

/** The neurons of one draw, the best pair of each cell solved for it. */
struct plane_search {
  double neurons[DICREC__GRID_CELLS][DICREC__MAX_CHANNELS];
  bool rests[DICREC__GRID_CELLS];
  double before[DICREC__GRID_CELLS], injected[DICREC__GRID_CELLS];
  int n_made[DICREC__GRID_CELLS], n_firing[DICREC__GRID_CELLS]; /**< draws */
};

static const dicrec__pair_reach *best_pair(const dicrec__reach_map *map, int cell) {
  const dicrec__pair_reach *best = NULL;
  float worth = 0.0F;
  for (int p = 0; p < map->n_pairs; ++p)
    if (map->pairs[p].worth[cell] > worth) {
      best = &map->pairs[p];
      worth = best->worth[cell];
    }
  return best;
}

static bool make_neuron(const dicrec__sensitivity *sensitivity, const dicrec__pair_reach *pair,
                        const dicrec__plane *plane, int cell, const double *from, double *g) {
  double target[2];
  if (pair == NULL) return false;
  const dicrec__compensation compensation = dicrec__compensation_to_target(sensitivity, pair->channels);
  dicrec__plane_target(plane, cell, target);
  return dicrec__draw_solve(sensitivity, &compensation, target, from, g);
}

static void try_draw(const dicrec__sensitivity *sensitivity, const dicrec__reach_map *map, const dicrec__plane *plane,
                     const double *from, bool is_held, struct plane_search *search) {
  for (int cell = 0; cell < DICREC__GRID_CELLS; ++cell) {
    const bool is_made = make_neuron(sensitivity, best_pair(map, cell), plane, cell, from, search->neurons[cell]);
    search->n_made[cell] += is_made;
    search->rests[cell] = !is_made;
  }
  const dicrec__resting resting = {.conductances = (const double(*)[DICREC__MAX_CHANNELS])search->neurons,
                                   .n = DICREC__GRID_CELLS,
                                   .rests = search->rests,
                                   .before = search->before,
                                   .injected = search->injected,
                                   .is_held = is_held};
  dicrec__find_resting(sensitivity->table, &resting);
  for (int cell = 0; cell < DICREC__GRID_CELLS; ++cell) search->n_firing[cell] += !search->rests[cell];
}

static int gain_of(const struct plane_search *search, int n_draws, bool may_rest, int cell) {
  if (2 * search->n_made[cell] < n_draws) return gain_beyond;
  return may_rest || 2 * search->n_firing[cell] >= n_draws ? gain_firing : gain_resting;
}

/* The box around a cell with the largest gain, by its first and last cell; whether there is one. */
static bool find_box(const struct plane_search *search, int n_draws, bool may_rest, int cell, int box[2]) {
  const int within_s = cell % DICREC__GRID_SLOW, within_u = cell / DICREC__GRID_SLOW;
  int most = 0;
  for (int u = 0; u <= within_u; ++u)
    for (int s = 0; s <= within_s; ++s) {
      int columns[DICREC__GRID_SLOW] = {0}; /* gains of each g_s from the row u on */
      for (int last_u = u; last_u < DICREC__GRID_ULTRASLOW; ++last_u) {
        int sum = 0;
        for (int last_s = s; last_s < DICREC__GRID_SLOW; ++last_s) {
          columns[last_s] += gain_of(search, n_draws, may_rest, last_u * DICREC__GRID_SLOW + last_s);
          sum += columns[last_s];
          if (sum <= most || last_s < within_s || last_s == s || last_u < within_u || last_u == u) continue;
          most = sum;
          box[0] = u * DICREC__GRID_SLOW + s;
          box[1] = last_u * DICREC__GRID_SLOW + last_s;
        }
      }
    }
  return most > 0;
}

/* The cell nearest to the spiking neuron that is reached; 0 if none is. */
static int nearest_cell(const struct plane_search *search, int n_draws, const dicrec__plane *plane,
                        const double point[2]) {
  int nearest = 0;
  double least = INFINITY;
  for (int cell = 0; cell < DICREC__GRID_CELLS; ++cell) {
    double target[2];
    dicrec__plane_target(plane, cell, target);
    const double distance = hypot(target[0] - point[0], target[1] - point[1]);
    if (distance >= least || 2 * search->n_made[cell] < n_draws) continue;
    least = distance;
    nearest = cell;
  }
  return nearest;
}

/** One look for a box: how far, and whether neurons may rest. */
struct box_search {
  double far;
  bool may_rest;
};

/* The box of a wide plane; E_INFEASIBLE: there is none. */
static dicrec_status look_for_box(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                  const dicrec__spiking_choice *spiking, const dicrec__compensation_rules *rules,
                                  const struct box_search *wanted, struct plane_search *search, dicrec__plane *plane) {
  const dicrec__plane wide = {{-wanted->far, wanted->far}, {0.0, wanted->far}};
  dicrec__reach_map *map = dicrec__reach_map_make(allocator, sensitivity, spiking, rules, &wide);
  if (map == NULL) return DICREC_E_MEMORY;
  memset(search, 0, sizeof *search);
  for (int d = 0; d < spiking->n_solved; ++d)
    try_draw(sensitivity, map, &wide, spiking->solved[d], spiking->is_held, search);
  dicrec__release(allocator, map);
  int box[2] = {0, 0};
  const int around = nearest_cell(search, spiking->n_solved, &wide, spiking->point + 1);
  if (!find_box(search, spiking->n_solved, wanted->may_rest, around, box)) return DICREC_E_INFEASIBLE;
  double low[2], high[2];
  dicrec__plane_target(&wide, box[0], low);
  dicrec__plane_target(&wide, box[1], high);
  *plane = (dicrec__plane){{low[0], high[0]}, {low[1], high[1]}};
  return DICREC_OK;
}

dicrec_status dicrec__choose_plane(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                   const dicrec__spiking_choice *spiking, const dicrec__compensation_rules *rules,
                                   dicrec__plane *plane) {
  const double *point = spiking->point;
  const double largest = fmax(fabs(point[0]), fmax(fabs(point[1]), fabs(point[2])));
  struct plane_search *search = dicrec__allocate(allocator, 1, sizeof *search);
  if (search == NULL) return DICREC_E_MEMORY;
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int k = 0; k < 2 * N_WIDTHS && status == DICREC_E_INFEASIBLE; ++k) {
    const struct box_search wanted = {.far = widths[k % N_WIDTHS] * largest, .may_rest = k >= N_WIDTHS};
    status = look_for_box(allocator, sensitivity, spiking, rules, &wanted, search, plane);
  }
  dicrec__release(allocator, search);
  return status;
}
