/* SPDX-License-Identifier: MIT */
/**
 * @file cvode.c
 * Neurons one by one to a tolerance: BDF with the analytic Jacobian; spikes on the solver's own interpolant.
 */
#include <math.h>
#include <string.h>

#include "core/workers.h"
#include "simulator/cvode/arrow_solver.h"
#include "simulator/cvode/state_vector.h"
#include "simulator/detector.h"
#include "simulator/equations.h"
#include "simulator/run.h"

/** A solver, made once for each worker and used for all its members. */
struct solver {
  const dicrec__run *run;
  const dicrec__equations *equations;
  SUNContext context;
  N_Vector state, interpolated;
  SUNMatrix jacobian;
  SUNLinearSolver linear;
  void *cvode;
  dicrec__arrow arrow;
  dicrec__solver_message message;
  dicrec__noise noise;
  const double *conductances; /**< of the member under way */
  double relative_tolerance, absolute_tolerance;
  double guess_ms; /**< of the first step */
  bool has_noise;
  size_t segment;                   /**< of the injected current */
  double values[DICREC__MAX_BATCH]; /**< scratch of the equations */
  bool is_ready;
};

/*
 * What CVODE's search for a first step starts from; not the end, so that longer simulations begin as shorter ones. The
 * search looks a tenth of it ahead, which under noise is a sample at most.
 */
static const double first_guess_ms = 1.0;
static const double guesses_per_look = 10.0;

/*
 * Newton's iterations end at this share of the tolerance, and an older Jacobian is made anew: both far stricter than
 * CVODE's own 0.1 and 51, for what they leave behind is taken for an error of the step and shortens the next ones.
 */
static const double newton_share = 0.01;
static const long steps_per_jacobian = 20;

/** Steps of one member, and samples of its trace, between two looks at whether to stop: some tenths of a millisecond.
 */
enum { STEPS_BETWEEN_LOOKS = 64, SAMPLES_BETWEEN_LOOKS = 1024 };

/* The current within the segment under way, so that both sides of a jump are exact. */
static double injected_at(struct solver *solver, double t) {
  const double injected = dicrec__run_current_on(solver->run, solver->segment, t);
  return solver->has_noise ? injected + dicrec__noise_at(&solver->noise, t) : injected;
}

static int derivative(sunrealtype t, N_Vector state, N_Vector rate, void *user) {
  struct solver *solver = user;
  const double *x = dicrec__state_of(state);
  double *dx = dicrec__state_of(rate);
  if (!dicrec__is_physical(x[0])) return 1; /* recoverable: CVODE tries a smaller step */
  const double injected = injected_at(solver, t);
  for (sunindextype i = solver->run->model->n_states; i < NV_LENGTH_S(rate); ++i) dx[i] = 0.0; /* padding */
  dicrec__equations_derivative(solver->equations, solver->conductances, injected, x, solver->values, dx);
  return 0;
}

