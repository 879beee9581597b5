/* SPDX-License-Identifier: MIT */
#include "population/rules.h"

#include <math.h>
#include <string.h>

#include "dicrec/dic.h"
#include "population/pair_choice.h"
#include "population/plane_choice.h"

/** Rules that were chosen, or why there are none. */
struct kept_rules {
  dicrec_status status;
  int hard_dic; /**< the DIC that channels act least on, each taken by itself */
  dicrec__compensation_rules rules;
};

static int count_open(const dicrec__model_table *table) {
  int n = 0;
  for (int c = 0; c < table->n_channels; ++c) n += dicrec__is_open_channel(table, c);
  return n;
}

static bool has_leak(const dicrec__model_table *table) { return table->channels[table->leak].range[0] > 0.0; }

/* The largest share that a DIC has in what a channel does to all of them. */
static double largest_share(const dicrec__sensitivity *sensitivity,
                            double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS], int dic) {
  double largest = 0.0;
  for (int c = 0; c < sensitivity->table->n_channels; ++c) {
    const double sum = fabs(columns[0][c]) + fabs(columns[1][c]) + fabs(columns[2][c]);
    if (c != sensitivity->table->leak && sum > 0.0) largest = fmax(largest, fabs(columns[dic][c]) / sum);
  }
  return largest;
}

static int find_hard_dic(const dicrec__sensitivity *sensitivity, const double *g) {
  double columns[DICREC__N_DIC_SCALES][DICREC__MAX_CHANNELS];
  dicrec__sensitivity_columns(sensitivity, g, columns);
  int hard = 0;
  for (int s = 1; s < DICREC__N_DIC_SCALES; ++s)
    if (largest_share(sensitivity, columns, s) < largest_share(sensitivity, columns, hard)) hard = s;
  return hard;
}

static dicrec_status choose_spiking(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                    dicrec__draws base, dicrec__compensation_rules *rules,
                                    dicrec__spiking_choice *spiking) {
  if (dicrec__has_spiking(rules)) {
    memcpy(spiking->channels, rules->spiking_channels, sizeof spiking->channels);
    memcpy(spiking->point, rules->spiking_point, sizeof spiking->point);
    spiking->is_held = false;
    dicrec__solve_spiking(sensitivity, base, spiking);
    return spiking->n_solved > 0 ? DICREC_OK : DICREC_E_INFEASIBLE;
  }
  const dicrec_status status = dicrec__choose_spiking(allocator, sensitivity, base, spiking);
  if (status != DICREC_OK) return status;
  memcpy(rules->spiking_channels, spiking->channels, sizeof spiking->channels);
  memcpy(rules->spiking_point, spiking->point, sizeof spiking->point);
  return DICREC_OK;
}

static dicrec_status choose_plane(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                  const dicrec__spiking_choice *spiking, dicrec__compensation_rules *rules) {
  const bool has_slow = dicrec__is_drawn(rules->g_s_range), has_ultraslow = dicrec__is_drawn(rules->g_u_range);
  dicrec__plane plane;
  if (has_slow && has_ultraslow) return DICREC_OK;
  const dicrec_status status = dicrec__choose_plane(allocator, sensitivity, spiking, rules, &plane);
  if (status != DICREC_OK) return status;
  if (!has_slow) memcpy(rules->g_s_range, plane.g_s, sizeof rules->g_s_range);
  if (!has_ultraslow) memcpy(rules->g_u_range, plane.g_u, sizeof rules->g_u_range);
  return DICREC_OK;
}

static dicrec_status choose_pairs(const dicrec__allocator *allocator, const dicrec__sensitivity *sensitivity,
                                  const dicrec__spiking_choice *spiking, dicrec__compensation_rules *rules) {
  dicrec__plane plane;
  if (rules->n_rules > 0) return DICREC_OK;
  memcpy(plane.g_s, rules->g_s_range, sizeof plane.g_s);
  memcpy(plane.g_u, rules->g_u_range, sizeof plane.g_u);
  dicrec__reach_map *map = dicrec__reach_map_make(allocator, sensitivity, spiking, rules, &plane);
  if (map == NULL) return DICREC_E_MEMORY;
  dicrec__choose_pairs(map, &plane, rules);
  dicrec__release(allocator, map);
  return rules->n_rules > 0 ? DICREC_OK : DICREC_E_INFEASIBLE;
}

