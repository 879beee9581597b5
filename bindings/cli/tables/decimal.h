/* SPDX-License-Identifier: MIT */
/**
 * @file decimal.h
 * Reads decimal numbers from text; hexadecimal is not a number here, nan and inf are.
 */
#ifndef DICREC_CLI_DECIMAL_H
#define DICREC_CLI_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/** The first character that is not a space or a tab. */
const char *skip_blanks(const char *text);

/** Read the number that begins at `text`; `end` receives what follows it. False if there is none. */
bool decimal_prefix(const char *text, const char **end, double *value);

/** Read text that is a number and nothing else, blanks around it allowed. */
bool decimal_number(const char *text, double *value);

/** Read text that is a whole number of digits only, up to 2^64 - 1. */
bool decimal_count(const char *text, uint64_t *value);

#endif
