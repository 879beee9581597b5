/* SPDX-License-Identifier: MIT */
/**
 * @file remark_names.c
 * What a report remarks, in words.
 */
#include "tables/remark_names.h"

#include <dicrec.h>
#include <inttypes.h>

int32_t remark_first(int32_t remarks) {
  for (int bit = 0; bit < 31; ++bit)
    if ((remarks & INT32_C(1) << bit) != 0) return INT32_C(1) << bit;
  return 0;
}

static void append_name(text_buffer *text, int32_t remark) {
  const char *name = dicrec_remark_name(remark);
  if (name != NULL) text_buffer_format(text, "%s", name);
  else text_buffer_format(text, "REMARK_%" PRId32, remark);
}

void append_remark_names(text_buffer *text, int32_t remarks) {
  for (int32_t remark; (remark = remark_first(remarks)) != 0; remarks &= ~remark) {
    append_name(text, remark);
    if (remark_first(remarks & ~remark) != 0) text_buffer_append(text, " ", 1);
  }
}

void append_remark_text(text_buffer *text, int32_t remark) {
  const char *meaning = dicrec_remark_text(remark);
  if (meaning != NULL) {
    text_buffer_format(text, "%s", meaning);
    return;
  }
  append_name(text, remark);
  text_buffer_format(text, ", which this program does not know");
}
