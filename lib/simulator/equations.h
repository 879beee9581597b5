/* SPDX-License-Identifier: MIT */
/** @file equations.h Right-hand side and Jacobian of any model, derived from its table. */
#ifndef DICREC_SIMULATOR_EQUATIONS_H
#define DICREC_SIMULATOR_EQUATIONS_H

#include "models/model.h"

/** Time derivative of the state [n_states] per ms, with an injected current in uA/cm2. */
void dicrec__equations_derivative(const dicrec_model *model, const double *conductances, double injected,
                                  const double *state, double *derivative);

/** Its Jacobian: jacobian[column * n_states + row] = d derivative[row] / d state[column]; overwritten wholly. */
void dicrec__equations_jacobian(const dicrec_model *model, const double *conductances, const double *state,
                                double *jacobian);

#endif
