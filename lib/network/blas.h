/* SPDX-License-Identifier: MIT */
/**
 * @file blas.h
 * The one place that knows BLAS. It serves products that are larger than any for which the library's own were measured
 * to be as fast; none that one train, many trains, a stream or the built-in weights need.
 */
#ifndef DICREC_NETWORK_BLAS_H
#define DICREC_NETWORK_BLAS_H

#include <stdbool.h>
#include <stddef.h>

/* Own products beat OpenBLAS up to 2048 x 2048 weights, with 1 to 256 rows, on AVX2 and AVX-512. */
#define DICREC__OWN_WEIGHTS ((size_t)1 << 22)
#define DICREC__OWN_ROWS    64

/** Whether BLAS is there, and serves weights of this many numbers, given as columns, when there are many rows. */
bool dicrec__blas_serves(size_t n_weights);

/**
 * out [n_rows][n_out] = in [n_rows][n_in] times columns [n_in][n_out]; all sizes are below 2^31. False, and nothing
 * done, if there is no BLAS, or not the memory that it would wait for for ever.
 */
bool dicrec__blas_multiply(const float *in, size_t n_rows, size_t n_in, const float *columns, size_t n_out, float *out);

#endif
