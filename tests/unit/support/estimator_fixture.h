/* SPDX-License-Identifier: MIT */
/** @file estimator_fixture.h An estimator of small random weights, trains to read, and what every answer must hold. */
#ifndef DICREC_TEST_ESTIMATOR_FIXTURE_H
#define DICREC_TEST_ESTIMATOR_FIXTURE_H

#include "support/fixture.h"

extern dicrec_estimator *estimator; /**< for the STG neuron, of `made` */
extern made_weights made;

/** Checked fixture: those of fixture.h and the two above. */
void estimator_setup(void);
void estimator_teardown(void);

/** Make the estimator anew after `made` has changed. */
void remake_estimator(void);

/** An estimator of these weights must be refused, or made, as expected; with `word` in the text unless it is NULL. */
void weights_answer(const made_weights *weights, const dicrec_model *model, dicrec_status expected, const char *word);

/** Bursts of five spikes with varying intervals. */
dicrec_spikes *make_train(size_t n, double stretch);

/** Read a train; the support is not judged. */
dicrec_posterior *run(const dicrec_spikes *spikes, int32_t auto_scale, double time_scale);

/** Every number of a posterior is finite and where it has to be. */
void check_finite(const dicrec_posterior *posterior);

/**
 * The largest difference of two posteriors: places in standard deviations, spreads and noise relative, shares as they
 * are.
 */
double posterior_difference(const dicrec_posterior *a, const dicrec_posterior *b);

/** What dicrec_posterior_quantile() tells of the noise. */
dicrec_status noise_std_quantile(const dicrec_posterior *posterior, double p, double *noise_std);

/** The noise of n samples, at most 100,000, of dicrec_posterior_sample(). */
dicrec_status sample_noise_std(const dicrec_posterior *posterior, uint64_t seed, size_t n, double *noise_std);

#endif
