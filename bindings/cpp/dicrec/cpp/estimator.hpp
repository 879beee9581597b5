/* SPDX-License-Identifier: MIT */
/**
 * @file estimator.hpp
 * From spikes to a posterior: one train, many trains.
 */
#ifndef DICREC_CPP_ESTIMATOR_HPP
#define DICREC_CPP_ESTIMATOR_HPP

#include <dicrec.h>

#include <cstddef>
#include <string>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "model.hpp"
#include "options.hpp"
#include "posterior.hpp"
#include "span.hpp"
#include "spikes.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** A trained network for a model. */
class estimator : public handle<estimator, dicrec_estimator, dicrec_estimator_retain, dicrec_estimator_free> {
public:
  estimator() noexcept = default;

  /** Make one for a model, with the built-in weights or those of the options. */
  static result<estimator> try_make(const dicrec::model &neuron, const estimator_options &options = {},
                                    const callbacks &with = {}) {
    detail::estimator_options_view view(options);
    return detail::made<estimator>(with, [&](dicrec_context *context, dicrec_estimator **pointer) {
      return dicrec_estimator_create(context, neuron.get(), view.get(), pointer);
    });
  }

  /** The model that it reads for. */
  dicrec::model model() const noexcept { return dicrec::model::share(dicrec_estimator_model(get())); }
  /** What the weights say of themselves under a key, such as "version"; empty if there is nothing. */
  std::string metadata(const std::string &key) const {
    return detail::text_of(
        [&](char *text, std::size_t size) { return dicrec_estimator_metadata(get(), key.c_str(), text, size); });
  }

#if DICREC_CPP_EXCEPTIONS
  /** As try_make(). Throws argument_error, file_error, weights_error, memory_error. */
  explicit estimator(const dicrec::model &neuron, const estimator_options &options = {}, const callbacks &with = {})
      : estimator(try_make(neuron, options, with).value()) {}
#endif
};

/** Read DICs and noise of a neuron from its spikes. Remarks status::w_silent, status::w_support. */
inline result<posterior> try_estimate(const estimator &network, const spikes &train,
                                      const estimate_options &options = {}, const callbacks &with = {}) {
  detail::estimate_options_view view(options);
  return detail::made<posterior>(with, [&](dicrec_context *context, dicrec_posterior **pointer) {
    return dicrec_estimate(context, network.get(), train.get(), view.get(), pointer);
  });
}

/**
 * Read many trains: for each what try_estimate() answers, on n_threads of the options. A call that is cancelled remarks
 * status::w_partial and keeps what was read.
 */
inline result<std::vector<result<posterior>>> try_estimate_many(const estimator &network, span<const spikes> trains,
                                                                const estimate_options &options = {},
                                                                const callbacks &with = {}) {
  const std::size_t n = trains.size();
  const std::vector<const dicrec_spikes *> inputs = detail::handles_of(trains);
  std::vector<dicrec_posterior *> outputs(n);
  std::vector<dicrec_status> statuses(n, DICREC_E_CANCELLED);
  std::vector<posterior> owned(n);
  detail::estimate_options_view view(options);
  outcome_of_call outcome = detail::in_context(with, [&](dicrec_context *context) {
    const dicrec_status status =
        dicrec_estimate_many(context, network.get(), inputs.data(), n, view.get(), outputs.data(), statuses.data());
    for (std::size_t i = 0; i < n; ++i)
      owned[i] = posterior::adopt(outputs[i], static_cast<dicrec::status>(statuses[i] > 0 ? statuses[i] : 0));
    return status;
  });
  std::vector<result<posterior>> results;
  results.reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    results.emplace_back(outcome_of_call(statuses[i], std::string()), std::move(owned[i]));
  return {std::move(outcome), std::move(results)};
}

#if DICREC_CPP_EXCEPTIONS
/** As try_estimate(); the remark stays in the posterior. Throws argument_error, memory_error, cancelled_error. */
inline posterior estimate(const estimator &network, const spikes &train, const estimate_options &options = {},
                          const callbacks &with = {}) {
  return try_estimate(network, train, options, with).value();
}

/** As try_estimate_many(); trains that failed have a result without a value. Throws argument_error, memory_error. */
inline std::vector<result<posterior>> estimate_many(const estimator &network, span<const spikes> trains,
                                                    const estimate_options &options = {}, const callbacks &with = {}) {
  return try_estimate_many(network, trains, options, with).value();
}
#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
