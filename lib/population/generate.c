/* SPDX-License-Identifier: MIT */
/** @file generate.c Populations from DIC targets, member by member on any number of threads. */
#include "population/generate.h"

#include <math.h>
#include <string.h>

#include "core/limits.h"
#include "core/options.h"
#include "core/random.h"
#include "core/workers.h"
#include "dicrec/dic.h"
#include "dicrec/limits.h"
#include "population/member.h"
#include "population/population.h"
#include "population/rules.h"

/* Far below any neuron's, in mS/cm2: what is divided by a leak stays finite. */
static const double smallest_leak = 1e-9;
/* What a worker draws before it looks for more. */
enum { MEMBERS_AT_ONCE = 256 };

void dicrec_generate_options_init(dicrec_generate_options *options, size_t size) {
  dicrec_generate_options unset = {.struct_size = sizeof unset};
  dicrec__limits_init(DICREC__generate, &unset);
  dicrec__options_init(options, size, &unset, sizeof unset);
}

/** Conductances that are solved for the two targets. */
enum { N_MODULATED = 2 };

/** One call of dicrec_generate(). */
struct generation {
  dicrec__member_law law;
  const double *targets;
  size_t n_targets;
  const double *base; /**< [n_members][n_base] coordinates of base draws, or NULL: they are drawn */
  size_t n_base;
  dicrec_population *population;
};

static void draw_members(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  const struct generation *generation = user;
  dicrec_population *population = generation->population;
  const size_t n_channels = population->n_channels;
  for (size_t i = begin; i < end && !dicrec__worker_stopped(worker); ++i) {
    const double *target = generation->targets + (generation->n_targets == 1 ? 0 : 2 * i);
    dicrec__member member = {.conductances = population->conductances + i * n_channels,
                             .dics = population->dics + i * DICREC_DIC_COUNT};
    if (population->base != NULL) member.base = population->base + i * n_channels;
    if (population->spiking != NULL) member.spiking = population->spiking + i * n_channels;
    const dicrec_status status =
        generation->base != NULL
            ? dicrec__member_make(&generation->law, generation->base + i * generation->n_base, target, &member)
            : dicrec__member_draw(&generation->law, worker, population->streams[i], target, &member);
    population->status[i] = status;
    if (status != DICREC_OK) dicrec__population_fail_member(population, i, status);
  }
}

static dicrec_status read_ranges(dicrec_context *context, const dicrec__model_table *table, const double *ranges,
                                 dicrec__member_law *law) {
  for (int c = 0; c < table->n_channels; ++c) {
    const double *range = ranges == NULL ? table->channels[c].range : ranges + 2 * (size_t)c;
    const double least = c == table->leak ? smallest_leak : 0.0;
    memcpy(law->ranges[c], range, sizeof law->ranges[c]);
    if (!(range[0] >= least && range[1] >= range[0] && range[1] <= DICREC_MAX_CONDUCTANCE))
      return dicrec__fail(context, DICREC_E_RANGE,
                          "the range of g_%s is %g to %g mS/cm2, allowed are rising ones from %g to %g",
                          table->channels[c].name, range[0], range[1], least, DICREC_MAX_CONDUCTANCE);
  }
  return DICREC_OK;
}

static dicrec_status check_channels(dicrec_context *context, const dicrec__model_table *table,
                                    const dicrec_generate_options *options) {
  if (options->n_channels == 0) return DICREC_OK;
  if (options->n_channels != N_MODULATED)
    return dicrec__fail(context, DICREC_E_RANGE, "n_channels is %d, allowed are 0 and %d", (int)options->n_channels,
                        N_MODULATED);
  if (options->channels == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "n_channels is %d, but channels is NULL", N_MODULATED);
  for (int k = 0; k < N_MODULATED; ++k) {
    const int channel = options->channels[k];
    if (channel < 0 || channel >= table->n_channels || channel == table->leak)
      return dicrec__fail(context, DICREC_E_RANGE, "channels[%d] is %d, allowed are 0 to %d but not the leak", k,
                          channel, table->n_channels - 1);
  }
  if (options->channels[0] == options->channels[1])
    return dicrec__fail(context, DICREC_E_ARGUMENT, "both channels are %s, allowed are two different ones",
                        table->channels[options->channels[0]].name);
  return DICREC_OK;
}

static dicrec_status read_law(dicrec_context *context, const dicrec_model *model,
                              const dicrec_generate_options *options, dicrec__member_law *law) {
  const dicrec__model_table *table = model->table;
  const dicrec__compensation_rules *rules;
  law->seed = options->seed;
  law->max_draws = options->max_draws;
  law->leak_law = options->leak_law;
  dicrec_status status = dicrec__rules_of(context, model, &rules);
  if (status == DICREC_OK) status = read_ranges(context, table, options->ranges, law);
  if (status == DICREC_OK) status = check_channels(context, table, options);
  if (status != DICREC_OK) return status;
  dicrec__member_law_prepare(law, table, rules, options->n_channels != 0 ? options->channels : NULL);
  return DICREC_OK;
}

dicrec_status dicrec__generate_options_check(dicrec_context *context, const dicrec_model *model,
                                             const dicrec_generate_options *options) {
  dicrec__member_law law;
  dicrec_generate_options known = *options;
  const dicrec_status status = dicrec__limits_apply(context, DICREC__generate, &known);
  return status == DICREC_OK ? read_law(context, model, &known, &law) : status;
}

