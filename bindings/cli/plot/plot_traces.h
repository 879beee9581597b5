/* SPDX-License-Identifier: MIT */
/**
 * @file plot_traces.h
 * Simulates the voltage of the members that a plot shows.
 */
#ifndef DICREC_CLI_PLOT_TRACES_H
#define DICREC_CLI_PLOT_TRACES_H

#include "plot/plot_data.h"

/**
 * Simulate the first members that fire, as they were in the check, and keep the voltage of a window from a spike on.
 *
 * @param data  Collected but for the traces.
 * @param seed  Seed of the check.
 */
void plot_traces_collect(plot_data *data, const session *work, uint64_t seed, const dicrec_population *population);

#endif
