/* SPDX-License-Identifier: MIT */
#include "reconstruct/predict.h"

#include <string.h>

dicrec_status dicrec__candidates_predict(const dicrec__candidates *candidates, dicrec__candidate *const *predicted,
                                         size_t n, dicrec__prediction *predictions) {
  const dicrec__request *request = candidates->request;
  const dicrec__allocator *allocator = &candidates->context->allocator;
  const size_t n_channels = (size_t)request->model->table->n_channels, size = n_channels + DICREC_DIC_COUNT + 1;
  double *conductances = dicrec__allocate_unset(allocator, n, size * sizeof *conductances);
  if (conductances == NULL) return dicrec__fail_memory(candidates->context, "the predictions of the candidates");
  double *dics = conductances + n * n_channels, *noise_std = dics + n * DICREC_DIC_COUNT;
  for (size_t i = 0; i < n; ++i) {
    memcpy(conductances + i * n_channels, predicted[i]->conductances, n_channels * sizeof *conductances);
    memcpy(dics + i * DICREC_DIC_COUNT, predicted[i]->dics, sizeof predicted[i]->dics);
    noise_std[i] = candidates->screen.is_regular ? 0.0 : predicted[i]->noise_std;
  }
  const dicrec__forward_neurons neurons = {n, conductances, dics, noise_std, candidates->screen.duration_ms};
  const dicrec_status status = dicrec__forward_predict(candidates->context, request->forward, &neurons, predictions);
  dicrec__release(allocator, conductances);
  return status;
}

dicrec_status dicrec__candidates_screen(const dicrec__candidates *candidates, dicrec__candidate *const *predicted,
                                        size_t n) {
  const dicrec__allocator *allocator = &candidates->context->allocator;
  dicrec__prediction *predictions = dicrec__allocate_unset(allocator, n, sizeof *predictions);
  if (predictions == NULL) return dicrec__fail_memory(candidates->context, "the predictions of the candidates");
  const dicrec_status status = dicrec__candidates_predict(candidates, predicted, n, predictions);
  for (size_t i = 0; i < n && status == DICREC_OK; ++i)
    predicted[i]->mismatch = dicrec__screen_mismatch(&candidates->screen, &predictions[i]);
  dicrec__release(allocator, predictions);
  return status;
}
