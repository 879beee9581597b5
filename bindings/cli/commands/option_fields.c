/* SPDX-License-Identifier: MIT */
/**
 * @file option_fields.c
 * Sets fields of the library's options.
 */
#include "commands/option_fields.h"

void field_set(const option_field *field, void *options, double number, uint64_t whole) {
  void *place = (char *)options + field->offset;
  switch (field->type) {
  case FIELD_INT32:
    *(int32_t *)place = (int32_t)whole;
    break;
  case FIELD_INT64:
    *(int64_t *)place = (int64_t)whole;
    break;
  case FIELD_UINT64:
    *(uint64_t *)place = whole;
    break;
  case FIELD_DOUBLE:
    *(double *)place = number;
    break;
  }
}
