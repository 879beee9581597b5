/* SPDX-License-Identifier: MIT */
#include "reconstruct/trial.h"

#include <string.h>

#include "population/generate.h"
#include "reconstruct/predict.h"

void dicrec__trial_release(const dicrec__allocator *allocator, dicrec__trial *trial) {
  dicrec__release(allocator, trial->members);
  dicrec__release(allocator, trial->pointers);
  dicrec__release(allocator, trial->is_made);
  dicrec__release(allocator, trial->predictions);
}

dicrec_status dicrec__trial_create(dicrec_context *context, size_t n, dicrec__trial *trial) {
  const dicrec__allocator *allocator = &context->allocator;
  *trial = (dicrec__trial){.n = n};
  trial->members = dicrec__allocate_unset(allocator, n, sizeof *trial->members);
  trial->pointers = dicrec__allocate_unset(allocator, n, sizeof(dicrec__candidate *));
  trial->is_made = dicrec__allocate_unset(allocator, n, sizeof *trial->is_made);
  trial->predictions = dicrec__allocate_unset(allocator, n, sizeof *trial->predictions);
  const bool has_room =
      trial->members != NULL && trial->pointers != NULL && trial->is_made != NULL && trial->predictions != NULL;
  return has_room ? DICREC_OK : dicrec__fail_memory(context, "the refinement of the candidates");
}

dicrec_status dicrec__trial_make(const dicrec__candidates *candidates, dicrec__trial *trial) {
  dicrec_context *context = candidates->context;
  const size_t n = trial->n, n_base = (size_t)dicrec__model_base_count(candidates->request->model->table);
  double *targets = dicrec__allocate_unset(&context->allocator, n, (2 + n_base) * sizeof *targets);
  uint64_t *streams = dicrec__allocate(&context->allocator, n, sizeof *streams);
  dicrec_population *population = NULL;
  dicrec_status status = DICREC_E_MEMORY;
  for (size_t i = 0; i < n && targets != NULL; ++i) {
    targets[2 * i] = trial->members[i].dics[DICREC_DIC_SLOW];
    targets[2 * i + 1] = trial->members[i].dics[DICREC_DIC_ULTRASLOW];
    memcpy(targets + 2 * n + i * n_base, trial->members[i].base, n_base * sizeof *targets);
  }
  if (targets == NULL || streams == NULL) dicrec__fail_memory(context, "the refinement of the candidates");
  else
    status = dicrec__generate_from(context, candidates->request->model, targets, n, n, streams, targets + 2 * n,
                                   &candidates->request->population, &population);
  for (size_t i = 0; i < n && status >= 0; ++i) {
    trial->is_made[i] = population->status[i] == DICREC_OK;
    memcpy(trial->members[i].conductances, population->conductances + i * population->n_channels,
           population->n_channels * sizeof(double));
    memcpy(trial->members[i].dics, population->dics + i * DICREC_DIC_COUNT, sizeof trial->members[i].dics);
  }
  dicrec_population_free(population);
  dicrec__release(&context->allocator, streams);
  dicrec__release(&context->allocator, targets);
  return status < 0 ? status : DICREC_OK;
}

dicrec_status dicrec__trial_predict(const dicrec__candidates *candidates, dicrec__trial *trial) {
  for (size_t i = 0; i < trial->n; ++i) trial->pointers[i] = &trial->members[i];
  return dicrec__candidates_predict(candidates, trial->pointers, trial->n, trial->predictions);
}
