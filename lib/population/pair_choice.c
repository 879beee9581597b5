/* SPDX-License-Identifier: MIT */
#include "population/pair_choice.h"

#include <math.h>
#include <string.h>

/* A rule more must be worth this share of the plane, or reach targets that no other rule reaches. */
static const double smallest_gain = 0.02;
/* Rules are added, or moved. */
enum { MAX_ROUNDS = 2 * DICREC__MAX_RULES };

/** Rules with the map's pairs that they stand for. */
struct rule_list {
  int n;
  dicrec__rule rules[DICREC__MAX_RULES];
  const dicrec__pair_reach *pairs[DICREC__MAX_RULES];
};

static struct rule_list with_rule(const struct rule_list *list, int at, const dicrec__pair_reach *pair,
                                  double below_g_s, double below_g_u) {
  struct rule_list more = *list;
  for (int k = more.n++; k > at; --k) {
    more.rules[k] = more.rules[k - 1];
    more.pairs[k] = more.pairs[k - 1];
  }
  more.rules[at] = (dicrec__rule){.below_g_s = below_g_s,
                                  .below_g_u = below_g_u,
                                  .channels = {pair->channels[0], pair->channels[1]},
                                  .start = {0.0, 0.0}};
  more.pairs[at] = pair;
  return more;
}

/* The mean over the plane: of the worth of the rule that comes first, and of the best; and, above both, of what is
 * reached at all. */
static double worth_of(const struct rule_list *list, const dicrec__plane *plane) {
  double sum = 0.0;
  for (int cell = 0; cell < DICREC__GRID_CELLS; ++cell) {
    double target[2];
    float best = 0.0F;
    dicrec__plane_target(plane, cell, target);
    for (int k = 0; k < list->n; ++k)
      if (list->pairs[k]->worth[cell] > best) best = list->pairs[k]->worth[cell];
    const int first = dicrec__compensation_rule(list->rules, list->n, target);
    sum += (double)list->pairs[first]->worth[cell] + (double)best + (best > 0.0F ? 4.0 : 0.0);
  }
  return sum / DICREC__GRID_CELLS;
}

static void take_better(struct rule_list *best, double *worth, const struct rule_list *list,
                        const dicrec__plane *plane) {
  const double now = worth_of(list, plane);
  if (now <= *worth) return;
  *worth = now;
  *best = *list;
}

/* A rule less; the last one always applies. */
static struct rule_list without_rule(const struct rule_list *list, int at) {
  struct rule_list less = *list;
  --less.n;
  for (int k = at; k < less.n; ++k) {
    less.rules[k] = less.rules[k + 1];
    less.pairs[k] = less.pairs[k + 1];
  }
  if (less.n > 0) less.rules[less.n - 1].below_g_s = less.rules[less.n - 1].below_g_u = INFINITY;
  return less;
}

static struct rule_list without_pair(const struct rule_list *list, const dicrec__pair_reach *pair) {
  for (int k = 0; k < list->n; ++k)
    if (list->pairs[k] == pair) return without_rule(list, k);
  return *list;
}

/* A pair in every place that it may have, instead of the one that it has: first below a bound of the grid, or last. */
static void try_pair(const struct rule_list *list, const dicrec__pair_reach *pair, const dicrec__plane *plane,
                     struct rule_list *best, double *worth) {
  const struct rule_list others = without_pair(list, pair);
  if (others.n == DICREC__MAX_RULES) return;
  struct rule_list more = with_rule(&others, others.n, pair, INFINITY, INFINITY);
  take_better(best, worth, &more, plane);
  if (others.n == 0) return;
  for (int k = 1; k < DICREC__GRID_SLOW; ++k) {
    double target[2];
    dicrec__plane_target(plane, k, target);
    more = with_rule(&others, 0, pair, target[0], INFINITY);
    take_better(best, worth, &more, plane);
  }
  for (int k = 1; k < DICREC__GRID_ULTRASLOW; ++k) {
    double target[2];
    dicrec__plane_target(plane, k * DICREC__GRID_SLOW, target);
    more = with_rule(&others, 0, pair, INFINITY, target[1]);
    take_better(best, worth, &more, plane);
  }
}

/* Leave out what later rules have made idle. */
static void prune(struct rule_list *list, const dicrec__plane *plane) {
  for (int k = list->n - 1; k >= 0 && list->n > 1; --k) {
    const struct rule_list less = without_rule(list, k);
    if (worth_of(&less, plane) > worth_of(list, plane) - smallest_gain) *list = less;
  }
}

void dicrec__choose_pairs(const dicrec__reach_map *map, const dicrec__plane *plane, dicrec__compensation_rules *rules) {
  struct rule_list list = {.n = 0};
  double worth = 0.0;
  for (int round = 0; round < MAX_ROUNDS; ++round) {
    struct rule_list best = list;
    double most = worth;
    for (int p = 0; p < map->n_pairs; ++p) try_pair(&list, &map->pairs[p], plane, &best, &most);
    if (most < worth + smallest_gain) break;
    list = best;
    worth = most;
  }
  prune(&list, plane);
  rules->n_rules = list.n;
  memcpy(rules->rules, list.rules, sizeof rules->rules);
}