static dicrec_status choose(const dicrec__allocator *allocator, const dicrec__model_table *table,
                            struct kept_rules *kept) {
  dicrec__sensitivity sensitivity;
  dicrec__draws base;
  dicrec__spiking_choice spiking;
  if (!has_leak(table) || count_open(table) > DICREC__MAX_SOLVED) return DICREC_E_ARGUMENT;
  dicrec__sensitivity_at(table, table->threshold_mv, &sensitivity);
  dicrec__draws_make(&sensitivity, base);
  kept->hard_dic = find_hard_dic(&sensitivity, base[0]);
  dicrec_status status = choose_spiking(allocator, &sensitivity, base, &kept->rules, &spiking);
  if (status == DICREC_OK) status = choose_plane(allocator, &sensitivity, &spiking, &kept->rules);
  return status == DICREC_OK ? choose_pairs(allocator, &sensitivity, &spiking, &kept->rules) : status;
}

static bool is_complete(const dicrec__compensation_rules *rules) {
  return rules->n_rules > 0 && dicrec__has_spiking(rules) && dicrec__is_drawn(rules->g_s_range) &&
         dicrec__is_drawn(rules->g_u_range);
}

/* What is kept, made now if nothing is; NULL: no memory. */
static const struct kept_rules *kept_rules_of(const dicrec_model *model) {
  const struct kept_rules *before = dicrec__model_kept(model, DICREC__KEPT_RULES);
  if (before != NULL) return before;
  struct kept_rules *made = dicrec__allocate(&model->allocator, 1, sizeof *made);
  if (made == NULL) return NULL;
  made->rules = model->table->compensation;
  made->status = choose(&model->allocator, model->table, made);
  if (made->status != DICREC_E_MEMORY) return dicrec__model_keep(model, DICREC__KEPT_RULES, made);
  dicrec__release(&model->allocator, made);
  return NULL;
}

static dicrec_status explain(dicrec_context *context, const dicrec__model_table *table, const struct kept_rules *kept) {
  if (!has_leak(table))
    return dicrec__fail(context, kept->status, "model %s makes no populations: the range of %s does not begin above 0",
                        table->name, table->channels[table->leak].name);
  if (kept->status == DICREC_E_ARGUMENT)
    return dicrec__fail(
        context, kept->status,
        "model %s makes no populations: %d channels have no range, allowed are %d, which are solved for", table->name,
        count_open(table), DICREC__MAX_SOLVED);
  if (kept->status == DICREC_E_SINGULAR)
    return dicrec__fail(context, kept->status,
                        "model %s makes no populations: no channel sets %s apart from the other DICs at %g mV",
                        table->name, dicrec_dic_name((size_t)kept->hard_dic), table->threshold_mv);
  return dicrec__fail(
      context, kept->status,
      "model %s makes no populations: its channels reach no DICs of a spiking neuron without a negative "
      "conductance, least of all %s",
      table->name, dicrec_dic_name((size_t)kept->hard_dic));
}

dicrec_status dicrec__rules_of(dicrec_context *context, const dicrec_model *model,
                               const dicrec__compensation_rules **rules) {
  *rules = &model->table->compensation;
  if (is_complete(*rules)) return DICREC_OK;
  const struct kept_rules *kept = kept_rules_of(model);
  if (kept == NULL) return dicrec__fail_memory(context, "the rules of populations");
  *rules = &kept->rules;
  return kept->status == DICREC_OK ? DICREC_OK : explain(context, model->table, kept);
}

dicrec_status dicrec_model_target_range(const dicrec_model *model, size_t target, double *range) {
  static const double none[2] = {0.0, 0.0};
  const dicrec__compensation_rules *rules;
  if (model == NULL || range == NULL) return DICREC_E_ARGUMENT;
  if (target >= dicrec_model_target_count(model)) return DICREC_E_RANGE;
  const dicrec_status status = dicrec__rules_of(NULL, model, &rules);
  if (status == DICREC_E_MEMORY) return status;
  const double *found = target == 0 ? rules->g_s_range : rules->g_u_range;
  memcpy(range, status == DICREC_OK ? found : none, sizeof none);
  return DICREC_OK;
}
