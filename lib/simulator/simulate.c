/* SPDX-License-Identifier: MIT */
/** @file simulate.c What a simulation is asked to do, checked and with its defaults. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/limits.h"
#include "core/options.h"
#include "core/random.h"
#include "core/workers.h"
#include "dicrec/limits.h"
#include "simulator/initial_states.h"
#include "simulator/run.h"
#include "simulator/time_scale.h"

void dicrec_simulate_options_init(dicrec_simulate_options *options, size_t size) {
  dicrec_simulate_options unset = {.struct_size = sizeof unset};
  dicrec__limits_init(DICREC__simulate, &unset);
  dicrec__options_init(options, size, &unset, sizeof unset);
}

static dicrec_status check_member_noise(dicrec_context *context, const double *member_noise_std, size_t n) {
  for (size_t i = 0; member_noise_std != NULL && i < n; ++i)
    if (!(member_noise_std[i] >= 0.0 && member_noise_std[i] <= DICREC_MAX_CURRENT))
      return dicrec__fail(context, DICREC_E_RANGE, "member_noise_std of member %zu is %g, allowed is 0 to %g uA/cm2", i,
                          member_noise_std[i], DICREC_MAX_CURRENT);
  return DICREC_OK;
}

static dicrec_status check_streams(dicrec_context *context, const dicrec_simulate_options *o, size_t n) {
  if (o->member_streams == NULL) return dicrec__check_first_member(context, o->first_member, n);
  for (size_t i = 0; i < n; ++i)
    if (o->member_streams[i] >= DICREC__STREAM_LIMIT)
      return dicrec__fail(context, DICREC_E_RANGE, "member_streams of member %zu is %" PRIu64 ", allowed is below 2^53",
                          i, o->member_streams[i]);
  return DICREC_OK;
}

/* What contradicts something else. */
static dicrec_status check_trace(dicrec_context *context, const dicrec_model *model, const dicrec_simulate_options *o,
                                 size_t n) {
  if (o->trace != DICREC_TRACE_VOLTAGE && o->trace_dt_ms == 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "trace is %d, but trace_dt_ms is 0, which is no trace",
                        (int)o->trace);
  if (o->solver == DICREC_SOLVER_ENSEMBLE && o->trace_dt_ms != 0.0)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "trace_dt_ms is %g, but the ensemble solver makes no traces",
                        o->trace_dt_ms);
  if (o->trace_dt_ms < 0.0 && o->trace_dt_ms != DICREC_TRACE_STEPS)
    return dicrec__fail_range(context, "trace_dt_ms", o->trace_dt_ms, "0 or more, or DICREC_TRACE_STEPS");
  if (!(o->trace_dt_ms > 0.0)) return DICREC_OK;
  const double bytes = dicrec__trace_grid_bytes(model, o->trace, n, o->trace_dt_ms, o->t_end_ms);
  if (bytes <= (double)o->max_trace_bytes) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "the traces of %zu members need %.4g bytes, max_trace_bytes is %" PRIu64,
                      n, bytes, o->max_trace_bytes);
}

/* What depends on other options or on the model. */
static void choose_defaults(dicrec_simulate_options *o, const dicrec__model_table *table) {
  if (o->t_end_ms == 0.0) {
    o->t_end_ms = table->t_end_ms;
    if (o->t_skip_ms == 0.0) o->t_skip_ms = table->t_skip_ms;
  }
  if (o->spike_level_mv == DICREC_SPIKE_LEVEL_OF_MODEL) o->spike_level_mv = dicrec__spike_level_mv(table);
  if (o->solver == DICREC_SOLVER_AUTO) {
    const bool asks_for_accuracy = o->relative_tolerance != 0.0 || o->absolute_tolerance != 0.0;
    o->solver = o->trace_dt_ms != 0.0 || asks_for_accuracy ? DICREC_SOLVER_CVODE : DICREC_SOLVER_ENSEMBLE;
  }
}

static dicrec_status read_options(dicrec_context *context, const dicrec_model *model, size_t n,
                                  const dicrec_simulate_options *options, dicrec__run *run) {
  dicrec_simulate_options *o = &run->options;
  dicrec_simulate_options_init(o, sizeof *o);
  dicrec_status status = dicrec__options_read(context, "dicrec_simulate_options", options, o, sizeof *o);
  if (status != DICREC_OK) return status;
  choose_defaults(o, model->table);
  status = dicrec__limits_apply(context, DICREC__simulate, o);
  if (status == DICREC_OK && o->t_skip_ms > o->t_end_ms)
    status = dicrec__fail_range(context, "t_skip_ms", o->t_skip_ms, "0 to t_end_ms");
  run->n_threads = o->n_threads;
  if (status == DICREC_OK) status = check_member_noise(context, o->member_noise_std, n);
  if (status == DICREC_OK) status = check_streams(context, o, n);
  if (status == DICREC_OK) status = check_trace(context, model, o, n);
  if (status == DICREC_OK) status = dicrec__initial_states_check(context, model, o, n);
  if (status != DICREC_OK) return status;
  if (o->max_wall_s > 0.0) run->deadline_s = dicrec__clock_s() + o->max_wall_s;
  return dicrec__current_create(context, o->current_times_ms, o->current_values, o->n_current, &run->current);
}

dicrec_status dicrec__simulate_options_check(dicrec_context *context, const dicrec_model *model,
                                             const dicrec_simulate_options *options) {
  dicrec__run run = {.model = model};
  const dicrec_status status = read_options(context, model, 0, options, &run);
  dicrec__current_release(&context->allocator, &run.current);
  return status;
}

dicrec_status dicrec_simulate(dicrec_context *context, const dicrec_model *model, const double *conductances, size_t n,
                              const dicrec_simulate_options *options, dicrec_simulation **simulation) {
  if (simulation != NULL) *simulation = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (model == NULL || conductances == NULL || simulation == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the model, the conductances or the result is NULL");
  if (n < 1) return dicrec__fail(context, DICREC_E_RANGE, "n is 0, allowed is 1 or more");
  dicrec__run run = {.model = model, .conductances = conductances};
  dicrec_status status = read_options(context, model, n, options, &run);
  const dicrec_simulate_options asked = run.options;
  if (status == DICREC_OK) {
    dicrec__run_enter_model_time(&run);
    status = dicrec__simulation_create(context, model, &run.options, n, &run.simulation);
  }
  if (status == DICREC_OK) status = dicrec__run_all(context, &run);
  dicrec__current_release(&context->allocator, &run.current);
  if (status < 0) {
    dicrec_simulation_free(run.simulation);
    return status;
  }
  dicrec__simulation_leave_model_time(run.simulation, &asked);
  *simulation = run.simulation;
  return status;
}
