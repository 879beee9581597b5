/* SPDX-License-Identifier: MIT */
#include "population/member.h"

#include <math.h>
#include <string.h>

#include "core/random.h"
#include "dicrec/limits.h"
#include "dicrec/population.h"

/* Draws, some tens of microseconds of them, between two looks at whether to stop. */
static const int look_every = 64;

/* Of the gamma law with the mean and the variance of the uniform law of a range. */
static double gamma_shape(const double range[2], double mean) {
  const double ratio = mean / (range[1] - range[0]);
  return 12.0 * ratio * ratio;
}

static double draw_leak(const dicrec__member_law *law, dicrec__random *random, double mean) {
  const double *range = law->ranges[law->sensitivity.table->leak], width = range[1] - range[0];
  if (law->leak_law == DICREC_LEAK_FIXED || width <= 0.0) return mean;
  if (law->leak_law == DICREC_LEAK_UNIFORM) return range[0] + width * dicrec__random_uniform(random);
  const double shape = gamma_shape(range, mean);
  return dicrec__random_gamma(random, shape) * mean / shape;
}

/* A leak, and free conductances that scale with it. Channels that are solved later have no range. */
void dicrec__member_base(const dicrec__member_law *law, uint64_t stream, uint32_t draw, double *g) {
  dicrec__random random;
  dicrec__random_start(&random, law->seed, DICREC__PURPOSE_POPULATION, stream, draw);
  const dicrec__model_table *table = law->sensitivity.table;
  const double mean_leak = 0.5 * (law->ranges[table->leak][0] + law->ranges[table->leak][1]);
  const double leak = draw_leak(law, &random, mean_leak), factor = leak / mean_leak;
  for (int c = 0; c < table->n_channels; ++c) {
    const double low = law->ranges[c][0], high = law->ranges[c][1];
    if (c == table->leak) g[c] = leak;
    else if (dicrec__is_drawn(law->ranges[c])) g[c] = factor * (low + (high - low) * dicrec__random_uniform(&random));
    else g[c] = factor * low;
  }
}

/* Step 1 from coordinates; false if no leak is that small. */
static bool set_base(const dicrec__member_law *law, const double *coordinates, double *g) {
  const dicrec__model_table *table = law->sensitivity.table;
  const double *of_leak = law->ranges[table->leak], mean_leak = 0.5 * (of_leak[0] + of_leak[1]);
  const double shape = gamma_shape(of_leak, mean_leak);
  const double root = 1.0 - 1.0 / (9.0 * shape) + coordinates[0] / (3.0 * sqrt(shape));
  const double factor = root * root * root;
  int k = 1;
  for (int c = 0; c < table->n_channels; ++c) {
    const double low = law->ranges[c][0], high = law->ranges[c][1];
    if (c == table->leak) g[c] = factor * mean_leak;
    else if (dicrec__is_drawn(law->ranges[c]))
      g[c] = factor * (low + (high - low) * 0.5 * erfc(-coordinates[k++] * sqrt(0.5)));
    else g[c] = factor * low;
  }
  return root > 0.0;
}

/* How near the DICs come to a target where rounding is small, and must come to be good; relative to those above 1. */
static const double usual_miss = 1e-12, largest_miss = 1e-9;

static bool is_met(double dic, double target, double miss) {
  return fabs(dic - target) <= miss * (fabs(target) > 1.0 ? fabs(target) : 1.0);
}

/* Whether what was solved for is a member: conductances that are allowed, and DICs, as they are reported, that are the
 * target. */
static dicrec_status check_solution(const dicrec__member_law *law, const double target[2], double miss,
                                    const dicrec__member *member) {
  const double *g = member->conductances;
  bool is_allowed = true;
  for (int c = 0; c < law->sensitivity.table->n_channels; ++c)
    is_allowed &= g[c] >= 0.0 && g[c] <= DICREC_MAX_CONDUCTANCE;
  if (!is_allowed) return DICREC_E_INFEASIBLE;
  dicrec__dics(&law->sensitivity, g, member->dics);
  const bool has_target = is_met(member->dics[DICREC_DIC_SLOW], target[0], miss) &&
                          is_met(member->dics[DICREC_DIC_ULTRASLOW], target[1], miss);
  return has_target && isfinite(member->dics[DICREC_DIC_TOTAL]) ? DICREC_OK : DICREC_E_CONVERGENCE;
}

