/* SPDX-License-Identifier: MIT */
#include "support/kernel_run.h"

#include <string.h>

#include "core/kernel_choice.h"
#include "support/fixture.h"

int kernels_here(dicrec__ensemble_kernel kernels[3]) {
  int n = 0;
  for (enum dicrec__vector_unit unit = DICREC__PLAIN; unit <= dicrec__widest_vector_unit(); ++unit)
    kernels[n++] = DICREC__KERNEL_FOR(unit, dicrec__ensemble_kernel_);
  return n;
}

void kernel_run_start(kernel_run *bench, const dicrec_model *model, const double *g, double t_end,
                      dicrec__ensemble_kernel kernel) {
  static const size_t members[DICREC__LANES] = {0, 1, 2, 3, 4, 5, 6, 7};
  memset(bench, 0, sizeof *bench);
  answers(dicrec__spike_store_create(&context->allocator, DICREC__LANES, 1000, &bench->simulation.spikes), DICREC_OK);
  bench->simulation.status = bench->status;
  bench->simulation.model = dicrec_model_retain(model);
  bench->simulation.final_states = bench->final_states;
  bench->run = (dicrec__run){.model = model,
                             .conductances = g,
                             .options = {.dt_ms = 0.02, .t_end_ms = t_end},
                             .simulation = &bench->simulation};
  answers(dicrec__ensemble_prepare(context, &bench->run, &bench->ensemble), DICREC_OK);
  dicrec__ensemble_block_start(&bench->ensemble, members, 0, DICREC__LANES, NULL, &bench->block);
  kernel(&bench->ensemble, &bench->block);
  for (int lane = 0; lane < DICREC__LANES; ++lane) ck_assert_int_eq(bench->status[lane], DICREC_OK);
}

void kernel_run_end(kernel_run *bench) {
  dicrec_model_free(bench->simulation.model);
  dicrec__spike_store_free(bench->simulation.spikes);
}
