/* SPDX-License-Identifier: MIT */
/** @file file_curve.c Curves of a model's file: a number, a closed form by its name, or what is made of others. */
#include <math.h>
#include <string.h>

#include "models/file_reader.h"

enum { DEEPEST = 8 };

/** Every number that a closed form may have in a file. */
struct form_numbers {
  double offset, scale, half_mv, slope_mv, per_mv, numerator[2], exponent[2];
  struct half_and_slope {
    double half_mv, slope_mv;
  } first, second;
};

#define NUMBER(name, is_needed)                                                                                        \
  { #name, dicrec__read_number, offsetof(struct form_numbers, name), is_needed }

/* A width that a number is divided by; zero is not left to the check of the model. */
static dicrec_status read_slope(dicrec__text_reader *reader, int value, void *to) {
  const dicrec_status status = dicrec__read_number(reader, value, to);
  double slope = 0.0;
  if (status != DICREC_OK) return status;
  memcpy(&slope, to, sizeof slope);
  return slope != 0.0 ? DICREC_OK : dicrec__text_refuse(reader, value, "a slope of 0, allowed are 1e-3 to 1e6 mV");
}

static dicrec_status read_half_and_slope(dicrec__text_reader *reader, int value, void *to) {
  static const dicrec__text_field fields[] = {
      {"half_mv", dicrec__read_number, offsetof(struct half_and_slope, half_mv), true},
      {"slope_mv", read_slope, offsetof(struct half_and_slope, slope_mv), true}};
  return dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), to, NULL);
}

/* offset + scale / (1 + exp((V - half) / slope)) */
static dicrec_status read_boltzmann(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  static const dicrec__text_field fields[] = {NUMBER(half_mv, true),
                                              {"slope_mv", read_slope, offsetof(struct form_numbers, slope_mv), true},
                                              NUMBER(offset, false),
                                              NUMBER(scale, false)};
  struct form_numbers n = {.scale = 1.0};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &n, NULL);
  *curve = (dicrec__curve)DICREC__SIGMOID_FROM(n.offset, n.scale, n.slope_mv, -n.half_mv);
  return status;
}

/* offset + scale / (exp((V - half1) / slope1) + exp((V - half2) / slope2)), the first slope rising, the second falling
 */
static dicrec_status read_bell(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  static const dicrec__text_field fields[] = {
      {"first", read_half_and_slope, offsetof(struct form_numbers, first), true},
      {"second", read_half_and_slope, offsetof(struct form_numbers, second), true},
      NUMBER(scale, true),
      NUMBER(offset, false)};
  struct form_numbers n = {.scale = 1.0};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &n, NULL);
  if (status == DICREC_OK && !(n.first.slope_mv > 0.0 && n.second.slope_mv < 0.0))
    return dicrec__text_refuse(reader, value,
                               "the first slope is %g and the second %g mV, allowed are above and below 0",
                               n.first.slope_mv, n.second.slope_mv);
  *curve = (dicrec__curve)DICREC__BELL(n.offset, n.scale, -n.first.half_mv, n.first.slope_mv, -n.second.half_mv,
                                       -n.second.slope_mv);
  return status;
}

/* scale exp((V - half) / slope), or scale exp(per_mv V) */
static dicrec_status read_exponential(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  enum { PER_MV = 1, OTHERS = 2 | 4 };
  static const dicrec__text_field fields[] = {NUMBER(per_mv, false),
                                              NUMBER(half_mv, false),
                                              {"slope_mv", read_slope, offsetof(struct form_numbers, slope_mv), false},
                                              NUMBER(scale, true)};
  struct form_numbers n = {.scale = 1.0};
  unsigned seen;
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &n, &seen);
  if (status != DICREC_OK) return status;
  if (seen & PER_MV ? seen & OTHERS : !(seen & 4))
    return dicrec__text_refuse(reader, value, "either 'slope_mv', maybe with 'half_mv', or 'per_mv' is expected");
  const double k = seen & PER_MV ? n.per_mv : 1.0 / n.slope_mv;
  *curve = (dicrec__curve)DICREC__EXPONENTIAL(n.half_mv == 0.0 ? n.scale : n.scale * exp(-n.half_mv * k), k);
  return DICREC_OK;
}

