/* SPDX-License-Identifier: MIT */
/**
 * @file curve_batch.h
 * Many curves at one voltage at once, values only. Each closed form has a lane of a vector (curve.h); what remains at
 * poles is done one by one, and so are the curves that are made of others or of samples.
 */
#ifndef DICREC_SIMULATOR_ENSEMBLE_CURVE_BATCH_H
#define DICREC_SIMULATOR_ENSEMBLE_CURVE_BATCH_H

#include <stdbool.h>

#include "core/allocator.h"
#include "models/curve.h"

enum { DICREC__CURVE_LANES = 8, DICREC__MAX_BATCH = 384 };

/** Constants of the lanes of one vector. */
typedef struct dicrec__curve_group {
  double slope[2][DICREC__CURVE_LANES], shift[2][DICREC__CURVE_LANES];
  double u[DICREC__CURVE_LANES], w[DICREC__CURVE_LANES];
  double a[DICREC__CURVE_LANES], b[DICREC__CURVE_LANES], c[DICREC__CURVE_LANES], d[DICREC__CURVE_LANES];
} dicrec__curve_group;

/** Computes all groups at a voltage; the first n_double have two exponentials, the others c = 1 and d = w = 0. */
typedef void (*dicrec__curve_kernel)(const dicrec__curve_group *groups, int n_groups, int n_double, double v_mv,
                                     double *values);

/** A curve whose lane has a pole. */
typedef struct dicrec__curve_pole {
  int curve;
  double factor[2], pole[2]; /**< of its lane */
} dicrec__curve_pole;

typedef struct dicrec__curve_batch {
  const dicrec__curve *curves[DICREC__MAX_BATCH];
  int places[DICREC__MAX_BATCH]; /**< of each curve in the values */
  int n_curves, n_groups, n_double, n_values;
  dicrec__curve_group *groups;
  dicrec__curve_kernel kernel;
  dicrec__curve_pole poles[DICREC__MAX_BATCH];
  int n_poles;
  int composites[DICREC__MAX_BATCH]; /**< numbers of the curves without a closed form */
  int n_composites;
} dicrec__curve_batch;

/** Add a curve before the batch is prepared; the answer is its number. */
int dicrec__curve_batch_add(dicrec__curve_batch *batch, const dicrec__curve *curve);

/** Give every curve its place. False without memory. */
bool dicrec__curve_batch_prepare(dicrec__curve_batch *batch, const dicrec__allocator *allocator);

void dicrec__curve_batch_release(dicrec__curve_batch *batch, const dicrec__allocator *allocator);

/** Write what does not depend on V into values [n_values], once. */
void dicrec__curve_batch_start(const dicrec__curve_batch *batch, double *values);

/** All curves at a voltage: the value of a curve stands at its place. Relative error some 1e-15 beside curve_at(). */
void dicrec__curve_batch_at(const dicrec__curve_batch *batch, double v_mv, double *values);

void dicrec__curve_kernel_plain(const dicrec__curve_group *groups, int n_groups, int n_double, double v_mv,
                                double *values);
void dicrec__curve_kernel_avx2(const dicrec__curve_group *groups, int n_groups, int n_double, double v_mv,
                               double *values);
void dicrec__curve_kernel_avx512(const dicrec__curve_group *groups, int n_groups, int n_double, double v_mv,
                                 double *values);

#endif
