/* SPDX-License-Identifier: MIT */
/** @file check_gate.h The part of check.h that is about curves, gates and kinetic schemes. */
#ifndef DICREC_MODELS_CHECK_GATE_H
#define DICREC_MODELS_CHECK_GATE_H

#include "core/context.h"
#include "models/table.h"

/** What is under check; the parts go into texts, NULL: none. */
typedef struct dicrec__subject {
  dicrec_context *context;
  const dicrec__model_table *table;
  const char *channel, *part, *curve;
} dicrec__subject;

/** E_RANGE: the subject, the value's name, the value, what is allowed. */
dicrec_status dicrec__refuse_value(const dicrec__subject *subject, const char *name, double value, const char *allowed);

/** E_ARGUMENT: the subject and what is wrong. */
dicrec_status dicrec__refuse(const dicrec__subject *subject, const char *what);

/** OK if the value is finite and within the bounds, else dicrec__refuse_value(). */
dicrec_status dicrec__check_within(const dicrec__subject *subject, const char *name, double value, double low,
                                   double high, const char *allowed);

/** Check one gate of a channel, or its scheme, over every voltage that integrators use. */
dicrec_status dicrec__check_gate(const dicrec__subject *subject, const dicrec__gate *gate);
dicrec_status dicrec__check_scheme(const dicrec__subject *subject, const dicrec__scheme *scheme);

#endif