static dicrec_status check_targets(dicrec_context *context, const double *targets, size_t n_targets, size_t n_members) {
  if (n_members < 1) return dicrec__fail(context, DICREC_E_RANGE, "n_members is 0, allowed is 1 or more");
  if (n_targets != 1 && n_targets != n_members)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "n_targets is %zu, allowed are 1 and n_members (%zu)", n_targets,
                        n_members);
  for (size_t i = 0; i < 2 * n_targets; ++i)
    if (!(fabs(targets[i]) <= DICREC_MAX_DIC))
      return dicrec__fail(context, DICREC_E_RANGE, "%s of target %zu is %g, allowed is -%s to %s",
                          dicrec_dic_name(DICREC_DIC_SLOW + i % 2), i / 2, targets[i], DICREC__TEXT(DICREC_MAX_DIC),
                          DICREC__TEXT(DICREC_MAX_DIC));
  return DICREC_OK;
}

/* Members that were not made; the answer of the call. */
static dicrec_status status_of_cancelled(dicrec_context *context, dicrec_population *population) {
  size_t n_made = 0;
  for (size_t i = 0; i < population->n_members; ++i) {
    if (population->status[i] != DICREC_E_CANCELLED) ++n_made;
    else dicrec__population_fail_member(population, i, DICREC_E_CANCELLED);
  }
  return dicrec__fail(context, DICREC_W_PARTIAL, "cancelled: %zu of %zu members were made", n_made,
                      population->n_members);
}

static dicrec_status status_of_call(dicrec_context *context, const dicrec_population *population) {
  const size_t n_valid = dicrec_population_valid_count(population);
  if (n_valid == population->n_members) return DICREC_OK;
  size_t first = 0;
  while (population->status[first] == DICREC_OK) ++first;
  return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu members are valid; member %zu: %s", n_valid,
                      population->n_members, first, dicrec_status_text(population->status[first]));
}

/* The first target outside the model's range, beside the remark that there may be already. */
static dicrec_status remark_range(dicrec_context *context, const dicrec_model *model, const double *targets,
                                  size_t n_targets, dicrec_status status) {
  for (size_t i = 0; i < 2 * n_targets; ++i) {
    double range[2];
    dicrec_model_target_range(model, i % 2, range);
    if (targets[i] >= range[0] && targets[i] <= range[1]) continue;
    char before[DICREC__ERROR_SIZE] = "";
    if (status != DICREC_OK) dicrec__copy_text(context->error, before, sizeof before);
    return dicrec__fail(context, status != DICREC_OK ? status : DICREC_W_RANGE,
                        "%s%s%s of target %zu is %g, populations of model %s are for %g to %g", before,
                        before[0] == '\0' ? "" : "; ", dicrec_dic_name(DICREC_DIC_SLOW + i % 2), i / 2, targets[i],
                        dicrec_model_name(model), range[0], range[1]);
  }
  return status;
}

/* A cancelled call has a population too, of members that are E_CANCELLED where they are not made. */
static dicrec_status generate(dicrec_context *context, const dicrec_model *model, const double *targets,
                              size_t n_targets, size_t n_members, const uint64_t *streams, const double *base,
                              const dicrec_generate_options *options, dicrec_population **population) {
  if (population != NULL) *population = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (model == NULL || targets == NULL || population == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the model, the targets or the result is NULL");
  dicrec_generate_options known;
  dicrec_generate_options_init(&known, sizeof known);
  dicrec_status status = dicrec__options_read(context, "dicrec_generate_options", options, &known, sizeof known);
  struct generation generation = {.targets = targets, .n_targets = n_targets, .base = base};
  generation.n_base = (size_t)dicrec__model_base_count(model->table);
  if (status == DICREC_OK) status = check_targets(context, targets, n_targets, n_members);
  if (status == DICREC_OK) status = dicrec__check_first_member(context, known.first_member, n_members);
  if (status == DICREC_OK) status = dicrec__limits_apply(context, DICREC__generate, &known);
  if (status == DICREC_OK) status = read_law(context, model, &known, &generation.law);
  if (status == DICREC_OK)
    status = dicrec__population_create(context, model, n_members, known.keep_raw != 0, &generation.population);
  if (status != DICREC_OK) return status;
  for (size_t i = 0; i < n_members; ++i) {
    generation.population->streams[i] = streams != NULL ? streams[i] : known.first_member + i;
    generation.population->status[i] = DICREC_E_CANCELLED; /* until it is made */
  }
  status = dicrec__workers_run(context, known.n_threads, n_members, MEMBERS_AT_ONCE, 0.0, draw_members, &generation);
  *population = generation.population;
  return status == DICREC_OK ? status_of_call(context, generation.population) : status;
}

dicrec_status dicrec_generate(dicrec_context *context, const dicrec_model *model, const double *targets,
                              size_t n_targets, size_t n_columns, size_t n_members,
                              const dicrec_generate_options *options, dicrec_population **population) {
  if (context != NULL && model != NULL && n_columns != N_MODULATED) {
    if (population != NULL) *population = NULL;
    return dicrec__fail(context, DICREC_E_RANGE, "n_columns is %zu, allowed is %d, the number of target DICs",
                        n_columns, N_MODULATED);
  }
  dicrec_status status = generate(context, model, targets, n_targets, n_members, NULL, NULL, options, population);
  if (status == DICREC_E_CANCELLED) status = status_of_cancelled(context, *population);
  return status < 0 ? status : remark_range(context, model, targets, n_targets, status);
}

dicrec_status dicrec__generate_from(dicrec_context *context, const dicrec_model *model, const double *targets,
                                    size_t n_targets, size_t n_members, const uint64_t *streams, const double *base,
                                    const dicrec_generate_options *options, dicrec_population **population) {
  const dicrec_status status =
      generate(context, model, targets, n_targets, n_members, streams, base, options, population);
  if (status != DICREC_E_CANCELLED) return status;
  dicrec_population_free(*population);
  *population = NULL;
  return status;
}
