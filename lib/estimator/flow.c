/* SPDX-License-Identifier: MIT */
#include "estimator/flow.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Members in one product: their hidden units fit in the cache. */
enum { BATCH = 128 };

/* The part of a posterior's stream that samples of DICs and noise leave alone. */
enum { OF_FLOW = 2 };

static dicrec_status bind_step(dicrec_context *context, const dicrec__weights *weights, int k, int n_in,
                               dicrec__layer *layers) {
  for (int i = 0; i < DICREC__FLOW_LAYERS; ++i) {
    char name[32];
    snprintf(name, sizeof name, DICREC__LAYER_FLOW ".%d.%d", k, i);
    const dicrec_status status = dicrec__layer_bind(context, weights, name, n_in, i == 1 ? n_in : 0, &layers[i]);
    if (status != DICREC_OK) return status;
    n_in = layers[i].n_out;
  }
  if (n_in % DICREC__FLOW_PER_PART == 0 && n_in <= DICREC__FLOW_PER_PART * DICREC__MAX_COMPONENTS) return DICREC_OK;
  return dicrec__fail(context, DICREC_E_WEIGHTS,
                      "weights: " DICREC__LAYER_FLOW ".%d.2 has %d outputs, expected a multiple of %d up to %d", k,
                      n_in, DICREC__FLOW_PER_PART, DICREC__FLOW_PER_PART * DICREC__MAX_COMPONENTS);
}

dicrec_status dicrec__flow_bind(dicrec_context *context, const dicrec__weights *weights, int n_code, int n_coordinates,
                                dicrec__flow *flow) {
  *flow = (dicrec__flow){.n_code = n_code};
  if (!dicrec__weights_has(weights, DICREC__LAYER_FLOW ".")) return DICREC_OK;
  for (int k = 0; k < n_coordinates; ++k) {
    const dicrec_status status = bind_step(context, weights, k, n_code + DICREC__N_GIVEN + k, flow->layers[k]);
    if (status != DICREC_OK) return status;
  }
  flow->n_coordinates = n_coordinates;
  return DICREC_OK;
}

/** The code and what is known of a member, as its row of inputs; coordinates come behind as they are drawn. */
static void lay_out(const dicrec__flow *flow, const float *code, const dicrec__target *target,
                    const dicrec__flow_draw *draw, float *row) {
  const double log_low = target->log_noise[0], log_high = target->log_noise[1];
  float *before = row + flow->n_code;
  memcpy(row, code, (size_t)flow->n_code * sizeof *row);
  for (int axis = 0; axis < 2; ++axis)
    before[DICREC__GIVEN_S + axis] = (float)((draw->dics[axis] - target->center[axis]) / target->dic_unit[axis]);
  before[DICREC__GIVEN_IS_NOISY] = draw->noise_std > 0.0 ? 1.0F : 0.0F;
  before[DICREC__GIVEN_NOISE] =
      draw->noise_std > 0.0 ? (float)((2.0 * log(draw->noise_std) - log_low - log_high) / (log_high - log_low)) : 0.0F;
}

/** A number of the mixture that the last layer puts out: logits, means, logarithms of deviations. */
static double draw_from(const float *out, int n_parts, dicrec__random *random) {
  double largest = -(double)INFINITY, sum = 0.0, normal[2];
  for (int k = 0; k < n_parts; ++k) largest = fmax(largest, (double)out[k]);
  for (int k = 0; k < n_parts; ++k) sum += exp((double)out[k] - largest);
  double left = sum * dicrec__random_uniform(random);
  int k = 0;
  while (k + 1 < n_parts && (left -= exp((double)out[k] - largest)) >= 0.0) ++k;
  dicrec__random_normal_pair(random, normal);
  const double log_deviation =
      fmin(fmax((double)out[DICREC__FLOW_LOG * n_parts + k], DICREC__LEAST_LOG), DICREC__MOST_LOG);
  return (double)out[DICREC__FLOW_MEAN * n_parts + k] + exp(log_deviation) * normal[0];
}

/** Rows of inputs, hidden units and outputs for a batch, and a generator for each row. */
struct work {
  size_t n_row, n_hidden, n_out;
  float *rows, *packed, *hidden, *more, *out;
  dicrec__random random[BATCH];
};

void dicrec__flow_law(const dicrec__flow *flow, int k, const float *rows, size_t n, float *hidden, float *more,
                      float *out) {
  const dicrec__layer *layers = flow->layers[k];
  dicrec__layer_apply_active(&layers[0], rows, n, hidden);
  dicrec__layer_apply_onto(&layers[1], hidden, n, hidden, more);
  dicrec__layer_apply(&layers[2], more, n, out);
}

static void run_step(const dicrec__flow *flow, int k, struct work *work, size_t n, double *coordinates) {
  const dicrec__layer *layers = flow->layers[k];
  const size_t n_in = (size_t)layers[0].n_in, n_out = (size_t)layers[2].n_out;
  for (size_t i = 0; i < n; ++i) memcpy(work->packed + i * n_in, work->rows + i * work->n_row, n_in * sizeof(float));
  dicrec__flow_law(flow, k, work->packed, n, work->hidden, work->more, work->out);
  for (size_t i = 0; i < n; ++i) {
    const double z = draw_from(work->out + i * n_out, (int)n_out / DICREC__FLOW_PER_PART, &work->random[i]);
    coordinates[i * (size_t)flow->n_coordinates + (size_t)k] = z;
    work->rows[i * work->n_row + n_in] = (float)z;
  }
}

static void measure(const dicrec__flow *flow, struct work *work) {
  work->n_row = (size_t)(flow->n_code + DICREC__N_GIVEN + flow->n_coordinates);
  for (int k = 0; k < flow->n_coordinates; ++k) {
    const size_t n_hidden = (size_t)flow->layers[k][0].n_out, n_out = (size_t)flow->layers[k][2].n_out;
    work->n_hidden = n_hidden > work->n_hidden ? n_hidden : work->n_hidden;
    work->n_out = n_out > work->n_out ? n_out : work->n_out;
  }
}

dicrec_status dicrec__flow_sample(dicrec_context *context, const dicrec__flow *flow, const float *code,
                                  const dicrec__target *target, uint64_t seed, const dicrec__flow_draw *draws, size_t n,
                                  double *coordinates) {
  struct work work = {0};
  measure(flow, &work);
  const size_t n_numbers = BATCH * (2 * work.n_row + 2 * work.n_hidden + work.n_out);
  work.rows = dicrec__allocate_unset(&context->allocator, n_numbers, sizeof *work.rows);
  if (work.rows == NULL) return dicrec__fail_memory(context, "the base draws of the candidates");
  work.packed = work.rows + BATCH * work.n_row;
  work.hidden = work.packed + BATCH * work.n_row;
  work.more = work.hidden + BATCH * work.n_hidden;
  work.out = work.more + BATCH * work.n_hidden;
  for (size_t first = 0; first < n; first += BATCH) {
    const size_t count = n - first < BATCH ? n - first : BATCH;
    for (size_t i = 0; i < count; ++i) {
      lay_out(flow, code, target, &draws[first + i], work.rows + i * work.n_row);
      dicrec__random_start(&work.random[i], seed, DICREC__PURPOSE_POSTERIOR, draws[first + i].stream, OF_FLOW);
    }
    for (int k = 0; k < flow->n_coordinates; ++k)
      run_step(flow, k, &work, count, coordinates + first * (size_t)flow->n_coordinates);
  }
  dicrec__release(&context->allocator, work.rows);
  return DICREC_OK;
}
