/* SPDX-License-Identifier: MIT */
/** @file truncated_moments.h Mean and covariance of a truncated mixture. */
#ifndef DICREC_ESTIMATOR_TRUNCATED_MOMENTS_H
#define DICREC_ESTIMATOR_TRUNCATED_MOMENTS_H

#include "estimator/mixture.h"

/** Mean [2] and covariance [2][2]. */
void dicrec__truncated_moments(const dicrec__mixture *mixture, const double range[2][2], double mean[2],
                               double covariance[4]);

#endif