/* scale (V - half) / (1 - exp(-(V - half) / slope)), or the numerator and the exponent as a + b V each */
static dicrec_status read_linoid(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  enum { BOTH_LINES = 1 | 2, OTHERS = 4 | 8 | 16 };
  static const dicrec__text_field fields[] = {
      {"numerator", dicrec__read_pair, offsetof(struct form_numbers, numerator), false},
      {"exponent", dicrec__read_pair, offsetof(struct form_numbers, exponent), false},
      NUMBER(scale, false),
      NUMBER(half_mv, false),
      {"slope_mv", read_slope, offsetof(struct form_numbers, slope_mv), false}};
  struct form_numbers n = {.scale = 1.0};
  unsigned seen;
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &n, &seen);
  if (status != DICREC_OK) return status;
  if (seen != BOTH_LINES && seen != OTHERS)
    return dicrec__text_refuse(reader, value,
                               "'scale', 'half_mv' and 'slope_mv', or 'numerator' and 'exponent' are expected");
  if (seen == BOTH_LINES)
    *curve = (dicrec__curve)DICREC__LINOID(n.numerator[0], n.numerator[1], n.exponent[0], n.exponent[1]);
  else *curve = (dicrec__curve)DICREC__LINOID(-n.scale * n.half_mv, n.scale, -n.half_mv / n.slope_mv, 1.0 / n.slope_mv);
  return DICREC_OK;
}

/* 1 / (1 + scale exp(per_mv V)) */
static dicrec_status read_block(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  static const dicrec__text_field fields[] = {NUMBER(scale, true), NUMBER(per_mv, true)};
  struct form_numbers n = {.scale = 1.0};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &n, NULL);
  *curve = (dicrec__curve)DICREC__BLOCK(n.scale, n.per_mv);
  return status;
}

static dicrec_status read_terms(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  const dicrec__json *json = &reader->json;
  dicrec_status status = dicrec__text_expect(reader, value, DICREC__JSON_ARRAY, "curves between brackets");
  if (status != DICREC_OK) return status;
  curve->n = dicrec__json_count(json, value);
  dicrec__curve *terms = dicrec__text_memory(reader, (size_t)curve->n, sizeof *terms);
  if (terms == NULL || curve->n == 0) return dicrec__text_refuse(reader, value, "curves between brackets are expected");
  curve->terms = terms;
  for (int k = 0, term = value + 1; k < curve->n && status == DICREC_OK; ++k, term = dicrec__json_after(json, term))
    status = dicrec__json_is_in(json, term, value)
                 ? dicrec__read_curve(reader, term, &terms[k])
                 : dicrec__text_refuse(reader, value, "curves between brackets are expected");
  return status;
}

static dicrec_status read_sum(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  curve->kind = DICREC__CURVE_SUM;
  return read_terms(reader, value, curve);
}

/* Two Boltzmann curves that the closed form of their product can say are faster in it. */
static void simplify_product(dicrec__curve *curve) {
  if (curve->n != 2 || curve->terms[0].kind != DICREC__CURVE_SIGMOID || curve->terms[1].kind != DICREC__CURVE_SIGMOID)
    return;
  const double *a = curve->terms[0].p, *b = curve->terms[1].p;
  if (a[0] == 0.0 && b[1] == 1.0) *curve = (dicrec__curve)DICREC__SIGMOID_PRODUCT(a[1], a[2], a[3], b[0], b[2], b[3]);
}

static dicrec_status read_product(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  curve->kind = DICREC__CURVE_PRODUCT;
  const dicrec_status status = read_terms(reader, value, curve);
  if (status == DICREC_OK) simplify_product(curve);
  return status;
}

static dicrec_status read_quotient(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  curve->kind = DICREC__CURVE_QUOTIENT;
  const dicrec_status status = read_terms(reader, value, curve);
  if (status != DICREC_OK || curve->n == 2) return status;
  return dicrec__text_refuse(reader, value, "%d curves, but a quotient has 2", curve->n);
}

