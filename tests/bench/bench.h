/* SPDX-License-Identifier: MIT */
/** @file bench.h Timing of repeated work, and the objects that every benchmark needs. */
#ifndef DICREC_TESTS_BENCH_H
#define DICREC_TESTS_BENCH_H

#include <dicrec.h>

/** A model with a target that its neurons are made for. */
struct bench_case {
  const char *model;
  double target[2]; /**< g_s, g_u */
};

/** A bursting STG neuron and a pacemaking DA neuron. */
enum { BENCH_N_CASES = 2 };
extern const struct bench_case bench_cases[BENCH_N_CASES];

/** Wall time of repetitions of one piece of work. */
struct bench_time {
  double best_ms;
  double median_ms;
};

/** Call `work` n times, after once for warming up. */
struct bench_time bench_measure(int n, void (*work)(void *user), void *user);

/** End the program with the context's text unless the status is good or a remark. */
void bench_require(dicrec_context *context, dicrec_status status, const char *what);

dicrec_context *bench_context(void);
dicrec_model *bench_model(dicrec_context *context, const char *name);

/** Conductances of n members of the case, [n][n_channels]; the caller frees them. */
double *bench_conductances(dicrec_context *context, const dicrec_model *model, const struct bench_case *which,
                           size_t n);

/** A regular train of bursts of five spikes. */
dicrec_spikes *bench_train(dicrec_context *context, size_t n);

#endif
