/* SPDX-License-Identifier: MIT */
#include "simulator/initial_states.h"

#include <math.h>
#include <stdint.h>

/* Far beyond any neuron, and far from where equations would overflow. */
static const double most_calcium_um = 1e9;

/** Where a state of a model can be. */
struct range {
  double low, high;
  const char *unit;
};

static struct range range_of(const dicrec_model *model, int state) {
  if (state == 0) return (struct range){DICREC__LOWEST_MV, DICREC__HIGHEST_MV, " mV"};
  if (state == model->calcium_state) return (struct range){0.0, most_calcium_um, " uM"};
  return (struct range){0.0, 1.0, ""};
}

void dicrec__state_into_range(const dicrec_model *model, double *state) {
  for (int k = 1; k < model->n_states; ++k) {
    const struct range range = range_of(model, k);
    state[k] = fmin(fmax(state[k], range.low), range.high);
  }
}

static dicrec_status check_row(dicrec_context *context, const dicrec_model *model, const double *row, size_t member) {
  for (int k = 0; k < model->n_states; ++k) {
    const struct range range = range_of(model, k);
    if (!(row[k] >= range.low && row[k] <= range.high))
      return dicrec__fail(context, DICREC_E_RANGE, "initial_states of member %zu: %s is %g, allowed is %g to %g%s",
                          member, model->state_names[k], row[k], range.low, range.high, range.unit);
  }
  return DICREC_OK;
}

dicrec_status dicrec__initial_states_check(dicrec_context *context, const dicrec_model *model,
                                           const dicrec_simulate_options *options, size_t n) {
  const uint64_t n_rows = options->n_initial_states;
  if (n_rows == 0) return DICREC_OK;
  if (options->initial_states == NULL)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "initial_states is NULL, but n_initial_states is %llu",
                        (unsigned long long)n_rows);
  if (n_rows != 1 && n_rows != n)
    return dicrec__fail(context, DICREC_E_ARGUMENT,
                        "n_initial_states is %llu, allowed are 0, 1 and the number of members (%zu)",
                        (unsigned long long)n_rows, n);
  dicrec_status status = DICREC_OK;
  for (size_t i = 0; i < (size_t)n_rows && status == DICREC_OK; ++i)
    status = check_row(context, model, options->initial_states + i * (size_t)model->n_states, i);
  return status;
}
