/* SPDX-License-Identifier: MIT */
/** @file words.c The words of the public enumerations. */
#include "dicrec.h"

#define CASE(name, value, word, text)                                                                                  \
  case value:                                                                                                          \
    return word;

/* A value may come from a newer library: readers of reports must survive it. */
#define NAME(noun, list)                                                                                               \
  const char *dicrec_##noun##_name(int32_t value) {                                                                    \
    switch (value) { list(CASE) default : return "other"; }                                                            \
  }

NAME(activity, DICREC_ACTIVITY_LIST)
NAME(change, DICREC_CHANGE_LIST)
NAME(leak, DICREC_LEAK_LIST)
NAME(solver, DICREC_SOLVER_LIST)
NAME(trace, DICREC_TRACE_LIST)
NAME(target, DICREC_TARGET_LIST)
NAME(screening, DICREC_SCREENING_LIST)
NAME(selection, DICREC_SELECTION_LIST)
NAME(noise, DICREC_NOISE_LIST)
NAME(outcome, DICREC_OUTCOME_LIST)
