/* SPDX-License-Identifier: MIT */
/** @file file_gate.c Gates and kinetic schemes of a model's file. */
#include <math.h>
#include <string.h>

#include "models/file_reader.h"

/** What a gate has in a file. */
struct gate_fields {
  dicrec__gate gate;
  bool is_instant, has_rates; /**< has_rates: its time constant is of rates */
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

enum { POWER, STEADY, TAU, OPENING, CLOSING, INSTANT, CALCIUM };

static const dicrec__text_field gate_fields[] = {
    [POWER] = {"power", dicrec__read_whole, offsetof(struct gate_fields, gate.power), false},
    [STEADY] = {"steady", dicrec__read_curve, offsetof(struct gate_fields, gate.steady), false},
    [TAU] = {"tau_ms", read_tau, 0, false},
    [OPENING] = {"opening", dicrec__read_curve, offsetof(struct gate_fields, gate.rates[0]), false},
    [CLOSING] = {"closing", dicrec__read_curve, offsetof(struct gate_fields, gate.rates[1]), false},
    [INSTANT] = {"instant", dicrec__read_truth, offsetof(struct gate_fields, is_instant), false},
    [CALCIUM] = {"calcium_half_um", dicrec__read_number, offsetof(struct gate_fields, gate.calcium_half_um), false}};

/** What a gate is by which of its names are there; ABSENT: they do not go together. */
static enum dicrec__gate_kind kind_of(const struct gate_fields *fields, unsigned seen) {
  const unsigned kinetics = seen & (1U << STEADY | 1U << TAU | 1U << OPENING | 1U << CLOSING);
  if (fields->is_instant) return kinetics == 1U << STEADY ? DICREC__GATE_INSTANT : DICREC__GATE_ABSENT;
  if (kinetics == (1U << OPENING | 1U << CLOSING)) return DICREC__GATE_RATES;
  if (kinetics != (1U << STEADY | 1U << TAU)) return DICREC__GATE_ABSENT;
  return fields->has_rates ? DICREC__GATE_TAU_OF_RATES : DICREC__GATE_TAU;
}

dicrec_status dicrec__read_gate(dicrec__text_reader *reader, int value, void *to) {
  struct gate_fields fields = {.gate = {.power = 1}};
  unsigned seen;
  const dicrec_status status =
      dicrec__read_object(reader, value, gate_fields, DICREC__COUNT_OF(gate_fields), &fields, &seen);
  if (status != DICREC_OK) return status;
  fields.gate.kind = kind_of(&fields, seen);
  if (fields.gate.kind == DICREC__GATE_ABSENT)
    return dicrec__text_refuse(reader, value,
                               "'steady' and 'tau_ms', 'opening' and 'closing', or 'steady' and 'instant': true are "
                               "expected");
  *(dicrec__gate *)to = fields.gate;
  return DICREC_OK;
}

dicrec_status dicrec__read_scheme(dicrec__text_reader *reader, int value, void *to) {
  static const dicrec__text_field fields[] = {
      {"opening", dicrec__read_curve, offsetof(dicrec__scheme, opening), true},
      {"closing", dicrec__read_curve, offsetof(dicrec__scheme, closing), true},
      {"inactivating", dicrec__read_curve, offsetof(dicrec__scheme, inactivating), true},
      {"recovering", dicrec__read_curve, offsetof(dicrec__scheme, recovering), true}};
  return dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), to, NULL);
}
