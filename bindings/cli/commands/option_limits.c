/* SPDX-License-Identifier: MIT */
/**
 * @file option_limits.c
 * Defaults and limits of options, by the library's one list of them.
 */
#include "commands/option_limits.h"

const option_limits LIBRARY_LIMITS[] = {
#define LIMITS_ROW(options, member, default_value, least_value, most_value, unit_text)                                 \
  {.fallback = default_value, .least = least_value, .most = most_value, .unit = unit_text},
    DICREC_LIMITS(LIMITS_ROW)
#undef LIMITS_ROW
};

bool limits_allow(const option_limits *limits, double value) {
  return limits == NULL || (value >= limits->least && value <= limits->most);
}
