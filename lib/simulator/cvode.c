/* SPDX-License-Identifier: MIT */
/** @file cvode.c Neurons one by one to a tolerance: BDF with the analytic Jacobian, spikes by root finding. */
#include <math.h>
#include <string.h>

#include "core/workers.h"
#include "simulator/detector.h"
#include "simulator/equations.h"
#include "simulator/simulation.h"
#include "simulator/sundials_compat.h"

/** A solver, made once for each worker and used for all its members. */
struct solver {
  const dicrec__run *run;
  SUNContext context;
  N_Vector state, interpolated;
  SUNMatrix jacobian;
  SUNLinearSolver linear;
  void *cvode;
  dicrec__solver_message message;
  dicrec__noise noise;
  const double *conductances; /**< of the member under way */
  bool is_ready;
};

/** Roots: V through the spike level upward, V through the re-arming level downward. */
enum { ROOT_SPIKE, ROOT_REARM, N_ROOTS };

static int derivative(sunrealtype t, N_Vector state, N_Vector rate, void *user) {
  struct solver *solver = user;
  const double *x = N_VGetArrayPointer(state);
  if (!(fabs(x[0]) < DICREC__UNSTABLE_MV)) return 1; /* recoverable: CVODE tries a smaller step */
  const double injected = dicrec__run_injected(solver->run, &solver->noise, t);
  dicrec__equations_derivative(solver->run->model, solver->conductances, injected, x, N_VGetArrayPointer(rate));
  return 0;
}

static int jacobian(sunrealtype t, N_Vector state, N_Vector rate, SUNMatrix matrix, void *user, N_Vector tmp1,
                    N_Vector tmp2, N_Vector tmp3) {
  (void)t, (void)rate, (void)tmp1, (void)tmp2, (void)tmp3;
  struct solver *solver = user;
  dicrec__equations_jacobian(solver->run->model, solver->conductances, N_VGetArrayPointer(state),
                             SUNDenseMatrix_Data(matrix));
  return 0;
}

static int roots(sunrealtype t, N_Vector state, sunrealtype *values, void *user) {
  (void)t, (void)user;
  const double v = N_VGetArrayPointer(state)[0];
  values[ROOT_SPIKE] = v - DICREC__SPIKE_MV;
  values[ROOT_REARM] = v - DICREC__REARM_MV;
  return 0;
}

static void solver_free(struct solver *solver) {
  if (solver->cvode != NULL) CVodeFree(&solver->cvode);
  if (solver->linear != NULL) SUNLinSolFree(solver->linear);
  if (solver->jacobian != NULL) SUNMatDestroy(solver->jacobian);
  if (solver->interpolated != NULL) N_VDestroy(solver->interpolated);
  if (solver->state != NULL) N_VDestroy(solver->state);
  if (solver->context != NULL) SUNContext_Free(&solver->context);
  *solver = (struct solver){.message = solver->message};
}

static bool configure(struct solver *solver) {
  const dicrec_simulate_options *options = &solver->run->options;
  int directions[N_ROOTS] = {[ROOT_SPIKE] = 1, [ROOT_REARM] = -1};
  void *cvode = solver->cvode;
  int flag = dicrec__catch_messages(solver->context, cvode, &solver->message);
  if (flag == CV_SUCCESS) flag = CVodeInit(cvode, derivative, 0.0, solver->state);
  if (flag == CV_SUCCESS) flag = CVodeSetUserData(cvode, solver);
  if (flag == CV_SUCCESS) flag = CVodeSStolerances(cvode, options->relative_tolerance, options->absolute_tolerance);
  if (flag == CV_SUCCESS) flag = CVodeSetLinearSolver(cvode, solver->linear, solver->jacobian);
  if (flag == CV_SUCCESS) flag = CVodeSetJacFn(cvode, jacobian);
  if (flag == CV_SUCCESS) flag = CVodeRootInit(cvode, N_ROOTS, roots);
  if (flag == CV_SUCCESS) flag = CVodeSetRootDirection(cvode, directions);
  if (flag == CV_SUCCESS) flag = CVodeSetNoInactiveRootWarn(cvode);
  if (flag == CV_SUCCESS) flag = CVodeSetStopTime(cvode, solver->run->t_end_ms);
  if (flag == CV_SUCCESS && options->noise_std > 0.0)
    flag = CVodeSetMaxStep(cvode, DICREC__NOISE_DT_MS / options->time_scale); /* sees every sample of the noise */
  return flag == CV_SUCCESS;
}

static bool solver_init(struct solver *solver, const dicrec__run *run) {
  const int n = run->model->n_states;
  solver->run = run;
  if (SUNContext_Create(DICREC__NO_COMMUNICATOR, &solver->context) != 0) return false;
  solver->state = N_VNew_Serial(n, solver->context);
  solver->interpolated = N_VNew_Serial(n, solver->context);
  solver->jacobian = SUNDenseMatrix(n, n, solver->context);
  solver->cvode = CVodeCreate(CV_BDF, solver->context);
  if (solver->state == NULL || solver->interpolated == NULL || solver->jacobian == NULL || solver->cvode == NULL)
    return false;
  solver->linear = SUNLinSol_Dense(solver->state, solver->jacobian, solver->context);
  if (solver->linear == NULL) return false;
  dicrec__model_initial_state(run->model, N_VGetArrayPointer(solver->state));
  return configure(solver);
}

