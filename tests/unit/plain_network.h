/* SPDX-License-Identifier: MIT */
/** @file plain_network.h An independent forward pass of made weights, in double precision and without blocks. */
#ifndef DICREC_TEST_PLAIN_NETWORK_H
#define DICREC_TEST_PLAIN_NETWORK_H

#include "make_weights.h"

/** Features [MADE_FEATURES] of a train: pooled values, then the code. */
void plain_features(const made_weights *made, const double *times, size_t n_times, double time_scale, double *features);

double plain_support(const made_weights *made, const double *features);

/** Mean and covariance of the mixture with these outputs of the head, 6 n_parts. */
void plain_moments(const float *head, int n_parts, double mean[2], double covariance[4]);

/** Mean and covariance of the posterior. */
void plain_mixture(const made_weights *made, const double *features, double mean[2], double covariance[4]);

void plain_classes(const made_weights *made, const double *features, double probabilities[4]);

#endif
