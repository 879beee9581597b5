/* SPDX-License-Identifier: MIT */
/** @file request.c Reading and checking the options of all stages. */
#include "reconstruct/request.h"

#include "core/limits.h"
#include "core/options.h"
#include "core/workers.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "simulator/simulation.h"

void dicrec_reconstruct_options_init(dicrec_reconstruct_options *options, size_t size) {
  dicrec_reconstruct_options unset = {.struct_size = sizeof unset};
  dicrec__limits_init(DICREC__reconstruct, &unset);
  dicrec__options_init(options, size, &unset, sizeof unset);
}

static dicrec_status read_own(dicrec_context *context, const dicrec_reconstruct_options *from,
                              dicrec_reconstruct_options *o) {
  dicrec_reconstruct_options_init(o, sizeof *o);
  dicrec_status status = dicrec__options_read(context, "dicrec_reconstruct_options", from, o, sizeof *o);
  if (status == DICREC_OK) status = dicrec__limits_apply(context, DICREC__reconstruct, o);
  if (status != DICREC_OK) return status;
  if (o->noise == DICREC_NOISE_AUTO && o->noise_std != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "noise_std is %g, but noise is not DICREC_NOISE_FIXED",
                        o->noise_std);
  if (o->reserved != 0) return dicrec__fail(context, DICREC_E_OPTION, "reserved is %d, allowed is 0", (int)o->reserved);
  return DICREC_OK;
}

/* Options by member, or for parts of a population, mean nothing where candidates have streams of their own. */
static dicrec_status check_of_members(dicrec_context *context, const dicrec__request *request) {
  const bool is_set[] = {request->population.first_member != 0, request->simulate.first_member != 0,
                         request->simulate.member_streams != NULL, request->simulate.member_noise_std != NULL,
                         request->simulate.n_initial_states > 1};
  static const char *const names[] = {"generate.first_member", "simulate.first_member", "simulate.member_streams",
                                      "simulate.member_noise_std", "simulate.initial_states"};
  for (size_t i = 0; i < sizeof is_set / sizeof is_set[0]; ++i)
    if (is_set[i]) return dicrec__fail(context, DICREC_E_ARGUMENT, "%s is set, but candidates have no order", names[i]);
  return DICREC_OK;
}

/* What the options of the stages leave open is set by those of the whole; n_threads of many trains is their number at
   once. */
static void take_from_top(dicrec__request *request) {
  const dicrec_reconstruct_options *o = &request->options;
  if (request->population.seed == 0) request->population.seed = o->seed;
  if (request->simulate.seed == 0) request->simulate.seed = o->seed;
}

/* Members are simulated with the noise that they have. */
static dicrec_status check_noise(dicrec_context *context, double noise_std) {
  if (noise_std == 0.0) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT,
                      "simulate.noise_std is %g, but members are simulated with their own noise, which noise and "
                      "noise_std of the reconstruction choose",
                      noise_std);
}

/* Members are simulated at the time scale of their input. */
static dicrec_status check_time_scale(dicrec_context *context, const dicrec_estimate_options *estimate,
                                      double time_scale) {
  if (time_scale == 0.0 || time_scale == 1.0) return DICREC_OK; /* as the defaults have it */
  if (estimate->auto_scale == 0 && time_scale == estimate->time_scale) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT,
                      "simulate.time_scale is %g, but members are simulated at the input's, which the options of the "
                      "estimate choose",
                      time_scale);
}

dicrec_status dicrec__request_read(dicrec_context *context, const dicrec_model *model, size_t n_members,
                                   const dicrec_reconstruct_options *options, dicrec__request *request) {
  *request = (dicrec__request){.model = model, .n_members = n_members};
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
  take_from_top(request);
  dicrec_estimate_options estimate;
  if (status == DICREC_OK) status = dicrec__estimate_options_read(context, request->options.estimate, &estimate);
  if (status == DICREC_OK) status = dicrec__generate_options_check(context, request->model, &request->population);
  if (status == DICREC_OK) status = dicrec__simulate_options_check(context, request->model, &request->simulate);
  return status == DICREC_OK ? check_time_scale(context, &estimate, request->simulate.time_scale) : status;
}
