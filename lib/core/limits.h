/* SPDX-License-Identifier: MIT */
/** @file limits.h Defaults and limits of options, by the one list of them in dicrec/limits.h. */
#ifndef DICREC_CORE_LIMITS_H
#define DICREC_CORE_LIMITS_H

#include "core/context.h"

/** A number of dicrec/limits.h as it is written there, for texts. */
#define DICREC__TEXT(number) DICREC__TEXT_OF(number)
#define DICREC__TEXT_OF(x)   #x

/** Structs of options that have numeric fields. */
enum dicrec__options { DICREC__spikes, DICREC__estimate, DICREC__generate, DICREC__simulate, DICREC__reconstruct };

/** Write what fields have before the user sets any, into a whole struct of this version: defaults where 0 is a value of
 * its own. */
void dicrec__limits_init(enum dicrec__options kind, void *options);

/** Put the defaults where a field is 0 and 0 is not allowed, then check all fields: OK, or E_RANGE with name and
 * limits. */
dicrec_status dicrec__limits_apply(dicrec_context *context, enum dicrec__options kind, void *options);

#endif
