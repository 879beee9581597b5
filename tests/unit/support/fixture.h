/* SPDX-License-Identifier: MIT */
/** @file fixture.h What most suites begin with: a context, the built-in models, and neurons that fire. */
#ifndef DICREC_TEST_FIXTURE_H
#define DICREC_TEST_FIXTURE_H

#include <check.h>

#include "dicrec.h"
#include "support/make_weights.h"

extern dicrec_context *context;
extern dicrec_model *stg, *da;

/** Checked fixture: opens and closes the three above. */
void fixture_setup(void);
void fixture_teardown(void);

/** The context's last text; static. */
const char *error_text(void);

/** The call must answer `expected`; a failure shows the context's text. */
#define answers(call, expected)                                                                                        \
  do {                                                                                                                 \
    const dicrec_status answered_ = (call);                                                                            \
    ck_assert_msg(answered_ == (expected), "%s: %s instead of %s (%s)", #call, dicrec_status_name(answered_),          \
                  dicrec_status_name(expected), error_text());                                                         \
  } while (0)

/** Conductances [n][n_channels] of neurons with the DICs (g_s, g_u), malloc'ed. */
double *make_neurons(const dicrec_model *model, double g_s, double g_u, size_t n, uint64_t seed);

/** An estimator of a model with made weights. */
dicrec_estimator *make_estimator(const dicrec_model *model, const made_weights *weights);

/** The report of a reconstruction. */
dicrec_reconstruction_report report_of(const dicrec_reconstruction *made);

/** Options of a simulation with a solver up to a time. */
dicrec_simulate_options simulate_until(int32_t solver, double t_end);

/** Memory that counts its blocks and bytes and refuses what goes beyond a limit. */
typedef struct counted_memory {
  size_t limit; /**< bytes of one request; 0: none */
  size_t n_requests, n_blocks, largest;
} counted_memory;

/** A context on counted memory. */
dicrec_context *make_counted_context(counted_memory *memory);

/** Progress callback that cancels at its n-th call; `user` points to the int n, which counts down. */
int32_t cancel_after(void *user, int64_t done, int64_t total);

/** A context whose progress callback is cancel_after(). */
dicrec_context *make_cancelling_context(int *n_calls);

/** Whether two arrays of doubles are the same bits. */
#define same_bytes(a, b, n) (memcmp((a), (b), (n) * sizeof *(a)) == 0)

/** Print the worst error that a test saw, beside what it allows. */
void report_worst(const char *what, double worst, double allowed);

/** Derivative of f at x from eight values around it, error of order step^8. */
double difference(double (*f)(void *user, double x), void *user, double x, double step);

#endif
