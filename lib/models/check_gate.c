/* SPDX-License-Identifier: MIT */
#include "models/check_gate.h"

#include <math.h>

/* Of time constants, and of the rates that they are the inverse of, ms and 1/ms: beyond these nothing is a neuron's. */
static const double shortest_ms = 1e-9, longest_ms = 1e9, fastest_rate = 1e9;

/* A steady state may miss 0 or 1 by rounding. */
static const double rounding = 1e-9;

#define TAU_ALLOWED  "allowed is 1e-9 to 1e9 ms from -150 to 100 mV"
#define RATE_ALLOWED "allowed is 0 to 1e9 per ms from -150 to 100 mV"

/* The subject's parts, each with a mark behind it, or nothing. */
#define PARTS_FORMAT "model %s%s%s%s%s%s%s: "
#define PARTS_OF(s)                                                                                                    \
  (s)->table->name != NULL ? (s)->table->name : "without a name", (s)->channel != NULL ? ", channel " : "",            \
      (s)->channel != NULL ? (s)->channel : "", (s)->part != NULL ? ", " : "", (s)->part != NULL ? (s)->part : "",     \
      (s)->curve != NULL ? ", " : "", (s)->curve != NULL ? (s)->curve : ""

dicrec_status dicrec__refuse_value(const dicrec__subject *s, const char *name, double value, const char *allowed) {
  return dicrec__fail(s->context, DICREC_E_RANGE, PARTS_FORMAT "%s is %g, %s", PARTS_OF(s), name, value, allowed);
}

dicrec_status dicrec__refuse(const dicrec__subject *s, const char *what) {
  return dicrec__fail(s->context, DICREC_E_ARGUMENT, PARTS_FORMAT "%s", PARTS_OF(s), what);
}

dicrec_status dicrec__check_within(const dicrec__subject *subject, const char *name, double value, double low,
                                   double high, const char *allowed) {
  return value >= low && value <= high ? DICREC_OK : dicrec__refuse_value(subject, name, value, allowed);
}

static dicrec_status check_width(const dicrec__subject *subject, const double *p, const dicrec__curve_width *width) {
  static const char *const names[6] = {"parameter 1", "parameter 2", "parameter 3",
                                       "parameter 4", "parameter 5", "parameter 6"};
  const double value = p[width->place], size = width->is_signed ? fabs(value) : value;
  return size >= width->least && size <= width->most
             ? DICREC_OK
             : dicrec__refuse_value(subject, names[width->place], value, width->allowed);
}

/* Samples are finite and rise in V; more follows from the bounds of the curve. */
static dicrec_status check_samples(const dicrec__subject *subject, const dicrec__curve *curve) {
  if (curve->samples == NULL || curve->n < 2)
    return dicrec__refuse_value(subject, "the number of samples", curve->n, "allowed are 2 or more");
  for (int i = 0; i < curve->n; ++i) {
    const dicrec__curve_sample *at = &curve->samples[i];
    if (!(fabs(at->v_mv) <= 1e6) || !(fabs(at->value) <= 1e100) || !isfinite(at->slope))
      return dicrec__refuse_value(subject, "a sample", at->value, "allowed are finite ones");
    if (i > 0 && !(at->v_mv - at[-1].v_mv >= 1e-6))
      return dicrec__refuse_value(subject, "a voltage of the samples", at->v_mv, "allowed is more than the one before");
  }
  return DICREC_OK;
}

static dicrec_status check_parameters(const dicrec__subject *subject, const dicrec__curve *curve);

/* Terms of terms end where a reader of files ends them. */
static dicrec_status check_terms(const dicrec__subject *subject, const dicrec__curve *curve) {
  const bool is_quotient = curve->kind == DICREC__CURVE_QUOTIENT;
  if (curve->terms == NULL || curve->n < 1 || (is_quotient && curve->n != 2))
    return dicrec__refuse_value(subject, "the number of terms", curve->n,
                                is_quotient ? "allowed are 2" : "allowed are 1 or more");
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < curve->n && status == DICREC_OK; ++k) status = check_parameters(subject, &curve->terms[k]);
  return status;
}

static dicrec_status check_parameters(const dicrec__subject *subject, const dicrec__curve *curve) {
  const dicrec__curve_form *form = dicrec__curve_form_of(curve);
  if (curve->kind == DICREC__CURVE_TABLE) return check_samples(subject, curve);
  if (form == NULL && dicrec__curve_has_terms(curve)) return check_terms(subject, curve);
  if (form == NULL) return dicrec__refuse(subject, "the form is unknown");
  for (int k = 0; k < 6; ++k)
    if (!(fabs(curve->p[k]) <= 1e100))
      return dicrec__refuse_value(subject, "a parameter", curve->p[k], "allowed are finite ones up to 1e100");
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < 2 && status == DICREC_OK; ++k)
    if (form->widths[k].allowed != NULL) status = check_width(subject, curve->p, &form->widths[k]);
  return status;
}

