/* SPDX-License-Identifier: MIT */
#include "estimator/support.h"

#include <math.h>

#include "network/product.h"

static dicrec_status bind_quantiles(dicrec_context *context, const dicrec__weights *weights, const char *name,
                                    dicrec__quantiles *quantiles) {
  const dicrec__tensor *tensor;
  const dicrec_status status = dicrec__weights_tensor(context, weights, name, 1, (const size_t[2]){0, 0}, &tensor);
  if (status != DICREC_OK) return status;
  *quantiles = (dicrec__quantiles){tensor->values, tensor->dims[0]};
  for (size_t i = 1; i < quantiles->n; ++i)
    if (quantiles->values[i] < quantiles->values[i - 1])
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: %s fall at index %zu", name, i);
  return DICREC_OK;
}

static dicrec_status bind_tables(dicrec_context *context, const dicrec__weights *weights, dicrec__support *support) {
  dicrec_status status = bind_quantiles(context, weights, DICREC__SUPPORT_DISTANCES, &support->distances);
  if (status == DICREC_OK) status = bind_quantiles(context, weights, DICREC__SUPPORT_ODDS, &support->odds);
  if (status == DICREC_OK) status = bind_quantiles(context, weights, DICREC__SUPPORT_LEAST, &support->least);
  return status;
}

static dicrec_status bind_network(dicrec_context *context, const dicrec__weights *weights, dicrec__support *support) {
  dicrec__layer *classifier = support->classifier;
  const int n_features = (int)support->n_features;
  const dicrec_status status =
      dicrec__layer_bind(context, weights, DICREC__LAYER_SUPPORT ".0", n_features, 0, &classifier[0]);
  return status == DICREC_OK
             ? dicrec__layer_bind(context, weights, DICREC__LAYER_SUPPORT ".1", classifier[0].n_out, 1, &classifier[1])
             : status;
}

static double prototype_value(const dicrec__support *support, size_t prototype, size_t axis) {
  return (double)support->prototypes[dicrec__packed_place(support->n_axes, axis, prototype)];
}

/** Half of |c|^2 of every prototype: |p - c|^2 / 2 is that, less p c, plus what is the same for all. */
static dicrec_status measure_prototypes(dicrec_context *context, dicrec__support *support) {
  support->half_norms = dicrec__allocate(&context->allocator, support->n_prototypes, sizeof *support->half_norms);
  if (support->half_norms == NULL) return dicrec__fail_memory(context, "the prototypes of the support");
  for (size_t j = 0; j < support->n_prototypes; ++j) {
    double sum = 0.0;
    for (size_t a = 0; a < support->n_axes; ++a) {
      const double value = prototype_value(support, j, a);
      sum += value * value;
    }
    support->half_norms[j] = (float)(0.5 * sum);
  }
  return DICREC_OK;
}

dicrec_status dicrec__support_bind(dicrec_context *context, const dicrec__weights *weights,
                                   const dicrec__network *network, dicrec__support *support) {
  const size_t n_features = network->n_features + network->n_code;
  const dicrec__tensor *mean, *projection, *prototypes;
  dicrec_status status =
      dicrec__weights_tensor(context, weights, DICREC__SUPPORT_MEAN, 1, (const size_t[2]){n_features, 0}, &mean);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, DICREC__SUPPORT_PROJECTION, 2, (const size_t[2]){0, n_features},
                                    &projection);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, DICREC__SUPPORT_PROTOTYPES, 2,
                                    (const size_t[2]){0, projection->dims[0]}, &prototypes);
  if (status != DICREC_OK) return status;
  *support = (dicrec__support){.mean = mean->values,
                               .projection = projection->values,
                               .prototypes = prototypes->values,
                               .n_given = network->n_features,
                               .n_features = n_features,
                               .n_axes = projection->dims[0],
                               .n_prototypes = prototypes->dims[0]};
  if (support->n_axes > DICREC__SUPPORT_MAX_AXES)
    return dicrec__fail(context, DICREC_E_WEIGHTS,
                        "weights: " DICREC__SUPPORT_PROJECTION " has %zu rows, allowed are up to %d", support->n_axes,
                        DICREC__SUPPORT_MAX_AXES);
  status = bind_tables(context, weights, support);
  if (status == DICREC_OK) status = bind_network(context, weights, support);
  return status == DICREC_OK ? measure_prototypes(context, support) : status;
}

