/* SPDX-License-Identifier: MIT */
#include "estimator/support.h"

#include <math.h>

static dicrec_status check(dicrec_context *context, const dicrec__support *support) {
  if (support->n_axes > DICREC__SUPPORT_MAX_AXES)
    return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: support.projection has %zu rows, allowed are up to %d",
                        support->n_axes, DICREC__SUPPORT_MAX_AXES);
  for (size_t i = 1; i < support->n_quantiles; ++i)
    if (support->quantiles[i] < support->quantiles[i - 1])
      return dicrec__fail(context, DICREC_E_WEIGHTS, "weights: support.quantiles fall at index %zu", i);
  return DICREC_OK;
}

dicrec_status dicrec__support_bind(dicrec_context *context, const dicrec__weights *weights, size_t n_features,
                                   dicrec__support *support) {
  const dicrec__tensor *mean, *projection, *prototypes, *quantiles;
  dicrec_status status =
      dicrec__weights_tensor(context, weights, "support.mean", 1, (const size_t[2]){n_features, 0}, &mean);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, "support.projection", 2, (const size_t[2]){0, n_features},
                                    &projection);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, "support.prototypes", 2,
                                    (const size_t[2]){0, projection->dims[0]}, &prototypes);
  if (status == DICREC_OK)
    status = dicrec__weights_tensor(context, weights, "support.quantiles", 1, (const size_t[2]){0, 0}, &quantiles);
  if (status != DICREC_OK) return status;
  *support = (dicrec__support){.mean = mean->values,
                               .projection = projection->values,
                               .prototypes = prototypes->values,
                               .quantiles = quantiles->values,
                               .n_features = n_features,
                               .n_axes = projection->dims[0],
                               .n_prototypes = prototypes->dims[0],
                               .n_quantiles = quantiles->dims[0]};
  return check(context, support);
}

/** Squared distance to the nearest prototype. */
static double distance(const dicrec__support *support, const float *features) {
  double point[DICREC__SUPPORT_MAX_AXES], nearest = (double)INFINITY;
  for (size_t a = 0; a < support->n_axes; ++a) {
    const float *axis = support->projection + a * support->n_features;
    point[a] = 0.0;
    for (size_t f = 0; f < support->n_features; ++f)
      point[a] += (double)axis[f] * ((double)features[f] - (double)support->mean[f]);
  }
  for (size_t j = 0; j < support->n_prototypes; ++j) {
    double squared = 0.0;
    for (size_t a = 0; a < support->n_axes; ++a) {
      const double difference = point[a] - (double)support->prototypes[j * support->n_axes + a];
      squared += difference * difference;
    }
    if (squared < nearest) nearest = squared;
  }
  return nearest; /* features that are not finite are at no finite distance */
}

double dicrec__support_of(const dicrec__support *support, const float *features) {
  const double d = distance(support, features);
  const float *quantiles = support->quantiles;
  size_t below = 0, above = support->n_quantiles - 1;
  if (d < (double)quantiles[below]) return 1.0;
  if (d > (double)quantiles[above]) return 0.0;
  while (above - below > 1) {
    const size_t middle = below + (above - below) / 2;
    if ((double)quantiles[middle] < d) below = middle;
    else above = middle;
  }
  const double width = (double)quantiles[above] - (double)quantiles[below];
  const double part = width > 0.0 ? (d - (double)quantiles[below]) / width : 0.0;
  return 1.0 - ((double)below + part + 0.5) / (double)support->n_quantiles;
}
