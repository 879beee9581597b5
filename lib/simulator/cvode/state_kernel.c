/* SPDX-License-Identifier: MIT */
/** @file state_kernel.c The operations of state vectors. Compiled once for each vector unit, by the name of the unit.
 */
#include "simulator/cvode/state_vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/kernel_choice.h"

/* As many numbers as the unit takes at once: wider vectors would be taken apart, at a price. */
#if defined(__AVX512F__)
enum { WIDTH = 8 };
#elif defined(__AVX__)
enum { WIDTH = 4 };
#else
enum { WIDTH = 2 };
#endif
typedef double chunk __attribute__((vector_size(WIDTH * sizeof(double))));
typedef int64_t whole __attribute__((vector_size(WIDTH * sizeof(int64_t))));

static inline chunk load(const double *from) {
  chunk c;
  memcpy(&c, from, sizeof c);
  return c;
}

static inline void store(double *to, chunk c) { memcpy(to, &c, sizeof c); }

/* Every operation goes over its vectors chunk by chunk, from i = 0. */
#define OVER(vector) for (sunindextype i = 0, n_ = NV_LENGTH_S(vector); i < n_; i += WIDTH)
#define AT(vector)   load(dicrec__state_of(vector) + i)
#define TO(vector)   dicrec__state_of(vector) + i

static void linear_sum(sunrealtype a, N_Vector x, sunrealtype b, N_Vector y, N_Vector z) {
  OVER(z) store(TO(z), a * AT(x) + b * AT(y));
}

static void fill(sunrealtype value, N_Vector z) { OVER(z) store(TO(z), value + (chunk){0.0}); }

static void product(N_Vector x, N_Vector y, N_Vector z) { OVER(z) store(TO(z), AT(x) * AT(y)); }

static void quotient(N_Vector x, N_Vector y, N_Vector z) { OVER(z) store(TO(z), AT(x) / AT(y)); }

static void scale(sunrealtype factor, N_Vector x, N_Vector z) { OVER(z) store(TO(z), factor * AT(x)); }

static void absolute(N_Vector x, N_Vector z) { OVER(z) store(TO(z), (chunk)((whole)AT(x) & INT64_MAX)); }

static void inverse(N_Vector x, N_Vector z) { OVER(z) store(TO(z), 1.0 / AT(x)); }

static void add_constant(N_Vector x, sunrealtype value, N_Vector z) { OVER(z) store(TO(z), AT(x) + value); }

static sunrealtype root_mean_square(N_Vector x, N_Vector weights) {
  chunk sum = {0.0};
  OVER(x) {
    const chunk weighted = AT(x) * AT(weights);
    sum += weighted * weighted;
  }
  double parts[WIDTH];
  memcpy(parts, &sum, sizeof parts);
  for (int half = WIDTH / 2; half > 0; half /= 2)
    for (int k = 0; k < half; ++k) parts[k] += parts[k + half];
  return sqrt(parts[0] * (1.0 / (double)NV_LENGTH_S(x))); /* does not wait for a division */
}

static int linear_combination(int n, sunrealtype *factors, N_Vector *x, N_Vector z) {
  OVER(z) {
    chunk sum = factors[0] * AT(x[0]);
    for (int k = 1; k < n; ++k) sum += factors[k] * AT(x[k]);
    store(TO(z), sum);
  }
  return 0;
}

static int add_scaled(int n, sunrealtype *factors, N_Vector x, N_Vector *y, N_Vector *z) {
  for (int k = 0; k < n; ++k) linear_sum(factors[k], x, 1.0, y[k], z[k]);
  return 0;
}

static int scale_all(int n, sunrealtype *factors, N_Vector *x, N_Vector *z) {
  for (int k = 0; k < n; ++k) scale(factors[k], x[k], z[k]);
  return 0;
}

void DICREC__FOR_UNIT(dicrec__state_operations_)(N_Vector vector) {
  vector->ops->nvlinearsum = linear_sum;
  vector->ops->nvconst = fill;
  vector->ops->nvprod = product;
  vector->ops->nvdiv = quotient;
  vector->ops->nvscale = scale;
  vector->ops->nvabs = absolute;
  vector->ops->nvinv = inverse;
  vector->ops->nvaddconst = add_constant;
  vector->ops->nvwrmsnorm = root_mean_square;
  vector->ops->nvlinearcombination = linear_combination;
  vector->ops->nvscaleaddmulti = add_scaled;
  vector->ops->nvscalevectorarray = scale_all;
}
