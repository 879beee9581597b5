/* SPDX-License-Identifier: MIT */
/**
 * @file dicrec.hpp
 * The one header to include from C++17 and later: owning handles, options with defaults, failures as exceptions.
 *
 * Every function that can fail has two names: `simulate()` throws a dicrec::error, `try_simulate()` answers a
 * dicrec::result, which also tells remarks. Compiled without exceptions there are the latter alone. Any thread may
 * call, and all objects but streams may be shared between threads.
 *
 * Units everywhere: mV, ms, maximal conductances in mS/cm2, current densities in uA/cm2, calcium in uM. Dynamic input
 * conductances (DICs) have no unit.
 */
#ifndef DICREC_HPP
#define DICREC_HPP

#include "dicrec/cpp/callbacks.hpp"
#include "dicrec/cpp/config.hpp"
#include "dicrec/cpp/constants.hpp"
#include "dicrec/cpp/dics.hpp"
#include "dicrec/cpp/error.hpp"
#include "dicrec/cpp/estimator.hpp"
#include "dicrec/cpp/library.hpp"
#include "dicrec/cpp/matrix.hpp"
#include "dicrec/cpp/model.hpp"
#include "dicrec/cpp/options.hpp"
#include "dicrec/cpp/population.hpp"
#include "dicrec/cpp/posterior.hpp"
#include "dicrec/cpp/reconstruct.hpp"
#include "dicrec/cpp/reconstruction.hpp"
#include "dicrec/cpp/records.hpp"
#include "dicrec/cpp/result.hpp"
#include "dicrec/cpp/simulation.hpp"
#include "dicrec/cpp/span.hpp"
#include "dicrec/cpp/spikes.hpp"
#include "dicrec/cpp/stream.hpp"

#endif