/* The solver of linear systems subtracts gamma times the matrix from 1 by itself, so that an old Jacobian is free. */
static int linear_system(sunrealtype t, N_Vector state, N_Vector rate, SUNMatrix matrix, dicrec__sunbool is_good,
                         dicrec__sunbool *is_new, sunrealtype gamma, void *user, N_Vector tmp1, N_Vector tmp2,
                         N_Vector tmp3) {
  (void)t, (void)rate, (void)tmp1, (void)tmp2, (void)tmp3;
  struct solver *solver = user;
  if (!is_good)
    dicrec__equations_jacobian(solver->run->model, solver->conductances, dicrec__state_of(state),
                               SUNDenseMatrix_Data(matrix));
  *is_new = !is_good;
  solver->arrow.gamma = gamma;
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

/* 1 / (relative |x| + absolute) in one go, so that CVODE needs no vectors for it. */
static int weigh(N_Vector state, N_Vector weights, void *user) {
  const struct solver *solver = user;
  const double *x = dicrec__state_of(state);
  double *weight = dicrec__state_of(weights);
  const double relative = solver->relative_tolerance, absolute = solver->absolute_tolerance;
  for (sunindextype i = 0; i < NV_LENGTH_S(state); ++i) weight[i] = 1.0 / (relative * fabs(x[i]) + absolute);
  return 0;
}

static bool configure(struct solver *solver) {
  const dicrec_simulate_options *options = &solver->run->options;
  /* The norm is a mean over the padding too. */
  const double padding = sqrt((double)solver->run->model->n_states / (double)NV_LENGTH_S(solver->state));
  solver->relative_tolerance = options->relative_tolerance * padding;
  solver->absolute_tolerance = options->absolute_tolerance * padding;
  void *cvode = solver->cvode;
  int flag = dicrec__catch_messages(solver->context, cvode, &solver->message);
  if (flag == CV_SUCCESS) flag = CVodeInit(cvode, derivative, 0.0, solver->state);
  if (flag == CV_SUCCESS) flag = CVodeSetUserData(cvode, solver);
  if (flag == CV_SUCCESS) flag = CVodeWFtolerances(cvode, weigh);
  if (flag == CV_SUCCESS) flag = CVodeSetLinearSolver(cvode, solver->linear, solver->jacobian);
  if (flag == CV_SUCCESS) flag = CVodeSetNonlinConvCoef(cvode, newton_share);
  if (flag == CV_SUCCESS) flag = CVodeSetJacEvalFrequency(cvode, steps_per_jacobian);
  if (flag == CV_SUCCESS) flag = CVodeSetLinSysFn(cvode, linear_system);
  return flag == CV_SUCCESS;
}

static bool solver_init(struct solver *solver, const dicrec__equations *equations, const dicrec__run *run) {
  const int n = run->model->n_states;
  solver->run = run;
  solver->equations = equations;
  dicrec__curve_batch_start(&equations->batch, solver->values);
  if (SUNContext_Create(DICREC__NO_COMMUNICATOR, &solver->context) != 0) return false;
  solver->state = dicrec__state_vector(n, solver->context);
  solver->interpolated = dicrec__state_vector(n, solver->context);
  solver->jacobian = SUNDenseMatrix(n, n, solver->context);
  solver->cvode = CVodeCreate(CV_BDF, solver->context);
  if (solver->state == NULL || solver->interpolated == NULL || solver->jacobian == NULL || solver->cvode == NULL)
    return false;
  solver->linear = dicrec__arrow_solver(&solver->arrow, run->model, solver->context);
  if (solver->linear == NULL) return false;
  dicrec__model_initial_state(run->model, dicrec__state_of(solver->state));
  return configure(solver);
}

/** A member under way. */
struct trajectory {
  size_t member;
  double t, v;               /**< now */
  double t_before, v_before; /**< a step ago */
  bool armed;                /**< whether the next upward crossing is a spike */
  size_t next_sample;        /**< of the grid of the trace */
};

/* Samples of the trace up to now, on the grid by the solver's own interpolation: a long step may pass many of them. */
static dicrec_status add_samples(struct solver *solver, dicrec__worker *worker, struct trajectory *at) {
  const dicrec__run *run = solver->run;
  dicrec__trace_store *traces = run->simulation->traces;
  if (traces == NULL) return DICREC_OK;
  if (!traces->on_grid)
    return dicrec__trace_add(traces, at->member, at->t, solver->conductances, dicrec__state_of(solver->state));
  dicrec_status status = DICREC_OK;
  for (; status == DICREC_OK && at->next_sample < traces->max_samples; ++at->next_sample) {
    const double t = dicrec__trace_grid_time(traces, at->next_sample);
    if (t > at->t) break;
    if (at->next_sample % SAMPLES_BETWEEN_LOOKS == 0 && dicrec__worker_stopped(worker)) return DICREC_E_CANCELLED;
    N_Vector state = solver->state;
    if (t < at->t) {
      state = solver->interpolated;
      if (CVodeGetDky(solver->cvode, t, 0, state) != CV_SUCCESS) return DICREC_E_SOLVER;
    }
    status = dicrec__trace_add(traces, at->member, t, solver->conductances, dicrec__state_of(state));
  }
  return status;
}

/* Where V rises through the spike level within the last step: regula falsi, which keeps the crossing between its ends.
 */
static bool locate_crossing(struct solver *solver, const struct trajectory *at, double *t) {
  double low = at->t_before, high = at->t;
  const double level = solver->run->options.spike_level_mv;
  double below = at->v_before - level, above = at->v - level;
  *t = low;
  if (below >= 0.0) return true;
  for (int i = 0; i < 60; ++i) {
    *t = low - below * (high - low) / (above - below);
    if (CVodeGetDky(solver->cvode, *t, 0, solver->interpolated) != CV_SUCCESS) return false;
    const double value = dicrec__state_of(solver->interpolated)[0] - level;
    if (fabs(value) < 1e-10 || high - low < 1e-14 * high) return true;
    const bool is_below = value < 0.0;
    if (is_below) { /* an end that stays put is given half its weight (Illinois) */
      low = *t, below = value, above *= 0.5;
    } else {
      high = *t, above = value, below *= 0.5;
    }
  }
  return true;
}

static dicrec_status detect_spike(struct solver *solver, struct trajectory *at) {
  if (!dicrec__detect_spike(&at->armed, solver->run->options.spike_level_mv, at->v_before, at->v)) return DICREC_OK;
  double t;
  return locate_crossing(solver, at, &t) ? dicrec__run_add_spike(solver->run, at->member, t) : DICREC_E_SOLVER;
}

/* Go on to the segment of the current that begins at t, which is a new problem if the current jumps there. */
static bool enter_segment(struct solver *solver, double t) {
  const dicrec__current *current = &solver->run->current;
  const double t_end = solver->run->options.t_end_ms, rounding = 1e-10 * (1.0 + t);
  if (current->n == 0) return CVodeSetStopTime(solver->cvode, t_end) == CV_SUCCESS;
  const double before = dicrec__current_on(current, solver->segment, t);
  while (dicrec__current_end(current, solver->segment) <= t + rounding) ++solver->segment;
  const double jump = fabs(dicrec__current_on(current, solver->segment, t) - before);
  if (jump > 1e-9 * (1.0 + fabs(before)) && CVodeReInit(solver->cvode, t, solver->state) != CV_SUCCESS) return false;
  const double end = dicrec__current_end(current, solver->segment);
  return CVodeSetStopTime(solver->cvode, end < t_end - rounding ? end : t_end) == CV_SUCCESS;
}

/* One step and all that it brings about. W_LIMIT and errors end the member. */
static dicrec_status advance(struct solver *solver, dicrec__worker *worker, struct trajectory *at) {
  const dicrec__run *run = solver->run;
  at->t_before = at->t;
  at->v_before = at->v;
  const int flag = CVode(solver->cvode, at->t + solver->guess_ms, solver->state, &at->t, CV_ONE_STEP);
  if (flag < 0) return flag == CV_MEM_FAIL ? DICREC_E_MEMORY : DICREC_E_SOLVER;
  at->v = dicrec__state_of(solver->state)[0];
  if (!dicrec__is_physical(at->v)) return DICREC_E_UNSTABLE;
  dicrec_status status = detect_spike(solver, at);
  if (status == DICREC_OK) status = add_samples(solver, worker, at);
  if (status == DICREC_OK && flag == CV_TSTOP_RETURN && at->t < run->options.t_end_ms && !enter_segment(solver, at->t))
    status = DICREC_E_SOLVER;
  return status;
}

static dicrec_status integrate(struct solver *solver, dicrec__worker *worker, struct trajectory *at) {
  const dicrec__run *run = solver->run;
  dicrec_status status = add_samples(solver, worker, at);
  for (int64_t step = 0; status == DICREC_OK && at->t < run->options.t_end_ms; ++step) {
    if (step == run->options.max_steps) return DICREC_W_LIMIT;
    if (step % STEPS_BETWEEN_LOOKS == 0 && dicrec__worker_stopped(worker)) return DICREC_E_CANCELLED;
    status = advance(solver, worker, at);
  }
  return status;
}

static dicrec_status run_member(struct solver *solver, dicrec__worker *worker, size_t member) {
  const dicrec__run *run = solver->run;
  if (!dicrec__run_accepts(run, member)) return DICREC_E_RANGE;
  solver->conductances = dicrec__run_conductances(run, member);
  solver->has_noise = dicrec__run_start_noise(run, member, &solver->noise) > 0.0;
  dicrec__run_initial_state(run, member, dicrec__state_of(solver->state));
  solver->segment = dicrec__current_find(&run->current, 0, 0.0);
  /* The solver sees every sample of the noise. */
  const double max_step = solver->has_noise ? run->filter.dt_ms : 0.0;
  solver->guess_ms = solver->has_noise ? fmin(first_guess_ms, guesses_per_look * max_step) : first_guess_ms;
  if (CVodeReInit(solver->cvode, 0.0, solver->state) != CV_SUCCESS ||
      CVodeSetMaxStep(solver->cvode, max_step) != CV_SUCCESS || !enter_segment(solver, 0.0))
    return DICREC_E_SOLVER;
  const double v = dicrec__state_of(solver->state)[0];
  struct trajectory at = {.member = member, .v = v, .v_before = v, .armed = true};
  const dicrec_status status = integrate(solver, worker, &at);
  if (status == DICREC_OK)
    dicrec__simulation_keep_final_state(run->simulation, member, dicrec__state_of(solver->state));
  return status;
}

/** Solvers of all workers. */
struct shared {
  const dicrec__run *run;
  dicrec__equations equations;
  struct solver *solvers;
};

static void run_members(void *user, dicrec__worker *worker, size_t begin, size_t end) {
  const struct shared *shared = user;
  struct solver *solver = &shared->solvers[dicrec__worker_index(worker)];
  if (!solver->is_ready) solver->is_ready = solver_init(solver, &shared->equations, shared->run);
  if (!solver->is_ready) solver_free(solver); /* the next chunk may find memory again */
  for (size_t i = begin; i < end; ++i)
    shared->run->simulation->status[i] = solver->is_ready ? run_member(solver, worker, i) : DICREC_E_MEMORY;
}

dicrec_status dicrec__cvode_run(dicrec_context *context, const dicrec__run *run) {
  struct shared shared = {.run = run};
  const dicrec__allocator *allocator = &context->allocator;
  if (!dicrec__equations_prepare(&shared.equations, run->model, allocator))
    return dicrec__fail_memory(context, "the equations");
  shared.solvers = dicrec__allocate(allocator, (size_t)run->n_threads, sizeof *shared.solvers);
  dicrec_status status = shared.solvers == NULL ? dicrec__fail_memory(context, "the solvers") : DICREC_OK;
  if (status == DICREC_OK)
    status = dicrec__workers_run(context, run->n_threads, run->simulation->n_members, 1, run->deadline_s, run_members,
                                 &shared);
  for (int i = 0; shared.solvers != NULL && i < run->n_threads; ++i) {
    if (shared.solvers[i].message.text[0] != '\0')
      dicrec__log(context, DICREC_LOG_WARNING, "CVODE: %s", shared.solvers[i].message.text);
    solver_free(&shared.solvers[i]);
  }
  dicrec__release(allocator, shared.solvers);
  dicrec__equations_release(&shared.equations, allocator);
  return status;
}