/* {"v_mv": [...], "values": [...]} */
static dicrec_status read_table(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  struct columns {
    int v_mv, values;
  } at = {0, 0};
  static const dicrec__text_field fields[] = {{"v_mv", dicrec__read_place, offsetof(struct columns, v_mv), true},
                                              {"values", dicrec__read_place, offsetof(struct columns, values), true}};
  const dicrec__json *json = &reader->json;
  dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &at, NULL);
  if (status == DICREC_OK)
    status = dicrec__text_expect(reader, at.v_mv, DICREC__JSON_ARRAY, "numbers between brackets");
  if (status == DICREC_OK)
    status = dicrec__text_expect(reader, at.values, DICREC__JSON_ARRAY, "numbers between brackets");
  if (status != DICREC_OK) return status;
  const int n = dicrec__json_count(json, at.v_mv);
  if (n < 2 || n != dicrec__json_count(json, at.values))
    return dicrec__text_refuse(reader, value, "%d voltages and %d values, but equally many are expected, 2 or more", n,
                               dicrec__json_count(json, at.values));
  dicrec__curve_sample *samples = dicrec__text_memory(reader, (size_t)n, sizeof *samples);
  if (samples == NULL) return dicrec__text_refuse(reader, value, "numbers between brackets are expected");
  for (int k = 0; k < n && status == DICREC_OK; ++k) {
    status = dicrec__read_number(reader, at.v_mv + 1 + k, &samples[k].v_mv);
    if (status == DICREC_OK) status = dicrec__read_number(reader, at.values + 1 + k, &samples[k].value);
    if (status == DICREC_OK && k > 0 && !(samples[k].v_mv - samples[k - 1].v_mv >= 1e-6))
      return dicrec__text_refuse(reader, at.v_mv + 1 + k, "%g after %g mV, but the voltages have to rise",
                                 samples[k].v_mv, samples[k - 1].v_mv);
  }
  if (status == DICREC_OK) dicrec__curve_set_slopes(samples, n);
  *curve = (dicrec__curve){.kind = DICREC__CURVE_TABLE, .samples = samples, .n = n};
  return status;
}

typedef dicrec_status (*form_reader)(dicrec__text_reader *reader, int value, dicrec__curve *curve);

static const struct curve_name {
  const char *name;
  form_reader read;
} forms[] = {{"boltzmann", read_boltzmann}, {"bell", read_bell},         {"exponential", read_exponential},
             {"linoid", read_linoid},       {"block", read_block},       {"sum", read_sum},
             {"product", read_product},     {"quotient", read_quotient}, {"table", read_table}};

static dicrec_status read_form(dicrec__text_reader *reader, int value, dicrec__curve *curve) {
  const dicrec__json *json = &reader->json;
  if (dicrec__json_kind_of(json, value) != DICREC__JSON_OBJECT || dicrec__json_count(json, value) != 1)
    return dicrec__text_refuse(reader, value, "a number, or an object with the name of one form is expected");
  const dicrec_status status = dicrec__json_check_name(json, value, value + 1);
  if (status != DICREC_OK) return status;
  for (size_t k = 0; k < DICREC__COUNT_OF(forms); ++k)
    if (strcmp(forms[k].name, dicrec__json_text(json, value + 1)) == 0) return forms[k].read(reader, value + 2, curve);
  return dicrec__text_refuse(reader, value + 1,
                             "the form is unknown, known are a number, boltzmann, bell, exponential, linoid, block, "
                             "sum, product, quotient and table");
}

dicrec_status dicrec__read_curve(dicrec__text_reader *reader, int value, void *to) {
  double constant;
  if (dicrec__json_number(&reader->json, value, &constant)) {
    const dicrec_status status = dicrec__read_number(reader, value, &constant);
    *(dicrec__curve *)to = (dicrec__curve)DICREC__CONSTANT(constant);
    return status;
  }
  if (reader->depth == DEEPEST) return dicrec__text_refuse(reader, value, "curves in curves in more than 8 layers");
  ++reader->depth;
  const dicrec_status status = read_form(reader, value, to);
  --reader->depth;
  return status;
}
