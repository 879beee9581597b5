/* SPDX-License-Identifier: MIT */
#include "core/limits.h"

#include <stddef.h>
#include <string.h>

#include "dicrec.h"

enum type { INT32, INT64, UINT64, DOUBLE };

/** A field of an options struct. */
struct row {
  enum dicrec__options kind;
  enum type type;
  size_t offset;
  const char *name, *least_text, *most_text, *unit;
  double standard, least, most;
};

#define TYPE(field) _Generic((field), int32_t : INT32, int64_t : INT64, uint64_t : UINT64, double : DOUBLE)
#define ROW(options, field, standard, least, most, unit)                                                               \
  {DICREC__##options,                                                                                                  \
   TYPE(((dicrec_##options##_options *)0)->field),                                                                     \
   offsetof(dicrec_##options##_options, field),                                                                        \
   #field,                                                                                                             \
   DICREC__TEXT(least),                                                                                                \
   DICREC__TEXT(most),                                                                                                 \
   (unit)[0] == '\0' ? "" : " " unit,                                                                                  \
   (double)(standard),                                                                                                 \
   (double)(least),                                                                                                    \
   (double)(most)},

static const struct row rows[] = {DICREC_LIMITS(ROW)};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

static double get(const struct row *row, const void *options) {
  const void *field = (const char *)options + row->offset;
  switch (row->type) {
  case INT32:
    return *(const int32_t *)field;
  case INT64:
    return (double)*(const int64_t *)field;
  case UINT64:
    return (double)*(const uint64_t *)field;
  case DOUBLE:
  default:
    return *(const double *)field;
  }
}

static void set_standard(const struct row *row, void *options) {
  void *field = (char *)options + row->offset;
  if (row->type == INT32) *(int32_t *)field = (int32_t)row->standard;
  else if (row->type == INT64) *(int64_t *)field = (int64_t)row->standard;
  else if (row->type == UINT64) *(uint64_t *)field = (uint64_t)row->standard;
  else *(double *)field = row->standard;
}

static bool allows_zero(const struct row *row) { return row->least <= 0.0 && row->most >= 0.0; }

void dicrec__limits_init(enum dicrec__options kind, void *options) {
  for (int i = 0; i < N_ROWS; ++i)
    if (rows[i].kind == kind && allows_zero(&rows[i])) set_standard(&rows[i], options);
}

static dicrec_status check(dicrec_context *context, const struct row *row, double value) {
  if (value >= row->least && value <= row->most) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_RANGE, "%s is %.10g%s, allowed is %s to %s%s", row->name, value, row->unit,
                      row->least_text, row->most_text, row->unit);
}

dicrec_status dicrec__limits_apply(dicrec_context *context, enum dicrec__options kind, void *options) {
  dicrec_status status = DICREC_OK;
  for (int i = 0; i < N_ROWS && status == DICREC_OK; ++i) {
    const struct row *row = &rows[i];
    if (row->kind != kind) continue;
    if (get(row, options) == 0.0 && !allows_zero(row)) set_standard(row, options);
    if (get(row, options) != 0.0 || allows_zero(row)) status = check(context, row, get(row, options));
  }
  return status;
}
