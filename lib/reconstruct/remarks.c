/* SPDX-License-Identifier: MIT */
/** @file remarks.c Names and meanings of what a report remarks. */
#include <stddef.h>

#include "dicrec/reconstruct.h"

const char *dicrec_remark_name(int32_t remark) {
#define NAME(name, value, text)                                                                                        \
  if (remark == value) return #name;
  DICREC_REMARK_LIST(NAME)
#undef NAME
  return NULL;
}

const char *dicrec_remark_text(int32_t remark) {
#define TEXT(name, value, text)                                                                                        \
  if (remark == value) return text;
  DICREC_REMARK_LIST(TEXT)
#undef TEXT
  return NULL;
}
