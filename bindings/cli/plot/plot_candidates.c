/* SPDX-License-Identifier: MIT */
/**
 * @file plot_candidates.c
 * The spread of conductances before any selection.
 */
#include "plot/plot_candidates.h"

#include <math.h>
#include <stdlib.h>

enum { CANDIDATE_COUNT = 400 };
static const double OUTSIDE = 0.05; /* share of the candidates on each side of the band */

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Candidates as the search draws them, whatever they fire: [CANDIDATE_COUNT][n_channels]. */
static double *draw_candidates(const plot_data *data, const session *work, const dicrec_reconstruct_options *options,
                               const dicrec_posterior *posterior) {
  double targets[CANDIDATE_COUNT][2];
  bool own = data->target == DICREC_TARGET_SAMPLE;
  if (own)
    session_require(work, dicrec_posterior_sample(posterior, options->seed, CANDIDATE_COUNT, 2, targets[0]), "sample");
  else session_require(work, dicrec_posterior_quantile(posterior, 0.5, 2, targets[0]), "median");
  dicrec_generate_options generate = *options->generate;
  generate.seed = options->seed;
  dicrec_population *population;
  session_require(work,
                  dicrec_generate(work->context, work->model, targets[0], own ? CANDIDATE_COUNT : 1, 2, CANDIDATE_COUNT,
                                  &generate, &population),
                  "candidates");
  size_t n = CANDIDATE_COUNT * data->n_channels;
  double *conductances = allocate(n, sizeof *conductances);
  session_require(work, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances, n),
                  "candidates");
  dicrec_population_free(population);
  return conductances;
}

/* The quantiles of the values that are numbers; NaN if none is. */
static void find_band(const double *conductances, size_t n_channels, double *low, double *high) {
  double values[CANDIDATE_COUNT];
  size_t n = 0;
  for (size_t i = 0; i < CANDIDATE_COUNT; ++i)
    if (!isnan(conductances[i * n_channels])) values[n++] = conductances[i * n_channels];
  qsort(values, n, sizeof *values, compare);
  size_t n_outside = (size_t)(OUTSIDE * (double)n);
  *low = n > 0 ? values[n_outside] : NAN;
  *high = n > 0 ? values[n - 1 - n_outside] : NAN;
}

void plot_candidates_collect(plot_data *data, const session *work, const dicrec_reconstruct_options *options,
                             const dicrec_posterior *posterior) {
  double *candidates = draw_candidates(data, work, options, posterior);
  data->band_low = allocate(data->n_channels, sizeof *data->band_low);
  data->band_high = allocate(data->n_channels, sizeof *data->band_high);
  for (size_t channel = 0; channel < data->n_channels; ++channel)
    find_band(candidates + channel, data->n_channels, &data->band_low[channel], &data->band_high[channel]);
  free(candidates);
}
