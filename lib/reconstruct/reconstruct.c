/* SPDX-License-Identifier: MIT */
/** @file reconstruct.c The pipeline: spikes, posterior, population, check. */
#include <math.h>

#include "core/options.h"
#include "dic/generate.h"
#include "estimator/estimator.h"
#include "reconstruct/verify.h"

static const dicrec_reconstruct_options defaults = {.struct_size = sizeof(dicrec_reconstruct_options),
                                                    .max_candidates = 50,
                                                    .rate_tolerance = 0.02,
                                                    .burst_tolerance = 0.5};

void dicrec_reconstruct_options_init(dicrec_reconstruct_options *options, size_t size) {
  dicrec__options_init(options, size, &defaults, sizeof defaults);
}

static dicrec_status read_options(dicrec_context *context, const dicrec_reconstruct_options *from,
                                  dicrec_reconstruct_options *o) {
  *o = defaults;
  const dicrec_status status = dicrec__options_read(context, "dicrec_reconstruct_options", from, o, sizeof *o);
  if (status != DICREC_OK) return status;
  if (o->max_candidates == 0) o->max_candidates = defaults.max_candidates;
  if (o->rate_tolerance == 0.0) o->rate_tolerance = defaults.rate_tolerance;
  if (o->burst_tolerance == 0.0) o->burst_tolerance = defaults.burst_tolerance;
  if (o->target != DICREC_TARGET_MEDIAN && o->target != DICREC_TARGET_SAMPLE)
    return dicrec__fail_range(context, "target", o->target, "DICREC_TARGET_MEDIAN or _SAMPLE");
  if (o->max_candidates < 1 || o->max_candidates > 10000)
    return dicrec__fail_range(context, "max_candidates", o->max_candidates, "1 to 10000");
  if (!(o->rate_tolerance > 0.0)) return dicrec__fail_range(context, "rate_tolerance", o->rate_tolerance, "above 0");
  if (!(o->burst_tolerance > 0.0)) return dicrec__fail_range(context, "burst_tolerance", o->burst_tolerance, "above 0");
  return DICREC_OK;
}

static dicrec_status make_unverified(dicrec_context *context, const dicrec__verification *asked,
                                     dicrec_reconstruction *made) {
  double *targets = dicrec__allocate(&context->allocator, asked->n_members, 2 * sizeof *targets);
  if (targets == NULL) return dicrec__fail_memory(context, "the targets of the members");
  dicrec__candidate_targets(asked->posterior, asked->options.target, asked->population.seed, 0, asked->n_members,
                            targets);
  const dicrec_status status = dicrec__population_generate_from(
      context, asked->model, targets, asked->n_members, 0, asked->n_members, &asked->population, &made->population);
  dicrec__release(&context->allocator, targets);
  return status;
}

/* Read the options of the stages; the check lasts as long as the input. */
static dicrec_status prepare(dicrec_context *context, const dicrec_reconstruct_options *options,
                             dicrec__verification *asked) {
  dicrec_status status = read_options(context, options, &asked->options);
  dicrec_population_options_init(&asked->population, sizeof asked->population);
  dicrec_simulate_options_init(&asked->simulate, sizeof asked->simulate);
  if (status == DICREC_OK)
    status = dicrec__options_read(context, "dicrec_population_options", asked->options.population, &asked->population,
                                  sizeof asked->population);
  if (status == DICREC_OK)
    status = dicrec__options_read(context, "dicrec_simulate_options", asked->options.simulate, &asked->simulate,
                                  sizeof asked->simulate);
  if (status == DICREC_OK && asked->options.verify != 0 && asked->options.verify != 1)
    status = dicrec__fail_range(context, "verify", asked->options.verify, "0 or 1");
  return status;
}

static dicrec_status judge(dicrec_context *context, const dicrec_reconstruction *made, dicrec_status estimated,
                           bool verified, size_t n_members) {
  if (estimated == DICREC_W_SUPPORT)
    return dicrec__fail(context, DICREC_W_SUPPORT, "the input is outside the support (%g)",
                        dicrec_posterior_support(made->posterior));
  const size_t n_good = verified ? made->n_accepted : made->population->n_valid;
  if (n_good == n_members) return DICREC_OK;
  if (verified)
    return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu members fire like the input, of %zu candidates", n_good,
                        n_members, made->n_candidates);
  return dicrec__fail(context, DICREC_W_PARTIAL, "%zu of %zu members are valid", n_good, n_members);
}

static dicrec_status run_pipeline(dicrec_context *context, const dicrec_estimator *estimator,
                                  dicrec__verification *asked, dicrec_reconstruction *made) {
  const dicrec_status estimated =
      dicrec_estimator_run(context, estimator, asked->spikes, asked->options.estimate, &made->posterior);
  if (estimated < 0) return estimated;
  asked->posterior = made->posterior;
  const bool verified = asked->options.verify == 1;
  dicrec_status status;
  if (verified) {
    dicrec__verification_duration(asked->model, asked->spikes, dicrec_posterior_time_scale(made->posterior),
                                  &asked->simulate);
    status = dicrec__verify(context, asked, made);
  } else {
    status = make_unverified(context, asked, made);
  }
  return status < 0 ? status : judge(context, made, estimated, verified, asked->n_members);
}

dicrec_status dicrec_reconstruct(dicrec_context *context, const dicrec_estimator *estimator,
                                 const dicrec_spikes *spikes, size_t n_members,
                                 const dicrec_reconstruct_options *options, dicrec_reconstruction **reconstruction) {
  if (reconstruction != NULL) *reconstruction = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (estimator == NULL || spikes == NULL || reconstruction == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the estimator, the spikes or the result is NULL");
  if (n_members < 1) return dicrec__fail(context, DICREC_E_RANGE, "n_members is 0, allowed is 1 or more");
  if (spikes->n < 3)
    return dicrec__fail(context, DICREC_E_SPIKES, "the train has %zu spikes, at least 3 are needed", spikes->n);
  dicrec__verification asked = {.model = dicrec__estimator_model(estimator), .spikes = spikes, .n_members = n_members};
  dicrec_status status = prepare(context, options, &asked);
  if (status != DICREC_OK) return status;
  dicrec_reconstruction *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a reconstruction");
  made->allocator = context->allocator;
  status = run_pipeline(context, estimator, &asked, made);
  if (status < 0) dicrec_reconstruction_free(made);
  else *reconstruction = made;
  return status;
}
