/* SPDX-License-Identifier: MIT */
/**
 * @file ensemble_end.c
 * The states of neurons at the end of their simulation, which lies within a step: V and calcium are known at the ends
 * of the step, the gates in its middle and in that of the step before. All are linear in between.
 */
#include "simulator/ensemble/ensemble.h"

/* The state of a lane, in the order of the model. */
static void read_lane(const dicrec__ensemble *ensemble, const dicrec__ensemble_block *block, int lane, double *state) {
  const dicrec_model *model = ensemble->model;
  state[0] = block->v[lane];
  if (model->calcium_state >= 0) state[model->calcium_state] = block->calcium[lane];
  int scheme = 0;
  for (int c = 0; c < model->table->n_channels; ++c) {
    const int first = model->states[c].activation, second = model->states[c].inactivation;
    if (model->table->channels[c].has_scheme) {
      state[first] = block->open[scheme][lane];
      state[second] = block->inactivated[scheme++][lane];
      continue;
    }
    const float *gates = block->gates[c / DICREC__SLOTS][lane] + c % DICREC__SLOTS;
    if (first >= 0) state[first] = (double)gates[0];
    if (second >= 0) state[second] = (double)gates[DICREC__SLOTS];
  }
}

static bool ends_within_step(const dicrec__ensemble *ensemble, const dicrec__ensemble_block *block, int lane) {
  const double left = ensemble->run->options.t_end_ms - block->t_ms[lane];
  return left > 0.0 && left <= block->step_ms[lane];
}

bool dicrec__ensemble_before_end(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block) {
  bool any = false;
  for (int lane = 0; lane < block->n_used; ++lane) {
    block->ending[lane].is_now = ends_within_step(ensemble, block, lane);
    if (!block->ending[lane].is_now) continue;
    any = true;
    block->ending[lane].t_ms = block->t_ms[lane];
    block->ending[lane].step_before_ms = block->step_before_ms[lane];
    read_lane(ensemble, block, lane, block->ending[lane].state);
  }
  return any;
}

void dicrec__ensemble_after_end(const dicrec__ensemble *ensemble, dicrec__ensemble_block *block) {
  const dicrec_model *model = ensemble->model;
  double after[DICREC__MAX_STATES];
  for (int lane = 0; lane < block->n_used; ++lane) {
    const dicrec__ensemble_ending *before = &block->ending[lane];
    if (!before->is_now) continue;
    read_lane(ensemble, block, lane, after);
    const double step = block->t_ms[lane] - before->t_ms;
    const double to_end = ensemble->run->options.t_end_ms - before->t_ms;
    const double part = to_end / step;
    const double part_of_gates = (2.0 * to_end + before->step_before_ms) / (step + before->step_before_ms);
    for (int k = 0; k < model->n_states; ++k) {
      const bool is_gate = k != 0 && k != model->calcium_state;
      after[k] = before->state[k] + (is_gate ? part_of_gates : part) * (after[k] - before->state[k]);
    }
    dicrec__simulation_keep_final_state(ensemble->run->simulation, block->members[lane], after);
  }
}
