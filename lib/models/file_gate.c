/* SPDX-License-Identifier: MIT */
/** @file file_gate.c Gates and kinetic schemes of a model's file. */
#include <math.h>
#include <string.h>

#include "models/file_reader.h"

/** What a gate has in a file. */
struct gate_fields {
  dicrec__gate gate;
  bool is_instant, has_rates; /**< has_rates: its time constant is of rates */
  double speed;               /**< how many times faster by its temperature */
};

static dicrec_status read_tau_of_rates(dicrec__text_reader *reader, int value, struct gate_fields *to) {
  static const dicrec__text_field fields[] = {{"least_ms", dicrec__read_curve, 0, false},
                                              {"opening", dicrec__read_curve, sizeof(dicrec__curve), true},
                                              {"closing", dicrec__read_curve, 2 * sizeof(dicrec__curve), true}};
  dicrec__curve curves[3] = {DICREC__CONSTANT(0.0)};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), curves, NULL);
  to->gate.tau = curves[0];
  memcpy(to->gate.rates, curves + 1, sizeof to->gate.rates);
  to->has_rates = true;
  return status;
}

/* A curve, or {"rates": {"least_ms", "opening", "closing"}}: least + 1 / (opening + closing). */
static dicrec_status read_tau(dicrec__text_reader *reader, int value, void *to) {
  struct gate_fields *fields = to;
  const dicrec__json *json = &reader->json;
  const bool is_object =
      dicrec__json_kind_of(json, value) == DICREC__JSON_OBJECT && dicrec__json_count(json, value) == 1;
  if (is_object && strcmp(dicrec__json_text(json, value + 1), "rates") == 0) {
    const dicrec_status status = dicrec__json_check_name(json, value, value + 1);
    return status == DICREC_OK ? read_tau_of_rates(reader, value + 2, fields) : status;
  }
  return dicrec__read_curve(reader, value, &fields->gate.tau);
}

enum { POWER, STEADY, TAU, OPENING, CLOSING, INSTANT, CALCIUM, Q10 };

static const dicrec__text_field gate_fields[] = {
    [POWER] = {"power", dicrec__read_whole, offsetof(struct gate_fields, gate.power), false},
    [STEADY] = {"steady", dicrec__read_curve, offsetof(struct gate_fields, gate.steady), false},
    [TAU] = {"tau_ms", read_tau, 0, false},
    [OPENING] = {"opening", dicrec__read_curve, offsetof(struct gate_fields, gate.rates[0]), false},
    [CLOSING] = {"closing", dicrec__read_curve, offsetof(struct gate_fields, gate.rates[1]), false},
    [INSTANT] = {"instant", dicrec__read_truth, offsetof(struct gate_fields, is_instant), false},
    [CALCIUM] = {"calcium_half_um", dicrec__read_number, offsetof(struct gate_fields, gate.calcium_half_um), false},
    [Q10] = {"q10", dicrec__read_q10, offsetof(struct gate_fields, speed), false}};

/** What a gate is by which of its names are there; ABSENT: they do not go together. */
static enum dicrec__gate_kind kind_of(const struct gate_fields *fields, unsigned seen) {
  const unsigned kinetics = seen & (1U << STEADY | 1U << TAU | 1U << OPENING | 1U << CLOSING);
  if (fields->is_instant) return kinetics == 1U << STEADY ? DICREC__GATE_INSTANT : DICREC__GATE_ABSENT;
  if (kinetics == (1U << OPENING | 1U << CLOSING)) return DICREC__GATE_RATES;
  if (kinetics != (1U << STEADY | 1U << TAU)) return DICREC__GATE_ABSENT;
  return fields->has_rates ? DICREC__GATE_TAU_OF_RATES : DICREC__GATE_TAU;
}

/* Rates are multiplied, time constants divided. */
static dicrec_status quicken(dicrec__text_reader *reader, int value, dicrec__gate *gate, double speed) {
  if (gate->kind == DICREC__GATE_INSTANT)
    return dicrec__text_refuse(reader, value, "a gate that follows V at once has no 'q10'");
  dicrec_status status = DICREC_OK;
  if (gate->kind != DICREC__GATE_RATES) status = dicrec__scale_curve(reader, value, &gate->tau, 1.0 / speed);
  for (int k = 0; k < 2 && gate->kind != DICREC__GATE_TAU && status == DICREC_OK; ++k)
    status = dicrec__scale_curve(reader, value, &gate->rates[k], speed);
  return status;
}

dicrec_status dicrec__read_gate(dicrec__text_reader *reader, int value, void *to) {
  struct gate_fields fields = {.gate = {.power = 1}};
  unsigned seen;
  dicrec_status status = dicrec__read_object(reader, value, gate_fields, DICREC__COUNT_OF(gate_fields), &fields, &seen);
  if (status != DICREC_OK) return status;
  fields.gate.kind = kind_of(&fields, seen);
  if (fields.gate.kind == DICREC__GATE_ABSENT)
    return dicrec__text_refuse(reader, value,
                               "'steady' and 'tau_ms', 'opening' and 'closing', or 'steady' and 'instant': true are "
                               "expected");
  if (seen & 1U << Q10) status = quicken(reader, value, &fields.gate, fields.speed);
  *(dicrec__gate *)to = fields.gate;
  return status;
}

/** What a scheme has in a file. */
struct scheme_fields {
  dicrec__scheme scheme;
  double speed;
};

dicrec_status dicrec__read_scheme(dicrec__text_reader *reader, int value, void *to) {
  static const dicrec__text_field fields[] = {
      {"opening", dicrec__read_curve, offsetof(struct scheme_fields, scheme.opening), true},
      {"closing", dicrec__read_curve, offsetof(struct scheme_fields, scheme.closing), true},
      {"inactivating", dicrec__read_curve, offsetof(struct scheme_fields, scheme.inactivating), true},
      {"recovering", dicrec__read_curve, offsetof(struct scheme_fields, scheme.recovering), true},
      {"q10", dicrec__read_q10, offsetof(struct scheme_fields, speed), false}};
  struct scheme_fields read = {.speed = 1.0};
  dicrec__scheme *scheme = &read.scheme;
  dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &read, NULL);
  dicrec__curve *rates[] = {&scheme->opening, &scheme->closing, &scheme->inactivating, &scheme->recovering};
  for (size_t k = 0; k < DICREC__COUNT_OF(rates) && read.speed != 1.0 && status == DICREC_OK; ++k)
    status = dicrec__scale_curve(reader, value, rates[k], read.speed);
  *(dicrec__scheme *)to = read.scheme;
  return status;
}