/* A curve is sound and stays within bounds. */
static dicrec_status check_curve(dicrec__subject subject, const char *name, const dicrec__curve *curve, double low,
                                 double high, const char *allowed) {
  subject.curve = name;
  dicrec_status status = check_parameters(&subject, curve);
  if (status != DICREC_OK) return status;
  const dicrec__curve_bounds bounds = dicrec__curve_bounds_of(curve, DICREC__LOWEST_MV, DICREC__HIGHEST_MV);
  status = dicrec__check_within(&subject, "the lowest value", bounds.low, low, high, allowed);
  if (status == DICREC_OK)
    status = dicrec__check_within(&subject, "the highest value", bounds.high, low, high, allowed);
  return status;
}

static dicrec_status check_steady(const dicrec__subject *subject, const dicrec__gate *gate) {
  return check_curve(*subject, "steady state", &gate->steady, -rounding, 1.0 + rounding,
                     "allowed is 0 to 1 from -150 to 100 mV");
}

static dicrec_status check_tau(const dicrec__subject *subject, const dicrec__gate *gate, double least) {
  return check_curve(*subject, "time constant", &gate->tau, least, longest_ms, TAU_ALLOWED);
}

/* Neither rate is negative, so that a coarse grid shows whether both vanish somewhere. */
static dicrec_status check_rates(const dicrec__subject *subject, const dicrec__gate *gate) {
  dicrec_status status = check_curve(*subject, "opening rate", &gate->rates[0], 0.0, fastest_rate, RATE_ALLOWED);
  if (status == DICREC_OK)
    status = check_curve(*subject, "closing rate", &gate->rates[1], 0.0, fastest_rate, RATE_ALLOWED);
  for (double v = DICREC__LOWEST_MV; v <= DICREC__HIGHEST_MV && status == DICREC_OK; v += 2.0) {
    const dicrec__gate_point point = dicrec__gate_at(gate, v);
    status = dicrec__check_within(subject, "the time constant of the rates", point.tau.value, shortest_ms, longest_ms,
                                  TAU_ALLOWED);
  }
  return status;
}

static dicrec_status check_kinetics(const dicrec__subject *subject, const dicrec__gate *gate) {
  dicrec_status status;
  switch (gate->kind) {
  case DICREC__GATE_TAU:
    status = check_steady(subject, gate);
    return status == DICREC_OK ? check_tau(subject, gate, shortest_ms) : status;
  case DICREC__GATE_TAU_OF_RATES:
    status = check_steady(subject, gate);
    if (status == DICREC_OK) status = check_tau(subject, gate, 0.0);
    return status == DICREC_OK ? check_rates(subject, gate) : status;
  case DICREC__GATE_RATES:
    return check_rates(subject, gate);
  case DICREC__GATE_INSTANT:
    return check_steady(subject, gate);
  case DICREC__GATE_ABSENT:
    return DICREC_OK;
  }
  return dicrec__refuse(subject, "the kind of gate is unknown");
}

dicrec_status dicrec__check_gate(const dicrec__subject *subject, const dicrec__gate *gate) {
  const double half = gate->calcium_half_um;
  if (gate->kind == DICREC__GATE_ABSENT && (gate->power != 0 || half != 0.0))
    return dicrec__refuse(subject, "a power or a half-activation by calcium without a kind of gate");
  dicrec_status status = check_kinetics(subject, gate);
  if (status != DICREC_OK || gate->kind == DICREC__GATE_ABSENT) return status;
  status = dicrec__check_within(subject, "the power", gate->power, 1.0, 4.0, "allowed is 1 to 4");
  if (status != DICREC_OK || half == 0.0) return status;
  if (!subject->table->calcium.present)
    return dicrec__refuse(subject, "gated by calcium, but the model has no calcium pool");
  return dicrec__check_within(subject, "the half-activation by calcium", half, 1e-6, 1e6,
                              "allowed is 1e-6 to 1e6 uM, or 0 for none");
}

dicrec_status dicrec__check_scheme(const dicrec__subject *subject, const dicrec__scheme *scheme) {
  const dicrec__curve *rates[4] = {&scheme->opening, &scheme->closing, &scheme->inactivating, &scheme->recovering};
  static const char *const names[4] = {"opening rate", "closing rate", "inactivating rate", "recovering rate"};
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < 4 && status == DICREC_OK; ++k)
    status = check_curve(*subject, names[k], rates[k], 0.0, fastest_rate, RATE_ALLOWED);
  for (double v = DICREC__LOWEST_MV; v <= DICREC__HIGHEST_MV && status == DICREC_OK; v += 2.0) {
    const dicrec__scheme_point point = dicrec__scheme_at(scheme, v);
    status = dicrec__check_within(subject, "the steady open fraction", dicrec__scheme_steady(&point).value, 0.0,
                                  1.0 + rounding, "allowed is 0 to 1 from -150 to 100 mV");
  }
  return status;
}
