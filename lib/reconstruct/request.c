/* SPDX-License-Identifier: MIT */
/** @file request.c Reading and checking the options of all stages. */
#include "reconstruct/request.h"

#include "core/options.h"
#include "core/workers.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "simulator/simulation.h"

static const dicrec_reconstruct_options defaults = {.struct_size = sizeof(dicrec_reconstruct_options),
                                                    .max_candidates = 50,
                                                    .max_drawn = 64,
                                                    .rate_tolerance = 0.015,
                                                    .burst_tolerance = 0.5};

void dicrec_reconstruct_options_init(dicrec_reconstruct_options *options, size_t size) {
  dicrec__options_init(options, size, &defaults, sizeof defaults);
}

static dicrec_status read_own(dicrec_context *context, const dicrec_reconstruct_options *from,
                              dicrec_reconstruct_options *o) {
  *o = defaults;
  const dicrec_status status = dicrec__options_read(context, "dicrec_reconstruct_options", from, o, sizeof *o);
  if (status != DICREC_OK) return status;
  if (o->max_candidates == 0) o->max_candidates = defaults.max_candidates;
  if (o->max_drawn == 0) o->max_drawn = defaults.max_drawn;
  if (o->rate_tolerance == 0.0) o->rate_tolerance = defaults.rate_tolerance;
  if (o->burst_tolerance == 0.0) o->burst_tolerance = defaults.burst_tolerance;
  if (o->target < DICREC_TARGET_AUTO || o->target > DICREC_TARGET_SAMPLE)
    return dicrec__fail_range(context, "target", o->target, "DICREC_TARGET_AUTO, _MEDIAN or _SAMPLE");
  if (o->max_candidates < 1 || o->max_candidates > 10000)
    return dicrec__fail_range(context, "max_candidates", o->max_candidates, "1 to 10000");
  if (o->max_drawn < 1 || o->max_drawn > 100000)
    return dicrec__fail_range(context, "max_drawn", o->max_drawn, "1 to 100000");
  if (o->screening != DICREC_SCREENING_ON && o->screening != DICREC_SCREENING_OFF)
    return dicrec__fail_range(context, "screening", o->screening, "DICREC_SCREENING_ON or _OFF");
  if (o->verify != 0 && o->verify != 1) return dicrec__fail_range(context, "verify", o->verify, "0 or 1");
  if (!(o->rate_tolerance > 0.0)) return dicrec__fail_range(context, "rate_tolerance", o->rate_tolerance, "above 0");
  if (!(o->burst_tolerance > 0.0)) return dicrec__fail_range(context, "burst_tolerance", o->burst_tolerance, "above 0");
  if (o->selection != DICREC_SELECTION_REPRESENTATIVE && o->selection != DICREC_SELECTION_DIVERSE)
    return dicrec__fail_range(context, "selection", o->selection, "DICREC_SELECTION_REPRESENTATIVE or _DIVERSE");
  if (o->noise != DICREC_NOISE_AUTO && o->noise != DICREC_NOISE_FIXED)
    return dicrec__fail_range(context, "noise", o->noise, "DICREC_NOISE_AUTO or _FIXED");
  if (!(o->noise_std >= 0.0 && o->noise_std <= DICREC__MAX_NOISE))
    return dicrec__fail_range(context, "noise_std", o->noise_std, "0 to 1e6");
  if (o->noise == DICREC_NOISE_AUTO && o->noise_std != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "noise_std is %g, but noise is not DICREC_NOISE_FIXED",
                        o->noise_std);
  if (o->reserved != 0) return dicrec__fail(context, DICREC_E_OPTION, "reserved is %d, allowed is 0", (int)o->reserved);
  return dicrec__workers_count(context, o->n_threads, &o->n_threads);
}

/* Options by member, or for parts of a population, mean nothing where candidates have streams of their own. */
static dicrec_status check_of_members(dicrec_context *context, const dicrec__request *request) {
  const bool is_set[] = {request->population.first_member != 0, request->simulate.first_member != 0,
                         request->simulate.member_streams != NULL, request->simulate.member_noise_std != NULL};
  static const char *const names[] = {"generate.first_member", "simulate.first_member", "simulate.member_streams",
                                      "simulate.member_noise_std"};
  for (size_t i = 0; i < sizeof is_set / sizeof is_set[0]; ++i)
    if (is_set[i]) return dicrec__fail(context, DICREC_E_ARGUMENT, "%s is set, but candidates have no order", names[i]);
  return DICREC_OK;
}

/* Members are checked with the noise that they have. */
static dicrec_status check_noise(dicrec_context *context, double noise_std) {
  if (noise_std == 0.0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT,
                      "simulate.noise_std is %g, but members are simulated with their own noise, which noise and "
                      "noise_std of the reconstruction choose",
                      noise_std);
}

/* Members are checked at the time scale of their input. */
static dicrec_status check_time_scale(dicrec_context *context, const dicrec_estimate_options *estimate,
                                      double time_scale) {
  if (time_scale == 0.0 || time_scale == 1.0) return DICREC_OK; /* as the defaults have it */
  if (estimate->auto_scale == 0 && time_scale == estimate->time_scale) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT,
                      "simulate.time_scale is %g, but members are simulated at the input's, which the options of the "
                      "estimate choose",
                      time_scale);
}

dicrec_status dicrec__request_read(dicrec_context *context, const dicrec_estimator *estimator, size_t n_members,
                                   const dicrec_reconstruct_options *options, dicrec__request *request) {
  *request = (dicrec__request){.model = dicrec__estimator_model(estimator), .n_members = n_members};
  if (n_members < 1) return dicrec__fail(context, DICREC_E_RANGE, "n_members is 0, allowed is 1 or more");
  dicrec_status status = read_own(context, options, &request->options);
  dicrec_generate_options_init(&request->population, sizeof request->population);
  dicrec_simulate_options_init(&request->simulate, sizeof request->simulate);
  if (status == DICREC_OK)
    status = dicrec__options_read(context, "dicrec_generate_options", request->options.generate, &request->population,
                                  sizeof request->population);
  if (status == DICREC_OK)
    status = dicrec__options_read(context, "dicrec_simulate_options", request->options.simulate, &request->simulate,
                                  sizeof request->simulate);
  if (status == DICREC_OK) status = check_of_members(context, request);
  if (status == DICREC_OK) status = check_noise(context, request->simulate.noise_std);
  dicrec_estimate_options estimate;
  if (status == DICREC_OK) status = dicrec__estimate_options_read(context, request->options.estimate, &estimate);
  if (status == DICREC_OK) status = dicrec__generate_options_check(context, request->model, &request->population);
  if (status == DICREC_OK) status = dicrec__simulate_options_check(context, request->model, &request->simulate);
  return status == DICREC_OK ? check_time_scale(context, &estimate, request->simulate.time_scale) : status;
}
