/* SPDX-License-Identifier: MIT */
/**
 * @file time_scale.h
 * The user's time and the model's: a neuron with every time constant and its capacitance stretched fires what the
 * model fires, stretched. Only this file knows both; all else of the simulator is in the model's time.
 */
#ifndef DICREC_SIMULATOR_TIME_SCALE_H
#define DICREC_SIMULATOR_TIME_SCALE_H

#include "simulator/run.h"

/** From the user's time to the model's: what a run is asked for, and the samples of the noise, whose rate is the
 * user's. */
void dicrec__run_enter_model_time(dicrec__run *run);

/** Back to the user's time, of what a run has recorded. */
void dicrec__simulation_leave_model_time(dicrec_simulation *simulation, const dicrec_simulate_options *options);

/** The protocol of a model in the user's time. */
void dicrec__protocol_at(const dicrec_model *model, double time_scale, double *t_end_ms, double *t_skip_ms);

#endif
