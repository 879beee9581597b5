/* SPDX-License-Identifier: MIT */
/**
 * @file plot_candidates.h
 * The spread of conductances before any selection.
 */
#ifndef DICREC_CLI_PLOT_CANDIDATES_H
#define DICREC_CLI_PLOT_CANDIDATES_H

#include "plot/plot_data.h"

/**
 * Draw candidates anew for the posterior of a reconstruction that was made with `options`, and keep their quantiles:
 * the library tells of its own candidates only how much of their spread was kept.
 *
 * @param data  Collected but for these.
 */
void plot_candidates_collect(plot_data *data, const session *work, const dicrec_reconstruct_options *options,
                             const dicrec_posterior *posterior);

#endif
