/* SPDX-License-Identifier: MIT */
/**
 * @file dicrec.h
 * The one header to include: spike times in, degenerate populations of neuron models out.
 *
 * Units everywhere: potentials in mV, times in ms, maximal conductances in mS/cm2, current densities in
 * uA/cm2, capacitance 1 uF/cm2, calcium in uM. Dynamic input conductances (DICs) are divided by the leak
 * conductance and have no unit.
 */
#ifndef DICREC_H
#define DICREC_H

#include "dicrec/context.h"
#include "dicrec/dic.h"
#include "dicrec/estimator.h"
#include "dicrec/limits.h"
#include "dicrec/model.h"
#include "dicrec/population.h"
#include "dicrec/reconstruct.h"
#include "dicrec/simulator.h"
#include "dicrec/spikes.h"
#include "dicrec/status.h"
#include "dicrec/stream.h"
#include "dicrec/version.h"

#endif
