/* SPDX-License-Identifier: MIT */
/**
 * @file posterior_bytes.c
 * All of a posterior as bytes, which are the same on every machine: for files, and for other processes. Whole numbers
 * and floating-point numbers (IEEE 754) stand one after the other, the lowest byte first.
 */
#include <math.h>
#include <string.h>

#include "core/copy_out.h"
#include "dicrec/limits.h"
#include "estimator/posterior.h"

enum { FORMAT = 1, N_HEAD = 24 }; /* bytes of the mark, the format, both counts and the class */

static const uint64_t mark = 0x54534f5043524344; /* "DCRCPOST", the first byte lowest */

/** Where the next number stands. Both pointers are NULL while bytes are only counted. */
typedef struct byte_tape {
  const uint8_t *from;
  uint8_t *to;
  size_t at;
} byte_tape;

static uint64_t pass_bits(byte_tape *tape, uint64_t bits, size_t width) {
  uint64_t found = 0;
  for (size_t i = 0; i < width; ++i) {
    if (tape->to != NULL) tape->to[tape->at + i] = (uint8_t)(bits >> (8 * i));
    if (tape->from != NULL) found |= (uint64_t)tape->from[tape->at + i] << (8 * i);
  }
  tape->at += width;
  return found;
}

static void pass_whole(byte_tape *tape, uint32_t *number) {
  const uint64_t found = pass_bits(tape, *number, sizeof *number);
  if (tape->from != NULL) *number = (uint32_t)found;
}

static void pass_doubles(byte_tape *tape, double *numbers, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    uint64_t bits;
    memcpy(&bits, &numbers[i], sizeof bits);
    bits = pass_bits(tape, bits, sizeof bits);
    if (tape->from != NULL) memcpy(&numbers[i], &bits, sizeof bits);
  }
}

static void pass_floats(byte_tape *tape, float *numbers, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    uint32_t bits;
    memcpy(&bits, &numbers[i], sizeof bits);
    pass_whole(tape, &bits);
    if (tape->from != NULL) memcpy(&numbers[i], &bits, sizeof bits);
  }
}

static void pass_component(byte_tape *tape, dicrec__component *c) {
  pass_doubles(tape, &c->log_weight, 1);
  pass_doubles(tape, &c->weight, 1);
  pass_doubles(tape, c->mean, 2);
  pass_doubles(tape, &c->l11, 1);
  pass_doubles(tape, &c->l21, 1);
  pass_doubles(tape, &c->l22, 1);
  pass_doubles(tape, &c->noise.noiseless, 1);
  pass_doubles(tape, &c->noise.mean, 1);
  pass_doubles(tape, &c->noise.deviation, 1);
}

/** What stands behind the head. */
static void pass_numbers(byte_tape *tape, dicrec_posterior *posterior, size_t n_code) {
  pass_doubles(tape, posterior->range[0], 2);
  pass_doubles(tape, posterior->range[1], 2);
  pass_doubles(tape, posterior->log_noise, 2);
  pass_doubles(tape, &posterior->support, 1);
  pass_doubles(tape, &posterior->time_scale, 1);
  pass_doubles(tape, posterior->time_scale_interval, 2);
  pass_doubles(tape, posterior->classes, DICREC__N_CLASSES);
  for (size_t k = 0; k < posterior->mixture.n; ++k) pass_component(tape, &posterior->components[k]);
  pass_floats(tape, posterior->code, n_code);
}

typedef struct byte_head {
  uint32_t format, n_components, n_code, activity;
} byte_head;

static void pass_head(byte_tape *tape, byte_head *head) {
  pass_whole(tape, &head->format);
  pass_whole(tape, &head->n_components);
  pass_whole(tape, &head->n_code);
  pass_whole(tape, &head->activity);
}

/** Write all, or count, and return the number of bytes. */
static size_t write_all(const dicrec_posterior *posterior, uint8_t *bytes) {
  byte_tape tape = {.to = bytes};
  byte_head head = {FORMAT, (uint32_t)posterior->mixture.n, posterior->has_code ? (uint32_t)posterior->n_code : 0,
                    (uint32_t)posterior->activity};
  pass_bits(&tape, mark, sizeof mark);
  pass_head(&tape, &head);
  pass_numbers(&tape, (dicrec_posterior *)posterior, head.n_code); /* only read */
  return tape.at;
}

size_t dicrec_posterior_byte_count(const dicrec_posterior *posterior) {
  return posterior == NULL ? 0 : write_all(posterior, NULL);
}

dicrec_status dicrec_posterior_copy_bytes(const dicrec_posterior *posterior, uint8_t *bytes, size_t size) {
  if (posterior == NULL) return DICREC_E_ARGUMENT;
  const dicrec_status status = dicrec__check_room(write_all(posterior, NULL), bytes, size);
  if (status == DICREC_OK) write_all(posterior, bytes);
  return status;
}

static bool all_finite(const double *numbers, size_t n) {
  for (size_t i = 0; i < n; ++i)
    if (!isfinite(numbers[i])) return false;
  return true;
}

static bool is_share(double number) { return isfinite(number) && number >= 0.0 && number <= 1.0; }

