/* SPDX-License-Identifier: MIT */
/**
 * @file script_answers.h
 * Results of the library as named values.
 */
#ifndef DICREC_SCRIPT_ANSWERS_H
#define DICREC_SCRIPT_ANSWERS_H

#include "script_call.h"

void answer_posterior(script_call *call, const dicrec_posterior *posterior);
void answer_population(script_call *call, const dicrec_model *model, const dicrec_population *population);
void answer_reconstruction(script_call *call, const dicrec_reconstruction *reconstruction);
void answer_simulation(script_call *call, const dicrec_simulation *simulation);

/** A table of DICs to be filled in, a row for each of n members. */
answer_value *answer_dics(script_call *call, size_t n);

#endif