/* Voltage on the grid up to time t, by the solver's own interpolation. */
static dicrec_status fill_trace(struct solver *solver, double *trace, size_t *next, double t) {
  const dicrec__run *run = solver->run;
  const size_t length = run->simulation->trace_length;
  while (*next < length) {
    const double grid = fmin((double)*next * run->trace_dt_ms, run->t_end_ms); /* rounding must not pass the end */
    if (grid > t) break;
    if (CVodeGetDky(solver->cvode, grid, 0, solver->interpolated) != CV_SUCCESS) return DICREC_E_SOLVER;
    trace[(*next)++] = N_VGetArrayPointer(solver->interpolated)[0];
  }
  return DICREC_OK;
}

/* React to a root; `armed` is whether the next upward crossing counts. */
static dicrec_status handle_root(struct solver *solver, size_t member, double t, bool *armed) {
  int found[N_ROOTS];
  if (CVodeGetRootInfo(solver->cvode, found) != CV_SUCCESS) return DICREC_E_SOLVER;
  if (found[ROOT_REARM] != 0) *armed = true;
  if (found[ROOT_SPIKE] == 0 || !*armed) return DICREC_OK;
  *armed = false;
  if (t < solver->run->t_skip_ms) return DICREC_OK;
  return dicrec__spike_store_add(solver->run->simulation->spikes, member, t);
}

static dicrec_status integrate(struct solver *solver, size_t member) {
  const dicrec__run *run = solver->run;
  double *trace = run->trace_dt_ms > 0.0 ? run->simulation->traces + member * run->simulation->trace_length : NULL;
  size_t next = 0;
  if (trace != NULL) trace[next++] = N_VGetArrayPointer(solver->state)[0];
  bool armed = true;
  double t = 0.0;
  for (int64_t step = 0; step < run->options.max_steps; ++step) {
    const int flag = CVode(solver->cvode, run->t_end_ms, solver->state, &t, CV_ONE_STEP);
    if (flag < 0) return flag == CV_MEM_FAIL ? DICREC_E_MEMORY : DICREC_E_SOLVER;
    if (!(fabs(N_VGetArrayPointer(solver->state)[0]) < DICREC__UNSTABLE_MV)) return DICREC_E_UNSTABLE;
    dicrec_status status = trace == NULL ? DICREC_OK : fill_trace(solver, trace, &next, t);
    if (status == DICREC_OK && flag == CV_ROOT_RETURN) status = handle_root(solver, member, t, &armed);
    if (status != DICREC_OK) return status;
    if (flag == CV_TSTOP_RETURN || t >= run->t_end_ms) return DICREC_OK;
  }
  return DICREC_W_LIMIT;
}

static dicrec_status run_member(struct solver *solver, size_t member) {
  const dicrec__run *run = solver->run;
  if (!dicrec__run_accepts(run, member)) return DICREC_E_RANGE;
  solver->conductances = run->conductances + member * (size_t)run->model->table->n_channels;
  dicrec__noise_start(&solver->noise, &run->filter, run->options.seed, member, run->options.noise_std);
  dicrec__model_initial_state(run->model, N_VGetArrayPointer(solver->state));
  if (CVodeReInit(solver->cvode, 0.0, solver->state) != CV_SUCCESS ||
      CVodeSetStopTime(solver->cvode, run->t_end_ms) != CV_SUCCESS)
    return DICREC_E_SOLVER;
  return integrate(solver, member);
}

/** Solvers of all workers. */
struct crew {
  const dicrec__run *run;
  struct solver *solvers;
};

static void run_members(void *user, int worker, size_t begin, size_t end) {
  const struct crew *crew = user;
  struct solver *solver = &crew->solvers[worker];
  if (!solver->is_ready) solver->is_ready = solver_init(solver, crew->run);
  if (!solver->is_ready) solver_free(solver); /* the next chunk may find memory again */
  for (size_t i = begin; i < end; ++i)
    crew->run->simulation->status[i] = solver->is_ready ? run_member(solver, i) : DICREC_E_MEMORY;
}

dicrec_status dicrec__cvode_run(dicrec_context *context, const dicrec__run *run) {
  struct crew crew = {.run = run};
  crew.solvers = dicrec__allocate(&context->allocator, (size_t)run->n_threads, sizeof *crew.solvers);
  if (crew.solvers == NULL) return dicrec__fail_memory(context, "the solvers");
  const dicrec_status status =
      dicrec__workers_run(context, run->n_threads, run->simulation->n_members, 1, run_members, &crew);
  for (int i = 0; i < run->n_threads; ++i) {
    if (crew.solvers[i].message.text[0] != '\0')
      dicrec__log(context, DICREC_LOG_WARNING, "CVODE: %s", crew.solvers[i].message.text);
    solver_free(&crew.solvers[i]);
  }
  dicrec__release(&context->allocator, crew.solvers);
  return status;
}
