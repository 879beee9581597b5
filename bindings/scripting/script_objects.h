/* SPDX-License-Identifier: MIT */
/**
 * @file script_objects.h
 * The objects of the library that a call needs, made of what the script gave.
 */
#ifndef DICREC_SCRIPT_OBJECTS_H
#define DICREC_SCRIPT_OBJECTS_H

#include "script_call.h"

/** Options of every part of a call, at their defaults until the script says otherwise. */
typedef struct script_options {
  dicrec_spikes_options spikes;
  dicrec_estimator_options estimator;
  dicrec_estimate_options estimate;
  dicrec_generate_options generate;
  dicrec_simulate_options simulate;
  dicrec_reconstruct_options reconstruct;
} script_options;

/** Objects of a call; all are NULL at first and freed together. */
typedef struct script_objects {
  script_call *call;
  script_options options;
  dicrec_context *context;
  dicrec_model *model;
  dicrec_estimator *estimator;
  dicrec_spikes *spikes;
  dicrec_posterior *posterior;
  dicrec_population *population;
  dicrec_simulation *simulation;
  dicrec_reconstruction *reconstruction;
} script_objects;

/** Make the context and open the model that the script names. */
void script_objects_open(script_objects *objects, script_call *call);

/** Free what is there. */
void script_objects_free(script_objects *objects);

/** Keep a status of the library with the text of the context; false for a failure. */
int script_objects_accept(script_objects *objects, dicrec_status status);

/** Set all options: those of `own` by their names, those of the parts by "part.name"; `arguments`, NULL at the end, are
 * no options. `n_members`: rows of arrays with a row for each member. */
int script_objects_set_options(script_objects *objects, const char *own, const char *const *arguments,
                               size_t n_members);

/** The value of an argument; NULL if the script gave none. */
const script_value *script_argument(const script_call *call, const char *name);

/** A single number; `otherwise` if the script gave none. */
double script_number(script_call *call, const char *name, double otherwise);

/** A whole number above 0 that must be given. */
size_t script_count(script_call *call, const char *name);

/** Rows of the data, which has `columns` of them or is one row. */
size_t script_rows(script_call *call, const char *what, size_t columns);

/** Spike times and the estimator that reads them. */
int script_objects_read_spikes(script_objects *objects);

#endif
