/* SPDX-License-Identifier: MIT */
/** @file plain_network.h An independent forward pass of made weights, in double precision and without blocks. */
#ifndef DICREC_TEST_PLAIN_NETWORK_H
#define DICREC_TEST_PLAIN_NETWORK_H

#include "support/make_weights.h"

/** x/2 (1 + x/sqrt(1 + x^2)). */
double plain_act(double x);

/** NAME.weight in + NAME.bias: out [n_out]. */
void plain_layer(const made_weights *made, const char *name, int n_in, int n_out, const double *in, double *out);

/** Features [MADE_FEATURES] of a train: pooled values, the pattern, then the code. */
void plain_features(const made_weights *made, const double *times, size_t n_times, double time_scale, double *features);

double plain_support(const made_weights *made, const double *features);

/** Outputs of the head. */
void plain_head(const made_weights *made, const double *features, float head[MADE_HEAD]);

/** Mean and covariance of the mixture over the DICs with these outputs of the head, MADE_PER_PART n_parts. */
void plain_moments(const float *head, int n_parts, double mean[2], double covariance[4]);

/** Probability of a noise up to this one, uA/cm2, under the mixture, were it not truncated; 0: of none. */
double plain_noise_below(const float *head, int n_parts, double noise_std);

void plain_classes(const made_weights *made, const double *features, double probabilities[4]);

#endif
