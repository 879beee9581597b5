/* SPDX-License-Identifier: MIT */
#include "dic/member.h"

#include <string.h>

#include "core/random.h"
#include "dicrec/population.h"

static double draw_leak(const dicrec__member_law *law, dicrec__random *random, double mean) {
  const double *range = law->ranges[law->sensitivity.table->leak], width = range[1] - range[0];
  if (law->leak_law == DICREC_LEAK_FIXED || width <= 0.0) return mean;
  if (law->leak_law == DICREC_LEAK_UNIFORM) return range[0] + width * dicrec__random_uniform(random);
  const double shape = 12.0 * mean * mean / (width * width); /* mean^2 / variance of the uniform law */
  return dicrec__random_gamma(random, shape) * mean / shape;
}

/* Step 1: a leak, and free conductances that scale with it. Channels that are solved later have no range. */
static void draw_base(const dicrec__member_law *law, dicrec__random *random, double *g) {
  const dicrec__model_table *table = law->sensitivity.table;
  const double mean_leak = 0.5 * (law->ranges[table->leak][0] + law->ranges[table->leak][1]);
  const double leak = draw_leak(law, random, mean_leak), factor = leak / mean_leak;
  for (int c = 0; c < table->n_channels; ++c) {
    const double low = law->ranges[c][0], high = law->ranges[c][1];
    if (c == table->leak) g[c] = leak;
    else if (high > low) g[c] = factor * (low + (high - low) * dicrec__random_uniform(random));
    else g[c] = factor * low;
  }
}

static bool all_non_negative(const double *g, int n) {
  bool good = true;
  for (int c = 0; c < n; ++c) good &= g[c] >= 0.0;
  return good;
}

/* Step 3 from a spiking neuron. The first guess of a rule leads Newton to the published branch of solutions. */
static dicrec_status modulate(const dicrec__member_law *law, const int channels[2], const double *start,
                              const double target[2], double *g) {
  const dicrec__compensation compensation = dicrec__compensation_to_target(channels, target);
  if (start[0] != 0.0) g[channels[0]] = start[0] + start[1] * target[0];
  const dicrec_status status = dicrec__compensate(&law->sensitivity, &compensation, g);
  if (status != DICREC_OK) return status;
  return all_non_negative(g, law->sensitivity.table->n_channels) ? DICREC_OK : DICREC_E_INFEASIBLE;
}

/* Draws with one pair of channels until one is valid. Each draw has its own part of the member's stream. */
static dicrec_status draw_with(const dicrec__member_law *law, uint64_t index, uint32_t first_draw,
                               const int channels[2], const double *start, const double target[2],
                               dicrec__member *member) {
  const dicrec__model_table *table = law->sensitivity.table;
  const size_t row = (size_t)table->n_channels * sizeof(double);
  const dicrec__compensation to_spiking = dicrec__compensation_to_spiking(&table->compensation);
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int draw = 0; draw < law->max_draws; ++draw) {
    dicrec__random random;
    dicrec__random_start(&random, law->seed, DICREC__PURPOSE_POPULATION, index, first_draw + (uint32_t)draw);
    double *g = member->conductances;
    draw_base(law, &random, g);
    if (member->base != NULL) memcpy(member->base, g, row);
    status = dicrec__compensate(&law->sensitivity, &to_spiking, g);
    if (status != DICREC_OK) continue;
    if (member->spiking != NULL) memcpy(member->spiking, g, row);
    status = modulate(law, channels, start, target, g);
    if (status == DICREC_OK) return DICREC_OK;
  }
  return status;
}

dicrec_status dicrec__member_draw(const dicrec__member_law *law, uint64_t index, const double target[2],
                                  dicrec__member *member) {
  static const double no_start[2] = {0.0, 0.0};
  const dicrec__compensation_rules *rules = &law->sensitivity.table->compensation;
  if (law->has_channels) return draw_with(law, index, 0, law->channels, no_start, target, member);
  const int first = dicrec__compensation_rule(rules, target);
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int k = 0; k < rules->n_rules && status != DICREC_OK; ++k) {
    const dicrec__rule *rule = &rules->rules[(first + k) % rules->n_rules];
    status = draw_with(law, index, (uint32_t)(k * law->max_draws), rule->channels, rule->start, target, member);
  }
  return status;
}
