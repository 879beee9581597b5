/* SPDX-License-Identifier: MIT */
/** @file estimator.h Inside of an estimator, and what the pipeline needs of it besides the public calls. */
#ifndef DICREC_ESTIMATOR_ESTIMATOR_H
#define DICREC_ESTIMATOR_ESTIMATOR_H

#include "core/owners.h"
#include "dicrec/estimator.h"
#include "estimator/flow.h"
#include "estimator/posterior.h"
#include "estimator/time_scale_search.h"
#include "network/forward.h"

struct dicrec_estimator {
  dicrec__allocator allocator;
  dicrec__owners owners;
  dicrec_model *model;
  dicrec__weights *weights;
  dicrec__reader reader;
  dicrec__target target;
  dicrec__flow flow;
  dicrec__forward forward;
};

/** The forward network of its weights; owned by the estimator, maybe not present. */
const dicrec__forward *dicrec__estimator_forward(const dicrec_estimator *estimator);

/** What the networks' DICs and noise are standardised by; owned by the estimator. */
const dicrec__target *dicrec__estimator_target(const dicrec_estimator *estimator);

/** The law of the base draws given a posterior's code; owned by the estimator, maybe of no coordinates. */
const dicrec__flow *dicrec__estimator_flow(const dicrec_estimator *estimator);

/** Components that a posterior of the estimator may have. */
size_t dicrec__estimator_components(const dicrec_estimator *estimator);

/** Read and check options; what is 0 becomes its default. OK, E_ARGUMENT, E_RANGE or E_OPTION. */
dicrec_status dicrec__estimate_options_read(dicrec_context *context, const dicrec_estimate_options *from,
                                            dicrec_estimate_options *options);

/** What a train with fewer than three spikes is read as. */
dicrec__reading dicrec__reading_of_silence(const dicrec_estimator *estimator, double time_scale);

/** What a row of the scratch is read as, once heads and support are there. */
dicrec__reading dicrec__reading_of_row(const dicrec_estimator *estimator, const dicrec__scratch *scratch, size_t row,
                                       int32_t activity, const dicrec__time_scale_found *scale);

#endif
