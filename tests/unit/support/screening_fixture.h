/* SPDX-License-Identifier: MIT */
/**
 * @file screening_fixture.h
 * Reconstructions with made networks whose predictions are a known function of one channel, and no law of base draws:
 * candidates are screened as they are drawn, and none is moved.
 */
#ifndef DICREC_TEST_SCREENING_FIXTURE_H
#define DICREC_TEST_SCREENING_FIXTURE_H

#include "reconstruct/screen.h"
#include "support/fixture.h"

enum { N = 12, N_CHANNELS = 8 };

/** Mean interval of the candidate in the middle, which is the input's, ms. */
#define PERIOD 100.0

extern made_weights weights;
extern dicrec_spikes *input; /**< regular, of PERIOD */
extern dicrec_estimate_options estimate;
extern dicrec_generate_options population;

/** Checked fixture: fills the above. */
void screening_setup(void);
void screening_teardown(void);

/** What the networks resolve at their best. */
#define LEAST_SPREAD 1e-3

/**
 * Let both networks be sure of spiking, and predict the mean interval with the given slope; all else of the pattern is
 * predicted to be 0, as it is for regular trains where it is compared.
 */
void set_network(double slope);

/** Let them predict a class with this probability, and one of the numbers of the pattern as mean and spread. */
void set_class(int activity, double probability);
void set_predicted(int number, double mean, double spread);

/** Let them predict the pattern of the input, but for the mean interval, with this spread. */
void predict_input(double spread);

/** What the input asks for as a regular one, at time scale 1. */
dicrec__screen screen_of_input(void);

/** The tolerance of the mean interval of a regular train, which slopes are chosen by. */
double tolerance_of_mean(void);

/** Logarithm of the mean interval that the networks predict for a conductance of sodium. */
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
