/* SPDX-License-Identifier: MIT */
/**
 * @file option_fields.h
 * Which field of the library's options an option of the command line sets.
 */
#ifndef DICREC_CLI_OPTION_FIELDS_H
#define DICREC_CLI_OPTION_FIELDS_H

#include <dicrec.h>
#include <stddef.h>
#include <stdint.h>

/** The library's structs of options. */
typedef enum option_struct {
  NO_STRUCT,
  STRUCT_estimate,
  STRUCT_generate,
  STRUCT_simulate,
  STRUCT_reconstruct
} option_struct;

typedef enum field_type { FIELD_INT32, FIELD_INT64, FIELD_UINT64, FIELD_DOUBLE } field_type;

/** A field; zero is none. */
typedef struct option_field {
  option_struct of;
  field_type type;
  size_t offset;
} option_field;

/** The field `member` of dicrec_<options>_options. */
#define FIELD_OF(options, member)                                                                                      \
  {                                                                                                                    \
    .of = STRUCT_##options, .offset = offsetof(dicrec_##options##_options, member),                                    \
    .type = _Generic(((dicrec_##options##_options *)0)->member, int32_t                                                \
                     : FIELD_INT32, int64_t                                                                            \
                     : FIELD_INT64, uint64_t                                                                           \
                     : FIELD_UINT64, double                                                                            \
                     : FIELD_DOUBLE)                                                                                   \
  }

/** Set a field of a struct: a field of doubles to `number`, another one to `whole`. */
void field_set(const option_field *field, void *options, double number, uint64_t whole);

#endif
