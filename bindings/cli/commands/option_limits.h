/* SPDX-License-Identifier: MIT */
/**
 * @file option_limits.h
 * Defaults and limits of options, by the library's one list of them.
 */
#ifndef DICREC_CLI_OPTION_LIMITS_H
#define DICREC_CLI_OPTION_LIMITS_H

#include <dicrec.h>
#include <stdbool.h>

/** Default, least and largest value of an option, all allowed, but for a default that is chosen by other means. */
typedef struct option_limits {
  double fallback, least, most;
  const char *unit;
} option_limits;

/** Places in LIBRARY_LIMITS: LIMITS_simulate_dt_ms, ... */
enum {
#define LIMITS_PLACE(options, member, fallback, least, most, unit) LIMITS_##options##_##member,
  DICREC_LIMITS(LIMITS_PLACE)
#undef LIMITS_PLACE
};

extern const option_limits LIBRARY_LIMITS[];

/** The limits of a field of dicrec_<options>_options. */
#define LIMITS_OF(options, member) (&LIBRARY_LIMITS[LIMITS_##options##_##member])

/** Default and limits of what only the program knows. */
#define OWN_LIMITS(default_value, least_value, most_value)                                                             \
  (&(const option_limits){.fallback = default_value, .least = least_value, .most = most_value, .unit = ""})

/** Whether a value is within the limits; any is if `limits` is NULL. */
bool limits_allow(const option_limits *limits, double value);

#endif
