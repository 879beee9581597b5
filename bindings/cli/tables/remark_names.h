/* SPDX-License-Identifier: MIT */
/**
 * @file remark_names.h
 * What a report remarks, in words; a remark that this program does not know is written by its number.
 */
#ifndef DICREC_CLI_REMARK_NAMES_H
#define DICREC_CLI_REMARK_NAMES_H

#include "tables/text_buffer.h"

/** The lowest remark of several or-ed DICREC_REMARK_*; 0: there is none. */
int32_t remark_first(int32_t remarks);

/** Append the names joined by blanks, "SUPPORT DRIFT"; REMARK_<value> for an unknown one, nothing if there is none. */
void append_remark_names(text_buffer *text, int32_t remarks);

/** Append what one remark means. */
void append_remark_text(text_buffer *text, int32_t remark);

#endif
