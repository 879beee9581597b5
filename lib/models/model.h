/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * Inside of a model: a table that was checked, the layout of its state vector, and what is kept with it.
 */
#ifndef DICREC_MODELS_MODEL_H
#define DICREC_MODELS_MODEL_H

#include <stdatomic.h>

#include "core/context.h"
#include "core/owners.h"
#include "dicrec/model.h"
#include "models/file.h"
#include "models/table.h"

/** Bytes of a state's name with its terminator: a letter, an underscore and the channel's. */
#define DICREC__STATE_NAME 36

/** What is derived from a model once and kept with it. */
enum dicrec__kept {
  DICREC__KEPT_TABLES, /**< of the ensemble */
  DICREC__KEPT_RULES,  /**< of populations, where the file does not give them */
  DICREC__KEPT_COUNT
};

/** States of a channel in the state vector; -1: none. */
typedef struct dicrec__channel_states {
  int activation, inactivation; /**< gates; with a scheme: open and inactivated */
} dicrec__channel_states;

/** A table with the layout of its state vector: V, the gates in order of the channels, calcium. */
struct dicrec_model {
  dicrec__allocator allocator;
  dicrec__owners owners;
  const dicrec__model_table *table;
  dicrec__model_file file;     /**< what the table was read from; empty if it is a table in C */
  int n_states, calcium_state; /**< calcium_state: -1 without a pool */
  dicrec__channel_states states[DICREC__MAX_CHANNELS];
  char state_names[DICREC__MAX_STATES][DICREC__STATE_NAME];
  _Atomic(void *) kept[DICREC__KEPT_COUNT]; /**< see dicrec__model_keep() */
};

/**
 * Coordinates of a base draw: of the leak, then of each channel that is drawn, in order. Each is standard normal
 * over the draws of the model's own ranges with a gamma law of the leak (nearly so for the leak, by its cube root;
 * Wilson and Hilferty, PNAS 17:684, 1931).
 */
int dicrec__model_base_count(const dicrec__model_table *table);

/** Make a model of a table, which must stay valid. OK, E_MEMORY, or why dicrec__model_check() refuses the table. */
dicrec_status dicrec__model_create(dicrec_context *context, const dicrec__model_table *table, dicrec_model **model);

/** Make a model of the text of a file. OK, E_MEMORY, why the text cannot be read or is refused. */
dicrec_status dicrec__model_create_from_text(dicrec_context *context, const char *text, size_t size,
                                             dicrec_model **model);

/** Whether a model is, to the byte, the built-in one of its name. */
bool dicrec__model_is_builtin(const dicrec_model *model);

/** What dicrec__model_keep() has kept; NULL: nothing yet. Threads: any. */
const void *dicrec__model_kept(const dicrec_model *model, enum dicrec__kept which);

/**
 * Keep what was derived from the model: one block of the model's allocator, freed with the model. If another thread was
 * first, that one's is kept and this one is freed; returns what is kept. Threads: any.
 */
const void *dicrec__model_keep(const dicrec_model *model, enum dicrec__kept which, void *block);

/** The state that simulations start from, [n_states]. */
void dicrec__model_initial_state(const dicrec_model *model, double *state);

#endif
