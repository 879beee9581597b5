/* SPDX-License-Identifier: MIT */
/** @file file_temperature.c The temperature of a model's file: rates that were measured at another one. */
#include <math.h>

#include "models/file_reader.h"

/* {"factor", "at_c"}: how many times faster at the model's temperature, factor^((T - at) / 10). */
dicrec_status dicrec__read_q10(dicrec__text_reader *reader, int value, void *to) {
  struct q10 {
    double factor, at_c;
  } q10 = {1.0, 0.0};
  static const dicrec__text_field fields[] = {{"factor", dicrec__read_number, offsetof(struct q10, factor), true},
                                              {"at_c", dicrec__read_temperature, offsetof(struct q10, at_c), true}};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &q10, NULL);
  if (status != DICREC_OK) return status;
  if (!(q10.factor >= 0.1 && q10.factor <= 100.0))
    return dicrec__text_refuse(reader, value, "the factor is %g, allowed is 0.1 to 100 per 10 degrees", q10.factor);
  if (isnan(reader->temperature_c))
    return dicrec__text_refuse(reader, value, "the model has no 'temperature_c' that it could refer to");
  *(double *)to = pow(q10.factor, (reader->temperature_c - q10.at_c) / 10.0);
  return DICREC_OK;
}

dicrec_status dicrec__read_temperature(dicrec__text_reader *reader, int value, void *to) {
  const dicrec_status status = dicrec__read_number(reader, value, to);
  if (status != DICREC_OK) return status;
  const double celsius = *(const double *)to;
  if (celsius >= -50.0 && celsius <= 100.0) return DICREC_OK;
  return dicrec__text_refuse(reader, value, "%g degrees Celsius, allowed is -50 to 100", celsius);
}

/* A closed form that begins with its amplitudes keeps its vector form; false for others. */
static bool scale_amplitudes(dicrec__curve *curve, double scale) {
  switch (curve->kind) {
  case DICREC__CURVE_SIGMOID:
  case DICREC__CURVE_BELL:
  case DICREC__CURVE_LINOID:
    curve->p[1] *= scale;
    curve->p[0] *= scale;
    return true;
  case DICREC__CURVE_CONSTANT:
  case DICREC__CURVE_SIGMOID_PRODUCT:
  case DICREC__CURVE_EXPONENTIAL:
    curve->p[0] *= scale;
    return true;
  default:
    return false;
  }
}

dicrec_status dicrec__scale_curve(dicrec__text_reader *reader, int value, dicrec__curve *curve, double scale) {
  if (scale_amplitudes(curve, scale)) return DICREC_OK;
  dicrec__curve *terms = dicrec__text_memory(reader, 2, sizeof *terms);
  if (terms == NULL) return dicrec__text_refuse(reader, value, "too many curves with a temperature factor");
  terms[0] = (dicrec__curve)DICREC__CONSTANT(scale);
  terms[1] = *curve;
  *curve = (dicrec__curve){.kind = DICREC__CURVE_PRODUCT, .terms = terms, .n = 2};
  return DICREC_OK;
}