void dicrec__support_release(const dicrec__allocator *allocator, dicrec__support *support) {
  dicrec__release(allocator, support->half_norms);
}

/** The prototype with the least half norm less product; n_prototypes if no number compares. */
static size_t nearest(const dicrec__support *support, const float *products) {
  size_t found = support->n_prototypes;
  float least = INFINITY;
  for (size_t j = 0; j < support->n_prototypes; ++j) {
    const float part = support->half_norms[j] - products[j];
    if (part < least) {
      least = part;
      found = j;
    }
  }
  return found;
}

/** Squared distance of a point to a prototype, in double: the products are too coarse for points that are near. */
static double distance(const dicrec__support *support, const float *point, size_t prototype) {
  if (prototype == support->n_prototypes) return (double)INFINITY; /* features that are not finite */
  double squared = 0.0;
  for (size_t a = 0; a < support->n_axes; ++a) {
    const double difference = (double)point[a] - prototype_value(support, prototype, a);
    squared += difference * difference;
  }
  return squared;
}

/** Share of the sample above a value; its upper tail is exponential. 0 for what is not a number. */
static double share_above(const dicrec__quantiles *quantiles, double value) {
  const float *values = quantiles->values;
  const size_t n = quantiles->n;
  const double highest = (double)values[n - 1];
  if (value < (double)values[0]) return 1.0;
  if (!(value <= highest)) {
    const double fall = highest - (double)values[n - 1 - n / DICREC__TAIL_PART];
    return fall > 0.0 && value > highest ? 0.5 / (double)n * exp(-(value - highest) / fall) : 0.0;
  }
  size_t below = 0, above = n - 1;
  while (above - below > 1) {
    const size_t middle = below + (above - below) / 2;
    if ((double)values[middle] < value) below = middle;
    else above = middle;
  }
  const double width = (double)values[above] - (double)values[below];
  const double part = width > 0.0 ? (value - (double)values[below]) / width : 0.0;
  return 1.0 - ((double)below + part + 0.5) / (double)n;
}

/** Share of training trains whose lesser share, by distance and by odds against, is below that of a train. */
static double support_at(const dicrec__support *support, double d, double logit) {
  const dicrec__quantiles *table = &support->least;
  const double lowest = (double)table->values[0];
  const double least = fmin(share_above(&support->distances, d), share_above(&support->odds, -logit));
  if (least < lowest) return 0.5 / (double)table->n * fmax(least, 0.0) / lowest;
  return 1.0 - share_above(table, least);
}

/** Features of n trains, those of the network then code, as they are and less the mean. */
static void gather(const dicrec__support *support, const float *given, const float *code, size_t n, float *features,
                   float *centred) {
  const size_t n_given = support->n_given, n_code = support->n_features - n_given;
  for (size_t i = 0; i < n; ++i)
    for (size_t f = 0; f < support->n_features; ++f) {
      const float feature = f < n_given ? given[i * n_given + f] : code[i * n_code + f - n_given];
      *features++ = feature;
      *centred++ = feature - support->mean[f];
    }
}

void dicrec__support_of(const dicrec__support *support, const float *given, const float *code, size_t n, float *work,
                        double *shares) {
  const size_t n_features = support->n_features;
  float *features = work, *centred = features + n * n_features, *points = centred + n * n_features;
  float *products = points + n * support->n_axes, *hidden = products + n * support->n_prototypes;
  float *logits = hidden + n * (size_t)support->classifier[0].n_out;
  gather(support, given, code, n, features, centred);
  dicrec__multiply(&(dicrec__product){.in = centred,
                                      .packed = support->projection,
                                      .out = points,
                                      .n_rows = n,
                                      .n_in = n_features,
                                      .n_out = support->n_axes});
  dicrec__multiply(&(dicrec__product){.in = points,
                                      .packed = support->prototypes,
                                      .out = products,
                                      .n_rows = n,
                                      .n_in = support->n_axes,
                                      .n_out = support->n_prototypes});
  dicrec__layer_apply_active(&support->classifier[0], features, n, hidden);
  dicrec__layer_apply(&support->classifier[1], hidden, n, logits);
  for (size_t i = 0; i < n; ++i) {
    const size_t prototype = nearest(support, products + i * support->n_prototypes);
    const double d = distance(support, points + i * support->n_axes, prototype);
    shares[i] = support_at(support, d, (double)logits[i]);
  }
}
