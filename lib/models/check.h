/* SPDX-License-Identifier: MIT */
/** @file check.h What a model's table must hold, so that every reader of tables may take it for granted. */
#ifndef DICREC_MODELS_CHECK_H
#define DICREC_MODELS_CHECK_H

#include "core/context.h"
#include "models/table.h"

/**
 * Check a table. The text of a refusal names the model, the channel, the gate, the value and what is allowed.
 * OK, E_RANGE (a value) or E_ARGUMENT (parts that are missing, or that do not go together).
 */
dicrec_status dicrec__model_check(dicrec_context *context, const dicrec__model_table *table);

#endif