static bool is_positive(double number) { return isfinite(number) && number > 0.0; }

static bool is_rising(const double range[2], double least, double most) {
  return all_finite(range, 2) && range[0] >= least && range[0] < range[1] && range[1] <= most;
}

static bool is_component(const dicrec__component *c) {
  return is_share(c->weight) && isfinite(c->log_weight) && fabs(exp(fmin(c->log_weight, 1.0)) - c->weight) <= 1e-9 &&
         all_finite(c->mean, 2) && is_positive(c->l11) && isfinite(c->l21) && is_positive(c->l22) &&
         is_share(c->noise.noiseless) && isfinite(c->noise.mean) && is_positive(c->noise.deviation);
}

static bool is_mixture(const dicrec__mixture *mixture) {
  double sum = 0.0;
  for (size_t k = 0; k < mixture->n; ++k) {
    if (!is_component(&mixture->components[k])) return false;
    sum += mixture->components[k].weight;
  }
  return fabs(sum - 1.0) <= 1e-9;
}

static bool are_classes(const dicrec_posterior *posterior) {
  double sum = 0.0;
  for (int k = 0; k < DICREC__N_CLASSES; ++k) {
    if (!is_share(posterior->classes[k])) return false;
    sum += posterior->classes[k];
  }
  return posterior->activity < 0 ? sum == 0.0 : fabs(sum - 1.0) <= 1e-9;
}

static bool is_code(const dicrec_posterior *posterior) {
  for (size_t i = 0; i < posterior->n_code; ++i)
    if (!isfinite(posterior->code[i])) return false;
  return true;
}

/** What of a posterior's numbers cannot be, in words; NULL if all can. */
static const char *fault_of(const dicrec_posterior *p) {
  const double least = DICREC_TIME_SCALE_LEAST, most = DICREC_TIME_SCALE_MOST, *interval = p->time_scale_interval;
  if (p->activity < -1 || p->activity >= DICREC__N_CLASSES || !are_classes(p)) return "class";
  for (int axis = 0; axis < 2; ++axis)
    if (!is_rising(p->range[axis], -DICREC_MAX_DIC, DICREC_MAX_DIC)) return "range of DICs";
  if (!is_rising(p->log_noise, -(double)DICREC_MAX_CURRENT, log(DICREC_MAX_CURRENT))) return "range of the noise";
  if (!is_share(p->support)) return "support";
  if (!all_finite(interval, 2) || !isfinite(p->time_scale) || interval[0] < least || interval[1] > most ||
      p->time_scale < interval[0] || p->time_scale > interval[1])
    return "time scale";
  if (!is_mixture(&p->mixture) || !dicrec__posterior_reaches_range(p)) return "mixture";
  return is_code(p) ? NULL : "code";
}

static dicrec_status read_head(dicrec_context *context, byte_tape *tape, size_t size, byte_head *head) {
  if (size < N_HEAD || pass_bits(tape, 0, sizeof mark) != mark)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "these %zu bytes are not those of a posterior", size);
  pass_head(tape, head);
  if (head->format != FORMAT)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the bytes have format %u of posteriors, this version reads %d",
                        head->format, FORMAT);
  if (head->n_components < 1 || head->n_components > DICREC__MAX_COMPONENTS)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the bytes tell of %u components, allowed are 1 to %d",
                        head->n_components, DICREC__MAX_COMPONENTS);
  if (head->n_code <= size / sizeof(float)) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT, "the bytes of the posterior are truncated: %zu", size);
}

/** Fill a posterior from what stands behind the head. */
static dicrec_status read_numbers(dicrec_context *context, byte_tape *tape, size_t size, const byte_head *head,
                                  dicrec_posterior *posterior) {
  posterior->mixture.n = head->n_components;
  posterior->has_code = head->n_code > 0;
  memcpy(&posterior->activity, &head->activity, sizeof head->activity);
  const size_t expected = write_all(posterior, NULL);
  if (size != expected)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the posterior should have %zu bytes, but there are %zu", expected,
                        size);
  pass_numbers(tape, posterior, head->n_code);
  const char *fault = fault_of(posterior);
  if (fault == NULL) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_ARGUMENT, "the bytes are damaged: no posterior has such a %s", fault);
}

dicrec_status dicrec_posterior_create_from_bytes(dicrec_context *context, const uint8_t *bytes, size_t size,
                                                 dicrec_posterior **posterior) {
  if (posterior != NULL) *posterior = NULL;
  if (context == NULL) return DICREC_E_ARGUMENT;
  dicrec__begin(context);
  if (bytes == NULL || posterior == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "the bytes or the result is NULL");
  static const dicrec__target nowhere = {.range = {{0.0, 1.0}, {0.0, 1.0}}};
  byte_tape tape = {.from = bytes};
  byte_head head = {0};
  dicrec_posterior *made = NULL;
  dicrec_status status = read_head(context, &tape, size, &head);
  if (status == DICREC_OK) status = dicrec__posterior_create(context, &nowhere, head.n_components, head.n_code, &made);
  if (status == DICREC_OK) status = read_numbers(context, &tape, size, &head, made);
  if (status == DICREC_OK) *posterior = made;
  else dicrec_posterior_free(made);
  return status;
}
