/* SPDX-License-Identifier: MIT */
/** @file estimator.h What the pipeline needs of an estimator besides the public calls. */
#ifndef DICREC_ESTIMATOR_ESTIMATOR_H
#define DICREC_ESTIMATOR_ESTIMATOR_H

#include "dicrec/estimator.h"
#include "estimator/forward.h"

/** The model that the weights belong to; owned by the estimator. */
const dicrec_model *dicrec__estimator_model(const dicrec_estimator *estimator);

/** The forward network of its weights; owned by the estimator, maybe not present. */
const dicrec__forward *dicrec__estimator_forward(const dicrec_estimator *estimator);

/** Sample `index` of a posterior's stream: [2]. */
void dicrec__posterior_sample_at(const dicrec_posterior *posterior, uint64_t seed, uint64_t index, double *sample);

#endif
