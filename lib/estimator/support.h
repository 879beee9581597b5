/* SPDX-License-Identifier: MIT */
/** @file support.h Are trains like those that the network was trained on? */
#ifndef DICREC_ESTIMATOR_SUPPORT_H
#define DICREC_ESTIMATOR_SUPPORT_H

#include "estimator/code.h"

/** Ascending quantiles of a sample, at levels (i + 1/2)/n. */
typedef struct dicrec__quantiles {
  const float *values;
  size_t n;
} dicrec__quantiles;

/**
 * Features, those of the network then its code, are compared with those of training trains in two ways: by the distance
 * to prototypes on a few axes, and by a small network that is trained to separate training trains from unlike ones.
 */
typedef struct dicrec__support {
  const float *mean;       /**< [n_features] */
  const float *projection; /**< [n_features][n_axes], packed */
  const float *prototypes; /**< [n_axes][n_prototypes], packed */
  float *half_norms;       /**< [n_prototypes], half the squared length of each; owned */
  dicrec__layer classifier[2];
  dicrec__quantiles distances, odds, least; /**< of training trains: distance, odds against, lesser of both shares */
  size_t n_given, n_features, n_axes, n_prototypes;
} dicrec__support;

/** Find the tensors in the weights and check that they fit a network. OK, E_WEIGHTS or E_MEMORY. */
dicrec_status dicrec__support_bind(dicrec_context *context, const dicrec__weights *weights,
                                   const dicrec__network *network, dicrec__support *support);

void dicrec__support_release(const dicrec__allocator *allocator, dicrec__support *support);

/** Numbers that dicrec__support_of() works in, for each train. */
static inline size_t dicrec__support_work(const dicrec__support *support) {
  return 2 * support->n_features + support->n_axes + support->n_prototypes + (size_t)support->classifier[0].n_out + 1;
}

/**
 * Shares of training trains at least as unusual as n trains with features [n][n_given] and codes [n][n_code]: 0
 * to 1; 0 if features are not finite. `work` is [n][dicrec__support_work()].
 */
void dicrec__support_of(const dicrec__support *support, const float *given, const float *code, size_t n, float *work,
                        double *shares);

#endif