/* Step 3, once more where the first solution misses by more than is usual. */
static dicrec_status solve_for_target(const dicrec__member_law *law, int rule, const double target[2],
                                      const dicrec__member *member) {
  dicrec_status status = DICREC_OK;
  for (int round = 0; round < 2; ++round) {
    status = dicrec__compensate(&law->sensitivity, &law->to_target[rule], target, member->conductances);
    if (status != DICREC_OK) return status;
    status = check_solution(law, target, round == 0 ? usual_miss : largest_miss, member);
    if (status != DICREC_E_CONVERGENCE) return status;
  }
  return status;
}

/* Steps 2 and 3 of a base draw. The first guess of a rule leads Newton to the published branch of solutions. */
static dicrec_status compensate(const dicrec__member_law *law, int rule, const double target[2],
                                const dicrec__member *member) {
  const dicrec__sensitivity *sensitivity = &law->sensitivity;
  const size_t row = (size_t)sensitivity->table->n_channels * sizeof(double);
  double *g = member->conductances;
  if (member->base != NULL) memcpy(member->base, g, row);
  dicrec_status status = dicrec__compensate(sensitivity, &law->to_spiking, law->spiking_point, g);
  if (status != DICREC_OK) return status;
  if (member->spiking != NULL) memcpy(member->spiking, g, row);
  const double *start = law->rules[rule].start;
  if (start[0] != 0.0) g[law->rules[rule].channels[0]] = start[0] + start[1] * target[0];
  return solve_for_target(law, rule, target, member);
}

dicrec_status dicrec__member_make(const dicrec__member_law *law, const double *coordinates, const double target[2],
                                  const dicrec__member *member) {
  const int first = dicrec__compensation_rule(law->rules, law->n_rules, target);
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int k = 0; k < law->n_rules && status != DICREC_OK; ++k) {
    if (!set_base(law, coordinates, member->conductances)) return DICREC_E_INFEASIBLE;
    status = compensate(law, (first + k) % law->n_rules, target, member);
  }
  return status;
}

/* Draws with one rule until one is valid. Each draw has its own part of the member's stream. */
static dicrec_status draw_with(const dicrec__member_law *law, dicrec__worker *worker, uint64_t stream,
                               uint32_t first_draw, int rule, const double target[2], const dicrec__member *member) {
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int draw = 0; draw < law->max_draws && status != DICREC_OK; ++draw) {
    if (draw % look_every == look_every - 1 && dicrec__worker_stopped(worker)) return DICREC_E_CANCELLED;
    dicrec__member_base(law, stream, first_draw + (uint32_t)draw, member->conductances);
    status = compensate(law, rule, target, member);
  }
  return status;
}

dicrec_status dicrec__member_draw(const dicrec__member_law *law, dicrec__worker *worker, uint64_t stream,
                                  const double target[2], dicrec__member *member) {
  const int first = dicrec__compensation_rule(law->rules, law->n_rules, target);
  dicrec_status status = DICREC_E_INFEASIBLE;
  for (int k = 0; k < law->n_rules && status != DICREC_OK && status != DICREC_E_CANCELLED; ++k)
    status = draw_with(law, worker, stream, (uint32_t)(k * law->max_draws), (first + k) % law->n_rules, target, member);
  return status;
}

void dicrec__member_law_prepare(dicrec__member_law *law, const dicrec__model_table *table,
                                const dicrec__compensation_rules *rules, const int32_t *channels) {
  dicrec__sensitivity_at(table, table->threshold_mv, &law->sensitivity);
  law->to_spiking = dicrec__compensation_to_spiking(&law->sensitivity, rules->spiking_channels);
  memcpy(law->spiking_point, rules->spiking_point, sizeof law->spiking_point);
  law->n_rules = channels != NULL ? 1 : rules->n_rules;
  memcpy(law->rules, rules->rules, sizeof law->rules);
  if (channels != NULL)
    law->rules[0] = (dicrec__rule){
        .below_g_s = INFINITY, .below_g_u = INFINITY, .channels = {channels[0], channels[1]}, .start = {0.0, 0.0}};
  for (int r = 0; r < law->n_rules; ++r)
    law->to_target[r] = dicrec__compensation_to_target(&law->sensitivity, law->rules[r].channels);
}
