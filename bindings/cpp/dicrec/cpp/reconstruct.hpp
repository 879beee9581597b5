/* SPDX-License-Identifier: MIT */
/**
 * @file reconstruct.hpp
 * The whole way in one call: spikes, DICs, population, and a check of what it fires.
 */
#ifndef DICREC_CPP_RECONSTRUCT_HPP
#define DICREC_CPP_RECONSTRUCT_HPP

#include <dicrec.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "estimator.hpp"
#include "options.hpp"
#include "posterior.hpp"
#include "reconstruction.hpp"
#include "simulation.hpp"
#include "span.hpp"
#include "spikes.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
namespace detail {

/** Arrays of options inside of options. Those for single members are refused by the library, however many they are. */
inline std::string fault_of(const reconstruct_options &options, const model &neuron) {
  const simulate_options &check = options.simulate;
  if (check.current_values.size() != check.current_times_ms.size())
    return "simulate.current_times_ms and simulate.current_values are not equally many";
  if (check.initial_states.size() != 0 && check.initial_states.columns() != neuron.state_count())
    return "simulate.initial_states has not one column for each state of the model";
  const std::string fault = fault_of(options.generate, neuron);
  return fault.empty() ? fault : "generate." + fault;
}

} // namespace detail

/**
 * Turn a train of at least three spikes into n members. Remarks status::w_support, status::w_partial if fewer match
 * than were asked for, status::w_remark if the report has another remark.
 */
inline result<reconstruction> try_reconstruct(const estimator &network, const spikes &train, std::size_t n,
                                              const reconstruct_options &options = {}, const callbacks &with = {}) {
  if (std::string fault = detail::fault_of(options, network.model()); !fault.empty())
    return detail::refused<reconstruction>(std::move(fault));
  detail::reconstruct_options_view view(options);
  return detail::made<reconstruction>(with, [&](dicrec_context *context, dicrec_reconstruction **pointer) {
    return dicrec_reconstruct(context, network.get(), train.get(), n, view.get(), pointer);
  });
}

/** Turn a posterior into n members of a model, without an estimator; with a train, members can be checked by it. */
inline result<reconstruction> try_reconstruct(const model &neuron, const posterior &law, const spikes &train,
                                              std::size_t n, const reconstruct_options &options = {},
                                              const callbacks &with = {}) {
  if (std::string fault = detail::fault_of(options, neuron); !fault.empty())
    return detail::refused<reconstruction>(std::move(fault));
  detail::reconstruct_options_view view(options);
  return detail::made<reconstruction>(with, [&](dicrec_context *context, dicrec_reconstruction **pointer) {
    return dicrec_reconstruct_posterior(context, neuron.get(), law.get(), train.get(), n, view.get(), pointer);
  });
}

/**
 * Reconstruct many trains, n_threads of the options at once: for each what try_reconstruct() makes of it. A call that
 * is cancelled remarks status::w_partial; trains that were not done are results of status::e_cancelled.
 */
inline result<std::vector<result<reconstruction>>> try_reconstruct_many(const estimator &network,
                                                                        span<const spikes> trains, std::size_t n,
                                                                        const reconstruct_options &options = {},
                                                                        const callbacks &with = {}) {
  using results_type = std::vector<result<reconstruction>>;
  if (std::string fault = detail::fault_of(options, network.model()); !fault.empty())
    return detail::refused<results_type>(std::move(fault));
  const std::vector<const dicrec_spikes *> inputs = detail::handles_of(trains);
  std::vector<dicrec_reconstruction *> outputs(trains.size());
  std::vector<reconstruction> owned(trains.size());
  detail::reconstruct_options_view view(options);
  outcome_of_call outcome = detail::in_context(with, [&](dicrec_context *context) {
    const dicrec_status status =
        dicrec_reconstruct_many(context, network.get(), inputs.data(), inputs.size(), n, view.get(), outputs.data());
    for (std::size_t i = 0; i < outputs.size(); ++i)
      owned[i] =
          reconstruction::adopt(outputs[i], outcome_of_call(dicrec_reconstruction_status(outputs[i]), {}).remark());
    return status;
  });
  results_type results;
  results.reserve(owned.size());
  for (reconstruction &one : owned)
    results.emplace_back(outcome_of_call(static_cast<dicrec_status>(one.status()), one.text()), std::move(one));
  return {std::move(outcome), std::move(results)};
}

#if DICREC_CPP_EXCEPTIONS
/**
 * As try_reconstruct(); the remark stays in the reconstruction. Throws argument_error, weights_error, memory_error,
 * cancelled_error.
 */
inline reconstruction reconstruct(const estimator &network, const spikes &train, std::size_t n,
                                  const reconstruct_options &options = {}, const callbacks &with = {}) {
  return try_reconstruct(network, train, n, options, with).value();
}

/** As try_reconstruct(). Throws argument_error, memory_error, cancelled_error. */
inline reconstruction reconstruct(const model &neuron, const posterior &law, const spikes &train, std::size_t n,
                                  const reconstruct_options &options = {}, const callbacks &with = {}) {
  return try_reconstruct(neuron, law, train, n, options, with).value();
}

/** As try_reconstruct_many(); trains that failed have a result without a value. Throws argument_error, memory_error. */
inline std::vector<result<reconstruction>> reconstruct_many(const estimator &network, span<const spikes> trains,
                                                            std::size_t n, const reconstruct_options &options = {},
                                                            const callbacks &with = {}) {
  return try_reconstruct_many(network, trains, n, options, with).value();
}
#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
