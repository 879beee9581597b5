/* SPDX-License-Identifier: MIT */
/** @file kernel_run.h Eight neurons run with one kernel of the ensemble, and the insides that it leaves behind. */
#ifndef DICREC_TEST_KERNEL_RUN_H
#define DICREC_TEST_KERNEL_RUN_H

#include "simulator/ensemble/ensemble.h"

/** The kernels that this processor can run, the plain one first; returns how many. */
int kernels_here(dicrec__ensemble_kernel kernels[3]);

typedef struct kernel_run {
  dicrec_simulation simulation;
  dicrec_status status[DICREC__LANES];
  double final_states[DICREC__LANES * DICREC__MAX_STATES];
  dicrec__run run;
  dicrec__ensemble ensemble;
  dicrec__ensemble_block block;
} kernel_run;

/** Run conductances [8][n_channels] up to a time, and a little beyond, at the default step. */
void kernel_run_start(kernel_run *bench, const dicrec_model *model, const double *conductances, double t_end_ms,
                      dicrec__ensemble_kernel kernel);

void kernel_run_end(kernel_run *bench);

#endif
