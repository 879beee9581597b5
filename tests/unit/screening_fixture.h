/* SPDX-License-Identifier: MIT */
/** @file screening_fixture.h Reconstructions with a made network whose predictions are a known function of one channel.
 */
#ifndef DICREC_TEST_SCREENING_FIXTURE_H
#define DICREC_TEST_SCREENING_FIXTURE_H

#include "fixture.h"

enum { N = 12, N_CHANNELS = 8 };

/** Mean interval of the candidate in the middle, which is the input's, ms. */
#define PERIOD 100.0

extern made_weights weights;
extern dicrec_spikes *input; /**< regular, of PERIOD */
extern dicrec_estimate_options estimate;
extern dicrec_population_options population;

/** Checked fixture: fills the above. */
void screening_setup(void);
void screening_teardown(void);

/** Let both networks be sure of a class, and predict the mean interval with the given slope. */
void set_network(double slope);

/** Logarithm of the mean interval that the network predicts for a conductance of sodium. */
double predicted_interval(double g);

/** Put another train in the place of the input: n intervals that are by turns longer and shorter than the period. */
void set_input(double period, double deviation, size_t n);

/** Defaults with the estimate and the population above. */
dicrec_reconstruct_options options_of(int32_t screening);

/** Reconstruct n members with the weights above. */
dicrec_reconstruction *reconstruct(const dicrec_reconstruct_options *options, size_t n, dicrec_status expected);

/** Conductances of n members: g [n][N_CHANNELS]. */
void copy_members(const dicrec_reconstruction *made, double *g, size_t n);

#endif
